"""In which line of a TOML text each entry stands, which the standard parser does not tell.

Owns the search for lines. Does not own reading values: the text was already read and found valid.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any, Final

from tokenwatch.base.translation import tr

Entry = tuple[str, ...]
"""An entry's keys from the outermost table to itself."""

_EFFORT: Final = 500_000
"""Characters parsed before the search gives up; only absurdly long multi-line values reach it."""

_DEPTH: Final = 8
"""Entries nested deeper are not listed; no file made by a person has them."""


def lines_of(text: str) -> dict[Entry, int]:
    """Every entry and table header with the line, from 1, in which its statement begins.

    The text is cut into statements: lines are joined until they parse on their own, so keys inside multi-line
    strings and lists are never mistaken for entries. Of an array of tables only the first of each entry is listed,
    without its place in the array. What stands too deep or after an absurdly long value is left out.
    """
    found: dict[Entry, int] = {}
    table: Entry = ()
    statement: list[str] = []
    effort = _EFFORT
    for number, line in enumerate(text.split("\n"), start=1):
        statement.append(line)
        joined = "\n".join(statement)
        effort -= len(joined)
        if effort < 0:
            break
        try:
            content = tomllib.loads(joined)
        except (ValueError, RecursionError):
            continue
        begin = number - len(statement) + 1
        if joined.lstrip().startswith("["):
            table = _header(content)
            _note(found, table, begin)
        else:
            _walk(found, table, content, begin)
        statement = []
    return found


def _header(content: Mapping[str, Any]) -> Entry:
    keys: list[str] = []
    value: Any = content
    while isinstance(value, Mapping) and value and len(keys) < _DEPTH:
        key, value = next(iter(value.items()))
        keys.append(key)
    return tuple(keys)


def _walk(found: dict[Entry, int], table: Entry, content: Mapping[str, Any], line: int) -> None:
    for key, value in content.items():
        entry = (*table, key)
        _note(found, entry, line)
        if isinstance(value, Mapping) and len(entry) < _DEPTH:
            _walk(found, entry, value, line)


def _note(found: dict[Entry, int], entry: Entry, line: int) -> None:
    """The first mention counts, also for the tables that the entry implies."""
    for length in range(1, len(entry) + 1):
        found.setdefault(entry[:length], line)


def place(name: str, line: int) -> str:
    """How sentences call a line of a file; the file alone if the line is 0."""
    return tr("{file} line {line}", file=name, line=line) if line else name
