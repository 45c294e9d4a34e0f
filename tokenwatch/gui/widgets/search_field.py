"""Search field: a line in which something is looked for while it is typed.

Owns its look and that Esc empties it. Does not own what is found.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.key_names import key_name
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of

_WIDE: Final = 158
_LEAST: Final = 110
"""Where room is short, the field gives way before what stands beside it."""


class SearchField(QLineEdit):
    """Looks like a field; every letter counts at once, Esc empties it."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look = look
        self.setFrame(False)
        self.setTextMargins(26, 0, 8, 0)
        self.setPlaceholderText(words)
        self.setAccessibleName(tr("Find"))
        self.setToolTip(tr("Find ({keys})", keys=key_name("Ctrl+F")))
        self.setMinimumWidth(look.px(_LEAST))
        self.setMaximumWidth(look.px(_WIDE))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        self.setPalette(palette)
        look.follow(self, self._dress)
        self._dress()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(_WIDE), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = 2 if self.hasFocus() else self._look.border
        painter.setPen(QPen(self._look.color("acc" if self.hasFocus() else "line2"), wide))
        painter.setBrush(self._look.color("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), 6, 6)
        paint_icon(painter, "find", QRectF(8, round(self.height() / 2 - 6.5), 13, 13), self._look.color("t2"))
        painter.end()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setFont(self._look.font(12.5))
        self.setFixedHeight(self._look.px(28))
