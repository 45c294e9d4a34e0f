"""Scanning: from the sources that exist to the ledger, in short steps.

Owns what is still to be read, in which order, and the reasons why a source could not be. Does not own waiting,
events or threads: the engine calls :meth:`Scanner.step` when it has time. Only the ledger's thread uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tokenwatch.base.clock import Clock
from tokenwatch.base.errors import LedgerError, SourceError
from tokenwatch.base.paths import Paths
from tokenwatch.base.snapshot import Progress
from tokenwatch.collect.discover import Discovery, Found, discover, find_one
from tokenwatch.collect.importer import WORTH_IT, BrokenExecutor, Importer
from tokenwatch.collect.reading import readings
from tokenwatch.collect.tail import unchanged
from tokenwatch.ledger.checkpoint import Checkpoint, Reading
from tokenwatch.ledger.entry import Change
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.readers.protocol import Carry, Part, Reader, Root

STEP_SECONDS: Final = 0.1
_STEP_BYTES: Final = 8 * 1024 * 1024

Grown = Callable[[Reader, Part, Carry], None]
"""Called with each part read of a source that grew lately and the carry from before it, for the live state."""


@dataclass(frozen=True, slots=True)
class Failure:
    agent: str
    reason: str


class Scanner:
    """``grown`` gets the parts of sources that were modified in the last ``lately`` seconds."""

    def __init__(
        self,
        ledger: Ledger,
        readers: Mapping[str, Reader],
        paths: Paths,
        clock: Clock,
        *,
        grown: Grown | None = None,
        lately: float = 600.0,
        worth_workers: int = WORTH_IT,
    ) -> None:
        self._ledger = ledger
        self._readers = readers
        self._paths = paths
        self._clock = clock
        self._grown = grown
        self._lately = lately
        self._worth_workers = worth_workers
        self._checkpoints: dict[str, Checkpoint] = ledger.checkpoints()
        self._pending: dict[str, Found] = {}
        self._importer: Importer | None = None
        self._roots: tuple[Root, ...] = ()
        self._done_bytes = 0
        self._total_bytes = 0
        self.failures: dict[str, Failure] = {}
        """By path: sources that could not be read when last tried."""
        self.discovery = Discovery((), (), (), ())
        """What the last whole scan found."""

    @property
    def pending(self) -> bool:
        return bool(self._pending) or self._importer is not None

    @property
    def progress(self) -> Progress | None:
        """Bytes read of those that the present work began with; None when there is little or none left."""
        if not self.pending or self._total_bytes < WORTH_IT // 4:
            return None
        return Progress(self._done_bytes, self._total_bytes, "reading logs")

    @property
    def skipped(self) -> dict[str, dict[str, int]]:
        """Agent -> reason -> entries that could not be read, over all sources."""
        total: dict[str, dict[str, int]] = {}
        agents = {str(found.source.path): found.source.agent for found in self.discovery.found}
        for path, checkpoint in self._checkpoints.items():
            agent = agents.get(path)
            if agent is not None:
                for reason, number in checkpoint.skipped.items():
                    reasons = total.setdefault(agent, {})
                    reasons[reason] = reasons.get(reason, 0) + number
        return total

    def plan(self) -> None:
        """Look at all sources; queue those that changed, newest first."""
        self._roots = tuple(root for reader in self._readers.values() for root in reader.roots(self._paths))
        self.discovery = discover(self._readers, self._paths)
        present = {str(found.source.path) for found in self.discovery.found}
        self.failures = {path: failure for path, failure in self.failures.items() if path in present}
        changed = [found for found in self.discovery.found if not self._is_read(found)]
        self._renew(changed)
        changed.sort(key=lambda found: -found.modified)
        self._pending = {str(found.source.path): found for found in changed}
        if self._importer is None:
            self._done_bytes = 0
            self._total_bytes = sum(self._left(found) for found in changed)

    def hint(self, paths: Iterable[Path]) -> bool:
        """Queue sources that are said to have changed, before all others. False if none is one."""
        came: dict[str, Found] = {}
        for path in paths:
            found = next(filter(None, (find_one(root, path) for root in self._roots)), None)
            if found is not None and not self._is_read(found):
                came[str(found.source.path)] = found
        if not came:
            return False
        for queued, found in self._pending.items():
            came.setdefault(queued, found)
        self._pending = came
        return True

    def step(self, seconds: float = STEP_SECONDS) -> list[Change]:
        """Read and enter for about ``seconds``. Raises a LedgerError; what was read is then read again later."""
        if self._importer is not None:
            return self._step_import(seconds)
        if self._worth_importing():
            self._start_import()
            return []
        return self._step_here(seconds)

    def close(self) -> None:
        if self._importer is not None:
            self._importer.close()
            self._importer = None

    def _is_read(self, found: Found) -> bool:
        checkpoint = self._checkpoints.get(str(found.source.path))
        version = self._readers[found.source.agent].version
        return unchanged(found, checkpoint) and checkpoint is not None and checkpoint.reader == version

    def _left(self, found: Found) -> int:
        checkpoint = self._checkpoints.get(str(found.source.path))
        return found.size - checkpoint.offset if checkpoint and 0 <= checkpoint.offset <= found.size else found.size

    def _renew(self, changed: Sequence[Found]) -> None:
        """Sources that an older reader read: what it wrote from them goes before they are read again."""
        older: dict[str, list[str]] = {}
        for found in changed:
            path = str(found.source.path)
            checkpoint = self._checkpoints.get(path)
            if checkpoint is not None and checkpoint.reader != self._readers[found.source.agent].version:
                older.setdefault(found.source.agent, []).append(path)
        for paths in older.values():
            self._ledger.start_over(paths)
            for path in paths:
                del self._checkpoints[path]

    # Reading in this process

    def _step_here(self, seconds: float) -> list[Change]:
        until = self._clock.monotonic() + seconds
        batch: list[Reading] = []
        parts: list[tuple[Reader, Part, Carry]] = []
        finished: list[str] = []
        size = 0
        for path, found in self._pending.items():
            reader = self._readers[found.source.agent]
            lately = self._clock.now() - found.modified // 1_000_000 < self._lately * 1000
            whole = True
            try:
                for reading, part, carry in readings(reader, found, self._checkpoints.get(path)):
                    batch.append(reading)
                    size += len(part.data)
                    if lately and part.data:
                        parts.append((reader, part, carry))
                    if size >= _STEP_BYTES or self._clock.monotonic() >= until:
                        whole = reading.checkpoint.size >= 0
                        break
                self.failures.pop(path, None)
            except SourceError as error:
                self.failures[path] = Failure(found.source.agent, str(error))
            if whole:
                finished.append(path)
            if size >= _STEP_BYTES or self._clock.monotonic() >= until:
                break
        changes = self._enter(batch)
        for path in finished:
            self._pending.pop(path, None)
        self._done_bytes += size
        if self._grown is not None:
            for reader, part, carry in parts:
                self._grown(reader, part, carry)
        return changes

    def _enter(self, batch: Sequence[Reading]) -> list[Change]:
        if not batch:
            return []
        changes = self._ledger.enter(batch, self._clock.now())
        for reading in batch:
            self._checkpoints[reading.path] = reading.checkpoint
        return changes

    # Reading in workers

    def _worth_importing(self) -> bool:
        fresh = (found.size for path, found in self._pending.items() if path not in self._checkpoints)
        return sum(fresh) >= self._worth_workers

    def _start_import(self) -> None:
        fresh = [found for path, found in self._pending.items() if path not in self._checkpoints]
        # What is written right now is read here first, so that the live numbers do not wait for workers.
        newest = self._clock.now() - round(self._lately * 1000)
        old = [found for found in fresh if found.modified // 1_000_000 < newest] or fresh
        for found in old:
            self._pending.pop(str(found.source.path), None)
        self._importer = Importer(old)

    def _step_import(self, seconds: float) -> list[Change]:
        importer = self._importer
        assert importer is not None
        changes = self._step_here(seconds) if self._pending else []
        try:
            results = importer.next(0.0 if changes else seconds)
        except BrokenExecutor:
            # Workers may be killed (memory) or forbidden; then this process reads on alone.
            self._pending.update({str(found.source.path): found for found in importer.rest()})
            self._worth_workers = 2**63
            self.close()
            return changes
        for position, (batch, result) in enumerate(results):
            agents = {str(found.source.path): found.source.agent for found in batch.found}
            try:
                changes += self._enter(result.readings)
            except LedgerError:
                for lost, _ in results[position:]:
                    self._pending.update({str(found.source.path): found for found in lost.found})
                raise
            for path, reason in result.failures.items():
                self.failures[path] = Failure(agents[path], reason)
            self._done_bytes += batch.bytes
        if importer.done:
            self.close()
        return changes
