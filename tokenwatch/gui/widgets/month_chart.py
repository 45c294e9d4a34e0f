"""Month chart: the month adding up day by day, the fan of its forecast, the budget and the fixed fees.

Owns its axes and painting. Does not own the forecast. Values stand at the end of their day; today's at the present.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from tokenwatch.base.format import money, money_forecast, money_range, money_set
from tokenwatch.base.money import NANO
from tokenwatch.base.snapshot import Month
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.card import LegendEntry
from tokenwatch.gui.widgets.chart_base import ChartBase, Point
from tokenwatch.gui.widgets.geometry import Scale, running_sum, spread, ticks, weekend_spans
from tokenwatch.gui.widgets.lettering import Run, draw, draw_centre, draw_right, run_width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.month_bar import hatch
from tokenwatch.gui.widgets.short_numbers import axis_money
from tokenwatch.gui.widgets.table import Table
from tokenwatch.gui.words import month_words, shows_median

Fan = tuple[tuple[date, int, int, int, int, int], ...]
_RIGHT: Final = 62
"""Room for the forecast's figures."""


class MonthChart(ChartBase):
    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._month: Month | None = None
        self._listed = False
        self.setMinimumSize(320, look.px(170))

    def show_month(self, month: Month | None, *, listed: bool = False) -> None:
        """``listed``: everything at API prices, without fees, budget and forecast."""
        if (month, listed) != (self._month, self._listed):
            self._month, self._listed = month, listed
            self.renew()

    def legend(self) -> tuple[LegendEntry, ...]:
        if self._month is None:
            return ()
        entries = [LegendEntry(tr("so far"), "line")]
        if self._fan():
            if self._median():
                entries.append(LegendEntry(tr("projected"), "dashes"))
            entries += [
                LegendEntry(tr("half the time"), strength=0.3),
                LegendEntry(tr("8 times in 10"), strength=0.12),
            ]
        return tuple(entries)

    def sizeHint(self) -> QSize:
        return QSize(600, self.look.px(250))

    def summary(self) -> str:
        month = self._month
        if month is None:
            return tr("This month: not known yet")
        if self._listed:
            return tr("At API prices: {money} so far", money=money(month.listed, self.look.numerals))
        return month_words(month, self.look.numerals, spoken=True)

    def table(self) -> Table:
        month, numerals = self._month, self.look.numerals
        rows: list[tuple[str, ...]] = []
        if month is not None:
            for day, total in zip(month.days, self._sums(), strict=True):
                rows.append((self.look.day(day.day), money(total, numerals), ""))
            for entry in self._fan():
                if entry[0] > month.today:
                    middle = money_forecast(entry[3], numerals) if self._median() else ""
                    rows.append((self.look.day(entry[0]), middle, money_range(entry[1], entry[5], numerals)))
        return Table(
            tr("The month, adding up"), (tr("Day"), tr("So far or projected"), tr("Range, 8 in 10")), tuple(rows)
        )

    def points(self) -> Sequence[Point]:
        month = self._month
        if month is None:
            return ()
        across, plot, numerals = self._across(month), self._plot(), self.look.numerals
        found = []
        for day, total in zip(month.days, self._sums(), strict=True):
            spent = day.listed if self._listed else day.metered
            lines = (
                self.look.day(day.day),
                tr("{money} so far", money=money(total, numerals)),
                tr("{money} that day", money=money(spent, numerals)),
            )
            found.append(Point(across.at(self._place(month, day.day)), plot.top(), lines))
        for entry in self._fan():
            if entry[0] > month.today:
                ahead = [self.look.day(entry[0])]
                if self._median():
                    ahead.append(tr("projected {money_forecast}", money_forecast=money_forecast(entry[3], numerals)))
                ahead.append(tr("range {money_range}", money_range=money_range(entry[1], entry[5], numerals)))
                found.append(Point(across.at(self._place(month, entry[0])), plot.top(), tuple(ahead)))
        return found

    def paint_chart(self, painter: QPainter) -> None:
        month = self._month
        if month is None:
            return
        look, plot, across, sums, fan = self.look, self._plot(), self._across(month), self._sums(), self._fan()
        budget = 0 if self._listed else month.budget or 0
        highest = max(sums[-1] if sums else 0, budget, max((entry[5] for entry in fan), default=0), NANO)
        steps = [step * NANO for step in ticks(highest / NANO)]
        up = Scale(0, steps[-1], plot.bottom(), plot.top())
        self._paint_ground(painter, month, across, up, plot, steps)
        fees = 0 if self._listed else month.fees
        now = across.at(self._now(month))
        line = [QPointF(across.at(0), up.at(fees))]
        line += [
            QPointF(across.at(self._place(month, day.day)), up.at(v)) for day, v in zip(month.days, sums, strict=True)
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.faded("acc", 0.11))
        floor = up.at(fees)
        painter.drawPolygon(QPolygonF([*line, QPointF(line[-1].x(), floor), QPointF(line[0].x(), floor)]))
        if fees:
            self._paint_fees(painter, QRectF(plot.left(), floor, plot.width(), plot.bottom() - floor), fees)
        if fan:
            self._paint_fan(painter, month, across, up, line[-1], fan)
        if budget:
            y = round(up.at(budget))
            painter.fillRect(QRectF(plot.left(), y - 0.75, plot.width(), 1.5), look.color("t1"))
            text = Run(tr("Budget {money_set}", money_set=money_set(budget, look.numerals)), 11, 600)
            draw(painter, look, plot.left() + 8, y - 6 if y - 18 > 0 else y + 16, (text,))
        painter.setPen(QPen(look.color("acc"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLines([point for pair in itertools.pairwise(line) for point in pair])
        if month.today < month.last or fan:
            self._paint_now(painter, month, now, line[-1], plot, sums[-1] if sums else fees)

    def _paint_ground(
        self, painter: QPainter, month: Month, across: Scale, up: Scale, plot: QRectF, steps: list[int]
    ) -> None:
        look = self.look
        for first, last in weekend_spans(month.first, month.last):
            left = across.at(first - 1)
            painter.fillRect(QRectF(left, plot.top(), across.at(last) - left, plot.height()), look.faded("sunk", 0.7))
        for step in steps:
            y = round(up.at(step))
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), look.grid())
            words = Run(axis_money(step, look.numerals), 11, 400, "t2")
            draw_right(painter, look, plot.left() - 8, y + look.px(4), (words,))
        base = plot.bottom() + look.px(16)
        for number in (1, 5, 10, 15, 20, 25, month.last.day):
            draw_centre(painter, look, across.at(number - 0.5), base, (Run(str(number), 11, 400, "t2"),))

    def _paint_fees(self, painter: QPainter, area: QRectF, fees: int) -> None:
        look = self.look
        hatch(painter, area, look.faded("t3", 0.4), 0.12)
        text = Run(tr("Plans, fixed · {money_set}", money_set=money_set(fees, look.numerals)), 11, 500)
        if area.height() > look.px(20):
            wide = run_width(look, text)
            box = QRectF(area.left() + 5, area.center().y() - look.px(9), wide + 8, look.px(18))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.faded("card", 0.85))
            painter.drawRoundedRect(box, 4, 4)
            draw(painter, look, area.left() + 9, round(area.center().y()) + look.px(4), (text,))

    def _paint_fan(self, painter: QPainter, month: Month, across: Scale, up: Scale, start: QPointF, fan: Fan) -> None:
        look = self.look
        ahead = [entry for entry in fan if entry[0] > month.today]
        places = [across.at(self._place(month, entry[0])) for entry in ahead]

        def edge(part: int) -> list[QPointF]:
            return [start, *(QPointF(x, up.at(entry[part])) for x, entry in zip(places, ahead, strict=True))]  # type: ignore[arg-type]

        painter.setPen(Qt.PenStyle.NoPen)
        for low, high, strength in ((1, 5, 0.13), (2, 4, 0.22)):
            painter.setBrush(look.faded("acc", strength))
            painter.drawPolygon(QPolygonF([*edge(high), *reversed(edge(low))]))
        if not ahead:
            return
        _, low, _, middle, _, high = ahead[-1]
        numerals = look.numerals
        ends = [(high, False), (middle, True), (low, False)] if self._median() else [(high, False), (low, False)]
        wanted = [up.at(value) + 4 for value, _ in ends]
        for y, (value, main) in zip(spread(wanted, look.px(15), 10, up.start), ends, strict=True):
            text = Run(
                money_forecast(value, numerals), 13 if main else 11, 650 if main else 400, "t1" if main else "t2"
            )
            draw(painter, look, places[-1] + 7, y, (text,))
        if self._median():
            pen = QPen(look.color("acc"), 2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([2.5, 2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(edge(3)))

    def _paint_now(self, painter: QPainter, month: Month, now: float, at: QPointF, plot: QRectF, total: int) -> None:
        look = self.look
        pen = QPen(look.color("t2"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(round(now) + 0.5, plot.top()), QPointF(round(now) + 0.5, plot.bottom()))
        painter.setPen(QPen(look.color("card"), 2))
        painter.setBrush(look.color("acc"))
        painter.drawEllipse(at, 5, 5)
        least = "≥ " if (month.listed_is_least if self._listed else month.spent_is_least) else ""
        words = (Run(tr("Now {least}{money}", least=least, money=money(total, look.numerals)), 12, 600),)
        wide = run_width(look, words[0])
        y = max(plot.top() + look.px(14), at.y() - 12)
        if at.x() - 10 - wide > plot.left():
            draw_right(painter, look, at.x() - 10, y, words)
        else:
            draw(painter, look, at.x() + 10, y, words)

    def _sums(self) -> tuple[int, ...]:
        month = self._month
        if month is None:
            return ()
        if self._listed:
            return running_sum([day.listed for day in month.days])
        return running_sum([day.metered for day in month.days], month.fees)

    def _fan(self) -> Fan:
        return self._month.forecast.fan if self._month is not None and not self._listed else ()

    def _median(self) -> bool:
        return self._month is not None and shows_median(self._month.forecast)

    def _place(self, month: Month, day: date) -> float:
        """Days since the month began, at the end of ``day``; at the present if it is today."""
        return self._now(month) if day == month.today else (day - month.first).days + 1

    @staticmethod
    def _now(month: Month) -> float:
        # The snapshot says the day, not the hour; the middle keeps "now" between yesterday and tomorrow.
        past = month.today > month.last or month.first + timedelta(days=len(month.days)) > month.last
        return (month.last - month.first).days + 1 if past else (month.today - month.first).days + 0.5

    def _across(self, month: Month) -> Scale:
        plot = self._plot()
        return Scale(0, (month.last - month.first).days + 1, plot.left(), plot.right())

    def _plot(self) -> QRectF:
        scale = self.look.px
        right = scale(_RIGHT) if self._fan() else 4
        return QRectF(scale(48), scale(8), self.width() - scale(48) - right, self.height() - scale(8 + 22))
