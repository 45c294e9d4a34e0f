"""Queries: what each page asks of a ledger of 5 million records, and how large that is.

What is called "health" is no page: it is asked once a minute at most, beside everything else, so it has no goal.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date

from benchmarks.big_ledger import END_MS, big_ledger
from benchmarks.pairs import Figure
from tokenwatch.base.clock import day_of
from tokenwatch.base.settings import Settings
from tokenwatch.insight.breakdown import Question, breakdown
from tokenwatch.insight.month import calendar, month
from tokenwatch.insight.totals import report
from tokenwatch.insight.value import value
from tokenwatch.ledger.queries import Queries

_RECORDS = 5_000_000
_FEW = 200_000
_NOW = END_MS - 3_600_000


def measure(rounds: int, *, quick: bool = False) -> list[Figure]:
    made = big_ledger(_FEW if quick else _RECORDS)
    goal = None if quick else 50.0
    size = f"{made.records // 1_000_000} M records" if made.records >= 1_000_000 else f"{made.records:,} records"
    queries = Queries(made.path)
    try:
        figures = [
            Figure(
                f"query, {size}: {name}",
                "ms",
                _timed(ask, max(3, rounds)),
                None if name.startswith("health") else goal,
            )
            for name, ask in questions(queries).items()
        ]
    finally:
        queries.close()
    size_goal = None if quick else 60.0
    figures.append(Figure(f"ledger, {size}: size of a record", "bytes", (made.bytes / made.records,), size_goal))
    return figures


def questions(queries: Queries) -> dict[str, Callable[[], object]]:
    """What is asked for each page, each as a whole."""
    settings = Settings()
    today = day_of(_NOW, UTC)
    latest = queries.latest_session()
    assert latest is not None
    agent, session = latest[:2]
    since = date(today.year, today.month, 1)
    return {
        "Live: the month with its forecast": lambda: month(queries, today, today, _NOW, UTC, settings, 1),
        "Live: a session's use": lambda: queries.session_sum(agent, session),
        "Live: the last session": queries.latest_session,
        "Live: limits": queries.quotas,
        "Spend: a month a year ago": lambda: month(
            queries, today.replace(year=today.year - 1), today, _NOW, UTC, settings, 1
        ),
        "Spend: the calendar of 16 weeks": lambda: calendar(queries, today, UTC),
        "Breakdown: the month by project": lambda: breakdown(
            queries, Question("project", since, today), UTC, settings
        ),
        "Breakdown: the month by session": lambda: breakdown(
            queries, Question("session", since, today), UTC, settings
        ),
        "Value: the month with its what-ifs": lambda: value(queries, today, today, _NOW, UTC, settings, 1),
        "health: requests by agent": queries.requests,
        "health: lines left out": queries.skipped,
        "health: models without a price": lambda: queries.unpriced_models(_NOW - 30 * 86_400_000),
        "report: the month by day and model": lambda: report(queries, ("day", "model"), since, today, UTC),
        "report: the month by project": lambda: report(queries, ("project",), since, today, UTC),
    }


def _timed(ask: Callable[[], object], rounds: int) -> tuple[float, ...]:
    """Milliseconds of each, after one that is not counted."""
    ask()
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - begin) * 1000)
    return tuple(taken)
