"""Session tree: the rows of the Live page's table, sessions with their sub-agents below.

Owns the rows' texts and the model. Does not own their order (the snapshot has it) or painting
(widgets/session_table.py). Rows are told of singly and never reset, so that folding, choice and scroll stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from itertools import count
from typing import Final

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tokenwatch.base.format import NOTHING, duration
from tokenwatch.base.snapshot import Session, State, SubAgent
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.session_facts import facts
from tokenwatch.gui.widgets.session_text import (
    age_text,
    context_text,
    cost_text,
    details_text,
    doing_text,
    rate_text,
    short_model,
    since_text,
)
from tokenwatch.gui.widgets.short_numbers import money_short
from tokenwatch.gui.widgets.tips import tip
from tokenwatch.gui.words import session_sentence, state_words

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE: Final = Qt.ItemDataRole.UserRole


class Column(IntEnum):
    AGENT = 0
    MODEL = 1
    STATE = 2
    DETAILS = 3
    CONTEXT = 4
    RATE = 5
    COST = 6
    AGE = 7


TITLES: Final = (
    mark("Agent"),
    mark("Model"),
    mark("State"),
    mark("Doing"),
    mark("Context"),
    mark("Tokens/min"),
    mark("Cost"),
    mark("Age"),
)
TIPS: Final = (
    mark("Project and agent"),
    mark("The language model"),
    mark("What it does now"),
    mark("What it waits for or does now, else the branch it works on"),
    mark("How full the model's context window is"),
    mark("New tokens a minute, averaged over 5 minutes"),
    mark("At list prices, sub-agents included; in plan: adds nothing to what you pay"),
    mark("Since it was started"),
)


class TreeRow(msgspec.Struct, frozen=True):
    """The texts of one row. ``state`` is None for a session's own part beside its sub-agents."""

    key: tuple[str, ...]
    agent: str
    name: str
    by: str
    model: str
    state: State | None
    words: str
    since: str
    details: str
    context: str
    per_minute: float
    rate: str
    cost: str
    in_plan: bool
    age: str
    sentence: str
    children: tuple[TreeRow, ...] = ()
    last: bool = False
    tip: str = ""

    def text(self, column: int) -> str:
        state = " ".join(filter(None, (self.words, self.since)))
        texts = (self.name, self.model, state, self.details, self.context, self.rate, self.cost, self.age)
        return texts[column]


def row_of(session: Session, now: int, look: Look, children: tuple[TreeRow, ...] | None = None) -> TreeRow:
    """``children``: rows to keep for its parts, because nobody sees them; None makes them anew."""
    key = session.key
    since = since_text(session, now)
    words = state_words(session, now).removesuffix(since).rstrip() if since else state_words(session, now)
    return TreeRow(
        key,
        session.agent,
        plain(session.project, 80),
        plain(session.agent_name, 40) or look.agent_name(session.agent),
        short_model(session.model),
        session.state,
        words,
        since,
        details_text(session),
        context_text(session),
        session.tokens_per_min,
        rate_text(session.tokens_per_min, look.numerals),
        cost_text(session, look.numerals),
        session.in_plan,
        age_text(session, now),
        session_sentence(session, now, look.numerals),
        _children(session, key, now, look) if children is None else children,
        tip=_tip(session, now, look),
    )


def _tip(session: Session, now: int, look: Look) -> str:
    """The whole names of what a row shows in short, and what it has no room for; no tooltip takes it for markup."""
    names = (plain(session.cwd, 200), plain(session.model, 80), plain(session.branch, 120))
    lines = (*names, *facts(session, now, look))
    return "\n".join(filter(None, lines)).replace("<", "‹")


def _children(session: Session, key: tuple[str, str], now: int, look: Look) -> tuple[TreeRow, ...]:
    """The session itself, then each sub-agent; rates and costs add up to the parent's."""
    subs = session.sub_agents
    if not subs:
        return ()
    own = max(0.0, session.tokens_per_min - sum(sub.tokens_per_min for sub in subs))
    known = [sub.cost for sub in (*subs, *session.finished_sub_agents)]
    rest = session.own_cost if session.own_tokens.total else None
    if rest is None and session.cost is not None and None not in known:
        rest = session.cost - sum(cost for cost in known if cost is not None)
    rows = [_child((*key, ""), session, tr("itself"), "", session.model, own, rest, None, now, look)]
    by_id = {sub.id: sub for sub in subs}
    for number, sub in enumerate(subs, 1):
        starter = by_id.get(sub.parent) if sub.parent else None
        rows.append(_sub_row(key, session, sub, starter, now, look, last=number == len(subs)))
    return tuple(rows)


def _sub_row(
    key: tuple[str, str],
    session: Session,
    sub: SubAgent,
    starter: SubAgent | None,
    now: int,
    look: Look,
    *,
    last: bool,
) -> TreeRow:
    called = plain(sub.name or sub.kind, 60)
    name, by = called or tr("sub-agent"), tr("sub-agent") if called else ""
    if starter is not None:
        by = tr("sub-agent of {name}", name=plain(starter.name or starter.kind, 60) or tr("another"))
    spent, begun = sub.cost, sub.started_at
    state = State.WORKING
    row = _child(
        (*key, sub.id), session, name, by, sub.model, sub.tokens_per_min, spent, begun, now, look, state, last=last
    )
    return replace(row, details=doing_text(sub.doing))


def _child(
    key: tuple[str, ...],
    session: Session,
    name: str,
    by: str,
    model: str,
    per_minute: float,
    cost: int | None,
    started_at: int | None,
    now: int,
    look: Look,
    state: State | None = None,
    *,
    last: bool = False,
) -> TreeRow:
    words = tr("Working") if state is State.WORKING else ""
    money_text = money_short(cost, look.numerals) if cost is not None and cost >= 0 else NOTHING
    age = duration(max(0, now - started_at) / 1000) if started_at is not None else ""
    flow = rate_text(per_minute, look.numerals)
    spoken = ", ".join(
        filter(None, (name, by, plain(model, 60), words.lower(), tr("{flow} tokens a minute", flow=flow), age))
    )
    return TreeRow(
        key, session.agent, name, by, short_model(model), state, words, "", "", "", per_minute, flow, money_text,
        False, age, spoken, (), last,
    )  # fmt: skip


class SessionTreeModel(QAbstractItemModel):
    """Top rows are sessions, their children parts of them. An index's id is 0 for a session, else its parent's."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TreeRow] = []
        self._numbers: list[int] = []
        """For each session a number that it keeps."""
        self._next = count(1)
        self.most_per_minute = 0.0

    def show(self, rows: Sequence[TreeRow]) -> None:
        self.most_per_minute = max((row.per_minute for row in rows), default=0.0)
        wanted = {row.key for row in rows}
        for number in range(len(self._rows) - 1, -1, -1):
            if self._rows[number].key not in wanted:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._rows[number], self._numbers[number]
                self.endRemoveRows()
        known = {row.key for row in self._rows}
        fresh = [row for row in rows if row.key not in known]
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._rows += fresh
            self._numbers += [next(self._next) for _ in fresh]
            self.endInsertRows()
        self._sort([row.key for row in rows])
        changed = [number for number, row in enumerate(rows) if self._rows[number] != row]
        inner = [number for number in changed if self._change(number, rows[number])]
        # As few messages as can be: a view asks for every cell of each.
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
        for number in inner:
            self._tell_children(number)

    def change(self, row: TreeRow) -> None:
        """One row, if it is there, with its children."""
        number = self.place(row.key)
        if number is not None:
            self._change(number, row)
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))
            self._tell_children(number)

    def place(self, key: tuple[str, ...]) -> int | None:
        return next((number for number, row in enumerate(self._rows) if row.key == key), None)

    def top(self) -> tuple[TreeRow, ...]:
        return tuple(self._rows)

    def _sort(self, keys: list[tuple[str, ...]]) -> None:
        if [row.key for row in self._rows] == keys:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        place = {key: number for number, key in enumerate(keys)}
        moved = [place[row.key] for row in self._rows]
        order = sorted(range(len(self._rows)), key=lambda number: moved[number])
        self._rows = [self._rows[number] for number in order]
        self._numbers = [self._numbers[number] for number in order]
        after = [
            index if index.internalId() else self.createIndex(moved[index.row()], index.column(), 0)
            for index in before
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _change(self, number: int, row: TreeRow) -> bool:
        """Put ``row`` there and tell of children that come or go; whether any that stays is another now."""
        old = self._rows[number]
        parent = self.index(number, 0)
        few, many = len(old.children), len(row.children)
        if many < few:
            self.beginRemoveRows(parent, many, few - 1)
            self._rows[number] = row
            self.endRemoveRows()
        elif many > few:
            self.beginInsertRows(parent, few, many - 1)
            self._rows[number] = row
            self.endInsertRows()
        else:
            self._rows[number] = row
        shared = min(few, many)
        return old.children[:shared] != row.children[:shared]

    def _tell_children(self, number: int) -> None:
        parent = self.index(number, 0)
        count = self.rowCount(parent)
        if count:
            self.dataChanged.emit(self.index(0, 0, parent), self.index(count - 1, len(Column) - 1, parent))

    def row(self, index: Index) -> TreeRow:
        if not index.internalId():
            return self._rows[index.row()]
        return self._rows[self._numbers.index(index.internalId())].children[index.row()]

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._numbers[parent.row()] if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        number = index.internalId() if index.isValid() else 0
        if not number or number not in self._numbers:
            return QModelIndex()
        return self.createIndex(self._numbers.index(number), 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._rows)
        return 0 if parent.internalId() or parent.column() else len(self._rows[parent.row()].children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return row.sentence
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.text(index.column())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and index.column() == 0:
            return row.tip.replace("\n", ". ")
        if role == Qt.ItemDataRole.ToolTipRole:
            whole = row.details.replace("<", "‹") if index.column() == Column.DETAILS else ""
            return tip("\n".join(filter(None, (whole, row.tip)))) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        return tr(TIPS[section]) if role == Qt.ItemDataRole.ToolTipRole else None


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as runs, each by its first and last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
