"""Marks: the small painted signs that say a state, an agent or a label, the same on every face.

Owns their shapes. Does not own the words beside them: a mark only repeats what a text says.
"""

from __future__ import annotations

import math
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPalette, QPen, QPixmap, QPolygonF

from tokenwatch.base.snapshot import State
from tokenwatch.gui.theme import ink_on
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


_STRIP: Final = 6.0
_STRIPS: Final = {
    "warnbg": Qt.BrushStyle.BDiagPattern,
    "badbg": Qt.BrushStyle.DiagCrossPattern,
    "accbg": Qt.BrushStyle.SolidPattern,
}
"""What stands at the beginning of a row in the place of its tint."""


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
        _exclamation(painter, ink_on(look.color("warnf")), -2.9, 1.0, 2.7)
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


def paint_frame(
    painter: QPainter, look: Look, rect: QRectF, radius: float, line: str = "line", fill: str | None = "card"
) -> None:
    """A frame just inside ``rect``, as thick as frames are here. ``fill`` None paints only the line."""
    half = look.border / 2
    painter.setPen(QPen(look.color(line), look.border))
    painter.setBrush(look.color(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def paint_track(painter: QPainter, look: Look, outline: QPainterPath, fill: str = "sunk") -> None:
    """The ground of a bar, which has an outline where it has no colour of its own."""
    painter.fillPath(outline, look.color(fill))
    if look.patterned:
        painter.strokePath(outline, QPen(look.color("line"), 1))


def paint_row_ground(painter: QPainter, look: Look, row: QRectF, tint: str, *, first: bool) -> None:
    """The ground of a row, or of one cell of it. Without tints the ``first`` cell begins with a patterned strip."""
    painter.fillRect(row, look.color(tint))
    if look.patterned and first and tint in _STRIPS:
        strip = QRectF(row.left(), row.top() + 1, _STRIP, row.height() - 1)
        painter.fillRect(strip, QBrush(look.color("t1"), _STRIPS[tint]))
        painter.fillRect(QRectF(strip.right(), strip.top(), 1, strip.height()), look.color("t1"))


def paint_cell_ground(
    painter: QPainter, look: Look, cell: QRectF, tint: str, palette: QPalette, *, first: bool
) -> None:
    """As :func:`paint_row_ground`, for a cell of a view, which has filled all of itself with ``palette``'s base."""
    if tint != "card" or palette.color(QPalette.ColorRole.Base) != look.color("card"):
        paint_row_ground(painter, look, cell, tint, first=first)


def paint_agent_fill(painter: QPainter, look: Look, rect: QRectF, agent: str) -> None:
    """A part of a bar in an agent's colour and pattern."""
    painter.fillRect(rect, look.agent_fill(agent))
    if look.agent_pattern(agent) != Qt.BrushStyle.SolidPattern:
        painter.fillRect(rect, QBrush(look.faded("card", 0.55), look.agent_pattern(agent)))


def tag_width(look: Look, text: str) -> float:
    return math.ceil(look.advance(text, 11, 500)) + 12


def paint_tag(painter: QPainter, look: Look, x: float, baseline: float, text: str, ink: str = "t2") -> float:
    """A small label on a sunk ground, its left edge at ``x`` and its text on ``baseline``; gives its right edge."""
    tall = look.px(16)
    top = round(baseline - look.metrics(11, 500).capHeight() / 2 - tall / 2)
    rect = QRectF(x, top, tag_width(look, text), tall)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("line"), 1) if look.patterned else Qt.PenStyle.NoPen)
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
