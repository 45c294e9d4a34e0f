"""Words that several rules use.

Owns names of months and agents in alerts. Does not own formats of numbers (base/format.py) or any rule's sentences.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from tokenwatch.base.snapshot import Figures
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr

# Not from the standard library, whose names follow whatever locale another library sets.
_MONTHS: Final = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)


def month_name(first: date) -> str:
    return tr(_MONTHS[first.month - 1])


def agent_name(figures: Figures, agent: str) -> str:
    """The agent's name if one of its sessions is open, else its id; cleaned."""
    name = next((row.agent_name for row in figures.sessions if row.agent == agent and row.agent_name), agent)
    return plain(name, 30)


def session_name(figures: Figures, agent: str, session: str) -> str:
    """The project of an open session and its agent: "atlas-api (Claude Code)"; else the agent alone."""
    row = next((row for row in figures.sessions if (row.agent, row.session) == (agent, session)), None)
    return agent_name(figures, agent) if row is None else f"{plain(row.project, 24)} ({agent_name(figures, agent)})"
