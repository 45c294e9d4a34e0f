"""Finding the sources of all agents on this computer.

Owns walking the readers' roots: regular files only, below the resolved root only, each place once. Does not
open sources and does not know what is in them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tokenwatch.base.paths import Paths
from tokenwatch.readers.protocol import Encoding, Reader, Root, Source

_MAX_DEPTH = 16


@dataclass(frozen=True, slots=True)
class Found:
    """A source and its file's state when it was seen. ``modified`` is nanoseconds."""

    source: Source
    device: int
    number: int
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class RootState:
    """A place looked at. ``reason`` is a plain sentence when it exists and cannot be read."""

    agent: str
    path: Path
    exists: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Discovery:
    found: tuple[Found, ...]
    roots: tuple[RootState, ...]
    directories: tuple[Path, ...]
    """Every directory walked, for whoever watches them."""
    blocked: tuple[tuple[str, Path, str], ...]
    """(agent, directory or file, reason) below a readable root that could not be looked into"""


def discover(readers: Mapping[str, Reader], paths: Paths) -> Discovery:
    """All sources that exist now. A place that two roots or links lead to is read once."""
    found: list[Found] = []
    states: list[RootState] = []
    directories: list[Path] = []
    blocked: list[tuple[str, Path, str]] = []
    seen: set[tuple[int, int]] = set()
    for reader in readers.values():
        for root in reader.roots(paths):
            try:
                resolved = root.path.resolve(strict=True)
            except FileNotFoundError:
                states.append(RootState(root.agent, root.path, exists=False))
                continue
            except (OSError, RuntimeError) as error:
                states.append(RootState(root.agent, root.path, exists=True, reason=_why(root.path, error)))
                continue
            walk = _Walk(root, resolved, seen, directories, blocked)
            before = len(blocked)
            found.extend(walk.files())
            reason = next((why for _, where, why in blocked[before:] if where == resolved), "")
            states.append(RootState(root.agent, root.path, exists=True, reason=reason))
    plain = {str(entry.source.path) for entry in found if entry.source.encoding is Encoding.PLAIN}
    kept = [
        entry
        for entry in found
        # An interrupted compression leaves both: the plain file is the whole one.
        if entry.source.encoding is Encoding.PLAIN or str(entry.source.path).removesuffix(".zst") not in plain
    ]
    return Discovery(tuple(kept), tuple(states), tuple(directories), tuple(blocked))


def find_one(root: Root, path: Path) -> Found | None:
    """The source at ``path`` if ``root`` holds and accepts it; for a hint that it changed."""
    try:
        resolved_root = root.path.resolve(strict=True)
        resolved = path.resolve(strict=True)
        relative = resolved.relative_to(resolved_root).as_posix()
        state = resolved.stat()
    except (OSError, ValueError, RuntimeError):
        return None
    if not stat.S_ISREG(state.st_mode) or not root.accepts(relative):
        return None
    return _found(root, resolved, relative, state)


def _found(root: Root, path: Path, relative: str, state: os.stat_result) -> Found:
    encoding = Encoding.ZSTD if relative.endswith(".zst") else Encoding.PLAIN
    return Found(
        Source(root.agent, path, relative, encoding), state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns
    )


class _Walk:
    def __init__(
        self,
        root: Root,
        resolved: Path,
        seen: set[tuple[int, int]],
        directories: list[Path],
        blocked: list[tuple[str, Path, str]],
    ) -> None:
        self._root = root
        self._base = resolved
        self._seen = seen
        self._directories = directories
        self._blocked = blocked

    def files(self) -> Iterator[Found]:
        pending: list[tuple[Path, str, int]] = [(self._base, "", 0)]
        while pending:
            directory, prefix, depth = pending.pop()
            try:
                state = directory.stat()
                if (state.st_dev, state.st_ino) in self._seen or not stat.S_ISDIR(state.st_mode):
                    continue
                self._seen.add((state.st_dev, state.st_ino))
                with os.scandir(directory) as entries:
                    listed = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                self._blocked.append((self._root.agent, directory, _why(directory, error)))
                continue
            self._directories.append(directory)
            for entry in listed:
                relative = prefix + entry.name
                try:
                    if entry.is_dir(follow_symlinks=False):
                        if depth < _MAX_DEPTH:
                            pending.append((directory / entry.name, relative + "/", depth + 1))
                        continue
                    if entry.is_symlink():
                        yield from self._linked(directory / entry.name, relative, pending, depth)
                        continue
                    if not entry.is_file(follow_symlinks=False) or not self._root.accepts(relative):
                        continue
                    file = entry.stat(follow_symlinks=False)
                    if os.name == "nt":
                        # Windows fills the file number only when it is asked by path.
                        file = (directory / entry.name).stat()
                except OSError as error:
                    self._blocked.append((self._root.agent, directory / entry.name, _why(directory, error)))
                    continue
                yield from self._once(directory / entry.name, relative, file)

    def _linked(self, path: Path, relative: str, pending: list[tuple[Path, str, int]], depth: int) -> Iterable[Found]:
        """A link is followed when it leads to a place below the root; anything else is not ours to read."""
        try:
            target = path.resolve(strict=True)
            target.relative_to(self._base)
            state = target.stat()
        except (OSError, ValueError, RuntimeError):
            return
        if stat.S_ISDIR(state.st_mode):
            if depth < _MAX_DEPTH:
                pending.append((target, relative + "/", depth + 1))
        elif stat.S_ISREG(state.st_mode) and self._root.accepts(relative):
            yield from self._once(target, relative, state)

    def _once(self, path: Path, relative: str, state: os.stat_result) -> Iterable[Found]:
        key = (state.st_dev, state.st_ino)
        if state.st_nlink > 1 or os.name == "nt":
            if key in self._seen:
                return
            self._seen.add(key)
        yield _found(self._root, path, relative, state)


def _why(path: Path, error: BaseException) -> str:
    if isinstance(error, PermissionError):
        return f"{path} may not be read. Allow it with: chmod u+rX {path}"
    if isinstance(error, FileNotFoundError):
        return f"{path} vanished while it was read."
    if isinstance(error, OSError):
        return f"{path} cannot be read: {error.strerror or error}."
    return f"{path} cannot be read: its links lead in a circle."
