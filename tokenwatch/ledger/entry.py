"""Entering readings: what one transaction changes in the tables of records.

Owns merging, settling families, finishing placeholders by amendments, pricing and the change of sums. Does not
own the transaction around it or anything that is not caused by new readings (ledger.py).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import msgspec

from tokenwatch.base.snapshot import Quota
from tokenwatch.base.usage import Amendment, Context, Record, identity, larger
from tokenwatch.ledger.checkpoint import CHECKPOINT_COLUMNS, Reading, columns_of
from tokenwatch.ledger.rows import CONTEXT_COLUMNS, SELECT_ROWS, Row, SlotSums

Settle = Callable[[Sequence[Record], Callable[[str], bool]], Sequence[Record]]
"""A reader's rule for one family, see ``Reader.settle``."""

RECENT_MS: Final = 25 * 3_600_000
_CHUNK: Final = 400
_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Record).decode

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
    """A record as it counts now, and by how much its tokens and listed cost went up (never down)."""

    record: Record
    new_tokens: int
    cache_read: int
    listed: int | None
    """None: the record has no price."""


@dataclass(slots=True)
class Known:
    """Ids that the writer remembers between transactions; read again after one was undone."""

    sources: dict[str, int] = field(default_factory=dict)
    sessions: set[tuple[str, str]] = field(default_factory=set)
    contexts: dict[tuple[int, Context], int] = field(default_factory=dict)

    def load(self, connection: sqlite3.Connection) -> None:
        self.contexts.clear()
        self.sources = dict(connection.execute("SELECT path, id FROM sources"))
        self.sessions = set(connection.execute("SELECT agent, session FROM sessions"))


class Entry:
    """One call of ``Ledger.enter``: collects what came, then changes as little as possible."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        pricer: Pricer,
        rules: Mapping[str, Settle],
        known: Known,
        now: int,
    ) -> None:
        self._sql = connection
        self._pricer = pricer
        self._rules = rules
        self._known = known
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
        for quota in reading.quotas:
            self._note_quota(quota)

    def finish(self) -> list[Change]:
        fresh = self._note_sessions()
        families = sorted(self._came)
        counted, raw = self._load(families)
        for family in families:
            self._enter_family(family, self._came[family], counted.get(family, {}), raw.get(family, {}))
        self._settle_children(fresh)
        self._amend()
        write_sums(self._sql, self._sums)
        self._sql.execute("DELETE FROM recent WHERE time < ?", (self._now - RECENT_MS,))
        return [_change(before, after) for before, after in self._changed.values()]

    def _write_checkpoint(self, reading: Reading) -> int:
        row = self._sql.execute(
            f"INSERT INTO sources (path, agent, seen, {CHECKPOINT_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
            "ON CONFLICT (path) DO UPDATE SET agent = excluded.agent, seen = excluded.seen, "
            "device = excluded.device, number = excluded.number, head = excluded.head, "
            "head_size = excluded.head_size, size = excluded.size, modified = excluded.modified, "
            "offset = excluded.offset, tail = excluded.tail, carry = excluded.carry, reader = excluded.reader, "
            "newest = nullif(max(coalesce(sources.newest, 0), coalesce(excluded.newest, 0)), 0), "
            "skipped = excluded.skipped RETURNING id",
            (reading.path, reading.agent, self._now, *columns_of(reading.checkpoint)),
        ).fetchone()
        self._known.sources[reading.path] = row[0]
        return int(row[0])

    def _note_quota(self, quota: Quota) -> None:
        """The latest reading of each window is kept, so that it is known after a restart."""
        self._sql.execute(
            "INSERT INTO quotas VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (provider, window) DO UPDATE SET "
            "plan = excluded.plan, used_percent = excluded.used_percent, resets_at = excluded.resets_at, "
            "as_of = excluded.as_of WHERE excluded.as_of >= quotas.as_of",
            (quota.provider, quota.window, quota.plan, quota.used_percent, quota.resets_at, quota.as_of),
        )

    def _note_sessions(self) -> list[tuple[str, str]]:
        """Remember which sessions exist; returns those that are new."""
        known = self._known.sessions
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
            for values in self._sql.execute(f"{SELECT_ROWS} WHERE r.family IN ({marks})", chunk):
                counted.setdefault(values[0], {})[values[1]] = Row.of(values)
            for family, variant, source, record in self._sql.execute(
                f"SELECT family, variant, source, record FROM entries WHERE family IN ({marks})",
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
                    (family, variant, row.source, row.record.context.parent_session, _encode(row.record)),
                )
        self._settle_family(merged, counted)

    def _settle_family(self, entries: Mapping[int, Row], counted: Mapping[int, Row]) -> None:
        agent = next(iter(entries.values())).record.agent
        rule = self._rules.get(agent)
        records = [row.record for row in entries.values()]
        if rule is None:
            result: Sequence[Record] = records
        else:
            sessions = self._known.sessions
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
        if before is not None and before.record.context.lane and before.record.final and not after.record.final:
            after = _merge(before, after)
        if before is not None and before.record == after.record and before.source == after.source:
            return
        record = after.record
        after.context = self._context(record, after.source)
        after.listed = self._pricer.cost(record).nano
        if before is not None:
            self._sums.add(before, -1)
            if before.record.time != record.time:
                self._sql.execute(
                    "DELETE FROM recent WHERE time = ? AND family = ? AND variant = ?",
                    (before.record.time, record.family, record.variant),
                )
        self._sums.add(after)
        self._sql.execute("INSERT OR REPLACE INTO records VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", after.values())
        if record.time > self._now - RECENT_MS:
            self._sql.execute(
                "INSERT OR IGNORE INTO recent VALUES (?, ?, ?)", (record.time, record.family, record.variant)
            )
        lane = record.context.lane
        if lane:
            key = (lane, record.family, record.variant)
            if record.final:
                self._sql.execute("DELETE FROM unfinished WHERE lane = ? AND family = ? AND variant = ?", key)
            else:
                self._sql.execute("INSERT OR IGNORE INTO unfinished VALUES (?, ?, ?)", key)
                self._lanes.add(lane)
        first = self._changed.get((record.family, record.variant))
        self._changed[(record.family, record.variant)] = (first[0] if first else before, after)

    def _remove(self, row: Row) -> None:
        record = row.record
        self._changed.pop((record.family, record.variant), None)
        self._sums.add(row, -1)
        self._sql.execute("DELETE FROM records WHERE family = ? AND variant = ?", (record.family, record.variant))
        self._sql.execute(
            "DELETE FROM recent WHERE time = ? AND family = ? AND variant = ?",
            (record.time, record.family, record.variant),
        )
        self._sql.execute(
            "DELETE FROM unfinished WHERE lane = ? AND family = ? AND variant = ?",
            (record.context.lane, record.family, record.variant),
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
        cache = self._known.contexts
        found = cache.get((source, record.context))
        if found is not None:
            return found
        columns = (source, *msgspec.structs.astuple(record.context))
        hashed = identity(*columns)
        row = self._sql.execute("SELECT id FROM contexts WHERE hash = ?", (hashed,)).fetchone()
        if row is None:
            row = self._sql.execute(
                f"INSERT INTO contexts (hash, {CONTEXT_COLUMNS}) VALUES (?{',?' * len(columns)}) RETURNING id",
                (hashed, *columns),
            ).fetchone()
        if len(cache) > 50_000:
            cache.clear()
        cache[(source, record.context)] = row[0]
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
    old = before.record if before else None
    new_tokens = after.record.tokens.new - (old.tokens.new if old else 0)
    cache_read = after.record.cache_read - (old.cache_read if old else 0)
    listed = None if after.listed is None else max(0, after.listed - ((before.listed or 0) if before else 0))
    return Change(after.record, max(0, new_tokens), max(0, cache_read), listed)


def write_sums(connection: sqlite3.Connection, sums: SlotSums) -> None:
    changes = sums.changes()
    connection.executemany(
        "INSERT INTO slots VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (slot, context) DO UPDATE SET "
        "requests = requests + excluded.requests, input = input + excluded.input, "
        "cache_read = cache_read + excluded.cache_read, "
        "cache_write_5m = cache_write_5m + excluded.cache_write_5m, "
        "cache_write_1h = cache_write_1h + excluded.cache_write_1h, output = output + excluded.output, "
        "reasoning = reasoning + excluded.reasoning, listed = listed + excluded.listed, "
        "unpriced = unpriced + excluded.unpriced, uncertain = uncertain + excluded.uncertain",
        changes,
    )
    connection.executemany(
        "DELETE FROM slots WHERE slot = ? AND context = ? AND requests = 0",
        [change[:2] for change in changes if change[2] <= 0],
    )
