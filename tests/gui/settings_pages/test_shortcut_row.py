"""The row of the global shortcut says how it stands, and can be switched off wherever it is on."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QSignalSpy

from tests.gui.faces import settle
from tests.gui.settings_pages.shown import shown
from tokenwatch.base import translation
from tokenwatch.base.settings import Language, Settings
from tokenwatch.gui.global_shortcut import GlobalShortcut, Keys, Standing
from tokenwatch.gui.language import speak
from tokenwatch.gui.settings_pages.advanced import AdvancedPage
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.zone_names import ZoneNames


@pytest.fixture
def shortcut(qtbot) -> GlobalShortcut:
    return GlobalShortcut("win32", {}, "tokenwatch", "Show the panel")  # nobody is asked


@pytest.fixture
def page(qtbot, look: Look, shortcut: GlobalShortcut) -> AdvancedPage:
    return shown(qtbot, AdvancedPage(look, None, ZoneNames({"TZ": "UTC"}), None, shortcut))


@pytest.mark.parametrize(
    ("keys", "words", "enabled"),
    [
        (Keys(Standing.OFF), "your desktop asks you for them", True),
        (Keys(Standing.ASKING), "your desktop asks you now", True),
        (Keys(Standing.ON, "Ctrl+Alt+T"), "Ctrl+Alt+T shows the panel", True),
        (Keys(Standing.ON), "the keys that your desktop gave", True),
        (Keys(Standing.REFUSED), "your desktop gave no keys", True),
        (Keys(Standing.ABSENT), "this desktop gives programs no keys", False),
        (Keys(Standing.ELSEWHERE), "so far only on Linux", False),
    ],
)
def test_how_it_stands_is_said(
    page: AdvancedPage, shortcut: GlobalShortcut, keys: Keys, words: str, enabled: bool
) -> None:
    shortcut.told.emit(keys)
    assert words in page.shortcut.hint.text()
    assert page.shortcut.switch.isEnabled() is enabled
    page.show_settings(Settings(global_shortcut=True))
    assert page.shortcut.switch.isEnabled()
    assert page.shortcut.switch.isChecked()


def test_what_holds_already_is_said_at_once(page: AdvancedPage) -> None:
    assert "so far only on Linux" in page.shortcut.hint.text()


def test_it_is_switched_by_keyboard_and_told(page: AdvancedPage, shortcut: GlobalShortcut) -> None:
    shortcut.told.emit(Keys(Standing.OFF))
    spy = QSignalSpy(page.changed)
    page.shortcut.switch.click()
    settle()
    assert tuple(spy.at(0)) == ({"global_shortcut": True}, "")
    assert page.shortcut.switch.accessibleName() == "Shortcut"


def test_a_row_that_is_gone_hears_nothing(qtbot, look: Look, shortcut: GlobalShortcut) -> None:
    page = AdvancedPage(look, None, ZoneNames({"TZ": "UTC"}), None, shortcut)
    page.deleteLater()
    settle()
    shortcut.told.emit(Keys(Standing.OFF))
    settle()


@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_every_word_of_it_has_room(qtbot, qapp, look: Look, shortcut: GlobalShortcut, language: Language) -> None:
    speak(qapp, language)
    try:
        page = shown(qtbot, AdvancedPage(look, None, ZoneNames({"TZ": "UTC"}), None, shortcut))
        hint = page.shortcut.hint
        for standing in Standing:
            for name in ("", "Ctrl+Alt+Umschalt+T") if standing is Standing.ON else ("",):
                shortcut.told.emit(Keys(standing, name))
                settle()
                lines = hint.lines(hint.width())
                widest = max(look.advance(line, 11.5) for line in lines)
                assert widest <= hint.width(), lines
    finally:
        speak(qapp, "en")
        translation.speak(None)
