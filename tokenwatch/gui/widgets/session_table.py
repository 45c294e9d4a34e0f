"""Session table: the Live page's tree view with its header, columns and keys.

Owns which columns fit, folding and copying. Does not own rows (widgets/session_tree.py) or the painting of cells
(widgets/session_cells.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHeaderView, QSizePolicy, QTreeView

from tokenwatch.base.snapshot import Session, State
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.motion import Fade
from tokenwatch.gui.session_menu import SessionMenu
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle, width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import across, painter_of, section_left
from tokenwatch.gui.widgets.scroll_bar import thin
from tokenwatch.gui.widgets.session_cells import FOLD_WIDTH, NUMBERS, PAD, SUB_TALL, TALL, SessionCells, cost_width
from tokenwatch.gui.widgets.session_facts import facts
from tokenwatch.gui.widgets.session_tree import TITLES, Column, Index, SessionTreeModel, TreeRow, row_of

HEADER_TALL: Final = 32
_UNFOLDED: Final = 12
"""With more sessions than this, sub-agents begin folded."""
_WIDTHS: Final = {
    Column.MODEL: 100,
    Column.STATE: 140,
    Column.DETAILS: 118,
    Column.CONTEXT: 60,
    Column.RATE: 112,
    Column.COST: 94,
    Column.AGE: 60,
}
_USUAL: Final = {
    Column.MODEL: (Run("GPT-5.1-Codex"),),
    Column.STATE: (Run(mark("Waiting for you"), weight=600), Run("4m", gap=6)),
}
"""What a column must hold whole, also in a wide font and in another language."""
_MARK: Final = 22
_FADE_MS: Final = 300
_LEAST_AGENT: Final = 215
_DISPENSABLE: Final = (Column.CONTEXT, Column.DETAILS, Column.MODEL)
"""Left out in this order when room is short."""


class SessionTable(QTreeView):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._model = SessionTreeModel(self)  # with a parent, so that it ends with the view and on its thread
        self.setModel(self._model)
        self._cells = SessionCells(look, self)
        self.setItemDelegate(self._cells)
        self._fade = Fade(_FADE_MS, self)
        self._fade.moved.connect(self._tint)
        self._waiting: frozenset[tuple[str, ...]] | None = None
        """Rows that waited the last time; None before the first."""
        self.setHeader(_Header(look))
        thin(self, look)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(tr("Running agents"))
        self._sessions: dict[tuple[str, ...], Session] = {}
        self.actions_menu = SessionMenu(self)
        self._now = 0
        self._costs = 0
        """How wide the widest cost is."""
        self._model.rowsInserted.connect(self._rows_inserted)
        self.expanded.connect(self._unfold)
        self.clicked.connect(self._figure_clicked)
        for change in (self._model.rowsInserted, self._model.rowsRemoved, self.expanded, self.collapsed):
            change.connect(lambda *_: self.updateGeometry())
        look.follow(self, self._share_width)

    def show_sessions(self, sessions: Sequence[Session], now: int) -> None:
        self._sessions, self._now = {session.key: session for session in sessions}, now
        folded = {
            row.key: row.children
            for number, row in enumerate(self._model.top())
            if row.children and not self.isExpanded(self._model.index(number, 0))
        }
        rows = [self._row(session, folded.get(session.key)) for session in sessions]
        costs = max((cost_width(self._look, row) for row in rows), default=0)
        if costs != self._costs:  # money is never cut
            self._costs = costs
            self._share_width()
        self._model.show(rows)
        self._fade_in(frozenset(session.key for session in sessions if session.state is State.WAITING))

    def _fade_in(self, waiting: frozenset[tuple[str, ...]]) -> None:
        """A row that begins to wait gets its tint once, slowly, where somebody sees it and motion is wanted."""
        fresh = waiting - self._waiting if self._waiting is not None else frozenset()
        self._waiting = waiting
        if fresh and self.isVisible() and self._look.theme.moves and not self._look.patterned:
            self._cells.fresh = fresh
            self._fade.start()

    def _tint(self, strength: float) -> None:
        self._cells.strength = strength
        for key in self._cells.fresh:
            number = self._model.place(key)
            if number is not None:
                row = self.visualRect(self._model.index(number, 0))
                self.viewport().update(0, row.top(), self.viewport().width(), row.height())

    def hideEvent(self, event: QHideEvent) -> None:
        self._fade.stop()
        super().hideEvent(event)

    def _row(self, session: Session, folded: tuple[TreeRow, ...] | None = None) -> TreeRow:
        """Parts that are folded away stay as they were until someone looks, unless others come or go."""
        if folded is not None and [row.key[2] for row in folded[1:]] != [sub.id for sub in session.sub_agents]:
            folded = None
        return row_of(session, self._now, self._look, folded)

    def _unfold(self, index: QModelIndex) -> None:
        session = self._sessions.get(self._model.row(index).key[:2])
        if session is not None:
            self._model.change(self._row(session))

    def rows(self) -> SessionTreeModel:
        return self._model

    def sizeHint(self) -> QSize:
        scale = self._look.px
        tall = scale(HEADER_TALL)
        for number in range(self._model.rowCount()):
            index = self._model.index(number, 0)
            subs = self._model.rowCount(index) if self.isExpanded(index) else 0
            tall += self._look.row(TALL) + subs * self._look.row(SUB_TALL)
        return QSize(600, tall + 1)

    def minimumSizeHint(self) -> QSize:
        scale = self._look.px
        return QSize(320, min(self.sizeHint().height(), scale(HEADER_TALL) + 4 * self._look.row(TALL)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(self._model.row(self.currentIndex()).sentence)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            session = self._sessions.get(self._model.row(self.currentIndex()).key[:2])
            if session is not None and session.pid is not None:
                self.actions_menu.go(session)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By mouse or by keyboard (the menu key): what may be done about the session of that row."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        session = self._sessions.get(self._model.row(index).key[:2]) if index.isValid() else None
        if session is None:
            return
        place = self.visualRect(index).bottomLeft() if by_key else event.pos()
        menu = self.actions_menu.menu(session, facts(session, self._now, self._look))
        menu.popup(self.viewport().mapToGlobal(place))

    def _figure_clicked(self, index: QModelIndex) -> None:
        """A click on what a session cost asks where that comes from; the menu asks it by keyboard."""
        session = self._sessions.get(self._model.row(index).key[:2])
        if index.column() == Column.COST and session is not None and session.session:
            self.actions_menu.why_wanted.emit(session)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        at_fold = across(self.viewport(), event.position().x()) < FOLD_WIDTH
        if index.isValid() and at_fold and self._model.rowCount(index.siblingAtColumn(0)):
            first = index.siblingAtColumn(0)
            self.setExpanded(first, not self.isExpanded(first))
            return
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Nothing: the first cell paints its own."""

    def _share_width(self) -> None:
        scale, header = self._look.px, self.header()
        room = self.viewport().width()
        shown = {column: self._width_of(column) for column in _WIDTHS}
        for column in _DISPENSABLE:
            if sum(shown.values()) + scale(_LEAST_AGENT) > room:
                del shown[column]
        rest = room - sum(shown.values())
        spare = max(0, rest - scale(_LEAST_AGENT))
        for column in Column:
            header.setSectionHidden(column, column is not Column.AGENT and column not in shown)
        extra = spare // 2 if Column.DETAILS in shown else 0
        for column, wide in shown.items():
            header.resizeSection(column, wide + (extra if column is Column.DETAILS else 0))
        header.resizeSection(Column.AGENT, max(scale(120), rest - extra))

    def _width_of(self, column: Column) -> int:
        needed = self._costs if column is Column.COST else 0
        if column in _USUAL:
            usual = [replace(run, text=tr(run.text)) for run in _USUAL[column]]
            needed = math.ceil(width(self._look, usual)) + 12
            needed += self._look.px(_MARK) if column is Column.STATE else 0
        return max(self._look.px(_WIDTHS[column]), needed)

    def _rows_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        if self._model.rowCount() > _UNFOLDED:
            return
        if parent.isValid():
            if first == 0:
                self.setExpanded(parent, True)
            return
        for number in range(first, last + 1):
            self.setExpanded(self._model.index(number, 0), True)


class _Header(QHeaderView):
    """Titles on the card's own ground."""

    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(24)
        look.follow(self)

    def sizeHint(self) -> QSize:
        return QSize(0, self._look.px(HEADER_TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self.viewport())
        look = self._look
        frame = QRectF(self.viewport().rect())
        painter.fillRect(frame, look.color("card"))
        for column in Column:
            if self.isSectionHidden(column):
                continue
            left, wide = section_left(self, column), self.sectionSize(column)
            base = middle(look, frame, 11, 500)
            run = (Run(tr(TITLES[column]), 11, 500, "t2"),)
            if column in NUMBERS:
                draw_right(painter, look, left + wide - PAD, base, run, wide - 4)
            else:
                indent = FOLD_WIDTH if column is Column.AGENT else 0
                draw(painter, look, left + indent, base, run, wide - indent)
