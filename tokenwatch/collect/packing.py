"""Packing: what a batch of sources brought, on its way from a worker process.

Owns the form between two processes of one program, which is never stored. Records are sent without their contexts,
which are sent once for each source.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context, Record
from tokenwatch.ledger.checkpoint import Reading


class _Packed(msgspec.Struct, gc=False, array_like=True):
    """``reading`` without its records; ``counts`` holds, for each, the number of its context and its other fields."""

    reading: Reading
    contexts: list[Context]
    counts: list[Any]


class Brought(msgspec.Struct, gc=False, array_like=True):
    """Readings of a batch, and why sources could not be read, by path."""

    readings: list[Reading]
    failures: dict[str, str]


class _Frame(msgspec.Struct, gc=False, array_like=True):
    packed: list[_Packed]
    failures: dict[str, str]


_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(_Frame).decode
_fields_of: Final = msgspec.structs.astuple


def pack(brought: Brought) -> bytes:
    return _encode(_Frame([_packed(reading) for reading in brought.readings], brought.failures))


def unpack(data: bytes) -> Brought:
    """What :func:`pack` was given."""
    frame = _decode(data)
    return Brought([_unpacked(entry) for entry in frame.packed], frame.failures)


def _packed(reading: Reading) -> _Packed:
    numbers: dict[int, int] = {}
    contexts: list[Context] = []
    counts: list[Any] = []
    for record in reading.records:
        context = record.context
        number = numbers.get(id(context))
        if number is None:
            number = numbers[id(context)] = len(contexts)
            contexts.append(context)
        counts.append((number, _fields_of(record)[1:]))
    return _Packed(msgspec.structs.replace(reading, records=[]), contexts, counts)


def _unpacked(entry: _Packed) -> Reading:
    contexts = entry.contexts
    records = [Record(contexts[number], *fields) for number, fields in entry.counts]
    return msgspec.structs.replace(entry.reading, records=records)
