"""The worker's process: how it is started, asked to end, and waited for.

Owns the two ways of starting one. Does not own what it does (source_worker.py) or what it is given (importer.py).

Decisions
---------
*A command that ends forks its worker; the app starts a program.* Context: a new interpreter needs a tenth of a second
of processor time to import what the first one has imported already, as long as reading 100 MB of logs takes. A fork
needs none, but is only safe in a process of one thread, on a system whose libraries bear it, and never after Qt has
begun. Decision: fork on Linux, when asked to and while there is one thread; else start a program. Consequence: both
ways speak through the same two pipes, and one set of tests holds for both.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, Final, Protocol

WORKER: Final = "--worker"
"""The argument with which a packaged program becomes a worker."""

_POLL_SECONDS: Final = 0.01
_END_SECONDS: Final = 2.0


class WorkerProcess(Protocol):
    """A process that reads frames from ``stdin`` and writes others to ``stdout``, as seen by who started it."""

    @property
    def stdin(self) -> IO[bytes] | None: ...

    @property
    def stdout(self) -> IO[bytes] | None: ...

    def kill(self) -> None: ...

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status. Raises ``subprocess.TimeoutExpired``."""
        ...


def command() -> list[str]:
    """How a worker is started: this program again, packaged or not; never a module of the current directory."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER]
    program = "import sys; from tokenwatch.collect.source_worker import main; sys.exit(main())"
    return [sys.executable, "-P", "-c", program]


def started(*, may_fork: bool) -> WorkerProcess:
    """A worker that waits for its first frame. Raises OSError where no process may be started."""
    if may_fork and sys.platform == "linux" and threading.active_count() == 1:
        return Forked(_worker)
    return subprocess.Popen(  # noqa: S603 - our own program
        command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def end(process: WorkerProcess, listener: threading.Thread | None) -> None:
    """Kill it, whatever it does now, and close the pipes when ``listener``, which reads from it, has noticed.

    None: nobody reads from it yet.
    """
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):  # it hangs in a file system that does not answer
        process.wait(_END_SECONDS)
    if listener is not None:
        listener.join(_END_SECONDS)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


class Forked:
    """A copy of this process that does nothing but ``work``, which reads from one pipe and writes to another."""

    def __init__(self, work: Callable[[IO[bytes], IO[bytes]], int]) -> None:
        jobs_out, jobs_in = os.pipe()
        results_out, results_in = os.pipe()
        try:
            self._pid = os.fork()
        except OSError:
            for descriptor in (jobs_out, jobs_in, results_out, results_in):
                os.close(descriptor)
            raise
        if self._pid == 0:
            # Else the pipe of jobs would stay open when the one who writes to it is gone.
            os.close(jobs_in)
            os.close(results_out)
            _live(work, jobs_out, results_in)
        os.close(jobs_out)
        os.close(results_in)
        self._status: int | None = None
        self.stdin: IO[bytes] = os.fdopen(jobs_in, "wb")
        self.stdout: IO[bytes] = os.fdopen(results_out, "rb")

    @property
    def pid(self) -> int:
        return self._pid

    def kill(self) -> None:
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        until = None if timeout is None else time.monotonic() + timeout
        while self._status is None:
            try:
                pid, status = os.waitpid(self._pid, 0 if until is None else os.WNOHANG)
            except ChildProcessError:
                pid, status = self._pid, 0  # somebody else has waited for it
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
            elif until is not None:
                if time.monotonic() >= until:
                    raise subprocess.TimeoutExpired(WORKER, timeout or 0.0)
                time.sleep(_POLL_SECONDS)
        return self._status


def _worker(source: IO[bytes], target: IO[bytes]) -> int:
    from tokenwatch.collect.source_worker import work

    return work(source, target)


def _live(work: Callable[[IO[bytes], IO[bytes]], int], jobs: int, results: int) -> None:
    """The forked process's life. Never returns: nothing that its parent opened is closed or written by it."""
    status = 1
    try:
        # It ends with its jobs; the key that interrupts the command must not make it speak.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        silence = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(silence, descriptor)
        with os.fdopen(jobs, "rb") as source, os.fdopen(results, "wb") as target:
            status = work(source, target)
    finally:
        os._exit(status)
