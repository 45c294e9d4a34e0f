"""Colours of the design that can be read, in light and dark, followed from the system unless the user chose."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from tokenwatch.gui import theme as theme_module
from tokenwatch.gui.portal import Wishes
from tokenwatch.gui.theme import DARK, LIGHT, OTHER, PATTERNS, Colours, Theme, agent_slots, contrast, ink_on, is_dark

both = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture
def theme(qapp) -> Theme:
    return Theme("light")


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#777777")) == pytest.approx(1)
    assert contrast(QColor("#767676"), QColor("#FFFFFF")) == pytest.approx(4.54, abs=0.01)


@both
@pytest.mark.parametrize("text", ["t1", "t2", "t3", "acc", "warn", "bad", "ok"])
@pytest.mark.parametrize("back", ["bg", "card", "side"])
def test_text_can_be_read(colours: Colours, text: str, back: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, back)) >= 4.5


@both
@pytest.mark.parametrize(("text", "back"), [("warn", "warnbg"), ("bad", "badbg"), ("acc", "accbg"), ("on", "acc")])
def test_text_on_a_tint_can_be_read(colours: Colours, text: str, back: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, back)) >= 4.5


@both
def test_agents_fills_stand_out_and_their_letters_can_be_read(colours: Colours) -> None:
    for fill in colours.agents[:4]:
        assert contrast(fill, colours.card) >= 3
        assert contrast(ink_on(fill), fill) >= 4.5


def test_both_sets_name_every_token() -> None:
    for name in Colours.__struct_fields__:
        for colours in (LIGHT, DARK):
            value = getattr(colours, name)
            assert all(each.isValid() for each in (value if isinstance(value, tuple) else (value,)))
    assert len(LIGHT.agents) == len(DARK.agents) == len(PATTERNS)


def agents(*ids: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((each, each, each[:1]) for each in ids)


def test_four_agents_have_their_own_slots_in_any_order() -> None:
    known = {"claude-code": 0, "codex": 1, "opencode": 2, "gemini-cli": 3}
    assert agent_slots(agents(*reversed(known))) == known


def test_other_agents_take_the_next_slots_in_the_order_found() -> None:
    assert agent_slots(agents("zed", "codex", "amp", "qwen")) == {"zed": 4, "codex": 1, "amp": 5, "qwen": 6}


def test_ninth_agent_joins_the_others() -> None:
    slots = agent_slots(agents(*(f"x{number}" for number in range(9))))
    assert [slots[f"x{number}"] for number in range(9)] == [4, 5, 6, 7, *[OTHER] * 5]


def test_later_slots_have_patterns_of_their_own() -> None:
    assert len(set(PATTERNS[4:])) == 4
    assert Qt.BrushStyle.SolidPattern not in PATTERNS[4:]


@pytest.mark.parametrize(("choice", "colours", "dark"), [("light", LIGHT, False), ("dark", DARK, True)])
def test_chosen_theme_counts_whatever_the_system_wants(qapp, choice, colours: Colours, dark: bool) -> None:
    theme = Theme(choice)
    assert theme.colours is colours
    assert theme.dark is dark


def test_choosing_another_theme_is_said_once(qtbot, theme: Theme) -> None:
    changes: list[bool] = []
    theme.changed.connect(lambda: changes.append(theme.dark))
    theme.set_choice("dark")
    theme.set_choice("dark")
    assert changes == [True]
    assert theme.colours is DARK
    assert theme.choice == "dark"


def test_system_theme_is_followed_while_running(qtbot, monkeypatch) -> None:
    theme = Theme("system")
    before = theme.dark
    monkeypatch.setattr(Theme, "_system_is_dark", lambda self: not before)
    with qtbot.waitSignal(theme.changed):
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert theme.dark is not before
    assert theme.system_dark is not before


@pytest.mark.parametrize(
    ("scheme", "window", "dark"),
    [
        (Qt.ColorScheme.Dark, "#FFFFFF", True),
        (Qt.ColorScheme.Light, "#202020", False),
        (Qt.ColorScheme.Unknown, "#202020", True),
        (Qt.ColorScheme.Unknown, "#EFEFEF", False),
    ],
)
def test_desktop_that_says_nothing_is_judged_by_its_colours(qapp, scheme, window: str, dark: bool) -> None:
    assert is_dark(scheme, QPalette(QColor(window), QColor(window))) is dark


def test_palette_is_made_of_our_colours(theme: Theme) -> None:
    for choice, colours in (("light", LIGHT), ("dark", DARK)):
        theme.set_choice(choice)
        palette = theme.palette()
        assert palette.color(QPalette.ColorRole.Window) == colours.bg
        assert palette.color(QPalette.ColorRole.WindowText) == colours.t1
        assert palette.color(QPalette.ColorRole.Highlight) == colours.accbg


def test_applied_palette_changes_with_the_theme(qapp: QApplication, theme: Theme) -> None:
    theme.apply(qapp)
    assert qapp.palette().color(QPalette.ColorRole.Window) == LIGHT.bg
    theme.set_choice("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == DARK.bg


def test_high_contrast_takes_the_systems_colours(qapp, monkeypatch) -> None:
    monkeypatch.setattr(theme_module, "_wants_contrast", lambda: True)
    theme = Theme("dark")
    system = QGuiApplication.palette()
    assert theme.high_contrast
    assert theme.colours.bg == system.color(QPalette.ColorRole.Window)
    assert theme.colours.warnbg == theme.colours.bg
    assert theme.palette() == system


def test_desktops_portal_counts_more_than_what_qt_found_out(qtbot) -> None:
    theme = Theme("system")
    for dark in (True, False, True):
        theme.obey(Wishes(dark=dark))
        assert (theme.dark, theme.system_dark) == (dark, dark)
    theme.set_choice("light")
    assert (theme.dark, theme.system_dark) == (False, True)
    theme.set_choice("system")
    assert theme.dark


def test_start_leaves_qts_own_search_for_the_theme_alone(qtbot, monkeypatch) -> None:
    """Its GTK theme takes a wish for no scheme in particular as the end of the search."""
    hints = QGuiApplication.styleHints()
    said: list[Qt.ColorScheme] = []
    monkeypatch.setattr(type(hints), "setColorScheme", lambda self, scheme: said.append(scheme))
    Theme("system")
    assert said == []


def test_high_contrast_comes_and_goes_with_the_desktops_wish(qapp: QApplication) -> None:
    theme = Theme("light")
    theme.apply(qapp)
    theme.obey(Wishes(high_contrast=True))
    assert theme.high_contrast
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colours.bg != LIGHT.side
    assert contrast(theme.colours.t1, theme.colours.bg) > 15
    theme.obey(Wishes())
    assert theme.colours is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window) == LIGHT.bg


def test_dark_high_contrast_without_a_dark_palette_is_white_on_black(qapp: QApplication) -> None:
    theme = Theme("system")
    theme.apply(qapp)
    theme.obey(Wishes(dark=True, high_contrast=True))
    assert theme.colours.bg.name() == "#000000"
    assert theme.colours.t1.name() == "#ffffff"
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == "#000000"


def test_fonts_have_the_size_asked_and_digits_of_equal_width(theme: Theme) -> None:
    font = theme.font(25, 650)
    assert font.pixelSize() == 25
    assert font.weight() == 651  # the heavier of two weights beside it
    assert font.isFeatureSet(QFont.Tag("tnum"))


def test_text_grows_with_the_systems_font(qapp, monkeypatch) -> None:
    large = QFont(QGuiApplication.font())
    large.setPixelSize(20)
    usual = QGuiApplication.font()
    QGuiApplication.setFont(large)
    try:
        theme = Theme("light")
        assert theme.font(13).pixelSize() == 20
        assert theme.px(26) == 40
    finally:
        QGuiApplication.setFont(usual)
