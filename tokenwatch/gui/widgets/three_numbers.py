"""The three numbers as headline cells: agents, token rate, month - and what the window shows beside them.

Owns how a snapshot becomes cells in every state: usual, nothing running, loading, paused, incomplete, stale. Does not
own formats or layout.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from tokenwatch.base.format import duration, money_forecast, money_range, money_round, rate, tokens
from tokenwatch.base.health import HealthState
from tokenwatch.base.snapshot import Figures, Month, Snapshot
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.geometry import busy_counts, running_mean, running_sum
from tokenwatch.gui.widgets.headline import Headline, Note
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import Mark
from tokenwatch.gui.widgets.short_numbers import money_short
from tokenwatch.gui.widgets.sparkline import Spark
from tokenwatch.gui.words import (
    OWN_PARTS,
    TOO_EARLY,
    counts_words,
    month_name,
    month_words,
    reading_words,
    shows_median,
)

UNKNOWN: Final = "··"
_NONE: Final = "—"
_MOST_AGENTS: Final = 6
_WORTH_MS: Final = 60_000
_HOUR_MS: Final = 3_600_000
_MEAN_MINUTES: Final = 5
"""The rate is drawn as the mean of so many minutes, near the average that the headline gives."""
_STALE_MS: Final = 180_000
"""Sessions that work write at least this often; a last token older than that dims the rate."""


def missing_sources(snapshot: Snapshot) -> int:
    """How many agents' logs cannot be read at all."""
    return sum(entry.state is HealthState.FAILING and entry.part not in OWN_PARTS for entry in snapshot.health)


def _missing_agents(snapshot: Snapshot, look: Look) -> str:
    """The names of the agents whose logs cannot be read; "" if all can."""
    lost = (entry for entry in snapshot.health if entry.state is HealthState.FAILING and entry.part not in OWN_PARTS)
    return plain(", ".join(look.agent_name(entry.part) for entry in lost), 60)


def agents_cell(snapshot: Snapshot, look: Look, *, brief: bool) -> Headline:
    counts = snapshot.figures.counts
    if snapshot.paused_since is not None:
        return Headline(
            tr("Agents"), _NONE, notes=(Note(tr("not watching")),), spoken=tr("Agents: not watching while paused")
        )
    if snapshot.figures.month is None:
        return Headline(
            tr("Agents"), UNKNOWN, notes=(Note(tr("reading logs")),), ink="t2", spoken=tr("Agents: reading logs")
        )
    if not snapshot.figures.looked:
        return Headline(
            tr("Agents"), UNKNOWN, notes=(Note(tr("looking for agents")),), ink="t2", spoken=tr("Looking for agents")
        )
    missing = missing_sources(snapshot)
    label = tr("Agents, that can be seen") if missing and not brief else tr("Agents")
    if snapshot.sample and brief:
        label = tr("Agents, sample")
    long = mark("+{count} sub") if brief else mark("+{count} sub-agents")
    if counts.sub_agents == 1 and not brief:
        long = mark("+1 sub-agent")
    unit = tr(long, count=tokens(counts.sub_agents, look.numerals)) if counts.sub_agents else ""
    marked: list[tuple[int, str, Mark]] = [
        (counts.working, "t2", "working"),
        (counts.waiting, "warn", "waiting"),
        (counts.idle, "t2", "idle"),
    ]
    words = {
        "working": tr("{count} working", count=counts.working),
        "waiting": tr("{count} waiting", count=counts.waiting),
        "idle": tr("{count} idle", count=counts.idle),
    }
    full = [Note(words[shape], shape, ink) for number, ink, shape in marked if number]
    short = [Note(str(number), shape, ink) for number, ink, shape in marked if number]
    if missing:
        full.append(Note(_missing_words(missing), "problem", "bad"))
        short.insert(0, Note(str(missing), "problem", "bad"))
    if not counts.open:
        full, short = [Note(tr("none running")), *full], [Note(tr("none running")), *short]
    said = tr("Agents: {counts_words}", counts_words=counts_words(counts))
    if unit:
        said += tr(", {sub_agents} sub-agents", sub_agents=counts.sub_agents)
    if missing:
        said += f", {_missing_words(missing)}"
    notes = tuple(short if brief else full)
    return Headline(label, str(counts.open), unit, notes, tuple(short), said, more=_counted_words(snapshot, brief))


def _counted_words(snapshot: Snapshot, brief: bool) -> str:
    """By which rule agents are counted, and what they did today."""
    figures = snapshot.figures
    words = [tr("Counted are sessions whose process runs, and logs that grew in the last minutes.")]
    if not brief and figures.working_today_ms >= _WORTH_MS:
        words.append(
            tr(
                "Today they worked {worked} in all and waited {waited}; at most {count} at once.",
                worked=duration(figures.working_today_ms / 1000),
                waited=duration(figures.waiting_today_ms / 1000),
                count=figures.peak.working,
            )
        )
    return " ".join(words)


def _missing_words(missing: int) -> str:
    return tr("1 source missing") if missing == 1 else tr("{count} sources missing", count=missing)


def rate_cell(snapshot: Snapshot, look: Look, *, brief: bool) -> Headline:
    figures = snapshot.figures
    flow = figures.rate
    if snapshot.paused_since is not None:
        return Headline(
            tr("Token rate"), _NONE, notes=(Note(tr("not watching")),), spoken=tr("Token rate: not watching")
        )
    if figures.month is None:
        return Headline(
            tr("Token rate"),
            UNKNOWN,
            notes=(Note(tr("reading logs")),),
            ink="t2",
            spoken=tr("Token rate: reading logs"),
        )
    value = rate(flow.tokens_5m, look.numerals)
    notes: tuple[Note, ...] = ()
    short: tuple[Note, ...] = ()
    quiet = flow.last_event is None or figures.at - flow.last_event > _STALE_MS
    if flow.tokens_5m < 0.5:
        last = (
            tr("last token {when}", when=look.when(flow.last_event, figures.at))
            if flow.last_event is not None
            else tr("no token yet")
        )
        notes = (Note(last),)
    elif quiet and flow.last_event is not None:
        notes = (Note(tr("as of {when}", when=look.when(flow.last_event, figures.at))),)
    elif brief and flow.metered_5m > 0:
        spending = round(flow.metered_5m)
        notes = (Note(tr("≈ {money_short} an hour", money_short=money_short(spending, look.numerals))),)
        short = (Note(f"≈ {money_round(spending, look.numerals)}/h"),)
    elif not brief:
        peak = figures.peak
        if peak.tokens_at is not None and peak.tokens_5m > flow.tokens_5m:
            most, at = rate(peak.tokens_5m, look.numerals), look.clock(peak.tokens_at)
            notes, short = (
                (Note(tr("peak {rate} at {time}", rate=most, time=at)),),
                (Note(tr("peak {rate}", rate=most)),),
            )
        else:
            hour = rate(flow.tokens_60m, look.numerals)
            notes = (Note(tr("{rate}/min over the hour", rate=hour)),)
            short = (Note(tr("{rate} in 1 h", rate=hour)),)
    if missing := _missing_agents(snapshot, look):
        value = f"≥ {value}"
        if not brief:
            notes, short = (Note(tr("without {agents}", agents=missing)),), ()
    ink = "t2" if quiet and flow.tokens_5m >= 0.5 else "t1"
    more = "" if brief else _rates_words(snapshot, look)
    return Headline(tr("Token rate"), value, "/min", notes, short, ink=ink, more=more)


def _rates_words(snapshot: Snapshot, look: Look) -> str:
    """Each agent's averages over 1, 5 and 60 minutes, like a load average, and what they come to in an hour."""
    rates = [entry for entry in snapshot.figures.agent_rates if entry[1].tokens_60m >= 0.5][:_MOST_AGENTS]
    return "; ".join(
        tr(
            "{agent}: {one}, {five}, {sixty} a minute over 1, 5 and 60 minutes, {cost} an hour at API prices",
            agent=look.agent_name(agent),
            one=rate(flow.tokens_1m, look.numerals),
            five=rate(flow.tokens_5m, look.numerals),
            sixty=rate(flow.tokens_60m, look.numerals),
            cost=money_short(round(flow.cost_5m), look.numerals),
        )
        for agent, flow in rates
    )


def month_cell(snapshot: Snapshot, look: Look) -> Headline:
    month = snapshot.figures.month
    if month is None:
        said = reading_words(snapshot) or tr("reading logs")
        return Headline(
            tr("This month"), UNKNOWN, notes=(Note(said),), ink="t2", spoken=tr("This month: {said}", said=said)
        )
    name, numerals = month_name(month.first), look.numerals
    spoken = month_words(month, numerals, spoken=True)
    least = "≥ " if month.spent_is_least else ""
    if snapshot.paused_since is not None:
        label = tr("{name}, at {clock}", name=name, clock=look.clock(snapshot.paused_since))
        return Headline(label, money_short(month.spent, numerals), notes=(Note(tr("spent when paused")),))
    forecast = month.forecast
    if forecast.p10 is None or forecast.p90 is None:
        return Headline(
            tr("{name} so far", name=name),
            least + money_short(month.spent, numerals),
            notes=(Note(tr(TOO_EARLY)),),
            spoken=spoken,
        )
    span = money_range(forecast.p10, forecast.p90, numerals)
    label, brief_label = tr("{name}, projected", name=name), tr("{name}, projected", name=name[:3])
    if not shows_median(forecast):
        few = (Note(tr("few days of data")),)
        return Headline(label, least + span, notes=few, brief_label=brief_label, spoken=spoken)
    note = (
        tr("since {when}", when=look.when(month.incomplete_since, snapshot.figures.at))
        if month.incomplete_since
        else ""
    )
    if snapshot.progress is not None:
        note = reading_words(snapshot)
    assert forecast.p50 is not None
    value = least + money_forecast(forecast.p50, numerals)
    notes = (Note(tr("range {span}", span=span) if not note else f"{span}, {note}"),)
    return Headline(label, value, notes=notes, brief=(Note(span),), brief_label=brief_label, spoken=spoken)


def spending_cell(snapshot: Snapshot, look: Look) -> Headline:
    flow = snapshot.figures.rate
    if snapshot.paused_since is not None:
        return Headline(tr("Spending now"), _NONE, notes=(Note(tr("not watching")),))
    if snapshot.figures.month is None:
        return Headline(tr("Spending now"), UNKNOWN, notes=(Note(tr("reading logs")),), ink="t2")
    least = "≥ " if missing_sources(snapshot) else ""
    value = least + money_short(round(flow.metered_5m), look.numerals)
    return Headline(
        tr("Spending now"), value, tr("/hour"), (Note(tr("metered agents only")),), (Note(tr("metered only")),)
    )


def today_cell(snapshot: Snapshot, look: Look) -> Headline:
    month = snapshot.figures.month
    if month is None:
        return Headline(tr("Today"), UNKNOWN, notes=(Note(tr("reading logs")),), ink="t2")
    in_plan = max(0, month.listed_today - month.spent_today)
    more = f"+ {money_short(in_plan, look.numerals)}" if in_plan else tr("nothing")
    least = "≥ " if month.today_is_least else ""
    value = least + money_short(month.spent_today, look.numerals)
    lost = _missing_agents(snapshot, look)
    if lost and month.incomplete_since is not None:
        since = look.when(month.incomplete_since, snapshot.figures.at)
        notes = (Note(tr("{agents} counted to {when}", agents=lost, when=since)),)
        short = (Note(tr("counted to {when}", when=since)),)
        return Headline(tr("Today"), value, tr("metered"), notes, short, least=(Note(tr("to {when}", when=since)),))
    return Headline(
        tr("Today"),
        value,
        tr("metered"),
        (Note(tr("{more} inside plans", more=more)),),
        (Note(tr("{more} in plans", more=more)),),
        least=(Note(more),),
    )


def panel_cells(snapshot: Snapshot, look: Look) -> tuple[Headline, ...]:
    """Three cells with a sparkline each, if there is a course to draw."""
    cells = (
        agents_cell(snapshot, look, brief=True),
        rate_cell(snapshot, look, brief=True),
        month_cell(snapshot, look),
    )
    sparks = (agents_spark(snapshot.figures), rate_spark(snapshot.figures), month_spark(snapshot.figures.month))
    if snapshot.paused_since is not None or not snapshot.figures.counts.open:
        return cells
    return tuple(replace(cell, spark=spark) for cell, spark in zip(cells, sparks, strict=True))


def live_cells(snapshot: Snapshot, look: Look) -> tuple[Headline, ...]:
    """Five cells of the window's Live page, the month last; four that can say more while agents cannot be read."""
    month = month_cell(snapshot, look)
    if snapshot.paused_since is None:
        month = replace(month, spark=month_spark(snapshot.figures.month))
    if missing_sources(snapshot) and snapshot.paused_since is None:
        return (
            replace(agents_cell(snapshot, look, brief=False), share=1.45),
            rate_cell(snapshot, look, brief=False),
            replace(today_cell(snapshot, look), share=1.05),
            replace(month, share=1.2),
        )
    return (
        replace(agents_cell(snapshot, look, brief=False), share=1.5),
        rate_cell(snapshot, look, brief=False),
        spending_cell(snapshot, look),
        today_cell(snapshot, look),
        replace(month, share=1.2),
    )


def agents_spark(figures: Figures) -> Spark | None:
    """How many sessions worked at a time in the last hour."""
    counts = busy_counts([lane.busy for lane in figures.lanes], figures.at - _HOUR_MS, figures.at, 61)
    # Lanes end at the last look, a moment before the figures; the end of the line is the number above it.
    values = (*map(float, counts[:-1]), float(figures.counts.working))
    return Spark(values, ink="okf", steps=True) if any(counts) else None


def rate_spark(figures: Figures) -> Spark | None:
    rows = [row for _, row in figures.series.rows]
    if not rows:
        return None
    sums = running_mean([sum(minute) for minute in zip(*rows, strict=True)], _MEAN_MINUTES)[-60:]
    return Spark(sums) if any(sums) else None


def month_spark(month: Month | None) -> Spark | None:
    """The month so far, the projection and its range, and the budget."""
    if month is None or len(month.days) < 2:
        return None
    so_far = tuple(map(float, running_sum([day.metered for day in month.days], month.fees)))
    fan = [entry for entry in month.forecast.fan if entry[0] > month.today]
    ahead = tuple(float(entry[3]) for entry in fan) if shows_median(month.forecast) else ()
    ends = (float(fan[-1][1]), float(fan[-1][5])) if ahead else (None, None)
    return Spark(so_far, ahead=ahead, low=ends[0], high=ends[1], limit=month.budget and float(month.budget))
