"""Spawns: what an agent's own database says of the sub-agents that its sessions started, and which are over.

Owns asking that database, only while sub-agents seem to run and only when it changed. Does not know its tables
(readers do) or what follows for the count (memory.py).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from tokenwatch.base.errors import SourceError
from tokenwatch.base.paths import Paths
from tokenwatch.readers.protocol import ListsSpawns, Reader, Spawn

log = logging.getLogger(__name__)

MOST_SPAWNS: Final = 400
"""The latest ones of a database; those before are long over."""

_COMPANIONS: Final = ("", "-wal")
State = tuple[tuple[int, int], ...]


class Spawns:
    """``monotonic`` gives seconds, for the limit on how long a database may take."""

    def __init__(self, readers: Iterable[Reader], paths: Paths, monotonic: Callable[[], float]) -> None:
        self._readers = {reader.agent.id: reader for reader in readers if isinstance(reader, ListsSpawns)}
        self._paths = paths
        self._monotonic = monotonic
        self._seen: dict[Path, State] = {}

    def news(self, agents: Iterable[str]) -> list[tuple[str, Spawn]]:
        """(agent, spawn) of those agents whose database is another one than at the last call. Raises nothing."""
        found = []
        for agent in agents:
            reader = self._readers.get(agent)
            if reader is None:
                continue
            try:
                for path in reader.spawn_databases(self._paths):
                    found += [(agent, spawn) for spawn in self._of(reader, path)]
            except Exception:
                log.exception("reader %s failed on its spawns", agent)
        return found

    def _of(self, reader: ListsSpawns, path: Path) -> list[Spawn]:
        from tokenwatch.readers.database.pages import Database

        state = state_of(path)
        if not state or state == self._seen.get(path):
            return []
        try:
            with Database(str(path), self._monotonic) as database:
                rows = database.last_page((reader.spawn_query,), MOST_SPAWNS, 0).rows
        except SourceError as error:
            log.debug("spawns are not known: %s", error)
            return []
        self._seen[path] = state
        return list(reader.spawns(rows.get(reader.spawn_query.name, ())))


def state_of(path: Path) -> State:
    """Size and time of a database and of what is not in it yet; empty without one."""
    found = []
    for companion in _COMPANIONS:
        try:
            status = path.with_name(path.name + companion).stat()
        except (OSError, ValueError):
            continue
        found.append((status.st_size, status.st_mtime_ns))
    return tuple(found)
