"""History: the made-up weeks before the demo's hour, as responses and limits whose costs add up to a planned month.

Owns the plan of days, projects and models, and the limits' readings. Pure and always the same. Does not own the hour
itself (story.py) or prices: amounts in dollars become tokens at the price that is passed in.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from tokenwatch.base.clock import day_start, to_ms
from tokenwatch.base.limits import Quota
from tokenwatch.base.money import from_dollars
from tokenwatch.base.usage import Context, Record, identity
from tokenwatch.demo.story import MINUTE, NOW, record

FIRST: Final = date(2026, 3, 2)
TODAY: Final = date(2026, 6, 18)
FEE: Final = from_dollars(20)
"""What the plan costs a month; only Codex is in one."""

BUDGET: Final = from_dollars(450)

_HOUR: Final = 60 * MINUTE
_SEED: Final = 18_06_2026
_UNIT: Final = 10_000
_MOST: Final = 16_000
"""New tokens of one response."""

_CACHED: Final = 9
"""Cache reads for each new token."""

_USERS: Final = (
    # agent, provider, model, projects, share of the day's metered cost or dollars a day inside the plan
    ("claude-code", "anthropic", "claude-sonnet-4-5", ("mobile-app", "design-system", "scratch"), 0.34),
    ("claude-code", "anthropic", "claude-opus-4-5", ("atlas-api", "data-pipeline", "mobile-app"), 0.24),
    ("claude-code", "anthropic", "claude-haiku-4-5", ("scratch", "atlas-api"), 0.02),
    ("opencode", "anthropic", "claude-sonnet-4-5", ("site-docs", "data-pipeline"), 0.27),
    ("gemini-cli", "google", "gemini-3-pro-preview", ("infra-tf", "site-docs"), 0.13),
)
_PLAN: Final = ("codex", "openai", "gpt-5.1-codex", ("ledger-cli", "mobile-app"))

_JUNE: Final = (
    9.4, 9.8, 11.2, 11.0, 11.6, 2.0, 1.1, 11.5, 14.2, 15.4, 15.0, 15.6, 2.3, 1.9, 18.6, 18.4, 19.6,
)  # fmt: skip
"""Metered dollars of each day before today."""

Cost = Callable[[Record], int | None]
"""The listed cost of a record, nano-dollars."""


def records(cost: Cost) -> Iterator[Record]:
    """Every response before the hour, oldest first by day."""
    day = FIRST
    while day < TODAY:
        yield from _day(day, _dollars(day), cost)
        day += timedelta(days=1)
    yield from _morning(cost)


def quotas() -> Iterator[Quota]:
    """What providers said of their limits in the last two weeks, up to the moment of the pictures.

    As with real plans, a window begins with the first use after the one before: two a day.
    """
    chance = random.Random(_SEED)  # noqa: S311
    found = [each for limit in _LIMITS for each in (*_short(limit, chance), *_long(limit, chance))]
    return iter(sorted(found, key=lambda quota: quota.as_of))


class _Limit(NamedTuple):
    """A provider's plan: until when its windows last, how much of them is used now, and what filled one whole."""

    provider: str
    plan: str
    short_reset: int
    short_used: float
    long_reset: int
    long_used: float
    full: tuple[int, ...] = ()
    """Windows of five hours, counted back from the present one, that were used up."""


_LIMITS: Final = (
    _Limit("anthropic", "max", NOW + 108 * MINUTE, 62.0, NOW + 42 * _HOUR, 71.0, (5, 7)),
    _Limit("openai", "plus", NOW + 200 * MINUTE, 34.0, NOW + 90 * _HOUR + 15 * MINUTE, 74.0),
)


def _short(limit: _Limit, chance: random.Random) -> Iterator[Quota]:
    """Windows of five hours: a morning's and an afternoon's every day."""
    length = 5 * _HOUR
    for number in range(27, -1, -1):
        days, morning = divmod(number, 2)
        reset = limit.short_reset - days * 24 * _HOUR - morning * (length + 10 * MINUTE)
        peak = 100.0 if number in limit.full else _peak(reset - length // 2, chance)
        for part in (0.2, 0.4, 0.6, 0.8, 0.95):
            at = reset - length + round(part * length)
            if number == 0:
                begun = reset - length
                at = begun + round(part / 0.95 * (NOW - begun))
                peak = limit.short_used
            used = peak if part == 0.95 else peak * part * chance.uniform(0.8, 1.0)
            yield Quota(limit.provider, limit.plan, "5h", round(used, 1), reset, at)


def _long(limit: _Limit, chance: random.Random) -> Iterator[Quota]:
    """The weeks, which fill by day more than by night."""
    week = 7 * 24 * _HOUR
    for back in (2, 1, 0):
        reset = limit.long_reset - back * week
        end = min(reset - _HOUR, NOW)
        moments = range(max(reset - week, NOW - 2 * week), end, 2 * _HOUR)
        weights = [_weight(at) * chance.uniform(0.5, 1.5) for at in moments]
        total, used = sum(weights), 0.0
        top = 88.0 if back else limit.long_used
        for at, weight in zip(moments, weights, strict=True):
            yield Quota(limit.provider, limit.plan, "7d", round(used, 1), reset, at)
            used += top * weight / total
        yield Quota(limit.provider, limit.plan, "7d", round(used, 1), reset, end)


def _weight(at: int) -> float:
    there = datetime.fromtimestamp(at / 1000, UTC)
    by_day = 1.0 if 7 <= there.hour < 20 else 0.45
    return by_day * (0.8 if there.weekday() >= 5 else 1.0)


def _peak(at: int, chance: random.Random) -> float:
    there = datetime.fromtimestamp(at / 1000, UTC)
    return chance.uniform(8, 16) if there.weekday() >= 5 else chance.uniform(35, 92)


def _dollars(day: date) -> float:
    if day >= date(2026, 6, 1):
        return _JUNE[day.day - 1]
    chance = random.Random(day.toordinal())  # noqa: S311
    return chance.uniform(1, 4) if day.weekday() >= 5 else chance.uniform(8, 15)


def _day(day: date, dollars: float, cost: Cost) -> Iterator[Record]:
    chance = random.Random(day.toordinal() + _SEED)  # noqa: S311
    begin = day_start(day, UTC)
    for agent, provider, model, projects, share in _USERS:
        yield from _sessions(agent, provider, model, projects, dollars * share, begin, chance, cost)
    busy = 0.2 if day.weekday() >= 5 else 1.0
    yield from _sessions(*_PLAN, chance.uniform(2.5, 7.5) * busy, begin, chance, cost)


def _morning(cost: Cost) -> Iterator[Record]:
    """Today before the hour."""
    chance = random.Random(_SEED)  # noqa: S311
    begin = day_start(TODAY, UTC)
    for agent, provider, model, projects, share in _USERS:
        yield from _sessions(agent, provider, model, projects, 2.4 * share, begin - 4 * _HOUR, chance, cost)
    yield from _sessions(*_PLAN, 3.1, begin - 4 * _HOUR, chance, cost)


def _sessions(
    agent: str,
    provider: str,
    model: str,
    projects: tuple[str, ...],
    dollars: float,
    begin: int,
    chance: random.Random,
    cost: Cost,
) -> Iterator[Record]:
    """One to three sessions of a day between eight and six o'clock that cost ``dollars`` together."""
    count = 1 if dollars < 1.5 else chance.randint(1, 3)
    for number in range(count):
        project = projects[(chance.randrange(len(projects)) + number) % len(projects)]
        start = begin + 8 * _HOUR + chance.randrange(8 * 60) * MINUTE
        context = Context(
            agent=agent,
            session=f"{identity(project, model, start) & 0xFFFFFFFF:08x}",
            model=model,
            project=f"/home/ada/work/{project}",
            branch="main",
            provider=provider,
        )
        nano = from_dollars(f"{dollars / count:.9f}")
        price = cost(record(context, start, _UNIT, _UNIT * _CACHED))
        if not price:  # a model that the price table does not know
            continue
        # Many small responses: one large one would be past the size from which some models cost more.
        turns = max(3, -(-nano * _UNIT // price // _MOST))
        step = chance.randint(60, 180) * MINUTE // turns
        for turn in range(turns):
            new = nano * _UNIT // price // turns
            yield record(context, start + turn * step, new, new * _CACHED)


def moment(hour: int, minute: int = 0) -> int:
    """A clock time of the demo's day, milliseconds."""
    return to_ms(datetime(TODAY.year, TODAY.month, TODAY.day, hour, minute, tzinfo=UTC))
