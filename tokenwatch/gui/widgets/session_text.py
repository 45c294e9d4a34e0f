"""Session texts: the short pieces that a row shows of a session, cleaned and formatted.

Owns their wording beside gui/words.py, which has the sentences. Does not own where they stand.
"""

from __future__ import annotations

import re
from typing import Final

from tokenwatch.base.format import ENGLISH, NOTHING, Numerals, duration, money, percent, rate
from tokenwatch.base.snapshot import Session, State
from tokenwatch.base.text import plain
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.short_numbers import money_short

LEAST_RATE = 0.5
"""Tokens per minute below which a row shows none."""


_MAKER: Final = re.compile(r"^(?:[a-z]{2,6}\.)?(?:anthropic|openai|google)[/.](?=.)")
_DATE: Final = re.compile(r"[-@]20\d\d-?\d\d-?\d\d(?:-v\d+)?(?::\d+)?$")
_CLAUDE: Final = re.compile(
    r"claude-(?:(\d{1,2})(?:[-.](\d))?-)?(opus|sonnet|haiku)(?:-(\d{1,2})(?:[-.](\d{1,2}))?)?(?:-latest)?"
)
_FAMILY: Final = re.compile(r"(gpt|gemini)-(\d[\w.]*)((?:-[a-z]+)*)")


def short_model(model: str) -> str:
    """A model as people say it: Sonnet 4.5, GPT-5.1-Codex, Gemini 3 Pro. Unknown names stay as they are."""
    name = _DATE.sub("", _MAKER.sub("", plain(model, 60)))
    if claude := _CLAUDE.fullmatch(name):
        numbers = [part for part in (claude[1] or claude[4], claude[2] or claude[5]) if part]
        return " ".join(filter(None, (claude[3].capitalize(), ".".join(numbers))))
    if family := _FAMILY.fullmatch(name):
        words = [word.capitalize() for word in family[3].split("-") if word]
        return "-".join(("GPT", family[2], *words)) if family[1] == "gpt" else " ".join(("Gemini", family[2], *words))
    return name.removeprefix("claude-") or name


def rate_text(per_minute: float, numerals: Numerals = ENGLISH) -> str:
    return rate(per_minute, numerals) if per_minute >= LEAST_RATE else NOTHING


def cost_text(session: Session, numerals: Numerals = ENGLISH) -> str:
    """$6.42, $123k, or "no price" where a part of the session has none."""
    return "no price" if session.cost is None else money_short(session.cost, numerals)


def age_text(session: Session, now: int) -> str:
    started = session.started_at
    return duration(max(0, now - started) / 1000) if started is not None else ""


def since_text(session: Session, now: int) -> str:
    """How long the state has held; only said of the states for which it matters."""
    if session.since is None or session.state not in (State.WAITING, State.IDLE):
        return ""
    return duration(max(0, now - session.since) / 1000)


def details_text(session: Session) -> str:
    """What it waits for, else the branch it works on."""
    if session.state is State.WAITING and session.waiting_for:
        return f"Asks: {plain(session.waiting_for, 80)}"
    return plain(session.branch, 80)


def context_text(session: Session) -> str:
    """How full the model's context window is, if both are known."""
    if session.context_tokens is None or not session.context_window:
        return ""
    return percent(session.context_tokens / session.context_window)


def last_words(session: Session, now: int, look: Look) -> str:
    """Which session ran last, for the face when nothing runs."""
    agent = plain(session.agent_name, 40) or look.agent_name(session.agent)
    ended = f"last active {look.when(session.last_activity, now)}" if session.last_activity is not None else ""
    cost = "in plan" if session.in_plan else "" if session.cost is None else money(session.cost, look.numerals)
    return "Last: " + ", ".join(filter(None, (plain(session.project, 40), agent, ended, cost)))
