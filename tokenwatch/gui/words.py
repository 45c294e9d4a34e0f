"""Words: the sentences that several faces of the GUI share, made from a snapshot.

Owns tooltip, menu lines, accessible names, and the words for states, projections and ages. Does not own formats of
numbers (base/format.py) or where a sentence stands. Pure but for the locale, which is passed in. Text from logs is
cleaned here; the tooltip holds none at all, because some desktops read it as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Final

from msgspec.structs import replace
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
from tokenwatch.base.snapshot import AgentCounts, Figures, Forecast, Month, Session, Snapshot, State
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr

MONTHS: Final = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"),
    mark("July"), mark("August"), mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip

NAME: Final = "TokenWatch"
TOO_EARLY: Final = mark("too early to project")
OWN_PARTS: Final = frozenset(
    {"ledger", "tray", "notifications", "settings", "pricing", "watcher", "accounts", "updates", "own use"}
)
"""Parts of ours that have health; every other part is an agent."""

_STATES: Final = {
    State.STARTING: mark("Starting"),
    State.WORKING: mark("Working"),
    State.WAITING: mark("Waiting for you"),
    State.BACKGROUND: mark("Working in the background"),
    State.IDLE: mark("Idle"),
    State.ENDED: mark("Finished"),
    State.CRASHED: mark("Ended unexpectedly"),
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
    return tr(MONTHS[day.month - 1])


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
        return tr("just now")
    if 60 <= seconds < 3600:
        return tr("{seconds} min ago", seconds=seconds // 60)
    return tr("{duration} ago", duration=duration(seconds))


def updated(then: int, now: int) -> str:
    return tr("updated {ago}", ago=ago(then, now))


def counts_words(counts: AgentCounts, *, brief: bool = False) -> str:
    """3 working, 1 waiting for you, 1 idle."""
    waiting = mark("{count} waiting") if brief else mark("{count} waiting for you")
    parts = [
        (counts.working, tr("{count} working", count=counts.working)),
        (counts.waiting, tr(waiting, count=counts.waiting)),
        (counts.idle, tr("{count} idle", count=counts.idle)),
    ]
    said = ", ".join(words for number, words in parts if number)
    if said:
        return said
    return tr("{count} running", count=counts.open) if counts.open else tr("no agents running")


def agents_words(figures: Figures, *, brief: bool = False) -> str:
    """As :func:`counts_words`, unless nobody has looked yet."""
    return counts_words(figures.counts, brief=brief) if figures.looked else tr("looking for agents")


def sub_agents_words(count: int) -> str:
    """+4 sub, or nothing."""
    return tr("+{count} sub", count=count) if count else ""


def state_words(session: Session, now: int) -> str:
    """Waiting for you 4m, Working, Idle 11m."""
    return " ".join(filter(None, (tr(_STATES[session.state]), since_words(session, now))))


def since_words(session: Session, now: int) -> str:
    """How long the state has held; only said of the states for which it matters."""
    if session.since is None or session.state not in _LASTING:
        return ""
    return duration(max(0, now - session.since) / 1000)


def spent_words(month: Month, numerals: Numerals = ENGLISH) -> str:
    """$292.07 of $450; "≥" before it while a source or a price is missing."""
    spent = money(month.spent, numerals)
    if month.spent_is_least:
        spent = f"≥ {spent}"
    if not month.budget:
        return spent
    return tr("{spent} of {budget}", spent=spent, budget=money_set(month.budget, numerals))


def projection_words(forecast: Forecast, numerals: Numerals = ENGLISH, *, spoken: bool = False) -> str:
    """projected $412 ($371–$468), projected $300–$600, or too early to project. Never a number without its range."""
    if forecast.p10 is None or forecast.p90 is None:
        return tr(TOO_EARLY)
    if not shows_median(forecast):
        return tr("projected {range}", range=_range(forecast.p10, forecast.p90, numerals, spoken=spoken))
    assert forecast.p50 is not None
    width = _range(forecast.p10, forecast.p90, numerals, spoken=spoken)
    middle = money_forecast(forecast.p50, numerals)
    return (
        tr("projected {middle}, range {width}", middle=middle, width=width)
        if spoken
        else tr("projected {middle} ({width})", middle=middle, width=width)
    )


def shows_median(forecast: Forecast) -> bool:
    """Whether there is enough data for one number beside the range: not in the first days."""
    return forecast.p50 is not None


def outlook_words(month: Month, numerals: Numerals = ENGLISH) -> str:
    """On track · 13% chance of going over; $13.18 over; nothing without a budget or a forecast."""
    if not month.budget:
        return ""
    if month.spent > month.budget:
        over = tr("{money} over", money=money(month.spent - month.budget, numerals))
        middle = month.forecast.p50
        if middle is None or middle <= month.budget:
            return over
        return tr(
            "{over} · heading for {money_forecast} over",
            over=over,
            money_forecast=money_forecast(middle - month.budget, numerals),
        )
    probability = month.forecast.chance_over_budget
    if probability is None:
        return tr(TOO_EARLY).capitalize()
    verdict = (
        tr("On track") if probability < 0.25 else tr("May go over") if probability < 0.75 else tr("Heading over")
    )
    return tr("{verdict} · {chance} chance of going over", verdict=verdict, chance=chance(probability))


def tooltip(snapshot: Snapshot, zone: tzinfo, locale: QLocale, settings: Settings | None = None) -> str:
    """The three numbers on at most three lines, without any text from logs. ``settings`` for another currency."""
    numerals = numerals_for(snapshot, locale, settings)
    figures = snapshot.figures
    month = figures.month
    if snapshot.paused_since is not None:
        lines = [
            tr(
                "{name}: paused since {clock_time}",
                name=NAME,
                clock_time=clock_time(snapshot.paused_since, zone, locale),
            )
        ]
        if month is not None:
            lines.append(
                tr(
                    "{month_name} {spent_words} when paused",
                    month_name=month_name(month.first),
                    spent_words=spent_words(month, numerals),
                )
            )
        return "\n".join(lines)
    if month is None:
        return tr("{name}: reading logs", name=NAME)
    name = tr("{name}, sample", name=NAME) if snapshot.sample else NAME
    lines = [
        f"{name}: {agents_words(figures)}",
        tr("{rate} tokens/min", rate=rate(figures.rate.tokens_5m, numerals)),
    ]
    if snapshot.progress is not None:
        lines[1] += f" · {reading_words(snapshot)}"
    lines.append(month_words(month, numerals))
    return "\n".join(lines)


def reading_words(snapshot: Snapshot) -> str:
    """62% of the logs read; nothing when all is read."""
    return (
        ""
        if snapshot.progress is None
        else tr("{percent} of the logs read", percent=percent(snapshot.progress.fraction))
    )


def month_words(month: Month, numerals: Numerals = ENGLISH, *, spoken: bool = False) -> str:
    """June $292.07 of $450, projected $412 ($371–$468)."""
    projection = projection_words(month.forecast, numerals, spoken=spoken)
    return f"{month_name(month.first)} {spent_words(month, numerals)}, {projection}"


def accessible_name(snapshot: Snapshot, locale: QLocale) -> str:
    """The three numbers as one sentence to be spoken."""
    numerals = numerals_for(snapshot, locale)
    figures = snapshot.figures
    if snapshot.paused_since is not None:
        return tr("{name}: paused", name=NAME)
    if figures.month is None:
        return tr("{name}: reading logs", name=NAME)
    return tr(
        "{name}: {counts_words}; {rate} tokens a minute; {month_words}",
        name=NAME,
        counts_words=agents_words(figures),
        rate=rate(figures.rate.tokens_5m, numerals),
        month_words=month_words(figures.month, numerals, spoken=True),
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
    first = tr(
        "{counts_words} · {rate}/min",
        counts_words=agents_words(figures, brief=True),
        rate=rate(figures.rate.tokens_5m, numerals),
    )
    return first[0].upper() + first[1:], month_words(figures.month, numerals)


def session_line(session: Session, now: int, locale: QLocale) -> str:
    """◆ mobile-app waiting 4m; ● atlas-api +3 sub · 18.6k/min."""
    parts = [_MARKS.get(session.state, "●"), plain(session.project, 40)]
    if session.state in _LASTING:
        brief = tr("waiting {time}") if session.state is State.WAITING else tr("idle {time}")
        parts.append(brief.format(time=since_words(session, now)).rstrip())
    parts.append(sub_agents_words(len(session.sub_agents)))
    line = " ".join(filter(None, parts))
    if session.tokens_per_min >= 0.5:
        line += tr(" · {rate}/min", rate=rate(session.tokens_per_min, numerals_of(locale)))
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
        (tr("1 sub-agent") if subs == 1 else tr("{count} sub-agents", count=subs)) if subs else "",
        tr("{rate} tokens a minute", rate=rate(session.tokens_per_min, numerals))
        if session.tokens_per_min >= 0.5
        else "",
        tr("in plan")
        if session.in_plan
        else tr("no price")
        if session.cost is None
        else money(session.cost, numerals),
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
    return said.replace("–", tr(" to ")) if spoken else said


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
        line += tr(" · resets in {duration}", duration=duration((quota.resets_at - now) / 1000))
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
