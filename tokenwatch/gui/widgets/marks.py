"""Marks: the small painted signs that say a state, an agent or a label, the same on every face.

Owns their shapes. Does not own the words beside them: a mark only repeats what a text says.
"""

from __future__ import annotations

import math
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from tokenwatch.base.snapshot import State
from tokenwatch.gui.widgets.lettering import Run, draw, draw_centre
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import paint_picture

Mark = Literal["", "working", "waiting", "idle", "finished", "problem", "absent"]

_OF_STATE: dict[State, Mark] = {
    State.STARTING: "working",
    State.WORKING: "working",
    State.WAITING: "waiting",
    State.BACKGROUND: "working",
    State.IDLE: "idle",
    State.ENDED: "finished",
    State.CRASHED: "problem",
}


def mark_of(state: State) -> Mark:
    return _OF_STATE[state]


def paint_mark(painter: QPainter, look: Look, mark: Mark, centre: QPointF, size: float = 12.0) -> None:
    """Paint ``mark`` around ``centre``; ``size`` is the side of its box."""
    if not mark:
        return
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    side = math.ceil(size) + 2
    sign = look.picture(("mark", mark, size, ratio), lambda: _draw_mark(look, mark, size, side, ratio))
    place = QRectF(0, 0, side, side)
    place.moveCenter(centre)
    # A whole pixel of the device, as a picture between two would be a blur.
    place.moveTo(round(place.x() * ratio) / ratio, round(place.y() * ratio) / ratio)
    paint_picture(painter, place, sign)


def _draw_mark(look: Look, mark: Mark, size: float, side: int, ratio: float) -> QPixmap:
    """Ellipses and round joins take a quarter of a millisecond each, and lists have many: they are drawn once."""
    sign = QPixmap(round(side * ratio), round(side * ratio))
    sign.setDevicePixelRatio(ratio)
    sign.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sign)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    painter.scale(size / 12, size / 12)
    _shape(painter, look, mark)
    painter.end()
    return sign


def _shape(painter: QPainter, look: Look, mark: Mark) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if mark == "working":
        halo = QColor(look.color("okf"))
        halo.setAlphaF(0.28)
        painter.setBrush(halo)
        painter.drawEllipse(QPointF(), 5.5, 5.5)
        painter.setBrush(look.color("okf"))
        painter.drawEllipse(QPointF(), 3.5, 3.5)
    elif mark == "waiting":
        painter.setBrush(look.color("warnf"))
        painter.drawPolygon(QPolygonF([QPointF(0, -6), QPointF(6, 0), QPointF(0, 6), QPointF(-6, 0)]))
        _exclamation(painter, QColor("#14161A"), -2.9, 1.0, 2.7)
    elif mark == "idle":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.color("t3"), 1.6))
        painter.drawEllipse(QPointF(), 4.0, 4.0)
    elif mark == "finished":
        pen = QPen(look.color("t2"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(-4, 0.4), QPointF(-1.2, 3.2), QPointF(4, -3)]))
    elif mark == "problem":
        painter.setBrush(look.color("badf"))
        pen = QPen(look.color("badf"), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolygon(QPolygonF([QPointF(0, -4.8), QPointF(5.2, 4.4), QPointF(-5.2, 4.4)]))
        _exclamation(painter, look.color("card"), -2.0, 1.4, 3.3)
    else:
        painter.setBrush(look.color("t3"))
        painter.drawRoundedRect(QRectF(-4, -1, 8, 2), 1, 1)


def _exclamation(painter: QPainter, color: QColor, top: float, bottom: float, dot: float) -> None:
    pen = QPen(color, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(0, top), QPointF(0, bottom))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(QPointF(0, dot), 0.85, 0.85)


def paint_tile(painter: QPainter, look: Look, rect: QRectF, agent: str, px: float = 12.0) -> None:
    """The coloured square with an agent's letter."""
    letter = Run(look.agent_letter(agent), px, 650, colour=look.agent_ink(agent))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.agent_fill(agent))
    radius = rect.width() * 0.23
    painter.drawRoundedRect(rect, radius, radius)
    # The middle of the letter's own ink: a box of the whole line sits too low in some fonts.
    ink = look.metrics(px, 650).tightBoundingRect(letter.text)
    baseline = rect.center().y() - ink.top() - ink.height() / 2
    draw_centre(painter, look, rect.center().x(), baseline, (letter,))
    painter.restore()


def tag_width(look: Look, text: str) -> float:
    return math.ceil(look.advance(text, 11, 500)) + 12


def paint_tag(painter: QPainter, look: Look, x: float, baseline: float, text: str, ink: str = "t2") -> float:
    """A small label on a sunk ground, its left edge at ``x`` and its text on ``baseline``; gives its right edge."""
    tall = look.px(16)
    top = round(baseline - look.metrics(11, 500).capHeight() / 2 - tall / 2)
    rect = QRectF(x, top, tag_width(look, text), tall)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("sunk"))
    painter.drawRoundedRect(rect, 4, 4)
    draw(painter, look, rect.left() + 6, baseline, (Run(text, 11, 500, ink),))
    painter.restore()
    return rect.right()


def paint_focus(painter: QPainter, look: Look, rect: QRectF, radius: float) -> None:
    """The ring of keyboard focus just inside ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.color("acc"), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()
