"""Scanning: from the sources that exist to the ledger, in short steps.

Owns what is still to be read, in which order, and the reasons why a source could not be. Does not own waiting,
events or threads: the engine calls :meth:`Scanner.step` when it has time. Only the ledger's thread uses it.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Final

import msgspec

from tokenwatch.base.clock import Clock
from tokenwatch.base.errors import BusySource, LedgerError, SourceError
from tokenwatch.base.paths import Paths
from tokenwatch.base.progress import READING, Progress
from tokenwatch.collect.discover import Discovery, Found, discover, find_one
from tokenwatch.collect.importer import WORTH_IT, Importer
from tokenwatch.collect.places import roots_of
from tokenwatch.collect.reading import readings
from tokenwatch.collect.renewal import Renewal
from tokenwatch.ledger.change import Entered
from tokenwatch.ledger.checkpoint import Checkpoint, Reading
from tokenwatch.ledger.known import Mark
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.readers.protocol import Carry, Kind, Part, Reader, Root

STEP_SECONDS: Final = 0.1
LATELY_SECONDS: Final = 600.0
"""Sources written since are read first, and in this process."""

HELD_SECONDS: Final = 1.0
"""How long changes of a long import wait to be committed together."""

_AGAIN_SECONDS: Final = 1.0
"""After which a database is read again that was written just now."""

_BUSY_SECONDS: Final = 10.0
"""After which a source is tried again whose writer held it."""

_STEP_BYTES: Final = 8 * 1024 * 1024
_NEWEST: Final = attrgetter("modified")

Grown = Callable[[Reader, Part, Carry], None]
"""Called with each part read of a source that grew lately and the carry from before it, for the live state."""


class Failure(msgspec.Struct, frozen=True):
    agent: str
    reason: str


class Scanner:
    """``grown`` gets the parts of sources that were modified in the last ``lately`` seconds.

    ``helping``: while a worker reads, read in this process as well instead of waiting for it. This is for commands,
    which have one thread: their worker is forked.
    """

    def __init__(
        self,
        ledger: Ledger,
        readers: Mapping[str, Reader],
        paths: Paths,
        clock: Clock,
        *,
        grown: Grown | None = None,
        lately: float = LATELY_SECONDS,
        worth_workers: int = WORTH_IT,
        helping: bool = False,
    ) -> None:
        self._ledger = ledger
        self._readers = readers
        self._versions = {agent_id: reader.version for agent_id, reader in readers.items()}
        self._paths = paths
        self._clock = clock
        self._grown = grown
        self._lately = round(lately * 1000)
        self._worth_workers = worth_workers
        self._helping = helping
        self._pending: dict[str, Found] = {}
        self._partly: dict[str, Checkpoint] = {}
        """Checkpoints of sources that are being read in several steps."""
        self._importer: Importer | None = None
        self._again: dict[str, float] = {}
        """When sources are to be looked at again although nothing may be told of them, by path."""
        self._renewal = Renewal(ledger, self._versions)
        self._lost = False
        """The worker was lost since the last look at all sources."""
        self._committed = 0.0
        self._awaited: int | None = None
        """While importing: sources written since then (ms) are committed as soon as all of them are entered."""
        self._roots: tuple[tuple[Root, tuple[str, str]], ...] = ()
        """With how paths of their sources may begin."""
        self._done_bytes = 0
        self._total_bytes = 0
        self.failures: dict[str, Failure] = {}
        """By path: sources that could not be read when last tried."""
        self.discovery = Discovery((), (), (), ())
        """What the last whole scan found."""

    @property
    def pending(self) -> bool:
        return bool(self._pending) or self._importer is not None or self.again_in <= 0.0

    @property
    def again_in(self) -> float:
        """Seconds until a source is to be looked at again, though nobody may say that it changed."""
        return min(self._again.values()) - self._clock.monotonic() if self._again else math.inf

    @property
    def progress(self) -> Progress | None:
        """Bytes read of those that the present work began with; None when there is little or none left."""
        if not self.pending or self._total_bytes < WORTH_IT // 2:
            return None
        return Progress(min(self._done_bytes, self._total_bytes), self._total_bytes, READING)

    def look_in(self, paths: Paths) -> None:
        """Where agents' places are, from the next :meth:`plan` on."""
        self._paths = paths

    def plan(self) -> None:
        """Look at all sources; queue those that changed, newest first."""
        roots = [root for reader in self._readers.values() for root in roots_of(reader, self._paths) or ()]
        self._roots = tuple((root, (str(root.path), os.path.realpath(root.path))) for root in roots)
        self.discovery = discover(self._readers, self._paths)
        given = self._importer.paths if self._importer is not None else frozenset[str]()
        marks, versions = self._ledger.marks, self._versions
        changed = [
            found
            for found in self.discovery.found
            if not _is_read(found, marks.get(found.source.path), versions) and found.source.path not in given
        ]
        present: frozenset[str] = frozenset()
        if self.failures or self._renewal.running:  # only they ask
            present = frozenset(found.source.path for found in self.discovery.found)
        if self.failures:
            self.failures = {path: failure for path, failure in self.failures.items() if path in present}
        self._partly.clear()
        self._lost = False
        if not self._renewal.begin(changed, present):
            self.close()  # what the worker has, too, is to be read as it was before
            self.plan()
            return
        changed.sort(key=_NEWEST, reverse=True)
        self._pending = {found.source.path: found for found in changed}
        if self._importer is None:
            self._done_bytes = 0
            self._total_bytes = sum(self._unread(found) for found in changed)
        if not self.pending:
            self._ledger.commit()  # what was held for a source that is gone now

    def hint(self, paths: Iterable[Path]) -> bool:
        """Queue sources that are said to have changed, before all others. False if none is one."""
        came: dict[str, Found] = {}
        marks = self._ledger.marks
        for path in paths:
            name = str(path)
            near = (root for root, begins in self._roots if name.startswith(begins))
            found = next(filter(None, (find_one(root, path) for root in near)), None)
            if found is not None and not _is_read(found, marks.get(found.source.path), self._versions):
                came[found.source.path] = found
        if not came:
            return False
        for queued, found in self._pending.items():
            came.setdefault(queued, found)
        self._pending = came
        return True

    def step(self, seconds: float = STEP_SECONDS) -> Entered:
        """Read and enter for about ``seconds``. Raises a LedgerError; what was read is then read again later."""
        try:
            if self._renewal.is_undone():
                self.close()
                self.plan()
            self._take_again()
            if self._importer is None and self._start_import():
                return Entered()
            entered = self._step_import(seconds) if self._importer is not None else self._step_here(seconds)
            if not self.pending:
                self._ledger.commit()
                self._ledger.rest()
        except LedgerError:
            # What was held is undone as well: look again at everything.
            self._renewal.is_undone()
            self.close()
            self.plan()
            raise
        return entered

    def close(self) -> None:
        if self._importer is not None:
            self._importer.close()
            self._importer = None

    def _unread(self, found: Found) -> int:
        """About how many bytes there are to read: what a source that was read to its end grew by, else all of it."""
        mark = self._ledger.marks.get(found.source.path)
        grew = (
            mark is not None
            and 0 <= mark.size <= found.size
            and mark.number == found.number
            and mark.device == found.device
            and mark.reader == self._versions[found.source.agent]
        )
        return found.size - mark.size if grew and mark is not None else found.size

    # Reading in this process

    def _step_here(self, seconds: float) -> Entered:
        until = self._clock.monotonic() + seconds
        batch: list[Reading] = []
        parts: list[tuple[Reader, Part, Carry]] = []
        finished: list[str] = []
        size = 0
        for path, found in self._pending.items():
            reader = self._readers[found.source.agent]
            lately = self._clock.now() - found.modified // 1_000_000 < self._lately
            whole = True
            try:
                for reading, part, carry in readings(reader, found, self._checkpoint(path)):
                    batch.append(reading)
                    size += len(part.data)
                    if _is_unsettled(reading.checkpoint, found):
                        self._again[path] = self._clock.monotonic() + _AGAIN_SECONDS
                    if lately and (part.data or part.rows):
                        parts.append((reader, part, carry))
                    if size >= _STEP_BYTES or self._clock.monotonic() >= until:
                        whole = reading.checkpoint.size >= 0
                        break
                self.failures.pop(path, None)
            except SourceError as error:
                self.failures[path] = Failure(found.source.agent, str(error))
                if isinstance(error, BusySource):
                    self._again[path] = self._clock.monotonic() + _BUSY_SECONDS
                if self._renewal.fails(path):
                    return self._undo_renewal()
            if whole:
                finished.append(path)
            if size >= _STEP_BYTES or self._clock.monotonic() >= until:
                break
        entered = self._enter(batch)
        for path in finished:
            self._pending.pop(path, None)
            self._partly.pop(path, None)
        self._renewal.finish(finished)
        self._done_bytes += size
        if self._grown is not None:
            for reader, part, carry in parts:
                self._grown(reader, part, carry)
        return entered

    def _take_again(self) -> None:
        now = self._clock.monotonic()
        for path in [path for path, at in self._again.items() if at <= now]:
            del self._again[path]
            self.hint([Path(path)])

    def _checkpoint(self, path: str) -> Checkpoint | None:
        return self._partly.get(path) or self._ledger.checkpoint(path)

    def _enter(self, batch: Sequence[Reading]) -> Entered:
        if not batch:
            return Entered()
        now = self._clock.monotonic()
        hold = self._total_bytes >= WORTH_IT and now - self._committed < HELD_SECONDS
        entered = self._ledger.enter(batch, self._clock.now(), hold=hold)
        if not hold:
            self._committed = self._clock.monotonic()
        self._partly.update({reading.path: reading.checkpoint for reading in batch})
        # What is read again is not new; whoever follows the ledger learns of it as a whole at the end.
        return Entered() if self._renewal.running else entered

    def _undo_renewal(self) -> Entered:
        self.close()
        self._ledger.undo()
        self.plan()
        return Entered()

    # Reading in a worker, too

    def _start_import(self) -> bool:
        """Give sources that were never read, or not by this reader, to a worker, if they are many bytes."""
        if self._lost or self._total_bytes < self._worth_workers:
            return False
        marks = self._ledger.marks
        fresh = [found for path, found in self._pending.items() if path not in marks or path in self._renewal.left]
        if sum(found.size for found in fresh) < self._worth_workers:
            return False
        self._awaited = self._clock.now() - self._lately
        if self._grown is not None:
            # What is written right now is read here first, so that the live numbers do not wait for the worker.
            fresh = [found for found in fresh if found.modified // 1_000_000 < self._awaited] or fresh
        for found in fresh:
            self._pending.pop(found.source.path, None)
        self._importer = Importer(fresh, self._readers, may_fork=self._helping)
        self._committed = self._clock.monotonic()
        return True

    def _step_import(self, seconds: float) -> Entered:
        importer = self._importer
        assert importer is not None
        entered = Entered()
        if self._pending:
            entered = self._step_here(seconds)
            if self._importer is not importer:
                return entered  # undone in between
        results = importer.next(0.0 if entered else seconds, helping=self._helping and not self._pending)
        if any(self._renewal.fails(path) for _, brought in results for path in brought.failures):
            return self._undo_renewal()
        if results:
            entered += self._enter([reading for _, brought in results for reading in brought.readings])
            self._partly.clear()
        for batch, brought in results:
            for found in batch.found:
                why = brought.failures.get(found.source.path)
                if why is None:
                    self.failures.pop(found.source.path, None)
                else:
                    self.failures[found.source.path] = Failure(found.source.agent, why)
            self._done_bytes += batch.bytes
            self._renewal.finish(found.source.path for found in batch.found)
        if self._awaited is not None and not self._pending and not _is_left_since(importer, self._awaited):
            self._ledger.commit()  # it is of interest now
            self._awaited = None
        if importer.alone:
            # Read on here, in short steps.
            for found in importer.left():
                self._pending.setdefault(found.source.path, found)
            self._lost = True
            self.close()
        elif importer.done:
            self.close()
        return entered


def _is_read(found: Found, mark: Mark | None, versions: Mapping[str, int]) -> bool:
    """Whether nothing came since the source was read to its end; asked of every source at every start."""
    return (
        mark is not None
        and mark.size == found.size
        and mark.modified == found.modified
        and mark.number == found.number
        and mark.device == found.device
        and mark.reader == versions[found.source.agent]
    )


def _is_left_since(importer: Importer, awaited: int) -> bool:
    """Whether a source written since then waits to be brought; they are brought newest first."""
    first = next(importer.left(), None)
    return first is not None and first.modified // 1_000_000 >= awaited


def _is_unsettled(point: Checkpoint, found: Found) -> bool:
    """A database read to its end that may hold more than could be read; see reading.py."""
    return found.source.kind is Kind.DATABASE and point.size >= 0 and point.modified != found.modified
