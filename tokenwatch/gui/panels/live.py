"""Live page: what runs now, how fast, and who worked when in the last hours.

Owns which parts stand on the page in which state, and how they share its height. Does not own the parts
(gui/widgets) or the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tokenwatch.base.session import Session
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.widgets.away_card import AwayCard
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.card import Card, CardHead
from tokenwatch.gui.widgets.first_run import FirstRun
from tokenwatch.gui.widgets.headline import HeadlineStrip
from tokenwatch.gui.widgets.key_names import key_name
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.lost_agents import LostAgents, lost_agents
from tokenwatch.gui.widgets.message import Message
from tokenwatch.gui.widgets.page import GAP, MARGIN, TOP, Page, Panel
from tokenwatch.gui.widgets.rate_chart import RateChart, span_words
from tokenwatch.gui.widgets.segments import Segments
from tokenwatch.gui.widgets.session_table import SessionTable
from tokenwatch.gui.widgets.session_text import last_words
from tokenwatch.gui.widgets.start_card import StartCard
from tokenwatch.gui.widgets.three_numbers import live_cells
from tokenwatch.gui.words import OWN_PARTS, troubles

_AGENTS: Final = 0
_RATE: Final = 1
"""Places of headlines, as of ``live_cells``, of which the last is the month."""

_MOST_LANES: Final = 5
_WHOLE_ROWS: Final = 7
_ROW: Final = 26
"""So many rows, and how tall one is, are shown of a table below a notice."""
_FEW_LANES: Final = 2
"""How many lanes the chart may ask room for, with and without a table that needs it."""


class LivePage(Page):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Live"))
        self.refresh = Button(look, tr("Look again"), icon="refresh")
        self.refresh.setToolTip(tr("Read all logs again now (F5)"))
        self.refresh.clicked.connect(self.refresh_requested)
        self.pause = Button(look, tr("Pause"), icon="pause")
        self.pause.setToolTip(tr("Stop watching until you resume ({keys})", keys=key_name("Ctrl+P")))
        self.pause.clicked.connect(self.pause_toggled)
        self.head.add(self.refresh)
        self.head.add(self.pause)
        self.headlines = HeadlineStrip(look, 24, framed=True)
        self.headlines.opened.connect(self._explain_number)
        self.table = SessionTable(look)
        self.table.actions_menu.why_wanted.connect(self._explain_session)
        self.lost = LostAgents(look)
        agents = QWidget()
        below = QVBoxLayout(agents)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.table, 1)
        below.addWidget(self.lost)
        self.table_card = Card(look, agents, pad=0)
        self.nothing = Message(look)
        self.nothing_card = Card(look, self.nothing, pad=0)
        self.resume = Button(look, tr("Resume"), kind="primary")
        self.resume.clicked.connect(self.pause_toggled)
        self.paused = Message(look, buttons=(self.resume,))
        self.paused_card = Card(look, self.paused, pad=0)
        self.chart = RateChart(look)
        self.span = Segments(look, (("60", "1 h"), ("360", "6 h"), ("1440", "24 h")), tr("Time shown"))
        self.span.chosen.connect(self._span_chosen)
        self.chart_head = CardHead(look, tr("Last hour"))
        self.chart_card = Card(look, self.chart, self.chart_head, self.span)
        self.first_run = FirstRun(look)
        self.first_run.asked.connect(self.refresh_requested)
        self.first_run.sample_wanted.connect(self.sample_wanted)
        self.first_run.folder_wanted.connect(self.sources_wanted)
        self._snapshot: Snapshot | None = None
        self._cache_reads = False
        """Whether they count into the token rate."""
        self._cards = (self.table_card, self.nothing_card, self.paused_card)
        self.start = StartCard(look)
        self.start.entered.connect(self._start_entered)
        self.start.declined.connect(lambda: self._start_entered(None, "", 0))
        self.start.hide()
        self._offers = False
        self.away = AwayCard(look)
        self.column.addWidget(self.start)
        self.column.addWidget(self.away)
        for part in (self.headlines, *self._cards):
            self.column.addWidget(part)
        self.column.addWidget(self.chart_card, 1)
        self.column.addWidget(self.first_run, 1)
        _show((*self._cards, self.first_run), None)
        self.table.expanded.connect(self._share_height)
        self.table.collapsed.connect(self._share_height)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        figures, look = snapshot.figures, self.look
        paused = snapshot.paused_since
        self.head.say(look.day_and_clock(figures.at))
        self.pause.set_face(tr("Pause") if paused is None else tr("Resume"), "pause" if paused is None else "resume")
        first = _first_run(snapshot)
        for part in (self.headlines, self.chart_card, self.refresh, self.pause):
            part.setVisible(not first)
        self._offer(snapshot, first=first)
        self.away.show_away(None if first or paused is not None else figures.away)
        if first:
            self._show_first_run()
            return
        self.first_run.hide()
        self.headlines.set_cells(live_cells(snapshot, look))
        if paused is not None:
            since = look.when(paused, figures.at)
            self.paused.say(
                tr("Paused since {since}", since=since),
                tr("Logs written meanwhile are counted on resume. Nothing is lost."),
                "paused",
            )
            _show(self._cards, self.paused_card)
        elif figures.sessions:
            self.table.show_sessions(figures.sessions, figures.at)
            self.lost.show_rows(lost_agents(snapshot, look))
            _show(self._cards, self.table_card)
        else:
            self.nothing.say(*self._nothing(snapshot))
            _show(self._cards, self.nothing_card)
        month = figures.month
        agents = [entry for entry in troubles(snapshot) if entry.part not in OWN_PARTS]
        lost = tuple((entry.part, entry.since) for entry in agents if entry.since is not None)
        self.chart.show_figures(figures, month.incomplete_since if month else None, lost)
        self._title_chart()
        self._share_height()

    def show_numbers(self, snapshot: Snapshot) -> None:
        if not self.headlines.isHidden() and not _first_run(snapshot):
            self._snapshot = snapshot
            self.headlines.set_cells(live_cells(snapshot, self.look))

    def show_looked_for(self, agents: Sequence[LookedFor]) -> None:
        self.first_run.show_agents(agents)

    def _explain_number(self, number: int) -> None:
        """Agents and rate from the snapshot that is shown; spending is asked for, of today or of the month."""
        if self._snapshot is None:
            return
        if number in (_AGENTS, _RATE):
            self._explain_live(number, self._snapshot)
            return
        from tokenwatch.insight.explain import Why

        month = self._snapshot.figures.month
        if month is not None:
            first = month.first if number == len(self.headlines.cells()) - 1 else month.today
            self.explain(Why(first, month.today))

    def _explain_live(self, number: int, snapshot: Snapshot) -> None:
        from tokenwatch.gui.widgets.live_explanations import agents_table, rate_table

        if number == _AGENTS:
            table = agents_table(snapshot, self.look)
        else:
            table = rate_table(snapshot, self.look, cache_reads=self._cache_reads)
        if table is not None:
            self.show_table(table)

    def show_settings(self, settings: Settings) -> None:
        self._cache_reads = settings.count_cache_reads

    def _explain_session(self, session: Session) -> None:
        from tokenwatch.insight.explain import Why

        self.explain(Why(agent=session.agent, session=session.session))

    def offer_start(self, wanted: bool) -> None:
        self._offers = wanted
        if not wanted:
            self.start.hide()

    def _offer(self, snapshot: Snapshot, *, first: bool) -> None:
        month = snapshot.figures.month
        used = {agent for day in (month.days if month else ()) for agent, _ in day.by_agent_tokens}
        used |= {session.agent for session in snapshot.figures.sessions}
        self.start.offer([(agent, name) for agent, name, _ in snapshot.agents if agent in used])
        self.start.setVisible(self._offers and not first and bool(used) and not snapshot.sample)

    def _start_entered(self, budget: int | None, agent: str, fee: int) -> None:
        self.offer_start(False)
        self.started.emit(budget, agent, fee)

    def _show_first_run(self) -> None:
        self.look.know([(agent.id, agent.name, agent.letter) for agent in self.first_run.agents()])
        _show(self._cards, None)
        if self.first_run.isHidden():
            self.first_run.show()
            self.first_run.focus_button()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and self._snapshot is not None:
            self.show_snapshot(self._snapshot)
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_height()
        super().resizeEvent(event)

    def _share_height(self) -> None:
        """The table gets what it needs as far as the chart keeps its stack and a few lanes; then it scrolls."""
        holder = self.parentWidget()
        room = (holder.height() if holder is not None else self.height()) - self._others_height()
        frame = 2 + (self.lost.sizeHint().height() if not self.lost.isHidden() else 0)
        wanted = self.table.sizeHint().height() + frame if not self.table_card.isHidden() else 0
        around_chart = self.chart_card.sizeHint().height() - self.chart.sizeHint().height()
        few = 0 if not self.lost.isHidden() else _FEW_LANES  # a notice takes the room, and who works is in the table
        for lanes in range(_MOST_LANES, few - 1, -1):
            chart = self.chart.least_height(lanes) + around_chart
            if wanted + chart <= room:
                break
        self.chart.setMinimumHeight(chart - around_chart)
        # With a notice above, the page scrolls; a second thing that scrolls in it would be one too many.
        least = self.table.minimumSizeHint().height() + (0 if few else _WHOLE_ROWS * self.look.row(_ROW)) + frame
        tall = max(min(wanted, least), min(wanted, room - chart))
        if wanted and (self.table_card.minimumHeight(), self.table_card.maximumHeight()) != (tall, tall):
            self.table_card.setFixedHeight(tall)

    def _others_height(self) -> int:
        """What the page needs beside table and chart, gaps included."""
        taken = TOP + self.head.minimumHeight() + MARGIN
        for number in range(self.column.count()):
            item = self.column.itemAt(number)
            part = item.widget() if item is not None else None
            if part is not None and not part.isHidden():
                own = part not in (self.table_card, self.chart_card)
                taken += GAP + (part.sizeHint().height() if own else 0)
        return taken

    def _nothing(self, snapshot: Snapshot) -> tuple[str, str]:
        figures = snapshot.figures
        if figures.month is None:
            return tr("Reading logs"), tr("The first numbers appear in a few seconds.")
        if not figures.looked:
            return tr("Looking for agents"), tr("Those that run appear in a second.")
        if figures.last_session is not None:
            return tr("Nothing is running"), last_words(figures.last_session, figures.at, self.look)
        if troubles(snapshot):
            return tr("Nothing can be read now"), tr("TokenWatch tries again by itself. Agents may still be working.")
        return tr("Nothing is running"), tr("A session appears here as soon as an agent works.")

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
        note, legend = tr("tokens/min, and who was working"), self.chart.legend()
        if missing and month is not None and month.incomplete_since is not None:
            note = tr("the striped part is missing {agents}", agents=plain(", ".join(missing), 60))
            legend = ()  # what is missing has to be said, and the tiles above have the colours
        self.chart_head.say(span_words(int(self.span.value())), note, legend)


def _first_run(snapshot: Snapshot) -> bool:
    """Whether no agent was ever seen here, and nothing but that stands in the way."""
    figures = snapshot.figures
    if (
        figures.month is None
        or not figures.looked
        or figures.sessions
        or figures.last_session is not None
        or figures.calendar
    ):
        return False
    if snapshot.sources:
        return False
    return not troubles(snapshot) and snapshot.paused_since is None and snapshot.progress is None


def _show(parts: tuple[QWidget, ...], only: QWidget | None) -> None:
    for part in parts:
        part.setVisible(part is only)


PANEL = Panel("live", mark("Live"), 10, LivePage, "live")
