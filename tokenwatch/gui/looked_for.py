"""Looked for: the agents that have a reader, and where their logs are expected, as texts for people.

Owns those texts. Does not own the search (collect) or the places (each reader).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr

if TYPE_CHECKING:
    from tokenwatch.readers.protocol import Reader

_FIRST: Final = ("claude-code", "codex", "gemini-cli", "opencode")
"""Most people look for these."""


class LookedFor(msgspec.Struct, frozen=True):
    """An agent by id, name and letter. ``place`` is the first directory in which it keeps logs."""

    id: str
    name: str
    letter: str
    place: str = ""


def looked_for(readers: Mapping[str, Reader], paths: Paths) -> tuple[LookedFor, ...]:
    """One for each reader: first those that keep logs, the usual ones before others. Looks at the disk."""
    found = []
    for reader in readers.values():
        places = [short_path(root.path, paths.home) for root in reader.roots(paths)]
        more = tr(" and {len} more", len=len(places) - 1) if len(places) > 1 else ""
        place = f"{places[0]}{more}" if places else ""
        found.append(LookedFor(reader.agent.id, reader.agent.name, reader.agent.letter, place))
    return tuple(sorted(found, key=lambda agent: (not agent.place, _usual(agent.id))))


def _usual(agent: str) -> int:
    return _FIRST.index(agent) if agent in _FIRST else len(_FIRST)


def short_path(path: Path, home: Path) -> str:
    """The path as a person writes it, with ~ for the home directory."""
    try:
        return plain(Path("~") / path.relative_to(home), 200)
    except ValueError:
        return plain(path, 200)
