"""Session texts: the short pieces that a row shows of a session, cleaned and formatted.

Owns their wording beside gui/words.py, which has the sentences. Does not own where they stand.
"""

from __future__ import annotations

import re
from typing import Final

from tokenwatch.base.format import ENGLISH, NOTHING, Numerals, duration, money, percent, rate
from tokenwatch.base.session import Activity, Confidence, Doing, Session, State
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
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
    name = _DATE.sub("", _MAKER.sub("", plain(model, 60))).removesuffix("-preview")
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
    return tr("no price") if session.cost is None else money_short(session.cost, numerals)


def age_text(session: Session, now: int) -> str:
    started = session.started_at
    return duration(max(0, now - started) / 1000) if started is not None else ""


def since_text(session: Session, now: int) -> str:
    """How long the state has held; only said of the states for which it matters."""
    if session.since is None or session.state not in (State.WAITING, State.IDLE):
        return ""
    return duration(max(0, now - session.since) / 1000)


_WITH_TARGET: Final = {
    Activity.READING: mark("Reading {target}"),
    Activity.EDITING: mark("Editing {target}"),
    Activity.SEARCHING: mark("Searching {target}"),
    Activity.RUNNING: mark("Running {target}"),
    Activity.FETCHING: mark("Fetching {target}"),
    Activity.DELEGATING: mark("Delegating to {target}"),
    Activity.PLANNING: mark("Planning {target}"),
    Activity.OTHER: mark("Using {target}"),
}
_ALONE: Final = {
    Activity.THINKING: mark("Thinking"),
    Activity.READING: mark("Reading files"),
    Activity.EDITING: mark("Editing files"),
    Activity.SEARCHING: mark("Searching"),
    Activity.RUNNING: mark("Running a command"),
    Activity.FETCHING: mark("Reading the web"),
    Activity.DELEGATING: mark("Delegating"),
    Activity.PLANNING: mark("Planning"),
}


def doing_text(doing: Doing | None) -> str:
    """Editing session.ts, Running a command, Thinking; nothing if it is not known."""
    if doing is None:
        return ""
    target = plain(doing.target, 200) or (plain(doing.tool, 40) if doing.activity is Activity.OTHER else "")
    if target and doing.activity in _WITH_TARGET:
        return tr(_WITH_TARGET[doing.activity], target=target)
    return tr(_ALONE.get(doing.activity, _ALONE[Activity.THINKING]))


def details_text(session: Session) -> str:
    """What it waits for or does now, else the branch it works on."""
    if session.state is State.WAITING and session.waiting_for:
        return tr("Asks: {what}", what=plain(session.waiting_for, 80))
    if session.state is State.IDLE and session.confidence is Confidence.EXACT:
        return tr("Finished its turn")
    return doing_text(session.doing) or plain(session.branch, 80)


def short_agent(name: str) -> str:
    """An agent as people say it where room is short: Claude for Claude Code, Gemini for Gemini CLI."""
    return name.removesuffix(" Code").removesuffix(" CLI") or name


def agent_and_model(agent: str, model: str) -> str:
    """Claude · Opus 4.5; what the model's name repeats of the agent's is left out: Gemini · 3 Pro."""
    short = short_agent(agent)
    return " · ".join(filter(None, (short, short_model(model).removeprefix(f"{short} "))))


def context_text(session: Session) -> str:
    """How full the model's context window is, if both are known."""
    if session.context_tokens is None or not session.context_window:
        return ""
    return percent(session.context_tokens / session.context_window)


def last_words(session: Session, now: int, look: Look) -> str:
    """Which session ran last, for the face when nothing runs."""
    agent = plain(session.agent_name, 40) or look.agent_name(session.agent)
    ended = (
        tr("last active {when}", when=look.when(session.last_activity, now))
        if session.last_activity is not None
        else ""
    )
    cost = tr("in plan") if session.in_plan else "" if session.cost is None else money(session.cost, look.numerals)
    return tr("Last: ") + ", ".join(filter(None, (plain(session.project, 40), agent, ended, cost)))
