"""Sparklines: tiny pictures of a course under a headline, without axes.

Owns how they are painted. Does not own the numbers or what they mean; the headline's words say that.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from tokenwatch.gui.widgets.geometry import Scale
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import upright


class Spark(msgspec.Struct, frozen=True):
    """A course from left to right. ``steps`` draws stairs; ``ahead`` continues it, dashed, to the right end.

    ``limit`` is a dotted line at that value. ``low`` and ``high`` are the range of ``ahead`` at its end.
    """

    values: tuple[float, ...]
    ink: str = "acc"
    steps: bool = False
    ahead: tuple[float, ...] = ()
    low: float | None = None
    high: float | None = None
    limit: float | None = None


def paint_spark(painter: QPainter, look: Look, rect: QRectF, spark: Spark) -> None:
    """Paint into ``rect``; fewer than two values paint nothing."""
    if len(spark.values) < 2:
        return
    painter.save()
    upright(painter, rect.center().x())  # a course of time
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    most = max(*spark.values, *spark.ahead, spark.limit or 0.0, spark.high or 0.0, 1e-9)
    room = rect.adjusted(0, 2, -3, 0)
    up = Scale(0, most, room.bottom(), room.top())
    across = Scale(0, max(1, len(spark.values) + len(spark.ahead) - 1), room.left(), room.right())
    if spark.limit is not None:
        pen = QPen(look.color("t3"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        y = round(up.at(spark.limit)) + 0.5
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
    line = _points(spark.values, across, up, stairs=spark.steps)
    last = line[-1]
    if not spark.ahead:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.faded(spark.ink, 0.13))
        painter.drawPolygon(QPolygonF([*line, QPointF(last.x(), rect.bottom()), QPointF(line[0].x(), rect.bottom())]))
    _course(painter, line, QPen(look.color(spark.ink), 1.4))
    if spark.ahead:
        first = len(spark.values)
        ahead = [last, *(QPointF(across.at(first + n), up.at(v)) for n, v in enumerate(spark.ahead))]
        if spark.low is not None and spark.high is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.faded(spark.ink, 0.22))
            end = ahead[-1].x()
            painter.drawPolygon(QPolygonF([last, QPointF(end, up.at(spark.high)), QPointF(end, up.at(spark.low))]))
        pen = QPen(look.color(spark.ink), 1.4, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2, 1.6])
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(ahead))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(spark.ink))
        painter.drawEllipse(last, 2.4, 2.4)
    painter.restore()


def _points(values: Sequence[float], across: Scale, up: Scale, *, stairs: bool) -> list[QPointF]:
    points: list[QPointF] = []
    for number, value in enumerate(values):
        place = QPointF(across.at(number), up.at(value))
        if stairs and points:
            points.append(QPointF(place.x(), points[-1].y()))
        points.append(place)
    return points


def _course(painter: QPainter, points: Sequence[QPointF], pen: QPen) -> None:
    # Single segments: one wide antialiased polyline over noisy points is many times slower in Qt.
    painter.setPen(pen)
    pairs = [point for pair in itertools.pairwise(points) for point in pair]
    painter.drawLines(pairs)
