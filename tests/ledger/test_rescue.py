"""A ledger is checked, copied, and replaced by a copy when it is damaged."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections import namedtuple
from pathlib import Path

import pytest

from tests.ledger.conftest import NOW, FlatPrice, reading, record
from tests.ledger.sound import counted
from tokenwatch.base.errors import LedgerDamaged, LedgerError, LedgerUnchecked
from tokenwatch.ledger import rescue
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.rescue import (
    BACKUP_EVERY_MS,
    BACKUPS_KEPT,
    SET_ASIDE_KEPT,
    back_up,
    backups,
    check,
    check_after_crash,
    restore,
)

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir(mode=0o700)
    return made


@pytest.fixture
def filled(ledger: Ledger, ledger_path: Path) -> Path:
    ledger.enter([reading("/a", *(record(number) for number in range(1, 300)))], NOW)
    ledger.close()
    return ledger_path


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_good_ledger_is_good(filled: Path) -> None:
    check(filled)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records SET output = output + 1 WHERE output = 7",
        "UPDATE records SET time = time + 900000 WHERE output = 7",
        "UPDATE records SET listed = NULL WHERE output = 7",
        "UPDATE records SET input = 9223372036854775807",
        "DELETE FROM records WHERE output = 7",
        "UPDATE slots SET requests = requests + 1",
        "UPDATE slots SET cache_read = 0",
        "UPDATE agent_slots SET cache_read = 0",
        "UPDATE agent_slots SET agent = 'other'",
        "DELETE FROM agent_slots",
        "INSERT INTO agent_slots SELECT slot + 1, agent, estimated, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM agent_slots",
        "DELETE FROM days",
        "UPDATE days SET output = output + 1",
        "UPDATE days SET session = session + 1",
        "DELETE FROM contexts",
        "DELETE FROM kinds",
        "DELETE FROM sessions",
        "DROP TABLE slots",
    ],
)
def test_a_change_that_only_a_fault_makes_is_found(filled: Path, statement: str) -> None:
    change(filled, statement)
    with pytest.raises(LedgerError):
        check(filled)


def test_a_page_of_noise_is_found(filled: Path) -> None:
    with filled.open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(4096))
    with pytest.raises(LedgerDamaged):
        check(filled)


def test_a_check_that_is_told_to_end_says_so(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescue, "_STEPS", 1)
    with pytest.raises(LedgerUnchecked):
        check(filled, lambda: True)


def test_only_a_ledger_that_was_left_open_is_checked_at_the_start(
    filled: Path, price: FlatPrice, tmp_path: Path
) -> None:
    writer = Ledger(filled, price, {})
    writer.enter([reading("/b", record(1000))], NOW)
    crashed = tmp_path / "crashed" / "ledger.sqlite"
    crashed.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{filled}{ending}", f"{crashed}{ending}")
    writer.close()
    check_after_crash(crashed)
    with crashed.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * (crashed.stat().st_size - 8192))
    with pytest.raises(LedgerDamaged):
        check_after_crash(crashed)
    crashed.with_name("ledger.sqlite-wal").unlink()
    check_after_crash(crashed)


def test_a_backup_is_a_whole_ledger_for_its_owner_only(filled: Path, folder: Path) -> None:
    made = back_up(filled, folder, NOW)
    assert made is not None
    assert [(when // 1000, path) for when, path in backups(folder)] == [(NOW // 1000, made)]
    assert [path.name for path in folder.iterdir()] == [made.name]
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert counted(made) == counted(filled)


def test_a_backup_is_made_beside_a_writer(filled: Path, folder: Path, price: FlatPrice) -> None:
    writer = Ledger(filled, price, {})
    writer.enter([reading("/b", record(1000))], NOW)
    writer.enter([reading("/c", record(1001))], NOW, hold=True)
    made = back_up(filled, folder, NOW)
    writer.close()
    assert made is not None
    assert len(counted(made)) == 300  # what is committed, and nothing that is held


def test_the_last_few_backups_are_kept(filled: Path, folder: Path) -> None:
    (folder / "mine.sqlite").write_bytes(b"")
    for day in range(BACKUPS_KEPT + 3):
        back_up(filled, folder, NOW + day * BACKUP_EVERY_MS)
    kept = [made // 1000 for made, _ in backups(folder)]
    days = range(BACKUPS_KEPT + 2, 2, -1)
    assert kept == [(NOW + day * BACKUP_EVERY_MS) // 1000 for day in days]
    assert (folder / "mine.sqlite").exists()


def test_without_space_no_backup_is_made(filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100, 100, filled.stat().st_size))
    assert back_up(filled, folder, NOW) is None
    assert not list(folder.iterdir())


def test_a_backup_that_is_broken_off_leaves_nothing(filled: Path, folder: Path) -> None:
    with pytest.raises(LedgerError):
        back_up(filled, folder, NOW, lambda: True)
    assert not list(folder.iterdir())


def spoil(path: Path) -> None:
    path.write_bytes(b"no ledger" * 1000)


def test_the_newest_good_backup_takes_the_place_of_a_damaged_ledger(filled: Path, folder: Path) -> None:
    before = counted(filled)
    back_up(filled, folder, NOW)
    newer = back_up(filled, folder, NOW + BACKUP_EVERY_MS)
    assert newer is not None
    spoil(newer)
    spoil(filled)
    restored = restore(filled, folder, NOW)
    assert restored.backup is not None
    assert restored.backup // 1000 == NOW // 1000
    assert counted(filled) == before
    assert restored.aside.read_bytes().startswith(b"no ledger")
    assert "The backup of 2025-11-24 16:00 UTC is in its place" in restored.sentence
    assert stat.S_IMODE(filled.stat().st_mode) == 0o600


def test_what_stands_beside_a_damaged_ledger_goes_with_it(filled: Path, folder: Path, price: FlatPrice) -> None:
    for ending in ("-wal", "-shm"):
        Path(f"{filled}{ending}").write_bytes(b"left over")
    restored = restore(filled, folder, NOW)
    assert restored.backup is None
    assert not list(filled.parent.glob("ledger.sqlite*"))
    assert Path(f"{restored.aside}-wal").read_bytes() == b"left over"
    Ledger(filled, price, {}).close()
    assert counted(filled) == []


def test_the_last_few_damaged_ledgers_are_kept(filled: Path, folder: Path) -> None:
    for hour in range(SET_ASIDE_KEPT + 2):
        spoil(filled)
        restore(filled, folder, NOW + hour * 3_600_000)
    assert len(list(filled.parent.glob("ledger-damaged-*"))) == SET_ASIDE_KEPT


def refuse(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_files_that_cannot_be_moved_are_said(filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(LedgerError, match="could not be put in place: Permission denied"):
        restore(filled, folder, NOW)


def test_what_is_called_otherwise_is_no_backup(folder: Path) -> None:
    (folder / "ledger-2025.sqlite").write_bytes(b"")
    (folder / "ledger-20251124T160000Z.sqlite").mkdir()
    assert backups(folder) == backups(folder / "nowhere") == []


def test_a_link_is_no_backup(filled: Path, folder: Path) -> None:
    (folder / "ledger-20251124T160000Z.sqlite").symlink_to(filled)
    assert backups(folder) == []
