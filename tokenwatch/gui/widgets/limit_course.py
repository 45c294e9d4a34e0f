"""Limit course: how a window was used up so far, against an even pace, and where that leads.

Owns its axes and painting. Does not own the readings or the straight line's end (insight/limits.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from tokenwatch.base.format import percent
from tokenwatch.base.limits import LimitWindow
from tokenwatch.base.translation import tr
from tokenwatch.gui.limit_words import out_words, window_title
from tokenwatch.gui.widgets.chart_base import ChartBase, Point
from tokenwatch.gui.widgets.geometry import Scale
from tokenwatch.gui.widgets.lettering import Run, draw_centre, draw_right, run_width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_mark
from tokenwatch.gui.widgets.table import Table

_HOUR_MS: Final = 3_600_000
_DAY_MS: Final = 24 * _HOUR_MS


class LimitCourse(ChartBase):
    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._window: LimitWindow | None = None
        self._now = 0
        self.setMinimumSize(200, look.px(120))

    def show_window(self, window: LimitWindow | None, now: int) -> None:
        minute = now // 60_000 * 60_000
        if (window, minute) != (self._window, self._now):
            self._window, self._now = window, minute
            self.renew()

    def sizeHint(self) -> QSize:
        return QSize(320, self.look.px(136))

    def summary(self) -> str:
        window = self._window
        if window is None or window.used_percent is None:
            return tr("Course of the window: not known")
        said = tr(
            "{window_title} so far: {percent}",
            window_title=window_title(window),
            percent=percent(window.used_percent / 100),
        )
        if window.runs_out_at is not None:
            said += tr(", out {out_words}", out_words=out_words(window.runs_out_at, self._now, self.look))
        return said

    def table(self) -> Table:
        rows = tuple((self.look.day_and_clock(at), percent(used / 100)) for at, used in self._course())
        return Table(tr("Course of the window"), (tr("Read"), tr("Used")), rows)

    def points(self) -> Sequence[Point]:
        across, up = self._scales()
        return [
            Point(across.at(at), up.at(used), (percent(used / 100), self.look.day_and_clock(at)))
            for at, used in self._course()
        ]

    def paint_chart(self, painter: QPainter) -> None:
        look, plot = self.look, self._plot()
        across, up = self._scales()
        for step in (0, 50, 100):
            y = round(up.at(step))
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), look.grid())
            words = Run(f"{step}%", 11, 400, "t2")
            draw_right(painter, look, plot.left() - 8, y + look.px(4), (words,))
        window = self._window
        if window is None or window.started_at is None or window.resets_at is None:
            words = Run(tr("not known"), 11, 400, "t2")
            draw_centre(painter, look, plot.center().x(), plot.center().y(), (words,))
            return
        self._paint_days(painter, window.started_at, window.resets_at, across, plot)
        even = QPen(look.color("t3"), 1.3)
        even.setDashPattern([1.5, 2.5])
        painter.setPen(even)
        painter.drawLine(QPointF(plot.left(), up.at(0)), QPointF(plot.right(), up.at(100)))
        self._paint_course(painter, window, across, up)

    def _paint_course(self, painter: QPainter, window: LimitWindow, across: Scale, up: Scale) -> None:
        look = self.look
        color = look.color("warnf" if window.runs_out_at is not None else "acc")
        line = QPolygonF([QPointF(across.at(at), up.at(min(100.0, used))) for at, used in self._course()])
        line.prepend(QPointF(across.at(window.started_at or 0), up.at(0)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(line)
        last = line.last()
        used, started, resets = window.used_percent or 0.0, window.started_at or 0, window.resets_at or 0
        if window.pace_points is not None and self._now > started:
            at_end = used * (resets - started) / (self._now - started)
            out = window.runs_out_at
            end = (
                QPointF(across.at(out), up.at(100))
                if out is not None
                else QPointF(across.at(resets), up.at(min(100.0, at_end)))
            )
            ahead = QPen(color, 2)
            ahead.setDashPattern([2, 1.6])
            painter.setPen(ahead)
            painter.drawLine(last, end)
            if out is not None:
                self._paint_out(painter, end, out)
        self._paint_dot(painter, last, color)

    def _paint_out(self, painter: QPainter, end: QPointF, out: int) -> None:
        look = self.look
        run = Run(tr("out {out_words}", out_words=out_words(out, self._now, look)), 11, 600, "warn")
        wide = run_width(look, run)
        x = min(end.x() + 10 + wide, self.width() - 2)
        draw_right(painter, look, x, end.y() - 8, (run,))
        paint_mark(painter, look, "waiting", end, look.px(11))

    def _paint_dot(self, painter: QPainter, at: QPointF, color: QColor) -> None:
        painter.setPen(QPen(self.look.color("card"), 1.5))
        painter.setBrush(color)
        painter.drawEllipse(at, 4, 4)

    def _paint_days(self, painter: QPainter, started: int, resets: int, across: Scale, plot: QRectF) -> None:
        """Names of days in the middle of each, or hours where the window is shorter than two days."""
        look, base = self.look, plot.bottom() + self.look.px(17)
        if resets - started >= 2 * _DAY_MS:
            days = round((resets - started) / _DAY_MS)
            every = 1 if plot.width() / days >= look.px(22) else -(-days // 4)
            for number in range(0, days, every):
                middle = started + int((number + 0.5) * _DAY_MS)
                word = Run(look.weekday(look.moment(middle).date())[:2], 11, 400, "t2")
                draw_centre(painter, look, across.at(middle), base, (word,))
            return
        hours = max(1, round((resets - started) / _HOUR_MS))
        every = max(1, -(-hours // 5))
        for number in range(0, hours + 1, every):
            at = started + number * _HOUR_MS
            draw_centre(painter, look, across.at(at), base, (Run(look.clock(at), 11, 400, "t2"),))

    def _course(self) -> tuple[tuple[int, float], ...]:
        window = self._window
        if window is None or window.started_at is None:
            return ()
        return tuple(entry for entry in window.course if entry[0] >= window.started_at)

    def _scales(self) -> tuple[Scale, Scale]:
        plot, window = self._plot(), self._window
        started = window.started_at if window is not None and window.started_at is not None else 0
        resets = window.resets_at if window is not None and window.resets_at is not None else started + 1
        return Scale(started, resets, plot.left(), plot.right()), Scale(0, 100, plot.bottom(), plot.top())

    def _plot(self) -> QRectF:
        scale = self.look.px
        return QRectF(scale(40), scale(22), self.width() - scale(40 + 14), self.height() - scale(22 + 24))
