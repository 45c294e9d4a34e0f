"""Restless: a person who resizes, switches themes and turns pages without a pause, while snapshots come in.

A program of its own: it plays with the real window over the demo's ledger and prints the longest stretch between two
turns of the event loop for every kind of deed, as JSON. Owns that; frames.py starts it and makes figures of it.

A stretch is what keeps a frame from the screen: the Qt thread's processor time, so that other programs on the machine
do not count, and the clock's, in which they do.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import Future
from datetime import UTC
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from tokenwatch.base.settings import Rows
from tokenwatch.demo import story
from tokenwatch.demo.stage import SETTINGS, Stage
from tokenwatch.engine.questions import Questions
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.window import DetailWindow, panels

DEEDS = 200
_EVERY_MS = 60
"""Between two deeds; a snapshot comes halfway."""
_SETTLE_MS = 5_000
"""In which pages are made ahead. What it takes is measured, too, as "start"."""
_ROWS: tuple[Rows, ...] = ("compact", "normal", "roomy")


class Restless:
    def __init__(self, application: QApplication, stage: Stage, seed: int) -> None:
        self._application, self._stage = application, stage
        self._chance = random.Random(seed)
        self._questions = Questions(lambda: stage.paths, stage.clock.now, lambda: SETTINGS)
        self._waited: list[Future[Any]] = []
        self._theme = Theme("light")
        self._theme.apply(application)
        self._window = DetailWindow(self._theme, zone=UTC, locale=QLocale.c(), interval_ms=0)
        self._window.show_settings(SETTINGS)
        self._window.asked.connect(lambda question, key: self._waited.append(self._questions.ask(question, key)))
        self._window.resize(1100, 720)
        self._doing, self._left = "start", DEEDS
        self.gaps: dict[str, list[tuple[float, float]]] = defaultdict(list)
        """By kind of deed: milliseconds of the Qt thread and of the clock of each stretch."""
        self._ticker = QTimer()
        self._ticker.timeout.connect(self._tick)
        self._hands = QTimer()
        self._hands.timeout.connect(self._act)
        self._since = (0.0, 0.0)
        self._longest = (0.0, 0.0)
        self._live = False

    def run(self) -> None:
        self._stage.advance_to(story.NOW)
        snapshot = self._stage.snapshot()
        self._since = time.thread_time(), time.perf_counter()
        self._window.show()
        self._window.show_snapshot(snapshot)
        self._ticker.start(0)
        QTimer.singleShot(_SETTLE_MS, lambda: self._hands.start(_EVERY_MS // 2))
        self._application.exec()
        self._questions.close()

    def _tick(self) -> None:
        now = time.thread_time(), time.perf_counter()
        gap = (now[0] - self._since[0]) * 1e3, (now[1] - self._since[1]) * 1e3
        self._longest = max(self._longest[0], gap[0]), max(self._longest[1], gap[1])
        self._since = now
        for future in [each for each in self._waited if each.done()]:
            self._waited.remove(future)
            self._window.show_answer(future.result())

    def _act(self) -> None:
        """A deed or a snapshot; what went before is over."""
        self._tick()
        self.gaps[self._doing].append(self._longest)
        self._longest = (0.0, 0.0)
        if not self._left:
            self._application.quit()
            return
        self._live = not self._live
        if self._live:
            self._doing = f"snapshot on {self._window.current_panel()}"
            if self._stage.clock.now() < story.END - 60_000:
                self._stage.advance(15)
            snapshot = self._stage.snapshot()
            self._since = time.thread_time(), time.perf_counter()  # the engine has a thread of its own in the program
            self._window.show_snapshot(snapshot)
        else:
            self._left -= 1
            self._do()

    def _do(self) -> None:
        chance, window = self._chance, self._window
        kind = chance.choice(("resize", "theme", "text size", "page"))
        if kind == "resize":
            window.resize(chance.randint(720, 1700), chance.randint(480, 1100))
        elif kind == "theme":
            self._theme.set_choice("dark" if self._theme.choice == "light" else "light")
        elif kind == "text size":
            self._theme.fit(chance.choice((90, 100, 115, 130)), chance.choice(_ROWS), chance.random() < 0.5)
        else:
            window.show_panel(chance.choice([panel.id for panel in panels()]))
        self._doing = f"{kind} on {window.current_panel()}"


def main() -> None:
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        stage.open()
        restless = Restless(application, stage, seed=int(sys.argv[1]) if len(sys.argv) > 1 else 6)
        restless.run()
        stage.close()
    print(json.dumps({"gaps": restless.gaps}))


if __name__ == "__main__":
    main()
