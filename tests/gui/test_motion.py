"""Motion: a fade runs once, ends, and is not begun where the system wants none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QRect
from PySide6.QtTest import QSignalSpy

from tests.gui import samples
from tests.gui.faces import settle
from tokenwatch.gui import panel as panel_module
from tokenwatch.gui.motion import Fade, system_is_still, windows_fade
from tokenwatch.gui.panel import GlancePanel
from tokenwatch.gui.portal import Wishes
from tokenwatch.gui.theme import Theme


def test_fade_goes_from_nothing_to_all_once_and_rests(qtbot) -> None:
    owner = QObject()
    fade = Fade(40, owner)
    spy = QSignalSpy(fade.moved)
    fade.start()
    assert fade.strength == 0.0
    qtbot.waitUntil(lambda: not fade.running)
    told = [spy.at(number)[0] for number in range(spy.count())]
    assert (told[0], told[-1], fade.strength) == (0.0, 1.0, 1.0)
    assert told == sorted(told)


def test_stopped_fade_is_at_its_end_and_says_so_once(qtbot) -> None:
    owner = QObject()
    fade = Fade(60_000, owner)
    fade.start()
    spy = QSignalSpy(fade.moved)
    fade.stop()
    fade.stop()
    assert (spy.count(), fade.strength, fade.running) == (1, 1.0, False)


def test_only_windows_is_asked_by_its_own_call() -> None:
    assert not system_is_still("linux")
    assert not system_is_still("darwin")


def test_windows_do_not_fade_where_the_platform_cannot(qtbot) -> None:
    assert not windows_fade()  # tests run offscreen


@pytest.mark.parametrize(
    ("wishes", "moves"),
    [(Wishes(), True), (Wishes(reduced_motion=True), False), (Wishes(animations=False), False)],
)
def test_theme_moves_unless_the_desktop_wants_it_still(qtbot, theme: Theme, wishes: Wishes, moves: bool) -> None:
    theme.obey(wishes)
    assert theme.moves is moves
    theme.obey(Wishes())


@pytest.fixture
def faded(monkeypatch) -> list[float]:
    """What the panel's window is told, on a platform that can fade windows."""
    told: list[float] = []
    monkeypatch.setattr(panel_module, "windows_fade", lambda: True)
    monkeypatch.setattr(GlancePanel, "setWindowOpacity", lambda self, strength: told.append(strength))
    return told


def test_panel_fades_in_when_it_opens_and_not_while_it_is_open(qtbot, theme: Theme, faded: list[float]) -> None:
    panel = GlancePanel(theme)
    qtbot.addWidget(panel)
    panel.show_snapshot(samples.usual())
    assert faded == []
    panel.show_at(QRect())
    assert faded[0] == 0.0
    qtbot.waitUntil(lambda: faded[-1] == 1.0)
    count = len(faded)
    panel.show_at(QRect())
    settle()
    assert len(faded) == count


def test_closed_panel_does_not_fade(qtbot, theme: Theme, faded: list[float]) -> None:
    panel = GlancePanel(theme)
    qtbot.addWidget(panel)
    panel.show_snapshot(samples.usual())
    panel.show_at(QRect())
    panel.close()
    assert faded[-1] == 1.0
    assert not panel._fade.running


def test_panel_is_there_at_once_where_motion_is_not_wanted(qtbot, theme: Theme, faded: list[float]) -> None:
    theme.obey(Wishes(reduced_motion=True))
    panel = GlancePanel(theme)
    qtbot.addWidget(panel)
    panel.show_snapshot(samples.usual())
    panel.show_at(QRect())
    settle()
    theme.obey(Wishes())
    assert faded == []
