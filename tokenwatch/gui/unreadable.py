"""Unreadable: which folder of an agent cannot be opened, whose it is, and the command that mends it.

Owns looking at the folders on disk, which happens on a thread that may wait. Does not own that something is wrong
(health) or how it is shown (gui/widgets/notice.py).
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from tokenwatch.base.paths import Paths
from tokenwatch.base.rights import closed_part, command_to_read, owner_of
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.text import plain
from tokenwatch.gui.looked_for import short_path
from tokenwatch.gui.words import OWN_PARTS, troubles


class Unreadable(msgspec.Struct, frozen=True):
    """Texts for people; empty where the system has no such thing."""

    folder: str
    owner: str = ""
    rights: str = ""
    """As ``ls -l`` writes them: drwx------"""
    command: str = ""
    """What gives the user the right to read it."""


def unreadable(roots: Iterable[Path], home: Path) -> Unreadable | None:
    """The first of the folders, or of those above them, that is there and may not be opened. Looks at the disk."""
    for root in roots:
        found = closed_part(root)
        if found is not None:
            return _described(*found, home)
    return None


def _described(folder: Path, info: os.stat_result, home: Path) -> Unreadable:
    shown = short_path(folder, home)
    if os.name != "posix":
        return Unreadable(shown)
    # A name that a shell could take for something else is quoted; one with invisible characters is not offered.
    below = shown.removeprefix("~/")
    path = shown if below != shown and shlex.quote(below) == below else shlex.quote(str(folder))
    safe = plain(str(folder), 400) == str(folder)
    command = command_to_read(folder, info, path) if safe else ""
    return Unreadable(shown, owner_of(info), stat.filemode(info.st_mode), command)


class UnreadableFolders(QObject):
    """Looks again whenever other agents fail, or fail since another moment. :attr:`found` comes on the Qt thread."""

    found = Signal(object)
    """Agent id -> :class:`Unreadable`."""

    def __init__(self, paths: Paths, submit: Callable[[Callable[[], None]], object], parent: QObject) -> None:
        super().__init__(parent)
        self._paths, self._submit = paths, submit
        self._asked: frozenset[tuple[str, int | None]] = frozenset()

    def follow(self, snapshot: Snapshot) -> None:
        failing = frozenset((each.part, each.since) for each in troubles(snapshot) if each.part not in OWN_PARTS)
        if failing != self._asked:
            self._asked = failing
            self._submit(lambda: self._look([part for part, _ in failing]))

    def _look(self, parts: list[str]) -> None:
        from tokenwatch.readers.protocol import readers

        known = {reader.agent.id: reader for reader in readers().values()}
        found: dict[str, Unreadable] = {}
        for part in parts:
            reader = known.get(part)
            folders = [root.path for root in reader.roots(self._paths)] if reader is not None else []
            seen = unreadable(folders, self._paths.home)
            if seen is not None:
                found[part] = seen
        self.found.emit(found)


Folders = Mapping[str, Unreadable]
