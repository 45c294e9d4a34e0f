"""The writer of the ledger: enters records and checkpoints together, exactly once.

Owns every change of a row: merging, settling families, amendments, pricing, sums, alerts that were shown. Does
not own the tables (schema.py) or questions (queries.py), and reads no logs. One thread uses it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec

from tokenwatch.base.usage import Amendment, Record, larger
from tokenwatch.ledger.checkpoint import Checkpoint, Reading
from tokenwatch.ledger.rows import (
    CONTEXT_COLUMNS,
    SELECT_ROWS,
    Context,
    Row,
    SlotSums,
    context_hash,
    context_of,
)
from tokenwatch.ledger.schema import open_for_writing, translated

Settle = Callable[[Sequence[Record], Callable[[str], bool]], Sequence[Record]]
"""A reader's rule for one family, see ``Reader.settle``."""

_RECENT_MS: Final = 25 * 3_600_000
_CHUNK: Final = 400
_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Record).decode
_skipped_encode: Final = msgspec.json.Encoder().encode
_skipped_decode: Final = msgspec.json.Decoder(dict[str, int]).decode

Key = tuple[int, int]
"""(family, variant)"""


class Priced(Protocol):
    @property
    def nano(self) -> int | None: ...


class Pricer(Protocol):
    """Gives a record its listed cost; ``version`` changes when it would give others."""

    @property
    def version(self) -> str: ...

    def cost(self, record: Record) -> Priced: ...


@dataclass(frozen=True, slots=True)
class Change:
    """A record as it counts now, and by how much new tokens and listed cost went up (never down)."""

    record: Record
    new_tokens: int
    listed: int | None
    """None: the record has no price."""


class Ledger:
    """``settle`` maps agent ids to their readers' rules; agents without one count every variant."""

    def __init__(self, path: Path, pricer: Pricer, settle: Mapping[str, Settle]) -> None:
        self._connection = open_for_writing(path)
        self._pricer = pricer
        self._settle = settle
        self._contexts: dict[Context, int] = {}
        self._sources: dict[str, int] = {}
        self._sessions: set[tuple[str, str]] = set()
        with translated():
            self._sources.update(self._connection.execute("SELECT path, id FROM sources"))
            self._sessions.update(self._connection.execute("SELECT agent, session FROM sessions"))

    def close(self) -> None:
        with translated():
            self._connection.execute("PRAGMA optimize")
            self._connection.close()

    # Reading back what the collector needs

    def checkpoints(self) -> dict[str, Checkpoint]:
        """By path."""
        with translated():
            rows = self._connection.execute(
                "SELECT path, device, number, head, head_size, size, modified, offset, tail, carry, reader, newest, "
                "skipped FROM sources"
            ).fetchall()
        return {row[0]: Checkpoint(*row[1:12], skipped=_skipped_decode(row[12]) if row[12] else {}) for row in rows}

    # Entering

    def enter(self, readings: Iterable[Reading], now: int) -> list[Change]:
        """Merge the records of ``readings`` and set their checkpoints, all or nothing.

        Returns what changed. ``now`` is milliseconds. Raises a :class:`LedgerError`; then nothing changed.
        """
        with translated(), _Transaction(self._connection, self._forget_caches):
            work = _Entry(self, now)
            for reading in readings:
                work.take(reading)
            changes = work.finish()
        return changes

    def start_over(self, agent: str, paths: Sequence[str]) -> None:
        """Forget what an older reader wrote from sources that still exist; they will be read again."""
        with translated(), _Transaction(self._connection, self._forget_caches):
            for path in paths:
                source = self._sources.get(path)
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
                self._write_sums(sums)
                self._connection.execute(
                    "UPDATE sources SET offset = 0, tail = x'', carry = x'', size = -1, skipped = '' WHERE id = ?",
                    (source,),
                )

    def forget_checkpoints(self) -> None:
        """Have every source that still exists read again. Changes no total."""
        with translated(), _Transaction(self._connection, self._forget_caches):
            self._connection.execute(
                "UPDATE sources SET offset = 0, tail = x'', carry = x'', size = -1, skipped = ''"
            )

    def reprice(self, since: int | None) -> int:
        """Give records the present prices: all without a price, and those from ``since`` (ms) on.

        Returns how many costs changed; remembers the price table's version. ``since`` None: every record.
        """
        changed = 0
        with translated(), _Transaction(self._connection, self._forget_caches):
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
            self._write_sums(sums)
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
        with translated(), _Transaction(self._connection, self._forget_caches):
            self._connection.executemany(
                "INSERT OR IGNORE INTO alerts (key, at) VALUES (?, ?)", [(k, at) for k in keys]
            )

    # Parts of a transaction

    def _forget_caches(self) -> None:
        """After a roll-back: ids that were handed out may not exist."""
        self._contexts.clear()
        self._sources = dict(self._connection.execute("SELECT path, id FROM sources"))
        self._sessions = set(self._connection.execute("SELECT agent, session FROM sessions"))

    def _write_sums(self, sums: SlotSums) -> None:
        self._connection.executemany(
            "INSERT INTO slots VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (slot, context) DO UPDATE SET "
            "requests = requests + excluded.requests, input = input + excluded.input, "
            "cache_read = cache_read + excluded.cache_read, "
            "cache_write_5m = cache_write_5m + excluded.cache_write_5m, "
            "cache_write_1h = cache_write_1h + excluded.cache_write_1h, output = output + excluded.output, "
            "reasoning = reasoning + excluded.reasoning, listed = listed + excluded.listed, "
            "unpriced = unpriced + excluded.unpriced, uncertain = uncertain + excluded.uncertain",
            sums.changes(),
        )
        self._connection.executemany(
            "DELETE FROM slots WHERE slot = ? AND context = ? AND requests = 0",
            [change[:2] for change in sums.changes() if change[2] <= 0],
        )


class _Transaction:
    """BEGIN IMMEDIATE to COMMIT, or all of it undone."""

    def __init__(self, connection: sqlite3.Connection, undone: Callable[[], None]) -> None:
        self._connection = connection
        self._undone = undone

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
                return
        except BaseException:
            self._roll_back()
            raise
        self._roll_back()

    def _roll_back(self) -> None:
        # A full disk or a damaged file may have ended the transaction already.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._undone()


class _Entry:
    """One call of :meth:`Ledger.enter`: collects what came, then changes as little as possible."""

    def __init__(self, ledger: Ledger, now: int) -> None:
        self._ledger = ledger
        self._sql = ledger._connection
        self._now = now
        self._came: dict[int, dict[int, Row]] = {}
        self._amendments: list[Amendment] = []
        self._sums = SlotSums()
        self._changed: dict[Key, tuple[Row | None, Row]] = {}
        self._lanes: set[int] = set()

    def take(self, reading: Reading) -> None:
        source = self._write_checkpoint(reading)
        came = self._came
        for record in reading.records:
            variants = came.get(record.family)
            if variants is None:
                came[record.family] = {record.variant: Row(record, source)}
                continue
            other = variants.get(record.variant)
            if other is None:
                variants[record.variant] = Row(record, source)
            else:
                variants[record.variant] = _merge(other, Row(record, source))
        self._amendments.extend(reading.amendments)

    def finish(self) -> list[Change]:
        fresh = self._note_sessions()
        families = sorted(self._came)
        counted, raw = self._load(families)
        for family in families:
            self._enter_family(family, self._came[family], counted.get(family, {}), raw.get(family, {}))
        self._settle_children(fresh)
        self._amend()
        self._ledger._write_sums(self._sums)
        self._sql.execute("DELETE FROM recent WHERE time < ?", (self._now - _RECENT_MS,))
        return [_change(before, after) for before, after in self._changed.values()]

    def _write_checkpoint(self, reading: Reading) -> int:
        point = reading.checkpoint
        values = (
            reading.path,
            reading.agent,
            point.device,
            point.number,
            point.head,
            point.head_size,
            point.size,
            point.modified,
            point.offset,
            point.tail,
            point.carry,
            point.reader,
            point.newest,
            _skipped_encode(point.skipped).decode() if point.skipped else "",
            self._now,
        )
        row = self._sql.execute(
            "INSERT INTO sources (path, agent, device, number, head, head_size, size, modified, offset, tail, carry, "
            "reader, newest, skipped, seen) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (path) DO UPDATE SET "
            "agent = excluded.agent, device = excluded.device, number = excluded.number, head = excluded.head, "
            "head_size = excluded.head_size, size = excluded.size, modified = excluded.modified, "
            "offset = excluded.offset, tail = excluded.tail, carry = excluded.carry, reader = excluded.reader, "
            "newest = max(coalesce(sources.newest, 0), coalesce(excluded.newest, 0)), skipped = excluded.skipped, "
            "seen = excluded.seen RETURNING id",
            values,
        ).fetchone()
        self._ledger._sources[reading.path] = row[0]
        return int(row[0])

    def _note_sessions(self) -> list[tuple[str, str]]:
        """Remember which sessions exist; returns those that are new."""
        known = self._ledger._sessions
        fresh = list(
            {
                (row.record.agent, row.record.session)
                for variants in self._came.values()
                for row in variants.values()
                if (row.record.agent, row.record.session) not in known
            }
        )
        self._sql.executemany("INSERT OR IGNORE INTO sessions VALUES (?, ?)", fresh)
        known.update(fresh)
        return fresh

    def _load(self, families: Sequence[int]) -> tuple[dict[int, dict[int, Row]], dict[int, dict[int, Row]]]:
        """What the ledger holds of these families: rows that count, and raw entries."""
        counted: dict[int, dict[int, Row]] = {}
        raw: dict[int, dict[int, Row]] = {}
        for start in range(0, len(families), _CHUNK):
            chunk = families[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            for values in self._sql.execute(f"{SELECT_ROWS} WHERE r.family IN ({marks})", chunk):  # noqa: S608 - marks only
                counted.setdefault(values[0], {})[values[1]] = Row.of(values)
            for family, variant, source, record in self._sql.execute(
                f"SELECT family, variant, source, record FROM entries WHERE family IN ({marks})",  # noqa: S608 - marks only
                chunk,
            ):
                raw.setdefault(family, {})[variant] = Row(_decode(record), source)
        return counted, raw

    def _enter_family(
        self, family: int, came: Mapping[int, Row], counted: Mapping[int, Row], raw: Mapping[int, Row]
    ) -> None:
        known = dict(raw) if raw else dict(counted)
        merged = dict(known)
        for variant, row in came.items():
            other = merged.get(variant)
            merged[variant] = row if other is None else _merge(other, row)
        simple = not raw and len(merged) == 1 and all(row.record.mark == 0 for row in merged.values())
        if simple:
            (variant, row) = next(iter(merged.items()))
            self._replace(counted.get(variant), row)
            return
        for variant, row in merged.items():
            before = raw.get(variant)
            if before is None or before.record != row.record:
                self._sql.execute(
                    "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)",
                    (family, variant, row.source, row.record.parent_session, _encode(row.record)),
                )
        self._settle_family(merged, counted)

    def _settle_family(self, entries: Mapping[int, Row], counted: Mapping[int, Row]) -> None:
        agent = next(iter(entries.values())).record.agent
        rule = self._ledger._settle.get(agent)
        records = [row.record for row in entries.values()]
        if rule is None:
            result: Sequence[Record] = records
        else:
            sessions = self._ledger._sessions
            result = rule(records, lambda session: (agent, session) in sessions)
        count = {record.variant: record for record in result}
        for variant, before in counted.items():
            if variant not in count:
                self._remove(before)
        for variant, record in count.items():
            source = entries[variant].source if variant in entries else next(iter(entries.values())).source
            self._replace(counted.get(variant), Row(record, source))

    def _settle_children(self, fresh: Sequence[tuple[str, str]]) -> None:
        """A session became known that forks name as their parent: their families are judged again."""
        families = sorted(
            {
                family
                for _, session in fresh
                for (family,) in self._sql.execute("SELECT family FROM entries WHERE parent = ?", (session,))
                if session
            }
        )
        counted, raw = self._load(families)
        for family in families:
            self._settle_family(raw[family], counted.get(family, {}))

    def _replace(self, before: Row | None, after: Row) -> None:
        """Make ``after`` the row that counts. An amended row is not undone by the entry it was made from."""
        if before is not None and before.record.lane and before.record.final and not after.record.final:
            after = _merge(before, after)
        if before is not None and before.record == after.record and before.source == after.source:
            return
        record = after.record
        after.context = self._context(record, after.source)
        after.listed = self._ledger._pricer.cost(record).nano
        if before is not None:
            self._sums.add(before, -1)
            if before.record.time != record.time:
                self._sql.execute(
                    "DELETE FROM recent WHERE time = ? AND family = ? AND variant = ?",
                    (before.record.time, record.family, record.variant),
                )
        self._sums.add(after)
        self._sql.execute("INSERT OR REPLACE INTO records VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", after.values())
        if record.time > self._now - _RECENT_MS:
            self._sql.execute(
                "INSERT OR IGNORE INTO recent VALUES (?, ?, ?)", (record.time, record.family, record.variant)
            )
        if record.lane:
            key = (record.lane, record.family, record.variant)
            if record.final:
                self._sql.execute("DELETE FROM unfinished WHERE lane = ? AND family = ? AND variant = ?", key)
            else:
                self._sql.execute("INSERT OR IGNORE INTO unfinished VALUES (?, ?, ?)", key)
                self._lanes.add(record.lane)
        first = self._changed.get((record.family, record.variant))
        self._changed[(record.family, record.variant)] = (first[0] if first else before, after)

    def _remove(self, row: Row) -> None:
        record = row.record
        self._sums.add(row, -1)
        self._sql.execute("DELETE FROM records WHERE family = ? AND variant = ?", (record.family, record.variant))
        self._sql.execute(
            "DELETE FROM recent WHERE time = ? AND family = ? AND variant = ?",
            (record.time, record.family, record.variant),
        )
        self._sql.execute(
            "DELETE FROM unfinished WHERE lane = ? AND family = ? AND variant = ?",
            (record.lane, record.family, record.variant),
        )

    def _amend(self) -> None:
        """Finish placeholders with counts found elsewhere, whichever of the two was read first."""
        for amendment in self._amendments:
            self._lanes.add(amendment.lane)
            self._sql.execute(
                "INSERT OR IGNORE INTO amendments VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    amendment.lane,
                    amendment.input,
                    amendment.cache_read,
                    amendment.cache_write_5m,
                    amendment.cache_write_1h,
                    amendment.output,
                    amendment.reasoning,
                ),
            )
        for lane in sorted(self._lanes):
            amendments = self._sql.execute(
                "SELECT input, cache_read, cache_write_5m, cache_write_1h, output, reasoning FROM amendments "
                "WHERE lane = ? ORDER BY output DESC",
                (lane,),
            ).fetchall()
            if not amendments:
                continue
            query = (
                SELECT_ROWS + "JOIN unfinished u ON u.family = r.family AND u.variant = r.variant WHERE u.lane = ?"
            )
            rows = [Row.of(values) for values in self._sql.execute(query, (lane,))]
            rows.sort(key=lambda row: (row.record.time, row.record.family, row.record.variant))
            for *prompt, output, reasoning in amendments:
                self._amend_latest(rows, prompt, output, reasoning)

    def _amend_latest(self, rows: list[Row], prompt: list[Any], output: int, reasoning: int) -> None:
        for row in reversed(rows):
            record = row.record
            side = [record.input, record.cache_read, record.cache_write_5m, record.cache_write_1h]
            if side == prompt and record.output < output:
                finished = msgspec.structs.replace(
                    record, output=output, reasoning=reasoning, final=True, uncertain=False
                )
                self._replace(row, Row(finished, row.source))
                rows.remove(row)
                return

    def _context(self, record: Record, source: int) -> int:
        context = context_of(record, source)
        cache = self._ledger._contexts
        found = cache.get(context)
        if found is not None:
            return found
        hashed = context_hash(context)
        row = self._sql.execute("SELECT id FROM contexts WHERE hash = ?", (hashed,)).fetchone()
        if row is None:
            row = self._sql.execute(
                f"INSERT INTO contexts (hash, {CONTEXT_COLUMNS}) VALUES (?{',?' * len(context)}) RETURNING id",  # noqa: S608 - constant
                (hashed, *context),
            ).fetchone()
        if len(cache) > 50_000:
            cache.clear()
        cache[context] = row[0]
        return int(row[0])


def _merge(one: Row, other: Row) -> Row:
    """The source goes with the entry that wins; between equal ones the lower id, so that order does not matter."""
    record = larger(one.record, other.record)
    if one.record == other.record:
        return one if one.source <= other.source else other
    if record is other.record or (record is not one.record and _same_but_time(record, other.record)):
        return Row(record, other.source)
    return Row(record, one.source)


def _same_but_time(one: Record, other: Record) -> bool:
    return msgspec.structs.replace(one, time=0) == msgspec.structs.replace(other, time=0)


def _change(before: Row | None, after: Row) -> Change:
    gained = after.record.tokens.new - (before.record.tokens.new if before else 0)
    if after.listed is None:
        return Change(after.record, max(0, gained), None)
    return Change(after.record, max(0, gained), max(0, after.listed - ((before.listed or 0) if before else 0)))
