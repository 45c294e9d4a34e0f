"""While the demo plays, charts move on once a second at most; and what is kept of them is what was painted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt

from tests.gui import samples
from tests.gui.faces import Paints, parts, picture, settle
from tokenwatch.demo import story
from tokenwatch.demo.stage import SETTINGS, Stage
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets.chart_base import ChartBase
from tokenwatch.gui.window import INTERVAL_MS, DetailWindow

STEPS = 12


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    stage.open()
    stage.advance_to(story.NOW, 120)
    yield stage
    stage.close()


def test_the_app_s_window_takes_a_second() -> None:
    assert INTERVAL_MS == 1000
    assert DetailWindow.__init__.__kwdefaults__["interval_ms"] == INTERVAL_MS


@pytest.mark.parametrize("page", ["live", "spend", "limits", "value"])
def test_within_a_step_no_chart_is_painted_and_with_it_each_once(
    qtbot, theme: Theme, stage: Stage, page: str
) -> None:
    window = DetailWindow(theme, zone=UTC, locale=QLocale.c(), interval_ms=10**7)  # a step that only the test ends
    qtbot.addWidget(window)
    window.show_settings(SETTINGS)
    window.resize(1100, 900)
    window.show_panel(page)
    window.show()
    window.show_snapshot(stage.snapshot())
    settle()
    charts = [part for part in parts(window) if isinstance(part, ChartBase) and part.isVisible()]
    names = {type(chart).__name__ for chart in charts}
    steps: list[None] = []
    window._throttle.fired.connect(lambda: steps.append(None))
    with Paints() as paints:
        for _ in range(STEPS):
            stage.advance(20)
            window.show_snapshot(stage.snapshot())
            settle()
    assert steps == []
    assert not names & set(paints.by)
    if page == "live":
        assert names
        assert paints.by.count("HeadlineStrip") >= STEPS // 2
    with Paints() as paints:
        window._throttle._rested()
        settle()
    assert len(steps) == 1
    painted, shown = Counter(paints.by), Counter(type(chart).__name__ for chart in charts)
    assert all(painted[name] <= shown[name] for name in names)
    if page == "live":
        assert all(painted[name] for name in names), "the hour went on by minutes"


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("page", ["live", "spend", "limits", "value", "breakdown"])
def test_a_kept_picture_is_what_was_painted_to_the_window(
    qtbot, qapp, page: str, direction: Qt.LayoutDirection
) -> None:
    before = qapp.layoutDirection()
    qapp.setLayoutDirection(direction)
    try:
        window = DetailWindow(Theme("dark"), zone=UTC, locale=QLocale.c(), interval_ms=0)
        qtbot.addWidget(window)
        window.resize(1100, 1400)
        window.show_panel(page)
        window.show()
        window.show_snapshot(samples.usual())
        settle()
        for chart in [part for part in parts(window) if isinstance(part, ChartBase) and part.isVisible()]:
            chart.renew()
            painted = picture(chart)
            assert chart._picture is None
            assert picture(chart) == painted, type(chart).__name__
            assert chart._picture is not None
    finally:
        qapp.setLayoutDirection(before)
