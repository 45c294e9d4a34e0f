"""Messages of Protocol Buffers, written for tests: only what the wire format says, by no code that is tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def message(fields: Mapping[int, Any]) -> bytes:
    """Numbers, texts, bytes, messages (as mappings), and lists of these for fields that stand more than once."""
    written = b""
    for number, value in fields.items():
        for one in value if isinstance(value, Sequence) and not isinstance(value, str | bytes) else (value,):
            if isinstance(one, int):
                written += varint(number << 3) + varint(one)
                continue
            held = message(one) if isinstance(one, Mapping) else one.encode() if isinstance(one, str) else one
            written += varint(number << 3 | 2) + varint(len(held)) + held
    return written
