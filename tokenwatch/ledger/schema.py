"""The tables of the ledger, their versions, and opening the file safely.

Owns every CREATE statement, migration and file permission. Does not own what is written (ledger.py) or asked
(queries.py), or what SQLite's errors mean (sqlite_errors.py).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tokenwatch.base.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerFull, LedgerTooNew
from tokenwatch.base.translation import tr
from tokenwatch.ledger.sqlite_errors import NO_SPACE, translated
from tokenwatch.ledger.whole_copy import copy_into_new_file

_VERSION_1: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    agent TEXT NOT NULL,
    device INTEGER NOT NULL, number INTEGER NOT NULL,
    head BLOB NOT NULL, head_size INTEGER NOT NULL,
    size INTEGER NOT NULL, modified INTEGER NOT NULL,
    offset INTEGER NOT NULL, tail BLOB NOT NULL,
    carry BLOB NOT NULL,
    reader INTEGER NOT NULL,
    newest INTEGER,
    skipped TEXT NOT NULL DEFAULT '',
    seen INTEGER NOT NULL
);

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    agent TEXT NOT NULL, session TEXT NOT NULL,
    seen INTEGER NOT NULL,
    UNIQUE (agent, session)
);

CREATE TABLE contexts (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    session INTEGER NOT NULL, parent INTEGER NOT NULL,
    agent TEXT NOT NULL, model TEXT NOT NULL, agent_id TEXT NOT NULL,
    project TEXT NOT NULL, branch TEXT NOT NULL, provider TEXT NOT NULL,
    tier TEXT NOT NULL, geo TEXT NOT NULL,
    rank INTEGER NOT NULL, lane INTEGER NOT NULL, origin INTEGER NOT NULL
);
CREATE INDEX contexts_by_session ON contexts (session);
CREATE INDEX contexts_by_parent ON contexts (parent) WHERE parent <> 0;
CREATE INDEX contexts_by_source ON contexts (source);

CREATE TABLE records (
    family INTEGER NOT NULL, variant INTEGER NOT NULL,
    time INTEGER NOT NULL, context INTEGER NOT NULL,
    input INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
    output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    listed INTEGER,
    more BLOB,
    PRIMARY KEY (family, variant)
) WITHOUT ROWID;

CREATE TABLE entries (
    family INTEGER NOT NULL, variant INTEGER NOT NULL,
    source INTEGER NOT NULL, parent TEXT NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY (family, variant)
) WITHOUT ROWID;
CREATE INDEX entries_by_parent ON entries (parent) WHERE parent <> '';

CREATE TABLE amendments (
    lane INTEGER NOT NULL,
    input INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
    output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    PRIMARY KEY (lane, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning)
) WITHOUT ROWID;

CREATE TABLE unfinished (
    lane INTEGER NOT NULL, family INTEGER NOT NULL, variant INTEGER NOT NULL,
    PRIMARY KEY (lane, family, variant)
) WITHOUT ROWID;

CREATE TABLE slots (
    slot INTEGER NOT NULL, context INTEGER NOT NULL,
    requests INTEGER NOT NULL, input INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
    output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    listed INTEGER NOT NULL, unpriced INTEGER NOT NULL, uncertain INTEGER NOT NULL,
    PRIMARY KEY (slot, context)
) WITHOUT ROWID;
CREATE INDEX slots_by_context ON slots (context);

CREATE TABLE recent (
    time INTEGER NOT NULL, family INTEGER NOT NULL, variant INTEGER NOT NULL,
    PRIMARY KEY (time, family, variant)
) WITHOUT ROWID;

CREATE TABLE quotas (
    provider TEXT NOT NULL, window TEXT NOT NULL, plan TEXT NOT NULL,
    used_percent REAL NOT NULL, resets_at INTEGER, as_of INTEGER NOT NULL,
    PRIMARY KEY (provider, window)
) WITHOUT ROWID;

CREATE TABLE alerts (key TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
"""

_ALERTS: Final = """
CREATE TABLE alert_log (
    key TEXT PRIMARY KEY, rule TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
    urgency TEXT NOT NULL, replaces TEXT NOT NULL, actions TEXT NOT NULL,
    at INTEGER NOT NULL, ended INTEGER, told INTEGER NOT NULL, read INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX alert_log_by_time ON alert_log (at);

CREATE TABLE alert_holds (
    thing TEXT PRIMARY KEY, since INTEGER NOT NULL, started INTEGER, over INTEGER
) WITHOUT ROWID;

CREATE TABLE alert_snoozes (rule TEXT PRIMARY KEY, until INTEGER NOT NULL, level INTEGER NOT NULL) WITHOUT ROWID;
"""

_LIMITS_AND_BILLS: Final = """
CREATE TABLE quota_readings (
    provider TEXT NOT NULL, window TEXT NOT NULL, slot INTEGER NOT NULL, era INTEGER NOT NULL,
    plan TEXT NOT NULL, used_percent REAL NOT NULL, resets_at INTEGER, as_of INTEGER NOT NULL,
    PRIMARY KEY (provider, window, slot, era)
) WITHOUT ROWID;

INSERT INTO quota_readings
SELECT provider, window, as_of / 900000, (coalesce(resets_at, 0) + 1800000) / 3600000, plan, used_percent, resets_at,
as_of FROM quotas;

CREATE TABLE bill_days (
    provider TEXT NOT NULL, kind TEXT NOT NULL, origin TEXT NOT NULL, day INTEGER NOT NULL, as_of INTEGER NOT NULL,
    PRIMARY KEY (provider, kind, origin, day)
) WITHOUT ROWID;

CREATE TABLE bill_lines (
    provider TEXT NOT NULL, kind TEXT NOT NULL, origin TEXT NOT NULL, day INTEGER NOT NULL,
    model TEXT NOT NULL, part TEXT NOT NULL, tier TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (provider, kind, origin, day, model, part, tier)
) WITHOUT ROWID;
"""

_RESTATEMENTS: Final = """
CREATE TABLE restatements (
    at INTEGER NOT NULL, month TEXT NOT NULL, before INTEGER NOT NULL, after INTEGER NOT NULL,
    requests INTEGER NOT NULL, prices TEXT NOT NULL,
    PRIMARY KEY (month, at)
) WITHOUT ROWID;
"""

_INTERVALS: Final = """
CREATE TABLE intervals (
    begin INTEGER NOT NULL, agent TEXT NOT NULL, session TEXT NOT NULL, kind TEXT NOT NULL, until INTEGER NOT NULL,
    PRIMARY KEY (begin, agent, session, kind)
) WITHOUT ROWID;
"""

_ESTIMATES: Final = """
ALTER TABLE contexts ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0;
CREATE INDEX contexts_estimated ON contexts (id) WHERE estimated > 0;
"""

_ENDS: Final = """
CREATE TABLE ends (
    agent TEXT NOT NULL, session TEXT NOT NULL, at INTEGER NOT NULL, crashed INTEGER NOT NULL,
    PRIMARY KEY (agent, session)
) WITHOUT ROWID;
"""

_AGENT_SLOTS: Final = """
CREATE TABLE agent_slots (
    slot INTEGER NOT NULL, agent TEXT NOT NULL, estimated INTEGER NOT NULL,
    requests INTEGER NOT NULL, input INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
    output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    listed INTEGER NOT NULL, unpriced INTEGER NOT NULL, uncertain INTEGER NOT NULL,
    PRIMARY KEY (slot, agent, estimated)
) WITHOUT ROWID;

INSERT INTO agent_slots
SELECT s.slot, c.agent, c.estimated > 0, sum(s.requests), sum(s.input), sum(s.cache_read), sum(s.cache_write_5m),
sum(s.cache_write_1h), sum(s.output), sum(s.reasoning), sum(s.listed), sum(s.unpriced), sum(s.uncertain)
FROM slots s JOIN contexts c ON c.id = s.context GROUP BY s.slot, c.agent, c.estimated > 0;
"""

_COPIES: Final = """
CREATE TABLE copies (
    family INTEGER NOT NULL, variant INTEGER NOT NULL, source INTEGER NOT NULL,
    PRIMARY KEY (family, variant, source)
) WITHOUT ROWID;
"""
"""Every source in which an entry stands that stands in more than one."""

MIGRATIONS: Final[Sequence[str]] = (
    _VERSION_1,
    _ALERTS,
    _LIMITS_AND_BILLS,
    _RESTATEMENTS,
    _INTERVALS,
    _ESTIMATES,
    _ENDS,
    _AGENT_SLOTS,
    _COPIES,
)
"""Script n brings a ledger of version n to version n + 1."""

_CACHE_KIB: Final = 8 * 1024
"""Pages that the writer keeps in memory: records stand in no order that anything reads or writes them in."""

REST_CACHE_KIB: Final = 2 * 1024
"""The same while only lines come one by one."""

_WAIT_SECONDS: Final = 1.0
"""For another program to let go of the ledger, which none of ours holds; the writer's thread must stop in time."""

SLOT_MS: Final = 900_000
"""A quarter of an hour: every zone's offset is a multiple of it."""


def open_for_writing(
    path: Path, migrations: Sequence[str] = MIGRATIONS, *, remote: bool = False
) -> sqlite3.Connection:
    """The writer's connection; creates and migrates the file. Raises a :class:`LedgerError`.

    ``remote``: it is on a file system that has no memory to share, so a write-ahead log is not to be had.
    """
    try:
        # Created by us first, so that it and the WAL files that copy its mode are never readable by others.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600))
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        if error.errno == 28:
            raise LedgerFull(tr(NO_SPACE)) from error
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
