"""Snapshots for the tests of the faces: one made-up June whose numbers add up, and what may go wrong with it.

Owns values only. Every function gives a fresh, complete Snapshot. Nothing here is shown to users.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from tokenwatch.base.bill import BillCheck, Difference
from tokenwatch.base.billing import Plan
from tokenwatch.base.clock import DAY_MS, to_ms
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.limits import LimitWindow, Quota
from tokenwatch.base.money import NANO, from_dollars
from tokenwatch.base.snapshot import (
    AgentCounts,
    Alert,
    Confidence,
    DaySpend,
    Figures,
    Forecast,
    ForecastState,
    Lane,
    Month,
    Progress,
    Rate,
    RateSeries,
    Session,
    Snapshot,
    State,
    SubAgent,
    Urgency,
)
from tokenwatch.base.usage import Tokens
from tokenwatch.insight import limits as insight_limits
from tokenwatch.insight.value import MonthUse, PlanValue, Switch, Value

NOW = to_ms(datetime(2026, 6, 18, 14, 32, tzinfo=UTC))
"""A Thursday, 14:32 UTC."""

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS

AGENTS = (
    ("claude-code", "Claude Code", "C"),
    ("codex", "Codex", "X"),
    ("opencode", "opencode", "O"),
    ("gemini", "Gemini CLI", "G"),
)

HOSTILE = (
    "<img src=file:///etc/passwd><b>x</b>",
    "\x1b[31mred\x07\x00",
    "safe\u202egnp.exe",
    "zero\u200bwidth\u2066\u2069",
    "line\nbreak\r\nand\u2028more",
    "%s %n {0} {figures} $(reboot)",
    "=HYPERLINK(1)",
    "&amp;<a href='x'>&quit",
    "\ud800lone",
    "ع" * 400,
)
"""Names as an attacker would write them into a log."""


def day_ms(day: int, hour: int = 0, minute: int = 0) -> int:
    return to_ms(datetime(2026, 6, day, hour, minute, tzinfo=UTC))


def sessions() -> tuple[Session, ...]:
    """Five top-level sessions: one waiting, three working (with four sub-agents), one idle."""
    return (
        Session(
            agent="claude-code",
            session="s-mobile",
            state=State.WAITING,
            confidence=Confidence.EXACT,
            agent_name="Claude Code",
            pid=4711,
            project="mobile-app",
            cwd="/home/ada/work/mobile-app",
            branch="main",
            model="claude-sonnet-4-5",
            waiting_for="db migrate",
            since=NOW - 4 * MINUTE_MS,
            tokens=Tokens(40_000, 2_400_000, 90_000, 0, 61_000, 9_000),
            cost=from_dollars("3.11"),
            in_plan=True,
            tokens_per_min=0.0,
            context_tokens=96_000,
            context_window=200_000,
            started_at=NOW - 58 * MINUTE_MS,
            last_activity=NOW - 4 * MINUTE_MS,
        ),
        Session(
            agent="claude-code",
            session="s-atlas",
            state=State.WORKING,
            confidence=Confidence.EXACT,
            agent_name="Claude Code",
            pid=4712,
            project="atlas-api",
            cwd="/home/ada/work/atlas-api",
            branch="feature/session-store",
            model="claude-opus-4-5",
            since=NOW - 6 * MINUTE_MS,
            sub_agents=(
                SubAgent("a1", "explore", "claude-haiku-4-5", 5_200.0, from_dollars("0.41"), NOW - 5 * MINUTE_MS),
                SubAgent("a2", "tests", "claude-sonnet-4-5", 4_100.0, from_dollars("0.88"), NOW - 4 * MINUTE_MS),
                SubAgent("a3", "", "claude-sonnet-4-5", 1_900.0, None, NOW - 2 * MINUTE_MS),
            ),
            tokens=Tokens(120_000, 9_800_000, 400_000, 20_000, 210_000, 44_000),
            cost=from_dollars("6.42"),
            tokens_per_min=18_600.0,
            context_tokens=151_000,
            context_window=200_000,
            started_at=NOW - 47 * MINUTE_MS,
            last_activity=NOW - 2_000,
        ),
        Session(
            agent="codex",
            session="s-ledger",
            state=State.WORKING,
            confidence=Confidence.LIKELY,
            agent_name="Codex",
            pid=4713,
            project="ledger-cli",
            cwd="/home/ada/work/ledger-cli",
            model="gpt-5.1-codex",
            since=NOW - 3 * MINUTE_MS,
            tokens=Tokens(300_000, 1_100_000, 0, 0, 88_000, 31_000),
            cost=from_dollars("1.92"),
            in_plan=True,
            tokens_per_min=7_900.0,
            started_at=NOW - 22 * MINUTE_MS,
            last_activity=NOW - 5_000,
        ),
        Session(
            agent="opencode",
            session="s-docs",
            state=State.WORKING,
            confidence=Confidence.LOG_ONLY,
            agent_name="opencode",
            project="site-docs",
            cwd="/home/ada/work/site-docs",
            branch="docs",
            model="claude-sonnet-4-5",
            since=NOW - MINUTE_MS,
            sub_agents=(
                SubAgent("b1", "writer", "claude-sonnet-4-5", 1_300.0, from_dollars("0.2"), NOW - MINUTE_MS),
            ),
            tokens=Tokens(70_000, 800_000, 60_000, 0, 52_000),
            cost=from_dollars("1.87"),
            tokens_per_min=5_300.0,
            started_at=NOW - 72 * MINUTE_MS,
            last_activity=NOW - 8_000,
        ),
        Session(
            agent="gemini",
            session="s-infra",
            state=State.IDLE,
            confidence=Confidence.EXACT,
            agent_name="Gemini CLI",
            pid=4715,
            project="infra-tf",
            cwd="/home/ada/work/infra-tf",
            model="gemini-3-pro",
            since=NOW - 11 * MINUTE_MS,
            tokens=Tokens(90_000, 500_000, 0, 0, 30_000),
            cost=from_dollars("0.74"),
            started_at=NOW - 125 * MINUTE_MS,
            last_activity=NOW - 11 * MINUTE_MS,
        ),
    )


def days(last: int = 18, spent: int = from_dollars("292.07"), fees: int = from_dollars(120)) -> tuple[DaySpend, ...]:
    """June's days up to ``last`` whose metered cost adds up to ``spent - fees``; weekends are light."""
    weights = [2 if date(2026, 6, day).weekday() >= 5 else 10 + day % 5 for day in range(1, last + 1)]
    metered = spent - fees
    parts = [metered * weight // sum(weights) for weight in weights]
    parts[-1] += metered - sum(parts)
    found = []
    for day, part in enumerate(parts, 1):
        docs = part // 3
        plan = from_dollars("8.5") if date(2026, 6, day).weekday() < 5 else 0
        found.append(
            DaySpend(
                date(2026, 6, day),
                metered=part,
                listed=part + plan,
                tokens=part // 200_000,
                by_agent=(("claude-code", part - docs), ("opencode", docs)),
                listed_by_agent=(("claude-code", part - docs), ("codex", plan), ("opencode", docs)),
                by_agent_tokens=(("claude-code", part // 400_000), ("codex", part // 200_000 - part // 400_000)),
            )
        )
    return tuple(found)


def forecast() -> Forecast:
    """Median $412, range $371 to $468, 13% chance over $450."""
    low, lower, middle, upper, high = (from_dollars(x) for x in (371, 396, 412, 431, 468))
    spent = from_dollars("292.07")
    fan = []
    for day in range(18, 31):
        part = (day - 17) / 13

        def at(end: int, part: float = part) -> int:
            return spent + round((end - spent) * part)

        fan.append((date(2026, 6, day), at(low), at(lower), at(middle), at(upper), at(high)))
    return Forecast(ForecastState.NORMAL, low, lower, middle, upper, high, 0.13, date(2026, 6, 28), tuple(fan))


def month() -> Month:
    """June on day 18: $292.07 of $450, $14.83 of it today."""
    rows = days()
    return Month(
        label="2026-06",
        first=date(2026, 6, 1),
        last=date(2026, 6, 30),
        today=date(2026, 6, 18),
        spent=from_dollars("292.07"),
        fees=from_dollars(120),
        metered=from_dollars("172.07"),
        listed=sum(row.listed for row in rows),
        spent_today=from_dollars("14.83"),
        listed_today=from_dollars("23.33"),
        budget=from_dollars(450),
        forecast=forecast(),
        days=rows,
        tokens=sum(row.tokens for row in rows),
        sessions=143,
        last_month=from_dollars("398.4"),
    )


def series() -> RateSeries:
    """Three hours of minutes for three agents, uneven but always the same."""
    start = NOW - 179 * MINUTE_MS

    def row(scale: int, step: int) -> tuple[int, ...]:
        return tuple(scale * ((minute * step) % 17) if minute % 40 < 33 else 0 for minute in range(180))

    return RateSeries(start, (("claude-code", row(1_400, 7)), ("codex", row(600, 5)), ("opencode", row(420, 3))))


def day_series() -> RateSeries:
    """A day of five-minute steps of 60,000 tokens by one agent, the last one unfinished."""
    step = 5 * MINUTE_MS
    start = NOW // step * step - 287 * step
    return RateSeries(start, (("claude-code", (60_000,) * 287 + (0,)),), step)


def lanes() -> tuple[Lane, ...]:
    def busy(*parts: tuple[int, int]) -> tuple[tuple[int, int], ...]:
        return tuple((NOW - begin * MINUTE_MS, NOW - end * MINUTE_MS) for begin, end in parts)

    return (
        Lane("s-mobile", "claude-code", "mobile-app", busy((58, 40), (30, 4)), busy((40, 30), (4, 0))),
        Lane("s-atlas", "claude-code", "atlas-api", busy((47, 20), (12, 0))),
        Lane("s-ledger", "codex", "ledger-cli", busy((22, 0))),
        Lane("s-docs", "opencode", "site-docs", busy((72, 50), (44, 41), (9, 0))),
        Lane("s-infra", "gemini", "infra-tf", busy((125, 90), (60, 11))),
    )


def quotas() -> tuple[Quota, ...]:
    return (
        Quota("anthropic", "max", "5h", 62.0, NOW + 108 * MINUTE_MS, NOW - MINUTE_MS),
        Quota("anthropic", "max", "7d", 71.0, NOW + 42 * HOUR_MS, NOW - MINUTE_MS),
        Quota("openai", "plus", "5h", 34.0, NOW + 200 * MINUTE_MS, NOW - 2 * MINUTE_MS),
        Quota("openai", "plus", "7d", 74.0, NOW + 90 * HOUR_MS, NOW - 2 * MINUTE_MS),
    )


def limits() -> tuple[LimitWindow, ...]:
    """The windows of :func:`quotas`, with two weeks of readings before, two windows of Claude used up among them."""
    readings: dict[tuple[str, str], tuple[tuple[Quota, ...], ...]] = {}
    for quota in quotas():
        length, end = (5 if quota.window == "5h" else 168) * HOUR_MS, quota.resets_at or 0
        groups = []
        for number in range(28 if quota.window == "5h" else 2, 0, -1):
            peak = 100.0 if quota.provider == "anthropic" and number in (4, 6) else float(20 + number * 37 % 70)
            over = end - number * length
            quarter = length // 4
            groups.append(
                tuple(
                    replace(quota, used_percent=peak * n / 4, resets_at=over, as_of=over - quarter * (4 - n) - 1)
                    for n in range(1, 5)
                )
            )
        steps = [(NOW - end + length) * step // 10 for step in range(1, 10)]
        groups.append(tuple(replace(quota, used_percent=quota.used_percent * (n + 1) / 10, as_of=end - length + at)
                            for n, at in enumerate(steps)))  # fmt: skip
        readings[(quota.provider, quota.window)] = tuple(groups)
    leaders = {"openai": ("/work/ledger-cli", 0.65), "anthropic": ("/work/mobile-app", 0.48)}
    return insight_limits.limits(quotas(), insight_limits.History(readings, {}, leaders), NOW)


def bills() -> tuple[BillCheck, ...]:
    """Anthropic's May, nearly the same; its June, half of it seen elsewhere."""
    may = BillCheck(
        "anthropic", date(2026, 5, 1), date(2026, 5, 31), 31, 261_400_000_000, 259_870_000_000,
        79_400_000, 78_900_000, 78_900_000,
        ((Difference.ELSEWHERE, 2_030_000_000), (Difference.DISCOUNT, -500_000_000)), NOW - HOUR_MS,
    )  # fmt: skip
    june = replace(may, first=date(2026, 6, 1), last=date(2026, 6, 30), known_days=18, imported=True,
                   differences=tuple((why, 10**9) for why in Difference))  # fmt: skip
    return june, may


def calendar() -> tuple[tuple[date, int], ...]:
    today = date(2026, 6, 18)
    back = [today - timedelta(days=each) for each in range(16 * 7)]
    return tuple((day, 4_000_000 * (1 + day.day % 7)) for day in reversed(back) if day.weekday() < 5)


def value() -> Value:
    """What June gave for its money, as far as :func:`month` has it: two plans, and an agent that is metered."""
    claude = (30, 14, 12, 26, 24, 20, 4, 2, 44, 40, 38, 36, 30, 4, 3, 30, 40, 32)
    codex = (2, 4, 5, 4, 7, 1, 1, 3, 5, 4, 4, 3, 1, 0, 3, 6, 6, 2)
    held = (Plan("claude-code", name="Claude Max 5x", fee=from_dollars(100)), Plan("codex", fee=from_dollars(20)))
    plans = tuple(
        PlanValue(plan, plan.fee, tuple(map(from_dollars, given)), from_dollars(without))
        for plan, given, without in zip(held, (claude, codex), (1010, 440), strict=True)
    )
    months = tuple(
        MonthUse(
            date(2026, number, 1),
            Tokens(input=number * 10**6, cache_read=number * 10**8, cache_write_5m=8 * 10**6, output=2 * 10**6),
            from_dollars(number * 100),
            number * 30 if number > 4 else None,
        )
        for number in (4, 5, 6)
    )
    return Value(
        date(2026, 6, 1),
        date(2026, 6, 30),
        date(2026, 6, 18),
        known=True,
        fees=from_dollars(120),
        metered=from_dollars("172.07"),
        listed=from_dollars("719.67"),
        plans=plans,
        months=months,
        as_now=from_dollars(412),
        all_metered=from_dollars(1221),
        switches=(Switch(Plan("codex", name="ChatGPT Pro 20x", fee=from_dollars(200)), from_dollars(336)),),
    )


def alert() -> Alert:
    return Alert(
        key="waiting:s-mobile:1",
        rule="waiting",
        title="mobile-app is waiting for you",
        body="Claude Code wants to run: db migrate. Waiting 4 minutes.",
        urgency=Urgency.CRITICAL,
        at=NOW,
        replaces="waiting",
    )


def usual() -> Snapshot:
    """The design's moment: 3 working, 1 waiting, 1 idle; 31.8k/min; June $292.07 of $450, projected $412."""
    figures = Figures(
        at=NOW,
        counts=AgentCounts(open=5, working=3, waiting=1, idle=1, sub_agents=4),
        sessions=sessions(),
        rate=Rate(
            tokens_1m=35_100.0,
            tokens_5m=31_800.0,
            tokens_60m=24_300.0,
            cost_1m=11.9 * NANO,
            cost_5m=13.2 * NANO,
            cost_60m=8.1 * NANO,
            metered_5m=9.76 * NANO,
            metered_60m=6.4 * NANO,
            last_event=NOW - 2_000,
        ),
        series=series(),
        day_series=day_series(),
        lanes=lanes(),
        month=month(),
        calendar=calendar(),
        quotas=quotas(),
        limits=limits(),
        bills=bills(),
        last_event=NOW - 2_000,
    )
    return Snapshot(figures, alerts=(alert(),), sources=4, agents=AGENTS)


def loading() -> Snapshot:
    """The very first: the ledger was not asked yet."""
    return Snapshot(Figures(at=NOW))


def looking() -> Snapshot:
    """The month is known from last time; nobody has looked at processes yet."""
    snapshot = nothing_running()
    return replace(snapshot, figures=replace(snapshot.figures, looked=False))


def empty() -> Snapshot:
    """A first run on a computer without agents: nothing found, nothing spent, no budget."""
    bare = Month("2026-06", date(2026, 6, 1), date(2026, 6, 30), date(2026, 6, 18))
    return Snapshot(Figures(at=NOW, month=bare))


def nothing_running() -> Snapshot:
    """Nobody works; the month stays and the last session is named."""
    last = replace(sessions()[1], state=State.ENDED, sub_agents=(), tokens_per_min=0.0, last_activity=day_ms(18, 11))
    figures = replace(
        usual().figures,
        counts=AgentCounts(),
        sessions=(),
        rate=Rate(last_event=day_ms(18, 11)),
        lanes=(),
        last_session=last,
        last_event=last.last_activity,
    )
    return Snapshot(figures, sources=4, agents=AGENTS)


def huge() -> Snapshot:
    """Far more than anyone has: 500 sessions, 9,000 sub-agents, billions of tokens, millions of dollars."""
    base = sessions()
    many = []
    for number in range(500):
        first = base[number % len(base)]
        subs = tuple(SubAgent(f"x{each}", f"sub-agent {each}", "m", 9_999.0, NANO, NOW) for each in range(18))
        many.append(
            replace(
                first,
                session=f"s-{number}",
                project=f"a-very-long-project-name-that-goes-on-{number}",
                sub_agents=subs,
                tokens=Tokens(10**10, 10**10, 10**10, 10**10, 10**10, 10**9),
                cost=123_456 * NANO,
                tokens_per_min=9_876_543.0,
            )
        )
    top = replace(
        month(),
        spent=9_876_543 * NANO,
        metered=9_876_423 * NANO,
        listed=99_876_543 * NANO,
        budget=10_000_000 * NANO,
        tokens=10**14,
        sessions=1_234_567,
        forecast=replace(forecast(), p10=11_000_000 * NANO, p50=13_000_000 * NANO, p90=18_400_000 * NANO),
    )
    figures = replace(
        usual().figures,
        counts=AgentCounts(open=500, working=300, waiting=100, idle=100, sub_agents=9_000),
        sessions=tuple(many),
        rate=Rate(9e9, 8.88e9, 7e9, 1e15, 1e15, 1e15, 1e15, 1e15, NOW),
        month=top,
        quotas=tuple(Quota(f"provider-{n}", "plan", "7d", 100.0 + n, NOW + HOUR_MS, NOW) for n in range(30)),
        limits=tuple(
            replace(limits()[n % 4], provider=f"provider-{n // 3}", used_percent=100.0 + n) for n in range(90)
        ),
    )
    alerts = tuple(replace(alert(), key=f"k{n}", title=f"Alert number {n} of many") for n in range(200))
    return Snapshot(figures, alerts=alerts, sources=12, agents=AGENTS)


def hostile() -> Snapshot:
    """Every text from a log is an attack."""
    rows = tuple(
        replace(
            sessions()[number % 5],
            session=text,
            agent_name=text,
            project=text,
            cwd=text,
            branch=text,
            model=text,
            waiting_for=text,
            sub_agents=(SubAgent(text, text, text, 1.0, None, NOW),),
        )
        for number, text in enumerate(HOSTILE)
    )
    figures = replace(
        usual().figures,
        sessions=rows,
        counts=AgentCounts(open=10, working=6, waiting=2, idle=2, sub_agents=10),
        lanes=tuple(Lane(text, text, text, ((NOW - HOUR_MS, NOW),)) for text in HOSTILE),
        quotas=tuple(Quota(text, text, text, 50.0, NOW + HOUR_MS, NOW) for text in HOSTILE),
        limits=tuple(
            replace(limits()[0], provider=text, plan=text, window=text, leader=(text, 0.5)) for text in HOSTILE
        ),
        bills=tuple(replace(bills()[0], provider=text) for text in HOSTILE),
        last_session=rows[0],
    )
    alerts = tuple(replace(alert(), key=text, title=text, body=text, replaces=text) for text in HOSTILE)
    health = tuple(Health(text, HealthState.DEGRADED, text, NOW) for text in HOSTILE)
    return Snapshot(
        figures,
        alerts=alerts,
        new_alerts=alerts[:1],
        health=health,
        sources=3,
        agents=tuple((text, text, text[:1] or "?") for text in HOSTILE),
    )


def too_early() -> Snapshot:
    """The first day of use: no projection is possible."""
    young = replace(month(), forecast=Forecast(), spent=from_dollars("2.4"), fees=0, metered=from_dollars("2.4"))
    young = replace(young, spent_today=from_dollars("2.4"), days=days(18, from_dollars("2.4"), 0), last_month=None)
    return replace(usual(), figures=replace(usual().figures, month=young))


def low_confidence() -> Snapshot:
    """Three days of data: a range without a median."""
    unsure = replace(forecast(), state=ForecastState.LOW, p10=from_dollars(300), p50=None, p90=from_dollars(600))
    return replace(usual(), figures=replace(usual().figures, month=replace(month(), forecast=unsure)))


def no_budget() -> Snapshot:
    free = replace(forecast(), chance_over_budget=None, earliest_over=None)
    return replace(usual(), figures=replace(usual().figures, month=replace(month(), budget=None, forecast=free)))


def near_budget() -> Snapshot:
    """Past 80% of the budget."""
    spent = from_dollars("371.2")
    later = replace(month(), spent=spent, metered=spent - from_dollars(120), days=days(18, spent))
    return replace(usual(), figures=replace(usual().figures, month=later))


def over_budget() -> Snapshot:
    """$463.18 of $450, heading for $523."""
    spent = from_dollars("463.18")
    beyond = replace(
        forecast(),
        p10=from_dollars(508),
        p25=from_dollars(515),
        p50=from_dollars(523),
        p75=from_dollars(534),
        p90=from_dollars(549),
        chance_over_budget=1.0,
        earliest_over=date(2026, 6, 18),
        fan=(),
    )
    later = replace(
        month(),
        spent=spent,
        metered=spent - from_dollars(120),
        spent_today=from_dollars("38.2"),
        days=days(18, spent),
        forecast=beyond,
    )
    figures = replace(usual().figures, month=later, counts=AgentCounts(14, 9, 2, 3, 9))
    return replace(usual(), figures=figures)


def error() -> Snapshot:
    """One agent's logs may not be opened since 14:02; the rest goes on and totals are "at least"."""
    since = NOW - 30 * MINUTE_MS
    incomplete = replace(month(), incomplete_since=since)
    health = (
        Health(
            "claude-code",
            HealthState.FAILING,
            "Claude Code's logs may not be opened: permission denied. Numbers leave them out until this is fixed.",
            since,
        ),
        Health("codex", HealthState.DEGRADED, "2 log entries could not be read.", NOW - DAY_MS),
    )
    figures = replace(usual().figures, month=incomplete, counts=AgentCounts(4, 2, 1, 1, 0))
    return replace(usual(), figures=figures, health=health, sources=3)


def unreadable() -> Snapshot:
    """No source can be read at all."""
    health = tuple(
        Health(agent, HealthState.FAILING, f"{name}'s logs may not be opened: permission denied.", NOW)
        for agent, name, _ in AGENTS
    )
    figures = replace(empty().figures, month=replace(month(), incomplete_since=NOW - HOUR_MS))
    return Snapshot(figures, health=health, sources=0, agents=AGENTS)


def importing() -> Snapshot:
    """The first import is at 62%; the newest month is usable."""
    return replace(usual(), progress=Progress(620_000_000, 1_000_000_000, "Claude Code"))


def paused() -> Snapshot:
    """Paused for 22 minutes."""
    figures = replace(usual().figures, counts=AgentCounts(), sessions=(), rate=Rate(), lanes=())
    return replace(usual(), figures=figures, alerts=(), paused_since=NOW - 22 * MINUTE_MS)


EVERY = {
    maker.__name__: maker
    for maker in (
        usual,
        loading,
        looking,
        empty,
        nothing_running,
        huge,
        hostile,
        too_early,
        low_confidence,
        no_budget,
        near_budget,
        over_budget,
        error,
        unreadable,
        importing,
        paused,
    )
}
"""Name -> function, for tests that show each of them."""
