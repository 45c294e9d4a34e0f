"""Rate chart: new tokens per minute as a stack of agents, and below it, on the same time axis, who worked when.

Owns its axes, stack and summary; the lanes are painted by widgets/lanes.py. Does not own the series. In the last hour
each minute is drawn as the mean of the last five, near the average that the headline gives; longer times have steps
of five minutes. The present, unfinished step is left out. Of an agent with several sessions the busiest is a layer of
its own, the others lie below it, paler.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from tokenwatch.base.format import rate
from tokenwatch.base.snapshot import Figures, Lane, RateSeries, Session
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.card import LegendEntry
from tokenwatch.gui.widgets.chart_base import ChartBase, Point
from tokenwatch.gui.widgets.geometry import Scale, running_mean, stack, ticks
from tokenwatch.gui.widgets.lanes import LANE, in_order, paint_lanes
from tokenwatch.gui.widgets.lettering import Run, draw, draw_centre, draw_right, run_width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.month_bar import hatch
from tokenwatch.gui.widgets.short_numbers import axis_tokens
from tokenwatch.gui.widgets.table import Table

MINUTE_MS: Final = 60_000
MEAN: Final = 5
_BY_MINUTE: Final = 60
"""Up to so many minutes the series by minutes is drawn."""

_GUTTER: Final = 112
_NARROW_GUTTER: Final = 84
_LEAST_STACK: Final = 66
_TOP: Final = 6
_BETWEEN: Final = 12
_TIMES: Final = 17
"""Rooms above the stack, between it and the lanes, and for the times below."""

_PALE: Final = 0.62
"""Strength of an agent's other sessions beside its busiest one."""


class Layer(msgspec.Struct, frozen=True):
    """One layer of the stack: tokens a minute at the end of each step."""

    agent: str
    values: tuple[float, ...]
    pale: bool = False


def layers(series: RateSeries, order: Callable[[str], tuple[int, str]]) -> tuple[Layer, ...]:
    """The stack from below, without the present step: agents by ``order`` from the last."""
    parts = dict(series.parts)
    a_minute = MINUTE_MS / series.step
    found = []
    for agent, row in sorted(series.rows, key=lambda each: order(each[0]), reverse=True):
        part = parts.get(agent)
        split = [(row, False)]
        if part is not None:
            split = [(tuple(whole - own for whole, own in zip(row, part, strict=True)), True), (part, False)]
        for values, pale in split:
            done = tuple(value * a_minute for value in values[:-1])
            if any(done):
                found.append(Layer(agent, running_mean(done, MEAN) if series.step == MINUTE_MS else done, pale))
    return tuple(found)


class RateChart(ChartBase):
    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._figures: Figures | None = None
        self._series = RateSeries()
        self._lanes: tuple[Lane, ...] = ()
        self._sessions: tuple[Session, ...] = ()
        self._now = 0
        self._minutes = 60
        self._gap: int | None = None
        self._lost: tuple[tuple[str, int], ...] = ()
        self._known = False
        """Whether the ledger was asked; until then nothing is said of it."""
        self._layers: tuple[Layer, ...] = ()
        self.setMinimumSize(320, self.least_height(0))

    def show_figures(self, figures: Figures, gap: int | None, lost: tuple[tuple[str, int], ...] = ()) -> None:
        """``gap``: since when a source is missing, if one is; ``lost``: who is unknown since when."""
        self._figures = figures
        lost = tuple(entry for entry in lost if not _still_read(figures.series, *entry))
        series = figures.series if self._minutes <= _BY_MINUTE else figures.day_series
        lanes = in_order(figures.lanes, figures.sessions, figures.at - self._minutes * MINUTE_MS)
        # The picture moves on with whole steps of drawing width, not with every snapshot.
        moved = abs(figures.at - self._now) >= self._minutes * MINUTE_MS / max(1, self.width())
        known = figures.month is not None
        shown = (self._series, self._lanes, self._gap, self._lost, self._known)
        if (series, lanes, gap, lost, known) == shown and not moved:
            return
        self._known, self._sessions = known, figures.sessions
        self._series, self._lanes, self._gap, self._lost, self._now = series, lanes, gap, lost, figures.at
        self._layers = layers(series, self.look.agent_order)
        self.renew()

    def show_minutes(self, minutes: int) -> None:
        if minutes != self._minutes:
            self._minutes = minutes
            self.go_to(None, speak=False)
            if self._figures is not None:
                self.show_figures(self._figures, self._gap, self._lost)
            self.renew()

    def agents(self) -> tuple[str, ...]:
        """The agents in the stack, from below."""
        return tuple(dict.fromkeys(layer.agent for layer in self._layers))

    def legend(self) -> tuple[LegendEntry, ...]:
        entries = [LegendEntry(self.look.agent_name(agent), agent=agent) for agent in reversed(self.agents())]
        if any(lane.waiting for lane in self._lanes):
            entries.append(LegendEntry(tr("Waiting"), "hatch", "warnf"))
        return tuple(entries)

    def peak(self) -> tuple[float, int] | None:
        """The highest mean in view and when it was."""
        minutes = self._in_view()
        if not minutes or not self._layers:
            return None
        top = stack([layer.values for layer in self._layers])[-1]
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
        hours = span_words(self._minutes)
        if best is None or best[0] < 0.5:
            return tr("{hours}: no tokens", hours=hours)
        said = tr(
            "{hours}: at most {rate} tokens a minute, at {time}",
            hours=hours, rate=rate(best[0], self.look.numerals), time=self.look.clock(best[1]),
        )  # fmt: skip
        return "; ".join(filter(None, (said, tr("{count} sessions", count=len(self._lanes)) if self._lanes else "")))

    def table(self) -> Table:
        numerals = self.look.numerals
        headers = (tr("Time"), tr("All"), *(self.look.agent_name(agent) for agent in self.agents()))
        rows = []
        for number in self._in_view():
            parts = self._by_agent(number)
            known = [value for agent, value in parts.items() if not self._is_lost(agent, self._end(number))]
            whole = ("" if len(known) == len(parts) else "≥ ") + rate(sum(known), numerals)
            each = (
                "—" if self._is_lost(agent, self._end(number)) else rate(value, numerals)
                for agent, value in parts.items()
            )
            rows.append((self.look.clock(self._end(number)), whole, *each))
        return Table(tr("Tokens a minute"), headers, tuple(rows))

    def points(self) -> Sequence[Point]:
        across, plot, numerals = self._across(), self._plot(), self.look.numerals
        found = []
        for number in self._in_view():
            parts = {
                agent: value
                for agent, value in self._by_agent(number).items()
                if not self._is_lost(agent, self._end(number))
            }
            least = "" if len(parts) == len(self.agents()) else "≥ "
            lines = [f"{self.look.clock(self._end(number))}   {least}{rate(sum(parts.values()), numerals)}/min"]
            lines += [
                f"{self.look.agent_name(agent)}   {rate(value, numerals)}"
                for agent, value in reversed(parts.items())
                if value >= 0.5
            ]
            found.append(Point(across.at(self._end(number)), plot.top(), tuple(lines)))
        return found

    def _by_agent(self, number: int) -> dict[str, float]:
        """Agent -> tokens a minute at a step, from below."""
        found: dict[str, float] = {}
        for layer in self._layers:
            found[layer.agent] = found.get(layer.agent, 0.0) + layer.values[number]
        return found

    def _is_lost(self, agent: str, moment: int) -> bool:
        """Whether nothing is known of the agent at ``moment``: its logs could not be read any more."""
        since = dict(self._lost).get(agent)
        return since is not None and moment > since

    def _steps(self, across: Scale) -> tuple[list[float], list[list[float]]]:
        """Places across and each layer's values there. Where an agent was lost its layers end at once."""
        moments = [(self._end(number), number) for number in self._in_view()]
        for since in sorted({since for _, since in self._lost}):
            cut = next((place for place, (end, _) in enumerate(moments) if end > since), 0)
            if cut:
                last = moments[cut - 1][1]
                moments[cut:cut] = [(since, last), (since + 1, last)]
        rows = [
            [0.0 if self._is_lost(layer.agent, moment) else layer.values[number] for moment, number in moments]
            for layer in self._layers
        ]
        return [across.at(moment) for moment, _ in moments], rows

    def paint_chart(self, painter: QPainter) -> None:
        look, plot, across = self.look, self._plot(), self._across()
        places, rows = self._steps(across)
        tops = stack(rows)
        highest = max(tops[-1], default=0) if tops else 0
        steps = ticks(highest, 3) if highest else (0,)
        up = Scale(0, steps[-1] or 1, plot.bottom(), plot.top())
        for step in steps:
            y = round(up.at(step))
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), look.grid())
            words = Run(axis_tokens(step, look.numerals), 11, 400, "t2")
            draw_right(painter, look, plot.left() - 8, y + look.px(4), (words,))
        below = [QPointF(x, plot.bottom()) for x in places]
        edges = []
        for layer, top in zip(self._layers, tops, strict=True):
            above = [QPointF(x, up.at(value)) for x, value in zip(places, top, strict=True)]
            self._paint_layer(painter, layer, above, below)
            edges.append(above)
            below = above
        # Thin gaps between layers, after all areas, which would cover half of them; single segments, as a long
        # antialiased polyline is slow.
        painter.setPen(QPen(look.color("card"), 1))
        for edge in edges:
            painter.drawLines([point for pair in itertools.pairwise(edge) for point in pair])
        self._paint_gap(painter, across, plot)
        self._paint_times(painter, across, plot)
        if not highest and self._gap is None:
            words = Run(self.nothing_words(), 11, 400, "t2")
            base, wide = plot.center().y() + look.px(4), run_width(look, words) + 16
            # Not through the line of the time in the middle.
            ground = QRectF(plot.center().x() - wide / 2, base - look.px(14), wide, look.px(20))
            painter.fillRect(ground, look.color("card"))
            draw_centre(painter, look, plot.center().x(), base, (words,))
        lanes = QRectF(0, plot.bottom() + look.px(_BETWEEN), self.width(), self._lanes_room())
        paint_lanes(painter, look, lanes, self._lanes[: self._lane_count()], across, self._sessions)

    def nothing_words(self) -> str:
        """Why nothing is drawn: a step of time is, when it is over."""
        if not self._known:
            return tr("Reading logs")
        if any(row and row[-1] for _, row in self._series.rows):
            return tr("The first tokens came just now and are drawn soon")
        return tr("No tokens in this time")

    def _paint_layer(self, painter: QPainter, layer: Layer, above: list[QPointF], below: list[QPointF]) -> None:
        if len(above) < 2:
            return
        look = self.look
        area = QPolygonF([*above, *reversed(below)])
        painter.setPen(Qt.PenStyle.NoPen)
        fill = QColor(look.agent_fill(layer.agent))
        if layer.pale:
            fill.setAlphaF(_PALE)
        # Smoothed, a long polygon takes ten times as long; the line on its edge hides the steps.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(fill)
        painter.drawPolygon(area)
        pattern = look.agent_pattern(layer.agent)
        if pattern != Qt.BrushStyle.SolidPattern:
            painter.setBrush(QBrush(look.faded("card", 0.55), pattern))
            painter.drawPolygon(area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

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
            words = (Run(tr("now") if quarter == 4 else look.clock(at), 11, 400, "t2"),)
            if quarter == 0:
                draw(painter, look, x, base, words)
            elif quarter == 4:
                draw_right(painter, look, x, base, words)
            else:
                draw_centre(painter, look, x, base, words)

    def _in_view(self) -> list[int]:
        """The numbers of the finished steps from the left end to now."""
        count = len(self._layers[0].values) if self._layers else 0
        begin = self._now - self._minutes * MINUTE_MS
        return [number for number in range(count) if begin <= self._end(number) <= self._now]

    def _end(self, step: int) -> int:
        """Milliseconds at which a step of the series ended; the last one counts up to now."""
        count = len(self._layers[0].values)
        return self._now if step == count - 1 else self._series.start + (step + 1) * self._series.step

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


def _still_read(series: RateSeries, agent: str, since: int) -> bool:
    """Whether tokens of the agent came since it was lost: then only one of its folders cannot be opened."""
    row = dict(series.rows).get(agent, ())
    return any(row[max(0, -(-(since - series.start) // series.step)) :])


def span_words(minutes: int) -> str:
    """Last hour, Last 6 hours."""
    return tr("Last hour") if minutes == 60 else tr("Last {count} hours", count=minutes // 60)
