"""Registry: what agents themselves say of their live sessions, read with limits and checked before it counts.

Owns opening registry files and the check of a claim against a process. Does not know any agent's format (readers do)
and decides no state.
"""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Collection, Iterable
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.live.programs import ProcessInfo, Role
from tokenwatch.readers.protocol import LiveClaim, Reader

log = logging.getLogger(__name__)

MOST_BYTES: Final = 64 * 1024
MOST_FILES: Final = 256
_MOST_LISTED: Final = 10_000
_START_SLACK_MS: Final = 2_000


class _Known(msgspec.Struct, frozen=True):
    """What a file said, while it does not change."""

    number: int
    size: int
    modified: int
    claim: LiveClaim | None


class Registry:
    """The registry of one agent. Files that did not change are not opened again."""

    def __init__(self, reader: Reader, paths: Paths) -> None:
        self._reader = reader
        self._paths = paths
        self._known: dict[Path, _Known] = {}
        self._failed = False
        self.folders: frozenset[Path] = frozenset()
        """Where registry files were found so far."""

    def claims(self, pids: Collection[int] = ()) -> tuple[LiveClaim, ...]:
        """The present claims, unchecked. Of very many files those named after ``pids`` count, then the newest."""
        known: dict[Path, _Known] = {}
        for path, found in _chosen(self._listed(), pids):
            before = self._known.get(path)
            if before is None or (before.number, before.size, before.modified) != (
                found.st_ino,
                found.st_size,
                found.st_mtime_ns,
            ):
                data = read_small(path)
                claim = None if data is None else self._understood(path, data)
                before = _Known(found.st_ino, found.st_size, found.st_mtime_ns, claim)
            known[path] = before
        self._known = known
        self.folders |= {path.parent for path in known}
        return tuple(entry.claim for entry in known.values() if entry.claim is not None)

    def _listed(self) -> list[Path]:
        try:
            return list(islice(self._reader.claims(self._paths), _MOST_LISTED))
        except OSError as error:
            log.debug("the registry of %s cannot be listed: %s", self._reader.agent.id, error)
        except Exception:  # noqa: BLE001 - logged in _excuse
            self._excuse()
        return []

    def _understood(self, path: Path, data: bytes) -> LiveClaim | None:
        try:
            claim = self._reader.claim(path, data)
        except Exception:  # noqa: BLE001 - logged in _excuse
            self._excuse()
            return None
        return claim if claim is not None and claim.agent == self._reader.agent.id else None

    def _excuse(self) -> None:
        """A plug-in may fail; its agent is then counted without its registry. Said once, not at every look."""
        if not self._failed:
            self._failed = True
            log.exception("reader %s failed on its registry", self._reader.agent.id)


def verified(claim: LiveClaim, process: ProcessInfo | None) -> bool:
    """Whether the claim is about this process: same pid, program of that agent, and the start it names.

    Where the start is only a wall-clock time, the process must have begun before the agent wrote that time: one that
    was given the pid again began later. Without any start a claim cannot be told from a stale one.
    """
    if (
        process is None
        or process.pid != claim.pid
        or process.agent != claim.agent
        or process.role is not Role.SESSION
    ):
        return False
    if claim.process_start and process.start_ticks:
        return claim.process_start == process.start_ticks
    return claim.started_at is not None and process.started_at <= claim.started_at + _START_SLACK_MS


def read_small(path: Path, limit: int = MOST_BYTES) -> bytes | None:
    """A small regular file of the user's own, whole; None if it is anything else or cannot be read.

    A link is not followed: it could lead anywhere. The folder itself may be one, people keep settings elsewhere.
    """
    if os.name == "nt" and path.is_symlink():
        return None
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        handle = os.open(path, flags)
    except (OSError, ValueError):
        return None
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size > limit or not _own(found):
            return None
        data = os.read(handle, limit + 1)
        return data if len(data) <= limit else None
    except OSError:
        return None
    finally:
        os.close(handle)


def _own(found: os.stat_result) -> bool:
    return os.name != "posix" or found.st_uid == os.getuid()


def _chosen(listed: Iterable[Path], pids: Collection[int]) -> list[tuple[Path, os.stat_result]]:
    names = {str(pid) for pid in pids}
    found = []
    for path in listed:
        try:
            status = path.lstat()
        except (OSError, ValueError):
            continue
        if stat.S_ISREG(status.st_mode):
            found.append((path, status))
    if len(found) > MOST_FILES:
        found.sort(key=lambda entry: (entry[0].stem in names, entry[1].st_mtime_ns), reverse=True)
    return found[:MOST_FILES]
