"""Questions: what a person asks of the past while the app runs, answered on a thread of their own.

Owns the thread and the ledger's connection for each question. Does not own the sums (insight) nor when a face asks.
A future raises a :class:`LedgerError` when the ledger cannot be asked.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Final

from tokenwatch.base.clock import day_of
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month
from tokenwatch.engine.answers import seed_of
from tokenwatch.insight.month import month
from tokenwatch.ledger.queries import Queries
from tokenwatch.pricing.cost import Pricer

if TYPE_CHECKING:
    from tokenwatch.insight.asked import Answer, Asked
    from tokenwatch.insight.backtest import Backtest
    from tokenwatch.insight.breakdown import Breakdown, Detail, Question
    from tokenwatch.insight.explain import Explanation, Why
    from tokenwatch.insight.value import Value

SINGLE: Final = 5
"""The dearest requests that an explanation names one by one."""


class Questions:
    """``paths``, ``now`` (milliseconds) and ``settings`` are asked for with each question, for they change."""

    def __init__(self, paths: Callable[[], Paths], now: Callable[[], int], settings: Callable[[], Settings]) -> None:
        self._paths, self._now, self._settings = paths, now, settings
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="tokenwatch-query")

    def close(self) -> None:
        """Answer nothing more; what was not begun is cancelled."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def month(self, first: date) -> Future[Month]:
        """The month that begins on ``first``."""
        return self._pool.submit(self._month, first)

    def ask(self, question: Asked, key: str | None = None) -> Future[Answer]:
        """The breakdown of some days, or with ``key`` the detail of one of its rows; or what else is asked."""
        return self._pool.submit(self._answer, question, key)

    def _answer(self, question: Asked, key: str | None) -> Answer:
        # Only here: nobody asks before something is shown, which imports would delay.
        from tokenwatch.insight.backtest import HowGood
        from tokenwatch.insight.explain import Why
        from tokenwatch.insight.value import Worth

        if isinstance(question, Why):
            return self._explain(question)
        if isinstance(question, Worth):
            return self._value(question.first)
        if isinstance(question, HowGood):
            return self._test()
        return self._break_down(question, key)

    def _explain(self, question: Why) -> Explanation:
        from tokenwatch.insight.explain import explain

        paths, settings = self._paths(), self._settings()
        pricer = Pricer(paths.price_overrides, fetched=paths.fetched_prices)
        queries = Queries(paths.ledger)
        try:
            return explain(queries, pricer, question, settings.zone(paths), SINGLE)
        finally:
            queries.close()

    def _test(self) -> Backtest:
        from tokenwatch.insight.backtest import backtest

        paths, settings = self._paths(), self._settings()
        zone = settings.zone(paths)
        queries = Queries(paths.ledger)
        try:
            return backtest(queries, settings, zone, day_of(self._now(), zone))
        finally:
            queries.close()

    def _value(self, first: date) -> Value:
        from tokenwatch.insight.value import value

        paths, now, settings = self._paths(), self._now(), self._settings()
        zone = settings.zone(paths)
        queries = Queries(paths.ledger)
        try:
            return value(queries, first, day_of(now, zone), now, zone, settings, seed_of(first))
        finally:
            queries.close()

    def _break_down(self, question: Question, key: str | None) -> Breakdown | Detail:
        from tokenwatch.insight.breakdown import breakdown, detail

        paths, settings = self._paths(), self._settings()
        zone = settings.zone(paths)
        queries = Queries(paths.ledger)
        try:
            if key is None:
                return breakdown(queries, question, zone, settings)
            return detail(queries, question, key, day_of(self._now(), zone), zone, settings)
        finally:
            queries.close()

    def _month(self, first: date) -> Month:
        paths, now, settings = self._paths(), self._now(), self._settings()
        zone = settings.zone(paths)
        queries = Queries(paths.ledger)
        try:
            return month(queries, first, day_of(now, zone), now, zone, settings, seed_of(first))
        finally:
            queries.close()
