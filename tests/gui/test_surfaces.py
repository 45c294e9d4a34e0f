"""Panel, window and dialog are made when first wanted, fed while seen, and the window is gone once closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from tests.gui import samples
from tests.gui.faces import settle
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.surfaces import Surfaces
from tokenwatch.gui.text_dialog import TextDialog
from tokenwatch.gui.theme import Theme

pytestmark = pytest.mark.usefixtures("stand_ins")


@pytest.fixture
def surfaces(qtbot) -> Iterator[Surfaces]:
    surfaces = Surfaces(Theme("light"), lambda: Settings(budget=7), lambda: UTC)
    yield surfaces
    surfaces.close()


def test_nothing_is_made_before_it_is_wanted(surfaces: Surfaces) -> None:
    surfaces.show_snapshot(samples.usual())
    assert surfaces.window is None
    assert surfaces.panel is None


def test_window_opens_with_the_latest_snapshot_on_the_page_asked_for(surfaces: Surfaces) -> None:
    surfaces.show_snapshot(samples.usual())
    surfaces.open_window("spend")
    assert surfaces.window.isVisible()
    assert surfaces.window.shown == [samples.usual()]
    assert surfaces.window.pages == ["spend"]


def test_window_opened_without_a_page_stays_where_it_was(surfaces: Surfaces) -> None:
    surfaces.open_window()
    assert surfaces.window.pages == []


def test_open_window_is_fed_and_not_made_twice(surfaces: Surfaces) -> None:
    surfaces.open_window()
    window = surfaces.window
    surfaces.show_snapshot(samples.paused())
    surfaces.open_window()
    assert surfaces.window is window
    assert window.shown[-1] == samples.paused()


def test_minimised_window_comes_back(surfaces: Surfaces) -> None:
    surfaces.open_window()
    surfaces.window.showMinimized()
    surfaces.open_window()
    assert not surfaces.window.isMinimized()


def test_closed_window_is_deleted_and_said_to_be(qtbot, surfaces: Surfaces) -> None:
    surfaces.open_window()
    with qtbot.waitSignal(surfaces.window_closed):
        surfaces.window.close()
    assert surfaces.window is None
    surfaces.open_window()
    assert surfaces.window.isVisible()


def test_asked_month_is_passed_on_and_shown(qtbot, surfaces: Surfaces) -> None:
    surfaces.show_month(samples.month())  # nobody is there to see it
    surfaces.open_window()
    with qtbot.waitSignal(surfaces.month_wanted) as signal:
        surfaces.window.month_wanted.emit(date(2026, 5, 1))
    assert signal.args == [date(2026, 5, 1)]
    surfaces.show_month(samples.month())
    assert surfaces.window.months == [samples.month()]


def test_panel_opens_and_a_second_click_closes_it(surfaces: Surfaces) -> None:
    surfaces.show_snapshot(samples.usual())
    surfaces.toggle_panel(QRect())
    assert surfaces.panel.isVisible()
    surfaces.toggle_panel(QRect())
    assert surfaces.panel is None


def test_closed_panel_is_deleted(qtbot, surfaces: Surfaces) -> None:
    surfaces.toggle_panel(QRect())
    with qtbot.waitSignal(surfaces.panel.destroyed):
        surfaces.panel.close()
    assert surfaces.panel is None


def test_panel_that_comes_again_shows_the_latest_snapshot(qtbot, surfaces: Surfaces) -> None:
    surfaces.show_snapshot(samples.usual())
    surfaces.toggle_panel(QRect())
    surfaces.panel.close()
    surfaces.show_snapshot(samples.paused())
    qtbot.waitUntil(lambda: surfaces._since_hidden.elapsed() > 300)
    surfaces.toggle_panel(QRect())
    assert surfaces.panel._paused.isVisible()


def test_click_that_closed_the_panel_does_not_open_it_again(qtbot, surfaces: Surfaces) -> None:
    surfaces.toggle_panel(QRect())
    surfaces.panel.close()
    surfaces.toggle_panel(QRect())
    assert surfaces.panel is None
    qtbot.waitUntil(lambda: surfaces._since_hidden.elapsed() > 300)
    surfaces.toggle_panel(QRect())
    assert surfaces.panel.isVisible()


def test_figure_in_the_panel_leads_to_the_window(surfaces: Surfaces) -> None:
    surfaces.toggle_panel(QRect())
    surfaces.panel.open_window.emit("limits")
    assert surfaces.panel is None
    assert surfaces.window.pages == ["limits"]


@pytest.mark.parametrize("signal", ["pause_toggled", "snooze_requested", "quit_requested"])
def test_commands_of_the_panel_are_passed_on(qtbot, surfaces: Surfaces, signal: str) -> None:
    surfaces.toggle_panel(QRect())
    with qtbot.waitSignal(getattr(surfaces, signal)):
        getattr(surfaces.panel, signal).emit()


def test_settings_open_once_with_what_is_set(qtbot, surfaces: Surfaces) -> None:
    surfaces.show_snapshot(samples.usual())
    surfaces.open_window()
    surfaces.window.settings_requested.emit()
    surfaces.open_settings()
    dialogs = [each for each in QApplication.topLevelWidgets() if type(each).__name__ == "SettingsDialog"]
    assert len(dialogs) == 1
    assert dialogs[0].settings == Settings(budget=7)
    assert dialogs[0].agents == samples.AGENTS
    with qtbot.waitSignal(surfaces.settings_saved) as signal:
        dialogs[0].saved.emit(Settings(budget=8))
    assert signal.args == [Settings(budget=8)]
    dialogs[0].close()
    settle()
    surfaces.open_settings()


def test_visible_is_said_when_the_first_opens_and_the_last_closes(surfaces: Surfaces) -> None:
    said: list[bool] = []
    surfaces.visible_changed.connect(said.append)
    surfaces.open_window()
    surfaces.toggle_panel(QRect())
    surfaces.panel.close()
    assert said == [True]
    surfaces.window.close()
    assert said == [True, False]


@pytest.mark.parametrize("signal", ["pause_toggled", "snooze_requested", "refresh_requested"])
def test_commands_of_the_window_are_passed_on(qtbot, surfaces: Surfaces, signal: str) -> None:
    surfaces.open_window()
    with qtbot.waitSignal(getattr(surfaces, signal)):
        getattr(surfaces.window, signal).emit()


def test_dialog_lists_agents_that_were_found_and_those_that_are_looked_for(surfaces: Surfaces) -> None:
    surfaces.show_snapshot(samples.usual())
    surfaces.show_looked_for((LookedFor("codex", "Codex CLI", "X"), LookedFor("amp", "Amp", "A")))
    surfaces.open_settings()
    assert surfaces._dialog.agents == (*samples.AGENTS, ("amp", "Amp", "A"))


def test_mistakes_in_the_settings_reach_the_dialog(surfaces: Surfaces) -> None:
    surfaces.show_mistakes(("line 3: no.",))
    surfaces.open_settings()
    assert surfaces._dialog.mistakes == ("line 3: no.",)
    surfaces.show_mistakes(())
    assert surfaces._dialog.mistakes == ()


def test_places_reach_the_window_whenever_it_opens(surfaces: Surfaces) -> None:
    known = (LookedFor("codex", "Codex", "X", "~/.codex"),)
    surfaces.show_looked_for(known)
    surfaces.open_window()
    assert surfaces.window.looked_for == [known]
    surfaces.show_looked_for(())
    assert surfaces.window.looked_for == [known, ()]


def test_other_settings_and_zone_count_in_what_is_open(qtbot) -> None:
    settings, zones = [Settings()], [UTC]
    surfaces = Surfaces(Theme("light"), lambda: settings[-1], lambda: zones[-1])
    surfaces.open_window()
    surfaces.open_settings()
    surfaces.toggle_panel(QRect())
    zones.append(ZoneInfo("Asia/Tokyo"))
    settings.append(Settings(budget=9))
    surfaces.renew()
    assert surfaces.window.zone == zones[-1]
    assert surfaces.panel._look.zone == zones[-1]
    assert surfaces._dialog.settings == Settings(budget=9)
    surfaces.close()


def test_dialog_that_was_closed_is_made_anew(surfaces: Surfaces) -> None:
    surfaces.open_settings()
    first = surfaces._dialog
    first.reject()
    surfaces.open_settings()
    assert surfaces._dialog is not first
    assert surfaces._dialog.isVisible()


@pytest.mark.parametrize("sample", [False, True])
def test_the_demo_keeps_away_from_the_keyring(surfaces: Surfaces, tmp_path: Path, sample: bool) -> None:
    surfaces._paths = Paths.below(tmp_path)
    surfaces.show_snapshot(replace(samples.usual(), sample=sample))
    surfaces.open_settings()
    assert (not surfaces._stores) is sample


def test_a_report_of_a_problem_opens_over_the_settings_and_is_saved_by_whoever_may(qtbot, tmp_path: Path) -> None:
    surfaces = Surfaces(Theme("light"), Settings, lambda: UTC, paths=Paths.below(tmp_path))
    surfaces.open_settings()
    surfaces._dialog.problem_wanted.emit()
    (report,) = surfaces._dialog.findChildren(TextDialog)
    assert report.isVisible()
    assert "# Versions" in report.text.toPlainText()
    with qtbot.waitSignal(surfaces.export_wanted) as wanted:
        report.save_wanted.emit("report.txt", "only this")
    assert wanted.args == ["report.txt", "only this"]
    surfaces.close()
