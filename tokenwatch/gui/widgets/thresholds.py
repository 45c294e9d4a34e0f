"""Thresholds: a few percentages, each in a field of its own, and a link that adds one.

Owns their order and how one is taken away: by emptying its field. Does not own what happens at a percentage.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from tokenwatch.base.settings import MAX_THRESHOLD, MAX_THRESHOLDS
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.amount_text import read_percentage
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look

_IN_A_ROW = 5


class Thresholds(QWidget):
    changed = Signal(tuple)
    """All of them, ascending, each once."""
    refused = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._values: tuple[int, ...] = ()
        self._fields: list[Field] = []
        self.add = Button(look, tr("Add"), kind="link", name=tr("Add a percentage"))
        self.add.clicked.connect(self._add)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 3, 0, 3)
        self._grid.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._lay_out()

    def show_values(self, values: tuple[int, ...]) -> None:
        """Show them without telling."""
        if values == self._values and len(self._fields) == len(values):
            return
        self._values = values
        self._fit(len(values))
        for field, value in zip(self._fields, values, strict=True):
            field.set_value(value)

    def fields(self) -> tuple[Field, ...]:
        return tuple(self._fields)

    def _add(self) -> None:
        """An empty field more; it counts once something stands in it."""
        if len(self._fields) <= len(self._values):
            self._fit(len(self._fields) + 1)
        self._fields[-1].setFocus(Qt.FocusReason.TabFocusReason)

    def _fit(self, count: int) -> None:
        while len(self._fields) > count:
            field = self._fields.pop()
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        while len(self._fields) < count:
            number = len(self._fields) + 1
            field = Field(self._look, tr("Percentage {number}", number=number), 52, _read, _write)
            field.setToolTip(tr("Empty it to take it away"))
            field.entered.connect(self._entered)
            field.refused.connect(self.refused)
            self._fields.append(field)
        self._lay_out()

    def _lay_out(self) -> None:
        before: QWidget = self.add  # new fields would else come after everything in the window
        for number, part in enumerate((*self._fields, self.add)):
            self._grid.addWidget(part, number // _IN_A_ROW, number % _IN_A_ROW)
            part.show()
            if part is not before:
                QWidget.setTabOrder(before, part)
            before = part
        self.add.setVisible(len(self._fields) < MAX_THRESHOLDS)
        self.updateGeometry()

    def _entered(self, _: object) -> None:
        values = tuple(sorted({field.value() for field in self._fields if field.value() is not None}))
        if values == self._values:
            self._fit(len(values))  # an empty one, or one that was there already
        for field, value in zip(self._fields, values, strict=False):
            field.set_value(value)
        if values != self._values:
            self.show_values(values)
            self.changed.emit(values)


def _read(text: str) -> int | None:
    return read_percentage(text, MAX_THRESHOLD)


def _write(value: int | None) -> str:
    return "" if value is None else f"{value}%"
