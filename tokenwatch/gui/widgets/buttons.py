"""Buttons: push buttons, quiet buttons, links and icon buttons, painted in the theme's colours.

Owns their look, size and focus ring. Does not own what they do.
"""

from __future__ import annotations

import math
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.lettering import Run, draw, middle, width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_focus
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.tips import tip

Kind = Literal["primary", "plain", "danger", "quiet", "link", "segment"]

_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_ICON = 15.0
ROOM = 3
"""Around the button, for the focus ring."""


class Button(QAbstractButton):
    """A button with text, an icon (see widgets/icons.py) or both. Without text, ``name`` is the tooltip."""

    outset = ROOM

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        icon: str = "",
        kind: Kind = "plain",
        name: str = "",
        strong: bool = False,
    ) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._kind = kind
        self._strong = strong
        self._accent = False
        self._ring = self._ring_again = False
        self._measured: tuple[tuple[str, str, int], QSize] | None = None
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name or text)
        self.setToolTip("" if text else tip(name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.follow(self)

    def set_face(self, text: str, icon: str) -> None:
        """Other text and icon; what is spoken follows the text."""
        if (text, icon) != (self.text(), self._icon):
            self._icon = icon
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def set_accent(self, accent: bool) -> None:
        """Whether a quiet button stands out among others, because it is what to do now."""
        if accent != self._accent:
            self._accent = accent
            self.update()

    def sizeHint(self) -> QSize:
        key = (self.text(), self._icon, self._look.generation)
        if self._measured is None or self._measured[0] != key:
            self._measured = (key, self._measure())
        return QSize(self._measured[1])

    def _measure(self) -> QSize:
        text = width(self._look, (self._run(),)) if self.text() else 0
        icon = _ICON if self._icon else 0
        side = {"link": 2, "quiet": 6, "segment": 12}.get(self._kind, 12)
        between = 6 if text and icon else 0
        high = {"link": 24, "segment": 24, "quiet": 28}.get(self._kind, 28)
        wide = max(high, math.ceil(text + icon + between + 2 * side)) if text else high
        grown = self._look.px(high)
        return QSize(wide + 2 * ROOM, grown + 2 * ROOM)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def take_keyboard(self) -> None:
        """Have the keyboard and show it, as the one thing to do where it stands; also once the window is active."""
        self._ring_again = True
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        again = event.reason() == Qt.FocusReason.ActiveWindowFocusReason
        self._ring = self._ring_again if again else event.reason() in _KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring_again = self._ring and event.reason() == Qt.FocusReason.ActiveWindowFocusReason
        self._ring = False
        super().focusOutEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = QRectF(self.rect()).adjusted(ROOM, ROOM, -ROOM, -ROOM)
        self._paint_ground(painter, face)
        run = self._run()
        text = width(look, (run,)) if run.text else 0.0
        icon = _ICON if self._icon else 0.0
        between = 6.0 if text and icon else 0.0
        x = face.center().x() - (text + icon + between) / 2 + self.text_shift()
        if self._icon:
            place = QRectF(round(x), round(face.center().y() - icon / 2), icon, icon)
            paint_icon(painter, self._icon, place, look.color(run.ink if self.isEnabled() else "line2"))
        draw(painter, look, x + icon + between, middle(look, face, run.px, run.weight), (run,))
        if self._ring and self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()), 8)

    def text_shift(self) -> float:
        """How far from the middle the face stands, to leave room beside it."""
        return 0.0

    def _run(self) -> Run:
        if not self.isEnabled():
            ink = "t3"
        elif self._kind == "primary":
            ink = "on"
        elif self._kind == "danger":
            ink = "bad"
        elif self._kind == "link" or self._accent:
            ink = "acc"
        elif (self._kind == "quiet" and not self._strong) or (self._kind == "segment" and not self.isChecked()):
            ink = "t1" if self.underMouse() else "t2"
        else:
            ink = "t1"
        return Run(self.text(), 12.5, 400 if self._kind == "link" else 500, ink)

    def _paint_ground(self, painter: QPainter, face: QRectF) -> None:
        look = self._look
        half = look.border / 2
        line = face.adjusted(half, half, -half, -half)
        if self._kind == "primary":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("acc"))
            painter.drawRoundedRect(face, 6, 6)
        elif self._kind in ("plain", "danger") or (self._kind == "segment" and self.isChecked()):
            painter.setPen(QPen(look.color("line2"), look.border))
            over = self.underMouse() and self.isEnabled() and self._kind in ("plain", "danger")
            painter.setBrush(look.color("sunk" if over or self.isDown() else "card"))
            painter.drawRoundedRect(line, 6, 6)
        elif self._kind == "quiet" and self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("sunk"))
            painter.drawRoundedRect(face, 6, 6)
