"""The file of the ledger: rights, versions, migration and the sentences for what can go wrong."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.ledger.conftest import NOW, FlatPrice, reading, record
from tokenwatch.base.errors import LedgerDamaged, LedgerError, LedgerFull, LedgerTooNew
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries
from tokenwatch.ledger.schema import MIGRATIONS, open_for_reading, open_for_writing
from tokenwatch.ledger.sqlite_errors import translated


def test_only_the_owner_may_read_it_under_any_umask(ledger_path: Path, price: FlatPrice) -> None:
    before = os.umask(0)
    try:
        ledger = Ledger(ledger_path, price, {})
        ledger.enter([reading("a", record(1))], NOW)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in ledger_path.parent.iterdir()}
        ledger.close()
    finally:
        os.umask(before)
    assert set(modes) >= {"ledger.sqlite", "ledger.sqlite-wal"}
    assert set(modes.values()) == {0o600}


def test_a_newer_format_is_refused_and_left_untouched(ledger_path: Path, price: FlatPrice) -> None:
    Ledger(ledger_path, price, {}).close()
    connection = sqlite3.connect(ledger_path)
    connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    connection.close()
    before = ledger_path.read_bytes()
    with pytest.raises(LedgerTooNew, match="newer TokenWatch"):
        Ledger(ledger_path, price, {})
    with pytest.raises(LedgerTooNew, match="update TokenWatch"):
        Queries(ledger_path)
    assert ledger_path.read_bytes() == before


def test_an_older_format_is_migrated_after_a_backup(ledger_path: Path, price: FlatPrice) -> None:
    ledger = Ledger(ledger_path, price, {})
    ledger.enter([reading("a", record(1))], NOW)
    ledger.close()
    steps = [*MIGRATIONS, "CREATE TABLE later (x);\n"]
    connection = open_for_writing(ledger_path, steps)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(steps),)
    assert connection.execute("SELECT count(*) FROM records").fetchone() == (1,)
    connection.close()
    (backup,) = ledger_path.parent.glob("*.backup")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    kept = open_for_reading(backup)
    assert kept.execute("SELECT count(*) FROM records").fetchone() == (1,)
    kept.close()


def test_a_failing_migration_leaves_the_old_format(ledger_path: Path, price: FlatPrice) -> None:
    Ledger(ledger_path, price, {}).close()
    with pytest.raises(LedgerError):
        open_for_writing(ledger_path, [*MIGRATIONS, "CREATE TABLE later (x);\nNONSENSE;\n"])
    Ledger(ledger_path, price, {}).close()


def test_a_file_that_is_no_ledger_is_called_damaged(ledger_path: Path, price: FlatPrice) -> None:
    ledger_path.write_bytes(b"this is not a database, but long enough to be looked at" * 50)
    with pytest.raises(LedgerDamaged, match="damaged"):
        Ledger(ledger_path, price, {})


@pytest.mark.parametrize("where", ["name of a table", "text in a row"])
def test_damage_that_is_no_text_is_called_damage(ledger_path: Path, price: FlatPrice, where: str) -> None:
    with closing(Ledger(ledger_path, price, {})) as ledger:
        ledger.enter([reading("a", record(1, project="/work/acme"))], NOW)
    data = ledger_path.read_bytes()
    if where == "name of a table":
        data = data.replace(b"tablemetameta", b"table\x80etameta").replace(b"CREATE TABLE meta", b"XREATE TABLE meta")
    else:
        data = data.replace(b"/work/acme", b"/work/\x80\x80me")
    assert data != ledger_path.read_bytes()
    ledger_path.write_bytes(data)
    with pytest.raises(LedgerDamaged, match="damaged"), closing(Queries(ledger_path)) as queries:
        queries.sums(by=("project",))


def test_a_newer_format_is_not_even_given_a_write_ahead_log(ledger_path: Path, price: FlatPrice) -> None:
    Ledger(ledger_path, price, {}).close()
    with closing(sqlite3.connect(ledger_path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    before = ledger_path.read_bytes()
    for remote in (False, True):
        with pytest.raises(LedgerTooNew, match="newer TokenWatch"):
            open_for_writing(ledger_path, remote=remote)
    assert ledger_path.read_bytes() == before
    assert [path.name for path in ledger_path.parent.iterdir()] == [ledger_path.name]


def test_a_full_disk_is_said_and_undone(ledger_path: Path, price: FlatPrice) -> None:
    ledger = Ledger(ledger_path, price, {})
    pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
    ledger._connection.execute(f"PRAGMA max_page_count={pages + 2}")
    many = [record(number, session=f"session {number}") for number in range(2_000)]
    with pytest.raises(LedgerFull, match="no space left"):
        ledger.enter([reading("a", *many)], NOW)
    ledger._connection.execute("PRAGMA max_page_count=1000000")
    assert len(ledger.enter([reading("a", *many)], NOW).recent) == len(many)
    ledger.close()


def test_a_folder_that_is_missing_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be opened"):
        open_for_reading(tmp_path / "nowhere" / "ledger.sqlite")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_its_place_is_not_waited_for(ledger_path: Path) -> None:
    os.mkfifo(ledger_path)
    for opening in (open_for_writing, open_for_reading):
        with pytest.raises(LedgerError, match=r"^The ledger cannot be opened: it is not an ordinary file\.$"):
            opening(ledger_path)


def test_an_unknown_error_keeps_its_words() -> None:
    with pytest.raises(LedgerError, match="some rare trouble"), translated():
        raise sqlite3.OperationalError("some rare trouble")


def test_a_format_below_zero_is_called_damaged(ledger_path: Path, price: FlatPrice) -> None:
    Ledger(ledger_path, price, {}).close()
    connection = sqlite3.connect(ledger_path)
    connection.execute("PRAGMA user_version = -3")
    connection.close()
    with pytest.raises(LedgerDamaged, match="format"):
        Ledger(ledger_path, price, {})
