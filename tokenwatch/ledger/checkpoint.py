"""How far a source has been read, and what one reading of it brought.

Owns the values that travel from the collector to the ledger. Does not own reading or SQL.
"""

from __future__ import annotations

import msgspec

from tokenwatch.base.usage import Amendment, Record


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
