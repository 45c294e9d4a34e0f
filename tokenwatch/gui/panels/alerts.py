"""Alerts page: what holds now, the rules with their switches, and what was told before.

Owns what a person may change here: switches, snoozes, quiet hours. Does not own rules (alerts) or keeping any of it.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.alerts.rule import rules
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import AlertCounts, Snapshot
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui import commands
from tokenwatch.gui.widgets.alert_bar import AlertBar
from tokenwatch.gui.widgets.alert_list import AlertList
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.card import Card, CardHead
from tokenwatch.gui.widgets.choice_button import ChoiceButton
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.page import GAP, Page, Panel
from tokenwatch.gui.widgets.rule_rows import RuleLine, RuleRows
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.gui.widgets.text import Text

_STACKED_BELOW: Final = 760
_GROUPS: Final = (
    ("money", mark("Money")),
    ("agents", mark("Agents")),
    ("limits", mark("Limits and sources")),
)
_QUIET: Final = (
    ("", mark("off")),
    ("1200-480", mark("20:00–08:00")),
    ("1320-420", mark("22:00–07:00")),
    ("0-540", mark("00:00–09:00")),
)


class AlertsPage(Page):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Alerts"))
        self._settings = Settings()
        self._snapshot: Snapshot | None = None
        self.quiet = ChoiceButton(
            look, [(hours, tr(words)) for hours, words in _QUIET], label=tr("Quiet hours"), icon="moon"
        )
        self.quiet.chosen.connect(self._set_quiet)
        self.head.add(self.quiet)
        self.new = Button(look, tr("New rule"), icon="plus")
        self.new.setToolTip(tr("Tell me when a project, an agent or everything passes an amount"))
        self.new.clicked.connect(self._make_rule)
        self.head.add(self.new)
        self.bar = AlertBar(look)
        self.bar.snoozed.connect(self._snooze)
        self.rows = RuleRows(look, [(group, tr(title)) for group, title in _GROUPS])
        self.rows.switched.connect(self._switch)
        self.rows.woken.connect(lambda rule: self.command.emit(commands.SNOOZE, (rule, "")))
        self.notifications = Switch(look, tr("Notifications on the desktop"))
        self.notifications.clicked.connect(
            lambda on: self.command.emit(commands.SETTINGS, replace(self._settings, notifications=on))
        )
        self.test = Button(look, tr("Send a test"))
        self.test.clicked.connect(lambda: self.command.emit(commands.TEST, None))
        self.state = Text(look, "", ink="t2", px=11.5, most=2)
        self.read = Button(look, tr("Mark all read"), kind="link")
        self.read.clicked.connect(lambda: self.command.emit(commands.READ, None))
        self.list = AlertList(look)
        self.list.acted.connect(lambda verb, value: self.command.emit(commands.ACT, (verb, value)))
        self.list_head = CardHead(look, tr("History"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(GAP)
        self._row.addWidget(Card(look, self._rules_part(), pad=0), 3)
        self._row.addWidget(Card(look, self.list, self.list_head, side=self.read), 2)
        self.column.addWidget(self.bar)
        self.column.addLayout(self._row, 1)

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        hours = "" if settings.quiet is None else f"{settings.quiet[0]}-{settings.quiet[1]}"
        own = (
            "" if settings.quiet is None else "–".join(f"{part // 60:02d}:{part % 60:02d}" for part in settings.quiet)
        )
        self.quiet.choose(hours, "" if hours in dict(_QUIET) else own)
        self.notifications.setChecked(settings.notifications)
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def prepare(self, snapshot: Snapshot) -> None:
        self.show_snapshot(snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        active = {alert.rule for alert in snapshot.alerts}
        snoozed = dict(snapshot.snoozed)
        lines = []
        for rule in rules():
            until = max(snoozed.get(rule.id, 0), snoozed.get("", 0))
            figures, settings = snapshot.figures, self._settings
            line = RuleLine(
                id=rule.id,
                words=tr(rule.words),
                details=rule.details(figures, settings),
                stand="" if self.look.hidden else rule.stand(figures, settings),
                on=rule.id not in settings.alerts_off,
                active=rule.id in active,
                snoozed=self.look.when(until, figures.at) if until > figures.at else "",
            )
            lines.append((rule.group, line))
        order = [group for group, _ in _GROUPS]
        self.rows.show_lines(sorted(lines, key=lambda entry: order.index(entry[0])))
        self.bar.show_alerts(snapshot.alerts)
        muted = [thing for thing, until in snapshot.snoozed if until > snapshot.figures.at and "/" in thing]
        self.list.show_past(snapshot.past_alerts, snapshot.figures.at, muted)
        self.list_head.say(tr("History"), _counts_words(snapshot.alert_counts), ())
        self.read.setVisible(snapshot.unread > 0)
        why = next((entry.reason for entry in snapshot.health if entry.part == "notifications" and entry.reason), "")
        self.state.say(why or tr("on the desktop"), "warn" if why else "t2")

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < self.look.px(_STACKED_BELOW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)
        super().resizeEvent(event)

    def _rules_part(self) -> QWidget:
        part = QWidget()
        part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(0)
        column.addWidget(self.rows)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16 - self.notifications.outset, 6, 16 - self.test.outset, 0)
        foot.addWidget(self.notifications)
        foot.addWidget(Text(self.look, tr("Notifications"), weight=500))
        foot.addWidget(self.state, 1)
        foot.addWidget(self.test)
        column.addLayout(foot)
        return part

    def _switch(self, rule: str, on: bool) -> None:
        off = set(self._settings.alerts_off) - {rule}
        if not on:
            off.add(rule)
        self.command.emit(commands.SETTINGS, replace(self._settings, alerts_off=tuple(sorted(off))))

    def _snooze(self, span: str) -> None:
        if self._snapshot is not None:
            for rule in dict.fromkeys(alert.rule for alert in self._snapshot.alerts):
                self.command.emit(commands.SNOOZE, (rule, span))

    def _make_rule(self) -> None:
        from tokenwatch.gui.widgets.budget_dialog import BudgetDialog

        agents = [(agent, name) for agent, name, _ in (self._snapshot.agents if self._snapshot is not None else ())]
        dialog = BudgetDialog(
            self.look, self._settings, agents, lambda new: self.command.emit(commands.SETTINGS, new), parent=self
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _set_quiet(self, hours: str) -> None:
        begin, _, end = hours.partition("-")
        quiet = (int(begin), int(end)) if end else None
        self.command.emit(commands.SETTINGS, replace(self._settings, quiet=quiet))


PANEL = Panel("alerts", "Alerts", 60, AlertsPage, "snooze")


def _counts_words(counts: AlertCounts) -> str:
    """7 this month, 2 muted; nothing if there was none."""
    words = [tr("{count} this month", count=counts.begun)] if counts.begun else []
    if counts.muted:
        words.append(tr("{count} muted", count=counts.muted))
    return ", ".join(words)
