"""Colours, tiles and clock times that every painted part shares."""

from __future__ import annotations

from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from tests.gui import samples
from tests.gui.faces import Paints
from tokenwatch.gui.theme import DARK, LIGHT, OTHER, Theme
from tokenwatch.gui.widgets.look import Look


def test_colours_are_those_of_the_theme_now(look: Look) -> None:
    assert look.color("acc") == LIGHT.acc
    look.theme.set_choice("dark")
    assert look.color("acc") == DARK.acc
    assert look.faded("acc", 0.5).alphaF() == pytest.approx(0.5, abs=0.01)


def test_agents_have_name_letter_and_slot(look: Look) -> None:
    assert (look.agent_name("codex"), look.agent_letter("codex")) == ("Codex", "X")
    assert look.agent_fill("codex") == LIGHT.agents[1]
    assert sorted(["opencode", "codex", "claude-code"], key=look.agent_order) == ["claude-code", "codex", "opencode"]


def test_unknown_agent_joins_the_others_under_its_id(look: Look) -> None:
    assert (look.agent_name("zed"), look.agent_letter("zed")) == ("zed", "Z")
    assert look.agent_fill("zed") == LIGHT.agents[OTHER]
    assert look.agent_letter("") == "?"


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_agent_is_a_plain_short_name(look: Look, text: str) -> None:
    look.know([(text, text, text)])
    assert look.agent_name(text).isprintable()
    assert len(look.agent_name(text)) <= 40
    assert len(look.agent_letter(text)) <= 2


def test_fonts_are_kept_until_the_theme_changes(look: Look) -> None:
    assert look.font(13, 600) is look.font(13, 600)
    before = look.metrics(13)
    look.theme.set_choice("dark")
    assert look.metrics(13) is not before


def test_names_have_fonts_without_tabular_digits_and_headlines_are_set_tighter(look: Look) -> None:
    assert look.font(13).isFeatureSet(QFont.Tag("tnum"))
    assert not look.font(13, tabular=False).isFeatureSet(QFont.Tag("tnum"))
    assert look.font(25).letterSpacing() == -0.5
    assert look.font(13).letterSpacing() == 0


def test_moments_are_local_and_name_the_day_when_it_is_another() -> None:
    look = Look(Theme("light"), ZoneInfo("Asia/Tokyo"), QLocale.c())
    assert look.clock(samples.NOW) == "23:32"
    assert look.day_and_clock(samples.NOW) == "Thu 18 Jun, 23:32"
    assert look.weekday_and_clock(samples.NOW) == "Thu 23:32"
    assert look.when(samples.NOW - samples.HOUR_MS, samples.NOW) == "22:32"
    assert look.when(samples.NOW - 24 * samples.HOUR_MS, samples.NOW) == "17 Jun, 23:32"
    assert (look.day(date(2026, 6, 1)), look.weekday(date(2026, 6, 1))) == ("1 Jun", "Mon")


def test_another_zone_counts_from_then_on(look: Look) -> None:
    assert look.zone is UTC
    look.zone = ZoneInfo("Europe/Berlin")
    assert look.clock(samples.NOW) == "16:32"


def test_followers_are_painted_again_and_forgotten_with_their_end(qtbot, look: Look) -> None:
    told: list[int] = []
    widget = QWidget()
    qtbot.addWidget(widget)
    look.follow(widget, lambda: told.append(1))
    widget.show()
    with Paints() as paints:
        look.theme.set_choice("dark")
    assert "QWidget" in paints.by
    assert told == [1]
