"""Watching: events of the file system as hints which sources changed.

Owns the observer and which directories it looks at. Does not read files and is never relied upon: events may be
lost without a sign, so the engine also scans everything each minute.

Decisions
---------
*Events of our own reading are not asked for.* Context: opening a source raises open and close events, and reading
on because of them would never end. Decision: only growth, creation, renaming and deletion are asked of the system.

*No event, no watch: poll.* Context: watch limits are small on some systems, and network file systems tell only of
what this computer changes. Decision: when a directory cannot be watched, or is on such a file system, ``polling`` is
set with the reason, and the engine scans more often.

*Ask for one watch more than needed.* Context: the library keeps silent when it cannot watch a folder below a root.
Decision: when all watches are made, one more is tried; if it is refused, some may be missing. Consequence: all are
made again when there is room.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import logging
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from tokenwatch.base.translation import mark, tr
from tokenwatch.collect.places import is_inside_wsl
from tokenwatch.system.file_system import mounts, remote_kind

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver, ObservedWatch

Hint = Callable[[Path], None]

_FROM_WSL: Final = mark("Windows tells of no change inside WSL, so logs are looked at every 5 seconds instead.")

_IN_DELETE_SELF: Final = 0x400
"""From <sys/inotify.h>: an event that does not come for the root of the file system."""


class _Watched(msgspec.Struct, frozen=True):
    """A watch stays with its folder when that is moved: ``identity`` tells whether the path leads to it still."""

    watch: ObservedWatch
    identity: tuple[int, int]


class Watcher:
    """``changed`` gets paths of files, ``structure`` is called when a watched tree may have appeared or vanished.

    Both are called on the observer's thread. ``observer`` makes the observer, ``refusal`` tells why one watch more
    cannot be had, ``mounted`` which file systems there are; they are given by tests.
    """

    def __init__(
        self,
        changed: Hint,
        structure: Callable[[], None],
        observer: Callable[[], BaseObserver] | None = None,
        refusal: Callable[[], OSError | None] | None = None,
        mounted: Callable[[], Mapping[str, str]] = mounts,
    ) -> None:
        self._mounted = mounted
        self._changed = changed
        self._structure = structure
        self._make = observer or _observer
        self._refusal = refusal or refused
        self._observer: BaseObserver | None = None
        self._trees: dict[Path, _Watched] = {}
        self._doors: dict[Path, _Watched] = {}
        self._folders: dict[Path, _Watched] = {}
        self._gone: set[Path] = set()
        """Folders that were deleted, and their watches with them; there may be new ones in their places."""
        self._partly = False
        """There was no room for all watches."""
        self.polling = ""
        """Why not everything can be watched, as a plain sentence; empty when it can."""

    def watch(self, roots: Iterable[Path], folders: Iterable[Path] = ()) -> None:
        """Watch these trees, and the nearest folder above each that does not exist yet. Call it again at will.

        Of ``folders`` only files directly in them are watched: what else stands there may be large and busy.
        """
        roots, folders = list(roots), list(folders)
        unheard = [path for path in (*roots, *folders) if is_inside_wsl(path)]
        trees, doors = _places(path for path in roots if path not in unheard)
        alone, more = _places(path for path in folders if path not in unheard)
        doors |= more
        trees = {tree for tree in trees if not any(other in tree.parents for other in trees)}
        alone = {path for path in alone if not any(path == tree or tree in path.parents for tree in trees)}
        doors = {door for door in doors if not any(door == tree or tree in door.parents for tree in trees)} - alone
        if self._observer is not None and not self._observer.is_alive():
            self._observer, self._trees, self._doors, self._folders = None, {}, {}, {}
        if self._partly and self._refusal() is None:
            self._change(self._trees, set(), recursive=True)
        self.polling = tr(_FROM_WSL) if unheard else _remote(trees | alone, self._mounted())
        # One folder has one watch at most: what one kind gives up another may take.
        for known, wanted in ((self._trees, trees), (self._folders, alone), (self._doors, doors)):
            self._change(known, known.keys() & wanted, recursive=known is self._trees)
        self._change(self._trees, trees, recursive=True)
        self._change(self._folders, alone, recursive=False)
        self._change(self._doors, doors, recursive=False)
        refusal = self._refusal() if self._trees or self._folders else None
        self._partly = refusal is not None
        if refusal is not None and not self.polling:
            self.polling = _reason(Path(os.sep), refusal)

    def stop(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(1.0)
        self._observer, self._trees, self._doors, self._folders = None, {}, {}, {}

    def _change(self, known: dict[Path, _Watched], wanted: set[Path], *, recursive: bool) -> None:
        for path in [path for path in known if path not in wanted or self._is_gone(path, known[path])]:
            self._gone.discard(path)
            self._unschedule(known.pop(path).watch)
        for path in sorted(wanted - known.keys()):
            try:
                identity = _identity(path)
                known[path] = _Watched(self._schedule(path, recursive, known is not self._doors), identity)
            except OSError as error:
                self.polling = _reason(path, error)

    def _is_gone(self, path: Path, watched: _Watched) -> bool:
        try:
            return path in self._gone or _identity(path) != watched.identity
        except OSError:
            return True

    def _lost(self, path: Path) -> None:
        """On the observer's thread: a folder was deleted."""
        if path in self._trees or path in self._doors or path in self._folders:
            self._gone.add(path)

    def _unschedule(self, watch: ObservedWatch) -> None:
        if self._observer is not None:
            # Its directory may be gone, and the watch with it.
            with contextlib.suppress(KeyError, OSError):
                self._observer.unschedule(watch)

    def _schedule(self, path: Path, recursive: bool, with_files: bool) -> ObservedWatch:
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
        if not os.access(path, os.R_OK | os.X_OK):
            # The library keeps silent here, too.
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return self._observer.schedule(
            _handler(self._changed, self._structure, self._lost),
            str(path),
            recursive=recursive,
            event_filter=[*files, *folders] if with_files else folders,
        )


def refused() -> OSError | None:
    """Why one more folder cannot be watched now, if that can be told. Only Linux is asked: its limits are small."""
    if sys.platform != "linux":
        return None
    system = ctypes.CDLL(None, use_errno=True)
    descriptor = system.inotify_init1(os.O_CLOEXEC)
    if descriptor < 0:
        return None  # there is an observer, which got what was left
    try:
        watch = system.inotify_add_watch(descriptor, os.fsencode(os.sep), _IN_DELETE_SELF)
        number = ctypes.get_errno()
        return None if watch >= 0 else OSError(number, os.strerror(number))
    finally:
        os.close(descriptor)


def _observer() -> BaseObserver:
    from watchdog.observers import Observer

    logging.getLogger("watchdog.observers.inotify").addFilter(_is_no_noise)
    return Observer()


def _is_no_noise(record: logging.LogRecord) -> bool:
    """The library calls it an error when a watch is taken away at the moment at which it wakes up."""
    return "when the thread is inactive" not in record.getMessage()


def _handler(changed: Hint, structure: Callable[[], None], lost: Hint) -> Any:
    from watchdog.events import DirDeletedEvent, FileSystemEvent, FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        def dispatch(self, event: FileSystemEvent) -> None:
            if event.is_directory:
                if isinstance(event, DirDeletedEvent):
                    lost(Path(os.fsdecode(event.src_path)))
                structure()
                return
            for path in (event.src_path, event.dest_path):
                if path:
                    changed(Path(os.fsdecode(path)))

    return Handler()


def _places(paths: Iterable[Path]) -> tuple[set[Path], set[Path]]:
    """Those that exist, resolved, and the nearest folder above each that does not."""
    present: set[Path] = set()
    doors: set[Path] = set()
    for path in paths:
        try:
            present.add(path.resolve(strict=True))
        except (OSError, RuntimeError):
            door = _nearest(path)
            if door is not None:
                doors.add(door)
    return present, doors


def _identity(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_dev, state.st_ino


def _nearest(path: Path) -> Path | None:
    """The deepest existing folder above ``path``; None if that is the root of the file system."""
    for parent in path.parents:
        if parent.is_dir():
            return parent if parent != parent.parent else None
    return None


def _remote(places: Iterable[Path], mounted: Mapping[str, str]) -> str:
    for path in sorted(places):
        kind = remote_kind(path, mounted)
        if kind:
            return tr(
                "{path} is on a network file system ({kind}), which does not tell of every change, so logs are also "
                "looked at every 5 seconds.",
                path=path,
                kind=kind,
            )
    return ""


def _reason(path: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return tr(
            "The system's limit of watched folders is reached, so logs are looked at every 5 seconds instead. "
            "Raise it with: {command}",
            command="sudo sysctl fs.inotify.max_user_watches=524288",
        )
    if error.errno == errno.EMFILE:
        return tr("The system's limit of file watchers is reached, so logs are looked at every 5 seconds instead.")
    return tr(
        "{path} cannot be watched ({why}), so logs are looked at every 5 seconds instead.",
        path=path,
        why=error.strerror or error,
    )
