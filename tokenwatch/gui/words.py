"""Words: the sentences that several faces of the GUI share, made from a snapshot.

Owns tooltip, menu lines, accessible names, and the words for states, projections and ages. Does not own formats of
numbers (base/format.py) or where a sentence stands. Pure but for the locale, which is passed in. Text from logs is
cleaned here; the tooltip holds none at all, because some desktops read it as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, tzinfo
from typing import Final

from PySide6.QtCore import QLocale, QTime

from tokenwatch.base.clock import to_datetime
from tokenwatch.base.currency import numerals as in_currency
from tokenwatch.base.format import (
    ENGLISH,
    Numerals,
    chance,
    duration,
    money,
    money_forecast,
    money_range,
    money_set,
    percent,
    rate,
)
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.limits import Quota, window_words
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import AgentCounts, Forecast, Month, Session, Snapshot, State
from tokenwatch.base.text import plain

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

NAME: Final = "TokenWatch"
TOO_EARLY: Final = "too early to project"
OWN_PARTS: Final = frozenset({"ledger", "tray", "notifications", "settings", "pricing", "watcher"})
"""Parts of ours that have health; every other part is an agent."""

_STATES: Final = {
    State.STARTING: "Starting",
    State.WORKING: "Working",
    State.WAITING: "Waiting for you",
    State.BACKGROUND: "Working in the background",
    State.IDLE: "Idle",
    State.ENDED: "Finished",
    State.CRASHED: "Ended unexpectedly",
}
_MARKS: Final = {State.WAITING: "◆", State.IDLE: "○", State.ENDED: "✓", State.CRASHED: "▲"}
_LASTING: Final = frozenset({State.WAITING, State.IDLE})


def numerals_for(snapshot: Snapshot, locale: QLocale, settings: Settings | None = None) -> Numerals:
    """As :func:`numerals_of`, in the currency of the settings, without money while the screen is shared."""
    written = numerals_of(locale)
    if settings is not None:
        written = in_currency(settings, written)
    return replace(written, hidden=snapshot.hidden)


def numerals_of(locale: QLocale) -> Numerals:
    """How the user's locale writes numbers. The currency is the US dollar, in which prices are."""
    if locale.language() == QLocale.Language.C:
        return ENGLISH
    sample = locale.toCurrencyString(1.0, "$", 0).replace("\u200e", "").replace("\u200f", "")
    before, _, after = sample.partition(locale.toString(1))
    if "$" not in (before + after):
        return Numerals(locale.decimalPoint(), locale.groupSeparator())
    first = "$" in before
    gap = (before if first else after).replace("$", "")
    return Numerals(locale.decimalPoint(), locale.groupSeparator(), "$", first, gap)


def month_name(day: date) -> str:
    return MONTHS[day.month - 1]


def clock_time(ms: int, zone: tzinfo, locale: QLocale) -> str:
    """14:02, in the locale's form."""
    moment = to_datetime(ms, zone)
    if locale.language() == QLocale.Language.C:
        return f"{moment:%H:%M}"
    return locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def ago(then: int, now: int) -> str:
    """How long ago, for "updated ...": just now, 40s ago, 2 min ago, 1h 12m ago."""
    seconds = max(0, now - then) // 1000
    if seconds < 10:
        return "just now"
    if 60 <= seconds < 3600:
        return f"{seconds // 60} min ago"
    return f"{duration(seconds)} ago"


def updated(then: int, now: int) -> str:
    return f"updated {ago(then, now)}"


def counts_words(counts: AgentCounts, *, brief: bool = False) -> str:
    """3 working, 1 waiting for you, 1 idle."""
    waiting = "waiting" if brief else "waiting for you"
    parts = [(counts.working, "working"), (counts.waiting, waiting), (counts.idle, "idle")]
    said = ", ".join(f"{number} {word}" for number, word in parts if number)
    if said:
        return said
    return f"{counts.open} running" if counts.open else "no agents running"


def sub_agents_words(count: int) -> str:
    """+4 sub, or nothing."""
    return f"+{count} sub" if count else ""


def state_words(session: Session, now: int) -> str:
    """Waiting for you 4m, Working, Idle 11m."""
    word = _STATES[session.state]
    if session.state in _LASTING and session.since is not None:
        return f"{word} {duration(max(0, now - session.since) / 1000)}"
    return word


def spent_words(month: Month, numerals: Numerals = ENGLISH) -> str:
    """$292.07 of $450; "≥" before it while a source is missing."""
    spent = money(month.spent, numerals)
    if month.incomplete_since is not None:
        spent = f"≥ {spent}"
    return spent if not month.budget else f"{spent} of {money_set(month.budget, numerals)}"


def projection_words(forecast: Forecast, numerals: Numerals = ENGLISH, *, spoken: bool = False) -> str:
    """projected $412 ($371–$468), projected $300–$600, or too early to project. Never a number without its range."""
    if forecast.p10 is None or forecast.p90 is None:
        return TOO_EARLY
    if not shows_median(forecast):
        return f"projected {_range(forecast.p10, forecast.p90, numerals, spoken=spoken)}"
    assert forecast.p50 is not None
    width = _range(forecast.p10, forecast.p90, numerals, spoken=spoken)
    middle = money_forecast(forecast.p50, numerals)
    return f"projected {middle}, range {width}" if spoken else f"projected {middle} ({width})"


def shows_median(forecast: Forecast) -> bool:
    """Whether there is enough data for one number beside the range: not in the first days."""
    return forecast.p50 is not None


def outlook_words(month: Month, numerals: Numerals = ENGLISH) -> str:
    """On track · 13% chance of going over; $13.18 over; nothing without a budget or a forecast."""
    if not month.budget:
        return ""
    if month.spent > month.budget:
        over = f"{money(month.spent - month.budget, numerals)} over"
        middle = month.forecast.p50
        if middle is None or middle <= month.budget:
            return over
        return f"{over} · heading for {money_forecast(middle - month.budget, numerals)} over"
    probability = month.forecast.chance_over_budget
    if probability is None:
        return TOO_EARLY.capitalize()
    verdict = "On track" if probability < 0.25 else "May go over" if probability < 0.75 else "Heading over"
    return f"{verdict} · {chance(probability)} chance of going over"


def tooltip(snapshot: Snapshot, zone: tzinfo, locale: QLocale, settings: Settings | None = None) -> str:
    """The three numbers on at most three lines, without any text from logs. ``settings`` for another currency."""
    numerals = numerals_for(snapshot, locale, settings)
    figures = snapshot.figures
    month = figures.month
    if snapshot.paused_since is not None:
        lines = [f"{NAME}: paused since {clock_time(snapshot.paused_since, zone, locale)}"]
        if month is not None:
            lines.append(f"{month_name(month.first)} {spent_words(month, numerals)} when paused")
        return "\n".join(lines)
    if month is None:
        return f"{NAME}: reading logs"
    name = f"{NAME}, sample" if snapshot.sample else NAME
    lines = [f"{name}: {counts_words(figures.counts)}", f"{rate(figures.rate.tokens_5m, numerals)} tokens/min"]
    if snapshot.progress is not None:
        lines[1] += f" · {reading_words(snapshot)}"
    lines.append(month_words(month, numerals))
    return "\n".join(lines)


def reading_words(snapshot: Snapshot) -> str:
    """62% of the logs read; nothing when all is read."""
    return "" if snapshot.progress is None else f"{percent(snapshot.progress.fraction)} of the logs read"


def month_words(month: Month, numerals: Numerals = ENGLISH, *, spoken: bool = False) -> str:
    """June $292.07 of $450, projected $412 ($371–$468)."""
    projection = projection_words(month.forecast, numerals, spoken=spoken)
    return f"{month_name(month.first)} {spent_words(month, numerals)}, {projection}"


def accessible_name(snapshot: Snapshot, locale: QLocale) -> str:
    """The three numbers as one sentence to be spoken."""
    numerals = numerals_for(snapshot, locale)
    figures = snapshot.figures
    if snapshot.paused_since is not None:
        return f"{NAME}: paused"
    if figures.month is None:
        return f"{NAME}: reading logs"
    return (
        f"{NAME}: {counts_words(figures.counts)}; {rate(figures.rate.tokens_5m, numerals)} tokens a minute; "
        f"{month_words(figures.month, numerals, spoken=True)}"
    )


def menu_lines(
    snapshot: Snapshot, zone: tzinfo, locale: QLocale, settings: Settings | None = None
) -> tuple[str, ...]:
    """The native menu's first lines: agents and rate, then the month and its projection."""
    figures = snapshot.figures
    if snapshot.paused_since is not None or figures.month is None:
        lines = tooltip(snapshot, zone, locale, settings).removeprefix(f"{NAME}: ").split("\n")
        return tuple(line[0].upper() + line[1:] for line in lines)
    numerals = numerals_for(snapshot, locale, settings)
    first = f"{counts_words(figures.counts, brief=True)} · {rate(figures.rate.tokens_5m, numerals)}/min"
    return first[0].upper() + first[1:], month_words(figures.month, numerals)


def session_line(session: Session, now: int, locale: QLocale) -> str:
    """◆ mobile-app waiting 4m; ● atlas-api +3 sub · 18.6k/min."""
    parts = [_MARKS.get(session.state, "●"), plain(session.project, 40)]
    if session.state in _LASTING:
        parts.append(state_words(session, now).replace(" for you", "").lower())
    parts.append(sub_agents_words(len(session.sub_agents)))
    line = " ".join(filter(None, parts))
    if session.tokens_per_min >= 0.5:
        line += f" · {rate(session.tokens_per_min, numerals_of(locale))}/min"
    return line


def session_sentence(session: Session, now: int, numerals: Numerals) -> str:
    """A row as one sentence: atlas-api, Claude Code, working, 3 sub-agents, 18.6k tokens a minute, $6.42, 47m."""
    subs = len(session.sub_agents)
    started = session.started_at
    parts = [
        plain(session.project, 60),
        plain(session.agent_name or session.agent, 40),
        plain(session.model, 60),
        state_words(session, now).lower(),
        f"{subs} sub-agent{'s' if subs > 1 else ''}" if subs else "",
        f"{rate(session.tokens_per_min, numerals)} tokens a minute" if session.tokens_per_min >= 0.5 else "",
        "in plan" if session.in_plan else "no price" if session.cost is None else money(session.cost, numerals),
        duration(max(0, now - started) / 1000) if started is not None else "",
    ]
    return ", ".join(filter(None, parts))


def troubles(snapshot: Snapshot) -> tuple[Health, ...]:
    """What cannot work now, agents before parts of ours."""
    failing = [entry for entry in snapshot.health if entry.state is HealthState.FAILING]
    return tuple(sorted(failing, key=lambda entry: entry.part in OWN_PARTS))


def warnings(snapshot: Snapshot) -> tuple[Health, ...]:
    """What of our own parts works only in part. Late notice of changes is harmless and not among them."""
    degraded = [entry for entry in snapshot.health if entry.state is HealthState.DEGRADED]
    return tuple(entry for entry in degraded if entry.part in OWN_PARTS and entry.part != "watcher")


def _range(low: int, high: int, numerals: Numerals, *, spoken: bool) -> str:
    said = money_range(low, high, numerals)
    return said.replace("–", " to ") if spoken else said


def quota_line(quotas: Sequence[Quota], now: int) -> str:
    """The limit that is used most: Codex week 74% · resets in 3d 18h. Nothing if none is known."""
    live = [quota for quota in quotas if quota.resets_at is None or quota.resets_at > now]
    if not live:
        return ""
    quota = max(live, key=lambda each: each.used_percent)
    line = (
        f"{provider_name(quota.provider)} {plain(window_words(quota.window), 16)} {percent(quota.used_percent / 100)}"
    )
    if quota.resets_at is not None:
        line += f" · resets in {duration((quota.resets_at - now) / 1000)}"
    return line


def provider_name(provider: str) -> str:
    """Whose limits these are, as people call the plan: Claude, Codex; other providers by their name."""
    name = plain(provider, 24)
    if name != name.lower():
        return name
    return {"anthropic": "Claude", "openai": "Codex", "xai": "xAI"}.get(name, name.capitalize())


def menu_trouble(snapshot: Snapshot) -> str:
    """▲ and what cannot work, for the first trouble there is."""
    found = troubles(snapshot)
    return f"▲ {plain(found[0].reason, 80)}" if found else ""
