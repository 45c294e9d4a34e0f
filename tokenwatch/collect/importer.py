"""The first import: whole sources read in a process beside this one, newest first.

Owns that process, the batches dealt to it and what it gives back. Does not enter anything; the scanner does.

Decisions
---------
*A plain child process and pipes, not a pool.* Context: readers are Python and hold the interpreter's lock, and the
standard pool starts two more processes and imports for a tenth of a second. Decision: one worker of our own, started
before the sources are looked for; whoever waits for it reads batches itself. Consequence: two cores are used from the
start, and only imports over :data:`WORTH_IT` bytes pay for a worker.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue
from typing import Final

import msgspec

from tokenwatch.collect.discover import Found
from tokenwatch.collect.frames import read_frame, write_frame
from tokenwatch.collect.packing import Brought, unpack
from tokenwatch.collect.source_worker import read_whole
from tokenwatch.readers.protocol import Reader

WORTH_IT: Final = 24 * 1024 * 1024
"""Bytes to read below which one process is faster than two."""

_BATCH_BYTES: Final = 6 * 1024 * 1024
_BATCH_FILES: Final = 128
_AHEAD: Final = 2
"""Batches that the worker has or is sent, so that it never waits."""

_encode: Final = msgspec.msgpack.Encoder().encode


class Batch(msgspec.Struct, frozen=True):
    found: tuple[Found, ...]
    bytes: int


def batches(found: Sequence[Found]) -> Iterator[Batch]:
    """Sources in their order, joined so that each batch is worth a trip to the worker."""
    kept: list[Found] = []
    size = 0
    for entry in found:
        kept.append(entry)
        size += entry.size
        if size >= _BATCH_BYTES or len(kept) >= _BATCH_FILES:
            yield Batch(tuple(kept), size)
            kept, size = [], 0
    if kept:
        yield Batch(tuple(kept), size)


class Worker:
    """The process. Results arrive in the order of jobs."""

    def __init__(self, *, may_fork: bool = False) -> None:
        """Raises OSError where no process may be started."""
        from tokenwatch.collect.source_worker_process import started  # most starts need no worker

        self._process = started(may_fork=may_fork)
        self._results: SimpleQueue[bytes | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._listen, name="tokenwatch-import", daemon=True)
        self._thread.start()

    def send(self, batch: Batch) -> bool:
        """False if the process is gone."""
        assert self._process.stdin is not None
        try:
            write_frame(self._process.stdin, _encode(batch.found))
        except OSError:
            return False
        return True

    def result(self, seconds: float) -> bytes | None:
        """The next result, waiting up to ``seconds``; None if the process is gone. Raises Empty."""
        return self._results.get(timeout=seconds) if seconds > 0 else self._results.get_nowait()

    def close(self) -> None:
        """Stop it without waiting for what it reads now."""
        from tokenwatch.collect.source_worker_process import end

        end(self._process, self._thread)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while True:
            try:
                frame = read_frame(self._process.stdout)
            except (OSError, ValueError):
                frame = None
            self._results.put(frame)
            if frame is None:
                return


class Importer:
    """Reads ``found`` in its order, with a worker, which may be one that was started before.

    ``may_fork``: see source_worker_process.py.
    """

    def __init__(
        self,
        found: Sequence[Found],
        readers: Mapping[str, Reader],
        worker: Worker | None = None,
        *,
        may_fork: bool = False,
    ) -> None:
        self._waiting = deque(batches(found))
        self._readers = readers
        self._worker: Worker | None = worker or _started(may_fork=may_fork)
        self._sent: deque[Batch] = deque()

    @property
    def done(self) -> bool:
        return not self._waiting and not self._sent

    @property
    def alone(self) -> bool:
        """There is no worker (any more); what it did not bring is :meth:`left`."""
        return self._worker is None

    @property
    def paths(self) -> frozenset[str]:
        """The sources that were not brought yet."""
        return frozenset(found.source.path for found in self.left())

    def left(self) -> Iterator[Found]:
        """The sources that were not brought yet, in their order."""
        for batch in (*self._sent, *self._waiting):
            yield from batch.found

    def next(self, seconds: float, *, helping: bool) -> list[tuple[Batch, Brought]]:
        """What has been read since the last call. ``helping``: read a batch here rather than wait.

        Otherwise waits up to ``seconds``; not if the worker is gone.
        """
        self._deal()
        results = self._given()
        if results or self.done:
            return results
        if self._waiting and helping:
            batch = self._waiting.popleft()
            return [(batch, read_whole(batch.found, self._readers))]
        return self._given(seconds)

    def close(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None
        self._waiting.clear()
        self._sent.clear()

    def _deal(self) -> None:
        while self._worker is not None and self._waiting and len(self._sent) < _AHEAD:
            self._sent.append(self._waiting.popleft())
            if not self._worker.send(self._sent[-1]):
                self._lose()

    def _given(self, seconds: float = 0.0) -> list[tuple[Batch, Brought]]:
        results: list[tuple[Batch, Brought]] = []
        while self._worker is not None and self._sent:
            try:
                packed = self._worker.result(0.0 if results else seconds)
                brought = None if packed is None else unpack(packed)
            except Empty:
                break
            except msgspec.MsgspecError:
                brought = None  # something in that process speaks where it may not
            if brought is None:
                self._lose()
                break
            results.append((self._sent.popleft(), brought))
            self._deal()
        return results

    def _lose(self) -> None:
        """Workers may be killed (memory); this process then reads on alone."""
        if self._worker is not None:
            self._worker.close()
        self._worker = None
        self._waiting.extendleft(reversed(self._sent))
        self._sent.clear()


def _started(*, may_fork: bool) -> Worker | None:
    """None where no process may be started."""
    try:
        return Worker(may_fork=may_fork)
    except OSError:
        return None
