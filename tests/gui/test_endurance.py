"""Two hundred random resizes, theme switches, page changes and settings during live updates leave nothing behind:
no warning (a warning fails every test here), no part that stays, no memory that grows."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator
from datetime import UTC

import psutil
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale, QRect
from PySide6.QtWidgets import QApplication

from tests.gui import samples
from tests.gui.faces import settle
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.demo import story
from tokenwatch.demo.stage import SETTINGS, Stage
from tokenwatch.engine.questions import Questions
from tokenwatch.gui.panel import GlancePanel
from tokenwatch.gui.screen_sharing import hide
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.window import DetailWindow, panels
from tokenwatch.insight.breakdown import Question
from tokenwatch.insight.value import Worth

STEPS = 200
MOST_GROWN = 12 * 1024 * 1024
PAGES = [panel.id for panel in panels()]


@pytest.fixture(scope="module")
def stage(tmp_path_factory) -> Iterator[Stage]:
    made = Stage(tmp_path_factory.mktemp("demo"))
    made.open()
    yield made
    made.close()


class Hands:
    """What a restless person does, from a seed."""

    def __init__(self, window: DetailWindow, panel: GlancePanel, theme: Theme, seed: int) -> None:
        self.window, self.panel, self.theme = window, panel, theme
        self.chance = random.Random(seed)

    def do(self, snapshot: Snapshot) -> None:
        chance = self.chance
        deed = chance.randrange(7)
        if deed == 0:
            self.window.resize(chance.randint(720, 1700), chance.randint(480, 1100))
        elif deed == 1:
            self.theme.set_choice(chance.choice(("light", "dark")))
        elif deed == 2:
            self.theme.fit(chance.choice((90, 100, 115, 130)), chance.choice(("compact", "normal", "roomy")), True)
        elif deed == 3:
            self.window.show_panel(chance.choice(PAGES))
        elif deed == 4:
            self.panel.show_snapshot(snapshot)
            self.panel.show_at(QRect(chance.randint(0, 700), 0, 24, 24))
        elif deed == 5:
            self.panel.close()
        else:
            snapshot = hide(snapshot)
        self.window.show_snapshot(snapshot)
        settle()


def test_two_hundred_random_deeds_during_live_updates_leave_nothing_behind(qtbot, stage: Stage) -> None:
    theme = Theme("light")
    window = DetailWindow(theme, zone=UTC, locale=QLocale.c(), interval_ms=0)
    panel = GlancePanel(theme, zone=UTC, locale=QLocale.c())
    qtbot.addWidget(window)
    qtbot.addWidget(panel)
    questions = Questions(lambda: stage.paths, stage.clock.now, lambda: SETTINGS)

    def answer(question: object, key: str | None) -> None:
        if isinstance(question, Question | Worth):  # others are asked once, and answered in their own tests
            window.show_answer(questions.ask(question, key).result(30))

    window.asked.connect(answer)
    window.show()
    hands = Hands(window, panel, theme, seed=6)
    others = [samples.usual(), samples.over_budget(), samples.nothing_running(), samples.error(), samples.paused()]

    def deeds(count: int) -> None:
        for number in range(count):
            if stage.clock.now() < story.END - 60_000:
                stage.advance(15)
            snapshot = stage.snapshot() if number % 4 else replace(hands.chance.choice(others))
            hands.do(snapshot)

    for page in PAGES:  # every page is made, once
        window.show_panel(page)

    def parts_at_rest() -> int:
        """Widgets while one page shows one and the same."""
        window.show_panel("alerts")
        window.show_snapshot(samples.usual())
        settle()
        gc.collect()
        return len(QApplication.allWidgets())

    deeds(60)
    parts = parts_at_rest()
    memory = psutil.Process().memory_info().rss
    deeds(STEPS)
    assert abs(parts_at_rest() - parts) <= 12
    assert psutil.Process().memory_info().rss - memory < MOST_GROWN
    questions.close()
