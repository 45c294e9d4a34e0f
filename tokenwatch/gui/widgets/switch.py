"""Switch: something that is on or off, at once.

Owns its look and size. Does not own what it switches.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_focus
from tokenwatch.gui.widgets.mirror import painter_of

_WIDE, _TALL = 32, 18
_ROOM = 5
"""Around the track, for the focus ring and so that it is easy to hit."""


class Switch(QCheckBox):
    """A check box by its role. ``name`` is what is spoken."""

    outset = _ROOM

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._ring = False
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.follow(self)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(_WIDE) + 2 * _ROOM, self._look.px(_TALL) + 2 * _ROOM)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, on = self._look, self.isChecked()
        track = QRectF(self.rect()).adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM)
        radius = track.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("acc" if on else "t3"))
        painter.drawRoundedRect(track, radius, radius)
        painter.setBrush(look.color("card"))
        centre = track.right() - radius if on else track.left() + radius
        painter.drawEllipse(QPointF(centre, track.center().y()), radius - 2, radius - 2)
        if self._ring and self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()), radius + _ROOM - 1)
