"""Segments: a row of choices of which exactly one holds.

Owns the row and its keys. Does not own what is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import along, painter_of


class Segments(QWidget):
    """``choices`` are (id, words). The first is chosen at the beginning; left and right move the choice."""

    chosen = Signal(str)
    outset = 1

    def __init__(self, look: Look, choices: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__()
        self._look = look
        self._group = QButtonGroup(self)
        self._ids = [choice for choice, _ in choices]
        self._buttons: list[Button] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for number, (_, words) in enumerate(choices):
            button = Button(look, words, kind="segment", name=f"{name}: {words}")
            button.setCheckable(True)
            self._group.addButton(button, number)
            self._buttons.append(button)
            row.addWidget(button)
        if self._buttons:
            self._buttons[0].setChecked(True)
        self._group.idClicked.connect(self._clicked)
        look.follow(self)

    def value(self) -> str:
        return self._ids[self._group.checkedId()]

    def choose(self, choice: str) -> None:
        """Set the choice without telling; one that is not offered changes nothing."""
        if choice in self._ids:
            self._buttons[self._ids.index(choice)].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = along(self, event.key())
        number = self._group.checkedId() + step
        if step and 0 <= number < len(self._buttons):
            self._buttons[number].setFocus(Qt.FocusReason.TabFocusReason)
            self._buttons[number].click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("line"), 1) if self._look.patterned else Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("sunk"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)

    def _clicked(self, number: int) -> None:
        self.chosen.emit(self._ids[number])
