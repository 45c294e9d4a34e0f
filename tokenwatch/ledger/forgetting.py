"""Forgetting: what the user wants to be gone from the ledger, and stays gone though agents' logs still hold it.

Owns deleting what is older than a time, starting again with an empty ledger, and the mark that keeps both from being
read in again. Does not own when that is asked for, or the transaction. Agents' own files are never touched.

Decisions
---------
*A mark, not only a deletion.* Context: agents keep their logs for weeks, and every one of them is read again when it
is renamed or a reader learns more. Decision: the ledger keeps the time before which nothing counts any more, and
entering leaves out what is older. Consequence: what was deleted does not come back, also from a copy of a log.

*Whole families.* Context: several entries may be one response, judged together. Decision: a family is forgotten when
all its entries are older. Consequence: the few that lie on both sides stay whole, and every sum stays that of its
records.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Final

import msgspec

from tokenwatch.base.errors import LedgerError
from tokenwatch.base.translation import tr
from tokenwatch.base.usage import Record
from tokenwatch.ledger.rows import SELECT_ROWS, Row, SlotSums
from tokenwatch.ledger.schema import open_for_writing
from tokenwatch.ledger.sqlite_errors import translated
from tokenwatch.ledger.writing import write_sums

_KEY: Final = "forgotten"
_DAY_MS: Final = 86_400_000
_decode: Final = msgspec.msgpack.Decoder(Record).decode


def forgotten_before(connection: sqlite3.Connection) -> int:
    """Nothing older counts, milliseconds; 0: everything does."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    return int(row[0]) if row else 0


def forget_before(connection: sqlite3.Connection, before: int) -> int:
    """Delete what is older, within the caller's transaction; how many records that were."""
    _gather(connection, before)
    sums, records = SlotSums(), 0
    for values in connection.execute(f"{SELECT_ROWS} WHERE r.family IN (SELECT family FROM temp.gone)"):
        row = Row.of(values)
        sums.add(row.record, row.context, row.listed, -1)
        records += 1
    for table in ("records", "entries", "recent", "unfinished", "copies"):
        connection.execute(f"DELETE FROM {table} WHERE family IN (SELECT family FROM temp.gone)")
    write_sums(connection, sums)
    connection.execute("DROP TABLE temp.gone")
    for condition in (
        "intervals WHERE until < ?1", "ends WHERE at < ?1", "alert_log WHERE at < ?1", "restatements WHERE at < ?1",
        "quota_readings WHERE as_of < ?1", "quotas WHERE as_of < ?1", f"bill_days WHERE (day + 1) * {_DAY_MS} <= ?1",
        f"bill_lines WHERE (day + 1) * {_DAY_MS} <= ?1",
    ):  # fmt: skip
        connection.execute(f"DELETE FROM {condition}", (before,))
    _forget_names(connection)
    _mark(connection, before)
    return records


def start_empty(ledger: Path, now: int) -> None:
    """Put an empty ledger in the place of this one, in which nothing before ``now`` counts, and delete all copies.

    Nobody may have it open for writing. Killed in between, the ledger is the old one or the new one. Raises a
    :class:`LedgerError`.
    """
    new = ledger.with_name(f"{ledger.stem}.new")
    try:
        for ending in ("", "-wal", "-shm"):
            new.with_name(new.name + ending).unlink(missing_ok=True)
        connection = open_for_writing(new)
        with contextlib.closing(connection), translated():
            _mark(connection, now)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode=DELETE")  # one file, without others beside it
        # The old one's first: left beside another ledger they would be taken for its own.
        for ending in ("-wal", "-shm"):
            ledger.with_name(ledger.name + ending).unlink(missing_ok=True)
        new.replace(ledger)
        for copy in copies(ledger):
            copy.unlink(missing_ok=True)
    except OSError as error:
        raise LedgerError(tr("The history could not be deleted: {why}.", why=error.strerror or error)) from error


def copies(ledger: Path) -> list[Path]:
    """Every copy of the ledger beside it: backups, those of older formats, and damaged ones that were set aside."""
    found = [*ledger.parent.glob(f"{ledger.stem}-format*.backup"), *ledger.parent.glob(f"{ledger.stem}-damaged-*")]
    with contextlib.suppress(OSError):
        found += [path for path in (ledger.parent / "backups").iterdir() if path.suffix in (".sqlite", ".part")]
    return sorted(path for path in found if path.is_file() or path.is_symlink())


def tidy(connection: sqlite3.Connection, forgotten: int) -> None:
    """Give the space of so many records that were deleted back, outside of a transaction, if it is much."""
    (left,) = connection.execute("SELECT count(*) FROM records").fetchone()
    if forgotten * 3 > left:
        connection.execute("VACUUM")


def _gather(connection: sqlite3.Connection, before: int) -> None:
    """The families that are older as a whole, as ``temp.gone``."""
    connection.execute("CREATE TEMP TABLE gone (family INTEGER PRIMARY KEY)")
    newer: set[int] = set()
    older: set[int] = set()
    for family, data in connection.execute("SELECT family, record FROM entries"):
        (newer if _decode(data).time >= before else older).add(family)
    connection.execute(
        "INSERT INTO temp.gone SELECT family FROM records GROUP BY family HAVING max(time) < ?", (before,)
    )
    counted = {family for (family,) in connection.execute("SELECT family FROM records WHERE time >= ?", (before,))}
    connection.executemany(
        "INSERT OR IGNORE INTO temp.gone VALUES (?)", [(family,) for family in older - newer - counted]
    )
    connection.executemany("DELETE FROM temp.gone WHERE family = ?", [(family,) for family in newer])


def _forget_names(connection: sqlite3.Connection) -> None:
    """Contexts and sessions that nothing belongs to any more."""
    connection.execute(
        "DELETE FROM contexts WHERE id NOT IN (SELECT context FROM records) AND id NOT IN (SELECT context FROM slots)"
    )
    connection.execute(
        "DELETE FROM kinds WHERE id NOT IN (SELECT kind FROM contexts) AND id NOT IN (SELECT kind FROM days)"
    )
    connection.execute("CREATE TEMP TABLE held (agent TEXT, session TEXT, PRIMARY KEY (agent, session))")
    for (data,) in connection.execute("SELECT record FROM entries").fetchall():
        context = _decode(data).context
        connection.executemany(
            "INSERT OR IGNORE INTO temp.held VALUES (?, ?)",
            [(context.agent, context.session), (context.agent, context.parent_session)],
        )
    connection.execute(
        "DELETE FROM sessions WHERE id NOT IN (SELECT session FROM contexts) "
        "AND id NOT IN (SELECT parent FROM contexts) AND NOT EXISTS "
        "(SELECT 1 FROM temp.held h WHERE h.agent = sessions.agent AND h.session = sessions.session)"
    )
    connection.execute("DROP TABLE temp.held")


def _mark(connection: sqlite3.Connection, before: int) -> None:
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_KEY, before))
