"""A pause that ends by itself: at the chosen time, not before, and not when somebody was quicker."""

from __future__ import annotations

from datetime import UTC

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale, QRect
from PySide6.QtTest import QSignalSpy

from tests.gui import samples
from tests.gui.faces import settle, stops
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.gui.panel import GlancePanel, next_hour
from tokenwatch.gui.resuming import Resuming
from tokenwatch.gui.theme import Theme

HOUR, MINUTE = 3_600_000, 60_000


def at(moment: int, *, paused: bool = True) -> Snapshot:
    shown = samples.paused() if paused else samples.usual()
    return replace(shown, figures=replace(shown.figures, at=moment))


@pytest.fixture
def resumed() -> list[int]:
    return []


@pytest.fixture
def resuming(qapp, resumed: list[int]) -> Resuming:
    resuming = Resuming(lambda: resumed.append(1))
    resuming.follow(at(0))
    return resuming


def test_it_resumes_when_the_moment_has_come(resuming: Resuming, resumed: list[int]) -> None:
    due = QSignalSpy(resuming.due_changed)
    resuming.wait_until(HOUR)
    resuming.follow(at(HOUR - 1))
    assert resumed == []
    resuming.follow(at(HOUR))
    resuming.follow(at(HOUR + 1))
    assert resumed == [1]
    assert [due.at(number)[0] for number in range(due.count())] == [HOUR, None]


def test_it_resumes_without_a_snapshot_too(qtbot, resuming: Resuming, resumed: list[int]) -> None:
    resuming.wait_until(20)
    qtbot.waitUntil(lambda: resumed == [1])


def test_who_resumes_before_ends_the_wait(resuming: Resuming, resumed: list[int]) -> None:
    resuming.wait_until(HOUR)
    resuming.follow(at(MINUTE, paused=False))
    resuming.follow(at(2 * MINUTE))
    resuming.follow(at(2 * HOUR))
    assert resumed == []


@pytest.mark.parametrize(("now", "then"), [(0, 1), (49 * MINUTE, 1), (51 * MINUTE, 2), (50 * MINUTE, 1), (HOUR, 2)])
def test_the_hour_offered_is_not_too_near(now: int, then: int) -> None:
    assert next_hour(now) == then * HOUR


def test_panel_offers_it_by_keyboard_and_says_until_when(qtbot) -> None:
    panel = GlancePanel(Theme("light"), zone=UTC, locale=QLocale.c())
    qtbot.addWidget(panel)
    panel.show_snapshot(samples.paused())
    panel.show_at(QRect())
    settle()
    spy = QSignalSpy(panel.resume_wanted)
    assert panel._later.text() == "Resume at 15:00"
    assert panel._later in stops(panel)
    panel._later.click()
    (moment,) = spy.at(0)
    panel.show_due(moment)
    settle()
    assert "until 15:00" in panel._paused.accessibleName()
    assert not panel._later.isVisible()
