"""Finding the sources of all agents on this computer.

Owns walking the readers' roots: regular files only, below the resolved root only, each place once. Does not
open sources and does not know what is in them.
"""

from __future__ import annotations

import logging
import os
import stat
from collections import deque
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from typing import Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.rights import may_not_be_read
from tokenwatch.base.translation import tr
from tokenwatch.collect.places import named, roots_of
from tokenwatch.readers.database.companions import base_of, companions_state
from tokenwatch.readers.protocol import Encoding, Kind, Reader, Root, Source

log = logging.getLogger(__name__)

_NAME: Final = attrgetter("name")


class Found(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A source and its file's state when it was seen. ``modified`` is nanoseconds.

    Of a database, ``size`` and ``modified`` take in what is written beside it.
    """

    source: Source
    device: int
    number: int
    size: int
    modified: int


class RootState(msgspec.Struct, frozen=True):
    """A place looked at. ``reason`` is a plain sentence when it exists and cannot be read."""

    agent: str
    path: Path
    exists: bool
    reason: str = ""


class Discovery(msgspec.Struct, frozen=True):
    found: tuple[Found, ...]
    roots: tuple[RootState, ...]
    directories: tuple[str, ...]
    """Every directory walked, for whoever watches them."""
    blocked: tuple[tuple[str, str, str], ...]
    """(agent, directory or file, reason) below a readable root that could not be looked into"""

    @property
    def closed(self) -> bool:
        """Whether an agent's folder is there and cannot be opened."""
        return any(root.reason for root in self.roots)


def discover(readers: Mapping[str, Reader], paths: Paths) -> Discovery:
    """All sources that exist now. A place that two roots or links lead to is read once."""
    found: list[Found] = []
    states: list[RootState] = []
    directories: list[str] = []
    blocked: list[tuple[str, str, str]] = []
    seen: set[tuple[int, int]] = set()
    compressed = False
    for reader in readers.values():
        roots = roots_of(reader, paths)
        if roots is None:
            name = reader.agent.name
            why = tr("Where {agent} keeps its logs could not be told (a mistake in TokenWatch).", agent=name)
            states.append(RootState(reader.agent.id, paths.home, exists=True, reason=why))
        for root in roots or ():
            try:
                resolved = str(root.path.resolve(strict=True))
            except FileNotFoundError:
                states.append(RootState(root.agent, root.path, exists=False))
                continue
            except (OSError, RuntimeError) as error:
                states.append(RootState(root.agent, root.path, exists=True, reason=_why(str(root.path), error)))
                continue
            walk = _Walk(root, resolved, seen, directories, blocked)
            before = len(blocked)
            found.extend(walk.files())
            compressed = compressed or walk.compressed
            reason = next((why for _, where, why in blocked[before:] if where == resolved), "")
            states.append(RootState(root.agent, root.path, exists=True, reason=reason))
    if compressed:
        plain = {entry.source.path for entry in found if entry.source.encoding is Encoding.PLAIN}
        # An interrupted compression leaves both: the plain file is the whole one.
        found = [entry for entry in found if entry.source.path.removesuffix(".zst") not in plain or _is_plain(entry)]
    return Discovery(tuple(found), tuple(states), tuple(dict.fromkeys(directories)), tuple(blocked))


def sources_in_named_folders(reader: Reader, paths: Paths) -> int:
    """How many sources the folders hold that the settings add for an agent."""
    seen: set[tuple[int, int]] = set()
    number = 0
    for root in named(reader, paths):
        try:
            resolved = str(root.path.resolve(strict=True))
        except (OSError, RuntimeError):
            continue
        number += len(_Walk(root, resolved, seen, [], []).files())
    return number


def find_one(root: Root, path: Path) -> Found | None:
    """The source at ``path`` if ``root`` holds and accepts it; for a hint that it changed."""
    if root.kind is Kind.DATABASE:
        path = path.with_name(base_of(path.name))
    try:
        resolved_root = root.path.resolve(strict=True)
        resolved = path.resolve(strict=True)
        relative = resolved.relative_to(resolved_root).as_posix()
        state = resolved.stat()
    except (OSError, ValueError, RuntimeError):
        return None
    fits = relative.count("/") <= root.depth and root.accepts(relative)
    if not stat.S_ISREG(state.st_mode) or not fits or not _is_text(str(resolved)):
        return None
    if relative.endswith(".zst") and resolved.with_suffix("").exists():
        return None  # see discover
    return _found(root, str(resolved), relative, state)


def _found(root: Root, path: str, relative: str, state: os.stat_result) -> Found:
    encoding = Encoding.ZSTD if root.kind is Kind.LINES and relative.endswith(".zst") else Encoding.PLAIN
    source = Source(root.agent, path, relative, encoding, root.kind)
    size, modified = state.st_size, state.st_mtime_ns
    if root.kind is Kind.DATABASE:
        more, later = companions_state(path)
        size, modified = size + more, max(modified, later)
    return Found(source, state.st_dev, state.st_ino, size, modified)


def _is_plain(entry: Found) -> bool:
    return entry.source.encoding is Encoding.PLAIN


class _Walk:
    """One root's tree. ``seen`` holds (device, number) of the sources of all roots, ``visited`` of directories."""

    def __init__(
        self,
        root: Root,
        resolved: str,
        seen: set[tuple[int, int]],
        directories: list[str],
        blocked: list[tuple[str, str, str]],
    ) -> None:
        self._root = root
        self._base = resolved
        self._seen = seen
        self._visited: set[tuple[int, int]] = set()
        self._found: list[Found] = []
        self._directories = directories
        self._blocked = blocked
        self._pending: list[tuple[str, str, int]] = [(resolved, "", 0)]
        self._links: deque[tuple[str, str, int]] = deque()
        self.compressed = False

    def files(self) -> list[Found]:
        # Links last, so that what has a place of its own is known by that.
        while self._pending or self._links:
            if self._pending:
                self._list(*self._pending.pop())
            else:
                self._follow(*self._links.popleft())
        return self._found

    def _list(self, directory: str, prefix: str, depth: int) -> None:
        try:
            state = os.lstat(directory)  # a link that took its place since is not followed
            if (state.st_dev, state.st_ino) in self._visited or stat.S_ISLNK(state.st_mode):
                return
            self._visited.add((state.st_dev, state.st_ino))
            with os.scandir(directory) as entries:
                listed = sorted(entries, key=_NAME)
        except FileNotFoundError:
            return  # an agent may tidy up at any time
        except OSError as error:
            self._block(directory, _why(directory, error))
            return
        self._directories.append(directory)
        accepts, take = self._root.accepts, self._take
        for entry in listed:
            relative = prefix + entry.name
            try:
                if entry.is_file(follow_symlinks=False):
                    if accepts(relative):
                        # Windows fills the file number only when it is asked by path.
                        state = Path(entry.path).stat() if os.name == "nt" else entry.stat(follow_symlinks=False)
                        take(entry.path, relative, state)
                elif entry.is_symlink():
                    self._links.append((entry.path, relative, depth))
                elif entry.is_dir(follow_symlinks=False) and depth < self._root.depth:
                    self._pending.append((entry.path, relative + "/", depth + 1))
            except FileNotFoundError:
                continue
            except OSError as error:
                self._block(entry.path, _why(entry.path, error))

    def _follow(self, path: str, relative: str, depth: int) -> None:
        """A link is followed when it leads to a place below the root; anything else is not ours to read."""
        try:
            target = Path(path).resolve(strict=True)
            target.relative_to(self._base)
            state = target.stat()
        except (OSError, ValueError, RuntimeError):
            return
        if stat.S_ISDIR(state.st_mode):
            if depth < self._root.depth:
                self._pending.append((str(target), relative + "/", depth + 1))
        elif stat.S_ISREG(state.st_mode) and self._root.accepts(relative):
            self._take(str(target), relative, state)

    def _take(self, path: str, relative: str, state: os.stat_result) -> None:
        """Once, by whichever name it is met first."""
        key = (state.st_dev, state.st_ino)
        if key in self._seen:
            return
        if not path.isascii() and not _is_text(path):
            self._block(path, tr("{path} is left out: its name is not text in UTF-8.", path=path))
            return
        self._seen.add(key)
        if relative.endswith(".zst"):
            self.compressed = True
        self._found.append(_found(self._root, path, relative, state))

    def _block(self, path: str, reason: str) -> None:
        self._blocked.append((self._root.agent, path, reason))


def _is_text(path: str) -> bool:
    """Whether the ledger can hold the path; on POSIX a name may be any bytes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _why(path: str, error: BaseException) -> str:
    if isinstance(error, PermissionError):
        return may_not_be_read(path)
    if isinstance(error, OSError):
        return tr("{path} cannot be read: {why}.", path=path, why=error.strerror or error)
    return tr("{path} cannot be read: its links lead in a circle.", path=path)
