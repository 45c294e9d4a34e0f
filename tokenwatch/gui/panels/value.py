"""Value page: what a month gave for its money - plans against list prices, how tokens were used, and what if.

Owns which month is shown and when it is asked for again. Does not own the sums (insight/value.py), the words
(value_words.py) or the charts (gui/widgets).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QElapsedTimer, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.base.clock import month_beside
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month, Snapshot
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.value_words import (
    CARE,
    MOST_PLANS,
    plan_title,
    summary,
    times_words,
    use_cells,
    value_cells,
    what_if_lines,
)
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.card import Card, CardHead, LegendEntry
from tokenwatch.gui.widgets.headline import Headline, HeadlineStrip
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.message import Message
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.month_stepper import MonthStepper
from tokenwatch.gui.widgets.page import GAP, Page, Panel
from tokenwatch.gui.widgets.payback_chart import PaybackChart
from tokenwatch.gui.widgets.text import Text
from tokenwatch.gui.widgets.three_numbers import UNKNOWN
from tokenwatch.gui.widgets.what_if import WhatIf
from tokenwatch.gui.words import month_name
from tokenwatch.insight.explain import Why
from tokenwatch.insight.value import PlanValue, Value, Worth

_STACKED_BELOW: Final = 640
"""Page width below which cards stand below each other."""

_PAIR: Final = 2
_EVERY_MS: Final = 5_000
"""So often at most the present month is asked for again while it changes."""


class ValuePage(Page):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Value"))
        self.stepper = MonthStepper(look)
        self.stepper.stepped.connect(self._stepped)
        self.copy = Button(look, tr("Copy summary"), icon="copy")
        self.copy.clicked.connect(self.export)
        self.head.add(self.stepper)
        self.head.add(self.copy)
        self.head.say(tr("is it worth it?"))
        self.headlines = HeadlineStrip(look, 24, framed=True)
        self.headlines.opened.connect(lambda _: self._explain())
        self.nothing = Message(look)
        self.nothing_card = Card(look, self.nothing, pad=0)
        self.nothing_card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.plans = [_PlanCard(look) for _ in range(MOST_PLANS)]
        self.uses = HeadlineStrip(look, 20, framed=True)
        self.uses.opened.connect(lambda _: self.page_wanted.emit("breakdown"))
        self.what_if = WhatIf(look)
        self.what_if_head = CardHead(look, tr("What if"))
        self.what_if_card = Card(look, self.what_if, self.what_if_head, pad=0)
        care = Card(look, _Care(look), CardHead(look, tr("Read these with care")))
        self._pairs = [_Row(*self.plans[first : first + _PAIR]) for first in range(0, MOST_PLANS, _PAIR)]
        self._below = _Row(self.what_if_card, care)
        self._rows = [*self._pairs, self._below]
        self._space = QWidget()
        """In the place of all that is not there while nothing is known."""
        self.column.addWidget(self.headlines)
        self.column.addWidget(self.nothing_card)
        for pair in self._pairs:
            self.column.addWidget(pair, 5)
        self.column.addWidget(self.uses)
        self.column.addWidget(self._below, 4)
        self.column.addWidget(self._space, 1)
        self._current: Month | None = None
        self._viewed: date | None = None
        """The first day of the past month to show; None for the present one."""
        self._value: Value | None = None
        self._settings: Settings | None = None
        self._asked_for: object = None
        self._since_asked = QElapsedTimer()
        self._show()

    def show_settings(self, settings: Settings) -> None:
        changed = settings != self._settings
        self._settings = settings
        if changed and self._current is not None:
            self._ask()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        month = self._current = snapshot.figures.month
        if month is not None:
            due = not self._since_asked.isValid() or self._since_asked.elapsed() >= _EVERY_MS
            facts = (month.first, month.today, month.listed)
            if self._viewed is None and due and facts != self._asked_for:
                self._asked_for = facts
                self._ask()
        self._show()

    def show_answer(self, answer: object) -> None:
        if isinstance(answer, Value) and answer.first == self._wanted():
            self._value = answer
            self._show()

    def export(self) -> None:
        """The summary, to the clipboard."""
        found = self.shown()
        if found is not None and found.known:
            QGuiApplication.clipboard().setText(summary(found, self.look))

    def shown(self) -> Value | None:
        """What is on the page; None while it is awaited."""
        found = self._value
        return found if found is not None and found.first == self._wanted() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < self.look.px(_STACKED_BELOW)
        for row in self._rows:
            row.stack(narrow)
        super().resizeEvent(event)

    def _wanted(self) -> date | None:
        return self._viewed or (self._current.first if self._current is not None else None)

    def _ask(self) -> None:
        first = self._wanted()
        if first is not None:
            self._since_asked.start()
            self.asked.emit(Worth(first), None)

    def _stepped(self, months: int) -> None:
        current = self._current
        if current is None:
            return
        first = month_beside(self._viewed or current.first, months).first
        self._viewed = first if first < current.first else None
        self._ask()
        self._show()

    def _explain(self) -> None:
        found = self.shown()
        if found is not None and found.known:
            self.explain(Why(found.first, min(found.last, found.today)))

    def _show(self) -> None:
        found, first = self.shown(), self._wanted()
        past = self._viewed is not None
        missing = not past and self._current is not None and self._current.incomplete_since is not None
        self.stepper.show_month(first, newest=not past)
        known = found is not None and found.known
        self.copy.setEnabled(known)
        if found is None or not known:
            labels = (tr("You pay, so far"), tr("Same work at API prices"), tr("You get"), tr("Plans alone"))
            self.headlines.set_cells([Headline(label, UNKNOWN, ink="t2") for label in labels])
        else:
            self.headlines.set_cells(value_cells(found, self.look, past=past, missing=missing))
        self._show_nothing(found)
        plans = found.plans[:MOST_PLANS] if found is not None else ()
        for number, card in enumerate(self.plans):
            card.setVisible(number < len(plans))
            if found is not None and number < len(plans):
                card.show_plan(plans[number], found)
        for number, pair in enumerate(self._pairs):
            pair.setVisible(number * _PAIR < len(plans))
        self.uses.setVisible(known)
        self._below.setVisible(known)
        self._space.setVisible(not known)
        self.what_if_head.say(
            tr("What if, for the whole of {month}", month=month_name(first)) if first is not None else tr("What if"),
            "", (),
        )  # fmt: skip
        outlook = found is not None and known and not past
        self.what_if_card.setVisible(outlook)
        if found is not None and known:
            self.uses.set_cells(use_cells(found, self.look))
            self.what_if.show_lines(what_if_lines(found, self.look))

    def _show_nothing(self, found: Value | None) -> None:
        self.nothing_card.setVisible(found is not None and not (found.known and found.plans))
        if found is None:
            return
        if not found.known:
            why = (
                tr("It is before the first log that was found.")
                if self._viewed is not None
                else tr("What is used is set against list prices here, as it comes.")
            )
            self.nothing.say(tr("Nothing is known of this month"), why)
        elif not found.plans:
            self.nothing.say(
                tr("No plan is set"),
                tr(
                    "What you pay is then what was used, at list prices. If you pay a flat fee, name it in "
                    "Settings > Plans & prices: what it gives for that is shown here, and since when it has paid for "
                    "itself."
                ),
            )


class _PlanCard(QWidget):
    """A plan's payback below its name and how many times its fee it gave."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.head = CardHead(look, "")
        self.chart = PaybackChart(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Card(look, self.chart, self.head))
        self.hide()

    def show_plan(self, plan: PlanValue, found: Value) -> None:
        entry = LegendEntry(times_words(plan, self._look), agent=plan.plan.agent)
        self.head.say(plan_title(plan, self._look), "", (entry,))
        self.chart.show_plan(plan, found.first, found.last)


class _Care(QWidget):
    """What is to be kept in mind, each with a dot before it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        for words in CARE:
            column.addWidget(_Point(look, tr(words)))
        column.addStretch(1)


class _Point(Text):
    def __init__(self, look: Look, words: str) -> None:
        super().__init__(look, words, px=12, ink="t2", most=6, indent=16)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("t2"))
        painter.drawEllipse(QPointF(5, self._look.px(9)), 2, 2)


class _Row(QWidget):
    """Cards beside each other, or below each other where it is narrow."""

    def __init__(self, *cards: QWidget) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP)
        for card in cards:
            self._box.addWidget(card, 1)

    def stack(self, narrow: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != way:
            self._box.setDirection(way)


PANEL = Panel("value", mark("Value"), 50, ValuePage, "value")
