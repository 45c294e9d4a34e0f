"""Buttons of every kind: their names, sizes and rings, by pointer and by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtTest import QTest

from tests.gui.faces import focus, picture
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.segments import Segments

KINDS = ("primary", "plain", "quiet", "link", "segment")


@pytest.mark.parametrize("kind", KINDS)
def test_button_is_large_enough_to_hit(qtbot, look: Look, kind) -> None:
    for button in (Button(look, "Go", kind=kind), Button(look, icon="left", kind=kind, name="Back")):
        qtbot.addWidget(button)
        assert button.sizeHint().width() >= 24
        assert button.sizeHint().height() >= 24


def test_button_without_text_is_named_and_has_a_tooltip(look: Look) -> None:
    button = Button(look, icon="settings", name="Settings")
    assert (button.accessibleName(), button.toolTip()) == ("Settings", "Settings")
    assert Button(look, "Pause").toolTip() == ""


def test_another_face_is_spoken_and_makes_room(look: Look) -> None:
    button = Button(look, "Go", icon="pause")
    before = button.sizeHint().width()
    button.set_face("Resume watching", "resume")
    assert button.accessibleName() == "Resume watching"
    assert button.sizeHint().width() > before


def test_keyboard_presses_it_and_shows_where_it_is(qtbot, look: Look) -> None:
    button = Button(look, "Go")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    button.show()
    focus(button, Qt.FocusReason.MouseFocusReason)
    plain = picture(button)
    focus(button)
    assert picture(button) != plain
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


@pytest.mark.parametrize("kind", KINDS)
def test_button_looks_otherwise_when_it_cannot_be_pressed(qtbot, look: Look, kind) -> None:
    button = Button(look, "Go", icon="left", kind=kind)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    can = picture(button)
    button.setEnabled(False)
    assert picture(button) != can


def test_large_text_makes_it_grow(qapp) -> None:
    usual = QGuiApplication.font()
    small = Button(Look(Theme("light")), "Resume").sizeHint()
    large = QFont(usual)
    large.setPixelSize(20)
    QGuiApplication.setFont(large)
    try:
        grown = Button(Look(Theme("light")), "Resume").sizeHint()
    finally:
        QGuiApplication.setFont(usual)
    assert grown.width() > small.width() * 1.2
    assert grown.height() > small.height() * 1.2


@pytest.fixture
def segments(qtbot, look: Look) -> Segments:
    segments = Segments(look, (("a", "One"), ("b", "Two"), ("c", "Three")), "Choice")
    qtbot.addWidget(segments)
    segments.show()
    return segments


def test_first_segment_is_chosen_and_all_are_named(segments: Segments) -> None:
    assert segments.value() == "a"
    assert [button.accessibleName() for button in segments._buttons] == [
        "Choice: One",
        "Choice: Two",
        "Choice: Three",
    ]
    assert segments.size() != QSize()


def test_click_chooses_and_tells(qtbot, segments: Segments) -> None:
    with qtbot.waitSignal(segments.chosen) as signal:
        segments._buttons[2].click()
    assert signal.args == ["c"]
    assert segments.value() == "c"


def test_arrow_keys_move_the_choice_and_stop_at_the_ends(segments: Segments) -> None:
    for key, value in (
        (Qt.Key.Key_Right, "b"),
        (Qt.Key.Key_Right, "c"),
        (Qt.Key.Key_Right, "c"),
        (Qt.Key.Key_Left, "b"),
    ):
        QTest.keyClick(segments, key)
        assert segments.value() == value


def test_choice_that_is_set_is_not_told(qtbot, segments: Segments) -> None:
    with qtbot.assertNotEmitted(segments.chosen):
        segments.choose("b")
        segments.choose("no such choice")
    assert segments.value() == "b"
