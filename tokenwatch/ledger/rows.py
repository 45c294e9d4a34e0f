"""Rows of the ledger as records, and back.

Owns the order of columns, what seldom differs from its default and is packed into one, and the sums kept by slot.
Does not run statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context, Record
from tokenwatch.ledger.formats import SLOT_MS, SLOTS_A_DAY

SELECT_ROWS: Final = (
    "SELECT r.family, r.variant, r.time, r.input, r.cache_read, r.cache_write_5m, r.cache_write_1h, r.output, "
    "r.reasoning, r.listed, r.more, r.context, c.source, k.agent, s.session, k.model, coalesce(p.session, ''), "
    "c.agent_id, k.project, k.branch, k.provider, k.tier, k.geo, c.rank, c.lane, c.origin, "
    "k.estimated "
    "FROM records r JOIN contexts c ON c.id = r.context JOIN kinds k ON k.id = c.kind "
    "JOIN sessions s ON s.id = c.session "
    "LEFT JOIN sessions p ON p.id = c.parent "
)

RECORD_MARKS: Final = "?,?,?,?,?,?,?,?,?,?,?,?"


class More(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """What most records leave at its default."""

    web_search: int = 0
    cost_reported: int | None = None
    uncertain: bool = False
    final: bool = True
    mark: int = 0
    logged: tuple[int, int, bool] | None = None
    """Of a placeholder that was finished by counts found elsewhere: output, reasoning, and if it was uncertain."""


_USUAL: Final = More()
_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(More).decode


class Row:
    """A record that counts, with its source, context and listed cost (nano-dollars, None if unpriced).

    ``logged``: see :class:`More`.
    """

    __slots__ = ("context", "listed", "logged", "record", "source")

    def __init__(
        self,
        record: Record,
        source: int,
        context: int = 0,
        listed: int | None = None,
        logged: tuple[int, int, bool] | None = None,
    ) -> None:
        self.record = record
        self.source = source
        self.context = context
        self.listed = listed
        self.logged = logged

    @classmethod
    def of(cls, row: Sequence[Any]) -> Row:
        """From a row of :data:`SELECT_ROWS`."""
        more = _USUAL if row[10] is None else _unpack(row[10])
        record = Record(
            context=Context(*row[13:27]),
            family=row[0],
            variant=row[1],
            time=row[2],
            input=row[3],
            cache_read=row[4],
            cache_write_5m=row[5],
            cache_write_1h=row[6],
            output=row[7],
            reasoning=row[8],
            web_search=more.web_search,
            cost_reported=more.cost_reported,
            uncertain=more.uncertain,
            final=more.final,
            mark=more.mark,
        )
        return cls(record, row[12], row[11], row[9], more.logged)

    def as_logged(self) -> Row:
        """The row as it was before it was finished by counts found elsewhere, if it was."""
        if self.logged is None:
            return self
        output, reasoning, uncertain = self.logged
        record = msgspec.structs.replace(
            self.record, output=output, reasoning=reasoning, final=False, uncertain=uncertain
        )
        return Row(record, self.source)

    def values(self) -> tuple[int | bytes | None, ...]:
        """For INSERT: the columns of records, in the order of the table."""
        *values, more = values_of(self.record, self.context, self.listed)
        return (*values, more if self.logged is None else _more(self.record, self.logged))


def source_of(row: Sequence[Any]) -> int:
    """The source of a row of :data:`SELECT_ROWS`."""
    source: int = row[12]
    return source


def values_of(record: Record, context: int, listed: int | None) -> tuple[int | bytes | None, ...]:
    """See :meth:`Row.values`."""
    return (
        record.family,
        record.variant,
        record.time,
        context,
        record.input,
        record.cache_read,
        record.cache_write_5m,
        record.cache_write_1h,
        record.output,
        record.reasoning,
        listed,
        more_of(record),
    )


def _more(record: Record, logged: tuple[int, int, bool] | None = None) -> bytes:
    return _pack(More(record.web_search, record.cost_reported, record.uncertain, record.final, record.mark, logged))


def more_of(record: Record) -> bytes | None:
    """The last of :meth:`Row.values`."""
    usual = record.final and not record.mark and not record.web_search and not record.uncertain
    return None if usual and record.cost_reported is None else _more(record)


class SlotSums:
    """Changes to the sums by (slot, context), collected while rows change and applied once."""

    __slots__ = ("_sums",)

    def __init__(self) -> None:
        self._sums: dict[tuple[int, int], list[int]] = {}

    def add(self, record: Record, context: int, listed: int | None, sign: int = 1) -> None:
        sums = self.of(record.time // SLOT_MS, context)
        sums[0] += sign
        sums[1] += sign * record.input
        sums[2] += sign * record.cache_read
        sums[3] += sign * record.cache_write_5m
        sums[4] += sign * record.cache_write_1h
        sums[5] += sign * record.output
        sums[6] += sign * record.reasoning
        if listed is None:
            sums[8] += sign
        else:
            sums[7] += sign * listed
        if record.uncertain:
            sums[9] += sign

    @property
    def since(self) -> int | None:
        """Begin of the earliest slot in it, milliseconds."""
        return min(slot for slot, _ in self._sums) * SLOT_MS if self._sums else None

    def of(self, slot: int, context: int) -> list[int]:
        """The sums of one slot and context, to be added to: requests, five counts of tokens, reasoning, listed cost,
        how many are unpriced, and how many uncertain."""
        sums = self._sums.get((slot, context))
        if sums is None:
            sums = self._sums[(slot, context)] = [0] * 10
        return sums

    def changes_by_day(self) -> list[tuple[int, ...]]:
        """As :meth:`changes`, by day of UTC instead of slot."""
        days: dict[tuple[int, int], list[int]] = {}
        for (slot, context), sums in self._sums.items():
            key = (slot // SLOTS_A_DAY, context)
            before = days.get(key)
            days[key] = sums if before is None else [one + other for one, other in zip(before, sums, strict=True)]
        return [(*key, *sums) for key, sums in days.items() if any(sums)]

    def changes(self) -> list[tuple[int, ...]]:
        return [(*key, *sums) for key, sums in self._sums.items() if any(sums)]
