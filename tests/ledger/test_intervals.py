"""Intervals are kept once, grow, and are found by the time they have a part in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.conftest import NOW, FlatPrice
from tokenwatch.base.interval import Activeness, End, Interval
from tokenwatch.ledger.intervals import LONGEST_MS
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries

HOUR = 3_600_000


def span(start: int, end: int, session: str = "s1", kind: Activeness = Activeness.WORKING) -> Interval:
    return Interval("toy", session, kind, NOW + start * HOUR, NOW + end * HOUR)


@pytest.fixture
def ledger(tmp_path: Path):
    made = Ledger(tmp_path / "ledger.sqlite", FlatPrice(), {})
    yield made
    made.close()


@pytest.fixture
def queries(ledger: Ledger, tmp_path: Path):
    made = Queries(tmp_path / "ledger.sqlite")
    yield made
    made.close()


def test_one_that_goes_on_is_one(ledger, queries) -> None:
    ledger.intervals.keep([span(0, 1), span(0, 2, "s2")])
    ledger.intervals.keep([span(0, 3), span(0, 1, "s2"), span(0, 1, kind=Activeness.WAITING)])
    assert queries.intervals(None, None) == [
        span(0, 1, kind=Activeness.WAITING),
        span(0, 3),
        span(0, 2, "s2"),
    ]


def test_those_with_a_part_in_a_time_are_found(ledger, queries) -> None:
    ledger.intervals.keep([span(0, 5), span(6, 7), span(8, 9)])
    assert queries.intervals(NOW + 4 * HOUR, NOW + 8 * HOUR) == [span(0, 5), span(6, 7)]
    assert queries.intervals(NOW + 5 * HOUR, NOW + 6 * HOUR) == []


def test_when_the_first_began(ledger, queries) -> None:
    assert queries.first_interval() is None
    ledger.intervals.keep([span(2, 3), span(1, 2)])
    assert queries.first_interval() == NOW + HOUR


def test_an_absurd_one_is_not_kept(ledger, queries) -> None:
    backwards, endless = span(3, 1), Interval("toy", "s1", Activeness.WORKING, NOW, NOW + LONGEST_MS + 1)
    ledger.intervals.keep([backwards, endless])
    assert queries.intervals(None, None) == []


def test_the_last_end_of_a_session_is_kept_for_a_week(ledger, queries) -> None:
    ledger.intervals.keep_ends([End("toy", "s1", NOW, True), End("toy", "s2", NOW + 1)], NOW)
    ledger.intervals.keep_ends([End("toy", "s1", NOW + HOUR), End("toy", "s2", NOW - HOUR, True)], NOW)
    assert queries.ends(NOW) == [End("toy", "s2", NOW + 1), End("toy", "s1", NOW + HOUR)]
    assert queries.ends(NOW + 1) == [End("toy", "s1", NOW + HOUR)]
    ledger.intervals.keep_ends([], NOW + LONGEST_MS + 2)
    assert queries.ends(0) == [End("toy", "s1", NOW + HOUR)]
