"""Cards: the framed parts of a page, with a title, a note and a legend on their first line.

Owns frame, first line and room inside. Does not own what is in a card.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.gui.widgets.chart_base import ChartBase
from tokenwatch.gui.widgets.lettering import Run, draw, middle, run_width, width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_focus, paint_frame
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.month_bar import hatch

Swatch = Literal["fill", "line", "dashes", "hatch", "scale"]

SCALE: Final = (0.0, 0.2, 0.42, 0.7, 1.0)
"""Strengths of a colour from nothing to most; the first is drawn as a sunk place."""
_LEGEND_LINE: Final = 20
_SQUARE: Final = 11.0
_SQUARE_STEP: Final = 13.0


class LegendEntry(msgspec.Struct, frozen=True):
    """``ink`` is a colour's name or, with ``agent``, ignored. ``strength`` 0..1 of it. ``value`` is a figure.

    A "scale" goes from ``text`` to ``value`` through all strengths.
    """

    text: str
    swatch: Swatch = "fill"
    ink: str = "acc"
    agent: str = ""
    strength: float = 1.0
    value: str = ""


class CardHead(QWidget):
    """The first line of a card. A note that does not fit is left out; a legend goes on lines of its own below."""

    def __init__(self, look: Look, title: str, note: str = "") -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._note = note
        self._legend: tuple[LegendEntry, ...] = ()
        self._below: tuple[tuple[LegendEntry, ...], ...] = ()
        """The lines of the legend that has no room beside the title."""
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self, self._settle)

    def say(self, title: str, note: str, legend: Sequence[LegendEntry]) -> None:
        if (title, note, tuple(legend)) != (self._title, self._note, self._legend):
            self._title, self._note, self._legend = title, note, tuple(legend)
            self.setAccessibleName(f"{title} {note}".strip())
            said = ", ".join(f"{entry.text} {entry.value}".strip() for entry in self._legend)
            self.setAccessibleDescription(said)
            self._settle()
            self.update()

    def title(self) -> str:
        return self._title

    def legend(self) -> tuple[LegendEntry, ...]:
        return self._legend

    def sizeHint(self) -> QSize:
        return QSize(200, self._look.px(34) + len(self._below) * self._look.px(_LEGEND_LINE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle()
        super().resizeEvent(event)

    def lines(self) -> tuple[tuple[LegendEntry, ...], ...]:
        """The legend's lines below the title; none while it stands beside it."""
        return self._below

    def _settle(self) -> None:
        below = legend_lines(self._look, Run(self._title, 13, 600), self._legend, self.width())
        grown = len(below) != len(self._below)
        self._below = below
        if grown:
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, line = self._look, self._look.px(_LEGEND_LINE)
        frame = QRectF(0, 0, self.width(), self.height() - len(self._below) * line)
        base = middle(look, frame, 13, 600)
        title = Run(self._title, 13, 600)
        note = Run(self._note, 11, 400, "t2", 12)
        legend = () if self._below else self._legend
        room = frame.width() - (_legend_width(look, legend) + 16 if legend else 0)
        runs = (title, note) if width(look, (title, note)) <= room else (title,)
        draw(painter, look, 0, base, runs, room)
        x = frame.width() - _legend_width(look, legend)
        for entry in legend:
            x = self._paint_entry(painter, entry, x, base) + 14
        for number, entries in enumerate(self._below):
            base = middle(look, QRectF(0, frame.bottom() + number * line - 4, 1, line), 11)
            x = 0.0
            for entry in entries:
                x = self._paint_entry(painter, entry, x, base) + 14

    def _paint_entry(self, painter: QPainter, entry: LegendEntry, x: float, base: float) -> float:
        look = self._look
        color = QColor(look.agent_fill(entry.agent) if entry.agent else look.color(entry.ink))
        color.setAlphaF(entry.strength)
        if entry.swatch == "scale":
            return self._paint_scale(painter, entry, x, base)
        if entry.swatch in ("line", "dashes"):
            pen = QPen(color, 2)
            if entry.swatch == "dashes":
                pen.setDashPattern([2, 1.2])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, base - 4), QPointF(x + 16, base - 4))
            x += 22
        else:
            box = QRectF(x, base - look.px(4) - 5, 10, 10)
            painter.setPen(Qt.PenStyle.NoPen)
            if entry.swatch == "hatch":
                hatch(painter, box, color)
                painter.setPen(QPen(color, 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            else:
                painter.setBrush(color)
            painter.drawRoundedRect(box, 3, 3)
            if entry.agent and look.agent_pattern(entry.agent) != Qt.BrushStyle.SolidPattern:
                painter.setBrush(QBrush(look.faded("card", 0.55), look.agent_pattern(entry.agent)))
                painter.drawRoundedRect(box, 3, 3)
            x += 16
        return draw(painter, look, x, base, (Run(entry.text, 11, 400, "t2"), Run(entry.value, 11, 500, "t1", 5)))

    def _paint_scale(self, painter: QPainter, entry: LegendEntry, x: float, base: float) -> float:
        look = self._look
        x = draw(painter, look, x, base, (Run(entry.text, 11, 400, "t2"),)) + 5
        painter.setPen(Qt.PenStyle.NoPen)
        for strength in SCALE:
            painter.setBrush(look.faded(entry.ink, strength) if strength else look.color("sunk"))
            painter.drawRoundedRect(QRectF(x, base - look.px(4) - _SQUARE / 2, _SQUARE, _SQUARE), 3, 3)
            x += _SQUARE_STEP
        return draw(painter, look, x + 3, base, (Run(entry.value, 11, 400, "t2"),))


class Card(QWidget):
    """A frame around ``body``. ``head`` and ``side`` (a widget at the right of the first line) may be left out.

    Without ``pad`` the body fills the card, and its corners are covered.
    """

    def __init__(
        self, look: Look, body: QWidget, head: CardHead | None = None, side: QWidget | None = None, pad: int = 16
    ) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        if head is not None:
            line = QHBoxLayout()
            line.setContentsMargins(15, 5, 15, 0)
            line.setSpacing(10)
            line.addWidget(head, 1)
            if side is not None:
                line.addWidget(side)
            column.addLayout(line)
        inner = QHBoxLayout()
        inner.setContentsMargins(pad, 0, pad, 10 if pad else 0)
        inner.addWidget(body)
        column.addLayout(inner, 1)
        self._edge = None if pad else _Edge(look, self)
        self._ring = False
        if isinstance(body, ChartBase):
            body.ringed.connect(self._show_ring)
        look.follow(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._edge is not None:
            self._edge.setGeometry(self.rect())
            self._edge.raise_()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_frame(painter, self._look, QRectF(self.rect()), 10)
        if self._ring:
            paint_focus(painter, self._look, QRectF(self.rect()), 10)

    def _show_ring(self, ring: bool) -> None:
        if ring != self._ring:
            self._ring = ring
            self.update()


class _Edge(QWidget):
    """The card's rounded frame, over a body that has square corners."""

    def __init__(self, look: Look, card: QWidget) -> None:
        super().__init__(card)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.follow(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect())
        line = frame.adjusted(0.5, 0.5, -0.5, -0.5)
        outside = QPainterPath()
        outside.addRect(frame)
        inside = QPainterPath()
        inside.addRoundedRect(line, 10, 10)
        painter.fillPath(outside - inside, self._look.color("bg"))
        paint_frame(painter, self._look, frame, 10, fill=None)


def legend_lines(
    look: Look, title: Run, legend: Sequence[LegendEntry], wide: float
) -> tuple[tuple[LegendEntry, ...], ...]:
    """How a legend stands below its title: in no line where it has room beside it, else in as many as it needs."""
    if not legend or run_width(look, title) + 16 + _legend_width(look, legend) <= wide:
        return ()
    lines: list[tuple[LegendEntry, ...]] = []
    for entry in legend:
        longer = (*lines[-1], entry) if lines else (entry,)
        if lines and _legend_width(look, longer) <= wide:
            lines[-1] = longer
        else:
            lines.append((entry,))
    return tuple(lines)


def _legend_width(look: Look, legend: Sequence[LegendEntry]) -> float:
    total = -14.0 if legend else 0.0
    for entry in legend:
        if entry.swatch == "scale":
            total += width(look, (Run(entry.text, 11), Run(entry.value, 11))) + 8 + len(SCALE) * _SQUARE_STEP + 14
            continue
        total += (22 if entry.swatch in ("line", "dashes") else 16) + 14
        total += width(look, (Run(entry.text, 11), Run(entry.value, 11, 500, "t1", 5)))
    return total
