"""The drawn icon, judged by its pixels: parts stand where the design says, and states differ in shape, not colour."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from tokenwatch.gui.icon import (
    FOR_ANY_PANEL,
    FOR_DARK_PANEL,
    FOR_LIGHT_PANEL,
    MONO_ON_ANY,
    MONO_ON_DARK,
    SIZES,
    TEMPLATE,
)
from tokenwatch.gui.icon_drawing import Look, draw
from tokenwatch.gui.icon_state import GAUGE_STEPS, IconState, Level

UNDER = Level.UNDER
STATES = {
    "nobody": IconState(0, 80, UNDER),
    "working": IconState(3, 80, UNDER),
    "flowing": IconState(3, 80, UNDER, 2),
    "ten": IconState(10, 80, UNDER, 3),
    "waiting": IconState(3, 80, UNDER, 2, waiting=True),
    "near": IconState(3, 102, Level.NEAR, 1),
    "over": IconState(3, GAUGE_STEPS, Level.OVER, 1),
    "over and waiting": IconState(4, GAUGE_STEPS, Level.OVER, 1, waiting=True),
    "paused": IconState(paused=True),
    "one unreadable": IconState(2, 80, UNDER, 1, one_unreadable=True),
    "none readable": IconState(none_readable=True),
    "nothing known": IconState(),
}

every_size = pytest.mark.parametrize("size", SIZES)
every_state = pytest.mark.parametrize("name", STATES)


def image(state: IconState, size: int, look: Look = FOR_DARK_PANEL) -> QImage:
    return draw(state, size, look).toImage().convertToFormat(QImage.Format.Format_ARGB32)


def alpha(found: QImage) -> list[int]:
    size = found.width()
    return [found.pixelColor(x, y).alpha() for y in range(size) for x in range(size)]


def ink(found: QImage, left: float, top: float, right: float, bottom: float) -> float:
    """How much of a part of the picture (in parts of its size) is covered, 0 to 1."""
    size = found.width()
    points = [
        (x, y)
        for x in range(round(left * size), round(right * size))
        for y in range(round(top * size), round(bottom * size))
    ]
    return sum(found.pixelColor(x, y).alphaF() for x, y in points) / len(points)


def near(one: QColor, other: str) -> bool:
    wanted = QColor(other)
    return all(abs(a - b) <= 6 for a, b in zip(one.getRgb()[:3], wanted.getRgb()[:3], strict=True))


@every_size
@every_state
def test_every_state_is_drawn_inside_its_square(qapp, name: str, size: int) -> None:
    found = image(STATES[name], size)
    assert (found.width(), found.height()) == (size, size)
    assert max(alpha(found)) > 60


@every_size
def test_any_two_states_differ_in_shape_alone(qapp, size: int) -> None:
    shapes = {name: alpha(image(state, size, TEMPLATE)) for name, state in STATES.items()}
    for one, other in itertools.combinations(shapes, 2):
        differing = sum(abs(a - b) > 60 for a, b in zip(shapes[one], shapes[other], strict=True))
        assert differing >= 3, f"{one} and {other} look alike at {size} px"


@every_size
def test_any_two_numbers_differ(qapp, size: int) -> None:
    shapes = [alpha(image(IconState(working, 0), size)) for working in range(11)]
    for one, other in itertools.combinations(range(11), 2):
        differing = sum(abs(a - b) > 60 for a, b in zip(shapes[one], shapes[other], strict=True))
        assert differing >= 3, f"{one} and {other} look alike at {size} px"


@every_size
def test_template_is_black_and_alpha_only(qapp, size: int) -> None:
    for state in STATES.values():
        found = image(state, size, TEMPLATE)
        colours = {
            found.pixelColor(x, y).name() for x in range(size) for y in range(size) if found.pixelColor(x, y).alpha()
        }
        assert colours == {"#000000"}


def test_gauge_is_open_at_the_bottom_and_fills_clockwise(qapp) -> None:
    full, empty = image(IconState(0, GAUGE_STEPS, UNDER), 64), image(IconState(0, 0, UNDER), 64)
    half = image(IconState(0, GAUGE_STEPS // 2, UNDER), 64)
    assert ink(full, 0.4, 0.88, 0.6, 1) == 0
    left, right = (4, 32), (59, 32)
    assert full.pixelColor(*left).alpha() == full.pixelColor(*right).alpha() == 255
    assert empty.pixelColor(*left).alpha() == pytest.approx(0.3 * 255, abs=2)
    assert half.pixelColor(*left).alpha() == 255
    assert half.pixelColor(*right).alpha() == pytest.approx(0.3 * 255, abs=2)


@every_size
def test_near_the_budget_the_arc_is_thicker_and_amber(qapp, size: int) -> None:
    under, warned = image(IconState(0, 110, UNDER), size), image(IconState(0, 110, Level.NEAR), size)
    assert sum(alpha(warned)) > sum(alpha(under)) * 1.1
    assert near(warned.pixelColor(size // 2, 1 + size // 32), FOR_DARK_PANEL.amber)
    assert near(under.pixelColor(size // 2, 1 + size // 32), FOR_DARK_PANEL.foreground)


@every_size
def test_over_the_budget_is_a_red_disc_with_the_digit_cut_out(qapp, size: int) -> None:
    found = image(STATES["over"], size)
    assert near(found.pixelColor(size // 8, size // 2), FOR_DARK_PANEL.red)
    dash = image(IconState(0, GAUGE_STEPS, Level.OVER), size)
    assert 0.3 < ink(found, 0.3, 0.25, 0.7, 0.75) < ink(dash, 0.3, 0.25, 0.7, 0.75) < 1


@pytest.mark.parametrize("dots", [0, 1, 2, 3])
def test_dots_at_16_pixels_are_whole_squares(qapp, dots: int) -> None:
    found = image(IconState(0, 0, UNDER, dots), 16)
    rows = [[found.pixelColor(x, y).alpha() for x in range(3, 13)] for y in (13, 14)]
    assert rows[0] == rows[1]
    assert [value for value in rows[0] if value] == [255] * 2 * dots


@every_size
def test_waiting_badge_stands_in_the_top_right_corner(qapp, size: int) -> None:
    found = image(STATES["waiting"], size)
    assert near(found.pixelColor(size - 1 - size // 10, size // 5), FOR_DARK_PANEL.amber)
    assert not near(image(STATES["flowing"], size).pixelColor(size - 1 - size // 10, size // 5), FOR_DARK_PANEL.amber)


@pytest.mark.parametrize(("size", "radius"), [(32, 6.5), (44, 9), (64, 13)])
def test_waiting_badge_is_cut_out_of_what_it_covers(qapp, size: int, radius: float) -> None:
    # Just outside the badge, towards ten o'clock, where the gauge passes.
    beside = (round(size - radius - (radius + 1) * 0.87 - 0.5), round(radius - (radius + 1) * 0.5 - 0.5))
    assert image(STATES["flowing"], size).pixelColor(*beside).alpha() > 200
    assert image(STATES["waiting"], size).pixelColor(*beside).alpha() < 100


@pytest.mark.parametrize("size", [22, 32, 64])
def test_waiting_badge_leaves_the_rest_alone(qapp, size: int) -> None:
    without, found = image(STATES["flowing"], size), image(STATES["waiting"], size)
    assert ink(found, 0, 0, 0.4, 1) == pytest.approx(ink(without, 0, 0, 0.4, 1), abs=0.001)


def test_at_16_pixels_the_digit_makes_room_for_the_badge(qapp) -> None:
    without, found = image(STATES["flowing"], 16), image(STATES["waiting"], 16)
    row = [(x, 8) for x in range(4, 13)]
    assert [found.pixelColor(x - 1, y).alpha() for x, y in row] == [without.pixelColor(x, y).alpha() for x, y in row]


@every_size
def test_badge_of_an_unreadable_source_stands_at_the_bottom_right(qapp, size: int) -> None:
    found = image(STATES["one unreadable"], size)
    assert near(found.pixelColor(round(size * 0.8), size - 2), FOR_DARK_PANEL.red)


def test_colours_follow_the_panel(qapp) -> None:
    for look in (FOR_DARK_PANEL, FOR_LIGHT_PANEL):
        assert near(image(STATES["nobody"], 64, look).pixelColor(4, 32), look.foreground)


@every_size
def test_on_an_unknown_panel_there_is_a_dark_plate(qapp, size: int) -> None:
    found = image(STATES["working"], size, FOR_ANY_PANEL)
    assert found.pixelColor(0, 0).alpha() < 128
    assert ink(found, 0.3, 0.3, 0.7, 0.7) == 1


def on_panel(state: IconState, size: int, look: Look, panel: str) -> list[int]:
    """The icon as it is seen on a panel of this colour by someone who sees no colours: a grey for each pixel."""
    seen = QImage(size, size, QImage.Format.Format_ARGB32)
    seen.fill(QColor(panel))
    painter = QPainter(seen)
    painter.drawPixmap(0, 0, draw(state, size, look))
    painter.end()
    grey = seen.convertToFormat(QImage.Format.Format_Grayscale8)
    return [QColor(grey.pixel(x, y)).red() for y in range(size) for x in range(size)]


PANELS = {
    "dark": (FOR_DARK_PANEL, "#23262D"),
    "light": (FOR_LIGHT_PANEL, "#ECEDF1"),
    "unknown, dark": (FOR_ANY_PANEL, "#23262D"),
    "unknown, light": (FOR_ANY_PANEL, "#ECEDF1"),
    "one colour": (MONO_ON_DARK, "#23262D"),
    "one colour, unknown": (MONO_ON_ANY, "#ECEDF1"),
    "macOS, light": (TEMPLATE, "#F4F5F7"),
}


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("size", [16, 20, 22])
def test_any_two_states_differ_in_grey_on_every_panel(qapp, panel: str, size: int) -> None:
    look, ground = PANELS[panel]
    seen = {name: on_panel(state, size, look, ground) for name, state in STATES.items()}
    for one, other in itertools.combinations(seen, 2):
        differing = sum(abs(a - b) > 24 for a, b in zip(seen[one], seen[other], strict=True))
        assert differing >= 4, f"{one} and {other} look alike in grey at {size} px on {panel}"


@pytest.mark.parametrize("panel", PANELS)
def test_every_state_stands_out_from_its_panel(qapp, panel: str) -> None:
    look, ground = PANELS[panel]
    empty = QColor(ground)
    grey = round(empty.red() * 0.34 + empty.green() * 0.5 + empty.blue() * 0.16)
    for name, state in STATES.items():
        strong = sum(abs(value - grey) > 60 for value in on_panel(state, 16, look, ground))
        assert strong >= (8 if name != "nothing known" else 4), f"{name} is hardly seen on {panel}"
