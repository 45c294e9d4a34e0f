"""Token calendar: the last sixteen weeks as squares, fuller the more tokens a day used; and three figures below.

Owns its painting. Does not own the counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from tokenwatch.base.format import tokens, whole
from tokenwatch.base.snapshot import Month
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.card import SCALE
from tokenwatch.gui.widgets.chart_base import ChartBase, Point
from tokenwatch.gui.widgets.geometry import WEEK, Square, calendar_squares
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.table import Table
from tokenwatch.gui.words import month_name

WEEKS: Final = 16
_ROW: Final = 22


class TokenCalendar(ChartBase):
    ruled = False

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._squares: tuple[Square, ...] = ()
        self._given: tuple[tuple[tuple[date, int], ...], date] | None = None
        self._month: Month | None = None
        self.setMinimumSize(230, look.px(180))

    def show_days(self, used: tuple[tuple[date, int], ...], today: date, month: Month) -> None:
        if (used, today) == self._given and month == self._month:
            return
        self._given, self._month = (used, today), month
        self._squares = calendar_squares(used, today, WEEKS)
        self.renew()

    def facts(self) -> tuple[tuple[str, str], ...]:
        """The lines below the squares."""
        numerals = self.look.numerals
        if not self._squares or self._month is None:
            return ()
        best = max(self._squares, key=lambda square: square.tokens)
        sessions = self._month.sessions
        count = f" {_in_sessions(sessions, whole(sessions, numerals))}" if sessions else ""
        busiest = f"{self.look.day(best.day)} · {tokens(best.tokens, numerals)}" if best.tokens else tr("none yet")
        return (
            (tr("Today so far"), tokens(self._squares[-1].tokens, numerals)),
            (tr("Busiest day"), busiest),
            (month_name(self._month.first), f"{tokens(self._month.tokens, numerals)}{count}"),
        )

    def sizeHint(self) -> QSize:
        return QSize(300, self.look.px(200))

    def summary(self) -> str:
        return tr("Tokens per day. ") + ", ".join(f"{name} {value}" for name, value in self.facts())

    def table(self) -> Table:
        numerals = self.look.numerals
        rows = tuple(
            (self.look.day(square.day), tokens(square.tokens, numerals)) for square in reversed(self._squares)
        )
        return Table(tr("Tokens per day"), (tr("Day"), tr("Tokens")), rows)

    def points(self) -> Sequence[Point]:
        found, side = [], self._side()
        for square in self._squares:
            box = self._place(square.column, square.row, side)
            name = f"{self.look.weekday(square.day)} {self.look.day(square.day)}"
            lines = (name, tr("{tokens} tokens", tokens=tokens(square.tokens, self.look.numerals)))
            found.append(Point(box.right(), box.center().y(), lines, box))
        return found

    def paint_chart(self, painter: QPainter) -> None:
        look, side = self.look, self._side()
        gutter, top = self._gutter(), self._top()
        if not self._squares:
            return
        for row, name in ((0, tr("Mon")), (2, tr("Wed")), (4, tr("Fri"))):
            draw(painter, look, 0, top + row * side + side / 2 + look.px(3), (Run(name, 10, 400, "t2"),))
        named_to = -1.0
        for square in self._squares:
            x = gutter + square.column * side
            if square.row == 0 and square.day.day <= 7 and x > named_to and square.column < WEEKS - 1:
                named_to = (
                    draw(painter, look, x, top - look.px(5), (Run(month_name(square.day)[:3], 10, 400, "t2"),)) + 8
                )
            self._paint_square(painter, square, side)
        today = self._squares[-1]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.color("line"), 1))
        for row in range(today.row + 1, WEEK):
            painter.drawRoundedRect(self._place(today.column, row, side).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(QPen(look.color("t1"), 1.5))
        painter.drawRoundedRect(self._place(today.column, today.row, side).adjusted(-0.5, -0.5, 0.5, 0.5), 3.5, 3.5)
        row = look.px(_ROW)
        start = self.height() - row * len(self.facts())
        for number, (name, value) in enumerate(self.facts()):
            y = start + row * number
            painter.fillRect(QRectF(0, y, self.width(), 1), look.color("line"))
            base = y + look.px(15)
            begin = draw_right(painter, look, self.width(), base, (Run(value, 11.5, 500),), self.width() * 0.75)
            draw(painter, look, 0, base, (Run(name, 11.5, 400, "t2"),), begin - 8)

    def _paint_square(self, painter: QPainter, square: Square, side: float) -> None:
        look, box = self.look, self._place(square.column, square.row, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.faded("acc", SCALE[square.level]) if square.level else look.color("sunk"))
        painter.drawRoundedRect(box, 3, 3)

    def _place(self, column: int, row: int, side: float) -> QRectF:
        return QRectF(self._gutter() + column * side, self._top() + row * side, side - 3, side - 3)

    def _gutter(self) -> float:
        return self.look.px(30)

    def _top(self) -> float:
        return self.look.px(16)

    def _side(self) -> float:
        across = (self.width() - self._gutter()) / WEEKS
        down = (self.height() - self._top() - self.look.px(_ROW) * 3 - 3) / WEEK
        return max(8.0, min(across, down, self.look.px(22)))


def _in_sessions(sessions: int, text: str) -> str:
    return tr("in 1 session") if sessions == 1 else tr("in {text} sessions", text=text)
