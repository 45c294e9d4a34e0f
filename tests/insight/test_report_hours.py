"""A report by day knows how long agents worked and waited, as far as intervals were kept."""

from __future__ import annotations

from datetime import UTC, date

from tests.insight.conftest import Book
from tokenwatch.base.clock import day_start
from tokenwatch.base.interval import Activeness, Interval
from tokenwatch.insight.report_hours import with_hours
from tokenwatch.insight.totals import report

HOUR = 3_600_000
BEGIN = day_start(date(2026, 11, 3), UTC)


def keep(book: Book, *spans: tuple[str, float, float], agent: str = "ann", kind=Activeness.WORKING) -> None:
    book.ledger.intervals.keep(
        [Interval(agent, session, kind, BEGIN + round(a * HOUR), BEGIN + round(b * HOUR)) for session, a, b in spans]
    )


def asked(book: Book, *keys: str, agents: tuple[str, ...] = (), project: str = ""):
    found = report(book.queries, keys, None, None, UTC, agents, project)
    return with_hours(found, book.queries, keys, UTC, agents, project)


def hours(found) -> dict[str, tuple[float | None, float | None]]:
    def of(ms: int | None) -> float | None:
        return None if ms is None else ms / HOUR

    return {dict(group.by)["day"]: (of(group.working_ms), of(group.waiting_ms)) for group in found.groups}


def test_days_before_the_first_interval_are_unknown(book: Book) -> None:
    book.zone = UTC
    for day in ("2026-11-01 10:00", "2026-11-03 10:00", "2026-11-04 10:00"):
        book.use(day, 1)
    keep(book, ("s1", 23, 25), ("s2", 10, 11))
    keep(book, ("s1", 20, 20.5), kind=Activeness.WAITING)
    found = asked(book, "day")
    assert hours(found) == {"2026-11-01": (None, None), "2026-11-03": (2, 0.5), "2026-11-04": (1, 0)}
    assert found.totals.working_ms == 3 * HOUR


def test_without_any_interval_nothing_is_known(book: Book) -> None:
    book.zone = UTC
    book.use("2026-11-03 10:00", 1)
    found = asked(book, "day")
    assert (hours(found), found.totals.working_ms) == ({"2026-11-03": (None, None)}, None)


def test_by_agent_and_of_one_agent(book: Book) -> None:
    book.zone = UTC
    book.use("2026-11-03 10:00", 1, agent="ann")
    book.use("2026-11-03 10:00", 1, agent="other")
    keep(book, ("s1", 1, 2))
    keep(book, ("s1", 1, 4), agent="other")
    assert [group.working_ms for group in asked(book, "day", "agent").groups] == [HOUR, 3 * HOUR]
    assert asked(book, "day", agents=("ann",)).totals.working_ms == HOUR


def test_of_one_project(book: Book) -> None:
    book.zone = UTC
    book.use("2026-11-03 10:00", 1, session="s1", project="/code/shop")
    book.use("2026-11-03 10:00", 1, session="s2", project="/code/api")
    keep(book, ("s1", 1, 2), ("s2", 1, 5))
    assert asked(book, "day", project="shop").totals.working_ms == HOUR


def test_other_reports_have_no_hours(book: Book) -> None:
    book.zone = UTC
    book.use("2026-11-03 10:00", 1)
    keep(book, ("s1", 1, 2))
    assert asked(book, "day", "model").totals.working_ms is None
    assert asked(book, "month").totals.working_ms is None
