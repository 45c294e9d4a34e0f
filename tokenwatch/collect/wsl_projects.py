"""Projects of agents inside WSL that work on a drive of Windows: told as Windows calls them.

Owns that translation, so that one folder is one project whichever side an agent ran on. Does not own where homes
inside WSL are (places.py). Agents there see the drive C: as ``/mnt/c``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from tokenwatch.base.usage import Context
from tokenwatch.collect.places import is_inside_wsl
from tokenwatch.readers.protocol import ReadResult, TurnEvent

_DRIVE: Final = re.compile(r"/mnt/([a-z])(?:/|$)")


def named_by_windows(project: str) -> str:
    """``/mnt/c/work`` as ``C:\\work``; any other path as it is."""
    found = _DRIVE.match(project)
    if found is None:
        return project
    below = project[found.end() :].rstrip("/").replace("/", "\\")
    return f"{found[1].upper()}:\\{below}"


def with_windows_projects(result: ReadResult, path: str) -> ReadResult:
    """``result`` of the source at ``path``; as it is unless that is inside WSL."""
    if not _is_inside(path) or not any(_DRIVE.match(record.context.project) for record in result.records):
        return result
    made: dict[int, Context] = {}
    records = []
    for record in result.records:
        context = made.get(id(record.context))
        if context is None:
            project = named_by_windows(record.context.project)
            context = made[id(record.context)] = msgspec.structs.replace(record.context, project=project)
        records.append(msgspec.structs.replace(record, context=context))
    return msgspec.structs.replace(result, records=records)


def turns_of_windows(events: Iterable[TurnEvent], path: str) -> list[TurnEvent]:
    """As :func:`with_windows_projects`, of what the live state is told."""
    if not _is_inside(path):
        return list(events)
    return [msgspec.structs.replace(event, project=named_by_windows(event.project)) for event in events]


def _is_inside(path: str) -> bool:
    return path.startswith("\\\\") and is_inside_wsl(Path(path))
