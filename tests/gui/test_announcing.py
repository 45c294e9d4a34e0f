"""What a screen reader says by itself: who waits, a budget that is used up, logs that cannot be read."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from tests.gui import samples
from tokenwatch.base.snapshot import Alert, Urgency
from tokenwatch.gui.announcing import announce, announcements


def alert(rule: str, title: str, urgency: Urgency = Urgency.NORMAL) -> Alert:
    return Alert(f"{rule}/{title}", rule, title, "", urgency)


ALERTS = (
    alert("waiting", "mobile-app is waiting for you"),
    alert("budget", "Half the June budget used"),
    alert("budget", "June budget used up", Urgency.CRITICAL),
    alert("source-lost", "Claude Code’s logs cannot be read"),
    alert("rate-high", "Agents use $21 an hour"),
)
SAID = ("mobile-app is waiting for you", "June budget used up", "Claude Code’s logs cannot be read")


@pytest.fixture
def events(monkeypatch) -> list[QAccessibleEvent]:
    said: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(said.append))
    return said


def test_only_what_needs_a_person_is_said() -> None:
    assert announcements(replace(samples.usual(), new_alerts=ALERTS)) == SAID
    assert announcements(samples.usual()) == ()


def test_it_is_said_politely_and_once(qtbot, monkeypatch, events: list[QAccessibleEvent]) -> None:
    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    widget = QWidget()
    qtbot.addWidget(widget)
    announce(widget, replace(samples.usual(), new_alerts=ALERTS))
    assert len(events) == len(SAID)
    for event in events:
        assert isinstance(event, QAccessibleAnnouncementEvent)
        assert event.politeness() is QAccessible.AnnouncementPoliteness.Polite
    announce(widget, samples.usual())
    assert len(events) == len(SAID)


def test_without_a_screen_reader_nothing_is_said(qtbot, monkeypatch, events: list[QAccessibleEvent]) -> None:
    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: False))
    widget = QWidget()
    qtbot.addWidget(widget)
    announce(widget, replace(samples.usual(), new_alerts=ALERTS))
    assert events == []
