"""Scroll bar: a thin one without arrows, in the theme's colours.

Owns its look and how the pointer moves it. Does not own what is scrolled.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from tokenwatch.gui.widgets.geometry import handle_span
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of

THICK = 10
_LEAST = 28.0
"""A handle is at least so long, however much there is to scroll."""


class ScrollBar(QScrollBar):
    """A vertical one. A press beside the handle turns a page; the handle follows the pointer."""

    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._look = look
        self._held: float | None = None
        """How far below the handle's top it was taken."""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        look.follow(self)

    def sizeHint(self) -> QSize:
        return QSize(THICK, 40)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        top, tall = self._span()
        y = event.position().y()
        if top <= y < top + tall:
            self._held = y - top
            self.setSliderDown(True)
        else:
            self.setValue(self.value() + (self.pageStep() if y > top else -self.pageStep()))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        _, tall = self._span()
        way = self.height() - tall
        part = (event.position().y() - self._held) / way if way > 0 else 0.0
        self.setValue(round(self.minimum() + part * (self.maximum() - self.minimum())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.setSliderDown(False)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, tall = self._span()
        strong = self.underMouse() or self._held is not None
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.faded("t3", 0.75 if strong else 0.4))
        thick = 6.0 if strong else 4.0
        painter.drawRoundedRect(QRectF(self.width() - thick - 2, top + 2, thick, tall - 4), thick / 2, thick / 2)

    def _span(self) -> tuple[float, float]:
        """Top and height of the handle."""
        reach = self.maximum() - self.minimum()
        return handle_span(self.height(), self.value() - self.minimum(), self.pageStep(), reach, _LEAST)


def thin(area: QAbstractScrollArea, look: Look) -> None:
    """Give ``area`` such a bar."""
    area.setVerticalScrollBar(ScrollBar(look))
