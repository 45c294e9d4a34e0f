"""Writing rows: how one record gets into the tables, or out of them.

Owns the statements that change records, their sums, the index of recent ones and that of unfinished ones, and what is
told of it afterwards. Does not own which records count (families.py) or the transaction (ledger.py).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from tokenwatch.base.clock import DAY_MS
from tokenwatch.base.usage import Context, Record
from tokenwatch.ledger.change import RECENT_MS, Entered, Pricer, Rates, change_of
from tokenwatch.ledger.known import Known
from tokenwatch.ledger.rows import RECORD_MARKS, Row, SlotSums, more_of
from tokenwatch.ledger.schema import SLOT_MS

astuple: Final = msgspec.structs.astuple
_USUAL: Final = [0, None, False, True, 0]
"""What most records say after their counts: no search, no cost of the agent's own, certain, final, no mark."""


Key = tuple[int, int]
"""(family, variant)"""


class Writing:
    """One transaction's changes of records. Sums are applied at the end, by :meth:`finish`."""

    def __init__(self, connection: sqlite3.Connection, pricer: Pricer, known: Known, now: int) -> None:
        self.sql = connection
        self.known = known
        self._pricer = pricer
        self._recent_from = now - RECENT_MS
        self._sums = SlotSums()
        self._changed: dict[Key, tuple[Row | None, Row]] = {}
        self._removed: dict[int, list[Row]] = {}
        """By family: rows that counted before and do not any more; what comes instead is not new as a whole."""
        self._sessions: set[tuple[str, str]] = set()
        self.lanes: set[int] = set()
        """Lanes in which an unfinished record changed."""

    def insert(self, came: Iterable[tuple[Record, int]]) -> None:
        """Records of families that the ledger does not know, with their sources.

        A first import spends much of its time here, so what stays the same from one record to the next (context,
        day, slot) is looked up once.
        """
        usual: list[tuple[int | None, ...]] = []
        rows: list[tuple[Any, ...]] = []
        recent: list[tuple[int, int, int]] = []
        unfinished: list[tuple[int, int, int]] = []
        context: Context | None = None
        of_source = id_of_context = -1
        day: int | None = None
        slot: int | None = None
        sums = [0]
        rates: Rates | None = None
        for record, source in came:
            shared, family, variant, time, fresh, read, write, long_write, output, reasoning, *rest = astuple(record)
            if shared is not context or source != of_source:
                context, of_source, day, slot = shared, source, None, None
                id_of_context = self.known.context(self.sql, source, shared)
                self._touch(record)
            if time // SLOT_MS != slot:
                slot = time // SLOT_MS
                sums = self._sums.of(slot, id_of_context)
                if time // DAY_MS != day:
                    day = time // DAY_MS
                    rates = self._pricer.rates(shared, day)
            if rates is None:
                listed = self._pricer.cost(record).nano
            else:
                listed = rates.nano(fresh, read, write, long_write, output, reasoning, rest[0])
            more = None if rest == _USUAL else more_of(record)
            row = (family, variant, time, id_of_context, fresh, read, write, long_write, output, reasoning, listed)
            if more is None:
                usual.append(row)
            else:
                rows.append((*row, more))
            sums[0] += 1
            sums[1] += fresh
            sums[2] += read
            sums[3] += write
            sums[4] += long_write
            sums[5] += output
            sums[6] += reasoning
            if listed is None:
                sums[8] += 1
            else:
                sums[7] += listed
            if more is not None and record.uncertain:
                sums[9] += 1
            if time > self._recent_from:
                recent.append((time, family, variant))
                self._changed[(family, variant)] = (None, Row(record, source, id_of_context, listed))
            if more is not None and not record.final and shared.lane:
                unfinished.append((shared.lane, family, variant))
                self.lanes.add(shared.lane)
        # Without a parameter that is None for nearly every row, which Python takes long to hand over.
        self.sql.executemany(f"INSERT INTO records VALUES ({RECORD_MARKS.removesuffix('?')}NULL)", usual)
        self.sql.executemany(f"INSERT INTO records VALUES ({RECORD_MARKS})", rows)
        self.sql.executemany("INSERT OR IGNORE INTO recent VALUES (?, ?, ?)", recent)
        self.sql.executemany("INSERT OR IGNORE INTO unfinished VALUES (?, ?, ?)", unfinished)

    def replace(self, before: Row | None, after: Row) -> None:
        """Make ``after`` the row that counts instead of ``before``, which is the same response."""
        record = after.record
        key = (record.family, record.variant)
        after.context = self.known.context(self.sql, after.source, record.context)
        after.listed = self._pricer.cost(record).nano
        if before is not None:
            self._sums.add(before.record, before.context, before.listed, -1)
            self._touch(before.record)
            if before.record.time != record.time:
                self._forget_recent(before.record)
        self._sums.add(record, after.context, after.listed)
        self._touch(record)
        self.sql.execute(f"INSERT OR REPLACE INTO records VALUES ({RECORD_MARKS})", after.values())
        if record.time > self._recent_from:
            self.sql.execute("INSERT OR IGNORE INTO recent VALUES (?, ?, ?)", (record.time, *key))
            first = self._changed.get(key)
            self._changed[key] = (first[0] if first else before, after)
        lane = record.context.lane
        if before is not None and before.record.context.lane != lane:
            self._forget_unfinished(before.record)
        if lane and record.final:
            self._forget_unfinished(record)
        elif lane:
            self.sql.execute("INSERT OR IGNORE INTO unfinished VALUES (?, ?, ?)", (lane, *key))
            self.lanes.add(lane)

    def remove(self, row: Row) -> None:
        """The record counts no more."""
        record = row.record
        key = (record.family, record.variant)
        first, _ = self._changed.pop(key, (row, row))
        if first is not None:
            self._removed.setdefault(record.family, []).append(first)
        self._sums.add(record, row.context, row.listed, -1)
        self._touch(record)
        self.sql.execute("DELETE FROM records WHERE family = ? AND variant = ?", key)
        self._forget_recent(record)
        self._forget_unfinished(record)

    def finish(self) -> Entered:
        self.known.write(self.sql)
        write_sums(self.sql, self._sums)
        self.sql.execute("DELETE FROM recent WHERE time < ?", (self._recent_from,))
        recent = tuple(
            change_of(before or self._instead_of(after), after) for before, after in self._changed.values()
        )
        return Entered(recent, frozenset(self._sessions), self._sums.since)

    def _instead_of(self, row: Row) -> Row | None:
        """What counted in its family before, if it does not any more."""
        removed = self._removed.get(row.record.family)
        return removed.pop() if removed else None

    def _touch(self, record: Record) -> None:
        context = record.context
        self._sessions.add((context.agent, context.session))
        if context.parent_session:
            self._sessions.add((context.agent, context.parent_session))

    def _forget_recent(self, record: Record) -> None:
        self.sql.execute(
            "DELETE FROM recent WHERE time = ? AND family = ? AND variant = ?",
            (record.time, record.family, record.variant),
        )

    def _forget_unfinished(self, record: Record) -> None:
        self.sql.execute(
            "DELETE FROM unfinished WHERE lane = ? AND family = ? AND variant = ?",
            (record.context.lane, record.family, record.variant),
        )


_ADDED: Final = (
    "requests = requests + excluded.requests, input = input + excluded.input, "
    "cache_read = cache_read + excluded.cache_read, "
    "cache_write_5m = cache_write_5m + excluded.cache_write_5m, "
    "cache_write_1h = cache_write_1h + excluded.cache_write_1h, output = output + excluded.output, "
    "reasoning = reasoning + excluded.reasoning, listed = listed + excluded.listed, "
    "unpriced = unpriced + excluded.unpriced, uncertain = uncertain + excluded.uncertain"
)


def write_sums(connection: sqlite3.Connection, sums: SlotSums) -> None:
    changes = sums.changes()
    connection.executemany(
        f"INSERT INTO slots VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (slot, context) DO UPDATE SET {_ADDED}",
        changes,
    )
    connection.executemany(
        "INSERT INTO agent_slots SELECT ?1, k.agent, k.estimated > 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 "
        "FROM contexts c JOIN kinds k ON k.id = c.kind WHERE c.id = ?2 "
        f"ON CONFLICT (slot, agent, estimated) DO UPDATE SET {_ADDED}",
        changes,
    )
    days = sums.changes_by_day()
    connection.executemany(
        "INSERT INTO days SELECT ?1, c.session, c.kind, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 "
        f"FROM contexts c WHERE c.id = ?2 ON CONFLICT (day, session, kind) DO UPDATE SET {_ADDED}",
        days,
    )
    connection.executemany(
        "DELETE FROM slots WHERE slot = ? AND context = ? AND requests = 0",
        [change[:2] for change in changes if change[2] <= 0],
    )
    connection.executemany(
        "DELETE FROM agent_slots WHERE slot = ? AND requests = 0",
        [(slot,) for slot in {change[0] for change in changes if change[2] <= 0}],
    )
    connection.executemany(
        "DELETE FROM days WHERE day = ? AND requests = 0",
        [(day,) for day in {change[0] for change in days if change[2] <= 0}],
    )
