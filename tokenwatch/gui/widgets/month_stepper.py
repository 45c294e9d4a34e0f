"""Month stepper: the name of a month between two arrows.

Owns the arrows. Does not own which months exist; the newest has nothing after it.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.words import month_name


class MonthStepper(QWidget):
    stepped = Signal(int)
    """-1 for the month before, 1 for the one after."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.before = Button(look, icon="left", kind="quiet", name=tr("Month before"))
        self.after = Button(look, icon="right", kind="quiet", name=tr("Month after"))
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.before, self.label, self.after):
            row.addWidget(part)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        look.follow(self, self._dress)
        self._dress()

    def show_month(self, first: date | None, *, newest: bool) -> None:
        text = f"{month_name(first)} {first.year}" if first is not None else ""
        if text != self.label.text():
            self.label.setText(text)
        self.before.setEnabled(first is not None)
        self.after.setEnabled(first is not None and not newest)

    def _dress(self) -> None:
        self.label.setFont(self._look.font(12.5, 500))
        # As wide as the longest name, so that the arrows stay where they are.
        self.label.setMinimumWidth(round(self._look.metrics(12.5, 500).horizontalAdvance(tr("September 2026"))) + 4)
