"""Limits page: one card per provider with its windows, and what was counted here beside the bill.

Owns which cards stand on the page. Does not own the cards (gui/widgets) or the figures.
"""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from tokenwatch.base.clock import day_of
from tokenwatch.base.limits import LimitWindow
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.limit_words import verdict
from tokenwatch.gui.widgets.bill_card import BillCard
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.card import Card, CardHead
from tokenwatch.gui.widgets.limit_card import LimitCard
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.message import Message
from tokenwatch.gui.widgets.page import Page, Panel
from tokenwatch.gui.widgets.text import Text
from tokenwatch.gui.widgets.without_windows import WithoutWindows
from tokenwatch.gui.words import updated

_WITH_WINDOWS = frozenset({"codex", "claude-code"})
_MOST_CARDS = 8
_NOTE = mark("read from the agents’ own logs, and from Claude Code’s status line if you switched that on")
_SHORT_NOTE = mark("read from the agents’ own logs")


class LimitsPage(Page):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Limits"))
        self.head.say(tr(_NOTE), tr(_SHORT_NOTE))
        self.latest = Text(look, "", px=12, ink="t2")
        self.latest.hide()
        self.head.add(self.latest)
        self.refresh = Button(look, tr("Look again"), icon="refresh")
        self.refresh.setToolTip(tr("Read all logs again now (F5)"))
        self.refresh.clicked.connect(self.refresh_requested)
        self.head.add(self.refresh)
        self.nothing = Message(look)
        self.nothing_card = Card(look, self.nothing, pad=0)
        self.others = WithoutWindows(look)
        self.others_card = Card(look, self.others, pad=0)
        self.bill = BillCard(look)
        self.bill_head = CardHead(look, tr("Checked against the bill"), tr("UTC days; nothing is made to fit"))
        self.bill_card = Card(look, self.bill, self.bill_head)
        for card in (self.nothing_card, self.others_card, self.bill_card):
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
            self.column.addWidget(card)
        self.column.addStretch(1)
        self._cards: dict[str, LimitCard] = {}
        self._now = 0
        self._settings = Settings()

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings

    def cards(self) -> dict[str, LimitCard]:
        """By provider, from the top."""
        return dict(self._cards)

    def prepare(self, snapshot: Snapshot) -> None:
        self.show_snapshot(snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        figures = snapshot.figures
        self._now = figures.at
        by_provider: dict[str, list[LimitWindow]] = {}
        for window in figures.limits:
            by_provider.setdefault(window.provider, []).append(window)
        # What needs a person first; else in the order of the figures.
        calm = {name: not verdict(tuple(windows), figures.at, self.look)[1] for name, windows in by_provider.items()}
        shown = sorted(by_provider, key=lambda name: calm[name])[:_MOST_CARDS]
        for provider in [name for name in self._cards if name not in shown]:
            self._drop(provider)
        for place, provider in enumerate(shown):
            if provider not in self._cards:
                self._add(provider)
            self._put(provider, place)
            card = self._cards[provider]
            card.show_windows(tuple(by_provider[provider]), figures.at, self._settings.billing_of(card.agent()).fee)
        newest = max((window.as_of for window in figures.limits if not window.estimated), default=None)
        self.latest.say("" if newest is None else updated(newest, figures.at))
        self.latest.setVisible(newest is not None)
        self.nothing_card.setVisible(not shown)
        if not shown:
            self.nothing.say(*_nothing(snapshot))
        used = _used(snapshot)
        others = [(agent, plain(name, 30)) for agent, name, _ in snapshot.agents if agent in used - _WITH_WINDOWS]
        self.others_card.setVisible(bool(others))
        self.others.show_agents(sorted(others, key=lambda entry: self.look.agent_order(entry[0]))[:_MOST_CARDS])
        self.bill.show_checks(figures.bills, figures.at)

    def _add(self, provider: str) -> None:
        card = LimitCard(self.look, provider)
        card.opened.connect(lambda: self._explain(card))
        self._cards[provider] = card
        self.column.insertWidget(self.column.indexOf(self.nothing_card) + 1, card)

    def _put(self, provider: str, place: int) -> None:
        """Where the card belongs among the others."""
        card, wanted = self._cards[provider], self.column.indexOf(self.nothing_card) + 1 + place
        if self.column.indexOf(card) != wanted:
            self.column.removeWidget(card)
            self.column.insertWidget(wanted, card)
        self._cards[provider] = self._cards.pop(provider)

    def _explain(self, card: LimitCard) -> None:
        """What was counted here since the longest window began, in whole days."""
        from tokenwatch.insight.explain import Why

        today = day_of(self._now, self.look.zone)
        begun = card.begun()
        self.explain(Why(today if begun is None else day_of(begun, self.look.zone), today, card.agent()))

    def _drop(self, provider: str) -> None:
        card = self._cards.pop(provider)
        self.column.removeWidget(card)
        card.hide()
        card.deleteLater()


def _nothing(snapshot: Snapshot) -> tuple[str, str]:
    if snapshot.figures.month is None:
        return tr("Reading logs"), tr("Limits appear in a few seconds, if any agent told of one.")
    return (
        tr("No limits are known"),
        tr(
            "Codex writes the limits of a plan into its logs. Claude Code tells them to its status line: "
            "Settings > Accounts can listen there. Where neither is, nothing is guessed."
        ),
    )


PANEL = Panel("limits", mark("Limits"), 40, LimitsPage, "limits")


def _used(snapshot: Snapshot) -> frozenset[str]:
    """The agents that are open now or used anything this month."""
    figures = snapshot.figures
    days = figures.month.days if figures.month is not None else ()
    used = {agent for day in days for agent, _ in day.by_agent_tokens}
    return frozenset(used | {session.agent for session in figures.sessions})
