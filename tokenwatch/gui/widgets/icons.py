"""Icons: the line drawings on buttons and in the navigation, on a grid of 16.

Owns their shapes; they are drawn at any size in any colour. Does not own the tray icon (gui/tray.py).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from tokenwatch.gui.widgets.mirror import upright


def _line(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _live(painter: QPainter) -> None:
    _line(painter, (1.5, 8), (4.5, 8), (6.5, 3), (9.5, 13), (11.5, 8), (14.5, 8))


def _spend(painter: QPainter) -> None:
    _line(painter, (2, 2), (2, 14), (14.5, 14))
    _line(painter, (4.5, 10.5), (7.5, 6.5), (10, 8.5), (14, 3.5))


def _key(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(4.5, 8), 2.7, 2.7)
    _line(painter, (7.2, 8), (14, 8), (14, 10.5))
    _line(painter, (11, 8), (11, 10))


def _page(painter: QPainter) -> None:
    for y, end in ((3.5, 14.0), (8, 11.0), (12.5, 7.5)):
        _line(painter, (2, y), (end, y))


def _settings(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(8, 8), 2.6, 2.6)
    for step in range(8):
        angle = step * math.pi / 4
        x, y = math.cos(angle), math.sin(angle)
        _line(painter, (8 + 4.8 * x, 8 + 4.8 * y), (8 + 6.7 * x, 8 + 6.7 * y))


def _download(painter: QPainter) -> None:
    _line(painter, (8, 2), (8, 10.5))
    _line(painter, (4.5, 7), (8, 10.5), (11.5, 7))
    _line(painter, (2.5, 13.5), (13.5, 13.5))


def _filter(painter: QPainter) -> None:
    painter.drawPolygon(
        QPolygonF([QPointF(x, y) for x, y in ((2, 3), (14, 3), (9.5, 8.5), (9.5, 13), (6.5, 11.5), (6.5, 8.5))])
    )


def _find(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(7, 7), 4.5, 4.5)
    _line(painter, (10.5, 10.5), (14, 14))


def _eye(painter: QPainter) -> None:
    lid = QPainterPath(QPointF(1.5, 8))
    lid.cubicTo(4.5, 3, 11.5, 3, 14.5, 8)
    lid.cubicTo(11.5, 13, 4.5, 13, 1.5, 8)
    painter.drawPath(lid)
    painter.drawEllipse(QPointF(8, 8), 2, 2)


def _folder(painter: QPainter) -> None:
    _line(painter, (1.75, 13), (1.75, 3), (6, 3), (7.5, 5), (14.25, 5), (14.25, 13), (1.75, 13))


def _limits(painter: QPainter) -> None:
    painter.drawArc(QRectF(2, 2.5, 12, 12), -30 * 16, 240 * 16)
    _line(painter, (8, 8.5), (11, 5.5))


def _fleet(painter: QPainter) -> None:
    for top in (2.25, 8.75):
        painter.drawRoundedRect(QRectF(1.75, top, 12.5, 5), 1.2, 1.2)
        _line(painter, (4, top + 2.5), (5.5, top + 2.5))


def _plus(painter: QPainter) -> None:
    _line(painter, (8, 3), (8, 13))
    _line(painter, (3, 8), (13, 8))


def _window(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(1.75, 2.75, 12.5, 10.5), 1.2, 1.2)
    _line(painter, (1.75, 6), (14.25, 6))


def _pause(painter: QPainter) -> None:
    _line(painter, (5.5, 3.5), (5.5, 12.5))
    _line(painter, (10.5, 3.5), (10.5, 12.5))


def _moon(painter: QPainter) -> None:
    moon = QPainterPath(QPointF(13.5, 9.6))
    moon.cubicTo(10, 11.4, 6.2, 8.6, 6.6, 2.5)
    moon.cubicTo(1, 4.5, 1.2, 11.6, 6, 13.4)
    moon.cubicTo(9.2, 14.6, 12.4, 12.8, 13.5, 9.6)
    painter.drawPath(moon)


def _paused(painter: QPainter) -> None:
    """The tray icon's gauge while nothing is watched: dashes around two bars."""
    ink = painter.pen().color()
    faint = QColor(ink)
    faint.setAlphaF(0.55)
    painter.setPen(QPen(faint, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    step = 256 / 9.55
    for number in range(10):
        start = 270 - 52 - number * step
        painter.drawArc(QRectF(1.2, 1.2, 13.6, 13.6), round(start * 16), round(-step * 0.55 * 16))
    painter.fillRect(QRectF(5.5, 5, 1.7, 6), ink)
    painter.fillRect(QRectF(8.8, 5, 1.7, 6), ink)


def _resume(painter: QPainter) -> None:
    painter.drawPolygon(QPolygonF([QPointF(5, 3), QPointF(12.5, 8), QPointF(5, 13)]))


def _snooze(painter: QPainter) -> None:
    bell = QPainterPath(QPointF(2.5, 11.5))
    bell.cubicTo(4.2, 10.5, 4, 9, 4, 7)
    bell.cubicTo(4, 0.7, 12, 0.7, 12, 7)
    bell.cubicTo(12, 9, 11.8, 10.5, 13.5, 11.5)
    bell.closeSubpath()
    painter.drawPath(bell)
    _line(painter, (6.5, 14), (9.5, 14))


def _refresh(painter: QPainter) -> None:
    painter.drawArc(QRectF(2.5, 2.5, 11, 11), 40 * 16, 280 * 16)
    _line(painter, (13.2, 1.8), (13.2, 5), (10, 5))


def _left(painter: QPainter) -> None:
    _line(painter, (9.75, 4), (6, 8), (9.75, 12))


def _right(painter: QPainter) -> None:
    _line(painter, (6.25, 4), (10, 8), (6.25, 12))


def _down(painter: QPainter) -> None:
    _line(painter, (4.5, 6.25), (8, 10), (11.5, 6.25))


def _shield(painter: QPainter) -> None:
    path = QPainterPath(QPointF(8, 1.5))
    path.lineTo(13.5, 3.5)
    path.cubicTo(13.5, 9, 12.5, 12, 8, 14.5)
    path.cubicTo(3.5, 12, 2.5, 9, 2.5, 3.5)
    path.closeSubpath()
    painter.drawPath(path)


def _tag(painter: QPainter) -> None:
    _line(painter, (2, 2), (7.5, 2), (14, 8.5), (8.5, 14), (2, 7.5), (2, 2))
    painter.drawEllipse(QPointF(5.2, 5.2), 0.7, 0.7)


def _sliders(painter: QPainter) -> None:
    for y, knob in ((4.5, 10.5), (11.5, 5.5)):
        _line(painter, (1.5, y), (knob - 1.8, y))
        _line(painter, (knob + 1.8, y), (14.5, y))
        painter.drawEllipse(QPointF(knob, y), 1.8, 1.8)


def _star(painter: QPainter) -> None:
    points = []
    for step in range(11):
        angle = -math.pi / 2 + step * math.pi / 5
        radius = 2.9 if step % 2 else 6.6
        points.append((8 + radius * math.cos(angle), 8.5 + radius * math.sin(angle)))
    _line(painter, *points)


def _copy(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(5.5, 5.5, 8.5, 8.5), 1.5, 1.5)
    _line(painter, (3, 10.5), (2, 10.5), (2, 2), (10.5, 2), (10.5, 3))


_SHAPES: dict[str, Callable[[QPainter], None]] = {
    "live": _live,
    "breakdown": _page,
    "download": _download,
    "filter": _filter,
    "find": _find,
    "eye": _eye,
    "folder": _folder,
    "limits": _limits,
    "key": _key,
    "fleet": _fleet,
    "value": _star,
    "plus": _plus,
    "spend": _spend,
    "page": _page,
    "settings": _settings,
    "window": _window,
    "pause": _pause,
    "paused": _paused,
    "moon": _moon,
    "resume": _resume,
    "snooze": _snooze,
    "refresh": _refresh,
    "left": _left,
    "right": _right,
    "down": _down,
    "shield": _shield,
    "tag": _tag,
    "sliders": _sliders,
    "star": _star,
    "copy": _copy,
}


_DIRECTED: Final = frozenset({"left", "right", "breakdown", "page", "resume", "tag", "fleet", "folder"})
"""Drawings that point along the line of text, and turn with it. Courses of time, clocks and glasses do not."""


def known(name: str) -> bool:
    return name in _SHAPES


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """The drawing called ``name`` in ``rect``; an unknown name gives the one of a page."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 16, rect.height() / 16)
    if name not in _DIRECTED:
        upright(painter, 8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    _SHAPES.get(name, _page)(painter)
    painter.restore()
