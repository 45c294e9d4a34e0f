"""The icon for a state: all sizes, colours that fit the panel, and drawn once."""

from __future__ import annotations

import pytest

from tokenwatch.gui import icon as icon_module
from tokenwatch.gui.icon import (
    FOR_ANY_PANEL,
    FOR_DARK_PANEL,
    FOR_LIGHT_PANEL,
    MONO_ON_ANY,
    MONO_ON_DARK,
    SIZES,
    TEMPLATE,
    Icons,
    look_for,
    panel_is_dark,
)
from tokenwatch.gui.icon_state import IconState

GNOME = {"XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}
KDE = {"XDG_CURRENT_DESKTOP": "KDE"}


@pytest.fixture
def drawn(monkeypatch) -> list[int]:
    sizes: list[int] = []
    real = icon_module.draw

    def counted(state, size, look):
        sizes.append(size)
        return real(state, size, look)

    monkeypatch.setattr(icon_module, "draw", counted)
    return sizes


def test_every_size_is_drawn_natively(qapp, drawn: list[int]) -> None:
    icon = Icons().icon(IconState(3), FOR_DARK_PANEL)
    assert drawn == list(SIZES)
    assert sorted(size.width() for size in icon.availableSizes()) == list(SIZES)


def test_state_seen_before_is_not_drawn_again(qapp, drawn: list[int]) -> None:
    icons = Icons()
    first = icons.icon(IconState(3), FOR_DARK_PANEL)
    icons.icon(IconState(4), FOR_DARK_PANEL)
    drawn.clear()
    assert icons.icon(IconState(3), FOR_DARK_PANEL).cacheKey() == first.cacheKey()
    assert drawn == []


def test_other_colours_are_drawn_anew(qapp, drawn: list[int]) -> None:
    icons = Icons()
    icons.icon(IconState(3), FOR_DARK_PANEL)
    drawn.clear()
    icons.icon(IconState(3), FOR_LIGHT_PANEL)
    assert drawn == list(SIZES)


def test_only_the_latest_states_are_kept(qapp, drawn: list[int]) -> None:
    icons = Icons()
    for gauge in range(40):
        icons.icon(IconState(3, gauge), FOR_DARK_PANEL)
    drawn.clear()
    icons.icon(IconState(3, 39), FOR_DARK_PANEL)
    assert drawn == []
    icons.icon(IconState(3, 0), FOR_DARK_PANEL)
    assert drawn == list(SIZES)


def test_template_is_a_mask_and_sharp(qapp) -> None:
    icon = Icons().icon(IconState(3), TEMPLATE)
    assert icon.isMask()
    assert not Icons().icon(IconState(3), FOR_DARK_PANEL).isMask()


@pytest.mark.parametrize(
    ("choice", "platform", "environment", "dark", "look"),
    [
        ("light", "linux", {}, False, FOR_DARK_PANEL),
        ("dark", "linux", GNOME, True, FOR_LIGHT_PANEL),
        ("light", "darwin", {}, True, FOR_DARK_PANEL),
        ("auto", "darwin", {}, False, TEMPLATE),
        ("mono", "darwin", {}, True, TEMPLATE),
        ("auto", "win32", {}, True, FOR_DARK_PANEL),
        ("auto", "win32", {}, False, FOR_LIGHT_PANEL),
        ("auto", "linux", KDE, True, FOR_DARK_PANEL),
        ("auto", "linux", GNOME, False, FOR_DARK_PANEL),
        ("auto", "linux", KDE, False, FOR_ANY_PANEL),
        ("auto", "linux", {}, False, FOR_ANY_PANEL),
        ("mono", "linux", KDE, True, MONO_ON_DARK),
        ("mono", "linux", KDE, False, MONO_ON_ANY),
    ],
)
def test_colours_fit_choice_and_panel(choice, platform: str, environment: dict[str, str], dark: bool, look) -> None:
    assert look_for(choice, platform, environment, dark) is look


def test_one_colour_has_one_colour() -> None:
    for look in (MONO_ON_DARK, MONO_ON_ANY, TEMPLATE):
        assert len({look.foreground, look.amber, look.red}) == 1


@pytest.mark.parametrize("dark", [True, False])
def test_panel_is_as_dark_as_the_system_says(dark: bool) -> None:
    assert panel_is_dark("linux", dark) is dark
    assert panel_is_dark("darwin", dark) is dark
