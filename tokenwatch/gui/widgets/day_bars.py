"""Day bars: what each day of the month cost, stacked by agent.

Owns its axes and painting. Does not own the costs: metered ones, or all at API prices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from tokenwatch.base.format import money
from tokenwatch.base.money import NANO
from tokenwatch.base.snapshot import DaySpend, Month
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.card import LegendEntry
from tokenwatch.gui.widgets.chart_base import ChartBase, Point
from tokenwatch.gui.widgets.geometry import Scale, ticks
from tokenwatch.gui.widgets.lettering import Run, draw_centre, draw_right, run_width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_agent_fill
from tokenwatch.gui.widgets.short_numbers import axis_money
from tokenwatch.gui.widgets.table import Table


class DayBars(ChartBase):
    ruled = False

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._month: Month | None = None
        self._listed = False
        self.setMinimumSize(260, look.px(130))

    def show_month(self, month: Month | None, *, listed: bool = False) -> None:
        if (month, listed) != (self._month, self._listed):
            self._month, self._listed = month, listed
            self.renew()

    def agents(self) -> tuple[str, ...]:
        """Agents with any cost, from the bottom of the stack."""
        totals = self._totals()
        return tuple(sorted(totals, key=self.look.agent_order))

    def legend(self) -> tuple[LegendEntry, ...]:
        totals, look = self._totals(), self.look
        return tuple(
            LegendEntry(look.agent_name(agent), agent=agent, value=money(totals[agent], look.numerals))
            for agent in self.agents()
        )

    def sizeHint(self) -> QSize:
        return QSize(420, self.look.px(190))

    def summary(self) -> str:
        days = self._days()
        if not days or not self._totals():
            return tr("Per day: nothing spent")
        best = max(days, key=self._cost)
        numerals = self.look.numerals
        total = money(sum(self._totals().values()), numerals)
        return tr(
            "Per day: {total} in all; most on {day}, {money}",
            total=total,
            day=self.look.day(best.day),
            money=money(self._cost(best), numerals),
        )

    def table(self) -> Table:
        numerals, agents = self.look.numerals, self.agents()
        rows = []
        for day in self._days():
            parts = dict(self._parts(day))
            texts = (money(parts.get(agent, 0), numerals) for agent in agents)
            rows.append((self.look.day(day.day), money(self._cost(day), numerals), *texts))
        title = tr("Cost per day, at API prices") if self._listed else tr("Cost per day, metered")
        return Table(title, (tr("Day"), tr("All"), *map(self.look.agent_name, agents)), tuple(rows))

    def points(self) -> Sequence[Point]:
        plot, numerals = self._plot(), self.look.numerals
        up = self._up(plot)
        found = []
        for number, day in enumerate(self._days()):
            bar = self._bar(plot, number)
            lines = [f"{self.look.weekday(day.day)} {self.look.day(day.day)}   {money(self._cost(day), numerals)}"]
            parts = sorted(self._parts(day), key=lambda part: self.look.agent_order(part[0]), reverse=True)
            lines += [f"{self.look.agent_name(agent)}   {money(cost, numerals)}" for agent, cost in parts if cost]
            top = up.at(self._cost(day))
            box = QRectF(bar.left() - 2, top - 2, bar.width() + 4, plot.bottom() - top + 4)
            found.append(Point(bar.right(), (top + plot.bottom()) / 2, tuple(lines), box))
        return found

    def paint_chart(self, painter: QPainter) -> None:
        look, plot, days = self.look, self._plot(), self._days()
        if not days:
            return
        up = self._up(plot)
        if not self._totals():
            base = plot.center().y()
            draw_centre(painter, look, plot.center().x(), base, (Run(tr("Nothing spent"), 11, 400, "t2"),))
        for step in self._steps():
            y = round(up.at(step))
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), look.grid())
            words = Run(axis_money(step, look.numerals), 11, 400, "t2")
            draw_right(painter, look, plot.left() - 8, y + look.px(4), (words,))
        base = plot.bottom() + look.px(16)
        every = 1 if self._step(plot) >= look.px(17) else 2 if self._step(plot) >= look.px(10) else 5
        for number, day in enumerate(days):
            bar = self._bar(plot, number)
            self._paint_bar(painter, day, bar, up)
            today = self._month is not None and day.day == self._month.today
            if (len(days) - 1 - number) % every == 0:
                run = Run(str(day.day.day), 11, 650 if today else 400, "t1" if today else "t2")
                draw_centre(painter, look, bar.center().x(), base, (run,))
            if today and self._cost(day):
                run = Run(money(self._cost(day), look.numerals), 11, 600)
                centre = min(bar.center().x(), self.width() - run_width(look, run) / 2)
                draw_centre(painter, look, centre, up.at(self._cost(day)) - 5, (run,))

    def _paint_bar(self, painter: QPainter, day: DaySpend, bar: QRectF, up: Scale) -> None:
        look, total = self.look, 0
        for agent, cost in sorted(self._parts(day), key=lambda part: look.agent_order(part[0])):
            if cost <= 0:
                continue
            bottom, top = up.at(total), up.at(total + cost)
            # A gap of one pixel between parts, unless that would be all there is.
            gap = 1.0 if total and bottom - top > 2 else 0.0
            part = QRectF(bar.left(), top, bar.width(), bottom - top - gap)
            paint_agent_fill(painter, look, part, agent)
            total += cost

    def _totals(self) -> Mapping[str, int]:
        totals: dict[str, int] = {}
        for day in self._days():
            for agent, cost in self._parts(day):
                if cost:
                    totals[agent] = totals.get(agent, 0) + cost
        return totals

    def _days(self) -> tuple[DaySpend, ...]:
        return self._month.days if self._month is not None else ()

    def _parts(self, day: DaySpend) -> tuple[tuple[str, int], ...]:
        return day.listed_by_agent if self._listed else day.by_agent

    def _cost(self, day: DaySpend) -> int:
        return day.listed if self._listed else day.metered

    def _steps(self) -> list[int]:
        highest = max((self._cost(day) for day in self._days()), default=0)
        if not highest:
            return [0]
        if highest < NANO:  # less than a dollar: steps of cents
            cent = NANO // 100
            return [step * cent for step in ticks(highest / cent, 4)]
        return [step * NANO for step in ticks(highest / NANO, 4)]

    def _up(self, plot: QRectF) -> Scale:
        return Scale(0, self._steps()[-1] or 1, plot.bottom(), plot.top())

    def _step(self, plot: QRectF) -> float:
        return plot.width() / max(1, len(self._days()))

    def _bar(self, plot: QRectF, number: int) -> QRectF:
        step = min(self._step(plot), self.look.px(56))
        wide = max(2.0, step * 0.8)
        return QRectF(plot.left() + step * number + (step - wide) / 2, plot.top(), wide, plot.height())

    def _plot(self) -> QRectF:
        scale = self.look.px
        return QRectF(scale(44), scale(14), self.width() - scale(44), self.height() - scale(14 + 22))
