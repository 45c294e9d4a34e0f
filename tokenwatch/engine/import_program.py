"""The import as a program: fills the ledger, today's logs first, and says how far it is. No Qt and no live figures.

Owns its loop and its end, also when the parent is gone. Its parent is import_apart.py, which holds the right to
write; frames on standard input and output are those of collect/source_worker.py.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

import msgspec

from tokenwatch.base.clock import Clock, SystemClock, day_of, day_start
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings_reading import load
from tokenwatch.collect.frames import read_frame, write_frame
from tokenwatch.engine.books import Books
from tokenwatch.engine.import_frames import Job, Told

_NICE: Final = 5
_TELL_SECONDS: Final = 0.25

_decode: Final = msgspec.msgpack.Decoder(Job).decode
_encode: Final = msgspec.msgpack.Encoder().encode


def main() -> int:
    """Do the job that comes on standard input."""
    return work(sys.stdin.buffer, sys.stdout.buffer)


def work(source: IO[bytes], target: IO[bytes]) -> int:
    """Do the job that comes from ``source``; ends when the parent does, which keeps that open."""
    frame = read_frame(source)
    if frame is None:
        return 1
    job = _decode(frame)
    gc.disable()  # hardly anything here makes circles, and the process is short-lived
    paths = Paths(Path(job.home), job.environment, Path(job.data), Path(job.config), job.platform)
    with suppress(OSError):  # the parent is gone
        return run(paths, SystemClock(), target, lambda: _watch_parent(source))
    return 1


def run(paths: Paths, clock: Clock, target: IO[bytes], begun: Callable[[], None] = lambda: None) -> int:
    """Import everything. Trouble with the ledger ends it: the parent will have the same, and can say so.

    ``begun`` is called when the worker was started, which is forked as long as there is one thread.
    """
    settings, _ = load(paths.settings)
    zone = settings.zone(paths)
    now = clock.now()
    today = (now - day_start(day_of(now, zone), zone)) / 1000
    books = Books(paths, clock, settings, helping=True, lately=today)
    if not books.open():
        return 1
    try:
        books.reprice()
        books.plan()
        new = bool(books.step())
        begun()
        told, waited_for = 0.0, True
        while books.pending and not books.trouble:
            new |= bool(books.step())
            committed = new and books.ledger is not None and not books.ledger.holding
            if committed or time.monotonic() - told >= _TELL_SECONDS:
                progress = books.scanner.progress if books.scanner is not None else None
                if progress is not None:
                    write_frame(target, _encode(Told(progress.done, progress.total, committed)))
                    told, new = time.monotonic(), new and not committed
                if committed and waited_for:
                    waited_for = False
                    _step_back()
        return 1 if books.trouble else 0
    finally:
        books.close()


def _step_back() -> None:
    """Today's logs are committed, for which the window waited. From now on windows come first."""
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_NICE)


def _watch_parent(source: IO[bytes]) -> None:
    threading.Thread(target=_end_with_parent, args=(source.fileno(),), daemon=True).start()


def _end_with_parent(jobs: int) -> None:
    # Not through the buffer, whose lock this thread would hold while the program wants to end.
    while os.read(jobs, 1):
        pass
    os._exit(1)
