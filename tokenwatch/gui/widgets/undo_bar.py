"""Undo bar: what was just lost, and for some seconds the way to get it back.

Owns its life of ten seconds. Does not own what is undone.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.text import Text

UNDO_MS = 10_000


class UndoBar(QWidget):
    """Hidden while there is nothing to undo."""

    asked = Signal()

    def __init__(self, look: Look, for_ms: int = UNDO_MS) -> None:
        super().__init__()
        self._look = look
        self._words = Text(look)
        self.button = Button(look, tr("Undo"), kind="link")
        self.button.clicked.connect(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.setInterval(for_ms)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 12, 4)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)
        self.hide()

    def offer(self, lost: str) -> None:
        """``lost`` is a plain sentence."""
        self._words.say(lost)
        self.setAccessibleName(tr("{lost} Undo is possible for some seconds.", lost=lost))
        self.show()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def withdraw(self) -> None:
        self._timer.stop()
        self.hide()

    def text(self) -> str:
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.fillRect(self.rect(), self._look.color("side"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), self._look.color("line"))

    def _undo(self) -> None:
        self.withdraw()
        self.asked.emit()
