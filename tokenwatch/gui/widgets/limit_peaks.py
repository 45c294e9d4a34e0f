"""Limit peaks: the most that was used of each past window, and of the present one.

Owns its axes and painting. Does not own the windows (insight/limits.py). Of estimated blocks it shows their tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter

from tokenwatch.base.format import percent, tokens
from tokenwatch.base.limits import LimitWindow
from tokenwatch.base.translation import tr
from tokenwatch.gui.limit_words import window_title
from tokenwatch.gui.widgets.chart_base import ChartBase, Point
from tokenwatch.gui.widgets.geometry import Scale, ticks
from tokenwatch.gui.widgets.lettering import Run, draw, draw_centre, draw_right
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_mark
from tokenwatch.gui.widgets.table import Table

_USED_UP: Final = 99.5
_MOST: Final = 80


class _Bar(msgspec.Struct, frozen=True):
    ended_at: int
    value: float
    present: bool = False


class LimitPeaks(ChartBase):
    ruled = False

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._window: LimitWindow | None = None
        self._bars: tuple[_Bar, ...] = ()
        self.setMinimumSize(200, look.px(120))

    def show_window(self, window: LimitWindow | None) -> None:
        bars = _bars(window)
        estimated = window is not None and window.estimated
        before = self._window is not None and self._window.estimated
        self._window = window
        if bars != self._bars or estimated != before:
            self._bars = bars
            self.renew()

    def sizeHint(self) -> QSize:
        return QSize(360, self.look.px(136))

    def summary(self) -> str:
        if self._window is None or not self._bars:
            return tr("Past windows: none known")
        past = [bar for bar in self._bars if not bar.present]
        if self._estimated:
            return tr(
                "{len} past blocks, estimated; the largest {words}",
                len=len(past),
                words=self._words(max(b.value for b in self._bars)),
            )
        full = sum(bar.value >= _USED_UP for bar in past)
        return tr("{len} past windows, {full} of them used up", len=len(past), full=full)

    def table(self) -> Table:
        title = window_title(self._window) if self._window is not None else tr("Windows")
        rows = tuple(
            (self.look.day_and_clock(bar.ended_at) if not bar.present else tr("now"), self._words(bar.value))
            for bar in self._bars
        )
        return Table(tr("{title}: peaks", title=title), (tr("Ended"), tr("Most used")), rows)

    def points(self) -> Sequence[Point]:
        up, found = self._up(), []
        plot = self._plot()
        for number, bar in enumerate(self._bars):
            box = self._box(number)
            top = up.at(bar.value)
            when = (
                tr("now")
                if bar.present
                else tr("until {day_and_clock}", day_and_clock=self.look.day_and_clock(bar.ended_at))
            )
            mark = QRectF(box.left() - 2, top - 2, box.width() + 4, plot.bottom() - top + 4)
            found.append(Point(box.right(), (top + plot.bottom()) / 2, (self._words(bar.value), when), mark))
        return found

    def paint_chart(self, painter: QPainter) -> None:
        look, plot, up = self.look, self._plot(), self._up()
        for step in self._steps():
            y = round(up.at(step))
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), look.grid())
            draw_right(painter, look, plot.left() - 8, y + look.px(4), (Run(self._words(step), 11, 400, "t2"),))
        if not self._bars:
            words = Run(tr("none yet"), 11, 400, "t2")
            draw_centre(painter, look, plot.center().x(), plot.center().y(), (words,))
            return
        highest, bottom = self._steps()[-1], round(plot.bottom())
        inks = {
            (full, present): look.color(name) if present else look.faded(name, 0.62)
            for full, name in ((True, "warnf"), (False, "acc"))
            for present in (True, False)
        }
        for number, bar in enumerate(self._bars):
            box, top = self._box(number), up.at(min(bar.value, highest))
            full = not self._estimated and bar.value >= _USED_UP
            left = round(box.left())  # whole pixels, which are painted several times faster
            wide = max(1, round(box.right()) - left)
            painter.fillRect(QRect(left, round(top), wide, bottom - round(top)), inks[full, bar.present])
            if full:
                paint_mark(painter, look, "waiting", QPointF(box.center().x(), top - look.px(8)), look.px(9))
        base = plot.bottom() + look.px(17)
        first = look.day(look.moment(self._bars[0].ended_at).date())
        draw(painter, look, plot.left(), base, (Run(first, 11, 400, "t2"),))
        if self._bars[-1].present and len(self._bars) > 1:
            draw_right(painter, look, plot.right(), base, (Run(tr("now"), 11, 400, "t2"),))

    @property
    def _estimated(self) -> bool:
        return self._window is not None and self._window.estimated

    def _words(self, value: float) -> str:
        return tokens(int(value), self.look.numerals) if self._estimated else percent(value / 100)

    def _steps(self) -> tuple[int, ...]:
        if not self._estimated:
            return (0, 50, 100)
        return ticks(max((bar.value for bar in self._bars), default=1.0), 3)

    def _up(self) -> Scale:
        plot = self._plot()
        return Scale(0, self._steps()[-1] or 1, plot.bottom(), plot.top())

    def _box(self, number: int) -> QRectF:
        plot = self._plot()
        step = min(plot.width() / max(1, len(self._bars)), self.look.px(24))
        wide = max(1.5, step * 0.78)
        return QRectF(plot.left() + step * number + (step - wide) / 2, plot.top(), wide, plot.height())

    def _plot(self) -> QRectF:
        scale = self.look.px
        left = scale(52 if self._estimated else 40)
        return QRectF(left, scale(22), self.width() - left - 4, self.height() - scale(22 + 24))


def _bars(window: LimitWindow | None) -> tuple[_Bar, ...]:
    if window is None:
        return ()
    bars = [_Bar(past.ended_at, past.peak) for past in window.past]
    present = float(window.tokens or 0) if window.estimated else window.used_percent
    if present is not None and not (window.estimated and window.resets_at is None):
        bars.append(_Bar(window.resets_at or window.as_of, present, present=True))
    return tuple(bars[-_MOST:])
