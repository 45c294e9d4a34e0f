"""One thread: jobs done one after the other, on a thread that never keeps the program from ending.

Owns that. Does not own what the jobs do; each handles its own errors. For what may wait for somebody else - a keyring
that wants to be unlocked, a provider that does not answer - where a pool of the standard library would be waited for.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue

log = logging.getLogger(__name__)


class OneThread:
    """May be used from any thread. The thread starts with the first job."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, job: Callable[[], object]) -> None:
        """Do the job after those that were given before. After :meth:`close` it is dropped."""
        with self._guard:
            if self._closed:
                return
            self._jobs.put(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Do no more jobs; the present one is not waited for."""
        with self._guard:
            self._closed = True
            self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if self._closed:
                return
            try:
                job()
            except Exception:
                log.exception("a job of %s failed", self._name)
