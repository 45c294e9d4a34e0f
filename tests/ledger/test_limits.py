"""Limits in the ledger: the newest reading wins, and history does not depend on the order of reading."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.conftest import NOW, FlatPrice, reading
from tokenwatch.base.limits import Quota
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries

MINUTE = 60_000
RESET = NOW + 3 * 60 * MINUTE


def quota(minutes: float, used: float, resets_at: int | None = RESET, window: str = "5h") -> Quota:
    return Quota("openai", "plus", window, used, resets_at, NOW + int(minutes * MINUTE))


def kept(ledger_path: Path) -> tuple[tuple[Quota, ...], tuple[Quota, ...]]:
    queries = Queries(ledger_path)
    try:
        return queries.quotas(), queries.quota_readings(0)
    finally:
        queries.close()


def test_one_reading_a_quarter_of_an_hour_is_kept(ledger_path: Path, price: FlatPrice) -> None:
    ledger = Ledger(ledger_path, price, {})
    start = -(NOW // MINUTE % 15)
    ledger.enter([reading("a", quotas=[quota(start + n, n) for n in range(30)])], NOW)
    ledger.close()
    latest, history = kept(ledger_path)
    assert latest == (quota(start + 29, 29),)
    assert history == (quota(start + 14, 14), quota(start + 29, 29))


def test_a_reset_within_a_quarter_of_an_hour_loses_neither_window(ledger_path: Path, price: FlatPrice) -> None:
    ledger = Ledger(ledger_path, price, {})
    before, after = quota(0, 97, resets_at=NOW + MINUTE), quota(2, 1, resets_at=NOW + 300 * MINUTE)
    ledger.enter([reading("a", quotas=[before, after])], NOW)
    ledger.close()
    assert kept(ledger_path) == ((after,), (before, after))


def test_readings_that_stand_in_no_log_are_kept_too(ledger_path: Path, price: FlatPrice) -> None:
    ledger = Ledger(ledger_path, price, {})
    ledger.enter_quotas([quota(0, 5)])
    ledger.enter_quotas([quota(-60, 4)])
    ledger.close()
    assert kept(ledger_path) == ((quota(0, 5),), (quota(-60, 4), quota(0, 5)))


@given(st.lists(st.tuples(st.integers(-100, 100), st.integers(0, 100), st.sampled_from([None, RESET, RESET + 500]))))
def test_order_and_repetition_change_nothing(tmp_path_factory, found: list[tuple[int, int, int | None]]) -> None:
    readings = [quota(minutes, used, resets_at) for minutes, used, resets_at in found]
    outcomes = []
    for order in (readings, readings[::-1] + readings):
        path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
        ledger = Ledger(path, FlatPrice(), {})
        ledger.enter_quotas(order)
        ledger.close()
        outcomes.append(kept(path))
    assert outcomes[0] == outcomes[1]
