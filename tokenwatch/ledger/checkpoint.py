"""How far a source has been read, and what one reading of it brought.

Owns the values that travel from the collector to the ledger. Does not own reading or SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from tokenwatch.base.limits import Quota
from tokenwatch.base.usage import Amendment, Record

CHECKPOINT_COLUMNS: Final = (
    "device, number, head, head_size, size, modified, offset, tail, carry, reader, newest, skipped"
)
"""Of the table of sources, in the order of :class:`Checkpoint`'s fields."""

skipped_of: Final = msgspec.json.Decoder(dict[str, int]).decode


class Checkpoint(msgspec.Struct, frozen=True, array_like=True):
    """``modified`` is nanoseconds. ``head`` is a hash of the first ``head_size`` bytes, ``tail`` one of the
    bytes just before ``offset``. ``carry`` belongs to the reader, whose version is ``reader``."""

    device: int
    number: int
    head: bytes
    head_size: int
    size: int
    modified: int
    offset: int
    tail: bytes
    carry: bytes
    reader: int
    newest: int | None = None
    """Time of the newest record read from it, milliseconds."""
    skipped: dict[str, int] = {}
    """Reason -> number of entries that could not be read, since the source's beginning."""


class Reading(msgspec.Struct, frozen=True, array_like=True):
    """What one slice of a source brought. The ledger enters records and checkpoint together."""

    path: str
    agent: str
    checkpoint: Checkpoint
    records: list[Record] = []
    amendments: list[Amendment] = []
    quotas: list[Quota] = []


def checkpoint_of(columns: Sequence[Any]) -> Checkpoint:
    """From the columns of :data:`CHECKPOINT_COLUMNS`."""
    *fields, skipped = columns
    return msgspec.convert((*fields, skipped_of(skipped) if skipped else {}), Checkpoint)


def columns_of(point: Checkpoint) -> tuple[Any, ...]:
    """The values of :data:`CHECKPOINT_COLUMNS`."""
    *fields, skipped = msgspec.structs.astuple(point)
    return (*fields, msgspec.json.encode(skipped).decode() if skipped else "")
