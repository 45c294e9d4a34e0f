"""Rows of the ledger as records, and back.

Owns the order of columns, the flags, and the sums kept by slot. Does not run statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from tokenwatch.base.usage import Context, Record
from tokenwatch.ledger.schema import SLOT_MS

UNCERTAIN: Final = 1
UNFINISHED: Final = 2

CONTEXT_COLUMNS: Final = (
    "source, agent, session, model, parent_session, agent_id, project, branch, provider, tier, geo, rank, lane, "
    "origin"
)
"""Of the table of contexts: the source, then the fields of :class:`~tokenwatch.base.usage.Context` in their order."""

RECORD_COLUMNS: Final = (
    "family, variant, time, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, web_search, "
    "reported, listed, flags, mark"
)

SELECT_ROWS: Final = (
    "SELECT r.family, r.variant, r.time, r.input, r.cache_read, r.cache_write_5m, r.cache_write_1h, r.output, "
    "r.reasoning, r.web_search, r.reported, r.listed, r.flags, r.mark, r.context, c.source, c.agent, c.session, "
    "c.model, c.parent_session, c.agent_id, c.project, c.branch, c.provider, c.tier, c.geo, c.rank, c.lane, c.origin "
    "FROM records r JOIN contexts c ON c.id = r.context "
)


class Row:
    """A record that counts, with its source, context and listed cost (nano-dollars, None if unpriced)."""

    __slots__ = ("context", "listed", "record", "source")

    def __init__(self, record: Record, source: int, context: int = 0, listed: int | None = None) -> None:
        self.record = record
        self.source = source
        self.context = context
        self.listed = listed

    @classmethod
    def of(cls, row: Sequence[Any]) -> Row:
        """From a row of :data:`SELECT_ROWS`."""
        flags = row[12]
        record = Record(
            context=Context(*row[16:29]),
            family=row[0],
            variant=row[1],
            time=row[2],
            input=row[3],
            cache_read=row[4],
            cache_write_5m=row[5],
            cache_write_1h=row[6],
            output=row[7],
            reasoning=row[8],
            web_search=row[9],
            cost_reported=row[10],
            uncertain=bool(flags & UNCERTAIN),
            final=not flags & UNFINISHED,
            mark=row[13],
        )
        return cls(record, row[15], row[14], row[11])

    def values(self) -> tuple[int | None, ...]:
        """For INSERT: the columns of records, in the order of the table."""
        record = self.record
        flags = (UNCERTAIN if record.uncertain else 0) | (0 if record.final else UNFINISHED)
        return (
            record.family,
            record.variant,
            record.time,
            self.context,
            record.input,
            record.cache_read,
            record.cache_write_5m,
            record.cache_write_1h,
            record.output,
            record.reasoning,
            record.web_search,
            record.cost_reported,
            self.listed,
            flags,
            record.mark,
        )


class SlotSums:
    """Changes to the sums by (slot, context), collected while rows change and applied once."""

    __slots__ = ("_sums",)

    def __init__(self) -> None:
        self._sums: dict[tuple[int, int], list[int]] = {}

    def add(self, row: Row, sign: int = 1) -> None:
        record = row.record
        key = (record.time // SLOT_MS, row.context)
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = [0] * 10
        sums[0] += sign
        sums[1] += sign * record.input
        sums[2] += sign * record.cache_read
        sums[3] += sign * record.cache_write_5m
        sums[4] += sign * record.cache_write_1h
        sums[5] += sign * record.output
        sums[6] += sign * record.reasoning
        if row.listed is None:
            sums[8] += sign
        else:
            sums[7] += sign * row.listed
        if record.uncertain:
            sums[9] += sign

    def changes(self) -> list[tuple[int, ...]]:
        return [(*key, *sums) for key, sums in self._sums.items() if any(sums)]
