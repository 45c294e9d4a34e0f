"""Lanes: for each session one line that shows when it worked and when it waited.

Owns their painting on a given time axis. Does not own the times.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen

from tokenwatch.base.snapshot import Lane
from tokenwatch.base.text import plain
from tokenwatch.gui.widgets.geometry import Scale
from tokenwatch.gui.widgets.lettering import Run, draw_right
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.month_bar import hatch

LANE: Final = 16
_BAR: Final = 9
_LEAST: Final = 3.0
"""A short burst is still drawn this wide."""


def paint_lanes(painter: QPainter, look: Look, room: QRectF, lanes: Sequence[Lane], across: Scale) -> None:
    """One lane below the other from the top of ``room``; names end left of the axis."""
    left, right = across.start, across.end
    for number, lane in enumerate(lanes):
        centre = round(room.top()) + number * look.px(LANE) + look.px(LANE) // 2
        name = (Run(plain(lane.project, 60), 11, 400, "t1"),)
        draw_right(painter, look, left - 8, centre + look.px(4), name, left - 12)
        painter.fillRect(QRectF(left, centre, right - left, 1), look.color("line"))
        for begin, end in lane.busy:
            bar = _bar(across, begin, end, centre)
            if bar is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.agent_fill(lane.agent))
                painter.drawRoundedRect(bar, 2.5, 2.5)
                pattern = look.agent_pattern(lane.agent)
                if pattern != Qt.BrushStyle.SolidPattern:
                    painter.setBrush(QBrush(look.faded("card", 0.55), pattern))
                    painter.drawRoundedRect(bar, 2.5, 2.5)
        for begin, end in lane.waiting:
            bar = _bar(across, begin, end, centre)
            if bar is not None:
                _paint_waiting(painter, look, bar)


def _bar(across: Scale, begin: int, end: int, centre: float) -> QRectF | None:
    left, right = max(across.start, across.at(begin)), min(across.end, across.at(end))
    if right < across.start or left > across.end or right < left:
        return None
    left = min(left, across.end - _LEAST)
    return QRectF(left, centre - _BAR / 2, max(_LEAST, right - left), _BAR)


def _paint_waiting(painter: QPainter, look: Look, bar: QRectF) -> None:
    outline = QPainterPath()
    outline.addRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5)
    painter.save()
    painter.fillPath(outline, look.color("warnbg"))
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    hatch(painter, bar, look.color("warnf"))
    painter.restore()
    painter.strokePath(outline, QPen(look.color("warnf"), 1))
