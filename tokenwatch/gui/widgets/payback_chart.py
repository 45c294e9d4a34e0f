"""Payback chart: what a plan covered, adding up at list prices over the month, against its fee.

Owns its axes and painting. Does not own the sums (insight/value.py).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from tokenwatch.base.format import money, money_set
from tokenwatch.base.money import NANO
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.chart_base import ChartBase, Point
from tokenwatch.gui.widgets.geometry import Scale, running_sum, ticks
from tokenwatch.gui.widgets.lettering import Run, draw, draw_centre, draw_right, run_width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.short_numbers import axis_money, money_short
from tokenwatch.gui.widgets.table import Table
from tokenwatch.insight.value import PlanValue

_MOST_STEPS: Final = 3
_FAR: Final = 12.0
"""Between a mark and its words."""


class PaybackChart(ChartBase):
    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._plan: PlanValue | None = None
        self._first = self._last = date(2000, 1, 1)
        self.setMinimumSize(240, look.px(120))

    def show_plan(self, plan: PlanValue, first: date, last: date) -> None:
        """A plan in the month from ``first`` to ``last``."""
        if (plan, first, last) != (self._plan, self._first, self._last):
            self._plan, self._first, self._last = plan, first, last
            self.renew()

    def sizeHint(self) -> QSize:
        return QSize(360, self.look.px(160))

    def summary(self) -> str:
        plan = self._plan
        if plan is None:
            return ""
        numerals = self.look.numerals
        said = tr("At API prices: {money} so far", money=money(plan.total, numerals))
        if plan.fee:
            said += tr(", for {fee}", fee=money_set(plan.fee, numerals))
        back = plan.paid_back(self._first)
        return said if back is None else f"{said}, {self._back(back)}"

    def table(self) -> Table:
        numerals = self.look.numerals
        rows = tuple(
            (self.look.day(day), money(amount, numerals), money(total, numerals))
            for day, amount, total in self._days()
        )
        return Table(tr("At API prices, day by day"), (tr("Day"), tr("That day"), tr("So far")), rows)

    def points(self) -> Sequence[Point]:
        plot, across, numerals = self._plot(), self._across(), self.look.numerals
        return [
            Point(
                across.at((day - self._first).days + 1),
                plot.top(),
                (
                    self.look.day(day),
                    tr("{money} so far", money=money(total, numerals)),
                    tr("{money} that day", money=money(amount, numerals)),
                ),
            )
            for day, amount, total in self._days()
        ]

    def paint_chart(self, painter: QPainter) -> None:
        plan, look, plot, across = self._plan, self.look, self._plot(), self._across()
        if plan is None:
            return
        fee = plan.fee or 0
        steps = [step * NANO for step in ticks(max(plan.total, fee, NANO) / NANO * 1.08, _MOST_STEPS)]
        up = Scale(0, steps[-1], plot.bottom(), plot.top())
        self._paint_ground(painter, up, plot, steps)
        line = [QPointF(across.at(0), up.at(0))]
        line += [QPointF(across.at((day - self._first).days + 1), up.at(total)) for day, _, total in self._days()]
        back = plan.paid_back(self._first)
        if back is not None:
            self._paint_gain(painter, line, up.at(fee))
        if fee:
            y = round(up.at(fee))
            painter.fillRect(QRectF(plot.left(), y - 0.75, plot.width(), 1.5), look.color("t1"))
        color = look.agent_fill(plan.plan.agent)
        painter.setPen(QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLines([point for pair in itertools.pairwise(line) for point in pair])
        self._paint_words(painter, plan, back, up, line[-1])
        painter.setPen(QPen(look.color("card"), 1.5))
        painter.setBrush(color)
        painter.drawEllipse(line[-1], 4.5, 4.5)

    def _paint_ground(self, painter: QPainter, up: Scale, plot: QRectF, steps: Sequence[int]) -> None:
        look = self.look
        for step in steps:
            y = round(up.at(step))
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), look.grid())
            words = Run(axis_money(step, look.numerals), 11, 400, "t2")
            draw_right(painter, look, plot.left() - 8, y + look.px(4), (words,))
        base, length = plot.bottom() + look.px(17), (self._last - self._first).days
        for number in (0, 9, 19, length):
            day = self._first + timedelta(days=number)
            draw_centre(painter, look, self._across().at(number + 0.5), base, (Run(str(day.day), 11, 400, "t2"),))

    def _paint_gain(self, painter: QPainter, line: Sequence[QPointF], floor: float) -> None:
        """What the plan gave beyond its fee."""
        above = [QPointF(point.x(), min(point.y(), floor)) for point in line]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.faded("okf", 0.16))
        painter.drawPolygon(QPolygonF([*above, QPointF(line[-1].x(), floor), QPointF(line[0].x(), floor)]))

    def _paint_words(self, painter: QPainter, plan: PlanValue, back: date | None, up: Scale, end: QPointF) -> None:
        look, plot, numerals = self.look, self._plot(), self.look.numerals
        total = Run(money_short(plan.total, numerals), 12, 650)
        wide = run_width(look, total)
        beside = end.x() + _FAR + wide <= plot.right()
        x = end.x() + _FAR if beside else end.x() - _FAR - wide
        draw(painter, look, x, max(plot.top() + look.px(10), end.y() + (4 if beside else -8)), (total,))
        if not plan.fee:
            return
        floor = up.at(plan.fee)
        pay = Run(tr("you pay {fee}", fee=money_set(plan.fee, numerals)), 11, 600)
        draw_right(painter, look, plot.right(), floor - 7, (pay,))
        if back is None:
            return
        at = QPointF(self._across().at((back - self._first).days + 1), floor)
        painter.setPen(QPen(look.color("t1"), 1.8))
        painter.setBrush(look.color("card"))
        painter.drawEllipse(at, 4.5, 4.5)
        words = Run(self._back(back), 11, 400)
        below = floor + look.px(16)
        room = plot.right() - at.x() - 9 >= run_width(look, words) and below <= plot.bottom()
        if room:
            draw(painter, look, at.x() + 9, below, (words,))

    def _back(self, day: date) -> str:
        return tr("paid back on {day}", day=self.look.day(day))

    def _days(self) -> list[tuple[date, int, int]]:
        """Each day with what it and all up to it came to."""
        if self._plan is None:
            return []
        amounts = self._plan.days
        days = (self._first + timedelta(days=number) for number in range(len(amounts)))
        return list(zip(days, amounts, running_sum(amounts), strict=True))

    def _across(self) -> Scale:
        plot = self._plot()
        return Scale(0, (self._last - self._first).days + 1, plot.left(), plot.right())

    def _plot(self) -> QRectF:
        scale = self.look.px
        return QRectF(scale(48), scale(10), self.width() - scale(48) - 6, self.height() - scale(10 + 24))
