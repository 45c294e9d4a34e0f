"""What the user deletes is gone, stays gone when logs are read again, and leaves a ledger that agrees with itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger import sound
from tests.ledger.conftest import HOUR, NOW, FlatPrice, reading, record
from tests.ledger.sound import counted
from tokenwatch.base.alerts import Alert, PastAlert
from tokenwatch.base.interval import Activeness, Interval
from tokenwatch.base.limits import Quota
from tokenwatch.base.usage import Record
from tokenwatch.ledger.forgetting import copies, start_empty
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries, Sum
from tokenwatch.ledger.rescue import check

DAY = 24 * HOUR
OLD, MARK, NEW = NOW - 400 * DAY, NOW - 300 * DAY, NOW - DAY

Total = Callable[[], Sum]


def times(path: Path) -> list[int]:
    return sorted(record.time for record, _ in counted(path))


def names(path: Path, table: str, column: str) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {value for (value,) in connection.execute(f"SELECT {column} FROM {table}")}


def test_what_is_older_is_gone_and_the_rest_stays(ledger: Ledger, ledger_path: Path, total: Total) -> None:
    old = [record(number, time=OLD, session="old", project="/work/secret") for number in range(1, 5)]
    new = [record(number, time=NEW, session="new", project="/home/dev/kept") for number in range(5, 8)]
    ledger.enter([reading("/a", *old, *new)], NOW)
    assert ledger.forget_before(MARK) == 4
    assert times(ledger_path) == [NEW] * 3
    assert total().tokens.output == 5 + 6 + 7
    assert names(ledger_path, "sessions", "session") == {"new"}
    assert names(ledger_path, "kinds", "project") == {"/home/dev/kept"}
    ledger.close()
    sound.check(ledger_path)
    check(ledger_path)


def test_it_does_not_come_back_when_the_log_is_read_again(ledger: Ledger, ledger_path: Path, total: Total) -> None:
    records = [record(1, time=OLD), record(2, time=NEW)]
    ledger.enter([reading("/a", *records)], NOW)
    ledger.forget_before(MARK)
    ledger.forget_checkpoints()
    ledger.enter([reading("/a", *records), reading("/copy", *records)], NOW)
    assert times(ledger_path) == [NEW]
    assert total().requests == 1


def test_the_mark_outlives_the_program(ledger: Ledger, ledger_path: Path, price: FlatPrice) -> None:
    ledger.forget_before(MARK)
    ledger.close()
    again = Ledger(ledger_path, price, {})
    assert again.since == MARK
    again.enter([reading("/a", record(1, time=OLD))], NOW)
    again.close()
    assert times(ledger_path) == []


def test_what_does_not_come_from_logs_goes_with_it(ledger: Ledger, ledger_path: Path) -> None:
    for at in (OLD, NEW):
        ledger.intervals.keep([Interval("toy", f"s{at}", Activeness.WORKING, at, at + HOUR)])
        ledger.enter_quotas([Quota("anyone", "plus", f"w{at}", 10.0, None, at)])
        ledger.alerts.mark([f"k{at}"], at, [PastAlert(Alert(f"k{at}", "rule", "title", "body", at=at))])
    ledger.forget_before(MARK)
    for table, column, value in (
        ("intervals", "session", f"s{NEW}"),
        ("quotas", "window", f"w{NEW}"),
        ("quota_readings", "window", f"w{NEW}"),
        ("alert_log", "key", f"k{NEW}"),
    ):
        assert names(ledger_path, table, column) == {value}, table


def latest_counts(family: Sequence[Record], seen: Callable[[str], bool]) -> Sequence[Record]:
    return [max(family, key=lambda entry: (entry.time, entry.variant))]


def newer_families(path: Path, mark: int) -> set[int]:
    """Of which anything that the ledger holds is not older."""
    with closing(sqlite3.connect(path)) as connection:
        raw = [
            msgspec.msgpack.decode(data, type=Record) for (data,) in connection.execute("SELECT record FROM entries")
        ]
    return {entry.family for entry in (*raw, *(record for record, _ in counted(path))) if entry.time >= mark}


ages = st.dictionaries(st.tuples(st.integers(1, 12), st.integers(0, 2)), st.integers(0, 40), max_size=20)
"""(number of a family, variant) -> days: a response has one time, in whichever log it stands."""


@settings(max_examples=60)
@given(ages=ages, data=st.data(), days=st.integers(0, 41), again=st.booleans())
def test_whatever_is_forgotten_the_ledger_agrees_with_itself(
    tmp_path_factory: pytest.TempPathFactory,
    ages: dict[tuple[int, int], int],
    data: st.DataObject,
    days: int,
    again: bool,
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    rules = {"toy": latest_counts}
    records = [
        record(number, variant=variant, time=NOW - age * DAY, session=session, mark=variant)
        for (number, variant), age in ages.items()
        for session in data.draw(st.lists(st.sampled_from(["s1", "s2", "s3"]), min_size=1, max_size=3))
    ]
    ledger = Ledger(path, FlatPrice(), rules)
    for at, entry in enumerate(records):
        ledger.enter([reading(f"/{at}", entry)], NOW)
    before = counted(path)
    newer = newer_families(path, NOW - days * DAY)
    ledger.forget_before(NOW - days * DAY)
    if again:
        ledger.forget_checkpoints()
        ledger.enter([reading(f"/{at}", entry) for at, entry in enumerate(records)], NOW)
    ledger.close()
    sound.check(path, rules)
    check(path)
    assert counted(path) == [kept for kept in before if kept[0].family in newer]


# Everything


@pytest.fixture
def filled(ledger: Ledger, ledger_path: Path) -> Path:
    ledger.enter([reading("/a", *(record(number) for number in range(1, 300)))], NOW)
    ledger.close()
    (ledger_path.parent / "backups").mkdir()
    for name in ("backups/ledger-20260101T000000Z.sqlite", "ledger-format3.backup", "ledger-damaged-x.sqlite"):
        (ledger_path.parent / name).write_bytes(ledger_path.read_bytes())
    return ledger_path


def test_an_empty_ledger_takes_its_place_and_no_copy_stays(filled: Path, price: FlatPrice) -> None:
    mine = filled.parent / "mine.txt"
    mine.write_text("mine")
    assert len(copies(filled)) == 3
    start_empty(filled, NOW)
    assert copies(filled) == []
    assert sorted(path.name for path in filled.parent.iterdir()) == ["backups", "ledger.sqlite", "mine.txt"]
    assert b"acme" not in filled.read_bytes()
    again = Ledger(filled, price, {})
    again.enter([reading("/a", record(1), record(2, time=NOW + 1))], NOW + HOUR)
    again.close()
    assert times(filled) == [NOW + 1]
    check(filled)


def test_what_the_old_one_left_beside_it_is_not_taken_for_the_new_ones(filled: Path, price: FlatPrice) -> None:
    reader = Queries(filled)  # keeps the files beside it alive
    writer = Ledger(filled, price, {})
    writer.enter([reading("/b", record(1000))], NOW)
    writer.close()
    assert filled.with_name("ledger.sqlite-wal").exists()
    start_empty(filled, NOW)
    reader.close()
    assert times(filled) == []
    check(filled)


def test_the_space_of_much_that_was_forgotten_is_given_back(ledger: Ledger, ledger_path: Path) -> None:
    old = [record(number, time=OLD, project=f"/work/secret{number}") for number in range(3_000)]
    ledger.enter([reading("/a", *old, *(record(number, time=NEW) for number in range(3_000, 4_000)))], NOW)
    ledger.commit()
    ledger.forget_before(MARK)
    ledger.close()
    assert b"/work/secret" not in ledger_path.read_bytes()
    check(ledger_path)
