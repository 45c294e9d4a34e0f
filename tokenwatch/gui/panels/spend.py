"""Spend page: the month adding up with its forecast, cost per day, and tokens per day.

Owns which month is shown and in which prices. Does not own the charts (gui/widgets) or the figures; a past month is
asked for and comes back through :meth:`SpendPage.show_month`.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QSizePolicy

from tokenwatch.base.billing import Billing, Plan
from tokenwatch.base.clock import month_beside
from tokenwatch.base.format import money_set, percent
from tokenwatch.base.plan_table import suggestions
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import ForecastState, Month, Snapshot
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.base.zone import name_of
from tokenwatch.gui import commands
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.card import Card, CardHead, LegendEntry
from tokenwatch.gui.widgets.day_bars import DayBars
from tokenwatch.gui.widgets.headline import Headline, HeadlineStrip
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.month_chart import MonthChart
from tokenwatch.gui.widgets.month_stepper import MonthStepper
from tokenwatch.gui.widgets.page import GAP, Page, Panel
from tokenwatch.gui.widgets.price_dialog import PriceDialog
from tokenwatch.gui.widgets.segments import Segments
from tokenwatch.gui.widgets.spend_notes import (
    NoteLine,
    SpendNotes,
    budget_lines,
    estimated_lines,
    restated_lines,
    unpriced_lines,
)
from tokenwatch.gui.widgets.spend_numbers import listed_cells, paid_cells
from tokenwatch.gui.widgets.three_numbers import UNKNOWN
from tokenwatch.gui.widgets.token_calendar import TokenCalendar
from tokenwatch.insight.backtest import Backtest, HowGood
from tokenwatch.insight.explain import Why

_STACKED_BELOW = 640
"""Page width below which the two lower cards stand below each other."""


class SpendPage(Page):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Spend"))
        self.stepper = MonthStepper(look)
        self.stepper.stepped.connect(self._stepped)
        self.prices = Segments(look, (("paid", tr("What you pay")), ("listed", tr("At API prices"))), tr("Prices"))
        self.prices.chosen.connect(lambda _: self._show())
        self.export_button = Button(look, tr("Export"), icon="download")
        self.export_button.clicked.connect(self.export)
        self.head.add(self.stepper)
        self.head.add(self.prices)
        self.head.add(self.export_button)
        self.headlines = HeadlineStrip(look, 24, framed=True)
        self.chart = MonthChart(look)
        self.chart_head = CardHead(look, tr("This month, day by day"))
        self.bars = DayBars(look)
        self.bars_head = CardHead(look, tr("Per day, metered"))
        self.calendar = TokenCalendar(look)
        self.calendar_head = CardHead(look, tr("Tokens per day"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(GAP)
        self._row.addWidget(Card(look, self.bars, self.bars_head), 7)
        self._row.addWidget(Card(look, self.calendar, self.calendar_head), 4)
        self.notes = SpendNotes(look)
        self.notes.asked.connect(self._note_asked)
        self.notes_card = Card(look, self.notes, CardHead(look, tr("Budgets and prices")))
        self.notes_card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.notes_card.hide()
        self.headlines.opened.connect(lambda _: self._explain_month())
        self.bars.picked.connect(self._explain_day)
        self.chart.picked.connect(self._explain_day)
        self.column.addWidget(self.headlines)
        self.column.addWidget(Card(look, self.chart, self.chart_head), 5)
        self.column.addLayout(self._row, 4)
        self.column.addWidget(self.notes_card)
        self._current: Month | None = None
        self._viewed: date | None = None
        """The first day of the past month to show; None for the current one."""
        self._past: Month | None = None
        self._days: tuple[tuple[date, int], ...] = ()

        self._snapshot: Snapshot | None = None
        self._settings = Settings()
        self._tested: Backtest | None = None
        self._test_asked = False

    def show_settings(self, settings: Settings) -> None:
        changed = settings != self._settings
        self._settings = settings
        if changed and self._viewed is not None:
            self.month_wanted.emit(self._viewed)
        if self._snapshot is not None:
            self._show()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._current, self._days = snapshot.figures.month, snapshot.figures.calendar
        if not self._test_asked and self._current is not None:
            self._test_asked = True  # once a visit: it looks at every day of the past
            self.asked.emit(HowGood(), None)
        self._show()

    def show_answer(self, answer: object) -> None:
        if isinstance(answer, Backtest):
            self._tested = answer
            self._show()

    def want_price(self, model: str) -> None:
        dialog = PriceDialog(self.look, model, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.command.emit(commands.PRICE, dialog.given()))
        dialog.open()

    def export_menu(self) -> QMenu:
        """The formats; the caller shows it."""
        menu = QMenu(self)
        for words, end in ((tr("Comma-separated values"), "csv"), (tr("JSON"), "json")):
            menu.addAction(words).triggered.connect(lambda _=False, end=end: self._export(end))
        return menu

    def show_month(self, month: Month) -> None:
        if month.first == self._viewed:
            self._past = month
            self._show()

    def shown(self) -> Month | None:
        """The month on the page; None while it is awaited."""
        return self._current if self._viewed is None else self._past

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < self.look.px(_STACKED_BELOW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)
        super().resizeEvent(event)

    def export(self) -> None:
        self.export_menu().popup(self.export_button.mapToGlobal(QPoint(0, self.export_button.height())))

    def _export(self, end: str) -> None:
        month = self.shown()
        if month is not None:
            from tokenwatch.export.month_file import month_csv, month_json

            text = month_json(month) if end == "json" else month_csv(month)
            self.export_wanted.emit(f"tokenwatch-{month.label}.{end}", text)

    def _explain_month(self) -> None:
        month = self.shown()
        if month is not None:
            self.explain(Why(month.first, min(month.last, month.today)))

    def _explain_day(self, number: int) -> None:
        month = self.shown()
        if month is not None and 0 <= number < len(month.days):
            self.explain(Why(month.days[number].day, month.days[number].day))

    def _note_asked(self, what: str, about: str) -> None:
        if what == "price":
            self.want_price(about)
            return
        plan = next((each for each in self._suggested() if each.agent == about), None)
        if plan is None:
            return
        billing = dict(self._settings.billing)
        billing[about] = Billing("plan", plan.fee) if what == "plan" else Billing()
        self.command.emit(commands.SETTINGS, replace(self._settings, billing=tuple(sorted(billing.items()))))

    def _suggested(self) -> tuple[Plan, ...]:
        if self._snapshot is None:
            return ()
        settings = self._settings
        known = [account.partition("/")[0] for account, _ in settings.billing] + [row.agent for row in settings.plans]
        return suggestions(self._snapshot.figures.quotas, known)

    def _note_lines(self, month: Month | None) -> tuple[NoteLine, ...]:
        if self._snapshot is None:
            return ()
        figures, look = self._snapshot.figures, self.look
        lines = [*restated_lines(month, look)]
        if self._viewed is None:
            lines = [*budget_lines(figures.budgets, look), *unpriced_lines(figures.unpriced, look)]
            for plan in self._suggested():
                fee = money_set(plan.fee, look.numerals)
                agent = look.agent_name(plan.agent)
                text = tr("{agent} seems to run on {plan}, {fee} a month", agent=agent, plan=plan.name, fee=fee)
                yes, no = tr("Yes, count it"), tr("No, I pay by use")
                about = (("plan", plan.agent), ("metered", plan.agent))
                lines.append(NoteLine(text, link=yes, what=about[0], other=no, other_what=about[1]))
            lines += [
                NoteLine(tr("The fee of {plan} is not counted: no rate of {currency} is known",
                            plan=plain(plan.name or plan.agent, 40), currency=plan.currency), mark="waiting")
                for plan in self._settings.lanes().unconverted
            ]  # fmt: skip
        return (*lines, *estimated_lines(month, look))

    def _chart_note(self, listed: bool) -> str:
        if listed:
            return tr("at API prices, from the 1st")
        month = self.shown()
        if month is not None and month.forecast.state is ForecastState.PACE_CHANGED:
            return tr("adds up from the 1st; the pace changed this week, so the last days count more")
        tested = self._tested.all if self._tested is not None else None
        if tested is None or self._viewed is not None:
            return tr("adds up from the 1st")
        return tr("adds up from the 1st; past projections missed by {error}", error=percent(tested.error))

    def _stepped(self, months: int) -> None:
        if self._current is None:
            return
        first = month_beside(self._viewed or self._current.first, months).first
        self._past = None
        if first >= self._current.first:
            self._viewed = None
        else:
            self._viewed = first
            self.month_wanted.emit(first)
        self._show()

    def _zone_name(self) -> str:
        return self._settings.timezone or name_of(self.look.zone)

    def _show(self) -> None:
        month, current = self.shown(), self._current
        listed = self.prices.value() == "listed"
        past = self._viewed is not None
        self.stepper.show_month(self._viewed or (current.first if current else None), newest=not past)
        self.chart.show_month(month, listed=listed)
        self.bars.show_month(month, listed=listed)
        if current is not None:
            self.calendar.show_days(self._days, current.today, current)
        if month is None:
            labels = (tr("So far"), tr("Projected"), tr("Budget"), tr("Chance of going over"))
            self.headlines.set_cells([Headline(label, UNKNOWN, ink="t2") for label in labels])
        else:
            self.headlines.set_cells(
                listed_cells(month, self.look) if listed else paid_cells(month, self.look, past=past)
            )
        title = tr("The month, day by day") if past else tr("This month, day by day")
        self.chart_head.say(title, self._chart_note(listed), self.chart.legend())
        self.bars_head.say(tr("Per day, at API prices") if listed else tr("Per day, metered"), "", self.bars.legend())
        lines = self._note_lines(month)
        self.notes.show_lines(lines)
        self.notes_card.setVisible(bool(lines))
        self.head.say(tr("days begin in {zone}", zone=self._zone_name()))
        self.calendar_head.say(tr("Tokens per day"), "", (LegendEntry(tr("less"), "scale", value=tr("more")),))


PANEL = Panel("spend", mark("Spend"), 20, SpendPage, "spend")
