"""With high contrast frames are twice as thick, and patterns and outlines say what tints said."""

from __future__ import annotations

from datetime import UTC

import pytest
from PySide6.QtCore import QLocale, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QWidget

from tests.gui import samples
from tests.gui.faces import picture, settle
from tokenwatch.gui.panel import GlancePanel
from tokenwatch.gui.portal import Wishes
from tokenwatch.gui.theme import Theme, contrast
from tokenwatch.gui.widgets.buttons import ROOM, Button
from tokenwatch.gui.widgets.card import Card
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_mark, paint_row_ground, paint_track
from tokenwatch.gui.window import DetailWindow, panels

PAGES = [panel.id for panel in panels()]


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def theme(qapp, request) -> Theme:
    theme = Theme("system")
    theme.apply(qapp)
    theme.obey(Wishes(dark=request.param, high_contrast=True))
    return theme


@pytest.fixture
def look(theme: Theme) -> Look:
    return Look(theme, UTC, QLocale.c())


def strokes(image: QImage, y: int, color: QColor) -> int:
    """How many pixels from the left a line of that colour is thick."""
    start = next(x for x in range(image.width()) if image.pixelColor(x, y) == color)
    return next(x for x in range(start, image.width()) if image.pixelColor(x, y) != color) - start


def test_frames_of_cards_and_buttons_are_two_pixels(qtbot, look: Look) -> None:
    body = QWidget()
    card = Card(look, body)
    button = Button(look, "Pause")
    for widget in (card, button):
        qtbot.addWidget(widget)
        widget.resize(120, 40 + 2 * ROOM)
        assert strokes(picture(widget), 23, look.color("t1")) == 2


def canvas(look: Look) -> tuple[QPixmap, QPainter]:
    pixmap = QPixmap(60, 26)
    pixmap.fill(look.color("card"))
    return pixmap, QPainter(pixmap)


def test_tinted_rows_begin_with_patterns_of_their_own(qtbot, look: Look) -> None:
    pictures = []
    for tint in ("card", "warnbg", "accbg", "badbg"):
        pixmap, painter = canvas(look)
        paint_row_ground(painter, look, QRectF(0, 0, 60, 26), tint, first=True)
        painter.end()
        pictures.append(pixmap.toImage())
        assert pictures[-1].copy(QRect(8, 0, 52, 26)) == pictures[0].copy(QRect(8, 0, 52, 26))  # text stays readable
    assert all(one != other for n, one in enumerate(pictures) for other in pictures[n + 1 :])


def test_empty_bar_can_be_seen(qtbot, look: Look) -> None:
    pixmap, painter = canvas(look)
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(5, 9, 50, 8), 4, 4)
    paint_track(painter, look, outline)
    painter.end()
    blank, painter = canvas(look)
    painter.end()
    assert pixmap.toImage() != blank.toImage()


def test_sign_of_who_waits_keeps_its_exclamation_mark(qtbot, look: Look) -> None:
    pixmap, painter = canvas(look)
    paint_mark(painter, look, "waiting", QRectF(0, 0, 26, 26).center(), 24)
    painter.end()
    inside = pixmap.toImage().pixelColor(12, 11)
    assert contrast(inside, look.color("warnf")) > 4.5


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_two_colours_and_what_the_system_chose(qtbot, theme: Theme, page: str) -> None:
    window = DetailWindow(theme, zone=UTC, locale=QLocale.c(), interval_ms=0)
    qtbot.addWidget(window)
    window.resize(1100, 720)
    window.show_panel(page)
    window.show()
    window.show_snapshot(samples.usual())
    settle()
    assert picture(window).pixelColor(2, 2) == theme.colours.bg
    assert contrast(theme.colours.t1, theme.colours.bg) > 15


def test_panel_can_be_painted(qtbot, theme: Theme) -> None:
    panel = GlancePanel(theme, zone=UTC, locale=QLocale.c())
    qtbot.addWidget(panel)
    for sample in (samples.usual(), samples.over_budget(), samples.error()):
        panel.show_snapshot(sample)
        panel.show_at(QRect())
        assert not picture(panel).isNull()
