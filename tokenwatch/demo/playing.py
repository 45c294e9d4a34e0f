"""Playing: the demo as an engine - a thread that moves the stage on, faster than real time, and hands out snapshots.

Owns the thread, its pace, and beginning again at the end of the hour. Offers what faces need of an engine, so that
they cannot tell the two apart but for the mark that the numbers are made up. Does not own the stage (stage.py).
"""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from msgspec.structs import replace

from tokenwatch.base.health import Health
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month, Snapshot
from tokenwatch.base.translation import tr
from tokenwatch.demo.stage import SETTINGS, Stage
from tokenwatch.engine.listeners import Listeners
from tokenwatch.engine.questions import Questions
from tokenwatch.insight.asked import Answer, Asked

log = logging.getLogger(__name__)

SPEED: Final = 20.0
"""Seconds of the demo in a real one."""

_BEAT: Final = 0.5
"""Real seconds between two snapshots."""


class Playing:
    """Every method returns at once and may be called from any thread. The folder is the demo's own."""

    def __init__(self, folder: Path, *, speed: float = SPEED, until: int | None = None) -> None:
        """``until``: the moment (milliseconds) that is come to at once and from which time goes as it does."""
        self._folder = folder
        self._speed, self._until = speed, until
        self._settings = SETTINGS
        self._inbox: SimpleQueue[Callable[[Stage], None]] = SimpleQueue()
        self._listeners = Listeners()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tokenwatch-demo", daemon=True)
        self._stage = self._new_stage()
        self.questions = Questions(lambda: self._stage.paths, lambda: self._stage.clock.now(), lambda: self._settings)

    @property
    def stage(self) -> Stage:
        return self._stage

    @property
    def settings(self) -> Settings:
        return self._settings

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 2.0) -> None:
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        self.questions.close()

    def subscribe(self, callback: Callable[[Snapshot], None]) -> None:
        self._listeners.add(callback)

    def latest(self) -> Snapshot | None:
        return self._listeners.latest

    def refresh(self) -> None:
        self._inbox.put(Stage.catch_up)

    def pause(self) -> None:
        def pause(stage: Stage) -> None:
            stage.core.paused_since = stage.core.paused_since or stage.clock.now()

        self._inbox.put(pause)

    def resume(self) -> None:
        def resume(stage: Stage) -> None:
            stage.core.paused_since = None
            stage.catch_up()

        self._inbox.put(resume)

    def set_visible(self, visible: bool) -> None:
        """The demo is always looked at."""

    def change_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._inbox.put(lambda stage: stage.core.change_settings(settings))

    def report(self, health: Health) -> None:
        self._inbox.put(lambda stage: stage.core.reported.__setitem__(health.part, health))

    def snooze(self, rule: str = "", span: str = "3600") -> None:
        self._inbox.put(lambda stage: stage.core.snooze(rule, span))

    def read_alerts(self) -> None:
        self._inbox.put(lambda stage: stage.core.read_alerts())

    def reload_prices(self) -> None:
        self._inbox.put(lambda stage: stage.core.reload_prices())

    def update_prices(self) -> None:
        """Nothing: made-up agents have the prices that are shipped."""

    def check_bills(self, file: Path | None = None) -> None:
        """Nothing: nobody bills made-up agents."""

    def read_again(self) -> None:
        """Nothing: there is no log that holds more."""

    def delete_history(self) -> Future[None]:
        """Nothing: what is made up is gone at the end anyhow."""
        answer: Future[None] = Future()
        answer.set_result(None)
        return answer

    def month(self, first: date) -> Future[Month]:
        return self.questions.month(first)

    def ask(self, question: Asked, key: str | None = None) -> Future[Answer]:
        """What some days were used for, or one row of that in detail. The future raises a LedgerError."""
        return self.questions.ask(question, key)

    # On the demo's thread

    def _new_stage(self) -> Stage:
        return Stage(Path(tempfile.mkdtemp(prefix="hour-", dir=self._folder)), self._settings)

    def _run(self) -> None:
        while not self._stopping.is_set():
            stage = self._stage
            try:
                stage.open()
                stage.come_back()
                if self._until is not None:
                    stage.advance_to(self._until)
                self._play(stage)
            except Exception:
                log.exception("the demo failed and begins again")
                self._stopping.wait(_BEAT)
            finally:
                stage.close()
            if not self._stopping.is_set():
                self._stage = self._new_stage()

    def _play(self, stage: Stage) -> None:
        self._hand_out(stage)
        while not stage.over() and not self._stopping.wait(_BEAT):
            self._obey(stage)
            stage.advance(_BEAT * self._speed)
            self._hand_out(stage)

    def _obey(self, stage: Stage) -> None:
        try:
            while True:
                self._inbox.get_nowait()(stage)
        except Empty:
            return

    def _hand_out(self, stage: Stage) -> None:
        self._listeners.hand_out(_marked(stage.snapshot()))


def _marked(snapshot: Snapshot) -> Snapshot:
    """The snapshot as one that is made up; the desktop says so of each alert, for it shows nothing else of it."""
    told = tuple(replace(alert, title=tr("Sample: {title}", title=alert.title[:32])) for alert in snapshot.new_alerts)
    return replace(snapshot, new_alerts=told, sample=True)
