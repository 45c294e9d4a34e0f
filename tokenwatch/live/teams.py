"""Teams: which session a process works for that only says of which team it is a member.

Owns reading agents' files about teams, with limits, and only while such a process runs. Does not know their format
(readers do) or what follows for the count (sessions.py).
"""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from tokenwatch.base.paths import Paths
from tokenwatch.live.programs import ProcessInfo
from tokenwatch.live.registry import read_small
from tokenwatch.readers.protocol import ListsTeams, Reader, Team

log = logging.getLogger(__name__)

MOST_BYTES: Final = 256 * 1024
"""A file about a team also holds what its members were told to do."""

MOST_TEAMS: Final = 256


class Teams:
    def __init__(self, readers: Iterable[Reader], paths: Paths) -> None:
        self._readers = {reader.agent.id: reader for reader in readers if isinstance(reader, ListsTeams)}
        self._paths = paths
        self._known: dict[Path, tuple[tuple[int, int, int], Team | None]] = {}

    def placed(self, processes: Sequence[ProcessInfo]) -> tuple[ProcessInfo, ...]:
        """``processes``; members with what their team's file says: whom they work for and what kind they are."""
        agents = {process.agent for process in processes if process.team} & self._readers.keys()
        teams = {agent: self._teams(agent) for agent in agents}
        return tuple(
            _member(process, teams[process.agent]) if process.team and process.agent in teams else process
            for process in processes
        )

    def _teams(self, agent: str) -> dict[str, Team]:
        reader = self._readers[agent]
        found: dict[str, Team] = {}
        try:
            assert isinstance(reader, ListsTeams)
            for path in islice(reader.teams(self._paths), MOST_TEAMS):
                team = self._read(reader, path)
                if team is not None:
                    found[team.name] = team
        except Exception:
            log.exception("reader %s failed on its teams", agent)
        return found

    def _read(self, reader: ListsTeams, path: Path) -> Team | None:
        try:
            status = path.lstat()
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        seen = (status.st_ino, status.st_size, status.st_mtime_ns)
        known = self._known.get(path)
        if known is None or known[0] != seen:
            data = read_small(path, MOST_BYTES)
            known = self._known[path] = (seen, None if data is None else reader.team(path, data))
            while len(self._known) > MOST_TEAMS:
                del self._known[next(iter(self._known))]
        return known[1]


def _member(process: ProcessInfo, teams: dict[str, Team]) -> ProcessInfo:
    team = teams.get(process.team)
    if team is None:
        return process
    return replace(
        process,
        parent_session=process.parent_session or team.lead,
        kind=dict(team.kinds).get(process.member, ""),
    )
