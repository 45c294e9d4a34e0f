"""Bills in the ledger: days replace days, late corrections, and what a file may not replace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.ledger.conftest import FlatPrice
from tokenwatch.base.bill import BillLine, BillReport, Origin, ReportKind
from tokenwatch.ledger.bills import BillDay, days_of
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries

ONE, TWO, THREE = (date(2026, 10, day) for day in (1, 2, 3))


def report(*amounts: tuple[date, int], as_of: int = 1, origin: Origin = Origin.API, **more: object) -> BillReport:
    lines = tuple(BillLine(day, "m", "output", "standard", amount) for day, amount in amounts)
    fields = {"provider": "openai", "kind": ReportKind.COST, "first": ONE, "last": THREE, **more}
    return BillReport(origin=origin, lines=lines, as_of=as_of, **fields)  # type: ignore[arg-type]


@pytest.fixture
def ledger(ledger_path: Path, price: FlatPrice):
    made = Ledger(ledger_path, price, {})
    yield made
    made.close()


def amounts(ledger_path: Path) -> dict[date, list[int]]:
    queries = Queries(ledger_path)
    try:
        return {day.day: [line.amount for line in day.lines] for day in queries.bill_days(ONE, THREE)}
    finally:
        queries.close()


def test_days_without_lines_are_known_to_be_empty(ledger: Ledger, ledger_path: Path) -> None:
    assert ledger.enter_bills([report((TWO, 5))]) == 3
    assert amounts(ledger_path) == {ONE: [], TWO: [5], THREE: []}


def test_entering_again_changes_nothing(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter_bills([report((TWO, 5))])
    assert ledger.enter_bills([report((TWO, 5), as_of=2)]) == 0
    assert amounts(ledger_path) == {ONE: [], TWO: [5], THREE: []}


def test_a_late_correction_replaces_its_day(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter_bills([report((ONE, 1), (TWO, 5))])
    assert ledger.enter_bills([report((TWO, 7), as_of=2, first=TWO)]) == 1
    assert amounts(ledger_path) == {ONE: [1], TWO: [7], THREE: []}


def test_an_older_report_replaces_nothing(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter_bills([report((TWO, 7), as_of=2)])
    assert ledger.enter_bills([report((TWO, 5), as_of=1)]) == 0
    assert amounts(ledger_path)[TWO] == [7]


def test_what_the_provider_says_counts_before_a_file(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter_bills([report((TWO, 5), last=TWO), report((TWO, 9), (THREE, 3), origin=Origin.CSV, as_of=9)])
    assert amounts(ledger_path) == {ONE: [], TWO: [5], THREE: [3]}


def test_forgetting_a_provider_leaves_the_other(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter_bills([report((ONE, 5)), report((ONE, 6), provider="anthropic")])
    ledger.forget_bills("openai")
    assert amounts(ledger_path)[ONE] == [6]


def test_days_of_a_report_that_is_not_kept_are_the_same(ledger: Ledger, ledger_path: Path) -> None:
    given = report((ONE, 1), (THREE, 5))
    ledger.enter_bills([given])
    queries = Queries(ledger_path)
    kept = queries.bill_days(ONE, THREE)
    queries.close()
    assert days_of(given) == kept
    assert all(isinstance(day, BillDay) for day in kept)
