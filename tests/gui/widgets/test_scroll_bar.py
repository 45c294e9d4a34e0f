"""The thin scroll bar: dragged, pressed beside, and out of the way when nothing scrolls."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from tests.gui.faces import picture, settle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.scroll_bar import THICK, ScrollBar, thin

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def area(qtbot, look: Look) -> QScrollArea:
    area = QScrollArea()
    qtbot.addWidget(area)
    thin(area, look)
    content = QWidget()
    content.resize(100, 2000)
    area.setWidget(content)
    area.resize(200, 400)
    area.show()
    settle()
    return area


@pytest.fixture
def bar(area: QScrollArea) -> ScrollBar:
    bar = area.verticalScrollBar()
    assert isinstance(bar, ScrollBar)
    return bar


def test_it_is_thin_and_shown_only_when_needed(area: QScrollArea, bar: ScrollBar) -> None:
    assert bar.isVisible()
    assert bar.width() == THICK
    area.widget().resize(100, 100)
    settle()
    assert not bar.isVisible()


def test_handle_follows_the_pointer_to_both_ends(bar: ScrollBar) -> None:
    QTest.mousePress(bar, LEFT, pos=QPoint(5, 10))
    assert bar.isSliderDown()
    QTest.mouseMove(bar, QPoint(5, 5000))
    assert bar.value() == bar.maximum()
    QTest.mouseMove(bar, QPoint(5, -5000))
    assert bar.value() == 0
    held = picture(bar)
    QTest.mouseRelease(bar, LEFT, pos=QPoint(5, 10))
    assert not bar.isSliderDown()
    bar.leaveEvent(QEvent(QEvent.Type.Leave))
    assert picture(bar) != held


def test_press_beside_the_handle_turns_a_page(bar: ScrollBar) -> None:
    QTest.mouseClick(bar, LEFT, pos=QPoint(5, 390))
    assert bar.value() == bar.pageStep()
    QTest.mouseClick(bar, LEFT, pos=QPoint(5, 2))
    assert bar.value() == 0


def test_other_buttons_do_nothing(bar: ScrollBar) -> None:
    QTest.mouseClick(bar, Qt.MouseButton.RightButton, pos=QPoint(5, 390))
    assert bar.value() == 0


def test_handle_is_painted_where_the_content_is(bar: ScrollBar) -> None:
    above = picture(bar)
    bar.setValue(bar.maximum())
    below = picture(bar)
    assert above != below
    ground = above.pixelColor(7, 390)
    assert above.pixelColor(7, 30) != ground
    assert below.pixelColor(7, 30) == ground
