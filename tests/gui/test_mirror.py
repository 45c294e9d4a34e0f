"""From right to left every page and the panel is its own mirror image; axes of time stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QTransform
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.gui import samples
from tests.gui.faces import focus, parts, picture, settle
from tokenwatch.base.health import Health
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.panel import GlancePanel
from tokenwatch.gui.settings_dialog import SettingsDialog
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets import lettering
from tokenwatch.gui.widgets.chart_base import ChartBase
from tokenwatch.gui.widgets.headline import Headline, HeadlineStrip
from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.lettering import Run, draw, run_width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import across, is_turned, paint_picture, turn_cell, visual
from tokenwatch.gui.widgets.segments import Segments
from tokenwatch.gui.widgets.session_table import SessionTable
from tokenwatch.gui.widgets.sparkline import Spark
from tokenwatch.gui.window import DetailWindow, panels
from tokenwatch.gui.zone_names import ZoneNames

LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
PAGES = [panel.id for panel in panels()]
MOST_DIFFERENT = 0.0075
"""Of all pixels: where lines fall between two pixels, and where hatching leans the other way."""


@pytest.fixture
def direction(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    qapp.setLayoutDirection(LEFT)


@pytest.fixture
def letters(monkeypatch) -> list[tuple[str, float, float]]:
    """Texts are not painted but kept: the text, and where it begins and ends as it is seen."""
    seen: list[tuple[str, float, float]] = []

    def keep(painter: QPainter, look: Look, x: float, baseline: float, run: Run) -> None:
        if run.text:
            to = painter.worldTransform()
            seen.append((run.text, to.map(QPointF(x, 0)).x(), to.map(QPointF(x + run_width(look, run), 0)).x()))

    monkeypatch.setattr(lettering, "_draw_run", keep)
    return seen


def window_of(qtbot, page: str, name: str) -> DetailWindow:
    window = DetailWindow(Theme("light"), zone=UTC, locale=QLocale.c(), interval_ms=0)
    qtbot.addWidget(window)
    window.resize(1100, 720)
    window.show_panel(page)
    window.show()
    window.show_snapshot(samples.EVERY[name]())
    window.show_answer(samples.value())
    settle()
    return window


def panel_of(qtbot, name: str) -> GlancePanel:
    panel = GlancePanel(Theme("light"), zone=UTC, locale=QLocale.c())
    qtbot.addWidget(panel)
    panel.show_snapshot(samples.EVERY[name]())
    panel.show_at(QRect())
    settle()
    return panel


def without_charts(root: QWidget) -> QImage:
    """The picture with every chart blank."""
    image = picture(root)
    painter = QPainter(image)
    for chart in root.findChildren(ChartBase):
        if chart.isVisible():
            painter.fillRect(QRect(chart.mapTo(root, QPoint()), chart.size()).adjusted(-2, 0, 2, 0), QColor("white"))
    painter.end()
    return image


def difference(one: QImage, other: QImage) -> float:
    """The part of the pixels that are clearly different, by their green."""
    assert one.size() == other.size()
    green = [bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits())[1::4] for image in (one, other)]
    return sum(abs(a - b) > 24 for a, b in zip(*green, strict=True)) / len(green[0])


def mirrored(image: QImage) -> QImage:
    return image.transformed(QTransform().scale(-1, 1))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["usual", "error", "over_budget"])
def test_page_from_right_to_left_is_the_mirror_image(qtbot, direction, letters, page: str, name: str) -> None:
    usual = window_of(qtbot, page, name)
    before = without_charts(usual)
    courses = [picture(chart) for chart in usual.findChildren(ChartBase) if chart.isVisible()]
    direction.setLayoutDirection(RIGHT)
    turned = window_of(qtbot, page, name)
    after = without_charts(turned)
    assert difference(mirrored(before), after) < MOST_DIFFERENT
    assert difference(before, after) > MOST_DIFFERENT  # else the test could not fail
    for chart, was in zip((c for c in turned.findChildren(ChartBase) if c.isVisible()), courses, strict=True):
        if picture(chart).size() == was.size():
            assert difference(picture(chart), was) < MOST_DIFFERENT, chart


@pytest.mark.parametrize("name", ["usual", "error", "over_budget", "paused", "nothing_running", "importing"])
def test_panel_from_right_to_left_is_the_mirror_image(qtbot, direction, letters, name: str) -> None:
    before = picture(panel_of(qtbot, name))
    direction.setLayoutDirection(RIGHT)
    after = picture(panel_of(qtbot, name))
    # The three small courses of the headlines run as time does.
    strip = after.height() - 108
    low = QRect(0, 108, before.width(), strip)
    assert difference(mirrored(before).copy(low), after.copy(low)) < MOST_DIFFERENT


SETTINGS_PAGES = 8


@pytest.mark.parametrize("number", range(SETTINGS_PAGES))
def test_settings_from_right_to_left_are_the_mirror_image(qtbot, direction, letters, tmp_path, number: int) -> None:
    def dialog() -> SettingsDialog:
        made = SettingsDialog(
            Settings(budget=450 * 10**9), samples.AGENTS, Theme("light"), ZoneNames({}),
            paths=Paths.below(tmp_path), locale=QLocale.c(),
            looked_for=[LookedFor(agent, name, letter, "~/.") for agent, name, letter in samples.AGENTS],
            health=(Health("codex"),),
        )  # fmt: skip
        qtbot.addWidget(made)
        assert len(made.pages) == SETTINGS_PAGES
        made.show()
        made.list.choose(number)
        settle()
        for field in made.findChildren(QLineEdit):  # whose letters Qt paints
            field.clear()
            field.setPlaceholderText("")
        settle()
        return made

    before = picture(dialog())
    direction.setLayoutDirection(RIGHT)
    after = picture(dialog())
    # Without letters little is left on these pages, so the mirror image is held against the plain one.
    assert difference(mirrored(before), after) < difference(before, after) / 3


def test_every_text_of_a_mirrored_page_stands_where_its_mirror_image_did(qtbot, direction, letters) -> None:
    usual = window_of(qtbot, "live", "usual").page("live")
    assert usual is not None
    letters.clear()
    usual.headlines.grab()
    wide = usual.headlines.width()
    before = sorted((text, round(wide - end), round(wide - start)) for text, start, end in letters)
    direction.setLayoutDirection(RIGHT)
    turned = window_of(qtbot, "live", "usual").page("live")
    assert turned is not None
    letters.clear()
    turned.headlines.grab()
    after = sorted((text, round(min(a, b)), round(max(a, b))) for text, a, b in letters)
    assert [entry[0] for entry in before] == [entry[0] for entry in after]
    # A piece and its unit keep the order in which they are read, so only the first and last of them are the mirror.
    same = [a == b for a, b in zip(before, after, strict=True)]
    assert sum(same) >= len(same) / 2
    assert all(0 <= start < end <= wide for _, start, end in after)


def painted(look: Look, *, turned: bool, runs: tuple[Run, ...]) -> list[str]:
    """The texts from left to right as they are seen."""
    found: list[tuple[float, str]] = []

    def keep(on: QPainter, look: Look, x: float, y: float, run: Run) -> None:
        found.append((on.worldTransform().map(QPointF(x, y)).x(), run.text))

    canvas = QPixmap(400, 40)
    painter = QPainter(canvas)
    if turned:
        turn_cell(painter, QRectF(0, 0, 400, 40), RIGHT)
    real = lettering._draw_run
    try:
        lettering._draw_run = lambda p, k, x, b, run: found.append(
            (p.worldTransform().map(QPointF(x, b)).x(), run.text)
        )
        draw(painter, look, 10, 20, runs)
    finally:
        lettering._draw_run = real
        painter.end()
    return [text for _, text in sorted(found)]


def test_number_keeps_its_unit_and_other_words_go_round(look: Look) -> None:
    runs = (Run("5.3k"), Run("/min"), Run("peak", gap=8))
    assert painted(look, turned=False, runs=runs) == ["5.3k", "/min", "peak"]
    assert painted(look, turned=True, runs=runs) == ["peak", "5.3k", "/min"]
    hebrew = (Run("שלום"), Run("עולם"))
    assert painted(look, turned=True, runs=hebrew) == ["עולם", "שלום"]


@pytest.mark.parametrize("text", ["Budget", "9 new, 1–18 June", "+ $8.50"])
def test_text_is_never_painted_the_wrong_way_round(qtbot, direction, look: Look, text: str) -> None:
    plain = QPixmap(200, 40)
    plain.fill(QColor("white"))
    painter = QPainter(plain)
    draw(painter, look, 190 - run_width(look, Run(text)), 25, (Run(text),))
    painter.end()
    direction.setLayoutDirection(RIGHT)
    canvas = QPixmap(200, 40)
    canvas.fill(QColor("white"))
    painter = QPainter(canvas)
    turn_cell(painter, QRectF(0, 0, 200, 40), RIGHT)
    assert is_turned(painter)
    draw(painter, look, 10, 25, (Run(text),))
    assert is_turned(painter)
    painter.end()
    assert difference(plain.toImage(), canvas.toImage()) < 0.01


@pytest.mark.parametrize(("name", "turns"), [("right", True), ("left", True), ("find", False), ("spend", False)])
def test_only_signs_that_point_along_the_line_turn(qtbot, name: str, turns: bool) -> None:
    def icon(turned: bool) -> QImage:
        canvas = QPixmap(32, 32)
        canvas.fill(QColor("white"))
        painter = QPainter(canvas)
        if turned:
            turn_cell(painter, QRectF(0, 0, 32, 32), RIGHT)
        paint_icon(painter, name, QRectF(0, 0, 32, 32), QColor("black"))
        painter.end()
        return canvas.toImage()

    assert (difference(icon(False), icon(True)) > 0.02) is turns


def test_pictures_are_not_turned(qtbot) -> None:
    one = QPixmap(10, 10)
    one.fill(QColor("white"))
    painter = QPainter(one)
    painter.fillRect(0, 0, 3, 10, QColor("black"))
    painter.end()
    canvas = QPixmap(40, 10)
    painter = QPainter(canvas)
    turn_cell(painter, QRectF(0, 0, 40, 10), RIGHT)
    paint_picture(painter, QRectF(0, 0, 10, 10), one)
    painter.end()
    assert canvas.toImage().copy(30, 0, 10, 10).pixelColor(0, 5) == QColor("black")
    assert canvas.toImage().copy(30, 0, 10, 10).pixelColor(9, 5) == QColor("white")


def test_places_go_over_to_the_other_side(qtbot, direction) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(100, 20)
    assert across(widget, 30) == 30
    assert visual(widget, QRect(10, 0, 20, 5)) == QRect(10, 0, 20, 5)
    widget.setLayoutDirection(RIGHT)
    assert across(widget, 30) == 70
    assert visual(widget, QRect(10, 0, 20, 5)) == QRect(70, 0, 20, 5)


def test_arrow_keys_follow_what_is_seen(qtbot, direction, look: Look) -> None:
    direction.setLayoutDirection(RIGHT)
    segments = Segments(look, (("a", "A"), ("b", "B")), "Letters")
    strip = HeadlineStrip(look, 24, framed=True)
    for widget in (segments, strip):
        qtbot.addWidget(widget)
        widget.show()
    QTest.keyClick(segments, Qt.Key.Key_Left)
    assert segments.value() == "b"
    strip.set_cells((Headline("One", "1"), Headline("Two", "2")))
    strip.resize(200, 80)
    settle()
    opened: list[int] = []
    strip.opened.connect(opened.append)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    focus(strip)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert opened == [1, 1]


def test_click_on_the_fold_folds_from_the_right_too(qtbot, direction) -> None:
    direction.setLayoutDirection(RIGHT)
    window = window_of(qtbot, "live", "usual")
    table = window.findChild(SessionTable)
    assert table is not None
    model = table.rows()
    number = next(n for n, row in enumerate(model.top()) if row.children)
    index = model.index(number, 0)
    was = table.isExpanded(index)
    rect = table.visualRect(index)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.right() - 15, rect.center().y()))
    assert table.isExpanded(index) is not was


def test_small_course_keeps_the_direction_of_time(qtbot, direction, look: Look) -> None:
    cell = Headline("Rate", "5", spark=Spark((0.0, 0.0, 0.0, 9.0)))

    def course() -> QImage:
        strip = HeadlineStrip(look, 24, framed=False)
        qtbot.addWidget(strip)
        strip.set_cells((cell,))
        strip.resize(200, strip.sizeHint().height())
        image = picture(strip)
        return image.copy(14, 80, 172, image.height() - 82)

    before = course()
    direction.setLayoutDirection(RIGHT)
    after = course()
    assert difference(before, after) < difference(mirrored(before), after)


def test_every_part_of_the_window_takes_the_direction(qtbot, direction) -> None:
    direction.setLayoutDirection(RIGHT)
    window = window_of(qtbot, "breakdown", "usual")
    assert all(part.layoutDirection() == RIGHT for part in parts(window))
    assert window.sidebar.geometry().right() == window.width() - 1
