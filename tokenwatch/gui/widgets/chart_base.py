"""Chart base: what every chart shares - a kept picture, hover, keyboard walk, table and accessible summary.

Owns those. Does not own any data or axis: a chart is painted once per change, and once more into a kept picture when
the same is to be seen again; moving the pointer only paints the bubble over that.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.lettering import Run, draw, width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.table import Table


class Point(msgspec.Struct, frozen=True):
    """A place to stop at: where the bubble points, its lines, and the rectangle that is marked (if any)."""

    x: float
    y: float
    lines: tuple[str, ...]
    box: QRectF | None = None

    @property
    def sentence(self) -> str:
        return ", ".join(self.lines)


class ChartBase(QWidget):
    """Subclasses give :meth:`paint_chart`, :meth:`points`, :meth:`summary` and :meth:`table`."""

    ruled = True
    """Whether a vertical line marks the point under the pointer."""
    picked = Signal(int)
    """The number of the stop that was clicked, or at which Enter was pressed."""
    ringed = Signal(bool)
    """The keyboard came to the chart, or left it: its card shows so, for a ring would lie on the chart's figures."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._picture: QPixmap | None = None
        self._painted = False
        """Whether what is shown now was painted once: until then nobody needs a picture of it."""
        self._points: tuple[Point, ...] | None = None
        self._at: int | None = None
        self._ring = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.follow(self, self.renew)

    # What a chart gives

    def paint_chart(self, painter: QPainter) -> None:
        """Everything but what the pointer adds."""
        raise NotImplementedError

    def points(self) -> Sequence[Point]:
        """The places to stop at, from left to right; asked for once per change."""
        raise NotImplementedError

    def summary(self) -> str:
        """The chart in one sentence."""
        raise NotImplementedError

    def table(self) -> Table:
        raise NotImplementedError

    # What the base does

    def renew(self) -> None:
        """The data are others: paint again, once visible."""
        self._picture, self._painted = None, False
        self._points = None
        self.setAccessibleName(self.summary())
        self.setAccessibleDescription(tr("Left and right walk along the chart, T shows it as a table"))
        self.update()

    def stops(self) -> tuple[Point, ...]:
        if self._points is None:
            self._points = tuple(self.points())
        return self._points

    def current(self) -> Point | None:
        if self._at is None:  # no stop is worked out that nobody asked for
            return None
        stops = self.stops()
        return stops[self._at] if self._at < len(stops) else None

    def go_to(self, number: int | None, *, speak: bool) -> None:
        """Stop at a point, or at none."""
        if number == self._at:
            return
        self._at = number
        point = self.current()
        if speak and point is not None:
            self.setAccessibleName(point.sentence)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    def show_table(self) -> None:
        from tokenwatch.gui.widgets.table_dialog import TableDialog

        dialog = TableDialog(self.look, self.table(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self.stops())
        key = event.key()
        if key == Qt.Key.Key_T and not event.modifiers():
            self.show_table()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and count:
            step = -1 if key == Qt.Key.Key_Left else 1
            start = self._at if self._at is not None else count if step < 0 else -1
            self.go_to(max(0, min(count - 1, start + step)), speak=True)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and count:
            self.go_to(0 if key == Qt.Key.Key_Home else count - 1, speak=True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.picked.emit(self._at)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self.nearest(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self.picked.emit(number)
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.go_to(self.nearest(event.position()), speak=False)

    def nearest(self, place: QPointF) -> int | None:
        """The stop for a place under the pointer: the one in whose box it is, else the nearest along the axis."""
        stops = self.stops()
        if not stops:
            return None
        if not self.ruled:
            return next((n for n, stop in enumerate(stops) if stop.box and stop.box.contains(place)), None)
        return min(range(len(stops)), key=lambda number: abs(stops[number].x - place.x()))

    def leaveEvent(self, event: QEvent) -> None:
        if not self._ring:
            self.go_to(None, speak=False)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.ringed.emit(self._ring)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self.ringed.emit(False)
        self.go_to(None, speak=False)
        self.setAccessibleName(self.summary())
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture, self._painted = None, False
        self._points = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._painted:
            painter.drawPixmap(0, 0, self._kept())
        else:
            # A picture would be thrown away at the next step of a resize, and takes as long as the painting.
            self._painted = True
            painter.fillRect(self.rect(), self.look.color("card"))  # charts stand on cards; nothing shines through
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_chart(painter)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        point = self.current()
        if point is not None:
            self._paint_point(painter, point)

    def _kept(self) -> QPixmap:
        """The chart's picture, made when it is to be painted again as it was: under the pointer, or uncovered."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(self.look.color("card"))
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_chart(painter)
            painter.end()
        return self._picture

    def _paint_point(self, painter: QPainter, point: Point) -> None:
        look = self.look
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if point.box is not None:
            painter.setPen(QPen(look.color("t1"), 1.5))
            painter.drawRoundedRect(point.box, 3, 3)
        elif self.ruled:
            painter.fillRect(QRectF(round(point.x), point.y, 1, self.height() - point.y), look.faded("t1", 0.5))
        runs = [(Run(line, 11, 500 if number == 0 else 400, "bg"),) for number, line in enumerate(point.lines)]
        wide = max(width(look, line) for line in runs) + 16
        tall = look.px(16) * len(runs) + 10
        x = point.x + 10 if point.x + 10 + wide <= self.width() else point.x - 10 - wide
        bubble = QRectF(max(0.0, x), max(0.0, min(point.y - tall / 2, self.height() - tall)), wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("t1"))
        painter.drawRoundedRect(bubble, 6, 6)
        for number, line in enumerate(runs):
            draw(painter, look, bubble.left() + 8, bubble.top() + look.px(16) * number + look.px(16), line)
