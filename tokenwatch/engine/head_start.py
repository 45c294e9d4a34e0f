"""Head start: the first look in a process beside this one, begun before this one loads Qt.

Owns that process, what comes back from it and its end. Does not own what it does (first_look.py), nor the engine
that goes on afterwards (later.py). Imports next to nothing, for it is imported before the window is.

Decisions
---------
*The first numbers are made in a fork of the app.* Context: loading Qt and making the window take a quarter of a
second of one interpreter, and the first numbers as much; in two threads they hold each other up. Decision: on Linux
the process forks before it has a second thread or any of Qt, and the fork makes the first snapshot from the ledger,
reading only, sends it and ends. Elsewhere, and where no process may be started, the engine makes it, a little later.
Consequence: two cores are used at the start, and nothing of the first look stays in the app's memory.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from tokenwatch.base.clock import Clock
from tokenwatch.base.paths import Paths
from tokenwatch.collect.frames import read_frame, write_frame

if TYPE_CHECKING:
    from tokenwatch.base.snapshot import Snapshot
    from tokenwatch.live.sessions import OpenSession


class HeadStart:
    """Made by :func:`head_start`. Each answer is waited for, and None where the other process had none."""

    def __init__(self, pid: int, answers: int) -> None:
        self.pid = pid
        self._answers = os.fdopen(answers, "rb")
        self._reading, self._ending = threading.Lock(), threading.Lock()
        self._alive = True

    def snapshot(self) -> Snapshot | None:
        """The first of the two."""
        from tokenwatch.base.snapshot import Snapshot

        frame = self._next()
        return None if frame is None else msgspec.msgpack.decode(frame, type=Snapshot | None)

    def sessions(self) -> tuple[OpenSession, ...] | None:
        """The open sessions, which need more modules than the snapshot does. The second and last answer."""
        from tokenwatch.live.sessions import OpenSession

        frame = self._next()
        self.close()
        return None if frame is None else msgspec.msgpack.decode(frame, type=tuple[OpenSession, ...])

    def close(self) -> None:
        """End the other process, whatever it does; an answer that is waited for is None. Harmless the second time."""
        with self._ending:
            if self._alive:
                self._alive = False
                with suppress(ProcessLookupError):
                    os.kill(self.pid, signal.SIGKILL)
                with suppress(ChildProcessError):
                    os.waitpid(self.pid, 0)
        with self._reading:
            self._answers.close()

    def _next(self) -> bytes | None:
        with self._reading:
            try:
                return read_frame(self._answers)
            except (OSError, ValueError):
                return None


def head_start(paths: Paths, clock: Clock, *, filling: bool = False) -> HeadStart | None:
    """Begin. None where a process cannot be forked, or not any more. ``filling``: there is no ledger yet."""
    if sys.platform != "linux" or threading.active_count() != 1:
        return None
    reading, writing = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if pid == 0:
        _look(paths, clock, writing, filling)
    os.close(writing)
    return HeadStart(pid, reading)


def _look(paths: Paths, clock: Clock, answers: int, filling: bool) -> None:
    """The fork's life. Never returns: nothing that its parent opened is written by it, and the lock of the data
    directory is let go of, which would else be held for as long as this lives."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        silence = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(silence, descriptor)
        os.closerange(3, answers)
        os.closerange(answers + 1, max(silence, answers) + 64)

        from tokenwatch.engine.first_look import first_look

        snapshot, sessions = first_look(paths, clock, filling=filling)
        with os.fdopen(answers, "wb") as file:
            write_frame(file, msgspec.msgpack.encode(snapshot))
            write_frame(file, msgspec.msgpack.encode(sessions))
        status = 0
    except Exception:  # noqa: BLE001 - the engine will meet the same, and says so
        status = 1
    finally:
        os._exit(status)
