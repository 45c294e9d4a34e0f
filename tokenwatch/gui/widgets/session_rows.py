"""Session rows: the glance panel's list of running sessions, two lines each.

Owns the list, its model and its painting. Does not own their order (the snapshot has it) or what opens on Enter.
Sessions that find no room are counted in one last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tokenwatch.base.session import Confidence, Session, State
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.session_menu import SessionMenu
from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.lettering import Run, cut, draw, draw_right, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import (
    mark_of,
    paint_focus,
    paint_mark,
    paint_row_ground,
    paint_tag,
    paint_tile,
    tag_width,
)
from tokenwatch.gui.widgets.mirror import turn_cell
from tokenwatch.gui.widgets.session_facts import facts
from tokenwatch.gui.widgets.session_text import (
    age_text,
    agent_and_model,
    cost_text,
    doing_text,
    rate_text,
    since_text,
)
from tokenwatch.gui.words import session_sentence, state_words, sub_agents_words

ROW: Final = 45
MORE: Final = 30
_SIDE: Final = 12

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE: Final = Qt.ItemDataRole.UserRole


class Row(msgspec.Struct, frozen=True):
    """What one row shows; equal rows need no painting."""

    key: tuple[str, str]
    agent: str
    state: State
    project: str
    model: str
    subs: str
    rate: str
    status: str
    money: str
    sentence: str


class More(msgspec.Struct, frozen=True):
    """The row that counts the sessions without room."""

    text: str
    rate: str

    @property
    def sentence(self) -> str:
        return f"{self.text}, {self.rate}"


def row_of(session: Session, now: int, look: Look) -> Row:
    waiting = session.state is State.WAITING
    status = (
        " ".join(filter(None, (tr("Waiting"), since_text(session, now)))) if waiting else state_words(session, now)
    )
    if waiting and session.waiting_for:
        status += f" · {plain(session.waiting_for, 60)}"
    elif session.state is State.WORKING:
        status = doing_text(session.doing) or (
            f"{status} · {plain(session.branch, 60)}" if session.branch else status
        )
    elif session.state is State.IDLE and session.confidence is Confidence.EXACT:
        status = tr("{status} · finished its turn", status=status)
    agent = plain(session.agent_name, 40) or look.agent_name(session.agent)
    cost = tr("in plan") if session.in_plan else cost_text(session, look.numerals)
    return Row(
        session.key,
        session.agent,
        session.state,
        plain(session.project, 60),
        agent_and_model(agent, session.model),
        sub_agents_words(len(session.sub_agents)),
        rate_text(session.tokens_per_min, look.numerals),
        status,
        " · ".join(filter(None, (cost, age_text(session, now)))),
        session_sentence(session, now, look.numerals),
    )


def more_of(sessions: Sequence[Session], look: Look) -> More:
    counts = {
        mark("{count} working"): sum(mark_of(session.state) == "working" for session in sessions),
        mark("{count} waiting"): sum(session.state is State.WAITING for session in sessions),
        mark("{count} idle"): sum(session.state is State.IDLE for session in sessions),
    }
    said = ", ".join(tr(words, count=count) for words, count in counts.items() if count)
    per_minute = rate_text(sum(session.tokens_per_min for session in sessions), look.numerals)
    return More(tr("{len} more", len=len(sessions)) + (f": {said}" if said else ""), per_minute)


class RowsModel(QAbstractListModel):
    """Rows by key: changed ones are told of, and only other members reset the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row | More, ...] = ()

    def show(self, rows: tuple[Row | More, ...]) -> None:
        if rows == self.rows:
            return
        before = self.rows
        if [_key(row) for row in before] != [_key(row) for row in rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        self.rows = rows
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number), self.index(number))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return row.sentence
        return None


class SessionRows(QListView):
    """Shows as many sessions as ``most`` allows; :attr:`opened` when one is clicked or Enter is pressed."""

    opened = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sessions: dict[tuple[str, str], Session] = {}
        self._now = 0
        self.actions_menu = SessionMenu(self)
        self._model = RowsModel(self)  # with a parent, so that it ends with the view and on its thread
        self.setModel(self._model)
        self.setItemDelegate(_RowPainter(look, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Running agents"))
        self.activated.connect(lambda index: self.opened.emit())
        self.clicked.connect(lambda index: self.opened.emit())
        look.follow(self)

    def show_sessions(self, sessions: Sequence[Session], now: int, most: int) -> None:
        """``most`` rows at most, the one that counts the rest included."""
        self._sessions, self._now = {session.key: session for session in sessions}, now
        shown = sessions if len(sessions) <= most else sessions[: max(1, most - 1)]
        rows: tuple[Row | More, ...] = tuple(row_of(session, now, self._look) for session in shown)
        if len(shown) < len(sessions):
            rows += (more_of(sessions[len(shown) :], self._look),)
        before = self.sizeHint()
        self._model.show(rows)
        if self.sizeHint() != before:
            self.updateGeometry()

    def rows(self) -> tuple[Row | More, ...]:
        return self._model.rows

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By mouse or by keyboard (the menu key): what may be done about that session."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = index.data(ROW_ROLE) if index.isValid() else None
        session = self._sessions.get(row.key) if isinstance(row, Row) else None
        if session is not None:
            place = self.visualRect(index).bottomLeft() if by_key else event.pos()
            menu = self.actions_menu.menu(session, facts(session, self._now, self._look))
            menu.popup(self.viewport().mapToGlobal(place))

    def sizeHint(self) -> QSize:
        tall = sum(self._look.row(ROW if isinstance(row, Row) else MORE) for row in self._model.rows)
        return QSize(320, tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())


class _RowPainter(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._look, self._list = look, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        return QSize(100, self._look.row(ROW if isinstance(row, Row) else MORE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        state = option.state
        look = self._look
        painter.save()
        turn_cell(painter, rect, self._list.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        waiting = isinstance(row, Row) and row.state is State.WAITING
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        paint_row_ground(painter, look, rect, "warnbg" if waiting else "sunk" if hover else "card", first=True)
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), look.color("line"))
        if isinstance(row, Row):
            self._paint_row(painter, rect, row)
        elif isinstance(row, More):
            base = middle(look, rect, 12)
            draw(painter, look, rect.left() + _SIDE, base, (Run(row.text, 12, 400, "t2"),), rect.width() * 0.7)
            runs = (Run(row.rate, 12, 400, "t2"), Run("/min", 12, 400, "t2"))
            draw_right(painter, look, rect.right() - _SIDE - 18, base, runs)
            arrow = QRectF(rect.right() - _SIDE - 13, rect.center().y() - 6, 13, 13)
            paint_icon(painter, "right", arrow, look.color("t2"))
        keyboard = bool(state & QStyle.StateFlag.State_KeyboardFocusChange)
        if keyboard and state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, look, rect.adjusted(2, 3, -2, -2), 6)
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        look, scale = self._look, self._look.px
        side = scale(26)
        tile = QRectF(rect.left() + _SIDE, round(rect.center().y() - side / 2) + 0.5, side, side)
        paint_tile(painter, look, tile, row.agent, 13)
        left, right = tile.right() + 9, rect.right() - _SIDE
        first, second = rect.top() + scale(19), rect.top() + scale(36)
        flow = (Run(row.rate, 13, 600), Run("/min", 11, 400, "t2")) if row.rate != "—" else (Run("—", 13, 400, "t2"),)
        start = draw_right(painter, look, right, first, flow)
        tag = tag_width(look, row.subs) + 8 if row.subs else 0
        runs = cut(look, (Run(row.project, 13, 600), Run(row.model, 11, 400, "t2", 6)), start - 8 - left - tag)
        end = draw(painter, look, left, first, runs)
        if row.subs:
            paint_tag(painter, look, end + 8, first, row.subs)
        start = draw_right(painter, look, right, second, (Run(row.money, 11, 400, "t2"),), rect.width() / 2)
        ink = "warn" if row.state is State.WAITING else "t2"
        paint_mark(painter, look, mark_of(row.state), QPointF(left + 5.5, second - scale(4)), scale(11))
        status = (Run(row.status, 11, 500 if ink == "warn" else 400, ink),)
        draw(painter, look, left + 16, second, status, start - 8 - left - 16)


def _key(row: Row | More) -> object:
    return row.key if isinstance(row, Row) else More
