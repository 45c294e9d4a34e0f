"""What every chart can do: painted once per change, walked by key, pointed at, read as a table or one sentence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from tests.gui import samples
from tests.gui.faces import focus, picture, settle
from tokenwatch.gui.widgets.chart_base import ChartBase, Point
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.table import Table


class Chart(ChartBase):
    """Three points, of which each has a box if the chart is not ruled."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.painted = 0
        self.names = ("one", "two", "three")

    def paint_chart(self, painter: QPainter) -> None:
        self.painted += 1

    def points(self) -> Sequence[Point]:
        found = []
        for number, name in enumerate(self.names):
            box = None if self.ruled else QRectF(50 + 100 * number, 10, 20, 20)
            found.append(Point(60 + 100 * number, 20, (name, "more"), box))
        return found

    def summary(self) -> str:
        return f"{len(self.names)} points"

    def table(self) -> Table:
        return Table("Points", ("Name", "Value"), tuple((name, "1") for name in self.names))


class Boxes(Chart):
    ruled = False


@pytest.fixture(params=[Chart, Boxes])
def chart(request, qtbot, look: Look) -> Chart:
    chart = request.param(look)
    qtbot.addWidget(chart)
    chart.resize(400, 100)
    chart.renew()
    chart.show()
    settle()
    return chart


def test_chart_is_spoken_in_one_sentence(chart: Chart) -> None:
    assert chart.accessibleName() == "3 points"
    assert "Left and right" in chart.accessibleDescription()


def test_pointer_does_not_paint_the_chart_again(chart: Chart) -> None:
    picture(chart)
    painted = chart.painted
    for x in range(0, 400, 25):
        QTest.mouseMove(chart, QPointF(x, 20).toPoint())
        chart.go_to(chart.nearest(QPointF(x, 20)), speak=False)
        picture(chart)
    assert chart.painted == painted


def test_changed_data_and_size_paint_it_again(chart: Chart) -> None:
    picture(chart)
    painted = chart.painted
    chart.renew()
    chart.renew()
    picture(chart)
    assert chart.painted == painted + 1
    chart.resize(300, 100)
    picture(chart)
    assert chart.painted == painted + 2


def test_colours_of_another_theme_paint_it_again(chart: Chart) -> None:
    picture(chart)
    painted = chart.painted
    chart.look.theme.set_choice("dark")
    picture(chart)
    assert chart.painted == painted + 1


def test_keys_walk_from_point_to_point_and_speak_them(chart: Chart) -> None:
    focus(chart)
    heard = []
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
        Qt.Key.Key_End,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
    ):
        QTest.keyClick(chart, key)
        heard.append(chart.accessibleName().partition(",")[0])
    assert heard == ["one", "two", "one", "three", "three", "one"]


def test_walk_to_the_left_begins_at_the_newest(chart: Chart) -> None:
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.current() is not None
    assert chart.current().sentence == "three, more"


def test_chart_that_lost_the_keyboard_is_a_summary_again(chart: Chart) -> None:
    focus(chart)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    chart.clearFocus()
    assert chart.accessibleName() == "3 points"
    assert chart.current() is None


def test_point_that_is_gone_is_no_point(chart: Chart) -> None:
    QTest.keyClick(chart, Qt.Key.Key_End)
    chart.names = ("one",)
    chart.renew()
    assert chart.current() is None
    assert not picture(chart).isNull()


def test_empty_chart_has_nowhere_to_go(chart: Chart) -> None:
    chart.names = ()
    chart.renew()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(chart, key)
    assert chart.current() is None
    assert chart.nearest(QPointF(10, 10)) is None


def test_pointer_finds_the_nearest_point_or_the_box_it_is_in(qtbot, look: Look) -> None:
    ruled, boxes = Chart(look), Boxes(look)
    for chart in (ruled, boxes):
        qtbot.addWidget(chart)
        chart.resize(400, 100)
    assert ruled.nearest(QPointF(140, 90)) == 1
    assert boxes.nearest(QPointF(155, 15)) == 1
    assert boxes.nearest(QPointF(140, 90)) is None


def test_pointed_at_point_shows_its_lines_and_hides_them_when_left(chart: Chart) -> None:
    plain = picture(chart)
    chart.go_to(1, speak=False)
    assert picture(chart) != plain
    chart.leaveEvent(None)  # type: ignore[arg-type]
    assert picture(chart) == plain


def test_bubble_of_the_last_point_stays_inside(chart: Chart) -> None:
    chart.names = ("a name that is as long as half the chart is wide, or more",) * 3
    chart.renew()
    chart.go_to(2, speak=False)
    image = picture(chart)
    assert image.pixelColor(0, 0) != chart.look.color("t1")
    assert image.width() == 400


def test_t_shows_the_data_as_a_plain_table(qtbot, chart: Chart) -> None:
    chart.names = (samples.HOSTILE[0], "two", "three")
    chart.renew()
    QTest.keyClick(chart, Qt.Key.Key_T)
    dialog = chart.findChild(QDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "Points"
    grid = dialog.grid
    assert [grid.horizontalHeaderItem(n).text() for n in range(2)] == ["Name", "Value"]
    assert grid.item(0, 0).text() == samples.HOSTILE[0]
    assert not picture(dialog).isNull()
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    assert chart.findChild(QDialog) is None


def test_keys_of_others_are_left_to_them(qtbot, chart: Chart) -> None:
    QTest.keyClick(chart, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert chart.findChild(QDialog) is None
