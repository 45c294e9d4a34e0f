"""Marks say a state by shape alone, and every drawing that a part names exists."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import State
from tokenwatch.gui.settings_dialog import SettingsDialog
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets import icons
from tokenwatch.gui.widgets.icons import known, paint_icon
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import mark_of, paint_focus, paint_mark, paint_tag, paint_tile, tag_width
from tokenwatch.gui.window import panels
from tokenwatch.gui.zone_names import ZoneNames

MARKS = ("working", "waiting", "idle", "finished", "problem", "absent")


def canvas() -> QImage:
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def marked(look: Look, mark: str, grey: bool = False) -> QImage:
    image = canvas()
    painter = QPainter(image)
    paint_mark(painter, look, mark, QPointF(16, 16), 24)  # type: ignore[arg-type]
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8) if grey else image


def test_every_state_has_a_mark() -> None:
    assert {mark_of(state) for state in State} <= set(MARKS)


def test_no_two_marks_look_alike_without_colour(look: Look) -> None:
    shapes = {mark: marked(look, mark, grey=True) for mark in MARKS}
    for one, other in itertools.combinations(MARKS, 2):
        differing = sum(
            abs(shapes[one].pixelColor(x, y).value() - shapes[other].pixelColor(x, y).value()) > 60
            for x in range(32)
            for y in range(32)
        )
        assert differing > 20, (one, other)


def test_no_mark_paints_nothing(look: Look) -> None:
    assert marked(look, "") == canvas()


def test_tile_has_the_agents_colour_and_its_letter(look: Look) -> None:
    image = canvas()
    painter = QPainter(image)
    paint_tile(painter, look, QRectF(4, 4, 24, 24), "codex")
    painter.end()
    assert image.pixelColor(8, 8) == look.agent_fill("codex")
    inked = {image.pixelColor(x, y).name() for x in range(10, 22) for y in range(10, 22)}
    assert look.agent_ink("codex").name() in inked


def test_tag_is_as_wide_as_said(look: Look) -> None:
    image = canvas()
    painter = QPainter(image)
    assert paint_tag(painter, look, 2, 20, "pl") == 2 + tag_width(look, "pl")
    painter.end()
    assert image.pixelColor(4, 12) == look.color("sunk")


def test_focus_is_a_ring_in_the_accent(look: Look) -> None:
    image = canvas()
    painter = QPainter(image)
    paint_focus(painter, look, QRectF(0, 0, 32, 32), 4)
    painter.end()
    assert image.pixelColor(16, 1) == look.color("acc")
    assert image.pixelColor(16, 16) == QColor(Qt.GlobalColor.white)


@pytest.mark.parametrize("name", sorted(icons._SHAPES))
def test_icon_is_drawn_inside_its_box(qapp, name: str) -> None:
    image = canvas()
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(8, 8, 16, 16), QColor("black"))
    painter.end()
    dark = [(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).value() < 128]
    assert len(dark) > 8
    assert all(7 <= x <= 24 and 7 <= y <= 24 for x, y in dark)


def test_unknown_icon_is_a_page(qapp) -> None:
    images = [canvas(), canvas()]
    for image, name in zip(images, ("no such icon", "page"), strict=True):
        painter = QPainter(image)
        paint_icon(painter, name, QRectF(8, 8, 16, 16), QColor("black"))
        painter.end()
    assert images[0] == images[1]


def test_every_icon_that_is_named_exists(qtbot, theme: Theme) -> None:
    zones = ZoneNames({"TZ": "UTC"})
    dialog = SettingsDialog(Settings(), (), theme, zones)
    qtbot.addWidget(dialog)
    named = {panel.icon for panel in panels()} | {page.icon for page in dialog.pages}
    assert all(known(name) for name in named)
    zones.close()
