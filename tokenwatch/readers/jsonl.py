"""Append-only JSONL: finding the lines that matter, and reading fields, numbers and times that may be written anyhow.

Owns the fast search for needles in whole lines and the lenient reading of what a typed decoder refuses. Does not know
any agent's fields. Every byte is touched once by a vector search; only lines with a hit are decoded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NoReturn, TypeVar

import msgspec
import stringzilla

MAX_COUNT: Final = 10**10
"""Counts above this are absurd and refused (the largest real total is far below)."""

MIN_TIME: Final = 1_640_995_200_000
"""2022-01-01: nothing that logs tokens is older."""

MAX_TIME: Final = 4_102_444_800_000
"""2100-01-01."""

T = TypeVar("T")

Fields = Mapping[str, msgspec.Raw]
"""An object's values by name, not decoded yet."""

_moment_of: Final = datetime.fromisoformat
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_fields: Final = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_value: Final = msgspec.json.Decoder().decode
_UNREADABLE: Final = (ValueError, RecursionError)
"""What decoding raises: msgspec's errors and those of text encodings are ValueErrors."""


def hits(data: bytes, needles: Sequence[bytes]) -> list[tuple[int, int]]:
    """(begin, end) of every line that holds one of ``needles``, each line once, in order.

    ``data`` is whole lines; ``end`` is before the line feed and a carriage return before it. A needle in
    quotes that stands unescaped in a line can only be a whole JSON string, so text cannot imitate it.
    """
    if len(needles) == 1:
        return list(each_hit(data, needles[0]))
    return sorted({span for needle in needles for span in each_hit(data, needle)})


def each_hit(data: bytes, needle: bytes) -> Iterator[tuple[int, int]]:
    """As :func:`hits`, of one needle, searched for as they are asked for."""
    find, newline, line_begin = stringzilla.Str(data).find, data.find, data.rfind
    at = find(needle)
    while at >= 0:
        begin = line_begin(b"\n", 0, at) + 1
        end = newline(b"\n", at)
        if end < 0:
            end = len(data)
        yield begin, end - 1 if data[end - 1] == 13 else end
        at = find(needle, end)


def decoded(
    data: bytes, needles: Sequence[bytes], typed: Callable[[memoryview], T], loose: Callable[[Fields], T | None]
) -> list[tuple[int, T | None]]:
    """(begin, line) of every line that holds one of ``needles``, in order; None for one that is no JSON.

    ``typed`` decodes lines that are as they should be, quickly; what it refuses with a ValueError or RecursionError
    is given to ``loose`` as undecoded fields. Both must agree on every line that ``typed`` takes; that is tested.
    ``loose`` may give None for a line that matters to nobody, which is passed over.
    """
    view = memoryview(data)
    spans = hits(data, needles)
    try:
        return [(begin, typed(view[begin:end])) for begin, end in spans]
    except _UNREADABLE:
        pass
    lines: list[tuple[int, T | None]] = []
    for begin, end in spans:
        try:
            lines.append((begin, typed(view[begin:end])))
        except _UNREADABLE:
            found = line_fields(data[begin:end])
            line = None if found is None else loose(found)
            if found is None or line is not None:
                lines.append((begin, line))
    return lines


def line_fields(line: bytes) -> Fields | None:
    """The fields of a line that holds an object; None if it does not, even without what crashes leave behind.

    That is a byte order mark, runs of NUL, bytes that are no UTF-8 (they become U+FFFD), and half surrogate pairs,
    which a program writes when it cuts a text (they become "?").
    """
    try:
        return _fields(line)
    except _UNREADABLE:
        pass
    cleaned = line.decode("utf-8", "replace").strip("\0\ufeff\t\r ")
    if not cleaned.startswith("{"):
        return None
    try:
        return _fields(cleaned.encode())
    except _UNREADABLE:
        pass
    import json  # which is seldom needed

    try:
        found = json.loads(cleaned, parse_constant=_no_constant)
        return _fields(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    except _UNREADABLE:
        return None


def object_fields(value: msgspec.Raw | None) -> Fields | None:
    """The fields of a value, None if it is no object."""
    return None if value is None else line_fields(bytes(value))


def fields(value: msgspec.Raw | None) -> Fields:
    """The fields of a value that is an object; none if it is anything else."""
    return object_fields(value) or {}


def plain_value(value: msgspec.Raw | None) -> Any:
    """A value as Python has it; None for nothing and for what cannot be read."""
    if value is None:
        return None
    try:
        return _value(value)
    except UnicodeDecodeError:
        pass
    except _UNREADABLE:
        return None
    try:
        return _value(bytes(value).decode("utf-8", "replace").encode())
    except _UNREADABLE:
        return None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def count(value: Any) -> int:
    """A token count written as number, text, null or nonsense: 0..MAX_COUNT, absurd ones are 0."""
    if type(value) is int:
        return value if 0 <= value <= MAX_COUNT else 0
    if value is None or isinstance(value, bool):
        return 0
    if isinstance(value, str):
        if len(value) > 24:
            return 0
        try:
            value = float(value)
        except ValueError:
            return 0
    if isinstance(value, float):
        return int(value) if 0 <= value <= MAX_COUNT else 0  # NaN and infinity fail both comparisons
    return 0


def text(value: Any) -> str:
    """A string that SQLite and UTF-8 can hold; anything else is empty."""
    if not isinstance(value, str):
        return ""
    if value.isascii():
        return value
    return value.encode("utf-8", "replace").decode("utf-8")


def milliseconds(value: Any) -> int | None:
    """A time as ISO 8601 text or a bare number of s, ms, µs or ns, as milliseconds UTC; None if impossible."""
    if isinstance(value, str):
        if value[4:5] == "-":
            return _of_iso(value) if len(value) <= 40 else None
        if len(value) > 40:
            return None
        try:
            # Before ISO, because some plain numbers are also dates in its basic format: 1711201512345.
            value = float(value)
        except ValueError:
            return _of_iso(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        return None
    for limit, divisor in ((1e11, 0.001), (1e14, 1), (1e17, 1_000), (1e20, 1_000_000)):
        if value < limit:
            ms = round(value * 1000) if divisor == 0.001 else int(value // divisor)
            return ms if MIN_TIME <= ms <= MAX_TIME else None
    return None


def _of_iso(value: str) -> int | None:
    try:
        moment = _moment_of(value)
        if moment.tzinfo is None:
            return None  # local time of an unknown zone cannot be placed
        # Whole numbers: rounding through a float would move a millisecond.
        ms = (moment - _EPOCH) // _MILLISECOND
    except (OverflowError, OSError, ValueError):
        return None
    return ms if MIN_TIME <= ms <= MAX_TIME else None
