"""Entries: the fields of one logged object, read by name whatever kind of value stands there.

Owns that lenient reading, for agents whose logs are small enough to need no typed decoder of their own, and the sums
that their readers share. Does not own finding lines (jsonl.py) and knows no agent's fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from tokenwatch.base.money import NANO
from tokenwatch.readers.jsonl import MAX_COUNT, Fields, count, hits, line_fields, milliseconds, plain_value, text

MOST_REPORTED: Final = 10_000
"""Dollars; an entry that says it cost more is not believed."""

_list: Final = msgspec.json.Decoder(list[msgspec.Raw]).decode
_NULL: Final = b"null"
_UNREADABLE: Final = (ValueError, RecursionError)


class Entry:
    """An object of a log. What is missing, null or of another kind is empty: ``""``, 0, None or an empty entry."""

    __slots__ = ("_fields",)

    def __init__(self, found: Fields) -> None:
        self._fields = found

    @classmethod
    def of(cls, data: bytes) -> Entry | None:
        """The object that ``data`` holds; None if it holds none."""
        found = line_fields(data)
        return None if found is None else cls(found)

    def __bool__(self) -> bool:
        return bool(self._fields)

    def __contains__(self, name: str) -> bool:
        """Whether there is a value other than null."""
        found = self._fields.get(name)
        return found is not None and bytes(found) != _NULL

    def __iter__(self) -> Iterator[str]:
        """The names of all fields."""
        return iter(self._fields)

    def value(self, name: str) -> Any:
        """As Python has it; None for nothing."""
        return plain_value(self._fields.get(name))

    def text(self, *names: str) -> str:
        """The first of these fields that is a text and not empty."""
        for name in names:
            found = text(self.value(name))
            if found:
                return found
        return ""

    def count(self, *names: str) -> int:
        """The first of these fields that is there, as a token count."""
        for name in names:
            if name in self:
                return count(self.value(name))
        return 0

    def time(self, *names: str) -> int | None:
        """The first of these fields that is a possible time, in milliseconds."""
        for name in names:
            found = milliseconds(self.value(name))
            if found is not None:
                return found
        return None

    def dollars(self, name: str) -> int | None:
        """An amount in dollars as nano-dollars; None if there is none, or none that can be."""
        found = self.value(name)
        if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= MOST_REPORTED:
            return None
        return round(found * NANO)

    def is_true(self, name: str) -> bool:
        return self.value(name) is True

    def inside(self, *path: str) -> Entry:
        """The object at ``path``; empty if any step of it is none."""
        found = self
        for name in path:
            raw = found._fields.get(name)
            found = Entry(line_fields(bytes(raw)) or {}) if raw is not None else Entry({})
        return found

    def entries(self, name: str) -> list[Entry]:
        """The objects of a list."""
        raw = self._fields.get(name)
        return [] if raw is None else entries_of(bytes(raw))


def entries_of(data: bytes) -> list[Entry]:
    """The objects of a list; none if ``data`` holds no list."""
    return listed(data) or []


def listed(data: bytes) -> list[Entry] | None:
    """The objects of a list, however crashes left it (see ``jsonl.line_fields``); None if ``data`` holds none."""
    try:
        found = _list(data)
    except _UNREADABLE:
        cleaned = data.decode("utf-8", "replace").strip("\0\ufeff\t\r\n ")
        try:
            found = _list(cleaned.encode())
        except _UNREADABLE:
            return None
    return [Entry(fields) for raw in found if (fields := line_fields(bytes(raw))) is not None]


def lines(data: bytes, needles: Sequence[bytes]) -> Iterator[tuple[int, Entry | None]]:
    """(begin, entry) of every line that holds one of ``needles``, in order; None for one that is no JSON object."""
    for begin, end in hits(data, needles):
        yield begin, Entry.of(data[begin:end])


def without_cached(given: int, read: int, written: int = 0) -> tuple[int, int, int]:
    """(input, cache read, cache write) that do not overlap, of a prompt's size that includes both.

    Parts that exceed the whole are cut: nothing is counted that the prompt did not have.
    """
    read = min(read, given)
    written = min(written, given - read)
    return given - read - written, read, written


def added(*counts: int) -> int:
    """Their sum, no larger than a count may be."""
    return min(sum(counts), MAX_COUNT)


def of_first(found: Iterable[Entry]) -> Entry:
    """The first that is not empty, else an empty one."""
    return next((entry for entry in found if entry), Entry({}))
