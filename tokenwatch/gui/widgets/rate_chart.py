"""Rate chart: new tokens per minute as a stack of agents, and below it, on the same time axis, who worked when.

Owns its axes, stack and summary; the lanes are painted by widgets/lanes.py. Does not own the series. Each minute is
drawn as the mean of the last five, near the average that the headline gives; the present, unfinished minute is
left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF

from tokenwatch.base.format import rate
from tokenwatch.base.snapshot import Figures, Lane, RateSeries
from tokenwatch.gui.widgets.card import LegendEntry
from tokenwatch.gui.widgets.chart_base import ChartBase, Point, Table
from tokenwatch.gui.widgets.geometry import Scale, running_mean, stack, ticks
from tokenwatch.gui.widgets.lanes import LANE, paint_lanes
from tokenwatch.gui.widgets.lettering import Run, draw, draw_centre, draw_right
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.month_bar import hatch
from tokenwatch.gui.widgets.short_numbers import axis_tokens

MINUTE_MS: Final = 60_000
MEAN: Final = 5
_GUTTER: Final = 112
_NARROW_GUTTER: Final = 84
_LEAST_STACK: Final = 66
_TOP: Final = 6
_BETWEEN: Final = 12
_TIMES: Final = 17
"""Rooms above the stack, between it and the lanes, and for the times below."""


class RateChart(ChartBase):
    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._series = RateSeries()
        self._lanes: tuple[Lane, ...] = ()
        self._now = 0
        self._minutes = 60
        self._gap: int | None = None
        self._known = False
        """Whether the ledger was asked; until then nothing is said of it."""
        self._rows: tuple[tuple[str, tuple[float, ...]], ...] = ()
        self.setMinimumSize(320, self.least_height(0))

    def show_figures(self, figures: Figures, gap: int | None) -> None:
        """``gap``: since when a source is missing, if one is."""
        series, lanes = figures.series, figures.lanes
        # The picture moves on with whole seconds of drawing width, not with every snapshot.
        moved = abs(figures.at - self._now) >= self._minutes * MINUTE_MS / max(1, self.width())
        known = figures.month is not None
        if (series, lanes, gap, known) == (self._series, self._lanes, self._gap, self._known) and not moved:
            return
        self._known = known
        self._series, self._lanes, self._gap, self._now = series, lanes, gap, figures.at
        self._average()
        self.renew()

    def show_minutes(self, minutes: int) -> None:
        if minutes != self._minutes:
            self._minutes = minutes
            self.go_to(None, speak=False)
            self.renew()

    def agents(self) -> tuple[str, ...]:
        """The agents in the stack, from below."""
        return tuple(agent for agent, _ in self._rows)

    def legend(self) -> tuple[LegendEntry, ...]:
        entries = [LegendEntry(self.look.agent_name(agent), agent=agent) for agent in reversed(self.agents())]
        if any(lane.waiting for lane in self._lanes):
            entries.append(LegendEntry("Waiting", "hatch", "warnf"))
        return tuple(entries)

    def peak(self) -> tuple[float, int] | None:
        """The highest mean in view and when it was."""
        minutes = self._in_view()
        if not minutes or not self._rows:
            return None
        top = stack([row for _, row in self._rows])[-1]
        best = max(minutes, key=lambda number: top[number])
        return top[best], self._end(best)

    def sizeHint(self) -> QSize:
        return QSize(600, self.look.px(226))

    def least_height(self, most_lanes: int) -> int:
        """How tall the chart must be for its stack and ``most_lanes`` lanes, or as many as there are."""
        lanes = min(most_lanes, len(self._lanes))
        stack_and_times = _TOP + _BETWEEN + _TIMES + _LEAST_STACK + (4 if lanes else 0)
        return self.look.px(stack_and_times) + lanes * self.look.px(LANE)

    def summary(self) -> str:
        best = self.peak()
        hours = "Last hour" if self._minutes == 60 else f"Last {self._minutes // 60} hours"
        if best is None or best[0] < 0.5:
            return f"{hours}: no tokens"
        lanes = f"; {len(self._lanes)} sessions" if self._lanes else ""
        numerals = self.look.numerals
        return f"{hours}: at most {rate(best[0], numerals)} tokens a minute, at {self.look.clock(best[1])}{lanes}"

    def table(self) -> Table:
        numerals = self.look.numerals
        headers = ("Time", "All", *(self.look.agent_name(agent) for agent in self.agents()))
        rows = []
        for number in self._in_view():
            parts = [row[number] for _, row in self._rows]
            texts = (rate(value, numerals) for value in (sum(parts), *parts))
            rows.append((self.look.clock(self._end(number)), *texts))
        return Table("Tokens a minute", headers, tuple(rows))

    def points(self) -> Sequence[Point]:
        across, plot = self._across(), self._plot()
        found = []
        for number in self._in_view():
            parts = [(agent, row[number]) for agent, row in reversed(self._rows)]
            total = rate(sum(value for _, value in parts), self.look.numerals)
            lines = [f"{self.look.clock(self._end(number))}   {total}/min"]
            lines += [
                f"{self.look.agent_name(agent)}   {rate(value, self.look.numerals)}"
                for agent, value in parts
                if value >= 0.5
            ]
            found.append(Point(across.at(self._end(number)), plot.top(), tuple(lines)))
        return found

    def paint_chart(self, painter: QPainter) -> None:
        look, plot, across = self.look, self._plot(), self._across()
        view = self._in_view()
        tops = stack([[row[number] for number in view] for _, row in self._rows])
        highest = max(tops[-1], default=0) if tops else 0
        steps = ticks(highest, 3) if highest else (0,)
        up = Scale(0, steps[-1] or 1, plot.bottom(), plot.top())
        for step in steps:
            y = round(up.at(step))
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), look.color("line"))
            words = Run(axis_tokens(step, look.numerals), 11, 400, "t2")
            draw_right(painter, look, plot.left() - 8, y + look.px(4), (words,))
        below = [QPointF(across.at(self._end(number)), plot.bottom()) for number in view]
        for (agent, _), top in zip(self._rows, tops, strict=True):
            above = [QPointF(across.at(self._end(n)), up.at(value)) for n, value in zip(view, top, strict=True)]
            self._paint_layer(painter, agent, above, below)
            below = above
        self._paint_gap(painter, across, plot)
        self._paint_times(painter, across, plot)
        if not highest and self._gap is None:
            said = "No tokens in this time" if self._known else "Reading logs"
            base = plot.center().y() + look.px(4)
            draw_centre(painter, look, plot.center().x(), base, (Run(said, 11, 400, "t2"),))
        lanes = QRectF(0, plot.bottom() + look.px(_BETWEEN), self.width(), self._lanes_room())
        paint_lanes(painter, look, lanes, self._lanes[: self._lane_count()], across)

    def _paint_layer(self, painter: QPainter, agent: str, above: list[QPointF], below: list[QPointF]) -> None:
        if len(above) < 2:
            return
        look = self.look
        area = QPolygonF([*above, *reversed(below)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.agent_fill(agent))
        painter.drawPolygon(area)
        pattern = look.agent_pattern(agent)
        if pattern != Qt.BrushStyle.SolidPattern:
            painter.setBrush(QBrush(look.faded("card", 0.55), pattern))
            painter.drawPolygon(area)
        # A thin gap between layers; single segments, as a long antialiased polyline is slow.
        painter.setPen(QPen(look.color("card"), 1))
        painter.drawLines([point for pair in itertools.pairwise(above) for point in pair])

    def _paint_gap(self, painter: QPainter, across: Scale, plot: QRectF) -> None:
        if self._gap is None or self._gap >= self._now:
            return
        left = max(plot.left(), across.at(self._gap))
        hatch(painter, QRectF(left, plot.top(), plot.right() - left, plot.height()), self.look.faded("badf", 0.45))

    def _paint_times(self, painter: QPainter, across: Scale, plot: QRectF) -> None:
        look = self.look
        base = self.height() - 3
        step = self._minutes // 4
        pen = QPen(look.color("line2"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 3])
        for quarter in range(5):
            at = self._now - (4 - quarter) * step * MINUTE_MS
            x = round(across.at(at))
            painter.setPen(pen)
            painter.drawLine(QPointF(x + 0.5, plot.top()), QPointF(x + 0.5, base - look.px(13)))
            words = (Run("now" if quarter == 4 else look.clock(at), 11, 400, "t2"),)
            if quarter == 0:
                draw(painter, look, x, base, words)
            elif quarter == 4:
                draw_right(painter, look, x, base, words)
            else:
                draw_centre(painter, look, x, base, words)

    def _average(self) -> None:
        order = self.look.agent_order
        rows = sorted(self._series.rows, key=lambda row: order(row[0]), reverse=True)
        self._rows = tuple((agent, running_mean(row[:-1], MEAN)) for agent, row in rows if any(row))

    def _in_view(self) -> list[int]:
        """The numbers of the finished minutes from the left end to now."""
        count = len(self._rows[0][1]) if self._rows else 0
        begin = self._now - self._minutes * MINUTE_MS
        return [number for number in range(count) if begin <= self._end(number) <= self._now]

    def _end(self, minute: int) -> int:
        """Milliseconds at which a minute of the series ended; the last one counts up to now."""
        count = len(self._rows[0][1])
        return self._now if minute == count - 1 else self._series.start + (minute + 1) * MINUTE_MS

    def _across(self) -> Scale:
        plot = self._plot()
        return Scale(self._now - self._minutes * MINUTE_MS, self._now, plot.left(), plot.right())

    def _plot(self) -> QRectF:
        gutter = self.look.px(_GUTTER if self.width() >= 640 else _NARROW_GUTTER)
        tall = self.height() - self.look.px(_TOP + _BETWEEN + _TIMES) - self._lanes_room()
        return QRectF(gutter, self.look.px(_TOP), self.width() - gutter - 1, tall)

    def _lane_count(self) -> int:
        room = self.height() - self.look.px(_TOP + _BETWEEN + _TIMES + _LEAST_STACK)
        return max(0, min(len(self._lanes), room // self.look.px(LANE)))

    def _lanes_room(self) -> int:
        count = self._lane_count()
        return count * self.look.px(LANE) + (self.look.px(4) if count else 0)
