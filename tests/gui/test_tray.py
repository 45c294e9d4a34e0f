"""What the desktop is told by the tray: only what changed, plain text only, and each entry does what it says."""

from __future__ import annotations

from datetime import UTC

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QSystemTrayIcon

from tests.gui import samples
from tokenwatch.base.snapshot import Session, Snapshot
from tokenwatch.gui.icon import FOR_DARK_PANEL, FOR_LIGHT_PANEL
from tokenwatch.gui.tray import INTERVAL_MS, MOST_SESSIONS, Tray, entry_text

SHORT_MS = 30


def make(over_bus: bool = True) -> Tray:
    return Tray(FOR_DARK_PANEL, UTC, QLocale.c(), over_bus=over_bus, interval_ms=SHORT_MS)


@pytest.fixture
def tray(qtbot) -> Tray:
    return make()


def entries(tray: Tray) -> list[str]:
    return [action.text() for action in tray.menu.actions() if action.isVisible() and not action.isSeparator()]


def with_sessions(*sessions: Session) -> Snapshot:
    return replace(samples.usual(), figures=replace(samples.usual().figures, sessions=sessions))


def test_at_most_one_change_a_second() -> None:
    assert INTERVAL_MS >= 1000


def test_menu_begins_with_the_three_numbers_and_ends_with_quit(tray: Tray) -> None:
    tray.show_snapshot(samples.usual())
    assert entries(tray) == [
        "3 working, 1 waiting, 1 idle · 31.8k/min",
        "June $292.07 of $450, projected $412 ($371–$468)",
        "Codex week 74% · resets in 3d 18h",
        "◆ mobile-app waiting 4m",
        "● atlas-api +3 sub · 18.6k/min",
        "● ledger-cli · 7.9k/min",
        "● site-docs +1 sub · 5.3k/min",
        "○ infra-tf idle 11m",
        "Open TokenWatch",
        "Snooze alerts for 1 hour",
        "Pause",
        "Hide names and money",
        "Settings…",
        "Quit",
    ]


def test_before_the_first_snapshot_the_commands_are_there(tray: Tray) -> None:
    assert entries(tray) == [
        "Open TokenWatch",
        "Snooze alerts for 1 hour",
        "Pause",
        "Hide names and money",
        "Settings…",
        "Quit",
    ]


def test_trouble_is_an_entry(tray: Tray) -> None:
    tray.show_snapshot(samples.error())
    assert any(entry.startswith("▲ Claude Code's logs may not be opened") for entry in entries(tray))


def test_many_sessions_fold_into_one_entry(tray: Tray) -> None:
    tray.show_snapshot(samples.huge())
    assert f"{500 - MOST_SESSIONS} more" in entries(tray)
    assert len(entries(tray)) < 20


def test_sessions_that_ended_leave_the_menu(qtbot, tray: Tray) -> None:
    tray.show_snapshot(samples.usual())
    tray.show_snapshot(with_sessions(samples.sessions()[4]))
    qtbot.waitUntil(lambda: "◆ mobile-app waiting 4m" not in entries(tray))
    assert "○ infra-tf idle 11m" in entries(tray)


def test_paused_offers_to_resume(tray: Tray) -> None:
    tray.show_snapshot(samples.paused())
    assert "Resume" in entries(tray)
    assert "Pause" not in entries(tray)


def test_tooltip_has_the_three_numbers(tray: Tray) -> None:
    tray.show_snapshot(samples.usual())
    assert tray.icon.toolTip().split("\n") == [
        "TokenWatch: 3 working, 1 waiting for you, 1 idle",
        "31.8k tokens/min",
        "June $292.07 of $450, projected $412 ($371–$468)",
    ]


@pytest.mark.parametrize("name", samples.EVERY)
def test_every_snapshot_can_be_shown(tray: Tray, name: str) -> None:
    tray.show_snapshot(samples.EVERY[name]())
    assert all(entries(tray))
    assert tray.icon.toolTip()


def test_hostile_names_are_shown_as_they_are_or_cleaned(tray: Tray) -> None:
    tray.show_snapshot(samples.hostile())
    assert all(entry.isprintable() for entry in entries(tray))
    assert "<" not in tray.icon.toolTip()


@pytest.mark.parametrize(
    ("text", "over_bus", "shown"),
    [
        ("a & b_c", True, "a && b__c"),
        ("a & b_c", False, "a && b_c"),
        ("a\tb", True, "a b"),
        ("&&__", True, "&&&&____"),
    ],
)
def test_marks_of_shortcut_letters_lose_their_meaning(text: str, over_bus: bool, shown: str) -> None:
    assert entry_text(text, over_bus=over_bus) == shown


def test_changes_within_the_interval_are_joined(qtbot, tray: Tray) -> None:
    tray.show_snapshot(samples.usual())
    for name in ("over_budget", "paused", "nothing_running"):
        tray.show_snapshot(samples.EVERY[name]())
    assert "3 working" in tray.icon.toolTip()
    qtbot.waitUntil(lambda: "no agents running" in tray.icon.toolTip())


def test_icon_is_sent_only_when_something_visible_changed(qtbot, tray: Tray, monkeypatch) -> None:
    sent: list[int] = []
    real = QSystemTrayIcon.setIcon

    def counted(self, icon) -> None:
        sent.append(icon.cacheKey())
        real(self, icon)

    monkeypatch.setattr(QSystemTrayIcon, "setIcon", counted)
    tray.show_snapshot(samples.usual())
    assert len(sent) == 1
    same = replace(
        samples.usual().figures, at=samples.NOW + 1000, rate=replace(samples.usual().figures.rate, tokens_5m=32_500.0)
    )
    tray.show_snapshot(replace(samples.usual(), figures=same))
    qtbot.waitUntil(lambda: "32.5k" in tray.icon.toolTip())
    assert len(sent) == 1
    tray.show_snapshot(samples.paused())
    qtbot.waitUntil(lambda: len(sent) == 2)


def test_other_colours_draw_the_icon_anew(tray: Tray) -> None:
    before = tray.icon.icon().cacheKey()
    tray.set_look(FOR_DARK_PANEL)
    assert tray.icon.icon().cacheKey() == before
    tray.set_look(FOR_LIGHT_PANEL)
    assert tray.icon.icon().cacheKey() != before


@pytest.mark.parametrize(
    ("entry", "signal"),
    [
        ("Snooze alerts for 1 hour", "snooze_requested"),
        ("Pause", "pause_toggled"),
        ("Settings…", "settings_requested"),
        ("Quit", "quit_requested"),
    ],
)
def test_entry_does_what_it_says(qtbot, tray: Tray, entry: str, signal: str) -> None:
    (action,) = [each for each in tray.menu.actions() if each.text() == entry]
    with qtbot.waitSignal(getattr(tray, signal)):
        action.trigger()


@pytest.mark.parametrize(
    ("start", "page"),
    [
        ("Open TokenWatch", ""),
        ("3 working", "live"),
        ("June", "spend"),
        ("Codex", "limits"),
        ("● atlas-api", "live"),
    ],
)
def test_figures_lead_to_the_page_that_explains_them(qtbot, tray: Tray, start: str, page: str) -> None:
    tray.show_snapshot(samples.usual())
    (action,) = [each for each in tray.menu.actions() if each.text().startswith(start)]
    with qtbot.waitSignal(tray.window_wanted) as signal:
        action.trigger()
    assert signal.args == [page]


def test_click_opens_the_panel_and_middle_click_the_window(qtbot, tray: Tray) -> None:
    with qtbot.waitSignal(tray.panel_wanted), qtbot.assertNotEmitted(tray.window_wanted):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.waitSignal(tray.window_wanted), qtbot.assertNotEmitted(tray.panel_wanted):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.MiddleClick)


def test_double_click_does_nothing_of_its_own(qtbot, tray: Tray) -> None:
    with qtbot.assertNotEmitted(tray.window_wanted), qtbot.assertNotEmitted(tray.panel_wanted):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.DoubleClick)
