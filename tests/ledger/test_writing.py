"""What entering tells of its changes, and that sums and indexes follow every change of a record."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import HOUR, NOW, FlatPrice, reading, record
from tests.ledger.sound import check, counted
from tokenwatch.base.usage import Amendment, Record
from tokenwatch.ledger.change import RECENT_MS, Change, Entered, change_of
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.rows import Row

DAY = 24 * HOUR


def table(path: Path, name: str) -> list[tuple[int, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {name}").fetchall()


def told(entered: Entered) -> list[tuple[int, int, int | None]]:
    return [(change.new_tokens, change.cache_read, change.listed) for change in entered.recent]


def largest(family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
    return [max(family, key=lambda entry: (entry.total, entry.variant))]


@pytest.fixture
def one_a_family(ledger_path: Path, price: FlatPrice) -> Ledger:
    """A ledger in which of each family the largest entry counts."""
    return Ledger(ledger_path, price, {"toy": largest})


# What is told


def test_a_change_is_never_negative() -> None:
    less = Row(record(1, output=3, cache_read=1), 1, listed=10)
    more = Row(record(1, output=9, cache_read=4), 1, listed=30)
    assert change_of(more, less) == Change(less.record, 0, 0, 0)
    assert change_of(less, more) == Change(more.record, 6, 3, 20)


def test_a_cost_that_becomes_known_is_told_as_a_whole_and_one_that_is_not_as_unknown() -> None:
    unknown, known = Row(record(1), 1, listed=None), Row(record(1), 1, listed=7)
    assert change_of(unknown, known).listed == 7
    assert change_of(known, unknown).listed is None
    assert change_of(None, unknown).listed is None


def test_the_same_record_on_several_lines_of_one_transaction_is_told_once(ledger: Ledger) -> None:
    entered = ledger.enter([reading("a", record(1, output=1), record(1, output=9)), reading("b", record(1))], NOW)
    assert told(entered) == [(19, 5, 24)]


def test_a_response_that_takes_another_s_place_is_told_by_how_much_it_is_more(one_a_family: Ledger) -> None:
    one_a_family.enter([reading("a", record(1, variant=1, output=10))], NOW)
    assert told(one_a_family.enter([reading("a", record(1, variant=2, output=14))], NOW)) == [(4, 0, 4)]
    assert told(one_a_family.enter([reading("a", record(1, variant=3, output=12))], NOW)) == []
    one_a_family.close()


def test_a_response_that_is_gone_again_within_the_transaction_is_not_told(one_a_family: Ledger) -> None:
    entered = one_a_family.enter([reading("a", *(record(1, variant=v, output=10 + v) for v in range(4)))], NOW)
    assert told(entered) == [(23, 5, 28)]
    one_a_family.close()


def test_an_entry_of_now_that_is_a_copy_of_an_old_one_is_not_told(ledger: Ledger) -> None:
    entered = ledger.enter([reading("a", record(1, time=NOW), record(1, time=NOW - 30 * HOUR))], NOW)
    assert (entered.recent, entered.sessions) == ((), {("toy", "s1")})
    ledger.enter([reading("a", record(2, time=NOW))], NOW)
    entered = ledger.enter([reading("b", record(2, time=NOW - 30 * HOUR))], NOW)
    assert (entered.recent, entered.sessions) == ((), {("toy", "s1")})


def test_an_amended_record_is_told_by_how_much_it_grew(ledger: Ledger) -> None:
    ledger.enter([reading("a", record(1, output=1, final=False, uncertain=True, lane=5))], NOW)
    entered = ledger.enter([reading("b", amendments=[Amendment("toy", 5, 10, 5, 0, 0, 90)])], NOW)
    assert told(entered) == [(89, 0, 89)]
    assert ledger.enter([reading("a", record(1, output=1, final=False, uncertain=True, lane=5))], NOW) == Entered()


def test_what_changes_twice_in_one_transaction_is_told_as_one(ledger: Ledger) -> None:
    more = {"final": False, "uncertain": True, "lane": 5}
    ledger.enter([reading("a", record(1, output=1, **more))], NOW)
    amendment = Amendment("toy", 5, 10, 5, 0, 0, 90)
    entered = ledger.enter([reading("a", record(1, output=3, **more), amendments=[amendment])], NOW)
    assert told(entered) == [(89, 0, 89)]


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_of_equal_entries_in_two_sources_the_one_that_was_found_first_has_it(
    ledger: Ledger, ledger_path: Path, order: str
) -> None:
    ledger.enter([reading("a"), reading("b")], NOW)
    for path in order:
        ledger.enter([reading(path, record(1))], NOW)
    for forgotten, left in (("b", 1), ("a", 0)):
        ledger.start_over([forgotten])
        ledger.started_over()
        assert len(counted(ledger_path)) == left


def test_a_record_that_moves_to_another_session_is_told_of_both(ledger: Ledger) -> None:
    ledger.enter([reading("a", record(1, output=1, session="copy", parent_session="mother"))], NOW)
    entered = ledger.enter([reading("b", record(1, output=2, session="own"))], NOW)
    assert entered.sessions == {("toy", "copy"), ("toy", "mother"), ("toy", "own")}


outputs = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 50)), max_size=12)


@given(came=outputs, data=st.data())
@settings(max_examples=40)
def test_what_is_told_adds_up_to_what_counts(
    tmp_path_factory: pytest.TempPathFactory, came: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("told") / "ledger.sqlite"
    ledger = Ledger(path, FlatPrice(), {"toy": largest})
    entries = [record(number, variant=variant, output=output) for number, variant, output in came]
    places = sorted(data.draw(st.lists(st.integers(0, len(entries)), max_size=4)))
    sums = [0, 0, 0]
    for begin, end in zip([0, *places], [*places, len(entries)], strict=True):
        for change in told(ledger.enter([reading("a", *entries[begin:end])], NOW)):
            sums = [one + (other or 0) for one, other in zip(sums, change, strict=True)]
    ledger.close()
    counts = counted(path)
    assert sums == [
        sum(found.tokens.new for found, _ in counts),
        sum(found.cache_read for found, _ in counts),
        sum(cost or 0 for _, cost in counts),
    ]


# Indexes


def test_a_record_that_moves_into_the_past_is_not_recent_any_more(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter([reading("a", record(1, output=1), record(2))], NOW)
    ledger.enter([reading("b", record(1, output=9, time=NOW - 30 * HOUR))], NOW)
    assert [row[1] for row in table(ledger_path, "recent")] == [record(2).family]
    check(ledger_path, now=NOW)


def test_what_was_recent_is_forgotten_as_time_goes_on(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter([reading("a", record(1, time=NOW), record(2, time=NOW - 20 * HOUR))], NOW)
    assert len(table(ledger_path, "recent")) == 2
    ledger.enter([reading("a")], NOW + 10 * HOUR)
    assert [row[0] for row in table(ledger_path, "recent")] == [NOW]
    ledger.enter([reading("a")], NOW + RECENT_MS + 1)
    assert table(ledger_path, "recent") == []
    check(ledger_path)


def test_a_placeholder_that_is_finished_waits_for_nothing_more(ledger: Ledger, ledger_path: Path) -> None:
    placeholder = record(1, output=1, final=False, uncertain=True, lane=5)
    ledger.enter([reading("a", placeholder, record(2, lane=5))], NOW)
    assert [row[0] for row in table(ledger_path, "unfinished")] == [5]
    ledger.enter([reading("a", record(1, output=9, lane=5))], NOW)
    assert table(ledger_path, "unfinished") == []


def test_a_placeholder_that_moves_to_another_lane_waits_only_there(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter([reading("a", record(1, output=1, final=False, lane=5))], NOW)
    ledger.enter([reading("a", record(1, output=2, final=False, lane=6))], NOW)
    assert [row[0] for row in table(ledger_path, "unfinished")] == [6]
    ledger.enter([reading("b", amendments=[Amendment("toy", 5, 10, 5, 0, 0, 90)])], NOW)
    assert [found.output for found, _ in counted(ledger_path)] == [2]
    ledger.enter([reading("a", record(1, output=3, final=False))], NOW)
    assert table(ledger_path, "unfinished") == []


def test_of_a_placeholder_only_the_latest_with_the_same_prompt_is_finished(ledger: Ledger, ledger_path: Path) -> None:
    more = {"final": False, "lane": 5}
    ledger.enter(
        [
            reading(
                "a",
                record(1, output=1, time=NOW - 3, **more),
                record(2, output=2, time=NOW - 2, **more),
                record(3, output=3, time=NOW - 1, input=11, **more),
                record(4, output=4, time=NOW, final=False, lane=6),
                amendments=[Amendment("toy", 5, 10, 5, 0, 0, 90, 7)],
            )
        ],
        NOW,
    )
    found = sorted(counted(ledger_path), key=lambda one: one[0].time)
    assert [(one.output, one.reasoning, one.final) for one, _ in found] == [
        (1, 0, False),
        (90, 7, True),
        (3, 0, False),
        (4, 0, False),
    ]


def test_an_amendment_smaller_than_what_is_logged_changes_nothing(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter([reading("a", record(1, output=100, final=False, lane=5))], NOW)
    assert ledger.enter([reading("b", amendments=[Amendment("toy", 5, 10, 5, 0, 0, 90)])], NOW) == Entered()
    assert [found.output for found, _ in counted(ledger_path)] == [100]


def test_a_later_snapshot_comes_before_what_the_amendment_said(ledger: Ledger, ledger_path: Path) -> None:
    """Whichever of the two was read first: the log's own end of a response is exact."""
    amendment = reading("b", amendments=[Amendment("toy", 5, 10, 5, 0, 0, 90)])
    ledger.enter([reading("a", record(1, output=1, final=False, lane=5)), amendment], NOW)
    ledger.enter([reading("a", record(1, output=80, lane=5))], NOW)
    assert [found.output for found, _ in counted(ledger_path)] == [80]


def test_empty_sums_are_not_kept(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter([reading("a", record(1, output=1, session="copy"))], NOW)
    ledger.enter([reading("b", record(1, output=2, session="own"))], NOW)
    assert len(table(ledger_path, "slots")) == 1
    check(ledger_path, now=NOW)


def test_a_reader_s_rule_that_fails_leaves_the_largest_entry(
    ledger_path: Path, price: FlatPrice, expected_logs: Callable[[str], None]
) -> None:
    def broken(family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        raise RuntimeError("a mistake")

    expected_logs("the rule of reader toy failed")
    ledger = Ledger(ledger_path, price, {"toy": broken})
    ledger.enter([reading("a", record(1, variant=1, output=3), record(1, variant=2, output=9), record(2))], NOW)
    ledger.close()
    assert sorted((found.output, found.uncertain) for found, _ in counted(ledger_path)) == [(2, False), (9, True)]
    check(ledger_path, now=NOW)
