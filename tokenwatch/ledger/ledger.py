"""The writer of the ledger: enters records and checkpoints together, exactly once.

Owns every change of a row: merging, settling families, amendments, pricing, sums, alerts that were shown. Does
not own the tables (schema.py) or questions (queries.py), and reads no logs. One thread uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tokenwatch.ledger.checkpoint import CHECKPOINT_COLUMNS, Checkpoint, Reading, checkpoint_of
from tokenwatch.ledger.entry import Change, Entry, Known, Pricer, Settle, write_sums
from tokenwatch.ledger.rows import SELECT_ROWS, Row, SlotSums
from tokenwatch.ledger.schema import open_for_writing, translated
from tokenwatch.ledger.transaction import Transaction


class Ledger:
    """``settle`` maps agent ids to their readers' rules; agents without one count every variant."""

    def __init__(self, path: Path, pricer: Pricer, settle: Mapping[str, Settle]) -> None:
        self._connection = open_for_writing(path)
        self._pricer = pricer
        self._settle = settle
        self._known = Known()
        with translated():
            self._known.load(self._connection)

    def close(self) -> None:
        with translated():
            self._connection.execute("PRAGMA optimize")
            self._connection.close()

    # Reading back what the collector needs

    def checkpoints(self) -> dict[str, Checkpoint]:
        """By path."""
        with translated():
            rows = self._connection.execute(f"SELECT path, {CHECKPOINT_COLUMNS} FROM sources").fetchall()
        return {row[0]: checkpoint_of(row[1:]) for row in rows}

    # Entering

    def enter(self, readings: Iterable[Reading], now: int) -> list[Change]:
        """Merge the records of ``readings`` and set their checkpoints, all or nothing.

        Returns what changed. ``now`` is milliseconds. Raises a :class:`LedgerError`; then nothing changed.
        """
        with translated(), self._changing():
            work = Entry(self._connection, self._pricer, self._settle, self._known, now)
            for reading in readings:
                work.take(reading)
            return work.finish()

    def start_over(self, paths: Sequence[str]) -> None:
        """Forget what an older reader wrote from sources that still exist; they will be read again."""
        with translated(), self._changing():
            for path in paths:
                source = self._known.sources.get(path)
                if source is None:
                    continue
                sums = SlotSums()
                query = SELECT_ROWS + "WHERE r.context IN (SELECT id FROM contexts WHERE source = ?)"
                rows = [Row.of(row) for row in self._connection.execute(query, (source,))]
                for row in rows:
                    sums.add(row, -1)
                keys = [(row.record.family, row.record.variant) for row in rows]
                self._connection.executemany("DELETE FROM records WHERE family = ? AND variant = ?", keys)
                self._connection.executemany("DELETE FROM unfinished WHERE family = ? AND variant = ?", keys)
                self._connection.execute("DELETE FROM entries WHERE source = ?", (source,))
                write_sums(self._connection, sums)
                self._connection.execute(
                    "UPDATE sources SET offset = 0, tail = x'', carry = x'', size = -1, skipped = '' WHERE id = ?",
                    (source,),
                )

    def forget_checkpoints(self) -> None:
        """Have every source that still exists read again. Changes no total."""
        with translated(), self._changing():
            self._connection.execute(
                "UPDATE sources SET offset = 0, tail = x'', carry = x'', size = -1, skipped = ''"
            )

    def reprice(self, since: int | None) -> int:
        """Give records the present prices: all without a price, and those from ``since`` (ms) on.

        Returns how many costs changed; remembers the price table's version. ``since`` None: every record.
        """
        changed = 0
        with translated(), self._changing():
            sums = SlotSums()
            where = "" if since is None else "WHERE r.listed IS NULL OR r.time >= ?"
            rows = self._connection.execute(SELECT_ROWS + where, () if since is None else (since,)).fetchall()
            for values in rows:
                row = Row.of(values)
                listed = self._pricer.cost(row.record).nano
                if listed == row.listed:
                    continue
                sums.add(row, -1)
                row.listed = listed
                sums.add(row)
                self._connection.execute(
                    "UPDATE records SET listed = ? WHERE family = ? AND variant = ?",
                    (listed, row.record.family, row.record.variant),
                )
                changed += 1
            write_sums(self._connection, sums)
            self._connection.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES ('prices', ?)", (self._pricer.version,)
            )
        return changed

    @property
    def prices(self) -> str:
        """The version of the price table that the ledger was last brought to; empty at first."""
        with translated():
            row = self._connection.execute("SELECT value FROM meta WHERE key = 'prices'").fetchone()
        return str(row[0]) if row else ""

    # Alerts that were shown (alerts.evaluate.AlertStore)

    def fired(self, prefix: str) -> frozenset[str]:
        with translated():
            rows = self._connection.execute(
                "SELECT key FROM alerts WHERE substr(key, 1, ?) = ?", (len(prefix), prefix)
            )
            return frozenset(row[0] for row in rows)

    def mark(self, keys: Sequence[str], at: int) -> None:
        with translated(), self._changing():
            self._connection.executemany(
                "INSERT OR IGNORE INTO alerts (key, at) VALUES (?, ?)", [(k, at) for k in keys]
            )

    def _changing(self) -> Transaction:
        # After a roll-back, ids that were handed out may not exist.
        return Transaction(self._connection, lambda: self._known.load(self._connection))
