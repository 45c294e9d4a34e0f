"""Families: entries that may be the same response, and which of them count.

Owns merging, the readers' rules for families, and finishing placeholders by counts found elsewhere. Does not own
statements on records (writing.py) or entries that no other can be (entry.py).

A family with several entries, or with one whose mark is above zero, keeps them all in the table ``entries``, because
a later one may change which of them count.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Amendment, Record, larger
from tokenwatch.ledger.change import Settle
from tokenwatch.ledger.rows import SELECT_ROWS, Row
from tokenwatch.ledger.writing import Writing

log = logging.getLogger(__name__)

_CHUNK: Final = 400
_CHILDREN: Final = "SELECT family FROM entries WHERE parent = ? AND parent <> ''"
"""The second condition is the index's own, without which it is not used."""

_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Record).decode

Variants = dict[int, Row]


class Families:
    def __init__(self, writing: Writing, rules: Mapping[str, Settle]) -> None:
        self._writing = writing
        self._sql = writing.sql
        self._rules = rules
        self._failed: set[str] = set()
        self._copied: set[tuple[int, int, int]] = set()
        """(family, variant, source) of entries that stand in several sources."""

    def enter(self, came: Iterable[tuple[Record, int]]) -> None:
        """Entries with their sources, of families that are known or have several."""
        families: dict[int, Variants] = {}
        for record, source in came:
            variants = families.setdefault(record.family, {})
            other, row = variants.get(record.variant), Row(record, source)
            if other is not None and other.source != source:
                self._note_copies(record, other.source, source)
            variants[record.variant] = row if other is None else _merge(other, row)
            # Known as soon as it has entries, also if none of them counts in the end.
            self._writing.known.see(self._sql, record.agent, record.session)
        order = sorted(families)
        counted, raw = self._load(order)
        for family in order:
            self._enter(family, families[family], counted.get(family, {}), raw.get(family, {}))
        self._sql.executemany("INSERT OR IGNORE INTO copies VALUES (?, ?, ?)", sorted(self._copied))
        self._copied.clear()

    def _note_copies(self, record: Record, *sources: int) -> None:
        self._copied.update((record.family, record.variant, source) for source in sources)

    def settle_children(self, sessions: Iterable[tuple[str, str]]) -> None:
        """These sessions became known: families of forks that name them as their parent are judged again."""
        found = {
            family for _, session in sessions if session for (family,) in self._sql.execute(_CHILDREN, (session,))
        }
        order = sorted(found)
        counted, raw = self._load(order)
        for family in order:
            self._settle(raw[family], counted.get(family, {}))

    def amend(self, amendments: Sequence[Amendment]) -> None:
        """Finish placeholders with counts found elsewhere, whichever of the two was read first."""
        self._sql.executemany(
            "INSERT OR IGNORE INTO amendments VALUES (?, ?, ?, ?, ?, ?, ?)",
            [msgspec.structs.astuple(amendment)[1:] for amendment in amendments],
        )
        lanes = self._writing.lanes | {amendment.lane for amendment in amendments}
        self._writing.known.write(self._sql)
        for lane in sorted(lanes):
            known = self._sql.execute(
                "SELECT input, cache_read, cache_write_5m, cache_write_1h, output, reasoning FROM amendments "
                "WHERE lane = ? ORDER BY output DESC",
                (lane,),
            ).fetchall()
            if not known:
                continue
            query = (
                SELECT_ROWS + "JOIN unfinished u ON u.family = r.family AND u.variant = r.variant WHERE u.lane = ?"
            )
            rows = [Row.of(values) for values in self._sql.execute(query, (lane,))]
            rows.sort(key=lambda row: (row.record.time, row.record.family, row.record.variant))
            for *prompt, output, reasoning in known:
                self._amend_latest(rows, prompt, output, reasoning)

    def _amend_latest(self, rows: list[Row], prompt: list[Any], output: int, reasoning: int) -> None:
        for row in reversed(rows):
            record = row.record
            side = [record.input, record.cache_read, record.cache_write_5m, record.cache_write_1h]
            if side == prompt and record.output < output:
                finished = msgspec.structs.replace(
                    record, output=output, reasoning=reasoning, final=True, uncertain=False
                )
                logged = (record.output, record.reasoning, record.uncertain)
                self._writing.replace(row, Row(finished, row.source, logged=logged))
                rows.remove(row)
                return

    def _load(self, families: Sequence[int]) -> tuple[dict[int, Variants], dict[int, Variants]]:
        """What the ledger holds of these families: rows that count, and raw entries."""
        counted: dict[int, Variants] = {}
        raw: dict[int, Variants] = {}
        self._writing.known.write(self._sql)  # rows refer to contexts, which must be there to be joined
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

    def _enter(
        self, family: int, came: Mapping[int, Row], counted: Mapping[int, Row], raw: Mapping[int, Row]
    ) -> None:
        known = dict(raw) if raw else {variant: row.as_logged() for variant, row in counted.items()}
        merged = dict(known)
        for variant, row in came.items():
            other = merged.get(variant)
            if other is not None and other.source != row.source:
                self._note_copies(row.record, other.source, row.source)
            merged[variant] = row if other is None else _merge(other, row)
        simple = not raw and len(merged) == 1 and all(row.record.mark <= 0 for row in merged.values())
        if simple:
            (variant, row) = next(iter(merged.items()))
            self._replace(counted.get(variant), row)
            return
        for variant, row in merged.items():
            before = raw.get(variant)
            self._writing.known.parents.add(row.record.context.parent_session)
            if before is None or before.record != row.record:
                self._sql.execute(
                    "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)",
                    (family, variant, row.source, row.record.context.parent_session, _encode(row.record)),
                )
        self._settle(merged, counted)

    def _settle(self, entries: Mapping[int, Row], counted: Mapping[int, Row]) -> None:
        count = {record.variant: record for record in self._judged([row.record for row in entries.values()])}
        for variant, before in counted.items():
            if variant not in count:
                self._writing.remove(before)
        for variant, record in count.items():
            source = entries[variant].source if variant in entries else next(iter(entries.values())).source
            self._replace(counted.get(variant), Row(record, source))

    def _judged(self, records: Sequence[Record]) -> Sequence[Record]:
        """Those that count. Of a rule that fails, the largest: a lower bound, and never counted twice."""
        agent = records[0].agent
        rule = self._rules.get(agent)
        if rule is None:
            return records
        try:
            return rule(records, lambda session: self._seen(agent, session))
        except sqlite3.Error:
            raise  # from asking for a session
        except Exception:
            # A plug-in may fail; the rest is entered. Said once a transaction.
            if agent not in self._failed:
                log.exception("the rule of reader %s failed", agent)
            self._failed.add(agent)
            return [msgspec.structs.replace(reduce(larger, records), uncertain=True)]

    def _seen(self, agent: str, session: str) -> bool:
        return self._writing.known.seen(self._sql, agent, session)

    def _replace(self, before: Row | None, after: Row) -> None:
        """A row that was amended stays so while the entry stays that it was made from, else see :meth:`amend`."""
        logged = None if before is None else before.as_logged()
        if logged is None or logged.record != after.record or logged.source != after.source:
            self._writing.replace(before, after)


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
