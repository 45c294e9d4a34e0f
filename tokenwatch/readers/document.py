"""JSON documents that are written anew as a whole: decoding one, however it was left.

Owns the lenient decoding of a document. Does not own reading the file or what its fields mean. A writer may be
between emptying and writing when the file is read: what cannot be decoded is told apart from what is empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

import msgspec

from tokenwatch.readers.protocol import MALFORMED, Carry, ReadResult

_decode: Final = msgspec.json.Decoder().decode
_UNREADABLE: Final = (ValueError, RecursionError)
"""What decoding raises: msgspec's errors and those of text encodings are ValueErrors."""


def decoded(data: bytes) -> Any:
    """The document's value; None if it cannot be decoded, or says nothing.

    What crashes leave behind (a byte order mark, runs of NUL) is passed over; bytes that are no UTF-8 become U+FFFD.
    """
    try:
        return _decode(data)
    except _UNREADABLE:
        pass
    cleaned = data.decode("utf-8", "replace").strip("\0\ufeff\t\r\n ")
    if not cleaned.startswith(("{", "[")):
        return None
    try:
        return _decode(cleaned.encode())
    except _UNREADABLE:
        pass
    try:
        # Takes half surrogate pairs, which a program writes when it cuts a text; they become "?".
        found = json.loads(cleaned, parse_constant=_no_constant)
        return _decode(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    except _UNREADABLE:
        return None


def not_decoded(data: bytes, carry: Carry) -> ReadResult:
    """What a reader returns for a document that cannot be decoded: nothing new, and what it knew."""
    return ReadResult(carry=carry, skipped={MALFORMED: 1} if data.strip(b"\0\xef\xbb\xbf\t\r\n ") else {})


def mapping(value: Any) -> Mapping[str, Any]:
    """A value that is an object; an empty one if it is anything else."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a list; none if it is anything else."""
    if isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, dict))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
