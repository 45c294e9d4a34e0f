"""Breakdown detail: what one row is made of - agents and models, days, and its most expensive sessions.

Owns the painting and the words. Does not own the sums (insight/breakdown.py).
"""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.base.format import duration, money
from tokenwatch.base.text import plain, project_name
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.chart_base import ChartBase, Point
from tokenwatch.gui.widgets.geometry import Scale
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle, width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_tile
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.session_text import short_model
from tokenwatch.gui.widgets.short_numbers import money_short
from tokenwatch.gui.widgets.table import Table
from tokenwatch.insight.breakdown import Detail, SessionUse

_MOST_PARTS: Final = 4
_PART: Final = 22
_SESSION: Final = 29
_HEAD: Final = 22
_TILE: Final = 16
_DAYS: Final = 44
_QUARTER_MS: Final = 900_000


class BreakdownDetail(QWidget):
    """Parts and days left, sessions right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.parts = _Parts(look)
        self.days = DayCosts(look)
        self.sessions = _Sessions(look)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(2)
        left.addWidget(self.parts)
        left.addWidget(self.days, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(26)
        row.addLayout(left, 5)
        row.addWidget(self.sessions, 12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_detail(self, found: Detail | None) -> None:
        for part in (self.parts, self.days, self.sessions):
            part.show_detail(found)

    def sizeHint(self) -> QSize:
        return QSize(600, self._look.px(_HEAD * 2 + _PART * _MOST_PARTS + _DAYS + 6))


class _Parts(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._found: Detail | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("By agent and model"))
        look.follow(self)

    def show_detail(self, found: Detail | None) -> None:
        self._found = found
        self.setAccessibleDescription("; ".join(f"{name} {cost}" for _, name, cost in self.texts()))
        self.updateGeometry()
        self.update()

    def texts(self) -> list[tuple[str, str, str]]:
        """(agent, model, cost); what finds no room is one last entry without an agent."""
        if self._found is None:
            return []
        look, parts = self._look, self._found.parts
        kept = parts if len(parts) <= _MOST_PARTS else parts[: _MOST_PARTS - 1]
        found = [
            (
                agent,
                short_model(model) or tr("unknown"),
                ("~" if (agent, model) in self._found.estimated else "") + money_short(cost, look.numerals),
            )
            for agent, model, cost in kept
        ]
        if len(kept) < len(parts):
            rest = sum(cost for _, _, cost in parts[len(kept) :])
            found.append(("", tr("{count} more", count=len(parts) - len(kept)), money_short(rest, look.numerals)))
        return found

    def sizeHint(self) -> QSize:
        look = self._look
        texts = [(Run(name, 12.5), Run(cost, 12.5, 500, gap=16)) for _, name, cost in self.texts()]
        wide = max((width(look, runs) for runs in texts), default=0.0) + look.px(_TILE) + 10
        return QSize(max(look.px(160), math.ceil(wide)), look.px(_HEAD + _PART * _MOST_PARTS))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self._look.px(240)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, scale = self._look, self._look.px
        head = QRectF(0, 0, self.width(), scale(_HEAD))
        draw(painter, look, 0, middle(look, head, 11, 500), (Run(tr("By agent and model"), 11, 500, "t2"),))
        side = scale(_TILE)
        for number, (agent, name, cost) in enumerate(self.texts()):
            line = QRectF(0, scale(_HEAD) + number * scale(_PART), self.width(), scale(_PART))
            base = middle(look, line, 12.5)
            if agent:
                paint_tile(painter, look, QRectF(0, round(line.center().y() - side / 2), side, side), agent, 9)
            start = draw_right(painter, look, self.width() - 2, base, (Run(cost, 12.5, 500),))
            draw(painter, look, side + 8, base, (Run(name, 12.5),), start - side - 16)


class DayCosts(ChartBase):
    """One bar a day."""

    ruled = False

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._found: Detail | None = None
        self.setMinimumHeight(look.px(_HEAD + 28))
        self.setAccessibleName(self.summary())

    def show_detail(self, found: Detail | None) -> None:
        if found != self._found:
            self._found = found
            self.renew()

    def summary(self) -> str:
        days = self._found.days if self._found is not None else ()
        spent = [(cost, day) for day, cost in days if cost]
        if not spent:
            return tr("Per day: nothing")
        most, day = max(spent)
        return tr("Per day: at most {cost} on {day}", cost=money(most, self.look.numerals), day=self.look.day(day))

    def table(self) -> Table:
        days = self._found.days if self._found is not None else ()
        rows = tuple((self.look.day(day), money(cost, self.look.numerals)) for day, cost in days)
        return Table(tr("Per day"), (tr("Day"), tr("At API prices")), rows)

    def points(self) -> list[Point]:
        days = self._found.days if self._found is not None else ()
        bars = self._bars()
        return [
            Point(bar.center().x(), bar.top(), (f"{self.look.day(day)}   {money(cost, self.look.numerals)}",), hit)
            for (day, cost), (bar, hit) in zip(days, bars, strict=True)
        ]

    def paint_chart(self, painter: QPainter) -> None:
        look = self.look
        head = QRectF(0, 0, self.width(), look.px(_HEAD))
        draw(painter, look, 0, middle(look, head, 11, 500), (Run(tr("Per day"), 11, 500, "t2"),))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("acc"))
        for bar, _ in self._bars():
            if bar.height() > 0:
                soft = min(1.5, bar.height() / 2, bar.width() / 4)
                painter.drawRoundedRect(bar, soft, soft)

    def _bars(self) -> list[tuple[QRectF, QRectF]]:
        """Each day's bar, and the place in which the pointer means it."""
        days = self._found.days if self._found is not None else ()
        if not days:
            return []
        room = QRectF(0, self.look.px(_HEAD), self.width(), self.height() - self.look.px(_HEAD))
        most = max(cost for _, cost in days) or 1
        up = Scale(0, most, room.bottom(), room.top())
        step = room.width() / len(days)
        gap = 2.0 if step >= 5 else 0.0
        found = []
        for number, (_, cost) in enumerate(days):
            left = room.left() + number * step
            top = up.at(cost) if cost == 0 else min(up.at(cost), room.bottom() - 1)
            bar = QRectF(left, top, max(0.5, step - gap), room.bottom() - top)
            found.append((bar, QRectF(left, room.top(), step, room.height())))
        return found


class _Sessions(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._found: Detail | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Top sessions"))
        look.follow(self)

    def show_detail(self, found: Detail | None) -> None:
        self._found = found
        uses = found.sessions if found is not None else ()
        self.setAccessibleDescription("; ".join(", ".join(filter(None, self.texts(use))) for use in uses))
        self.update()

    def texts(self, use: SessionUse) -> tuple[str, str, str, str, str]:
        """Project, model, day, length and cost."""
        look = self._look
        name = plain(project_name(use.project), 60) or tr("unknown")
        if self._found is not None and self._found.question.by == "project":  # which stands above already
            name = plain(use.session, 24)
        if look.hidden:
            name = tr("Hidden")
        length = duration((use.last - use.first) / 1000) if use.last > use.first else tr("under 15 min")
        day = look.day(look.moment(use.first).date())
        cost = ("~" if use.estimated else "") + money_short(use.listed, look.numerals)
        return name, short_model(use.model), day, length, cost

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, scale, wide = self._look, self._look.px, self.width()
        cost_right, length_right = wide - 2.0, wide - scale(92)
        length_room = max(scale(72), math.ceil(look.metrics(12.5).horizontalAdvance(tr("under 15 min"))) + 8)
        day = length_right - length_room - scale(64)
        model = day - scale(134)
        narrow = model < scale(160)
        head = middle(look, QRectF(0, 0, wide, scale(_HEAD)), 11, 500)
        draw(painter, look, 0, head, (Run(tr("Top sessions"), 11, 500, "t2"),))
        if not narrow:
            draw(painter, look, model, head, (Run(tr("Model"), 11, 500, "t2"),))
            draw(painter, look, day, head, (Run(tr("When"), 11, 500, "t2"),))
            draw_right(painter, look, length_right, head, (Run(tr("Length"), 11, 500, "t2"),))
        draw_right(painter, look, cost_right, head, (Run(tr("At API prices"), 11, 500, "t2"),), scale(88))
        side = scale(_TILE)
        for number, use in enumerate(self._found.sessions if self._found is not None else ()):
            line = QRectF(0, scale(_HEAD) + number * scale(_SESSION), wide, scale(_SESSION))
            painter.fillRect(QRectF(0, line.top(), wide, 1), look.color("line"))
            base = middle(look, line, 12.5)
            paint_tile(painter, look, QRectF(0, round(line.center().y() - side / 2), side, side), use.agent, 9)
            name, model_name, when, length, cost = self.texts(use)
            start = draw_right(painter, look, cost_right, base, (Run(cost, 12.5, 600),))
            room = (start if narrow else model) - side - 16
            draw(painter, look, side + 8, base, (Run(name, 12.5),), room)
            if not narrow:
                draw(painter, look, model, base, (Run(model_name, 12.5, 400, "t2"),), day - model - 8)
                draw(painter, look, day, base, (Run(when, 12.5, 400, "t2"),), scale(64))
                draw_right(painter, look, length_right, base, (Run(length, 12.5, 400, "t2"),), length_room)
