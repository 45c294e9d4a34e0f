"""The window's navigation and its line of state."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui import samples
from tests.gui.faces import Paints, focus, picture, settle
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.snapshot import Rate, Snapshot
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.sidebar import NARROW, WIDE, Sidebar, StateLine
from tokenwatch.gui.window import panels


@pytest.fixture
def sidebar(qtbot, look: Look) -> Sidebar:
    sidebar = Sidebar(look, panels())
    qtbot.addWidget(sidebar)
    sidebar.resize(sidebar.width(), 500)
    sidebar.show()
    settle()
    return sidebar


def test_every_page_has_an_entry_with_its_key(sidebar: Sidebar) -> None:
    assert [item.accessibleName() for item in sidebar.items()] == [panel.title for panel in panels()]
    assert [item.toolTip() for item in sidebar.items()][:2] == ["Live (Ctrl+1)", "Spend (Ctrl+2)"]
    assert sidebar.settings.toolTip() == "Settings (Ctrl+,)"


def test_entries_are_told_when_chosen(qtbot, sidebar: Sidebar) -> None:
    with qtbot.waitSignal(sidebar.chosen) as signal:
        sidebar.items()[1].click()
    assert signal.args == ["spend"]
    with qtbot.waitSignal(sidebar.settings_requested):
        sidebar.settings.click()


def test_choosing_from_outside_is_not_told(qtbot, sidebar: Sidebar) -> None:
    with qtbot.assertNotEmitted(sidebar.chosen):
        sidebar.choose("spend")
        sidebar.choose("no such page")
    assert sidebar.items()[1].isChecked()
    assert not sidebar.items()[0].isChecked()


def test_arrow_keys_go_through_the_entries(sidebar: Sidebar) -> None:
    focus(sidebar.items()[0])
    QTest.keyClick(sidebar.items()[0], Qt.Key.Key_Up)
    assert sidebar.items()[0].hasFocus()
    for _ in range(10):
        QTest.keyClick(sidebar.focusWidget(), Qt.Key.Key_Down)
    assert sidebar.settings.hasFocus()


def test_badge_is_spoken(sidebar: Sidebar) -> None:
    sidebar.badge("live", "5")
    sidebar.badge("no such page", "5")
    assert sidebar.items()[0].accessibleName() == "Live, 5"
    sidebar.badge("live", "", "problem")
    assert sidebar.items()[0].accessibleName() == "Live"


@pytest.mark.parametrize("narrow", [False, True])
def test_both_widths_can_be_painted(sidebar: Sidebar, narrow: bool) -> None:
    sidebar.set_narrow(narrow)
    assert sidebar.width() == (NARROW if narrow else WIDE)
    for mark in ("", "problem"):
        sidebar.badge("live", "500", mark)  # type: ignore[arg-type]
        focus(sidebar.items()[0])
        assert not picture(sidebar).isNull()


@pytest.fixture
def state(qtbot, look: Look) -> StateLine:
    state = StateLine(look)
    qtbot.addWidget(state)
    return state


ONE = replace(samples.usual(), sources=1)
LONG_AGO = replace(
    samples.usual(),
    figures=replace(samples.usual().figures, rate=Rate(), last_event=samples.usual().figures.at - 486_000_000),
)  # nothing of it in the last hours
LEDGER = replace(samples.usual(), health=(Health("ledger", HealthState.FAILING, "no"),))


@pytest.mark.parametrize(
    ("snapshot", "first", "second"),
    [
        (samples.usual(), "Watching 4 sources", "Last event just now"),
        (ONE, "Watching 1 source", "Last event just now"),
        (samples.error(), "3 of 4 sources", "Last event just now"),
        (samples.paused(), "Paused", "Last event just now"),
        (LONG_AGO, "Watching 4 sources", "Last event 5d 15h ago"),
        (samples.loading(), "Reading logs", "No events yet"),
        (samples.empty(), "Watching for agents", "No events yet"),
        (samples.importing(), "Watching 4 sources", "62% of the logs read"),
        (LEDGER, "Something cannot work", "Last event just now"),
    ],
)
def test_state_in_two_lines(state: StateLine, snapshot: Snapshot, first: str, second: str) -> None:
    state.show_snapshot(snapshot)
    assert state.texts() == (first, second)
    assert state.accessibleName() == f"{first}. {second}"
    assert state.toolTip() == f"{first}\n{second}"


def test_same_state_paints_nothing(state: StateLine) -> None:
    state.show()
    state.show_snapshot(samples.usual())
    with Paints() as paints:
        state.show_snapshot(samples.usual())
    assert paints.by == []
