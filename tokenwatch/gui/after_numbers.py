"""After numbers: when a start goes on with what the first numbers in the window need not wait for.

Owns that moment. Does not own what is done then (app.py).
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from tokenwatch.base.snapshot import Snapshot

_PAINTED_MS: Final = 100
"""After the first numbers were given to the window."""
_MOST_MS: Final = 1000
"""So long is waited for them."""


class AfterNumbers(QObject):
    """:attr:`came` comes once, if it is waited for."""

    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.came)
        self._numbers = False

    def wait(self, *, window: bool) -> None:
        """Without a window there is nothing to wait for."""
        if window:
            self._timer.start(_MOST_MS)
        else:
            self.came.emit()

    def follow(self, snapshot: Snapshot) -> None:
        """A snapshot was given to the window."""
        if snapshot.figures.looked and not self._numbers:
            self._numbers = True
            if self._timer.isActive():
                self._timer.start(_PAINTED_MS)

    def stop(self) -> None:
        self._timer.stop()
