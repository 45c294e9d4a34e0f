"""The import's process: how the program that fills an empty ledger is started and what it is told.

Owns that, before there is an engine or any of Qt: so it imports next to nothing. Does not own what the program does
(import_program.py) or who listens to it (import_apart.py).
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from typing import IO, Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.collect.frames import write_frame
from tokenwatch.collect.source_worker_process import Forked, WorkerProcess
from tokenwatch.engine.import_frames import Job

IMPORT: Final = "--import"
"""The argument with which a packaged program becomes this one."""

_encode: Final = msgspec.msgpack.Encoder().encode


def begin_early(paths: Paths) -> WorkerProcess | None:
    """Begin at the start of the app, when there is no ledger. Without logs the program ends at once.

    None: no process may be started; the engine then looks what there is to do. The caller holds the data directory.
    """
    try:
        return begin(paths)
    except OSError:
        return None


def begin(paths: Paths) -> WorkerProcess:
    """The program, at work: forked on Linux while there is one thread, for then nothing of Qt has begun."""
    process: WorkerProcess
    if sys.platform == "linux" and threading.active_count() == 1:
        process = Forked(_work)
    else:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    job = Job(str(paths.home), dict(paths.environment), str(paths.data), str(paths.config), paths.platform)
    with contextlib.suppress(OSError):  # it is gone already; whoever listens is told
        assert process.stdin is not None
        write_frame(process.stdin, _encode(job))
    return process


def command() -> list[str]:
    """This program again, packaged or not; never a module of the current directory."""
    if getattr(sys, "frozen", False):
        return [sys.executable, IMPORT]
    code = "import sys; from tokenwatch.engine.import_program import main; sys.exit(main())"
    return [sys.executable, "-P", "-c", code]


def _work(source: IO[bytes], target: IO[bytes]) -> int:
    from tokenwatch.engine.import_program import work

    return work(source, target)
