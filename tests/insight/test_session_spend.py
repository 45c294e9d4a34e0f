"""What sessions used since a moment, and what they wrote to the prompt cache."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.usage import Context, Record
from tokenwatch.insight import session_spend
from tokenwatch.insight.session_spend import SessionSpend, Spent

NOW = 1_795_000_000_000
MINUTE = 60_000


def record(minute: float, number: int = 0, sub: str = "", session: str = "s1", **counts: int) -> Record:
    context = Context("toy", session, "m1", agent_id=sub)
    return Record(context, number or round(minute * 10), 0, NOW + round(minute * MINUTE), **counts)


def fed(*records: Record, listed: int | None = 5) -> SessionSpend:
    spend = SessionSpend()
    for entry in records:
        spend.add("s1", entry, entry.tokens.new, entry.cache_read, listed)
    return spend


def test_what_came_since_with_sub_agents() -> None:
    spend = fed(record(1, output=3), record(2, output=4), record(3, sub="a1", output=8))
    assert spend.since("toy", "s1", NOW + 2 * MINUTE, 0) == Spent(12, 10)
    spend.add("s1", record(4, output=1), 1, 0, 7)
    spend.add("s1", record(0, output=1), 1, 0, 7)
    assert spend.since("toy", "s1", NOW + 2 * MINUTE, 0) == Spent(13, 17)
    assert spend.since("toy", "s1", NOW, 0) == Spent(17, 29)


def test_unknown_is_not_zero() -> None:
    assert fed(record(1, output=3), listed=None).since("toy", "s1", NOW, 0) == Spent(3, None)
    assert fed().since("toy", "s1", NOW, NOW + 1) is None
    assert fed().since("toy", "s1", NOW, 0) == Spent(0, 0)


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(0, 60), st.randoms())
def test_order_and_when_it_is_asked_change_nothing(times, since, chance) -> None:
    records = [record(minute, number + 1, output=minute) for number, minute in enumerate(times)]
    whole = fed(*records).since("toy", "s1", NOW + since * MINUTE, 0)
    chance.shuffle(records)
    spend = SessionSpend()
    for entry in records:
        spend.add("s1", entry, entry.tokens.new, 0, 5)
        found = spend.since("toy", "s1", NOW + since * MINUTE, 0)
    assert whole == (found if records else Spent(0, 0))


def test_more_uses_than_are_kept_are_unknown_and_not_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_spend, "_MOST_USES", 20)
    spend = fed(*(record(minute, minute, output=1) for minute in range(1, 20)))
    assert spend.since("toy", "s1", NOW, 0) == Spent(19, 95)
    for minute in (20, 21):
        spend.add("s1", record(minute, minute, output=1), 1, 0, 5)
    assert spend.since("toy", "s1", NOW, 0) == Spent(21, 105)  # it was asked for while all was there
    assert spend.since("toy", "s1", NOW + 2 * MINUTE, 0) is None
    assert spend.since("toy", "s1", NOW + 3 * MINUTE, 0) == Spent(19, 95)
    assert spend.since("toy", "s1", NOW, 0) is None


def test_the_cache_lives_as_long_as_it_was_written_for() -> None:
    assert fed(record(1, output=1)).cache_expires_at("toy", "s1") is None
    short = fed(record(1, cache_write_5m=10), record(2, cache_read=10))
    assert short.cache_expires_at("toy", "s1") == NOW + 7 * MINUTE
    assert fed(record(1, cache_write_1h=10)).cache_expires_at("toy", "s1") == NOW + 61 * MINUTE
    assert fed(record(1, sub="a1", cache_write_5m=10)).cache_expires_at("toy", "s1") is None


def test_large_writes_after_the_cache_ran_out_are_cold() -> None:
    spend = fed(*(record(30 * turn, turn + 1, cache_write_5m=150_000) for turn in range(4)))
    assert spend.cold_writes("toy", "s1", NOW + 95 * MINUTE) == 3
    assert spend.largest_write("toy", "s1", NOW + 95 * MINUTE) == 150_000
    assert spend.largest_write("toy", "s1", NOW + 105 * MINUTE) == 0
    warm = fed(*(record(3 * turn, turn + 1, cache_write_5m=150_000) for turn in range(4)))
    assert warm.cold_writes("toy", "s1", NOW + 95 * MINUTE) == 0


def test_a_response_that_is_told_again_is_one_write() -> None:
    first = record(30, 7, cache_write_5m=150_000)
    spend = fed(record(0, 1, cache_write_5m=10), first, record(30, 7, cache_write_5m=150_000, output=5))
    assert spend.cold_writes("toy", "s1", NOW + 31 * MINUTE) == 1


def test_the_part_that_went_into_asking_whether_it_is_done() -> None:
    spend = fed(record(1, output=100, cache_read=300), record(2, output=100), record(3, sub="a1", output=9_000))
    assert spend.polled("toy", "s1", (NOW + MINUTE + 2_000,), NOW + 5 * MINUTE) == 0.8
    assert spend.polled("toy", "s1", (), NOW + 5 * MINUTE) == 0.0
    assert spend.polled("toy", "s1", (NOW + MINUTE,), NOW + 60 * MINUTE) == 0.0


def test_what_is_old_is_forgotten() -> None:
    spend = fed(record(1, output=3), record(90, output=4))
    spend.forget(NOW + 60 * MINUTE)
    assert spend.since("toy", "s1", NOW, 0) == Spent(4, 5)
    spend.forget(NOW + 600 * MINUTE)
    assert spend.since("toy", "s1", NOW, 0) == Spent()
