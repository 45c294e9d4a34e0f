"""Session cells: how each cell of the session table is painted.

Owns the delegate. Does not own texts or columns' widths.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from tokenwatch.base.format import NOTHING
from tokenwatch.base.snapshot import State
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.lettering import Run, cut_middle, draw, draw_right, middle, run_width, whole
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import (
    mark_of,
    paint_cell_ground,
    paint_focus,
    paint_mark,
    paint_tag,
    paint_tile,
    paint_track,
    tag_width,
)
from tokenwatch.gui.widgets.mirror import turn_cell
from tokenwatch.gui.widgets.session_text import short_agent
from tokenwatch.gui.widgets.session_tree import ROW_ROLE, Column, Index, TreeRow

TALL: Final = 26
SUB_TALL: Final = 22
FOLD_WIDTH: Final = 34
"""The room left of the names, in which a click folds."""
PAD: Final = 12
NUMBERS: Final = frozenset({Column.CONTEXT, Column.RATE, Column.COST, Column.AGE})
"""Columns that end at their right edge."""
_TILE: Final = 18
_BAR: Final = 40
_NUMBER: Final = 46


def cost_width(look: Look, row: TreeRow) -> int:
    """The room that the cost of a row needs, with its tag and what is around it."""
    tag = tag_width(look, tr("plan")) + 6 if row.in_plan else 0
    return math.ceil(run_width(look, Run(row.cost, 12.5)) + tag) + PAD + 4


class SessionCells(QStyledItemDelegate):
    def __init__(self, look: Look, table: QTreeView) -> None:
        super().__init__(table)
        self._look = look
        self._table = table
        self.fresh: frozenset[tuple[str, ...]] = frozenset()
        """Rows that have just begun to wait, whose tint has only :attr:`strength` yet."""
        self.strength = 1.0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, self._look.row(SUB_TALL if index.internalId() else TALL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        assert isinstance(row, TreeRow)
        look, rect, column = self._look, QRectF(option.rect), index.column()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        turn_cell(painter, rect, self._table.layoutDirection())
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected) and self._table.hasFocus()
        waiting = row.state is State.WAITING
        fading = waiting and not selected and self.strength < 1.0 and row.key in self.fresh
        tint = "accbg" if selected else "warnbg" if waiting and not fading else "card"
        paint_cell_ground(painter, look, rect, tint, option.palette, first=column == Column.AGENT)
        if fading:
            painter.fillRect(rect, look.faded("warnbg", self.strength))
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), look.color("line"))
        if column == Column.AGENT:
            self._paint_agent(painter, rect, row, index)
        elif column == Column.STATE:
            self._paint_state(painter, rect, row)
        elif column == Column.RATE:
            self._paint_rate(painter, rect, row)
        elif column == Column.COST:
            self._paint_cost(painter, rect, row)
        else:
            self._paint_text(painter, rect, row, column)
        if selected and state & QStyle.StateFlag.State_KeyboardFocusChange and column == Column.AGENT:
            paint_focus(painter, look, rect.adjusted(0, 1, 0, 0), 4)
        painter.restore()

    def _paint_agent(self, painter: QPainter, rect: QRectF, row: TreeRow, index: Index) -> None:
        look = self._look
        base = middle(look, rect, 12.5)
        left = rect.left() + FOLD_WIDTH
        if len(row.key) == 2:
            if row.children:
                first = index.model().index(index.row(), 0)
                icon = "down" if self._table.isExpanded(first) else "right"
                place = QRectF(rect.left() + 13, round(rect.center().y()) - 6.5, 13, 13)
                paint_icon(painter, icon, place, look.color("t2"))
            side = look.px(_TILE)
            tile = QRectF(left, round(rect.center().y() - side / 2), side, side)
            paint_tile(painter, look, tile, row.agent, 10)
            x = tile.right() + 9
            subs = "" if not row.children else tr("+{len} sub", len=len(row.children) - 1)
            folded = bool(subs) and not self._table.isExpanded(index.model().index(index.row(), 0))
            room = rect.right() - x - 6 - (tag_width(look, subs) + 8 if folded else 0)
            end = draw(painter, look, x, base, self._name_runs(row, room), room)
            if folded:
                paint_tag(painter, look, end + 8, base, subs)
            return
        x = left + look.px(_TILE) / 2
        painter.setPen(QPen(look.color("line2"), 1))
        bottom = rect.center().y() if row.last else rect.bottom()
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, bottom))
        painter.drawLine(QPointF(x, rect.center().y()), QPointF(x + 11, rect.center().y()))
        runs = (Run(row.name, 12, 400, "t1" if row.state else "t2"), Run(row.by, 12, 400, "t3", 7))
        room = rect.right() - left - look.px(_TILE) - 24
        draw(painter, look, left + look.px(_TILE) + 18, base, whole(look, runs, room), room)

    def _name_runs(self, row: TreeRow, room: float) -> Sequence[Run]:
        """The project with its agent, whose short name stands for it where room is short."""
        project = Run(row.name, 12.5, 600)
        runs = whole(self._look, (project, Run(row.by, 12.5, 400, "t2", 8)), room)
        if len(runs) == 1:
            runs = whole(self._look, (project, Run(short_agent(row.by), 12.5, 400, "t2", 8)), room)
        return runs

    def _paint_state(self, painter: QPainter, rect: QRectF, row: TreeRow) -> None:
        if row.state is None:
            return
        look = self._look
        child = len(row.key) > 2
        x = rect.left()
        paint_mark(
            painter, look, mark_of(row.state), QPointF(x + 6, rect.center().y() + 0.5), look.px(10 if child else 12)
        )
        waiting = row.state is State.WAITING
        words = Run(row.words, 12 if child else 12.5, 600 if waiting else 400, "warn" if waiting else "t1")
        since = Run(row.since, 12.5, 400, "warn" if waiting else "t2", 6)
        x += 17 if child else 18
        draw(painter, look, x, middle(look, rect, 12.5), (words, since), rect.right() - x - 4)

    def _paint_rate(self, painter: QPainter, rect: QRectF, row: TreeRow) -> None:
        look = self._look
        right = rect.right() - PAD
        parent = len(row.key) == 2
        strong = parent and row.rate != NOTHING
        start = draw_right(
            painter,
            look,
            right,
            middle(look, rect, 12.5),
            (Run(row.rate, 12.5, 600 if strong else 400, "t1" if strong else "t2"),),
        )
        left = right - look.px(_NUMBER) - 8 - look.px(_BAR)
        if left < rect.left() + 4 or start < left + look.px(_BAR) + 4:
            return
        bar = QRectF(left, round(rect.center().y()) - 2, look.px(_BAR), 5)
        painter.setPen(Qt.PenStyle.NoPen)
        if parent:
            track = QPainterPath()
            track.addRoundedRect(bar, 2.5, 2.5)
            paint_track(painter, look, track)
        most = getattr(self._table.model(), "most_per_minute", 0.0)
        if most > 0 and row.rate != NOTHING:
            bar.setWidth(max(5.0, bar.width() * min(1.0, row.per_minute / most)))
            painter.setBrush(look.agent_fill(row.agent))
            painter.drawRoundedRect(bar, 2.5, 2.5)

    def _paint_cost(self, painter: QPainter, rect: QRectF, row: TreeRow) -> None:
        look = self._look
        right, base = rect.right() - PAD, middle(look, rect, 12.5)
        if row.in_plan:
            right -= tag_width(look, tr("plan"))
            paint_tag(painter, look, right, base, tr("plan"))
            right -= 6
        quiet = row.in_plan or len(row.key) > 2 or not row.cost[:1].isascii() or row.cost == tr("no price")
        run = Run(row.cost, 12.5, 400, "t2" if quiet else "t1")
        draw_right(painter, look, right, base, (run,), right - rect.left() - 2)

    def _paint_text(self, painter: QPainter, rect: QRectF, row: TreeRow, column: int) -> None:
        look, text = self._look, row.text(column)
        if not text:
            return
        base = middle(look, rect, 12.5)
        run = (Run(text, 12 if len(row.key) > 2 else 12.5, 400, "t2"),)
        if column in NUMBERS:
            draw_right(painter, look, rect.right() - PAD, base, run, rect.width() - PAD)
        elif column == Column.DETAILS and row.state is not State.WAITING:
            draw(painter, look, rect.left(), base, (cut_middle(look, run[0], rect.width() - 10),))
        else:
            draw(painter, look, rect.left(), base, run, rect.width() - 10)
