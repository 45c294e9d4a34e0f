"""The settings dialog: every change counts at once, what was lost can be had back, all of it by keyboard."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest

from tests.gui import samples
from tests.gui.faces import markup, picture, settle, stops, unspoken
from tokenwatch.base.money import NANO
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.gui.settings_dialog import SettingsDialog
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.zone_names import ZoneNames

SET = Settings(budget=450 * NANO, theme="light", billing=(("codex", Billing("plan", 20 * NANO)),))
PATHS = Paths.below(Path("/home/ada"))


@pytest.fixture
def zones(qtbot) -> Iterator[ZoneNames]:
    zones = ZoneNames({"TZ": "UTC"})
    yield zones
    zones.close()


@pytest.fixture
def dialog(qtbot, theme: Theme, zones: ZoneNames) -> SettingsDialog:
    dialog = SettingsDialog(
        SET, samples.AGENTS, theme, zones, paths=PATHS, mistakes=(), locale=QLocale.c(), undo_ms=60_000
    )
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    settle()
    return dialog


def saved(dialog: SettingsDialog) -> QSignalSpy:
    return QSignalSpy(dialog.saved)


def enter(field: Field, text: str) -> None:
    field.setText(text)
    field.take()


def page(dialog: SettingsDialog, number: int):
    dialog.list.choose(number)
    settle()
    return dialog.pages[number]


def test_it_opens_on_the_budget_with_the_size_of_the_design(dialog: SettingsDialog) -> None:
    assert dialog.windowTitle() == "Settings"
    assert dialog.size().toTuple() == (720, 480)
    assert [each.title for each in dialog.pages] == [
        "Budgets & alerts", "Sources", "Plans & prices", "Accounts", "Appearance", "Privacy", "Advanced", "About",
    ]  # fmt: skip
    assert dialog.list.current() == 0
    assert dialog.pages[0].isVisible()


def test_change_counts_at_once(dialog: SettingsDialog) -> None:
    spy = saved(dialog)
    page(dialog, 0).notifications.click()
    page(dialog, 4).theme._buttons[2].click()
    assert [spy.at(number)[0] for number in range(2)] == [
        Settings(budget=SET.budget, theme="light", billing=SET.billing, notifications=False),
        Settings(budget=SET.budget, theme="dark", billing=SET.billing, notifications=False),
    ]
    assert dialog.settings() == spy.at(1)[0]
    assert dialog.undo.isHidden()


def test_choosing_what_is_set_saves_nothing(dialog: SettingsDialog) -> None:
    spy = saved(dialog)
    page(dialog, 4).theme._buttons[1].click()
    page(dialog, 2).rows()["codex"].mode._buttons[1].click()
    assert spy.count() == 0


def test_what_was_lost_can_be_had_back(dialog: SettingsDialog) -> None:
    spy = saved(dialog)
    enter(page(dialog, 0).budget, "")
    assert dialog.undo.isVisible()
    assert dialog.undo.text() == "The budget of $450 is gone."
    dialog.undo.button.click()
    assert [spy.at(number)[0].budget for number in range(2)] == [None, 450 * NANO]
    assert dialog.undo.isHidden()
    assert dialog.pages[0].budget.text() == "$450"


def test_undoing_leaves_what_was_changed_since(dialog: SettingsDialog) -> None:
    enter(page(dialog, 0).budget, "")
    dialog.pages[0].notifications.click()
    assert dialog.undo.isVisible()
    dialog.undo.button.click()
    assert (dialog.settings().budget, dialog.settings().notifications) == (450 * NANO, False)


def test_setting_it_anew_ends_the_offer(dialog: SettingsDialog) -> None:
    enter(page(dialog, 0).budget, "")
    enter(dialog.pages[0].budget, "300")
    assert dialog.undo.isHidden()


def test_reset_can_be_undone_as_a_whole(dialog: SettingsDialog) -> None:
    advanced = page(dialog, 6)
    advanced.reset.click()
    assert dialog.settings() == Settings()
    assert not advanced.reset.isEnabled()
    dialog.undo.button.click()
    assert dialog.settings() == SET


def test_offer_ends_by_itself(qtbot, theme: Theme, zones: ZoneNames) -> None:
    dialog = SettingsDialog(SET, samples.AGENTS, theme, zones, locale=QLocale.c(), undo_ms=30)
    qtbot.addWidget(dialog)
    dialog.show()
    enter(dialog.pages[0].budget, "")
    assert dialog.undo.isVisible()
    qtbot.waitUntil(lambda: not dialog.undo.isVisible())
    assert dialog.settings().budget is None


def test_settings_from_outside_are_shown_and_not_saved(dialog: SettingsDialog) -> None:
    spy = saved(dialog)
    dialog.show_settings(Settings(budget=9 * NANO, notifications=False))
    assert dialog.pages[0].budget.text() == "$9"
    assert not dialog.pages[0].notifications.isChecked()
    assert spy.count() == 0


@pytest.mark.parametrize("close", [SettingsDialog.close, SettingsDialog.reject])
def test_what_stands_in_a_field_at_the_end_counts(dialog: SettingsDialog, close) -> None:
    spy = saved(dialog)
    dialog.pages[0].budget.setText("300")
    close(dialog)
    assert spy.count() == 1
    assert spy.at(0)[0].budget == 300 * NANO


def test_nonsense_in_a_field_at_the_end_is_dropped(dialog: SettingsDialog) -> None:
    spy = saved(dialog)
    dialog.pages[0].budget.setText("a lot")
    dialog.reject()
    assert spy.count() == 0


def test_escape_closes_and_frees_it(qtbot, theme: Theme, zones: ZoneNames) -> None:
    dialog = SettingsDialog(SET, samples.AGENTS, theme, zones)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    settle()
    gone = weakref.ref(dialog)
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    del dialog
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone() is None
    theme.set_choice("dark")  # nobody is left to hear it
    qtbot.waitUntil(lambda: bool(zones.names()))  # nor what was still being read


def test_enter_in_a_field_does_not_close_it(dialog: SettingsDialog) -> None:
    dialog.pages[0].budget.setFocus()
    QTest.keyClicks(dialog.pages[0].budget, "0")
    QTest.keyClick(dialog.pages[0].budget, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_mistakes_are_told_on_every_page_and_lead_to_the_list(qtbot, dialog: SettingsDialog) -> None:
    assert not dialog.notice.isVisible()
    dialog.show_mistakes(("settings.toml line 3: no.", "settings.toml line 4: no."))
    assert dialog.notice.text() == "settings.toml line 3: no. And 1 more."
    QTest.mouseClick(dialog.notice, Qt.MouseButton.LeftButton)
    assert dialog.list.current() == 6
    assert dialog.advanced.mistakes[1].isVisible()
    dialog.show_mistakes(())
    assert not dialog.notice.isVisible()


def test_agents_that_only_the_settings_know_have_rows(qtbot, theme: Theme, zones: ZoneNames) -> None:
    dialog = SettingsDialog(SET, (), theme, zones)
    qtbot.addWidget(dialog)
    assert list(dialog.pages[2].rows()) == ["codex"]


def test_keyboard_reaches_everything_on_each_page_after_the_list(
    qtbot, dialog: SettingsDialog, zones: ZoneNames
) -> None:
    qtbot.waitUntil(lambda: bool(zones.names()))
    expected = {
        0: [
            "PageList", *["Field"] * 5, "Button", "Switch", "Field", *["Switch"] * 2, "Field", "Button",
        ],
        1: ["PageList", "Button"],
        2: [
            "PageList", *["Button", "Button"], *["Button", "Button", "Field"], *["Button"] * 5, "Switch",
            "Field", "Switch",
        ],
        3: ["PageList", "Switch", "Button"],
        4: ["PageList", *["Button"] * 3, *["_Tile"] * 4, *["Button"] * 10, "Switch", *["Button"] * 3, "ChoiceButton"],
        5: ["PageList", *["Switch"] * 2, "ChoiceButton", *["Switch"] * 3],
        6: ["PageList", "Switch", "Switch", "Field", "ChoiceButton", *["Button"] * 7],
        7: ["PageList", *["Button"] * 3],
    }  # fmt: skip
    for number, names in expected.items():
        page(dialog, number)
        found = [type(part).__name__ for part in stops(dialog)]
        # Qt walks in a circle; what counts is that the list comes first.
        start = found.index("PageList")
        assert found[start:] + found[:start] == names, number
        assert unspoken(dialog) == []


def test_offer_to_undo_is_reached_by_keyboard(dialog: SettingsDialog) -> None:
    enter(page(dialog, 0).budget, "")
    settle()
    assert dialog.undo.button in stops(dialog)
    dialog.undo.button.setFocus()
    QTest.keyClick(dialog.undo.button, Qt.Key.Key_Space)
    assert dialog.settings() == SET


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("px", [13, 17])
def test_every_page_holds_together_in_any_dress(qtbot, zones: ZoneNames, choice, px: int) -> None:
    usual = QGuiApplication.font()
    font = QFont(usual)
    font.setPixelSize(px)
    QGuiApplication.setFont(font)
    try:
        agents = samples.hostile().agents
        dialog = SettingsDialog(SET, agents, Theme(choice), zones, paths=PATHS, mistakes=samples.HOSTILE)
        qtbot.addWidget(dialog)
        dialog.show()
        for number, each in enumerate(dialog.pages):
            page(dialog, number)
            assert not picture(dialog).isNull()
            assert markup(dialog) == []
            for part in each.findChildren(Field):
                if part.isVisible():
                    assert part.mapTo(each, part.rect().topRight()).x() <= each.width()
    finally:
        QGuiApplication.setFont(usual)


def test_the_qt_thread_opens_no_file(qtbot, dialog: SettingsDialog, zones: ZoneNames, touched) -> None:
    qtbot.waitUntil(lambda: bool(zones.names()))
    for number in range(len(dialog.pages)):
        page(dialog, number)
        picture(dialog)
    touched.begin()
    page(dialog, 0).notifications.click()
    enter(page(dialog, 6).zone, "Asia/Tokyo")
    dialog.advanced.reset.click()
    dialog.undo.button.click()
    dialog.grab()
    touched.end()
    assert touched.found == []
