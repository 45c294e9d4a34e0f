"""The rule that tells that a session starts sub-agents without end.

Owns the condition and its words. Does not own the counts (live/signs.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.session_alert import session_rule
from tokenwatch.alerts.thresholds import MOST_DEPTH, MOST_RUNNING, MOST_SPAWNED
from tokenwatch.base.snapshot import Session

ID: Final = "fan-out"


def _condition(row: Session) -> tuple[str, str] | None:
    running, signs = len(row.sub_agents), row.signs
    if signs.spawned > MOST_SPAWNED:
        return f"{signs.spawned} sub-agents in 10 minutes", f"{running} of them run now."
    if running > MOST_RUNNING:
        return f"{running} sub-agents run at once", f"{signs.spawned} began in the last 10 minutes."
    if signs.depth > MOST_DEPTH:
        return "sub-agents start sub-agents", f"{running} run now, {signs.depth} levels deep."
    return None


RULE: Final = session_rule(
    ID,
    "Sub-agents multiply",
    _condition,
    details=f"more than {MOST_SPAWNED} in 10 minutes, {MOST_RUNNING} at once, or sub-agents of sub-agents",
)
