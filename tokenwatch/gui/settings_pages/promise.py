"""Promise: what stays on this computer, in a box at the top of the page about privacy.

Owns the box. Does not own what is kept.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.gui.widgets.form import INSET
from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.lettering import Run, draw, wrap
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of

_PAD: Final = 14
_LINE: Final = 17


class Promise(QWidget):
    def __init__(self, look: Look, title: str, body: str) -> None:
        super().__init__()
        self._look, self._title, self._body = look, title, body
        self.setAccessibleName(f"{title} {body}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def lines(self) -> tuple[str, ...]:
        return wrap(self._look, self._body, 12, 400, max(160, self.width() - 2 * _PAD - INSET), 4)

    def sizeHint(self) -> QSize:
        return QSize(400, self._look.px(2 * _PAD + 18 + _LINE * len(self.lines())) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, scale = painter_of(self), self._look, self._look.px
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(INSET + 0.5, 0.5, -0.5, -8.5)
        painter.setPen(QPen(look.color("line"), look.border))
        painter.setBrush(look.color("side"))
        painter.drawRoundedRect(box, 10, 10)
        left, base = box.left() + _PAD, scale(_PAD + 12)
        paint_icon(painter, "shield", QRectF(left, base - scale(12), scale(15), scale(15)), look.color("ok"))
        title = Run(self._title, 13, 600)
        draw(painter, look, left + scale(15) + 8, base, (title,), box.right() - left - scale(15) - 8 - _PAD)
        for number, line in enumerate(self.lines(), 1):
            draw(
                painter,
                look,
                left,
                base + scale(3 + _LINE * number),
                (Run(line, 12, 400, "t2"),),
                box.width() - 2 * _PAD,
            )
