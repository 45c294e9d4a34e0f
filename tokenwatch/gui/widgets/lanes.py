"""Lanes: for each session one line that shows when it worked, waited and rested, and below it its sub-agents.

Owns what lies where on a given time axis, and its painting. Does not own the times.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen

from tokenwatch.base.session import Session
from tokenwatch.base.snapshot import Lane
from tokenwatch.base.text import plain
from tokenwatch.gui.widgets.geometry import Scale
from tokenwatch.gui.widgets.lettering import Run, draw_right
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.month_bar import hatch

LANE: Final = 16
_BAR: Final = 9
_THIN: Final = 1.5
"""Height of a sub-agent's line, and the gap below the bar."""
_LEAST: Final = 3.0
"""A short burst is still drawn this wide."""
_MOST_THIN: Final = 3

Kind = Literal["busy", "waiting", "idle"]


class Span(msgspec.Struct, frozen=True):
    """A stretch of a lane, milliseconds."""

    begin: int
    end: int
    kind: Kind


def spans_of(lane: Lane, *, runs: bool, now: int) -> tuple[Span, ...]:
    """A lane's stretches in order of time; between them, and up to ``now`` if the session still runs, it rested."""
    known = sorted(
        [Span(begin, end, "busy") for begin, end in lane.busy]
        + [Span(begin, end, "waiting") for begin, end in lane.waiting],
        key=lambda span: (span.begin, span.end),
    )
    found: list[Span] = []
    reached: int | None = None
    for span in known:
        if reached is not None and span.begin > reached:
            found.append(Span(reached, span.begin, "idle"))
        found.append(span)
        reached = max(reached or span.end, span.end)
    if runs and reached is not None and reached < now:
        found.append(Span(reached, now, "idle"))
    return tuple(found)


def in_order(lanes: Sequence[Lane], sessions: Sequence[Session], since: int) -> tuple[Lane, ...]:
    """Lanes with anything after ``since``: those of open sessions as these are listed, then the others as given."""
    place = {(session.agent, session.session): number for number, session in enumerate(sessions)}
    kept = [lane for lane in lanes if any(end > since for _, end in (*lane.busy, *lane.waiting))]
    return tuple(sorted(kept, key=lambda lane: place.get((lane.agent, lane.session), len(place))))


def paint_lanes(
    painter: QPainter,
    look: Look,
    room: QRectF,
    lanes: Sequence[Lane],
    across: Scale,
    sessions: Sequence[Session] = (),
) -> None:
    """One lane below the other from the top of ``room``; names end left of the axis. ``sessions`` are open now."""
    left, right = across.start, across.end
    now = round(across.high)
    known = {(session.agent, session.session): session for session in sessions}
    for number, lane in enumerate(lanes):
        session = known.get((lane.agent, lane.session))
        centre = round(room.top()) + number * look.px(LANE) + look.px(LANE) // 2
        name = (Run(plain(lane.project, 60), 11, 400, "t1"),)
        draw_right(painter, look, left - 8, centre + look.px(4), name, left - 12)
        painter.fillRect(QRectF(left, centre, right - left, 1), look.color("line"))
        spans = spans_of(lane, runs=session is not None, now=now)
        for span in sorted(spans, key=lambda span: span.kind == "waiting"):
            bar = _bar(across, span.begin, span.end, centre)
            if bar is not None:
                _paint_span(painter, look, bar, span.kind, lane.agent)
        if session is not None:
            _paint_sub_agents(painter, look, session, across, centre, now)


def _paint_span(painter: QPainter, look: Look, bar: QRectF, kind: Kind, agent: str) -> None:
    if kind == "waiting":
        _paint_waiting(painter, look, bar)
        return
    if kind == "idle":
        painter.setPen(QPen(look.color("line2"), 1))
        painter.setBrush(look.color("sunk"))
        painter.drawRoundedRect(bar.adjusted(1.5, 1.5, -1.5, -1.5), 2.5, 2.5)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.agent_fill(agent))
    painter.drawRoundedRect(bar, 2.5, 2.5)
    pattern = look.agent_pattern(agent)
    if pattern != Qt.BrushStyle.SolidPattern:
        painter.setBrush(QBrush(look.faded("card", 0.55), pattern))
        painter.drawRoundedRect(bar, 2.5, 2.5)


def _paint_sub_agents(
    painter: QPainter, look: Look, session: Session, across: Scale, centre: float, now: int
) -> None:
    """Thin lines below the bar, one for each of the first few that run."""
    begun = sorted(sub.started_at for sub in session.sub_agents if sub.started_at is not None)
    for number, begin in enumerate(begun[:_MOST_THIN]):
        left, right = max(across.start, across.at(begin)), min(across.end, across.at(now))
        if right > left:
            top = centre + _BAR / 2 + 0.5 + number * 2 * _THIN
            painter.fillRect(QRectF(left, top, right - left, _THIN), look.agent_fill(session.agent))


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
