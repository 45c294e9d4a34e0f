"""Ends: told by the operating system, at once, when one of some processes has ended.

Owns asking for that, where it costs nothing while nothing happens: on Linux a file that stands for a process (pidfd),
on macOS a kernel queue. Does not know what the processes are. Elsewhere, and where the system refuses it, nobody is
told, and ends are seen at the next look.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Collection
from typing import Final, Protocol, cast

from tokenwatch.live.matching import Instance

log = logging.getLogger(__name__)

MOST: Final = 256
"""Processes that are waited for at most; each takes a file of ours."""


class _Waiting(Protocol):
    """One system's way. ``wait`` returns when some have ended or ``leave`` was called; all others return at once."""

    def add(self, pid: int) -> None: ...
    def remove(self, pid: int) -> None: ...
    def wait(self) -> bool: ...
    def leave(self) -> None: ...
    def close(self) -> None: ...


class Ends:
    """``ended`` is called, on a thread of its own, when one of the watched processes ends. It must return quickly."""

    def __init__(self, ended: Callable[[], None]) -> None:
        self._ended = ended
        self._watched: frozenset[Instance] = frozenset()
        self._waiting = _begin()
        self._thread = threading.Thread(target=self._run, name="tokenwatch-ends", daemon=True)

    @property
    def works(self) -> bool:
        """Whether this system tells of ends."""
        return self._waiting is not None

    def watch(self, processes: Collection[Instance]) -> None:
        """From now on these, and no others. One that has ended already is told of, too. From one thread only."""
        waiting = self._waiting
        if waiting is None:
            return
        wanted = frozenset(sorted(processes)[:MOST])
        for pid, _ in self._watched - wanted:
            waiting.remove(pid)
        new = wanted - self._watched
        self._watched = wanted
        gone = False
        for pid, _ in new:
            try:
                waiting.add(pid)
            except ProcessLookupError:
                gone = True
            except OSError as error:
                log.debug("the end of process %d will not be told: %s", pid, error)
        if wanted and self._thread.ident is None:
            self._thread.start()
        if gone:
            self._ended()

    def stop(self) -> None:
        """No more is told. For the thread that called :meth:`watch`, or after it."""
        if self._waiting is None:
            return
        self._waiting.leave()
        if self._thread.ident is not None:
            self._thread.join()
        self._waiting.close()
        self._waiting = None

    def _run(self) -> None:
        waiting = self._waiting
        while waiting is not None and waiting.wait():
            self._ended()


if sys.platform == "linux":
    import select

    class _System:
        """A file for each process, which can be read once it ended, also while its parent has not asked for it."""

        def __init__(self) -> None:
            self._poll = select.epoll()
            self._left = os.eventfd(0, os.EFD_CLOEXEC)
            self._poll.register(self._left, select.EPOLLIN)
            self._files: dict[int, int] = {}

        def add(self, pid: int) -> None:
            file = os.pidfd_open(pid)
            self._files[pid] = file
            self._poll.register(file, select.EPOLLIN | select.EPOLLONESHOT)

        def remove(self, pid: int) -> None:
            file = self._files.pop(pid, None)
            if file is not None:
                with contextlib.suppress(OSError):
                    self._poll.unregister(file)
                os.close(file)

        def wait(self) -> bool:
            return all(file != self._left for file, _ in self._poll.poll())

        def leave(self) -> None:
            os.eventfd_write(self._left, 1)

        def close(self) -> None:
            for pid in list(self._files):
                self.remove(pid)
            self._poll.close()
            os.close(self._left)

elif sys.platform == "darwin":
    import select

    class _System:
        """Events of the kernel: a process that exits is told once and then forgotten."""

        def __init__(self) -> None:
            self._queue = select.kqueue()
            self._reading, self._writing = os.pipe()
            self._change(self._reading, select.KQ_FILTER_READ, select.KQ_EV_ADD)

        def add(self, pid: int) -> None:
            self._change(pid, select.KQ_FILTER_PROC, select.KQ_EV_ADD | select.KQ_EV_ONESHOT, select.KQ_NOTE_EXIT)

        def remove(self, pid: int) -> None:
            with contextlib.suppress(OSError):  # it ended, and the kernel forgot it
                self._change(pid, select.KQ_FILTER_PROC, select.KQ_EV_DELETE)

        def _change(self, ident: int, kind: int, flags: int, notes: int = 0) -> None:
            self._queue.control([select.kevent(ident, kind, flags, notes)], 0)

        def wait(self) -> bool:
            return all(event.filter == select.KQ_FILTER_PROC for event in self._queue.control(None, 16, None))

        def leave(self) -> None:
            os.write(self._writing, b"x")

        def close(self) -> None:
            self._queue.close()
            os.close(self._reading)
            os.close(self._writing)

else:

    class _System:
        """No way to be told without waiting for each process on a thread of its own."""

        def __init__(self) -> None:
            raise OSError("this system is not asked")


def _begin() -> _Waiting | None:
    try:
        return cast(_Waiting, _System())
    except OSError as error:
        log.debug("ends of processes are not told here: %s", error)
        return None
