"""A field's text counts when it is complete and makes sense; nonsense says why and changes nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.gui.faces import focus, picture, settle
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look


def read(text: str) -> int | None:
    if not text:
        return None
    if not text.isdigit():
        raise ValueError("Not a number")
    return int(text)


@pytest.fixture
def field(qtbot, look: Look) -> Field:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    field = Field(look, "Amount", 80, read, lambda value: "" if value is None else str(value))
    field.set_value(5)
    other = Field(look, "Other", 80, read, str)
    other.set_value(1)
    column.addWidget(field)
    column.addWidget(other)
    field.holder, field.other = holder, other  # type: ignore[attr-defined]
    holder.show()
    settle()
    focus(field)
    return field


def typed(field: Field, text: str) -> None:
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def test_it_shows_its_value_and_is_named(field: Field) -> None:
    assert (field.text(), field.value(), field.accessibleName()) == ("5", 5, "Amount")


def test_text_counts_at_enter(qtbot, field: Field) -> None:
    typed(field, "12")
    assert field.value() == 5
    with qtbot.waitSignal(field.entered) as signal:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert signal.args == [12]
    assert field.value() == 12


def test_text_counts_when_the_keyboard_leaves(qtbot, field: Field) -> None:
    typed(field, "12")
    with qtbot.waitSignal(field.entered):
        QTest.keyClick(field, Qt.Key.Key_Tab)


def test_value_is_told_once(field: Field) -> None:
    told = QSignalSpy(field.entered)
    typed(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    field.take()
    assert told.count() == 1


def test_same_value_in_other_words_is_not_told_and_is_written_as_usual(field: Field) -> None:
    told = QSignalSpy(field.entered)
    typed(field, "005")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.count() == 0
    assert field.text() == "5"


def test_nonsense_says_why_and_keeps_value_and_text(qtbot, field: Field) -> None:
    plain = picture(field)
    typed(field, "abc")
    with qtbot.waitSignal(field.refused) as signal, qtbot.assertNotEmitted(field.entered):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert signal.args == ["Not a number"]
    assert (field.value(), field.text(), field.wrong()) == (5, "abc", "Not a number")
    assert field.accessibleDescription() == "Not a number"
    assert picture(field) != plain
    typed(field, "7")
    with qtbot.waitSignal(field.refused) as signal:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert signal.args == [""]
    assert (field.value(), field.wrong(), field.accessibleDescription()) == (7, "", "")


def test_emptied_field_is_a_value_too(qtbot, field: Field) -> None:
    typed(field, "")
    with qtbot.waitSignal(field.entered) as signal:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert signal.args == [None]


def test_value_from_outside_is_not_told_and_spares_what_is_being_typed(qtbot, field: Field) -> None:
    with qtbot.assertNotEmitted(field.entered):
        field.set_value(8)
        assert field.text() == "8"
        typed(field, "9")
        field.set_value(8)
        assert field.text() == "9"
        field.set_value(10)
        assert field.text() == "10"


def test_it_looks_otherwise_with_the_keyboard_and_when_off(field: Field) -> None:
    focused = picture(field)
    field.other.setFocus()  # type: ignore[attr-defined]
    plain = picture(field)
    assert plain != focused
    field.setEnabled(False)
    assert picture(field) != plain


def test_other_colours_are_taken(field: Field, look: Look) -> None:
    light = picture(field)
    look.theme.set_choice("dark")
    settle()
    assert picture(field) != light
