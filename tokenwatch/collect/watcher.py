"""Watching: events of the file system as hints which sources changed.

Owns the observer and which directories it looks at. Does not read files and is never relied upon: events may be
lost without a sign, so the engine also scans everything each minute.

Decisions
---------
*Events of our own reading are not asked for.* Context: opening a source raises open and close events, and reading
on because of them would never end. Decision: only growth, creation, renaming and deletion are asked of the system.

*No event, no watch: poll.* Context: watch limits are small on some systems and network file systems send nothing.
Decision: when a directory cannot be watched, ``polling`` is set with the reason, and the engine scans more often.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver, ObservedWatch

Hint = Callable[[Path], None]


class Watcher:
    """``changed`` gets paths of files, ``structure`` is called when a watched tree may have appeared or vanished.

    Both are called on the observer's thread. ``observer`` makes the observer; given by tests.
    """

    def __init__(
        self, changed: Hint, structure: Callable[[], None], observer: Callable[[], BaseObserver] | None = None
    ) -> None:
        self._changed = changed
        self._structure = structure
        self._make = observer or _observer
        self._observer: BaseObserver | None = None
        self._trees: dict[Path, ObservedWatch] = {}
        self._doors: dict[Path, ObservedWatch] = {}
        self.polling = ""
        """Why not everything can be watched, as a plain sentence; empty when it can."""

    def watch(self, roots: Iterable[Path]) -> None:
        """Watch these trees, and the nearest folder above each that does not exist yet. Call it again at will."""
        trees: set[Path] = set()
        doors: set[Path] = set()
        for root in roots:
            try:
                trees.add(root.resolve(strict=True))
            except (OSError, RuntimeError):
                door = _nearest(root)
                if door is not None:
                    doors.add(door)
        trees = {tree for tree in trees if not any(other in tree.parents for other in trees)}
        doors = {door for door in doors if not any(door == tree or tree in door.parents for tree in trees)}
        if self._observer is not None and not self._observer.is_alive():
            self._observer, self._trees, self._doors = None, {}, {}
        self.polling = ""
        self._change(self._trees, trees, recursive=True)
        self._change(self._doors, doors, recursive=False)

    def stop(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(1.0)
            self._observer = None

    def _change(self, known: dict[Path, ObservedWatch], wanted: set[Path], *, recursive: bool) -> None:
        for path in [path for path in known if path not in wanted or not path.is_dir()]:
            watch = known.pop(path)
            if self._observer is not None:
                # Its directory may be gone, and the watch with it.
                with contextlib.suppress(KeyError, OSError):
                    self._observer.unschedule(watch)
        for path in sorted(wanted - known.keys()):
            try:
                known[path] = self._schedule(path, recursive)
            except OSError as error:
                self.polling = _reason(path, error)

    def _schedule(self, path: Path, recursive: bool) -> ObservedWatch:
        from watchdog.events import (
            DirCreatedEvent,
            DirDeletedEvent,
            DirMovedEvent,
            FileCreatedEvent,
            FileDeletedEvent,
            FileModifiedEvent,
            FileMovedEvent,
        )

        if self._observer is None:
            observer = self._make()
            observer.start()
            self._observer = observer
        files: list[Any] = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
        folders: list[Any] = [DirCreatedEvent, DirDeletedEvent, DirMovedEvent]
        return self._observer.schedule(
            _handler(self._changed, self._structure),
            str(path),
            recursive=recursive,
            event_filter=[*files, *folders] if recursive else folders,
        )


def _observer() -> BaseObserver:
    from watchdog.observers import Observer

    return Observer()


def _handler(changed: Hint, structure: Callable[[], None]) -> Any:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        def dispatch(self, event: FileSystemEvent) -> None:
            if event.is_directory:
                structure()
                return
            for path in (event.src_path, event.dest_path):
                if path:
                    changed(Path(os.fsdecode(path)))

    return Handler()


def _nearest(path: Path) -> Path | None:
    """The deepest existing folder above ``path``; None if that is the root of the file system."""
    for parent in path.parents:
        if parent.is_dir():
            return parent if parent != parent.parent else None
    return None


def _reason(path: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return (
            "The system's limit of watched folders is reached, so logs are looked at every 5 seconds instead. "
            "Raise it with: sudo sysctl fs.inotify.max_user_watches=524288"
        )
    if error.errno == errno.EMFILE:
        return "The system's limit of file watchers is reached, so logs are looked at every 5 seconds instead."
    return f"{path} cannot be watched ({error.strerror or error}), so logs are looked at every 5 seconds instead."
