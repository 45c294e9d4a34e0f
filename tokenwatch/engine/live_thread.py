"""The live thread: looks at processes and registries and posts the open sessions.

A whole look is made every few seconds; between them it is only asked whether a process began (live/processes.py), and
the system tells of ends (live/ends.py), so that either is seen within a second.

Owns the only :class:`LiveTracker` of the app and when it looks. Does not touch the ledger; opens only registries, the
small files beside sub-agents' logs, databases of agents whose sub-agents or tools run and, at the start, the ends of
logs that were written lately (recall.py).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

import msgspec

from tokenwatch.base.clock import Clock
from tokenwatch.base.interval import End
from tokenwatch.base.paths import Paths
from tokenwatch.base.session import State
from tokenwatch.base.settings import Settings
from tokenwatch.collect.discover import Found
from tokenwatch.engine.recall import lately, recall, tell
from tokenwatch.engine.schedule import GAP_HIDDEN, glance_every, look_every
from tokenwatch.live.ends import Ends
from tokenwatch.live.processes import Processes
from tokenwatch.live.sessions import LiveTracker, OpenSession
from tokenwatch.readers.protocol import Carry, Part, Reader

log = logging.getLogger(__name__)

FIRST_SECONDS: Final = 3.0
"""So long the first look waits for what logs told lately: without that, sessions would be missing."""

_GAP_SECONDS: Final = 0.1
"""Between looks because of logs that grow, with an open face; see :data:`GAP_HIDDEN`."""


class _Grown(msgspec.Struct, frozen=True):
    reader: Reader
    part: Part
    carry: Carry


class _Recall(msgspec.Struct, frozen=True):
    found: tuple[Found, ...]
    ends: tuple[End, ...]


class LiveThread:
    """``post`` gets the open sessions, then those that ended lately, whenever they differ; on this thread.

    ``slower`` is by how much everything that can wait is to be slower (self_watch.py).
    """

    def __init__(
        self,
        readers: Mapping[str, Reader],
        paths: Paths,
        clock: Clock,
        post: Callable[[tuple[OpenSession, ...]], None],
        slower: Callable[[], float] = lambda: 1.0,
    ) -> None:
        self._readers = readers
        self._slower = slower
        self._clock = clock
        self._post = post
        self._processes = Processes([reader.agent for reader in readers.values()])
        self._tracker = LiveTracker(readers, paths, clock, self._processes)
        self._ends = Ends(self.wake)
        self._inbox: SimpleQueue[_Grown | _Recall | None] = SimpleQueue()
        self._stopping = threading.Event()
        self._asked = threading.Event()
        """Somebody wants a look at everything, also at processes."""
        self._visible = False
        self._recalled = self._told = False
        self.off: frozenset[str] = frozenset()
        """Agents of which nothing is posted."""
        self._tracker.watch_paths()
        self.thread = threading.Thread(target=self._run, name="tokenwatch-live", daemon=True)

    def follow(self, settings: Settings) -> None:
        """From now on look at what these settings want looked at. For any thread."""
        self.off = frozenset(settings.agents_off)
        self._tracker.asks_calls = settings.show_doing

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self.wake()

    def wake(self) -> None:
        """Look now."""
        self._asked.set()
        self._inbox.put(None)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where registry files are; it may be the first agent that makes the folder. For any thread."""
        return self._tracker.folders

    def watches(self, path: Path) -> bool:
        """Whether a file belongs to a registry."""
        return any(path.parent == folder for folder in self.folders)

    def set_visible(self, visible: bool) -> None:
        self._visible = visible
        self.wake()

    def feed(self, reader: Reader, part: Part, carry: Carry) -> None:
        """A part of a source that grew just now, and the reader's carry from before it."""
        self._inbox.put(_Grown(reader, part, carry))

    def recall(self, found: Sequence[Found], ends: Sequence[End] = ()) -> None:
        """At the start: what the ends of lately written logs tell, and whose process is gone. Not again."""
        if not self._recalled:
            self._recalled = True
            self._inbox.put(_Recall(lately(found, self._clock.now()), tuple(ends)))

    def _run(self) -> None:
        try:
            self._look_on()
        finally:
            self._ends.stop()

    def _look_on(self) -> None:
        last: tuple[OpenSession, ...] | None = None
        looked, whole, glanced, failing = 0.0, 0.0, 0.0, False
        self._wait_for_recall()
        while not self._stopping.is_set():
            slower, tracker = self._slower(), self._tracker
            between = look_every(
                visible=self._visible,
                unsettled=tracker.unsettled,
                missed=tracker.missed,
                calm=self._is_calm(last or ()),
                slower=slower,
            )
            glance = glance_every(visible=self._visible, slower=slower)
            came = self._take(max(0.01, min(glanced + glance, whole + between) - time.monotonic()))
            if self._stopping.is_set():
                return
            due = time.monotonic() >= whole + between
            if not due and time.monotonic() >= glanced + glance:
                glanced = time.monotonic()
                if self._processes.changed():
                    self._asked.set()
            if not (came or due or self._asked.is_set()):
                continue
            # Many lines at once are one look.
            if not self._visible:
                self._asked.wait(max(0.0, looked + slower * GAP_HIDDEN - time.monotonic()))
            self._stopping.wait(max(0.0, looked + slower * _GAP_SECONDS - time.monotonic()))
            self._take(0.0)
            fresh = self._asked.is_set() or time.monotonic() >= whole + between
            self._asked.clear()
            try:
                seen, failing = (*tracker.tick(fresh=fresh), *tracker.over), False
                found = tuple(session for session in seen if session.agent not in self.off)
            except Exception:
                if not failing:  # said once, not at every look
                    log.exception("looking at the running agents failed")
                found, failing = (), True
            looked = time.monotonic()
            if fresh:
                whole = glanced = looked
                self._ends.watch(tracker.instances)
            if found != last:
                last = found
                self._post(found)

    def _is_calm(self, sessions: Sequence[OpenSession]) -> bool:
        told = self._ends.works and self._processes.told
        return told and not any(session.state in (State.STARTING, State.WORKING) for session in sessions)

    def _wait_for_recall(self) -> None:
        until = time.monotonic() + FIRST_SECONDS
        while not (self._told or self._stopping.is_set()) and (left := until - time.monotonic()) > 0:
            self._take(left)

    def _take(self, seconds: float) -> bool:
        """Whether anything came within so many seconds."""
        came = False
        try:
            message = self._inbox.get(timeout=seconds) if seconds > 0 else self._inbox.get_nowait()
            while True:
                came = True
                if isinstance(message, _Grown):
                    tell(self._tracker, message.reader, message.part, message.carry)
                elif isinstance(message, _Recall):
                    recall(self._tracker, self._readers, message.found, self._stopping.is_set)
                    self._tracker.recall_ends(message.ends)
                    self._told = True
                message = self._inbox.get_nowait()
        except Empty:
            return came
