"""Made-up years of daily cost, seeded, and how well forecasts from any day of theirs turn out.

Owns the kinds of users and the measures. The same measures over a person's own ledger are a backtest.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tokenwatch.base.clock import Period, month_of
from tokenwatch.base.money import NANO
from tokenwatch.base.snapshot import Forecast
from tokenwatch.insight import backtest
from tokenwatch.insight.backtest import Outcome as Outcome

START = date(2025, 1, 1)
YEAR = 365


@dataclass(frozen=True)
class Kind:
    """How likely a working day and a weekend day have any cost, its spread (lognormal), and days of six times it."""

    weekday: float
    weekend: float
    spread: float
    spikes: float = 0.03
    wander: float = 0.0
    """By how much the level's logarithm wanders from week to week."""


USUAL = Kind(0.92, 0.25, 0.7)
REGULAR = Kind(0.98, 0.1, 0.25, 0.0)
EVERY_DAY = Kind(0.95, 0.95, 0.5, 0.01)
RARE = Kind(0.25, 0.1, 0.9)
WANDERING = Kind(0.92, 0.25, 0.7, 0.03, 0.15)


def made_up(kind: Kind, seed: int, days: int = YEAR) -> list[int]:
    """Nano-dollars of each day from :data:`START` on."""
    random, level, costs = Random(seed), 0.0, []
    for number in range(days):
        day = START + timedelta(days=number)
        if day.weekday() == 0:
            level = 0.98 * (level + random.gauss(0, kind.wander))
        active = random.random() < (kind.weekday if day.weekday() < 5 else kind.weekend)
        cost = 10 * math.exp(random.gauss(0, kind.spread) + level) if active else 0.0
        costs.append(round(cost * (6 if random.random() < kind.spikes else 1) * NANO))
    return costs


def outcomes(costs: Sequence[int], ask: Callable[..., Forecast], history: int) -> Iterator[Outcome]:
    """Forecasts of every whole month after the first two, ``history`` days before it known."""
    return backtest.outcomes(costs, START, history=history, skip=2, ask=ask)


CHANGE_DAYS = 22


def changes(month: Period) -> bool:
    """Whether :func:`changed` changes the level in this month: every third, so that the others are calm again."""
    return month.first.month % 3 == 0


def changed(costs: Sequence[int], factor: float) -> list[int]:
    """The level is ``factor`` times as high in the last 22 days of some months, and as before after them."""
    result = list(costs)
    for number, cost in enumerate(costs):
        day = START + timedelta(days=number)
        month = month_of(day)
        if changes(month) and (month.last - day).days < CHANGE_DAYS:
            result[number] = round(cost * factor)
    return result


def error(of: Iterable[tuple[float, int]]) -> float:
    """Weighted absolute error: the sum of the misses over the sum of what was to be hit."""
    pairs = list(of)
    return sum(abs(guess - actual) for guess, actual in pairs) / sum(actual for _, actual in pairs)
