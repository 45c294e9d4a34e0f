"""A ledger on a network file system: without shared memory, so with a rollback journal, and with the same sums."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from tests.collect.lives import ended, fork
from tests.ledger.conftest import NOW, FlatPrice, reading, record
from tests.ledger.sound import check as sound
from tokenwatch.base.errors import LedgerBusy, LedgerError
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries
from tokenwatch.ledger.schema import open_for_reading

posix = pytest.mark.skipif(os.name != "posix", reason="only on POSIX: lives are forked")


def total(path: Path) -> int:
    with closing(Queries(path)) as queries:
        return sum(found.requests for found in queries.sums())


def mode(path: Path) -> str:
    with closing(open_for_reading(path)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def test_it_is_read_while_it_is_written(ledger_path: Path, price: FlatPrice) -> None:
    with closing(Ledger(ledger_path, price, {}, remote=True)) as ledger, closing(Queries(ledger_path)) as queries:
        for number in range(1, 6):
            ledger.enter([reading("a", record(number))], NOW)
            assert sum(found.requests for found in queries.sums()) == number
        assert not ledger_path.with_name("ledger.sqlite-wal").exists()
        assert not ledger_path.with_name("ledger.sqlite-shm").exists()
    sound(ledger_path)


def test_what_is_held_keeps_nobody_from_reading_however_much_it_is(ledger_path: Path, price: FlatPrice) -> None:
    with closing(Ledger(ledger_path, price, {}, remote=True)) as ledger:
        ledger.enter([reading("a", record(1))], NOW)
        ledger._connection.execute("PRAGMA cache_size=4")
        many = [record(number, session=f"session {number}") for number in range(2, 4000)]
        ledger.enter([reading("b", *many)], NOW, hold=True)
        assert total(ledger_path) == 1
        ledger.commit()
        assert total(ledger_path) == 3999


def test_a_reader_that_does_not_end_costs_nothing_but_time(ledger_path: Path, price: FlatPrice) -> None:
    with closing(Ledger(ledger_path, price, {}, remote=True)) as ledger:
        ledger.enter([reading("a", record(1))], NOW)
        with closing(open_for_reading(ledger_path)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM records").fetchone()
            with pytest.raises(LedgerBusy):
                ledger.enter([reading("a", record(2))], NOW)
        ledger.enter([reading("a", record(2))], NOW)
        assert total(ledger_path) == 2


@pytest.mark.parametrize("left", ["closed", "killed"])
@posix
def test_a_ledger_that_had_a_write_ahead_log_goes_on_there_and_back(
    ledger_path: Path, price: FlatPrice, left: str
) -> None:
    def lived() -> None:
        ledger = Ledger(ledger_path, price, {})
        ledger.enter([reading("a", record(1))], NOW)
        if left == "closed":
            ledger.close()
        os._exit(9)

    assert ended(fork(lived)) == 9
    ledger_path.with_name("ledger.sqlite-shm").unlink(missing_ok=True)
    with closing(Ledger(ledger_path, price, {}, remote=True)) as ledger:
        ledger.enter([reading("b", record(2))], NOW)
    assert (mode(ledger_path), total(ledger_path)) == ("delete", 2)
    with closing(Ledger(ledger_path, price, {})) as ledger:
        ledger.enter([reading("c", record(3))], NOW)
        assert (mode(ledger_path), total(ledger_path)) == ("wal", 3)


def test_it_is_not_taken_from_those_who_share_its_memory(ledger_path: Path, price: FlatPrice) -> None:
    with closing(Ledger(ledger_path, price, {})) as ledger:
        ledger.enter([reading("a", record(1))], NOW)
        with pytest.raises(LedgerBusy):
            Ledger(ledger_path, price, {}, remote=True)
        ledger.enter([reading("a", record(2))], NOW)
    assert total(ledger_path) == 2


@posix
def test_what_a_killed_writer_left_half_written_is_not_read(ledger_path: Path, price: FlatPrice) -> None:
    """Readers may not take it back; they say that they cannot read until the next writer has."""

    def lived() -> None:
        ledger = Ledger(ledger_path, price, {}, remote=True)
        ledger._connection.execute("PRAGMA cache_spill=ON")
        ledger._connection.execute("PRAGMA cache_size=4")
        many = [record(number, session=f"session {number}") for number in range(2, 4000)]
        ledger.enter([reading("b", *many)], NOW, hold=True)
        os._exit(9)

    with closing(Ledger(ledger_path, price, {}, remote=True)) as ledger:
        ledger.enter([reading("a", record(1))], NOW)
    before = ledger_path.read_bytes()
    assert ended(fork(lived)) == 9
    assert ledger_path.read_bytes() != before
    with pytest.raises(LedgerError):
        total(ledger_path)
    with closing(Ledger(ledger_path, price, {}, remote=True)):
        assert total(ledger_path) == 1
    sound(ledger_path)
