"""Collection: Python's search for circles of objects, held to the Qt thread for as long as there are windows.

Owns when it runs. Does not own what is collected.

Decisions
---------
*Only the Qt thread collects.* Context: Python looks for circles on whatever thread happens to make an object, and
frees what it finds there; a Qt object must be destroyed on the thread it lives on, or the process may crash.
Decision: the automatic search is switched off, and runs on the Qt thread when its figures say that it is due.
Consequence: circles that engine threads leave behind stay a little longer; they make hardly any.

*No timer of its own beside a slow one.* Context: the whole app may wake up twice a second at most. Decision: what
comes to the Qt thread anyway calls :meth:`Collection.look`; a timer only covers the time in which nothing comes.
"""

from __future__ import annotations

import gc
import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

LEAST_MS: Final = 60_000
"""At least so often, also when nothing comes."""

OLD_SECONDS: Final = 300.0
"""Between two searches through what has lived for long, which are the only ones that take a while."""


class Collection(QObject):
    """Made, used and deleted on the Qt thread; :meth:`stop` gives everything back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was = False
        self._running = False
        self._old = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(LEAST_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """From now on nobody else collects. What exists already is never looked through again."""
        if self._running:
            return
        self._running, self._was = True, gc.isenabled()
        gc.disable()
        gc.freeze()
        self._old = time.monotonic()
        self._timer.start()

    def look(self) -> None:
        """Collect as far as it is due, by the thresholds that Python itself goes by."""
        if not self._running:
            return
        due = [count > most > 0 for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[2] and time.monotonic() - self._old >= OLD_SECONDS:
            gc.collect(2)
            self._old = time.monotonic()
        elif due[1]:
            gc.collect(1)
        elif due[0]:
            gc.collect(0)

    def stop(self) -> None:
        if not self._running:
            return
        self._running = False
        self._timer.stop()
        gc.unfreeze()
        if self._was:
            gc.enable()
