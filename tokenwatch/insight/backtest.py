"""Backtest: how the forecast would have done in months that are over, against carrying the month's pace on.

Owns the measures and which days are forecast from. Does not own the method (forecast.py) or where days come from
(spending.py). Only what was known before a day is used for its forecast; costs are those that the ledger has now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

import msgspec

from tokenwatch.base.clock import Period, day_of, month_of
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Forecast
from tokenwatch.insight.forecast import forecast
from tokenwatch.insight.spending import Spending, days

if TYPE_CHECKING:
    from tokenwatch.ledger.queries import Queries

ORIGINS: Final = (3, 5, 7, 10, 15, 20, 25)
"""Complete days of the month that a forecast knows."""

_LEAST: Final = NANO
"""Months that cost less are no measure of percentages."""

Ask = Callable[..., Forecast]


class Outcome(msgspec.Struct, frozen=True):
    """One forecast beside what came: ``complete`` days of the month were known. Nano-dollars of metered use."""

    month: Period
    complete: int
    actual: int
    pace: float
    """The month to date, carried on."""
    found: Forecast

    @property
    def median(self) -> int:
        return self.found.fan[-1][3]

    @property
    def inside(self) -> bool:
        """Whether what came lies in the range of 8 in 10."""
        low, high = self.found.p10, self.found.p90
        return low is not None and high is not None and low <= self.actual <= high


class Measures(msgspec.Struct, frozen=True):
    """Of so many forecasts in so many months; parts of one, not percent."""

    forecasts: int
    months: int
    error: float
    """Weighted absolute error of the median: the misses' sum over the sum of what came."""
    pace_error: float
    mean_error: float | None
    """Mean of each miss over what came, of months of at least a dollar."""
    bias: float
    """The misses' sum with their signs; above 0 the median was too high."""
    coverage: float
    """The part of outcomes within the range of 8 in 10."""
    width: float
    """The ranges' sum over the sum of what came."""
    pinball: tuple[float, float, float]
    """Quantile loss of p10, p50 and p90 over what came."""


class Backtest(msgspec.Struct, frozen=True):
    """``all`` is None while no month is over that was known from its first day."""

    first: date | None
    last: date | None
    all: Measures | None
    by_complete: tuple[tuple[int, Measures], ...] = ()
    """(complete days of the month, measures)"""


class HowGood(msgspec.Struct, frozen=True):
    """The question how good forecasts of past months would have been."""


def backtest(queries: Queries, settings: Settings, zone: tzinfo, today: date) -> Backtest:
    """Forecasts of every month that is over, as it is billed by the present settings."""
    begin = queries.first_time()
    if begin is None:
        return Backtest(None, None, None)
    first = day_of(begin, zone)
    last = month_of(today, settings.month_start).first - timedelta(days=1)
    spending = Spending(queries, zone, settings.lanes(), settings.month_start)
    spending.ask(first, last)
    costs = [spending.of(day).metered for day in days(first, last)]
    found = [*outcomes(costs, first, start=settings.month_start)]
    by_complete = [
        (complete, measured)
        for complete in ORIGINS
        if (measured := measures(one for one in found if one.complete == complete)) is not None
    ]
    return Backtest(first, last, measures(found), tuple(by_complete))


def outcomes(
    costs: Sequence[int],
    begin: date,
    *,
    start: int = 1,
    history: int | None = None,
    skip: int = 0,
    ask: Ask = forecast,
) -> Iterator[Outcome]:
    """Forecasts of every whole month in ``costs``, of days from ``begin`` on; months begin on the day ``start``.

    ``history``: only so many days before the month are known, None for all. ``skip``: so many months are passed over.
    """
    month = month_of(begin, start)
    if month.first < begin:
        month = month_of(month.last + timedelta(days=1), start)
    while True:
        from_, end = (month.first - begin).days, (month.last - begin).days + 1
        if end > len(costs):
            return
        for complete in ORIGINS if skip <= 0 else ():
            known = 0 if history is None else max(0, from_ - history)
            past = costs[known : from_ + complete]
            today = month.first + timedelta(days=complete)
            seed = month.first.toordinal()
            found = ask(past, today, month, spent_today=0, ahead=1.0, fees=0, budget=None, seed=seed)
            pace = sum(costs[from_ : from_ + complete]) / complete * month.days
            yield Outcome(month, complete, sum(costs[from_:end]), pace, found)
        skip -= 1
        month = month_of(month.last + timedelta(days=1), start)


def measures(of: Iterable[Outcome]) -> Measures | None:
    """None without any outcome, or if nothing was spent."""
    found = list(of)
    total = sum(one.actual for one in found)
    if not found or total <= 0:
        return None
    dear = [one for one in found if one.actual >= _LEAST]
    return Measures(
        forecasts=len(found),
        months=len({one.month.first for one in found}),
        error=sum(abs(one.median - one.actual) for one in found) / total,
        pace_error=sum(abs(one.pace - one.actual) for one in found) / total,
        mean_error=sum(abs(one.median - one.actual) / one.actual for one in dear) / len(dear) if dear else None,
        bias=sum(one.median - one.actual for one in found) / total,
        coverage=sum(one.inside for one in found) / len(found),
        width=sum((one.found.p90 or 0) - (one.found.p10 or 0) for one in found) / total,
        pinball=(
            sum(_pinball(0.1, one.found.p10 or 0, one.actual) for one in found) / total,
            sum(_pinball(0.5, one.median, one.actual) for one in found) / total,
            sum(_pinball(0.9, one.found.p90 or 0, one.actual) for one in found) / total,
        ),
    )


def _pinball(quantile: float, guess: int, actual: int) -> float:
    return quantile * (actual - guess) if actual >= guess else (1 - quantile) * (guess - actual)
