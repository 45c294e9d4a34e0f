"""Spend page: the month adding up with its forecast, cost per day, and tokens per day.

Owns which month is shown and in which prices. Does not own the charts (gui/widgets) or the figures; a past month is
asked for and comes back through :meth:`SpendPage.show_month`.
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from tokenwatch.base.snapshot import Month, Snapshot
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.card import Card, CardHead, LegendEntry
from tokenwatch.gui.widgets.day_bars import DayBars
from tokenwatch.gui.widgets.headline import Headline, HeadlineStrip
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.month_chart import MonthChart
from tokenwatch.gui.widgets.month_stepper import MonthStepper
from tokenwatch.gui.widgets.page import GAP, Page, Panel
from tokenwatch.gui.widgets.segments import Segments
from tokenwatch.gui.widgets.spend_numbers import listed_cells, paid_cells
from tokenwatch.gui.widgets.three_numbers import UNKNOWN
from tokenwatch.gui.widgets.token_calendar import TokenCalendar

_STACKED_BELOW = 640
"""Page width below which the two lower cards stand below each other."""


class SpendPage(Page):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Spend"))
        self.stepper = MonthStepper(look)
        self.stepper.stepped.connect(self._stepped)
        self.prices = Segments(look, (("paid", tr("What you pay")), ("listed", tr("At API prices"))), tr("Prices"))
        self.prices.chosen.connect(lambda _: self._show())
        self.head.add(self.stepper)
        self.head.add(self.prices)
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
        self.column.addWidget(self.headlines)
        self.column.addWidget(Card(look, self.chart, self.chart_head), 5)
        self.column.addLayout(self._row, 4)
        self._current: Month | None = None
        self._viewed: date | None = None
        """The first day of the past month to show; None for the current one."""
        self._past: Month | None = None
        self._days: tuple[tuple[date, int], ...] = ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._current, self._days = snapshot.figures.month, snapshot.figures.calendar
        self._show()

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

    def _stepped(self, months: int) -> None:
        if self._current is None:
            return
        first = _month_away(self._viewed or self._current.first, months)
        self._past = None
        if first >= self._current.first:
            self._viewed = None
        else:
            self._viewed = first
            self.month_wanted.emit(first)
        self._show()

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
        note = tr("at API prices, from the 1st") if listed else tr("adds up from the 1st")
        self.chart_head.say(
            tr("The month, day by day") if past else tr("This month, day by day"), note, self.chart.legend()
        )
        self.bars_head.say(tr("Per day, at API prices") if listed else tr("Per day, metered"), "", self.bars.legend())
        self.calendar_head.say(tr("Tokens per day"), "", (LegendEntry(tr("less"), "scale", value=tr("more")),))


def _month_away(first: date, months: int) -> date:
    """The first day of the month before or after."""
    if months < 0:
        return (first - timedelta(days=1)).replace(day=1)
    return (first + timedelta(days=32)).replace(day=1)


PANEL = Panel("spend", mark("Spend"), 20, SpendPage, "spend")
