"""Headlines: a strip of cells with label, large number, unit and a line of notes.

Owns their layout, keys and accessible text. Does not own which numbers stand there. The strip is one stop of the
keyboard: left and right choose a cell, Enter opens what explains it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tokenwatch.gui.widgets.lettering import Run, cut, draw, fit, run_width, width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import Mark, paint_focus, paint_frame, paint_mark
from tokenwatch.gui.widgets.mirror import across, along, painter_of, seen
from tokenwatch.gui.widgets.sparkline import Spark, paint_spark
from tokenwatch.gui.widgets.tips import tip

_GAP = 9.0
_MARKED = 15.0
"""A mark and the space after it."""


class Note(msgspec.Struct, frozen=True):
    """Words below a headline, with a mark before them."""

    text: str
    mark: Mark = ""
    ink: str = "t2"


class Headline(msgspec.Struct, frozen=True):
    """One cell. ``brief`` replaces ``notes`` and ``brief_label`` the label where they do not fit.

    ``least`` replaces ``brief`` where even that does not. ``share`` is the cell's part of the width.
    """

    label: str
    value: str
    unit: str = ""
    notes: tuple[Note, ...] = ()
    brief: tuple[Note, ...] = ()
    spoken: str = ""
    """The cell as words; label, value, unit and notes if empty."""
    ink: str = "t1"
    spark: Spark | None = None
    share: float = 1.0
    brief_label: str = ""
    least: tuple[Note, ...] = ()
    more: str = ""
    """What has no room in the cell: said in its tool tip and as its description."""

    @property
    def sentence(self) -> str:
        notes = ", ".join(note.text for note in self.notes)
        return self.spoken or " ".join(filter(None, (f"{self.label}: {self.value}", self.unit, notes)))

    @property
    def whole(self) -> str:
        """The sentence with what has no room."""
        return f"{self.sentence}. {self.more}" if self.more else self.sentence


class HeadlineStrip(QWidget):
    """``framed`` strips are cards of the window; the panel's has none, and a sparkline below each cell."""

    opened = Signal(int)

    def __init__(self, look: Look, px: float, *, framed: bool) -> None:
        super().__init__()
        self._look = look
        self._px = px
        self._framed = framed
        self._cells: tuple[Headline, ...] = ()
        self._current = 0
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.follow(self)

    def set_cells(self, cells: Sequence[Headline]) -> None:
        if tuple(cells) == self._cells:
            return
        tall = self.sizeHint().height()
        before, self._cells = self._cells, tuple(cells)
        self._current = min(self._current, max(0, len(cells) - 1))
        said = "; ".join(cell.whole for cell in cells)
        self.setAccessibleName(self._cells[self._current].sentence if cells else "")
        self.setAccessibleDescription(said)
        if self.sizeHint().height() != tall:
            self.updateGeometry()
        if len(before) != len(self._cells):
            self.update()
            return
        for old, new, place in zip(before, self._cells, self._places(), strict=True):
            if old != new:
                self.update(seen(self, place))

    def cells(self) -> tuple[Headline, ...]:
        return self._cells

    def sizeHint(self) -> QSize:
        sparks = not self._framed and any(cell.spark for cell in self._cells)
        return QSize(320, self._look.px(83 if self._framed else 106 if sparks else 76))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._at(across(self, event.pos().x()))
            QToolTip.showText(event.globalPos(), tip(self._cells[number].whole if self._cells else ""), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = along(self, event.key())
        if step and self._cells:
            self._current = min(len(self._cells) - 1, max(0, self._current + step))
            self.setAccessibleName(self._cells[self._current].sentence)
            self._ring = True
            self.update()
        elif event.matches(QKeySequence.StandardKey.Copy) and self._cells:
            QGuiApplication.clipboard().setText(self._cells[self._current].sentence)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._cells:
            self.opened.emit(self._at(across(self, event.position().x())))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        frame = QRectF(self.rect())
        if self._framed:
            paint_frame(painter, look, frame, 10)
        for number, (cell, place) in enumerate(zip(self._cells, self._places(), strict=True)):
            if number:
                painter.fillRect(QRectF(round(place.left()), 1, 1, frame.height() - 2), look.color("line"))
            if event.rect().intersects(seen(self, place)):
                self._paint_cell(painter, cell, place)
            if self._ring and self.hasFocus() and number == self._current:
                paint_focus(painter, look, place.adjusted(3, 3, -2, -3), 8)

    def _paint_cell(self, painter: QPainter, cell: Headline, place: QRectF) -> None:
        look, scale = self._look, self._look.px
        side = 14.0 if self._framed else 12.0
        left, room = place.left() + side, place.width() - side - (8 if self._framed else 6)
        label = Run(cell.label, 11, 500, "t2")
        if cell.brief_label and run_width(look, label) > room:
            label = replace(label, text=cell.brief_label)
        draw(painter, look, left, scale(22), (label,), room)
        number = Run(cell.value, self._px, 650, cell.ink)
        unit = Run(cell.unit, 12.5 if self._framed else 11.5, 400, "t2", 3)
        runs = fit(look, (number,), room) if width(look, (number, unit)) > room else (number,)
        if unit.text and width(look, (*runs, unit)) > room:
            runs = fit(look, (number,), room - width(look, (unit,)), 0.75)
        if width(look, (*runs, unit)) > room:  # the number first, and no piece of a unit
            runs, unit = fit(look, (number,), room), Run("")
        draw(painter, look, left, scale(47), (*runs, unit), room)
        self._paint_notes(painter, cell, left, scale(66), room)
        if cell.spark is not None and self._framed:
            beside = max(run_width(look, label), width(look, runs)) + 16
            if room - beside >= 40:
                wide = min(64.0, room - beside)
                paint_spark(painter, look, QRectF(place.right() - 12 - wide, scale(14), wide, scale(22)), cell.spark)
        elif cell.spark is not None:
            paint_spark(painter, look, QRectF(left, scale(76), room, scale(20)), cell.spark)

    def _paint_notes(self, painter: QPainter, cell: Headline, left: float, baseline: float, room: float) -> None:
        look = self._look
        notes = cell.notes
        if cell.brief and _notes_width(look, notes, _GAP) > room:
            notes = cell.brief
        if cell.least and _notes_width(look, notes, _GAP) > room:
            notes = cell.least
        gap = _GAP if _notes_width(look, notes, _GAP) <= room else _GAP / 2
        while len(notes) > 1 and _notes_width(look, notes, gap) > room:
            notes = notes[:-1]  # a number is shown whole or not at all
        x = left
        for note in notes:
            if note.mark:
                paint_mark(painter, look, note.mark, QPointF(x + 5.5, baseline - look.px(4)), look.px(11))
                x += _MARKED
            kept = cut(look, (Run(note.text, 11, 400, note.ink),), left + room - x)
            x = draw(painter, look, x, baseline, kept) + gap

    def _places(self) -> list[QRectF]:
        total = sum(cell.share for cell in self._cells) or 1.0
        places = []
        left = 0.0
        for cell in self._cells:
            wide = self.width() * cell.share / total
            places.append(QRectF(left, 0, wide, self.height()))
            left += wide
        return places

    def _at(self, x: float) -> int:
        return next((n for n, place in enumerate(self._places()) if x < place.right()), max(0, len(self._cells) - 1))


def _notes_width(look: Look, notes: Sequence[Note], gap: float) -> float:
    return sum(run_width(look, Run(note.text, 11)) + (_MARKED if note.mark else 0) + gap for note in notes) - gap
