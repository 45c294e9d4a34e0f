"""Switch, form, page list, undo bar, percentages and icon tiles: what the settings are made of."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from tests.gui.faces import focus, markup, picture, settle, stops, unspoken
from tokenwatch.base.settings import MAX_THRESHOLDS
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.form import INSET, LABEL, ROW, Form
from tokenwatch.gui.widgets.icon_choice import IconChoice
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.page_list import PageList
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.gui.widgets.thresholds import Thresholds
from tokenwatch.gui.widgets.undo_bar import UndoBar

# Switch


def test_switch_is_a_check_box_by_key_and_click(qtbot, look: Look) -> None:
    switch = Switch(look, "Notifications")
    qtbot.addWidget(switch)
    switch.resize(switch.sizeHint())
    switch.show()
    off = picture(switch)
    told = QSignalSpy(switch.clicked)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().topLeft())
    assert switch.isChecked()
    assert picture(switch) != off
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()
    assert told.count() == 2
    assert switch.accessibleName() == "Notifications"
    assert switch.sizeHint().height() >= 24


def test_switch_shows_the_keyboard(qtbot, look: Look) -> None:
    switch = Switch(look, "Notifications")
    qtbot.addWidget(switch)
    switch.show()
    focus(switch, Qt.FocusReason.MouseFocusReason)
    plain = picture(switch)
    focus(switch)
    assert picture(switch) != plain


# Form


def test_rows_are_aligned_whatever_stands_in_them(qtbot, look: Look) -> None:
    form = Form(look)
    qtbot.addWidget(form)
    field = Field(look, "Budget", 80, int, str)
    switch, button = Switch(look, "On"), Button(look, "Copy")
    for label, control in (("Budget", field), ("Notifications", switch), ("File", button)):
        form.add(label, control, hint="a hint")
    form.rule()
    form.say("Some words over the whole width.")
    form.put(Button(look, "Reset"))
    form.resize(500, 400)
    form.show()
    settle()
    faces = [
        part.mapTo(form, part.rect().topLeft()).x() + getattr(part, "outset", 0) for part in (field, switch, button)
    ]
    assert set(faces) == {INSET + LABEL + 8}
    assert field.parentWidget().height() >= ROW
    assert not picture(form).isNull()


def test_hint_of_two_lines_has_room_for_both(qtbot, look: Look) -> None:
    form = Form(look)
    qtbot.addWidget(form)
    note = form.add(
        "Quiet hours", Field(look, "Quiet hours", 118, str, str), hint="only what is urgent; empty for none"
    )
    form.resize(LABEL + 118 + 16 + note.sizeHint().width() - 8, 100)
    form.show()
    settle()
    lines = note.lines(note.width())
    assert len(lines) == 2
    assert note.height() >= note.heightForWidth(note.width()) >= 2 * form.fontMetrics().height() - 4


def test_hint_turns_into_the_reason_and_back(look: Look) -> None:
    form = Form(look)
    field = Field(look, "Budget", 80, int, str)
    note = form.add("Budget", field, hint="in dollars")
    field.refused.emit("Not an amount")
    assert (note.text(), note.ink()) == ("Not an amount", "bad")
    field.refused.emit("")
    assert (note.text(), note.ink()) == ("in dollars", "t2")


# Page list


def test_going_down_the_list_turns_to_pages_at_once(qtbot, look: Look) -> None:
    pages = PageList(look, [("Budget", "snooze"), ("Plans", "tag"), ("About", "star")])
    qtbot.addWidget(pages)
    pages.choose(0)
    pages.show()
    told = QSignalSpy(pages.chosen)
    focus(pages)
    QTest.keyClick(pages, Qt.Key.Key_Down)
    QTest.keyClick(pages, Qt.Key.Key_End)
    assert [told.at(number)[0] for number in range(told.count())] == [1, 2]
    assert pages.current() == 2
    assert [pages.model().index(n, 0).data() for n in range(3)] == ["Budget", "Plans", "About"]
    assert not picture(pages).isNull()


# Undo


@pytest.fixture
def undo(qtbot, look: Look) -> UndoBar:
    undo = UndoBar(look, 40)
    qtbot.addWidget(undo)
    return undo


def test_undo_is_offered_for_its_time(qtbot, undo: UndoBar) -> None:
    assert undo.isHidden()
    undo.offer("The budget is gone.")
    assert undo.isVisible()
    assert undo.text() == "The budget is gone."
    assert undo.accessibleName().startswith("The budget is gone. ")
    qtbot.waitUntil(lambda: not undo.isVisible())


def test_undo_is_asked_for_once(qtbot, undo: UndoBar) -> None:
    undo.offer("The budget is gone.")
    with qtbot.waitSignal(undo.asked):
        undo.button.click()
    assert undo.isHidden()


def test_offer_is_withdrawn(qtbot, undo: UndoBar) -> None:
    undo.offer("The budget is gone.")
    undo.withdraw()
    assert undo.isHidden()
    assert not undo._timer.isActive()


def test_ten_seconds_are_usual(look: Look) -> None:
    assert UndoBar(look)._timer.interval() == 10_000


# Percentages


@pytest.fixture
def thresholds(qtbot, look: Look) -> Thresholds:
    thresholds = Thresholds(look)
    qtbot.addWidget(thresholds)
    thresholds.show_values((50, 80, 100))
    thresholds.show()
    settle()
    return thresholds


def enter(field: Field, text: str) -> None:
    field.setText(text)
    field.take()


def shown(thresholds: Thresholds) -> list[str]:
    return [field.text() for field in thresholds.fields()]


def test_each_percentage_has_a_field(thresholds: Thresholds) -> None:
    assert shown(thresholds) == ["50%", "80%", "100%"]
    assert unspoken(thresholds) == []


def test_changed_percentages_are_told_in_order(qtbot, thresholds: Thresholds) -> None:
    with qtbot.waitSignal(thresholds.changed) as signal:
        enter(thresholds.fields()[0], "120")
    assert signal.args == [(80, 100, 120)]
    assert shown(thresholds) == ["80%", "100%", "120%"]


def test_emptied_percentage_is_taken_away(qtbot, thresholds: Thresholds) -> None:
    with qtbot.waitSignal(thresholds.changed) as signal:
        enter(thresholds.fields()[1], "")
    assert signal.args == [(50, 100)]
    settle()
    assert shown(thresholds) == ["50%", "100%"]


def test_percentage_can_be_added_and_gets_the_keyboard(qtbot, thresholds: Thresholds) -> None:
    thresholds.activateWindow()
    settle()
    thresholds.add.click()
    assert thresholds.fields()[-1].hasFocus()
    thresholds.add.click()  # another empty one would be no use
    assert len(thresholds.fields()) == 4
    with qtbot.waitSignal(thresholds.changed) as signal:
        enter(thresholds.fields()[-1], "90 %")
    assert signal.args == [(50, 80, 90, 100)]


def test_one_that_is_there_already_changes_nothing(qtbot, thresholds: Thresholds) -> None:
    thresholds.add.click()
    with qtbot.assertNotEmitted(thresholds.changed):
        enter(thresholds.fields()[-1], "80")
    settle()
    assert shown(thresholds) == ["50%", "80%", "100%"]


def test_one_made_equal_to_another_leaves_one(qtbot, thresholds: Thresholds) -> None:
    with qtbot.waitSignal(thresholds.changed) as signal:
        enter(thresholds.fields()[0], "80")
    assert signal.args == [(80, 100)]
    assert shown(thresholds) == ["80%", "100%"]


def test_nonsense_is_refused(qtbot, thresholds: Thresholds) -> None:
    with qtbot.waitSignal(thresholds.refused), qtbot.assertNotEmitted(thresholds.changed):
        enter(thresholds.fields()[0], "5000")


def test_last_one_has_no_way_to_add_more(thresholds: Thresholds) -> None:
    thresholds.show_values(tuple(range(10, 10 + MAX_THRESHOLDS)))
    assert not thresholds.add.isVisible()
    thresholds.show_values(())
    assert thresholds.add.isVisible()


def test_keyboard_goes_through_them_in_order(qtbot, look: Look) -> None:
    form = Form(look)
    qtbot.addWidget(form)
    before, thresholds, after = Switch(look, "Before"), Thresholds(look), Switch(look, "After")
    for part in (before, thresholds, after):
        form.add("A row", part)
    form.show()
    for values in ((50, 80), (10, 20, 30, 40, 50, 60, 70), (90,)):
        thresholds.show_values(values)
        settle()
        assert stops(form) == [before, *thresholds.fields(), thresholds.add, after]


# Icon tiles


@pytest.fixture
def tiles(qtbot, look: Look) -> IconChoice:
    tiles = IconChoice(look)
    qtbot.addWidget(tiles)
    tiles.choose("auto")
    tiles.show()
    settle()
    return tiles


def test_every_icon_can_be_chosen(qtbot, tiles: IconChoice) -> None:
    for value in ("light", "dark", "mono", "auto"):
        with qtbot.waitSignal(tiles.chosen) as signal:
            tiles._tiles[value].click()
        assert signal.args == [value]
        assert tiles.value() == value
    assert unspoken(tiles) == markup(tiles) == []


def test_arrow_keys_move_over_the_tiles(tiles: IconChoice) -> None:
    for key, value in (
        (Qt.Key.Key_Left, "auto"),
        (Qt.Key.Key_Right, "light"),
        (Qt.Key.Key_Down, "mono"),
        (Qt.Key.Key_Up, "light"),
    ):
        QTest.keyClick(tiles, key)
        assert tiles.value() == value


def test_chosen_tile_looks_chosen(tiles: IconChoice) -> None:
    before = picture(tiles)
    tiles.choose("dark")
    tiles.choose("no such icon")
    assert tiles.value() == "dark"
    assert picture(tiles) != before
