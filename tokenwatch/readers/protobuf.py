"""Protocol Buffers: the fields of a message whose description is not at hand.

Owns the strict decoding of the wire format. Knows no agent's messages. The bytes may be hostile: nothing is copied
before it is asked for, nothing recurses, and a message with more fields than any real one is refused.

Source of the rules: the encoding that the makers of the format describe. Of a field that stands more than once the
last number counts, and the parts of an embedded message are one message; groups, which are long out of use, are
refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

MOST_FIELDS: Final = 20_000
"""Of one message; what has more is not believed."""

_LARGEST_NUMBER: Final = (1 << 29) - 1
_LARGEST_VALUE: Final = (1 << 64) - 1
_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5

Value = int | memoryview
"""A varint, or the bytes of a field that has a length. Fields of four and eight bytes are passed over."""


class Message:
    """A message's fields by number. What is missing or of another kind is empty: 0, ``""`` or an empty message."""

    __slots__ = ("_fields",)

    def __init__(self, fields: dict[int, list[Value]]) -> None:
        self._fields = fields

    @classmethod
    def of(cls, data: bytes) -> Message | None:
        """The message that ``data`` holds; None if it holds none, or more than one is believed to have."""
        fields: dict[int, list[Value]] = {}
        try:
            for number, value in _fields(memoryview(data)):
                fields.setdefault(number, []).append(value)
        except ValueError:
            return None
        return cls(fields)

    def __bool__(self) -> bool:
        return bool(self._fields)

    def __contains__(self, number: int) -> bool:
        return number in self._fields

    def varint(self, number: int) -> int:
        """0..2**64-1."""
        found = [value for value in self._fields.get(number, ()) if isinstance(value, int)]
        return found[-1] if found else 0

    def text(self, number: int) -> str:
        """Empty if it is no UTF-8."""
        found = [value for value in self._fields.get(number, ()) if isinstance(value, memoryview)]
        try:
            return bytes(found[-1]).decode() if found else ""
        except UnicodeDecodeError:
            return ""

    def inside(self, *numbers: int) -> Message | None:
        """The message embedded at this path; an empty one if there is none, None if its bytes are no message."""
        found: Message = self
        for number in numbers:
            parts = [value for value in found._fields.get(number, ()) if isinstance(value, memoryview)]
            inner = Message.of(b"".join(parts))
            if inner is None:
                return None
            found = inner
        return found

    def first(self, number: int) -> Message | None:
        """The first message of a list of them; otherwise as :meth:`inside`."""
        found = next((value for value in self._fields.get(number, ()) if isinstance(value, memoryview)), b"")
        return Message.of(bytes(found))


def _fields(data: memoryview) -> Iterator[tuple[int, Value]]:
    """Raises ``ValueError`` where the bytes are no message."""
    at, end = 0, len(data)
    for _ in range(MOST_FIELDS):
        if at == end:
            return
        tag, at = _varint(data, at)
        number, kind = tag >> 3, tag & 7
        if not 0 < number <= _LARGEST_NUMBER:
            raise ValueError("no field has this number")
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield number, value
            continue
        if kind == _LENGTH:
            size, at = _varint(data, at)
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            size = 8 if kind == _EIGHT_BYTES else 4
        else:
            raise ValueError("no value is of this kind")
        if size > end - at:
            raise ValueError("the message ends within a field")
        if kind == _LENGTH:
            yield number, data[at : at + size]
        at += size
    if at < end:
        raise ValueError("too many fields")


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    """(number, where it ends)"""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            raise ValueError("the message ends within a number")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            if value > _LARGEST_VALUE:
                break
            return value, at
    raise ValueError("a number of more than 64 bits")
