"""Breakdown table: the rows of a breakdown with share bars, a header that sorts, and a foot with the totals.

Owns the view, its columns' widths, its keys and its painting. Does not own texts or order (breakdown_rows.py).
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tokenwatch.base.format import tokens, whole
from tokenwatch.base.money import NANO
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.breakdown_rows import (
    LINE_ROLE,
    BreakdownModel,
    Column,
    Index,
    Line,
    about_of,
    counted,
    lines_of,
    listed_text,
    title_of,
    total_of,
)
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle, run_width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import (
    paint_agent_fill,
    paint_cell_ground,
    paint_focus,
    paint_tag,
    paint_tile,
    paint_track,
    tag_width,
)
from tokenwatch.gui.widgets.mirror import painter_of, section_left, turn_cell
from tokenwatch.gui.widgets.scroll_bar import thin
from tokenwatch.gui.widgets.short_numbers import money_short
from tokenwatch.insight.breakdown import Breakdown, Row

ROW: Final = 33
HEADER: Final = 32
FOOT: Final = 36
_PAD: Final = 10
_SIDE: Final = 16
_TILE: Final = 18
_MOST_TILES: Final = 3
_LEAST_ROWS: Final = 4
_BAR: Final = 8
_WIDTHS: Final = {
    Column.AGENTS: 94,
    Column.SESSIONS: 66,
    Column.NEW: 80,
    Column.CACHED: 88,
    Column.OUTPUT: 62,
    Column.LISTED: 104,
    Column.PAID: 82,
    Column.SHARE: 160,
}
_DISPENSABLE: Final = (Column.OUTPUT, Column.CACHED, Column.AGENTS, Column.SESSIONS, Column.NEW)
"""Left out in this order when room is short."""
_LEAST_NAME: Final = 120
_STRONG: Final = frozenset({Column.LISTED})
_QUIET: Final = frozenset({Column.CACHED, Column.OUTPUT})


class BreakdownTable(QWidget):
    """Rows, header and foot. :attr:`row_chosen` gives a row's key, empty when none is chosen."""

    row_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._found: Breakdown | None = None
        self.model = BreakdownModel(look, self)
        self.view = _View(look, self.model)
        self.foot = _Foot(look, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)
        self.view.selectionModel().currentRowChanged.connect(self._current_changed)
        self.model.modelReset.connect(self._choose_again)
        self.model.dataChanged.connect(self.foot.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._chosen = ""
        self._choosing = self._wanted = False
        """``_wanted``: a person chose the row, so it stays chosen; else the first one is."""

    def show_breakdown(self, found: Breakdown) -> None:
        self._found = found
        self.model.show(lines_of(found, self._look), found.question.by)
        if not self._wanted or self.model.place(self._chosen) is None:
            self._choose_again()
        self.foot.update()
        self.updateGeometry()

    def found(self) -> Breakdown | None:
        return self._found

    def chosen(self) -> str:
        return self._chosen

    def totals(self) -> Row:
        """The sum of the rows shown."""
        return total_of(self.model.lines, self._found) if self._found is not None else Row("")

    def look_for(self, text: str) -> None:
        self.model.look_for(text)
        self.foot.update()

    def sizeHint(self) -> QSize:
        scale = self._look.px
        return QSize(700, scale(HEADER) + scale(FOOT) + self._look.row(ROW) * max(1, len(self.model.lines)) + 2)

    def minimumSizeHint(self) -> QSize:
        rows = min(_LEAST_ROWS, max(1, len(self.model.lines)))
        return QSize(320, self._look.px(HEADER) + self._look.px(FOOT) + self._look.row(ROW) * rows + 2)

    def _choose_again(self) -> None:
        """After other rows came: the one that a person chose, or the first."""
        number = self.model.place(self._chosen) if self._wanted else None
        if number is None:
            self._wanted = False
            number = 0 if self.model.lines else None
        self._choosing = True
        if number is not None:
            self.view.selectRow(number)
        self._choosing = False
        self._tell(self.model.lines[number].row.key if number is not None else "")
        self.updateGeometry()

    def _current_changed(self, index: Index) -> None:
        if not self._choosing and index.isValid():
            self._wanted = True
            self._tell(self.model.lines[index.row()].row.key)

    def _tell(self, key: str) -> None:
        if key != self._chosen:
            self._chosen = key
            self.row_chosen.emit(key)


class _View(QTableView):
    def __init__(self, look: Look, model: BreakdownModel) -> None:
        super().__init__()
        self._look = look
        self._lines = model
        self.setModel(model)
        self.setItemDelegate(_Cells(look, self))
        self.setHorizontalHeader(_Header(look, model))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        thin(self, look)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("What the tokens were used for"))
        look.follow(self, self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            line = self._lines.lines[self.currentIndex().row()]
            QGuiApplication.clipboard().setText(line.sentence(self._look))
        elif alt and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            shown = [column for column in Column if not self.isColumnHidden(column)]
            step = 1 if key == Qt.Key.Key_Right else -1
            here = shown.index(self._lines.sorted_by) if self._lines.sorted_by in shown else 0
            self._lines.sort_by(shown[(here + step) % len(shown)])
            self.horizontalHeader().viewport().update()
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._lines.sort_by(self._lines.sorted_by)
            self.horizontalHeader().viewport().update()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.row(ROW))
        self._share_width()

    def _share_width(self) -> None:
        look, room = self._look, self.viewport().width()
        shown = {column: self._width_of(column) for column in _WIDTHS}
        for column in _DISPENSABLE:
            if sum(shown.values()) + look.px(_LEAST_NAME) > room:
                del shown[column]
        rest = max(look.px(80), room - sum(shown.values()))
        for column in Column:
            self.setColumnHidden(column, column is not Column.NAME and column not in shown)
            self.setColumnWidth(column, rest if column is Column.NAME else shown.get(column, 0))

    def _width_of(self, column: Column) -> int:
        arrow = " ▾" if column in (Column.LISTED, Column.SHARE) else ""
        title = run_width(self._look, Run(title_of(column, self._lines.by) + arrow, 11, 600))
        return max(self._look.px(_WIDTHS[column]), round(title) + 2 * _PAD - 4)


class _Header(QHeaderView):
    """Titles that sort when clicked. By keyboard: Alt with the arrows, in the table."""

    def __init__(self, look: Look, model: BreakdownModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look, self._model = look, model
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(24)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.follow(self)

    def sizeHint(self) -> QSize:
        return QSize(0, self._look.px(HEADER))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        column = self.logicalIndexAt(event.position().toPoint())
        if column >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._model.sort_by(Column(column))
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self.viewport())
        look = self._look
        frame = QRectF(self.viewport().rect())
        painter.fillRect(frame, look.color("card"))
        base = middle(look, frame, 11, 500)
        for column in Column:
            if self.isSectionHidden(column):
                continue
            left, wide = section_left(self, column), self.sectionSize(column)
            chosen = column is self._model.sorted_by
            arrow = (" ▾" if self._model.falling else " ▴") if chosen else ""
            title = title_of(column, self._model.by) + arrow
            run = (Run(title, 11, 600 if chosen else 500, "t1" if chosen else "t2"),)
            if column in (Column.NAME, Column.AGENTS, Column.SHARE):
                draw(painter, look, left + (_SIDE if column is Column.NAME else _PAD), base, run, wide - _PAD)
            else:
                draw_right(painter, look, left + wide - _PAD, base, run, wide - 4)


class _Cells(QStyledItemDelegate):
    def __init__(self, look: Look, view: QTableView) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index | QPersistentModelIndex) -> None:
        line = index.data(LINE_ROLE)
        assert isinstance(line, Line)
        look, rect, column = self._look, QRectF(option.rect), Column(index.column())
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        turn_cell(painter, rect, self._view.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = "accbg" if selected else "card"
        paint_cell_ground(painter, look, rect, tint, option.palette, first=column is Column.NAME)
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), look.color("line"))
        base = middle(look, rect, 12.5)
        if column is Column.NAME:
            runs = (Run(line.name, 12.5, 600), Run(line.by, 11, 400, "t3", 7, mono=True))
            draw(painter, look, rect.left() + _SIDE, base, runs, rect.width() - _SIDE - 4)
        elif column is Column.AGENTS:
            self._paint_agents(painter, rect, line)
        elif column is Column.SHARE:
            self._paint_share(painter, rect, line, base)
        elif column is Column.PAID and line.row.covered and not line.row.metered:
            paint_tag(painter, look, rect.right() - _PAD - tag_width(look, line.paid), base, line.paid)
        else:
            strong = column in _STRONG
            ink = "t2" if column in _QUIET else "t1"
            run = (Run(line.text(column, look), 12.5, 600 if strong else 400, ink),)
            draw_right(painter, look, rect.right() - _PAD, base, run, rect.width() - 4)
        if selected and self._view.hasFocus() and column is Column.NAME:
            paint_focus(painter, look, rect.adjusted(2, 2, -2, -1), 4)
        painter.restore()

    def _paint_agents(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        look, side = self._look, self._look.px(_TILE)
        x = rect.left() + _PAD
        for agent in sorted((agent for agent, _ in line.row.agents[:_MOST_TILES]), key=look.agent_order):
            paint_tile(painter, look, QRectF(x, round(rect.center().y() - side / 2), side, side), agent, 10)
            x += side + 4
        more = len(line.row.agents) - _MOST_TILES
        if more > 0:
            draw(painter, look, x, middle(look, rect, 11), (Run(f"+{more}", 11, 400, "t3"),), rect.right() - x)

    def _paint_share(self, painter: QPainter, rect: QRectF, line: Line, base: float) -> None:
        look = self._look
        number = look.metrics(12.5).horizontalAdvance("100.0%")
        draw_right(painter, look, rect.right() - _SIDE, base, (Run(line.share, 12.5, 400, "t2"),))
        bar = QRectF(rect.left() + _PAD, round(rect.center().y()) - _BAR / 2, 0, _BAR)
        bar.setRight(rect.right() - _SIDE - number - 8)
        if bar.width() < 16:
            return
        outline = QPainterPath()
        outline.addRoundedRect(bar, _BAR / 2, _BAR / 2)
        paint_track(painter, look, outline)
        painter.save()
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        whole_cost = line.row.listed or 1
        x = bar.left()
        for agent, cost in sorted(line.row.agents, key=lambda part: look.agent_order(part[0])):
            wide = bar.width() * line.part * cost / whole_cost
            paint_agent_fill(painter, look, QRectF(x, bar.top(), max(0.0, wide - 1), bar.height()), agent)
            x += wide
        painter.restore()


class _Foot(QWidget):
    """The totals, each below its column."""

    def __init__(self, look: Look, table: BreakdownTable) -> None:
        super().__init__()
        self._look, self._table = look, table
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def sizeHint(self) -> QSize:
        return QSize(320, self._look.px(FOOT))

    def texts(self) -> dict[Column, str]:
        """What stands below each column."""
        table, numerals = self._table, self._look.numerals
        found = table.found()
        if found is None:
            return {}
        total = table.totals()
        about = about_of(total)
        fees = money_short(found.fees, numerals)
        return {
            Column.NAME: counted(len(table.model.lines), found.question.by),
            Column.SESSIONS: whole(total.sessions, numerals),
            Column.NEW: about + tokens(total.tokens.new, numerals),
            Column.CACHED: about + tokens(total.tokens.cache_read, numerals),
            Column.OUTPUT: about + tokens(total.tokens.output, numerals),
            Column.LISTED: listed_text(total, self._look),
            Column.PAID: ("≥ " if total.unpriced else about) + money_short(total.metered, numerals),
            Column.SHARE: tr("+ {fees} in plans", fees=fees) if found.fees >= NANO // 100 else "",
        }

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        look, frame = self._look, QRectF(self.rect())
        painter.fillRect(frame, look.color("card"))
        painter.fillRect(QRectF(0, 0, frame.width(), 1.5), look.color("line2"))
        base = middle(look, frame, 12.5, 600)
        view = self._table.view
        texts = self.texts()
        self.setAccessibleName(tr("Totals"))
        self.setAccessibleDescription(
            "; ".join(f"{title_of(column, self._table.model.by)}: {text}" for column, text in texts.items() if text)
        )
        for column, text in texts.items():
            if view.isColumnHidden(column):
                continue
            left, wide = section_left(view.horizontalHeader(), column), view.columnWidth(column)
            if column is Column.NAME:
                draw(painter, look, left + _SIDE, base, (Run(text, 12.5, 600),), wide - _SIDE)
            elif column is Column.SHARE:
                draw_right(painter, look, left + wide - _SIDE, base, (Run(text, 11, 400, "t2"),), wide - _SIDE)
            else:
                draw_right(painter, look, left + wide - _PAD, base, (Run(text, 12.5, 600),), wide)
