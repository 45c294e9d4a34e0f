"""Bridge: the one place where the engine's threads and Qt's meet.

Owns the passing of snapshots to the Qt thread - at most ten a second, but the first that there are and the first that
say who runs at once - and the passing of commands to the engine. Does not own either side, and looks at no figure.

Alerts to notify of appear in exactly one snapshot of the engine, so those of snapshots that are passed over are
added to the one that is passed on: no message is lost and none comes twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal

from tokenwatch.base.errors import TokenWatchError
from tokenwatch.base.health import Health
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month, Snapshot
from tokenwatch.gui.throttle import Throttle

if TYPE_CHECKING:
    from tokenwatch.insight.asked import Answer, Asked

INTERVAL_MS: Final = 100


class EngineLike(Protocol):
    """What a face needs of the engine; every method returns at once and may be called from any thread."""

    def start(self) -> None: ...
    def stop(self, timeout: float = 2.0) -> None: ...
    def subscribe(self, callback: Callable[[Snapshot], None]) -> None: ...
    def latest(self) -> Snapshot | None: ...
    def refresh(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def set_visible(self, visible: bool) -> None: ...
    def change_settings(self, settings: Settings) -> None: ...
    def report(self, health: Health) -> None: ...
    def snooze(self, rule: str = "", span: str = "3600") -> None: ...
    def read_alerts(self) -> None: ...
    def reload_prices(self) -> None: ...
    def update_prices(self) -> None: ...
    def check_bills(self, file: Path | None = None) -> None: ...
    def read_again(self) -> None: ...
    def delete_history(self) -> Future[None]: ...
    def month(self, first: date) -> Future[Month]: ...
    def ask(self, question: Asked, key: str | None = None) -> Future[Answer]: ...


class Bridge(QObject):
    """Made, used and deleted on the Qt thread."""

    snapshot_changed = Signal(object)
    """A Snapshot."""
    month_ready = Signal(object)
    """The Month that :meth:`month` asked for."""
    month_failed = Signal(str)
    """Why it cannot be had, as a plain sentence."""
    found = Signal(object)
    """The Breakdown or Detail that :meth:`ask` asked for."""
    ask_failed = Signal(str)
    """Why it cannot be had, as a plain sentence."""
    _arrived = Signal()

    def __init__(self, engine: EngineLike, parent: QObject | None = None, interval_ms: int = INTERVAL_MS) -> None:
        super().__init__(parent)
        self._engine = engine
        self._guard = threading.Lock()
        self._next: Snapshot | None = None
        self._closed = False
        self._throttle = Throttle(interval_ms, self)
        self._throttle.fired.connect(self._pass_on)
        self._arrived.connect(self._throttle.request, Qt.ConnectionType.QueuedConnection)
        engine.subscribe(self._take)
        latest = engine.latest()
        if latest is not None:
            # Its new alerts, if any, were for whoever listened then.
            self._take(replace(latest, new_alerts=()))

    def refresh(self) -> None:
        self._engine.refresh()

    def pause(self) -> None:
        self._engine.pause()

    def resume(self) -> None:
        self._engine.resume()

    def snooze(self, rule: str = "", span: str = "3600") -> None:
        """See :meth:`tokenwatch.engine.engine.Engine.snooze`."""
        self._engine.snooze(rule, span)

    def reload_prices(self) -> None:
        self._engine.reload_prices()

    def update_prices(self) -> None:
        self._engine.update_prices()

    def check_bills(self, file: Path | None = None) -> None:
        """See :meth:`tokenwatch.engine.engine.Engine.check_bills`."""
        self._engine.check_bills(file)

    def read_again(self) -> None:
        """See :meth:`tokenwatch.engine.engine.Engine.read_again`."""
        self._engine.read_again()

    def read_alerts(self) -> None:
        self._engine.read_alerts()

    def set_visible(self, visible: bool) -> None:
        self._engine.set_visible(visible)

    def change_settings(self, settings: Settings) -> None:
        self._engine.change_settings(settings)

    def report(self, health: Health) -> None:
        self._engine.report(health)

    def month(self, first: date) -> None:
        """Ask for the month that begins on ``first``; the answer comes as a signal."""
        self._engine.month(first).add_done_callback(self._answered)

    def ask(self, question: Asked, key: str | None = None) -> None:
        """Ask what some days were used for; the answer comes as a signal."""
        self._engine.ask(question, key).add_done_callback(self._found)

    def close(self) -> None:
        """Pass nothing on any more. What the engine's threads still say is ignored."""
        with self._guard:
            self._closed = True
            self._next = None
        self._throttle.stop()

    # On any thread

    def _take(self, snapshot: Snapshot) -> None:
        with self._guard:
            if self._closed:
                return
            before = self._next
            if before is not None and before.new_alerts:
                snapshot = replace(snapshot, new_alerts=before.new_alerts + snapshot.new_alerts)
            self._next = snapshot
            if before is None:  # else a request is on its way already
                self._arrived.emit()

    def _answered(self, answer: Future[Month]) -> None:
        if self._closed:
            return
        try:
            found = answer.result()
        except TokenWatchError as error:
            self.month_failed.emit(str(error))
        except CancelledError:
            pass  # the program ends
        else:
            self.month_ready.emit(found)

    def _found(self, answer: Future[Answer]) -> None:
        if self._closed:
            return
        try:
            found = answer.result()
        except TokenWatchError as error:
            self.ask_failed.emit(str(error))
        except CancelledError:
            pass  # the program ends
        else:
            self.found.emit(found)

    # On the Qt thread

    def _pass_on(self) -> None:
        with self._guard:
            snapshot, self._next = self._next, None
        if snapshot is not None:
            self.snapshot_changed.emit(snapshot)
            if not snapshot.figures.looked:
                self._throttle.stop()  # the next may be the first that says who runs, for which a start is waited for
