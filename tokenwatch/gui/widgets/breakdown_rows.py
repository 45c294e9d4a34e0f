"""Breakdown rows: a breakdown as rows of texts, sorted and filtered, with totals that are those of the rows shown.

Owns the columns, their texts, the Qt model and the rows as a file. Does not own sums (insight/breakdown.py) or
painting (breakdown_table.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from typing import Final

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tokenwatch.base.format import shares, tokens, whole
from tokenwatch.base.money import to_dollars
from tokenwatch.base.text import plain, project_name
from tokenwatch.base.translation import mark, tr
from tokenwatch.base.usage import Tokens
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.session_text import short_model
from tokenwatch.gui.widgets.short_numbers import money_short
from tokenwatch.gui.widgets.tips import tip
from tokenwatch.insight.breakdown import Breakdown, Key, Row

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE: Final = Qt.ItemDataRole.UserRole


class Column(IntEnum):
    NAME = 0
    AGENTS = 1
    SESSIONS = 2
    NEW = 3
    CACHED = 4
    OUTPUT = 5
    LISTED = 6
    PAID = 7
    SHARE = 8


TITLES: Final = {
    Column.AGENTS: mark("Agents"),
    Column.SESSIONS: mark("Sessions"),
    Column.NEW: mark("New tokens"),
    Column.CACHED: mark("Cache reads"),
    Column.OUTPUT: mark("Output"),
    Column.LISTED: mark("At API prices"),
    Column.PAID: mark("You pay"),
    Column.SHARE: mark("Share"),
}
NAMES: Final[dict[Key, str]] = {
    "project": mark("Project"),
    "model": mark("Model"),
    "agent": mark("Agent"),
    "session": mark("Session"),
    "day": mark("Day"),
}
COUNTED: Final[dict[Key, tuple[str, str]]] = {
    "project": (mark("1 project"), mark("{count} projects")),
    "model": (mark("1 model"), mark("{count} models")),
    "agent": (mark("1 agent"), mark("{count} agents")),
    "session": (mark("1 session"), mark("{count} sessions")),
    "day": (mark("1 day"), mark("{count} days")),
}


class Line(msgspec.Struct, frozen=True):
    """One row's texts; ``row`` has its numbers. ``part`` is the length of its bar, 0..1, beside the largest row's."""

    row: Row
    name: str
    by: str
    listed: str
    paid: str
    share: str
    part: float

    def text(self, column: int, look: Look) -> str:
        row, numerals, about = self.row, look.numerals, about_of(self.row)
        return (
            self.name,
            ", ".join(look.agent_name(agent) for agent, _ in row.agents),
            whole(row.sessions, numerals),
            about + tokens(row.tokens.new, numerals),
            about + tokens(row.tokens.cache_read, numerals),
            about + tokens(row.tokens.output, numerals),
            self.listed,
            self.paid,
            self.share,
        )[column]

    def sentence(self, look: Look) -> str:
        """The row to be spoken or copied."""
        row = self.row
        said = tr(
            "{name}, {count} sessions, {tokens} new tokens, {listed} at API prices, you pay {paid}, {share}",
            name=self.name, count=row.sessions, tokens=tokens(row.tokens.new, look.numerals), listed=self.listed,
            paid=self.paid, share=self.share,
        )  # fmt: skip
        return ", ".join(filter(None, (said, estimated_words(row, look))))


def lines_of(found: Breakdown, look: Look) -> tuple[Line, ...]:
    """All rows; shares have one decimal and add up to 100."""
    most = max((row.listed for row in found.rows), default=0)
    parts = shares([row.listed for row in found.rows], look.numerals)
    return tuple(
        Line(
            row,
            *name_of(row, found.question.by, look),
            listed_text(row, look),
            paid_text(row, look),
            share,
            row.listed / most if most else 0.0,
        )
        for row, share in zip(found.rows, parts, strict=True)
    )


def name_of(row: Row, by: Key, look: Look) -> tuple[str, str]:
    """A row's name for people, and a quieter word beside it."""
    if look.hidden and by in ("project", "session"):
        return tr("Hidden"), ""
    if by == "project":
        return plain(project_name(row.key), 80) or tr("unknown"), ""
    if by == "model":
        return short_model(row.key) or tr("unknown"), ""
    if by == "agent":
        return look.agent_name(row.key), ""
    if by == "session":
        return plain(project_name(row.project), 60) or tr("unknown"), plain(row.key, 12)
    day = date.fromisoformat(row.key)
    return f"{look.weekday(day)} {look.day(day)}", ""


def about_of(row: Row) -> str:
    """The sign of an estimate, if any of the row's counts are one."""
    return "~" if row.estimated else ""


def estimated_words(row: Row, look: Look) -> str:
    """How much of a row is an estimate; empty if it is exact."""
    if not row.estimated:
        return ""
    return tr(
        "{tokens} tokens of {count} requests are estimates",
        tokens=tokens(row.estimated_tokens, look.numerals),
        count=whole(row.estimated, look.numerals),
    )


def listed_text(row: Row, look: Look) -> str:
    """The listed cost; "≥" while a part has no price, and that alone if nothing has."""
    if row.unpriced and not row.listed:
        return tr("no price")
    return ("≥ " if row.unpriced else about_of(row)) + money_short(row.listed, look.numerals)


def paid_text(row: Row, look: Look) -> str:
    """What of it is paid by use; "in plan" if nothing is."""
    if row.covered and not row.metered:
        return tr("in plan")
    return ("≥ " if row.unpriced else about_of(row)) + money_short(row.metered, look.numerals)


def total_of(lines: Sequence[Line], found: Breakdown) -> Row:
    """The sum of the lines shown; of all of them it is the breakdown's own, in which no session counts twice."""
    if len(lines) == len(found.rows):
        return found.totals
    total = Row("")
    for line in lines:
        row = line.row
        total = replace(
            total,
            sessions=total.sessions + row.sessions,
            tokens=total.tokens + row.tokens,
            listed=total.listed + row.listed,
            metered=total.metered + row.metered,
            unpriced=total.unpriced + row.unpriced,
            covered=total.covered or row.covered,
            estimated=total.estimated + row.estimated,
            estimated_tokens=total.estimated_tokens + row.estimated_tokens,
        )
    return total


def counted(number: int, by: Key) -> str:
    """1 project, 8 projects."""
    one, many = COUNTED[by]
    return tr(one) if number == 1 else tr(many, count=number)


def as_file(lines: Sequence[Line], found: Breakdown) -> str:
    """The lines with every digit, as comma-separated values. The names of columns are the same in every language."""
    from tokenwatch.export.csv_file import csv_text

    titles = (
        found.question.by, "agents", "sessions", "new_tokens", "cache_read_tokens", "output_tokens",
        "at_api_prices_usd", "metered_usd", "requests_without_price", "estimated_requests", "estimated_tokens",
    )  # fmt: skip
    return csv_text(
        titles,
        [
            (
                line.row.key,
                " ".join(agent for agent, _ in line.row.agents),
                line.row.sessions,
                line.row.tokens.new,
                line.row.tokens.cache_read,
                line.row.tokens.output,
                f"{to_dollars(line.row.listed):f}",
                f"{to_dollars(line.row.metered):f}",
                line.row.unpriced,
                line.row.estimated,
                line.row.estimated_tokens,
            )
            for line in lines
        ],
    )


class BreakdownModel(QAbstractTableModel):
    """Lines as they are shown: sorted by one column, only those whose name holds what is looked for."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._all: tuple[Line, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self.sorted_by, self.falling = Column.LISTED, True
        self.wanted = ""
        self.by: Key = "project"

    def show(self, lines: Sequence[Line], by: Key) -> None:
        if tuple(lines) != self._all or by != self.by:
            self._all, self.by = tuple(lines), by
            self._arrange()

    def sort_by(self, column: Column) -> None:
        """Sort by a column: what is most first, names from the first letter; again turns it round."""
        again = column == self.sorted_by
        self.sorted_by = column
        self.falling = not self.falling if again else column not in (Column.NAME, Column.AGENTS)
        self._arrange()

    def look_for(self, text: str) -> None:
        if text != self.wanted:
            self.wanted = text
            self._arrange()

    def place(self, key: str) -> int | None:
        return next((number for number, line in enumerate(self.lines) if line.row.key == key), None)

    def _arrange(self) -> None:
        wanted = self.wanted.casefold().strip()
        kept = [line for line in self._all if wanted in f"{line.name} {line.by} {line.row.key}".casefold()]
        kept.sort(key=lambda line: line.row.key)
        kept.sort(key=lambda line: _sorting(line, self.sorted_by, self.by), reverse=self.falling)
        after = tuple(kept)
        if [line.row.key for line in after] == [line.row.key for line in self.lines]:
            self.lines = after
            if after:
                self.dataChanged.emit(self.index(0, 0), self.index(len(after) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self.lines = after
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.NAME:
            return line.sentence(self._look)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.text(index.column(), self._look)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == Column.NAME and not self._look.hidden:
            words = filter(None, (plain(line.row.key, 200), estimated_words(line.row, self._look)))
            return tip("\n".join(words)) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return title_of(Column(section), self.by)


def title_of(column: Column, by: Key) -> str:
    return tr(NAMES[by] if column is Column.NAME else TITLES[column])


def _sorting(line: Line, column: Column, by: Key) -> tuple[float, str]:
    row = line.row
    used: Tokens = row.tokens
    text = (row.key if by == "day" else line.name).casefold()
    numbers = {
        Column.SESSIONS: row.sessions,
        Column.NEW: used.new,
        Column.CACHED: used.cache_read,
        Column.OUTPUT: used.output,
        Column.LISTED: row.listed,
        Column.SHARE: row.listed,
        Column.PAID: row.metered,
    }
    if column is Column.AGENTS:
        return 0.0, " ".join(agent for agent, _ in row.agents)
    return (0.0, text) if column is Column.NAME else (float(numbers[column]), "")
