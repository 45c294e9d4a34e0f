"""Breakdown page: what any stretch of days was used for, grouped, filtered, sorted, and down to single sessions.

Owns what is asked and when it is asked again. Does not own the table or the detail (gui/widgets) nor the sums
(insight/breakdown.py): answers come back through :meth:`BreakdownPage.show_answer`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, cast

from msgspec.structs import replace
from PySide6.QtCore import QDate, QElapsedTimer, QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QWidget,
)

from tokenwatch.base.clock import day_of, month_of
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui import commands
from tokenwatch.gui.widgets.breakdown_detail import BreakdownDetail
from tokenwatch.gui.widgets.breakdown_rows import as_file, counted
from tokenwatch.gui.widgets.breakdown_table import BreakdownTable
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.card import Card, CardHead
from tokenwatch.gui.widgets.choice_button import ChoiceButton
from tokenwatch.gui.widgets.key_names import key_name
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.message import Message
from tokenwatch.gui.widgets.page import MARGIN, Page, Panel
from tokenwatch.gui.widgets.search_field import SearchField
from tokenwatch.gui.widgets.segments import Segments
from tokenwatch.gui.widgets.short_numbers import money_short
from tokenwatch.gui.words import MONTHS
from tokenwatch.insight.breakdown import Breakdown, Detail, Key, Paid, Question

_STACKED_BELOW: Final = 800
"""Page width below which the filters stand below the groups."""

_LEAST: Final = 460
_EVERY_MS: Final = 5_000
"""While tokens flow, the rows follow no more often than this."""

_SPANS: Final = (
    ("month", mark("This month")),
    ("before", mark("Last month")),
    ("7", mark("Last 7 days")),
    ("30", mark("Last 30 days")),
    ("year", mark("This year")),
    ("all", mark("All days")),
    ("own", mark("From … to …")),
)
_KEYS: Final[tuple[tuple[Key, str], ...]] = (
    ("project", mark("Project")),
    ("model", mark("Model")),
    ("agent", mark("Agent")),
    ("session", mark("Session")),
    ("day", mark("Day")),
)


def span_of(choice: str, today: date, start: int = 1) -> tuple[date | None, date | None]:
    """First and last day of a choice of :data:`_SPANS`; months begin on the day ``start``."""
    month = month_of(today, start)
    if choice == "before":
        before = month_of(month.first - timedelta(days=1), start)
        return before.first, before.last
    if choice in ("7", "30"):
        return today - timedelta(days=int(choice) - 1), today
    if choice == "year":
        return today.replace(month=1, day=1), today
    if choice == "all":
        return None, today
    return month.first, today


class BreakdownPage(Page):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Breakdown"))
        self.question = Question()
        self._settings = Settings()
        self._today: date | None = None
        self._start = 1
        self._used = -1
        """The month's tokens when it was last asked."""
        self._hidden = False
        self._since_asked = QElapsedTimer()
        self.span = ChoiceButton(look, [(choice, tr(words)) for choice, words in _SPANS])
        self.span.chosen.connect(self._choose_span)
        self.save = Button(look, tr("Export CSV"), icon="download")
        self.save.setToolTip(tr("Save the rows shown as a file ({keys})", keys=key_name("Ctrl+E")))
        self.save.clicked.connect(self.export)
        self.head.add(self.span)
        self.head.add(self.save)
        self.keys = Segments(look, [(key, tr(words)) for key, words in _KEYS], tr("Group by"))
        self.keys.chosen.connect(lambda key: self._ask_again(by=cast("Key", key)))
        self.agent = ChoiceButton(look, [("", tr("any"))], label=tr("Agent"), icon="filter")
        self.agent.chosen.connect(lambda agent: self._ask_again(agents=(agent,) if agent else ()))
        paid = (("any", tr("any")), ("metered", tr("by use")), ("plan", tr("in a plan")))
        self.paid = ChoiceButton(look, paid, label=tr("Billing"))
        self.paid.chosen.connect(lambda paid: self._ask_again(paid=cast("Paid", paid)))
        self.search = SearchField(look, _search_words("project"))
        self.search.textChanged.connect(self._search)
        self.table = BreakdownTable(look)
        self.table.row_chosen.connect(self._choose_row)
        self.table_card = Card(look, self.table, pad=0)
        self.nothing = Message(look)
        self.nothing_card = Card(look, self.nothing, pad=0)
        self.detail = BreakdownDetail(look)
        self.detail_head = CardHead(look, "")
        self.copy = Button(look, tr("Copy path"), icon="copy")
        self.copy.clicked.connect(self._copy_path)
        self.why = Button(look, tr("Where it comes from"), icon="find")
        self.why.clicked.connect(self._explain_row)
        self.budget = Button(look, tr("Set a budget…"))
        self.budget.clicked.connect(self._set_budget)
        deeds = QWidget()
        row = QHBoxLayout(deeds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.why)
        row.addWidget(self.copy)
        row.addWidget(self.budget)
        self.detail_card = Card(look, self.detail, self.detail_head, deeds)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.setSpacing(4)
        self._bar.addWidget(self.keys)
        self._bar.addStretch(1)
        self._filters = filters = QHBoxLayout()
        filters.setSpacing(2)
        for part in (self.agent, self.paid, self.search):
            if part is self.search:
                filters.addSpacing(3)  # a field has no room for a focus ring around it, as buttons have
            filters.addWidget(part)
        filters.addStretch(0)
        self._bar.addLayout(filters)
        self.column.addLayout(self._bar)
        self.column.addWidget(self.nothing_card)
        self.column.addWidget(self.table_card, 1)
        self.column.addWidget(self.detail_card)
        self.column.addStretch(0)
        self.nothing.say(tr("Reading the ledger"), tr("The rows appear in a moment."))
        self._show_parts(rows=False)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        today = day_of(snapshot.figures.at, self.look.zone)
        used = snapshot.figures.month.tokens if snapshot.figures.month is not None else -1
        self.agent.offer([("", tr("any")), *((agent, name) for agent, name, _ in self._known(snapshot))])
        start = snapshot.figures.month.first.day if snapshot.figures.month is not None else self._start
        if (today, start) != (self._today, self._start):
            self._today, self._start = today, start
            self._choose_span(self.span.value() if self.span.value() != "own" else "month")
        elif self.look.hidden != self._hidden or (
            used != self._used and (not self._since_asked.isValid() or self._since_asked.elapsed() >= _EVERY_MS)
        ):
            self._ask()
        self._used, self._hidden = used, self.look.hidden

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings

    def resizeEvent(self, event: QResizeEvent) -> None:
        least = self.keys.sizeHint().width() + self._filters.minimumSize().width() + 2 * MARGIN + 8
        narrow = self.width() < max(least, self.look.px(_STACKED_BELOW))
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._bar.direction() != way:
            self._bar.setDirection(way)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(_LEAST), super().minimumSizeHint().height())

    def show_answer(self, answer: object) -> None:
        if isinstance(answer, Breakdown) and answer.question == self.question:
            self._show_breakdown(answer)
        elif isinstance(answer, Detail) and (answer.question, answer.key) == (self.question, self.table.chosen()):
            self.detail.show_detail(answer)

    def show_failure(self, why: str) -> None:
        self.nothing.say(tr("The ledger cannot be read now"), why, "problem")
        self._show_parts(rows=False)

    def begin_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def export(self) -> None:
        found = self.table.found()
        if found is not None and self.table.model.lines:
            name = f"tokenwatch-{found.question.by}-{found.since}-{found.until}.csv"
            self.export_wanted.emit(name, as_file(self.table.model.lines, found))

    # What is asked

    def _choose_span(self, choice: str) -> None:
        if self._today is None:
            return
        if choice == "own":
            dialog = SpanDialog(
                self.look, self.question.since or self._today, self.question.until or self._today, self
            )
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self._use_span("own", *dialog.span()))
            dialog.rejected.connect(self._name_span)
            dialog.open()
        else:
            self._use_span(choice, *span_of(choice, self._today, self._start))

    def _use_span(self, choice: str, since: date | None, until: date | None) -> None:
        self.span.choose(choice)
        self._ask_again(since=since, until=until)
        self._name_span()

    def _name_span(self) -> None:
        self.span.choose(self.span.value(), span_words(self.question.since, self.question.until))

    def _ask_again(self, **changes: object) -> None:
        before = self.question
        self.question = replace(self.question, **changes)
        if before.by != self.question.by:
            self.search.setPlaceholderText(_search_words(self.question.by))
        self._ask()

    def _ask(self) -> None:
        if self._today is not None:
            self._since_asked.start()
            self.asked.emit(self.question, None)

    def _choose_row(self, key: str) -> None:
        self.detail.show_detail(None)
        self._head_detail()
        if self.table.model.place(key) is not None:
            self.asked.emit(self.question, key)

    def _search(self, text: str) -> None:
        self.table.look_for(text)

    # What is shown

    def _show_breakdown(self, found: Breakdown) -> None:
        self._show_parts(rows=bool(found.rows))
        if not found.rows:
            self.nothing.say(tr("Nothing was used in these days"), tr("Choose other days, or fewer filters."))
            return
        before = self.table.chosen()
        self.table.show_breakdown(found)
        self.table_card.setMaximumHeight(self.table.sizeHint().height() + 2)
        self._head_detail()
        if self.table.chosen() == before:
            self.asked.emit(self.question, before)
        if self.span.value() != "own" or found.since is not None:
            self._name_span()

    def _head_detail(self) -> None:
        number = self.table.model.place(self.table.chosen())
        by = self.question.by
        if number is None:
            self.detail_head.say("", "", ())
            return
        line = self.table.model.lines[number]
        cost = money_short(line.row.listed, self.look.numerals)
        note = f"{counted(line.row.sessions, 'session')} · " + tr("{cost} at API prices", cost=cost)
        if line.row.covered:
            note += ", " + (tr("all inside plans") if not line.row.metered else tr("part of it inside plans"))
        self.detail_head.say(line.name, note, ())
        self.why.setVisible(self.question.paid == "any")
        subject = by == "agent" or (by in ("project", "session") and bool(self._path()))
        self.budget.setVisible(subject and not self.look.hidden)
        self.copy.setVisible(by in ("project", "session") and bool(self._path()) and not self.look.hidden)

    def _show_parts(self, *, rows: bool) -> None:
        self.table_card.setVisible(rows)
        self.detail_card.setVisible(rows)
        self.nothing_card.setVisible(not rows)
        self.save.setEnabled(rows)

    def _path(self) -> str:
        number = self.table.model.place(self.table.chosen())
        if number is None:
            return ""
        row = self.table.model.lines[number].row
        return row.key if self.question.by == "project" else row.project

    def _explain_row(self) -> None:
        """Of the row that is chosen, in the same days."""
        from tokenwatch.insight.explain import why_of_row

        number = self.table.model.place(self.table.chosen())
        if number is not None:
            self.explain(why_of_row(self.question, self.table.model.lines[number].row))

    def _set_budget(self) -> None:
        """For the project or the agent of the row that is chosen."""
        from tokenwatch.gui.widgets.budget_dialog import BudgetDialog

        by_agent = self.question.by == "agent"
        dialog = BudgetDialog(
            self.look,
            self._settings,
            [choice for choice in self.agent.choices() if choice[0]],
            lambda new: self.command.emit(commands.SETTINGS, new),
            project="" if by_agent else self._path(),
            agent=self.table.chosen() if by_agent else "",
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _copy_path(self) -> None:
        QGuiApplication.clipboard().setText(self._path())

    def _known(self, snapshot: Snapshot) -> tuple[tuple[str, str, str], ...]:
        """Agents of which anything was ever read, as far as the snapshot tells."""
        month = snapshot.figures.month
        used = {agent for day in (month.days if month else ()) for agent, _ in day.by_agent_tokens}
        found = self.table.found()
        used |= {agent for row in (found.rows if found is not None else ()) for agent, _ in row.agents}
        return tuple(agent for agent in snapshot.agents if agent[0] in used)


class SpanDialog(QDialog):
    """From which day to which."""

    def __init__(self, look: Look, since: date, until: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Days to show"))
        self.since, self.until = QDateEdit(QDate(since.year, since.month, since.day)), QDateEdit()
        self.until.setDate(QDate(until.year, until.month, until.day))
        form = QFormLayout(self)
        for words, edit in ((tr("From"), self.since), (tr("To"), self.until)):
            edit.setCalendarPopup(True)
            edit.setFont(look.font(12.5))
            edit.setAccessibleName(words)
            form.addRow(words, edit)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def span(self) -> tuple[date, date]:
        """The days, the earlier one first."""
        days = [date(edit.date().year(), edit.date().month(), edit.date().day()) for edit in (self.since, self.until)]
        return min(days), max(days)


def _search_words(by: Key) -> str:
    return {
        "project": tr("Find a project"),
        "model": tr("Find a model"),
        "agent": tr("Find an agent"),
        "session": tr("Find a session"),
        "day": tr("Find a day"),
    }[by]


def span_words(since: date | None, until: date | None) -> str:
    """1–18 June, 28 May–18 June, June 2026 ..., or All days."""
    if since is None or until is None:
        return tr("All days")
    first, last = tr(MONTHS[since.month - 1]), tr(MONTHS[until.month - 1])
    if since.year != until.year:
        begin = tr("{day} {month}", day=since.day, month=f"{first} {since.year}")
        return f"{begin}–{tr('{day} {month}', day=until.day, month=f'{last} {until.year}')}"
    if since.month != until.month:
        begin, end = ((tr("{day} {month}", day=day.day, month=name)) for day, name in ((since, first), (until, last)))
        return f"{begin}–{end}"
    if since == until:
        return tr("{day} {month}", day=since.day, month=first)
    return tr("{first}–{last} {month}", first=since.day, last=until.day, month=first)


PANEL = Panel("breakdown", mark("Breakdown"), 30, BreakdownPage, "breakdown")
