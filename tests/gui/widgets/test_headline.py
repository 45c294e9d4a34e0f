"""Headline strips: one stop of the keyboard, numbers whole or shorter but never cut, repainted where they changed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from tests.gui.faces import focus, picture, settle
from tokenwatch.gui.widgets.headline import Headline, HeadlineStrip, Note
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.sparkline import Spark

CELLS = (
    Headline("Agents", "5", "+4 sub", (Note("3 working", "working"), Note("1 waiting", "waiting", "warn"))),
    Headline("Token rate", "31.8k", "/min", (Note("≈ $9.76 an hour"),), (Note("≈ $10/h"),)),
    Headline("June, projected", "$412", notes=(Note("range $371–$468"),), spoken="June projected $412"),
)


@pytest.fixture
def strip(qtbot, look: Look) -> HeadlineStrip:
    strip = HeadlineStrip(look, 25, framed=False)
    qtbot.addWidget(strip)
    strip.set_cells(CELLS)
    strip.resize(384, strip.sizeHint().height())
    strip.show()
    settle()
    return strip


def test_cells_are_spoken_as_sentences(strip: HeadlineStrip) -> None:
    assert strip.accessibleName() == "Agents: 5 +4 sub 3 working, 1 waiting"
    assert strip.accessibleDescription().endswith("; June projected $412")
    assert strip.cells() == CELLS


def test_arrow_keys_choose_a_cell_and_enter_opens_it(qtbot, strip: HeadlineStrip) -> None:
    for _ in range(5):
        QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.accessibleName() == "June projected $412"
    QTest.keyClick(strip, Qt.Key.Key_Left)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(strip.opened) as signal:
            QTest.keyClick(strip, key)
        assert signal.args == [1]


def test_click_opens_the_cell_under_it(qtbot, strip: HeadlineStrip) -> None:
    with qtbot.waitSignal(strip.opened) as signal:
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(380, 40))
    assert signal.args == [2]
    with qtbot.assertNotEmitted(strip.opened):
        QTest.mouseClick(strip, Qt.MouseButton.RightButton, pos=QPoint(10, 40))


def test_chosen_cell_can_be_copied(strip: HeadlineStrip) -> None:
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Token rate: 31.8k /min ≈ $9.76 an hour"


def test_keyboard_shows_where_it_is_and_a_click_does_not(strip: HeadlineStrip) -> None:
    focus(strip, Qt.FocusReason.MouseFocusReason)
    plain = picture(strip)
    focus(strip)
    assert picture(strip) != plain


def test_tooltip_is_the_cells_sentence(strip: HeadlineStrip) -> None:
    place = QPoint(200, 20)
    QApplication.sendEvent(strip, QHelpEvent(QHelpEvent.Type.ToolTip, place, strip.mapToGlobal(place)))
    assert QToolTip.text() == CELLS[1].sentence
    QToolTip.hideText()


def test_strip_without_cells_does_nothing(qtbot, look: Look) -> None:
    strip = HeadlineStrip(look, 24, framed=True)
    qtbot.addWidget(strip)
    strip.show()
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton)
    assert not picture(strip).isNull()


def test_only_the_cell_that_changed_is_painted(strip: HeadlineStrip, monkeypatch) -> None:
    painted: list[str] = []
    paint = strip._paint_cell
    monkeypatch.setattr(
        strip, "_paint_cell", lambda painter, cell, place: (painted.append(cell.label), paint(painter, cell, place))
    )
    strip.set_cells((CELLS[0], CELLS[1], replace(CELLS[2], value="$413")))
    settle()
    assert painted == ["June, projected"]
    painted.clear()
    strip.set_cells(strip.cells())
    settle()
    assert painted == []


def test_sparklines_need_room_below_the_panels_numbers(strip: HeadlineStrip) -> None:
    before = strip.sizeHint().height()
    strip.set_cells(tuple(replace(cell, spark=Spark((1.0, 2.0, 1.5))) for cell in CELLS))
    assert strip.sizeHint().height() > before


@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize("value", ["$9,876,543,210", "≥ $412", "0", "··", "W" * 60])
def test_any_value_can_be_painted_at_any_width(qtbot, look: Look, framed: bool, value: str) -> None:
    strip = HeadlineStrip(look, 24, framed=framed)
    qtbot.addWidget(strip)
    spark = Spark((1.0, 2.0), ahead=(3.0, 4.0), low=3.0, high=5.0, limit=4.5)
    strip.set_cells([replace(cell, value=value, unit="metered", spark=spark) for cell in CELLS])
    for wide in (60, 240, 384, 900):
        strip.resize(wide, strip.sizeHint().height())
        assert not picture(strip).isNull()


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """The texts that strips draw."""
    from tokenwatch.gui.widgets import headline

    texts: list[str] = []
    draw = headline.draw

    def noted(painter, look, x, baseline, runs, limit=1e6):
        texts.extend(run.text for run in runs)
        return draw(painter, look, x, baseline, runs, limit)

    monkeypatch.setattr(headline, "draw", noted)
    return texts


def drawn_at(strip: HeadlineStrip, wide: int, drawn: list[str]) -> list[str]:
    drawn.clear()
    strip.resize(wide, 83)
    picture(strip)
    return list(drawn)


def test_unit_without_room_is_left_out_rather_than_cut(qtbot, look: Look, drawn: list[str]) -> None:
    strip = HeadlineStrip(look, 24, framed=True)
    qtbot.addWidget(strip)
    strip.set_cells([Headline("Today", "≥ $1,234.56", "metered")])
    assert "metered" not in drawn_at(strip, 150, drawn)
    assert "metered" in drawn_at(strip, 400, drawn)


def test_label_without_room_is_shorter_rather_than_cut(qtbot, look: Look, drawn: list[str]) -> None:
    strip = HeadlineStrip(look, 24, framed=True)
    qtbot.addWidget(strip)
    strip.set_cells([Headline("November, projected", "$1", brief_label="Nov, projected")])
    assert drawn_at(strip, 120, drawn)[0] == "Nov, projected"
    assert drawn_at(strip, 400, drawn)[0] == "November, projected"
