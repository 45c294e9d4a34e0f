"""Remembered sums: the answers that the ledger gives, asked for again only when they may be others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import HOUR, NOW, FlatPrice, reading, record
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries, Sum
from tokenwatch.ledger.remembered import Remembered
from tokenwatch.ledger.schema import SLOT_MS

BEGIN = NOW // SLOT_MS * SLOT_MS - 8 * SLOT_MS


def every_question(queries: Queries) -> list[Sequence[Sum]]:
    bounds = [(None, None), (BEGIN, None), *((BEGIN + n * SLOT_MS, BEGIN + (n + 1) * SLOT_MS) for n in range(8))]
    return [queries.sums(*each, by=by, slots=slots) for each in bounds for by in ((), ("agent",)) for slots in (0, 1)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(1, 12), st.integers(0, 8 * SLOT_MS - 1), st.integers(0, 99)), min_size=1, max_size=4
        ),
        max_size=8,
    )
)
def test_after_whatever_was_entered_the_answers_are_the_ledger_s(entries: list[list[tuple[int, int, int]]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.sqlite"
        ledger = Ledger(path, FlatPrice(), {})
        fresh, remembered = Queries(path), Remembered(path)
        try:
            for batch in entries:
                # The same number again, at another time, moves what counted before.
                came = [record(number, time=BEGIN + at, output=output) for number, at, output in batch]
                entered = ledger.enter([reading("/a", *came)], NOW)
                if entered.since is not None:
                    remembered.forget(entered.since)
                assert every_question(remembered) == every_question(fresh)
        finally:
            for part in (fresh, remembered, ledger):
                part.close()


@pytest.fixture
def remembered(ledger: Ledger, ledger_path: Path) -> Remembered:
    ledger.enter([reading("/a", record(1, time=NOW - HOUR), record(2, time=NOW))], NOW)
    return Remembered(ledger_path)


def test_what_is_not_forgotten_is_not_asked_again(ledger: Ledger, remembered: Remembered) -> None:
    before = every_question(remembered)
    ledger.enter([reading("/a", record(3, time=NOW))], NOW)
    assert every_question(remembered) == before
    remembered.forget(NOW // SLOT_MS * SLOT_MS)
    past = remembered.sums(BEGIN, NOW // SLOT_MS * SLOT_MS)
    assert past is remembered.sums(BEGIN, NOW // SLOT_MS * SLOT_MS)
    assert every_question(remembered) != before
    remembered.close()


def test_everything_can_be_forgotten(remembered: Remembered) -> None:
    past = remembered.sums(BEGIN, BEGIN + SLOT_MS)
    remembered.forget()
    assert remembered.sums(BEGIN, BEGIN + SLOT_MS) is not past
    remembered.close()


def test_only_so_much_is_remembered(remembered: Remembered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tokenwatch.ledger.remembered._MOST", 10)
    for number in range(100):
        remembered.sums(BEGIN - number * SLOT_MS, BEGIN)
        assert len(remembered._sums) <= 10
    remembered.close()
