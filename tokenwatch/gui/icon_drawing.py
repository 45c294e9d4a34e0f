"""Icon drawing: the shapes of the tray icon, native in every size - gauge, digit, flow dots and badges.

Owns the design's table of lengths and the drawing of one state at one size. Does not own what a state means
(icon_state.py) or which colours fit the panel (icon.py).
"""

from __future__ import annotations

from typing import Final

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF, QTransform

from tokenwatch.gui.digits import PLUS, outline
from tokenwatch.gui.icon_state import GAUGE_STEPS, IconState, Level


class Look(msgspec.Struct, frozen=True):
    """Colours of the icon on one kind of panel. ``plate`` is drawn behind everything, if there is one."""

    foreground: str
    amber: str
    red: str
    plate: str = ""
    mask: bool = False
    """A template that the system colours itself: macOS."""


class _Metrics(msgspec.Struct, frozen=True):
    """The design's table for one size; lengths in pixels."""

    stroke: float
    margin: float
    digit: float
    baseline: float
    dot: float
    gap: float
    dot_top: float
    badge: float
    cut: float


_TABLE: Final = {
    16: (2, 0, 11, 12, 2, 1, 13, 3, 0.9),
    22: (2.5, 0, 14.5, 16, 2.5, 1.5, 18.75, 4.5, 1.2),
    24: (2.75, 0.5, 15.5, 17.5, 3, 1.5, 20, 5, 1.3),
    32: (3.5, 0.75, 20.5, 23, 3.75, 2, 27, 6.5, 1.7),
    44: (5, 1, 28, 32, 5, 3, 37, 9, 2.2),
    64: (7, 1.5, 41, 46.5, 7.5, 4, 53.5, 13, 3),
}
_CAP_HEIGHT: Final = 0.727
"""Height of a digit in the design's font, as a part of its size."""


def _metrics(size: int) -> _Metrics:
    """The row for ``size``, between two rows their mixture, beyond the table in proportion."""
    if size in _TABLE:
        return _Metrics(*_TABLE[size])
    known = sorted(_TABLE)
    if not known[0] < size < known[-1]:
        nearest = known[0] if size < known[0] else known[-1]
        return _Metrics(*(value * size / nearest for value in _TABLE[nearest]))
    low = max(each for each in known if each < size)
    high = min(each for each in known if each > size)
    part = (size - low) / (high - low)
    return _Metrics(*(a + (b - a) * part for a, b in zip(_TABLE[low], _TABLE[high], strict=True)))


def draw(state: IconState, size: int, look: Look) -> QPixmap:
    """The icon at ``size`` pixels, on nothing."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    _Drawing(painter, state, size, look).draw()
    painter.end()
    return _on_plate(pixmap, size, look.plate) if look.plate else pixmap


def _on_plate(drawn: QPixmap, size: int, colour: str) -> QPixmap:
    """``drawn`` on a rounded square, whose corners are as round as the waiting badge that stands in one."""
    result = QPixmap(drawn.size())
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    corner = _metrics(size).badge
    painter.drawRoundedRect(result.rect(), corner, corner)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return result


class _Drawing:
    """One icon being drawn, origin top left, in pixels of its size."""

    def __init__(self, painter: QPainter, state: IconState, size: int, look: Look) -> None:
        self._painter = painter
        self._state = state
        self._size = size
        self._metrics = _metrics(size)
        self._foreground, self._amber, self._red = (QColor(c) for c in (look.foreground, look.amber, look.red))

    def draw(self) -> None:
        state = self._state
        if state.none_readable:
            self._warning_sign()
            return
        if state.paused:
            self._paused()
            return
        if state.level is Level.OVER:
            self._over_budget()
        else:
            self._gauge()
            self._fill(self._centre(), self._foreground)
            self._fill(self._dots(state.flow), self._foreground)
        if state.one_unreadable:
            self._triangle_badge()
        if state.waiting:
            self._waiting_badge()

    # Parts

    def _gauge(self) -> None:
        metrics, state = self._metrics, self._state
        radius = self._size / 2 - metrics.margin - metrics.stroke / 2
        track = QColor(self._foreground)
        track.setAlphaF(0.3)
        swept = 256 * state.gauge / GAUGE_STEPS
        self._arc(radius, metrics.stroke, swept, 256 - swept, track)
        if state.level is Level.NEAR:
            thick = 2.8 if self._size == 16 else metrics.stroke * 1.45
            # Grown inwards: the outer edge stays where it was.
            self._arc(radius - (thick - metrics.stroke) / 2, thick, 0, swept, self._amber)
        else:
            self._arc(radius, metrics.stroke, 0, swept, self._foreground)

    def _arc(self, radius: float, width: float, begin: float, length: float, colour: QColor) -> None:
        """Degrees clockwise from the gauge's lower left end."""
        if length <= 0:
            return
        middle = self._size / 2
        box = QRectF(middle - radius, middle - radius, 2 * radius, 2 * radius)
        path = QPainterPath()
        start = 270 - 52 - begin  # Qt counts counter-clockwise from three o'clock
        path.arcMoveTo(box, start)
        path.arcTo(box, start, -length)
        self._painter.strokePath(path, QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))

    def _centre(self) -> QPainterPath:
        """The digit, or a dash for nobody."""
        metrics, state = self._metrics, self._state
        middle = self._size / 2
        height = metrics.digit * _CAP_HEIGHT
        if not state.working:
            width, thick = metrics.digit * 0.43, max(2.0, metrics.digit * 0.17)
            if self._size <= 16:
                width, thick = 4.0, 2.0
            dash = QPainterPath()
            top = metrics.baseline - height / 2 - thick / 2
            dash.addRoundedRect(QRectF(middle - width / 2, round(top * 2) / 2, width, thick), thick / 3, thick / 3)
            return dash
        digit = outline("9" if state.working > 9 else str(state.working))
        if state.working > 9:
            height *= 0.93  # two signs have to pass between the gauge's sides
        bounds = digit.boundingRect()
        bottom = metrics.baseline - (metrics.digit * _CAP_HEIGHT - height) / 2
        left = middle - bounds.width() * height / 2
        if self._size <= 16 and state.waiting:
            left -= 1
        path = QPainterPath()
        if state.working > 9:
            plus = outline(PLUS)
            room = plus.boundingRect().width() * height
            gap = height * 0.07
            left -= (room + gap) / 2
            # The plus stands on whole pixels where there are few.
            x = left + bounds.width() * height + gap
            x = round(x) if self._size <= 24 else x
            path |= _placed(plus, x, bottom - height, height)
        return path | _placed(digit, left - bounds.left() * height, bottom - height, height)

    def _dots(self, count: int) -> QPainterPath:
        metrics = self._metrics
        path = QPainterPath()
        left = self._size / 2 - (count * metrics.dot + (count - 1) * metrics.gap) / 2
        if self._size <= 16:
            left = float(round(left))
        for number in range(count):
            box = QRectF(left + number * (metrics.dot + metrics.gap), metrics.dot_top, metrics.dot, metrics.dot)
            if self._size <= 16:
                path.addRect(box)
            else:
                path.addEllipse(box)
        return path

    def _over_budget(self) -> None:
        disc = QPainterPath()
        margin = self._metrics.margin
        disc.addEllipse(QRectF(margin, margin, self._size - 2 * margin, self._size - 2 * margin))
        self._fill(disc, self._red)
        self._cut(self._centre())
        self._cut(self._dots(min(1, self._state.flow)))

    def _paused(self) -> None:
        metrics, size = self._metrics, self._size
        track = QColor(self._foreground)
        track.setAlphaF(0.5)
        radius = size / 2 - metrics.margin - metrics.stroke / 2
        dashes = 10
        step = 256 / (dashes - 0.45)
        for number in range(dashes):
            self._arc(radius, metrics.stroke, number * step, step * 0.55, track)
        width, height = metrics.digit * 0.205, metrics.digit * _CAP_HEIGHT
        gap = width
        if size <= 24:  # whole pixels, or the bars would be grey
            width, gap = float(round(width)), 2.0
            height = float(round(height * 0.9) // 2 * 2 + size % 2)
        bars = QPainterPath()
        top = size / 2 - height / 2
        for left in (size / 2 - gap / 2 - width, size / 2 + gap / 2):
            box = QRectF(left, round(top) if size <= 24 else top, width, height)
            soft = 0 if size <= 24 else width * 0.2
            bars.addRoundedRect(box, soft, soft)
        self._fill(bars, self._foreground)

    def _waiting_badge(self) -> None:
        metrics, size = self._metrics, self._size
        centre = QPointF(size - metrics.badge, metrics.badge)
        around, disc = QPainterPath(), QPainterPath()
        around.addEllipse(centre, metrics.badge + metrics.cut, metrics.badge + metrics.cut)
        disc.addEllipse(centre, metrics.badge, metrics.badge)
        self._cut(around)
        self._fill(disc, self._amber)
        if size > 16:
            self._cut(_exclamation(centre, metrics.badge * 1.25))

    def _triangle_badge(self) -> None:
        metrics, size = self._metrics, self._size
        height, width = metrics.badge * 2.1, metrics.badge * 2.35
        corners = (size - width / 2, size - height), (float(size), float(size)), (size - width, float(size))
        triangle = _corners(*corners)
        self._painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
        self._painter.strokePath(triangle, QPen(QColor(Qt.GlobalColor.black), metrics.cut * 2))
        self._painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        self._fill(triangle, self._red)

    def _warning_sign(self) -> None:
        size = self._size
        # Corners are rounded by a pen of the same colour, so the triangle itself is smaller by half of it.
        soft = size / 24
        triangle = _corners(
            (size / 2, size * 0.07 + soft), (size - soft * 1.2, size * 0.93), (soft * 1.2, size * 0.93)
        )
        self._fill(triangle, self._red)
        round_join = Qt.PenJoinStyle.RoundJoin
        pen = QPen(self._red, soft * 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, round_join)
        self._painter.strokePath(triangle, pen)
        self._cut(_exclamation(QPointF(size / 2, size * 0.62), size * 0.5, whole=size <= 24))

    # Ink

    def _fill(self, path: QPainterPath, colour: QColor) -> None:
        path.setFillRule(Qt.FillRule.WindingFill)
        self._painter.fillPath(path, colour)

    def _cut(self, path: QPainterPath) -> None:
        self._painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
        self._painter.fillPath(path, QColor(Qt.GlobalColor.black))
        self._painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _placed(path: QPainterPath, x: float, y: float, height: float) -> QPainterPath:
    return QTransform(height, 0, 0, height, x, y).map(path)


def _exclamation(centre: QPointF, height: float, *, whole: bool = False) -> QPainterPath:
    """A bar over a dot; ``whole`` keeps to whole pixels, without round ends."""
    width = height * 0.2
    top = centre.y() - height / 2
    path = QPainterPath()
    if whole:
        left, top = centre.x() - 1, round(top)
        path.addRect(QRectF(left, top, 2, round(height * 0.55)))
        path.addRect(QRectF(left, top + round(height * 0.55) + 1, 2, 2))
        return path
    path.addRoundedRect(QRectF(centre.x() - width / 2, top, width, height * 0.6), width / 2, width / 2)
    path.addEllipse(QPointF(centre.x(), top + height * 0.88), width * 0.55, width * 0.55)
    return path


def _corners(*corners: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    path.closeSubpath()
    return path
