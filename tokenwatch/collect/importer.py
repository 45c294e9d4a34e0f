"""The first import: whole sources read in worker processes, newest first.

Owns the pool, the batches dealt to it and what crosses the border between processes. Workers run readers only:
no Qt, no SQL. Does not enter anything; the scanner does.

Decisions
---------
*Processes, not threads.* Context: readers are Python and hold the interpreter's lock. Decision: at most two
workers, started with spawn, which is safe beside Qt. Consequence: a start costs about 0.2 s, so only imports
over :data:`WORTH_IT` bytes are dealt out.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from typing import Final

import msgspec

from tokenwatch.base.errors import SourceError
from tokenwatch.collect.discover import Found
from tokenwatch.collect.reading import readings
from tokenwatch.ledger.checkpoint import Reading
from tokenwatch.readers.protocol import Reader, readers

WORTH_IT: Final = 48 * 1024 * 1024
"""Bytes to read below which one process is faster than starting workers."""

_BATCH_BYTES: Final = 6 * 1024 * 1024
_BATCH_FILES: Final = 128
_WORKERS: Final = 2


class Result(msgspec.Struct, array_like=True):
    """What became of one batch: readings, and why sources could not be read (by path)."""

    readings: list[Reading]
    failures: dict[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    found: tuple[Found, ...]
    bytes: int


_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Result).decode


def batches(found: Sequence[Found]) -> Iterator[Batch]:
    """Sources in their order, joined so that each batch is worth a trip to a worker."""
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


def read_whole(found: Sequence[Found], by_id: Mapping[str, Reader]) -> Result:
    """Read sources from their beginning. Slices of one source stay in order."""
    came: list[Reading] = []
    failures: dict[str, str] = {}
    for entry in found:
        try:
            came.extend(reading for reading, _, _ in readings(by_id[entry.source.agent], entry, None))
        except SourceError as error:
            failures[str(entry.source.path)] = str(error)
    return Result(came, failures)


def _work(found: Sequence[Found]) -> bytes:
    """In a worker. Packed by hand, because pickling many small records costs more than reading them."""
    return _encode(read_whole(found, readers()))


class Importer:
    """Deals batches to workers, a few ahead, and gives back what they read, in the order of completion."""

    def __init__(self, found: Sequence[Found], workers: int = 0) -> None:
        self._waiting = deque(batches(found))
        self._workers = workers or max(1, min(_WORKERS, os.cpu_count() or 1))
        self._pool = ProcessPoolExecutor(self._workers, multiprocessing.get_context("spawn"))
        self._running: dict[Future[bytes], Batch] = {}

    @property
    def done(self) -> bool:
        return not self._waiting and not self._running

    def next(self, seconds: float) -> list[tuple[Batch, Result]]:
        """What has been read since the last call; waits up to ``seconds`` for the first.

        Raises BrokenExecutor if the workers died; :meth:`rest` then tells what they did not read.
        """
        # Two batches more than workers, so that none waits while we enter.
        while self._waiting and len(self._running) < self._workers + 2:
            batch = self._waiting.popleft()
            self._running[self._pool.submit(_work, batch.found)] = batch
        finished, _ = wait(self._running, timeout=seconds, return_when=FIRST_COMPLETED)
        results = []
        for future in finished:
            packed = future.result()
            results.append((self._running.pop(future), _decode(packed)))
        return results

    def rest(self) -> list[Found]:
        """Sources that were not given back."""
        batches_left = [*self._running.values(), *self._waiting]
        return [entry for batch in batches_left for entry in batch.found]

    def close(self) -> None:
        """Stop the workers without waiting for what they read now."""
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        self._waiting.clear()
        self._running.clear()


__all__ = ["WORTH_IT", "Batch", "BrokenExecutor", "Importer", "Result", "batches", "read_whole"]
