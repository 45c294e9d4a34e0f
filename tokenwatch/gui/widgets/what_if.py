"""What if: what the month would come to under other ways of paying, one below the other.

Owns the rows. Does not own the sums (insight/value.py) or the words (value_words.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.gui.widgets.lettering import Run, draw, draw_right
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_focus
from tokenwatch.gui.widgets.mirror import painter_of

_ROW: Final = 52
_SIDE: Final = 16


class WhatIfLine(msgspec.Struct, frozen=True):
    title: str
    about: str
    amount: str

    @property
    def sentence(self) -> str:
        return f"{self.title}, {self.about}: {self.amount}"


class WhatIf(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: tuple[WhatIfLine, ...] = ()
        self._current = 0
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        look.follow(self, self.updateGeometry)

    def show_lines(self, lines: Sequence[WhatIfLine]) -> None:
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._current = min(self._current, max(0, len(lines) - 1))
            self._speak()
            self.updateGeometry()
            self.update()

    def lines(self) -> tuple[WhatIfLine, ...]:
        return self._lines

    def sizeHint(self) -> QSize:
        return QSize(320, self._look.px(_ROW) * max(1, len(self._lines)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}.get(event.key(), 0)
        if not step or not self._lines:
            super().keyPressEvent(event)
            return
        self._current = min(len(self._lines) - 1, max(0, self._current + step))
        self._ring = True
        self._speak()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, tall = painter_of(self), self._look, self._look.px(_ROW)
        for number, line in enumerate(self._lines):
            row = QRectF(0, number * tall, self.width(), tall)
            painter.fillRect(QRectF(0, row.top(), row.width(), 1), look.color("line"))
            amount = Run(line.amount, 15, 650)
            start = draw_right(
                painter, look, row.right() - _SIDE, row.top() + look.px(32), (amount,), row.width() * 0.5
            )
            room = start - _SIDE - 12
            draw(painter, look, _SIDE, row.top() + look.px(23), (Run(line.title, 12.5, 600),), room)
            draw(painter, look, _SIDE, row.top() + look.px(40), (Run(line.about, 11, 400, "t2"),), room)
            if self._ring and number == self._current:
                paint_focus(painter, look, row.adjusted(4, 4, -4, -3), 6)

    def _speak(self) -> None:
        lines = self._lines
        self.setAccessibleName(lines[self._current].sentence if lines else "")
        self.setAccessibleDescription("; ".join(line.sentence for line in lines))
