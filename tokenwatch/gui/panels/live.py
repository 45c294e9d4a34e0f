"""Live page: what runs now, how fast, and who worked when in the last hours.

Owns which parts stand on the page in which state. Does not own the parts (gui/widgets) or the figures.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.text import plain
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.card import Card, CardHead
from tokenwatch.gui.widgets.first_run import FirstRun
from tokenwatch.gui.widgets.headline import HeadlineStrip
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.message import Message
from tokenwatch.gui.widgets.page import Page, Panel
from tokenwatch.gui.widgets.rate_chart import RateChart
from tokenwatch.gui.widgets.segments import Segments
from tokenwatch.gui.widgets.session_table import SessionTable
from tokenwatch.gui.widgets.session_text import last_words
from tokenwatch.gui.widgets.three_numbers import live_cells
from tokenwatch.gui.words import OWN_PARTS, troubles

_PAGES = ("live", "live", "spend", "spend", "spend")


class LivePage(Page):
    def __init__(self, look: Look) -> None:
        super().__init__(look, "Live")
        self.refresh = Button(look, "Look again", icon="refresh")
        self.refresh.setToolTip("Read all logs again now (F5)")
        self.refresh.clicked.connect(self.refresh_requested)
        self.head.add(self.refresh)
        self.headlines = HeadlineStrip(look, 24, framed=True)
        self.headlines.opened.connect(lambda number: self.page_wanted.emit(_PAGES[number]))
        self.table = SessionTable(look)
        self.table_card = Card(look, self.table, pad=0)
        self.nothing = Message(look)
        self.nothing_card = Card(look, self.nothing, pad=0)
        self.chart = RateChart(look)
        self.span = Segments(look, (("60", "1 h"), ("180", "3 h")), "Time shown")
        self.span.chosen.connect(self._span_chosen)
        self.chart_head = CardHead(look, "Last hour")
        self.chart_card = Card(look, self.chart, self.chart_head, self.span)
        self.first_run = FirstRun(look)
        self.first_run.asked.connect(self.refresh_requested)
        self._snapshot: Snapshot | None = None
        for part in (self.headlines, self.table_card, self.nothing_card):
            self.column.addWidget(part)
        self.column.addWidget(self.chart_card, 1)
        self.column.addWidget(self.first_run, 1)
        _show((self.table_card, self.nothing_card, self.first_run), None)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        figures = snapshot.figures
        self.head.say(self.look.day_and_clock(figures.at))
        first = not snapshot.sources and not figures.sessions and figures.month is not None
        first = first and not troubles(snapshot) and snapshot.paused_since is None and snapshot.progress is None
        self.first_run.setVisible(first)
        self.headlines.setVisible(not first)
        self.chart_card.setVisible(not first)
        if first:
            _show((self.table_card, self.nothing_card), None)
            return
        self.headlines.set_cells(live_cells(snapshot, self.look))
        listed = bool(figures.sessions) and snapshot.paused_since is None
        if listed:
            self.table.show_sessions(figures.sessions, figures.at)
        else:
            self.nothing.say(*self._nothing(snapshot))
        self.table_card.setMaximumHeight(self.table.sizeHint().height() + 14)
        _show((self.table_card, self.nothing_card), self.table_card if listed else self.nothing_card)
        month = figures.month
        self.chart.show_figures(figures, month.incomplete_since if month else None)
        self._title_chart()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and self._snapshot is not None:
            self.show_snapshot(self._snapshot)
        super().changeEvent(event)

    def _nothing(self, snapshot: Snapshot) -> tuple[str, str]:
        figures, look = snapshot.figures, self.look
        if snapshot.paused_since is not None:
            since = look.when(snapshot.paused_since, figures.at)
            return f"Paused since {since}", "Logs written meanwhile are counted on resume. Nothing is lost."
        if figures.month is None:
            return "Reading logs", "The first numbers appear in a few seconds."
        if figures.last_session is not None:
            return "Nothing is running", last_words(figures.last_session, figures.at, look)
        if troubles(snapshot):
            return "Nothing can be read now", "TokenWatch tries again by itself. Agents may still be working."
        return "Nothing is running", "A session appears here as soon as an agent works."

    def _span_chosen(self, minutes: str) -> None:
        self.chart.show_minutes(int(minutes))
        self._title_chart()

    def _title_chart(self) -> None:
        month = self._snapshot.figures.month if self._snapshot else None
        missing = [
            self.look.agent_name(entry.part)
            for entry in (troubles(self._snapshot) if self._snapshot else ())
            if entry.part not in OWN_PARTS
        ]
        note = "new tokens a minute, and who was working"
        if missing and month is not None and month.incomplete_since is not None:
            note = f"the striped part is missing {plain(', '.join(missing), 60)}"
        title = "Last hour" if self.span.value() == "60" else "Last 3 hours"
        self.chart_head.say(title, note, self.chart.legend())


def _show(parts: tuple[QWidget, ...], only: QWidget | None) -> None:
    for part in parts:
        part.setVisible(part is only)


PANEL = Panel("live", "Live", 10, LivePage, "live")
