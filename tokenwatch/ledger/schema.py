"""Opening the ledger's file safely, and bringing it to the present format.

Owns bringing an older file up to date, and file permissions. Does not own the tables (formats.py), what is written
(ledger.py) or asked (queries.py), or what SQLite's errors mean (sqlite_errors.py).
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tokenwatch.base.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerFull, LedgerTooNew
from tokenwatch.base.translation import tr
from tokenwatch.ledger.formats import MIGRATIONS as MIGRATIONS
from tokenwatch.ledger.formats import SLOT_MS as SLOT_MS
from tokenwatch.ledger.sqlite_errors import NO_SPACE, translated
from tokenwatch.ledger.whole_copy import copy_into_new_file

_CACHE_KIB: Final = 8 * 1024
"""Pages that the writer keeps in memory: records stand in no order that anything reads or writes them in."""

REST_CACHE_KIB: Final = 2 * 1024
"""The same while only lines come one by one."""

_WAIT_SECONDS: Final = 1.0
"""For another program to let go of the ledger, which none of ours holds; the writer's thread must stop in time."""


def open_for_writing(
    path: Path, migrations: Sequence[str] = MIGRATIONS, *, remote: bool = False
) -> sqlite3.Connection:
    """The writer's connection; creates and migrates the file. Raises a :class:`LedgerError`.

    ``remote``: it is on a file system that has no memory to share, so a write-ahead log is not to be had.
    """
    _refuse_pipes(path)
    try:
        # Created by us first, so that it and the WAL files that copy its mode are never readable by others.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600))
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise LedgerFull(tr(NO_SPACE)) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            why = tr("{path} may not be written ({why}), so nothing new is counted.", path=path, why=error.strerror)
            raise LedgerError(why) from error
        raise LedgerError(tr("The ledger cannot be opened: {why}.", why=error.strerror or error)) from error
    with translated():
        connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            if remote:
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # before anything is read; see below
            if _version(connection) > len(migrations):
                raise LedgerTooNew(_too_new(_version(connection)))
            if remote:
                _do_without_shared_memory(connection)
            else:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA temp_store=MEMORY")
            connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
            connection.execute("PRAGMA trusted_schema=OFF")
            _migrate(connection, path, migrations)
        except BaseException:
            connection.close()
            raise
    return connection


def _refuse_pipes(path: Path) -> None:
    """Opening one would wait for ever. What cannot be looked at is told by whoever opens it."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise LedgerError(tr("The ledger cannot be opened: {why}.", why=tr("it is not an ordinary file")))


def _do_without_shared_memory(connection: sqlite3.Connection) -> None:
    """A rollback journal, also for a ledger that had a write-ahead log; readers and the writer wait for each other.

    A write-ahead log that is only read exclusively needs no shared memory (sqlite.org/wal.html, "Use of WAL Without
    Shared-Memory").
    """
    (mode,) = connection.execute("PRAGMA journal_mode=TRUNCATE").fetchone()
    if mode != "truncate":
        raise LedgerBusy(tr("Another program holds the ledger; trying again."))
    connection.execute("PRAGMA locking_mode=NORMAL")
    connection.execute("PRAGMA synchronous=FULL")
    # Else what is held for long would keep readers away before it is committed.
    connection.execute("PRAGMA cache_spill=OFF")


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A read-only connection, usable from any one thread at a time. Raises a :class:`LedgerError`."""
    _refuse_pipes(path)
    with translated():
        try:
            return _read_only(path, "mode=ro")
        except sqlite3.OperationalError as error:
            # Where nothing may be written, not even the files beside it can be made that a ledger is shared by.
            # Without a -wal nobody writes it, so it can do without them; but what a writer that was killed has left
            # half written is only taken back by the next writer.
            refused = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
            if not refused or not _absent(path.with_name(f"{path.name}-wal")) or _half_written(path):
                raise
            return _read_only(path, "mode=ro&immutable=1")


def _half_written(path: Path) -> bool:
    try:
        return path.with_name(f"{path.name}-journal").stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _absent(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _read_only(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{how}", uri=True, timeout=5.0, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA query_only=1")
        version = _version(connection)
        if version > len(MIGRATIONS):
            raise LedgerTooNew(_too_new(version))
        if version < len(MIGRATIONS):
            raise LedgerError(
                tr("The ledger is not set up yet, or of an older format that only a writer brings up to date.")
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    row = connection.execute("PRAGMA user_version").fetchone()
    return int(row[0])


def _too_new(version: int) -> str:
    return tr(
        "The ledger was written by a newer TokenWatch (format {version}, this one knows {known}). "
        "It is left untouched; update TokenWatch to go on.",
        version=version,
        known=len(MIGRATIONS),
    )


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    version = _version(connection)
    if version < 0:
        raise LedgerDamaged(tr("The ledger file is damaged: its format has no sensible number."))
    if version == len(migrations):
        return
    if version:
        copy_into_new_file(connection, path.with_name(f"{path.stem}-format{version}.backup"))
    for number in range(version, len(migrations)):
        # One transaction a step: killed in the middle, the step has not happened.
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) == number:
                for statement in migrations[number].split(";\n"):
                    if statement.strip():
                        connection.execute(statement)
                connection.execute(f"PRAGMA user_version={number + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise
