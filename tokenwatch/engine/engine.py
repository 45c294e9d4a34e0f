"""The engine: the threads that keep the ledger and the snapshot up to date while the app runs.

Owns the threads and what passes between them. Does not own what is done (core.py), when (schedule.py) or how it looks
(faces). Faces meet it only through the public methods below, which may be called from any thread and return at once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from tokenwatch.base.clock import Clock
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month, Snapshot, State
from tokenwatch.collect.places import looked_in, roots_of
from tokenwatch.collect.watcher import Watcher
from tokenwatch.engine import messages
from tokenwatch.engine.begun import NOTHING, Begun
from tokenwatch.engine.bill_checks import BillChecks
from tokenwatch.engine.compose import standing_still
from tokenwatch.engine.core import Core
from tokenwatch.engine.giving_back import GivingBack, give_all_back
from tokenwatch.engine.guard import Guard
from tokenwatch.engine.hints import Hints
from tokenwatch.engine.history import delete_history
from tokenwatch.engine.import_apart import ImportApart, begun_apart, follow, take_over
from tokenwatch.engine.listeners import Listeners
from tokenwatch.engine.live_thread import LiveThread
from tokenwatch.engine.obey import obey
from tokenwatch.engine.orders import Orders
from tokenwatch.engine.pulse import REASON, Pulse
from tokenwatch.engine.questions import Questions
from tokenwatch.engine.schedule import (
    ASK_SECONDS,
    GAP_HIDDEN,
    RETRY_SECONDS,
    Due,
    JumpWatch,
    ScanDue,
    beat_of,
    gap,
)
from tokenwatch.engine.self_watch import SelfWatch
from tokenwatch.engine.updates import Updates
from tokenwatch.readers.protocol import Reader
from tokenwatch.system.own_use import own_use

if TYPE_CHECKING:
    from tokenwatch.insight.asked import Answer, Asked

log = logging.getLogger(__name__)

_STOP_SECONDS: Final = 2.0


class Engine(Orders):
    """``settings`` are those to begin with; ``by_id`` the readers, else all. Nothing happens before :meth:`start`.

    ``apart``: a first import of much runs in a program of its own. ``begun`` is what it takes over.
    """

    def __init__(
        self,
        paths: Paths,
        clock: Clock,
        settings: Settings | None = None,
        *,
        by_id: Mapping[str, Reader] | None = None,
        apart: bool = False,
        begun: Begun = NOTHING,
    ) -> None:
        super().__init__(begun.orders)
        self._paths, self._clock, self._apart = paths, clock, apart
        self._core = Core(paths, clock, settings or Settings(), grown=lambda *new: self._live.feed(*new), by_id=by_id)
        self._settings = self._core.settings
        put = self._inbox.put
        self._own = SelfWatch(lambda: own_use(paths.ledger), lambda: self._settings.own_cpu_percent)
        readers, slower = self._core.readers, self._watched
        self._live = LiveThread(readers, paths, clock, lambda found: put(messages.Opened(found)), slower)
        self._live.follow(self._settings)
        self._watcher = Watcher(self._path_changed, lambda: self._inbox.put(messages.ScanSoon()))
        self._guard = Guard(paths, clock, lambda why: self._inbox.put(messages.Damaged(why)))
        self._questions = Questions(lambda: paths, clock.now, lambda: self._settings)
        self._updates = Updates(paths, clock.now, lambda problems: self._inbox.put(messages.ReloadPrices(problems)))
        self._bills = BillChecks(clock.now, lambda checked: self._inbox.put(messages.BillsChecked(checked)))
        self._thread = threading.Thread(target=self._run, name="tokenwatch-engine", daemon=True)
        self._pulse, self._stopping = Pulse(), threading.Event()
        self._listeners = Listeners()
        # Touched by the engine thread only:
        self._sessions = begun.sessions
        self._visible = self._busy = False
        self._import: ImportApart | None = None
        self._begun = begun
        self._followed: tuple[Path, ...] = ()
        self._dirty, self._scan, self._hints = True, ScanDue(), Hints()
        self._heap = GivingBack(lambda: give_all_back(self._core.books))
        self._retry, self._beat, self._publish_at, self._ask_at = (Due() for _ in range(4))

    # For faces

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = _STOP_SECONDS) -> None:
        """Finish what is being entered, close the ledger and end all threads, within ``timeout`` seconds."""
        until = time.monotonic() + timeout
        self._stopping.set()
        self._inbox.put(messages.ScanSoon())
        self._live.stop()
        self._guard.stop()
        for thread in (self._thread, self._live.thread, self._guard.thread):
            if thread.ident is not None:
                thread.join(max(0.05, until - time.monotonic()))
        self._questions.close()
        self._updates.stop()
        self._bills.stop()

    def subscribe(self, callback: Callable[[Snapshot], None]) -> None:
        """``callback`` gets every new snapshot, on the engine's thread; it must return quickly."""
        self._listeners.add(callback)

    def latest(self) -> Snapshot | None:
        return self._listeners.latest

    def refresh(self) -> None:
        """Look at all sources and processes now."""
        self._inbox.put(messages.ScanSoon())
        self._live.wake()

    def set_visible(self, visible: bool) -> None:
        """A face is open: look at processes more often."""
        self._live.set_visible(visible)
        self._inbox.put(messages.Show(visible))

    def change_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._live.follow(settings)
        self._inbox.put(messages.ChangeSettings(settings))

    def month(self, first: date) -> Future[Month]:
        """The month that begins on ``first``, asked on the query pool. The future raises a LedgerError."""
        return self._questions.month(first)

    def ask(self, question: Asked, key: str | None = None) -> Future[Answer]:
        """What some days were used for, or one row of that in detail. The future raises a LedgerError."""
        return self._questions.ask(question, key)

    # On other threads

    def _path_changed(self, path: Path) -> None:
        if self._live.watches(path):
            self._live.wake()
        else:
            self._inbox.put(messages.Changed(path))

    def _watched(self) -> float:
        """At each look of the live thread: how much slower it shall be, and whether this engine still comes round."""
        if self._pulse.stands_still(time.monotonic()):
            self._listeners.hand_out(standing_still(self._listeners.latest, self._clock.now(), REASON))
        return self._own.slower

    # On the engine's thread

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._run_until_it_fails()
        finally:
            if self._import is not None:
                self._import.close()
            self._watcher.stop()
            self._core.close()

    def _run_until_it_fails(self) -> None:
        try:
            self._begin()
            while not self._stopping.is_set():
                self._turn()
        except Exception:
            # Whatever it was, the ledger holds only what was entered as a whole; begin as after a start.
            log.exception("the engine failed and begins again")
            self._core.close()
            self._listeners.hand_out(standing_still(self._listeners.latest, self._clock.now()))
            self._stopping.wait(RETRY_SECONDS)

    def _begin(self) -> None:
        begun, self._begun, recall = self._begun, NOTHING, self._live.recall
        self._import = begun_apart(self._core, self._paths, begun, self._inbox.put, recall, may=self._apart)
        if self._import is None:
            self._core.open()
        # The numbers of last time come first; then the logs are looked at.
        self._publish(judge=False)
        if self._live.thread.ident is None:
            self._live.start()
        if self._import is None:
            self._core.reprice()
        self._jump = JumpWatch(self._clock)
        self._scan.soon()
        self._retry.after(time.monotonic(), RETRY_SECONDS)

    def _turn(self) -> None:
        self._pulse.rest()
        self._take(self._idle_seconds())
        self._pulse.work(time.monotonic())
        if self._jump.jumped():
            self._scan.soon()
            self._live.wake()
            self._core.recall()
            self._dirty = True
        if self._core.paused_since is None:
            self._work(time.monotonic())
        if (self._dirty or self._beat.passed(time.monotonic())) and self._publish_at.passed(time.monotonic()):
            self._publish()
        self._heap.turn(time.monotonic(), busy=self._dirty or self._hints.waiting or self._core.books.pending)

    def _work(self, now: float) -> None:
        """Scan and read on, as far as it is time; with a ledger in trouble only now and then."""
        core = self._core
        troubled = bool(core.books.trouble)
        if troubled and not self._retry.passed(now):
            return
        if troubled and core.books.ledger is None:
            core.open()
            self._scan.soon()
        if self._scan.passed(now) and core.books.ledger is not None:
            self._look_everywhere()
            lost = core.books.scanner is not None and core.books.scanner.discovery.closed
            self._scan.done(now, polling=bool(self._watcher.polling), busy=self._busy, lost=lost)
            self._heap.work(now)
        if core.books.pending or troubled:
            self._dirty |= core.step()
            self._heap.work(now)
        if troubled:
            self._dirty = True
            core.reprice()  # it may have been the trouble, or not have been possible at the start
        if troubled or core.books.trouble:
            self._retry.after(time.monotonic(), RETRY_SECONDS)

    def _idle_seconds(self) -> float:
        """How long nothing needs to be done unless something comes."""
        now = time.monotonic()
        core = self._core
        waits = [self._publish_at.left(now) if self._dirty else self._beat.left(now)]
        if core.paused_since is None:
            if core.books.trouble:
                waits.append(self._retry.left(now))
            elif core.books.pending:
                return 0.0
            elif core.books.ledger is not None:
                waits += [self._scan.left(now), core.books.again_in]
                waits.append(self._hints.wait(now, waits[0]))
        return min(*waits, self._heap.left(now))

    def _take(self, seconds: float) -> None:
        """Everything that came, waiting up to ``seconds`` for the first."""
        try:
            message = self._inbox.get(timeout=seconds) if seconds > 0 else self._inbox.get_nowait()
            while True:
                if isinstance(message, messages.Changed):
                    self._hints.add(message.path)
                else:
                    self._obey(message)
                message = self._inbox.get_nowait()
        except Empty:
            pass
        self._pass_on_hints(time.monotonic())

    def _pass_on_hints(self, now: float) -> None:
        """Many lines at once, or while only the icon shows them, are one reading."""
        if self._core.paused_since is not None or self._import is not None:
            self._hints.clear()  # everything is looked at afterwards
        elif changed := self._hints.take(now, gap(0.0) if self._visible else GAP_HIDDEN):
            self._dirty |= self._core.hint(changed)
            self._scan.stir()

    def _obey(self, message: messages.Message) -> None:
        core = self._core
        self._dirty = True
        match message:
            case messages.Opened(sessions):
                self._sessions = sessions
                self._busy = any(session.state is State.WORKING for session in sessions)
                if self._live.folders != self._followed:
                    self._scan.soon()  # the first file of a registry: from now on its changes are heard of
                elif self._busy:
                    self._scan.stir()
            case messages.Imported(None):
                self._end_import()
            case messages.Imported(progress, committed) if self._import is not None and progress is not None:
                follow(self._core, progress, committed=committed)
            case messages.Pause(paused):
                self._end_import()
                since = core.paused_since if core.paused_since is not None else self._clock.now()
                core.paused_since = since if paused else None
                self._scan.soon()
            case messages.Show(visible):
                self._visible = visible
                core.live.show(visible, self._clock.now())
                self._publish_at.soon()
                self._hints.soon()
            case messages.UpdatePrices():
                rates = core.settings.update_rates != "never"
                self._updates.fetch(core.books.pricer.listing, rates=rates)
            case messages.CheckBills(file):
                if file is not None:
                    self._bills.take_file(file)
                elif core.settings.check_bills:
                    self._bills.check()
            case messages.ChangeSettings(settings):
                kept = settings.keep_months != core.settings.keep_months
                if kept or looked_in(self._paths, settings) != core.books.places:
                    self._scan.soon()
                    self._live.wake()
                obey(core, message)
            case messages.DeleteHistory(answer):
                self._end_import()
                with self._guard.held():
                    delete_history(core, self._paths, self._clock.now(), answer)
                self._scan.soon()
            case messages.ScanSoon():
                self._scan.soon()
            case messages.Damaged(why):
                core.books.give_up(why)
                self._retry.soon()
            case _:
                obey(core, message)

    def _end_import(self) -> None:
        """It has ended, well or not, or shall: the rest is done here."""
        if self._import is not None:
            self._import.close()
            self._import = None
            take_over(self._core)
            self._scan.soon()

    def _look_everywhere(self) -> None:
        core = self._core
        if self._guard.thread.ident is None:
            self._guard.start()
        if core.books.scanner is None:
            return
        places = core.books.places
        roots = [root for reader in core.readers.values() for root in roots_of(reader, places) or ()]
        trees = [root.path for root in roots if root.depth]
        before = self._watcher.polling
        # Watch first, then look: what happens in between is seen twice, not lost.
        self._followed = self._live.folders
        self._watcher.watch(
            [*trees, *self._followed],
            [*(root.path for root in roots if not root.depth), self._paths.status_lines],
        )
        core.plan()
        log.debug("all places were looked at: %d sources", len(core.books.scanner.discovery.found))
        if self._watcher.polling:
            core.reported["watcher"] = Health("watcher", HealthState.DEGRADED, self._watcher.polling)
        elif before:
            core.reported["watcher"] = Health("watcher")
        self._live.recall(core.books.scanner.discovery.found, core.ends())
        self._updates.fetch_if_due(core.settings, core.books.pricer.listing)
        self._bills.check_if_due(core.settings)
        self._dirty = True

    def _publish(self, *, judge: bool = True) -> None:
        core, began = self._core, time.monotonic()
        core.look(self._sessions or ())
        asked, quick = core.answers.asked, not self._ask_at.passed(began)
        snapshot = replace(core.snapshot(self._sessions, judge=judge, quick=quick), own=self._own.figures)
        self._dirty = False
        self._listeners.hand_out(snapshot)
        now = time.monotonic()
        pause = gap(now - began)
        if core.answers.asked != asked:
            self._ask_at.after(now, max(ASK_SECONDS, pause))
            pause = gap(0.0)  # the next one asks for less
        slower = self._own.factor(now, core.reported)
        self._publish_at.after(now, slower * (pause if self._visible else max(pause, GAP_HIDDEN)))
        beat = slower * beat_of(snapshot.figures, visible=self._visible)
        if quick and core.answers.behind:
            beat = min(beat, self._ask_at.left(now))  # what was left out follows
        self._beat.after(now, beat)
