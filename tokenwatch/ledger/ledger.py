"""The writer of the ledger: enters records and checkpoints together, exactly once.

Owns the transactions: entering, starting over, repricing. Does not own the tables (schema.py), alerts
(alert_log.py), what entering changes (entry.py) or questions (queries.py), and reads no logs. One thread uses it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tokenwatch.base.limits import Quota
from tokenwatch.ledger.alert_log import AlertLog
from tokenwatch.ledger.change import Difference, Entered, Pricer, Restate, Settle
from tokenwatch.ledger.checkpoint import CHECKPOINT_COLUMNS, Checkpoint, Reading, checkpoint_of
from tokenwatch.ledger.entry import enter
from tokenwatch.ledger.forgetting import forget_before, forgotten_before, tidy
from tokenwatch.ledger.intervals import IntervalLog
from tokenwatch.ledger.known import Known, Mark
from tokenwatch.ledger.limits import write_quotas
from tokenwatch.ledger.rows import SELECT_ROWS, Row, SlotSums, source_of
from tokenwatch.ledger.schema import REST_CACHE_KIB, SLOT_MS, open_for_writing
from tokenwatch.ledger.sqlite_errors import translated
from tokenwatch.ledger.transaction import Transactions
from tokenwatch.ledger.writing import write_sums

if TYPE_CHECKING:
    from tokenwatch.base.bill import BillReport


class Ledger:
    """``settle`` maps agent ids to their readers' rules; agents without one count every variant. ``remote``: see
    schema.py."""

    def __init__(self, path: Path, pricer: Pricer, settle: Mapping[str, Settle], *, remote: bool = False) -> None:
        self._connection = open_for_writing(path, remote=remote)
        self._pricer = pricer
        self._settle = settle
        self._known = Known()
        self._transactions = Transactions(self._connection, self._take_back)
        self.alerts = AlertLog(self._connection, self._transactions)
        self.intervals = IntervalLog(self._connection, self._transactions)
        self._closed = self._resting = False
        self._since: int | None = None
        self.taken_back = 0
        """How often records that were told of may have been taken back: undone, or to be read again."""
        self.quotas_entered = self.bills_entered = 0
        """How often readings of limits, and bills, were entered since it was opened."""
        try:
            with translated():
                self._known.load(self._connection)
                self._since = forgotten_before(self._connection) or None
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let go of the file; again is harmless."""
        if self._closed:
            return
        self._closed = True
        with translated():
            try:
                if self._transactions.holding_all:
                    self._transactions.undo()  # it is not whole
                self._transactions.commit()
                if self._connection.total_changes:
                    self._connection.execute("PRAGMA optimize")
            finally:
                self._connection.close()

    # Reading back what the collector needs

    @property
    def marks(self) -> Mapping[str, Mark]:
        """How every source was left, by path; always the present state. Raises a :class:`LedgerError`."""
        if self._transactions.broken:
            with translated():
                self._transactions.mend()
        return self._known.marks

    def checkpoint(self, path: str) -> Checkpoint | None:
        """How far a source has been read."""
        mark = self.marks.get(path)
        if mark is None:
            return None
        with translated():
            row = self._connection.execute(
                f"SELECT {CHECKPOINT_COLUMNS} FROM sources WHERE id = ?", (mark.id,)
            ).fetchone()
        return None if row is None else checkpoint_of(row)

    # Entering

    def enter(self, readings: Iterable[Reading], now: int, *, hold: bool = False) -> Entered:
        """Merge the records of ``readings`` and set their checkpoints, all or nothing.

        ``hold``: more will come at once, and be committed with this (a commit writes every page that changed, which
        in a first import are all). Returns what changed. ``now`` is milliseconds. Raises a :class:`LedgerError`;
        then nothing since the last commit has happened.
        """
        came = list(readings)
        with translated(), self._transactions.change(hold=hold):
            entered = enter(self._connection, came, self._pricer, self._settle, self._known, now, self._since)
        self.quotas_entered += any(reading.quotas for reading in came)
        self._known.trim()
        return entered

    @property
    def holding(self) -> bool:
        """Whether something was entered that is not committed yet, which nobody else sees."""
        return self._connection.in_transaction

    def commit(self) -> None:
        """Commit what is held. Raises as :meth:`enter` does."""
        with translated():
            self._transactions.commit()

    def rest(self) -> None:
        """Everything that exists is read: forget what only a first import needs."""
        self._known.families = None
        self._known.trim()
        if not self._resting:
            self._resting = True
            with translated():
                self._connection.execute(f"PRAGMA cache_size=-{REST_CACHE_KIB}")

    def shrink(self) -> None:
        """See :meth:`Queries.shrink`; pages that are to be committed stay."""
        with translated():
            self._connection.execute("PRAGMA shrink_memory")

    def start_over(self, paths: Sequence[str]) -> None:
        """Forget what an older reader wrote from sources that still exist; they are to be read again.

        Nobody sees less in between: from now on everything is held until :meth:`started_over`, or :meth:`undo` if a
        source cannot be read after all. Raises a :class:`LedgerError`; then nothing has happened.
        """
        with translated(), self._transactions.change(hold=True):
            self._transactions.holding_all = True
            marks = {path: mark for path in paths if (mark := self._known.marks.get(path)) is not None}
            self._forget_records({mark.id for mark in marks.values()})
            for path, mark in marks.items():
                self._begin_again(path, mark)

    @property
    def starting_over(self) -> bool:
        """Whether something is forgotten and not read again yet."""
        return self._transactions.holding_all

    def started_over(self) -> None:
        """What was forgotten has been read again. Raises a :class:`LedgerError`; then all is as it was at first."""
        with translated():
            self._transactions.release()
        self.taken_back += 1

    def undo(self) -> None:
        """Let nothing have happened since the last commit."""
        with translated():
            self._transactions.undo()

    def forget_checkpoints(self) -> None:
        """Have every source that still exists read again. Changes no total."""
        with translated(), self._transactions.change():
            for path, mark in list(self._known.marks.items()):
                self._begin_again(path, mark)

    @property
    def since(self) -> int:
        """Nothing before this time counts, because it was deleted; milliseconds. 0: everything does."""
        return self._since or 0

    def forget_before(self, before: int) -> int:
        """Delete for good what is older than this time (milliseconds); how many records. Raises a LedgerError."""
        with translated():
            with self._transactions.change():
                forgotten = forget_before(self._connection, before)
            self._since = before
            self._take_back()
            tidy(self._connection, forgotten)
        return forgotten

    def _forget_records(self, sources: Collection[int]) -> None:
        # One pass over all of them: usually these are all sources of an agent, and no index knows a record's source.
        sums = SlotSums()
        rows = [Row.of(values) for values in self._connection.execute(SELECT_ROWS) if source_of(values) in sources]
        for row in rows:
            sums.add(row.record, row.context, row.listed, -1)
        keys = [(row.record.family, row.record.variant) for row in rows]
        self._connection.executemany("DELETE FROM records WHERE family = ? AND variant = ?", keys)
        gone = set(keys)
        unfinished = self._connection.execute("SELECT lane, family, variant FROM unfinished").fetchall()
        self._connection.executemany(
            "DELETE FROM unfinished WHERE lane = ? AND family = ? AND variant = ?",
            [entry for entry in unfinished if entry[1:] in gone],
        )
        self._connection.executemany(
            "DELETE FROM recent WHERE time = ? AND family = ? AND variant = ?",
            [(row.record.time, row.record.family, row.record.variant) for row in rows],
        )
        entries = self._connection.execute("SELECT family, variant, source FROM entries").fetchall()
        self._connection.executemany(
            "DELETE FROM entries WHERE family = ? AND variant = ?",
            [entry[:2] for entry in entries if entry[2] in sources],
        )
        self._connection.executemany("DELETE FROM copies WHERE source = ?", [(source,) for source in sources])
        write_sums(self._connection, sums)

    def _take_back(self) -> None:
        self.taken_back += 1
        # Ids that were handed out may not exist.
        self._known.load(self._connection)

    def _begin_again(self, path: str, mark: Mark) -> None:
        self._connection.execute(
            "UPDATE sources SET offset = 0, tail = x'', carry = x'', size = -1, skipped = '' WHERE id = ?", (mark.id,)
        )
        self._known.marks[path] = Mark(mark.id, mark.device, mark.number, -1, mark.modified, mark.reader)

    # Prices

    def reprice(self, since: int | None, restate: Restate | None = None) -> int:
        """Give records the present prices: all without a price, and those from ``since`` (ms) on.

        Returns how many costs changed; remembers the price table's version. ``since`` None: every record.
        ``restate`` is told what changed, by begin of a quarter of an hour, and gives what is to be kept of it.
        """
        changed = 0
        differences: dict[int, Difference] = {}
        with translated(), self._transactions.change():
            sums = SlotSums()
            where = "" if since is None else "WHERE r.listed IS NULL OR r.time >= ?"
            rows = self._connection.execute(SELECT_ROWS + where, () if since is None else (since,)).fetchall()
            for values in rows:
                row = Row.of(values)
                listed = self._pricer.cost(row.record).nano
                if listed == row.listed:
                    continue
                sums.add(row.record, row.context, row.listed, -1)
                sums.add(row.record, row.context, listed)
                self._connection.execute(
                    "UPDATE records SET listed = ? WHERE family = ? AND variant = ?",
                    (listed, row.record.family, row.record.variant),
                )
                changed += 1
                difference = differences.setdefault(row.record.time // SLOT_MS * SLOT_MS, Difference())
                difference.add(row.listed or 0, listed or 0)
            write_sums(self._connection, sums)
            self._connection.executemany(
                "INSERT OR REPLACE INTO restatements (at, month, before, after, requests, prices) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [msgspec.structs.astuple(each) for each in (restate(differences) if restate and differences else ())],
            )
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

    # What does not come from logs

    def enter_bills(self, reports: Sequence[BillReport]) -> int:
        """Keep what providers reported; how many days differ from what was kept. Raises a :class:`LedgerError`."""
        from tokenwatch.ledger.bills import enter_bills

        with translated(), self._transactions.change():
            changed = enter_bills(self._connection, reports)
        self.bills_entered += 1
        return changed

    def forget_bills(self, provider: str) -> None:
        """Drop what a provider reported. Raises a :class:`LedgerError`."""
        from tokenwatch.ledger.bills import forget_bills

        with translated(), self._transactions.change():
            forget_bills(self._connection, provider)
        self.bills_entered += 1

    def enter_quotas(self, quotas: Sequence[Quota]) -> None:
        """Keep readings of limits that stand in no log. Raises a :class:`LedgerError`."""
        with translated(), self._transactions.change():
            write_quotas(self._connection, quotas)
        self.quotas_entered += 1
