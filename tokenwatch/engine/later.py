"""Later: an engine for a face that starts, which is made when the first numbers are shown.

Owns what a face may ask of the engine until there is one: orders are kept for it, questions are put to it when it is
there. Does not own the engine (engine.py) or the first numbers (head_start.py). Imports neither the engine nor what
that needs, all of which would be loaded before the window is.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from tokenwatch.base.clock import Clock
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month, Snapshot
from tokenwatch.engine.begun import Begun
from tokenwatch.engine.head_start import HeadStart
from tokenwatch.engine.listeners import Listeners
from tokenwatch.engine.orders import Orders

if TYPE_CHECKING:
    from tokenwatch.collect.source_worker_process import WorkerProcess
    from tokenwatch.engine.engine import Engine
    from tokenwatch.insight.asked import Answer, Asked

log = logging.getLogger(__name__)

_Result = TypeVar("_Result")

_PAINT_SECONDS: Final = 0.15
"""So long the first numbers have the interpreter for themselves, to be painted."""
_STOP_SECONDS: Final = 2.0


class LaterEngine(Orders):
    """As :class:`Engine` to faces. ``ahead`` was begun for the first numbers, ``importing`` to fill the ledger."""

    def __init__(
        self,
        paths: Paths,
        clock: Clock,
        settings: Settings,
        ahead: HeadStart | None = None,
        importing: WorkerProcess | None = None,
    ) -> None:
        super().__init__()
        self._paths, self._clock, self._settings = paths, clock, settings
        self._ahead, self._importing = ahead, importing
        self._listeners = Listeners()
        self._visible = False
        self._guard = threading.Lock()
        self._engine: Engine | None = None
        self._waiting: list[Callable[[Engine], object]] = []
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tokenwatch-start", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = _STOP_SECONDS) -> None:
        """See :meth:`Engine.stop`."""
        with self._guard:
            self._stopping.set()
            engine = self._engine
        if self._ahead is not None:
            self._ahead.close()
        if engine is not None:
            engine.stop(timeout)
            return
        if self._thread.ident is not None:
            self._thread.join(timeout)
        if self._importing is not None:
            from tokenwatch.collect.source_worker_process import end

            end(self._importing, None)

    def subscribe(self, callback: Callable[[Snapshot], None]) -> None:
        """See :meth:`Engine.subscribe`."""
        self._listeners.add(callback)

    def latest(self) -> Snapshot | None:
        return self._listeners.latest

    def refresh(self) -> None:
        """Look at all sources and processes now."""
        self._when_there(lambda engine: engine.refresh())

    def set_visible(self, visible: bool) -> None:
        """A face is open: look at processes more often."""
        self._when_there(lambda engine: engine.set_visible(visible))

    def change_settings(self, settings: Settings) -> None:
        self._when_there(lambda engine: engine.change_settings(settings))

    def month(self, first: date) -> Future[Month]:
        """See :meth:`Engine.month`."""
        return self._answer(lambda engine: engine.month(first))

    def ask(self, question: Asked, key: str | None = None) -> Future[Answer]:
        """See :meth:`Engine.ask`."""
        return self._answer(lambda engine: engine.ask(question, key))

    # For any thread

    def _when_there(self, order: Callable[[Engine], object]) -> None:
        with self._guard:
            engine = self._engine
            if engine is None:
                self._waiting.append(order)
                return
        order(engine)

    def _answer(self, question: Callable[[Engine], Future[_Result]]) -> Future[_Result]:
        answer: Future[_Result] = Future()
        self._when_there(lambda engine: question(engine).add_done_callback(lambda done: _pass_on(done, answer)))
        return answer

    # On a thread of its own

    def _run(self) -> None:
        try:
            self._show_ahead()
            if not self._stopping.is_set():
                self._make()
        except Exception:
            log.exception("the engine could not be made")
            from tokenwatch.engine.compose import standing_still

            self._listeners.hand_out(standing_still(self._listeners.latest, self._clock.now()))

    def _show_ahead(self) -> None:
        snapshot = self._ahead.snapshot() if self._ahead is not None else None
        if snapshot is not None and not self._stopping.is_set():
            self._listeners.hand_out(snapshot)
            self._stopping.wait(_PAINT_SECONDS)

    def _make(self) -> None:
        from tokenwatch.engine.engine import Engine

        sessions = self._ahead.sessions() if self._ahead is not None else None
        progress = self._listeners.latest.progress if self._listeners.latest is not None else None
        engine = Engine(
            self._paths,
            self._clock,
            self._settings,
            apart=True,
            begun=Begun(self._inbox, sessions, self._importing, progress),
        )
        engine.subscribe(self._listeners.hand_out)
        with self._guard:
            if self._stopping.is_set():
                return
            waiting, self._waiting = self._waiting, []
            for order in waiting:
                order(engine)
            self._engine, self._importing = engine, None
            engine.start()


def _pass_on(done: Future[_Result], answer: Future[_Result]) -> None:
    if done.cancelled():
        answer.cancel()
    elif (error := done.exception()) is not None:
        answer.set_exception(error)
    else:
        answer.set_result(done.result())
