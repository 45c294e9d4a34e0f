"""Month bar: what the month has cost, where it heads, and the budget, as one bar with words above and below.

Owns its layout and words. Does not own the forecast. The solid part is spent, the hatched part projected, the
whisker the range (8 in 10), the tall tick the budget.
"""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.format import money
from tokenwatch.base.snapshot import Month
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.geometry import Scale
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, run_width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_focus, paint_mark, paint_row_ground
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.words import TOO_EARLY, month_name, month_words, outlook_words, shows_median, spent_words

_UNKNOWN = mark("This month: reading logs")
_TILE = 24
"""Side of the square of hatching: a whole number of device pixels at every quarter of a scale."""
_LINES = 6
"""Between two lines of hatching."""
NEAR = 0.8
"""The part of the budget from which the bar warns."""


class MonthBar(QWidget):
    """One stop of the keyboard; Enter or a click emits :attr:`opened`."""

    opened = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._month: Month | None = None
        self._paused_at = ""
        self.setAccessibleName(tr(_UNKNOWN))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.follow(self)

    def show_month(self, month: Month | None, paused_at: str = "") -> None:
        """``paused_at``: the clock time of the pause; nothing is projected meanwhile."""
        if (month, paused_at) == (self._month, self._paused_at):
            return
        self._month, self._paused_at = month, paused_at
        said = month_words(month, self._look.numerals, spoken=True) if month else tr(_UNKNOWN)
        self.setAccessibleName(said)
        self.setAccessibleDescription(self.foot() if month else "")
        self.update()

    def foot(self) -> str:
        """The words below the bar, right."""
        month = self._month
        if month is None:
            return ""
        if self._paused_at:
            return tr("No projection while paused")
        early = month.forecast.p10 is None or month.forecast.p90 is None
        return outlook_words(month, self._look.numerals) or (
            tr(TOO_EARLY).capitalize() if early else tr("No budget set")
        )

    def sizeHint(self) -> QSize:
        return QSize(320, self._look.px(79))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, month, frame = self._look, self._month, QRectF(self.rect())
        over = month is not None and bool(month.budget) and month.spent > (month.budget or 0)
        near = month is not None and bool(month.budget) and not over and month.spent >= NEAR * (month.budget or 0)
        paint_row_ground(painter, look, frame, "badbg" if over else "card", first=True)
        painter.fillRect(QRectF(0, 0, frame.width(), 1), look.color("line"))
        if month is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("sunk"))
            painter.drawRoundedRect(QRectF(12, look.px(36), frame.width() - 24, look.px(8)), 4, 4)
        else:
            self._paint_words(painter, month, over=over, near=near)
            bar = QRectF(12, look.px(36), frame.width() - 24, look.px(8))
            self._paint_bar(painter, month, bar, over=over, near=near)
        if self.hasFocus():
            paint_focus(painter, look, frame.adjusted(2, 3, -2, -2), 6)

    def _paint_words(self, painter: QPainter, month: Month, *, over: bool, near: bool) -> None:
        look, right = self._look, self.width() - 12.0
        above, below = look.px(23), look.px(62)
        spent = spent_words(month, look.numerals)
        amount = spent_words(replace(month, budget=None), look.numerals)
        budget = spent.removeprefix(amount) if spent.startswith(amount) else ""
        amount = amount if budget or not month.budget else spent  # a language may put the budget first
        day = (
            tr("at {paused_at}", paused_at=self._paused_at)
            if self._paused_at
            else tr("day {day}", day=month.today.day)
        )
        if not over and not self._paused_at:
            day += tr(" of {day}", day=month.last.day)
        rest = f"{budget} · {day}"
        start = draw_right(painter, look, right, above, (Run(amount, 12.5, 600), Run(rest, 12.5, 400, "t2")))
        left, name = 12.0, month_name(month.first)
        if over or near:
            paint_mark(painter, look, "problem" if over else "waiting", QPointF(left + 6, above - look.px(4)))
            left += 17
        words = (
            tr("{name} is over budget", name=name)
            if over
            else tr("{name} is near its budget", name=name)
            if near
            else name
        )
        if left + run_width(look, Run(words, 13, 600)) > start - 8:
            words = name
        draw(
            painter, look, left, above, (Run(words, 13, 600, "bad" if over else "warn" if near else "t1"),), start - 8
        )
        foot = Run(self.foot(), 11, 500 if over else 400, "bad" if over else "t2")
        start = draw_right(painter, look, right, below, (foot,), self.width() - 24.0)
        today = tr("Today {money}", money=money(month.spent_today, look.numerals))
        if not self._paused_at and run_width(look, Run(today, 11)) + 20 <= start:
            draw(painter, look, 12, below, (Run(today, 11, 400, "t2"),))

    def _paint_bar(self, painter: QPainter, month: Month, bar: QRectF, *, over: bool, near: bool) -> None:
        look, forecast = self._look, month.forecast
        budget = month.budget or 0
        shown = not self._paused_at and forecast.p10 is not None and forecast.p90 is not None
        top = 1.07 * max(budget, month.spent, forecast.p90 or 0 if shown else 0, 1)
        along = Scale(0, top, bar.left(), bar.right())
        outline = QPainterPath()
        outline.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(bar, look.color("line" if over else "sunk"))
        ink = look.color("badf" if over else "warnf" if near else "acc")
        if shown:
            assert forecast.p10 is not None and forecast.p90 is not None
            end = forecast.p50 if forecast.p50 is not None else (forecast.p10 + forecast.p90) // 2
            if end > month.spent:
                hatch(
                    painter, QRectF(along.at(month.spent), bar.top(), along.at(end) - along.at(month.spent), 99), ink
                )
        if over:
            painter.fillRect(QRectF(bar.left(), bar.top(), along.at(budget) - bar.left(), 99), look.color("acc"))
            painter.fillRect(QRectF(along.at(budget), bar.top(), along.at(month.spent) - along.at(budget), 99), ink)
        else:
            painter.fillRect(QRectF(bar.left(), bar.top(), along.at(month.spent) - bar.left(), 99), ink)
        painter.restore()
        if look.patterned:
            painter.strokePath(outline, QPen(look.color("line"), 1))
        if shown:
            assert forecast.p10 is not None and forecast.p90 is not None
            median = forecast.p50 if shows_median(forecast) else None
            self._paint_whisker(painter, along, bar, forecast.p10, median, forecast.p90)
        if budget:
            painter.fillRect(
                QRectF(round(along.at(budget)) - 1, bar.top() - 4, 2, bar.height() + 8), look.color("t1")
            )

    def _paint_whisker(
        self, painter: QPainter, along: Scale, bar: QRectF, low: int, median: int | None, high: int
    ) -> None:
        look, y = self._look, bar.center().y()
        painter.setPen(QPen(look.color("t1"), 1.2))
        painter.drawLine(QPointF(along.at(low), y), QPointF(along.at(high), y))
        for end in (low, high):
            painter.drawLine(QPointF(along.at(end), y - 3.5), QPointF(along.at(end), y + 3.5))
        if median is not None:
            painter.setPen(QPen(look.color("card"), 1.2))
            painter.setBrush(look.color("t1"))
            painter.drawEllipse(QPointF(along.at(median), y), 3.2, 3.2)


def hatch(painter: QPainter, rect: QRectF, ink: QColor, back: float = 0.16) -> None:
    """Diagonal lines over a light ground: a value that is expected, or missing."""
    ground = QColor(ink)
    ground.setAlphaF(ground.alphaF() * back)
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, ground)
    box = painter.clipBoundingRect()
    device = painter.device()
    tile = _hatching(ink, device.devicePixelRatio() if device is not None else 1.0)
    painter.drawTiledPixmap(box, tile, QPointF(box.left() % _TILE, box.top() % _TILE))
    painter.restore()


def _hatching(ink: QColor, ratio: float) -> QPixmap:
    """A square of the lines that fits to itself on all sides; line by line, wide areas took a third of a frame."""
    key = f"hatch {ink.rgba():x} {ratio}"
    tile = QPixmap()
    if QPixmapCache.find(key, tile):
        return tile
    side = round(_TILE * ratio)
    tile = QPixmap(side, side)
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.4))
    for x in range(-_TILE, _TILE + 1, _LINES):
        painter.drawLine(QPointF(x, _TILE), QPointF(x + _TILE, 0))
    painter.end()
    QPixmapCache.insert(key, tile)
    return tile
