"""Soundness: whether what a reader brought is something that the ledger can hold.

Owns that judgement. Does not own what becomes of the source (reading.py). Readers clean what they read; this contains
the mistakes of one that does not, so that they cost its own source and no other.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tokenwatch.readers.protocol import ReadResult

_MOST: Final = 1 << 34
"""Above every count that a record may have (10**10); a power of two, so that several are compared at once."""

_LEAST_64: Final = -(1 << 63)
_MOST_64: Final = (1 << 63) - 1
_encode: Final = msgspec.msgpack.Encoder().encode


def check(result: ReadResult) -> None:
    """Raise an exception if ``result`` is no result, or has counts or text that no log can have."""
    if type(result) is not ReadResult or type(result.carry) is not bytes:
        raise TypeError(f"it returned {type(result).__name__}")
    context = None
    for record in result.records:
        # Or'ed, they are below zero or too large if one of them is; what is no whole number raises.
        if (
            not 0
            <= (
                record.input
                | record.cache_read
                | record.cache_write_5m
                | record.cache_write_1h
                | record.output
                | record.reasoning
                | record.web_search
            )
            < _MOST
        ):
            raise ValueError(f"it returned an absurd count: {record.tokens}")
        if not (_LEAST_64 <= record.family <= _MOST_64 and _LEAST_64 <= record.variant <= _MOST_64):
            raise ValueError("it returned an identity of more than 64 bits")
        if record.context is not context:
            context = record.context
            _encode(context)
    if result.amendments or result.quotas:
        _encode((result.amendments, result.quotas))
