"""Form: rows of a label, what is set, and a word about it; between them hairlines, texts and buttons.

Owns their alignment. Does not own what is set. A hint turns into the reason while a field holds nonsense.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.text import Text

INSET = 3
"""Before all words, so that they begin where the faces of buttons do, which keep room for a ring around them."""
LABEL = 134
ROW = 34
_GAP = 8


class Form(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def add(self, label: str | QWidget, *controls: QWidget, hint: str = "") -> Text:
        """A row. Gives its hint, for other words later."""
        name = Text(self._look, label, weight=500, tall=ROW) if isinstance(label, str) else label
        name.setFixedWidth(self._look.px(LABEL))
        row = _Row(self._look)
        row.line.setContentsMargins(INSET, 0, INSET, 0)
        row.line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        for control in controls:
            row.put(control)
        note = Text(self._look, hint, px=11.5, ink="t2", most=2, tall=ROW)  # so two lines fit
        row.end()
        row.line.addWidget(note, 1)
        row.line.addStretch()
        for control in controls:
            if isinstance(control, Field):
                control.refused.connect(lambda why: note.say(why or hint, "bad" if why else "t2"))
        self.column.addWidget(row)
        return note

    def rule(self) -> None:
        self.column.addSpacing(self._look.px(8))
        self.column.addWidget(_Rule(self._look))
        self.column.addSpacing(self._look.px(8))

    def say(self, text: str, *, most: int = 4, ink: str = "t2", weight: int = 400) -> Text:
        """A text over the whole width."""
        words = Text(self._look, text, ink=ink, most=most, weight=weight, below=4, indent=INSET)
        self.column.addWidget(words)
        return words

    def put(self, *parts: QWidget) -> None:
        """Parts beside each other, from the left."""
        row = _Row(self._look)
        for part in parts:
            row.put(part)
        row.line.addStretch()
        self.column.addWidget(row)


class _Row(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._outset = 0
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(0)
        self.setMinimumHeight(look.px(ROW))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, control: QWidget) -> None:
        """Beside what is there. What a control keeps free around its face for the focus ring is no gap."""
        gap = _GAP if self.line.count() else 0
        self.line.addSpacing(max(0, gap - self._outset) - (outset := getattr(control, "outset", 0)))
        self.line.addWidget(control)
        self._outset = outset

    def end(self) -> None:
        """Only words follow."""
        self.line.addSpacing(max(0, _GAP - self._outset))


class _Rule(QWidget):
    """A hairline."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(1)
        look.follow(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect().adjusted(INSET, 0, -INSET, 0), self._look.color("line"))
