"""Digits: the bold digits 1 to 9 and a plus sign as outlines, so that the tray icon is the same with any font.

Owns the shapes, drawn for this program: a centre line with a pen's width, or a polygon. Does not own sizes or
colours. The unit is the height of a digit: y runs from 0 (top) to 1 (baseline), x from 0 to the digit's width.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF, QTransform

_PEN: Final = 0.205
_HALF: Final = _PEN / 2
_WIDTH: Final = 0.80
"""Of a round digit."""

PLUS: Final = "+"


@cache
def outline(sign: str) -> QPainterPath:
    """The filled outline of a digit "1" to "9" or "+". Not to be changed by whoever gets it."""
    return _SHAPES[sign]()


def _one() -> QPainterPath:
    return _polygon((0.26, 0.0), (0.47, 0.0), (0.47, 1.0), (0.255, 1.0), (0.255, 0.215), (0.03, 0.355), (0.03, 0.165))


def _two() -> QPainterPath:
    line = QPainterPath(QPointF(0.115, 0.335))
    line.cubicTo(0.125, 0.20, 0.235, _HALF, 0.385, _HALF)
    line.cubicTo(0.545, _HALF, 0.645, 0.19, 0.645, 0.315)
    line.cubicTo(0.645, 0.44, 0.56, 0.52, 0.44, 0.635)
    line.lineTo(0.185, 0.88)
    return _stroked(line) | _polygon((0.045, 1.0), (0.045, 0.865), (0.2, 0.815), (0.765, 0.815), (0.765, 1.0))


def _three() -> QPainterPath:
    upper = QPainterPath(QPointF(0.12, 0.30))
    upper.cubicTo(0.13, 0.18, 0.24, _HALF, 0.385, _HALF)
    upper.cubicTo(0.53, _HALF, 0.635, 0.175, 0.635, 0.285)
    upper.cubicTo(0.635, 0.40, 0.535, 0.475, 0.40, 0.475)
    upper.lineTo(0.275, 0.475)
    lower = QPainterPath(QPointF(0.30, 0.475))
    lower.lineTo(0.40, 0.475)
    lower.cubicTo(0.57, 0.475, 0.675, 0.565, 0.675, 0.69)
    lower.cubicTo(0.675, 0.81, 0.55, 1 - _HALF, 0.39, 1 - _HALF)
    lower.cubicTo(0.225, 1 - _HALF, 0.105, 0.81, 0.095, 0.675)
    return _stroked(upper) | _stroked(lower)


def _four() -> QPainterPath:
    stem = _polygon((0.475, 0.0), (0.68, 0.0), (0.68, 1.0), (0.475, 1.0))
    bar = _polygon((0.025, 0.635), (0.82, 0.635), (0.82, 0.81), (0.025, 0.81))
    slope = _polygon((0.43, 0.0), (0.63, 0.0), (0.63, 0.09), (0.235, 0.70), (0.025, 0.81), (0.025, 0.64))
    return stem | bar | slope


def _five() -> QPainterPath:
    bowl = QPainterPath(QPointF(0.20, 0.535))
    bowl.cubicTo(0.25, 0.47, 0.32, 0.44, 0.40, 0.44)
    bowl.cubicTo(0.57, 0.44, 0.68, 0.54, 0.68, 0.665)
    bowl.cubicTo(0.68, 0.80, 0.565, 1 - _HALF, 0.395, 1 - _HALF)
    bowl.cubicTo(0.24, 1 - _HALF, 0.12, 0.825, 0.105, 0.70)
    stem = _polygon((0.145, 0.0), (0.345, 0.0), (0.305, 0.50), (0.10, 0.555))
    return _stroked(bowl) | stem | _polygon((0.145, 0.0), (0.715, 0.0), (0.715, 0.185), (0.145, 0.185))


def _six() -> QPainterPath:
    ring = QPainterPath()
    ring.addEllipse(QRectF(0.105, 0.405, 0.58, 1 - _HALF - 0.405))
    stem = QPainterPath(QPointF(0.66, 0.265))
    stem.cubicTo(0.625, 0.165, 0.52, _HALF, 0.41, _HALF)
    stem.cubicTo(0.215, _HALF, 0.105, 0.265, 0.105, 0.52)
    stem.lineTo(0.105, 0.65)
    return _stroked(ring) | _stroked(stem)


def _seven() -> QPainterPath:
    bar = _polygon((0.03, 0.0), (0.745, 0.0), (0.745, 0.17), (0.68, 0.19), (0.03, 0.19))
    return bar | _polygon((0.54, 0.10), (0.745, 0.10), (0.745, 0.17), (0.375, 1.0), (0.145, 1.0))


def _eight() -> QPainterPath:
    rings = QPainterPath()
    rings.addEllipse(QRectF(0.145, _HALF, 0.51, 0.385))
    lower = QPainterPath()
    lower.addEllipse(QRectF(0.11, 0.475, 0.58, 1 - _HALF - 0.475))
    return _stroked(rings) | _stroked(lower)


def _nine() -> QPainterPath:
    turned = QTransform().translate(_WIDTH - 0.01, 1.0).rotate(180)
    return turned.map(_six())


def _plus() -> QPainterPath:
    """Raised; its arms end at half height."""
    upright = _polygon((0.13, 0.10), (0.30, 0.10), (0.30, 0.53), (0.13, 0.53))
    return upright | _polygon((0.0, 0.23), (0.43, 0.23), (0.43, 0.40), (0.0, 0.40))


def _polygon(*corners: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    path.closeSubpath()
    return path


def _stroked(line: QPainterPath) -> QPainterPath:
    pen = QPainterPathStroker()
    pen.setWidth(_PEN)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCurveThreshold(0.01)  # the unit is a whole digit: Qt's usual threshold would draw corners
    return pen.createStroke(line).simplified()


_SHAPES: Final = {
    "1": _one, "2": _two, "3": _three, "4": _four, "5": _five,
    "6": _six, "7": _seven, "8": _eight, "9": _nine, PLUS: _plus,
}  # fmt: skip
