"""The app, telling when it has painted: a script that runs TokenWatch unchanged and hooks its headline strip.

Its first argument is a file descriptor, to which it writes lines of fields parted by tabs; ``--frames`` as the second
has it draw a frame every 16 ms; the rest are the app's own arguments. Times are nanoseconds of the monotonic clock,
taken when the event that painted is over, thus after the pixels were handed to the display. Lines:

    paint TIME TOKENS TODAY PROGRESS CELL|CELL|...
    frame TIME

TOKENS are those of the last three hours by minutes, and TODAY all of the present day (``-``: not known), of the
snapshot that was painted; PROGRESS is its import's (``-``: none), and the cells are the strip's texts.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

FRAME_MS = 16


def main() -> int:
    target = int(sys.argv[1])
    frames = "--frames" in sys.argv[2:3]
    arguments = sys.argv[3 if frames else 2 :]
    sys.meta_path.insert(0, _OnceLoaded("tokenwatch.gui.surfaces", lambda: _hook_window(target, frames=frames)))
    from tokenwatch.__main__ import main as tokenwatch

    return tokenwatch(arguments)


class _OnceLoaded(MetaPathFinder, Loader):
    """Does something when a module was loaded, not sooner: what comes before Qt is loaded is a part of the start."""

    def __init__(self, name: str, then: Callable[[], None]) -> None:
        self._name, self._then = name, then

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(fullname)
        assert spec is not None
        self._loader, spec.loader = spec.loader, self
        return spec

    def exec_module(self, module: ModuleType) -> None:
        assert self._loader is not None
        self._loader.exec_module(module)
        sys.modules[self._name] = module
        self._then()


def _hook_window(target: int, *, frames: bool) -> None:
    from tokenwatch.gui.surfaces import Surfaces

    make = Surfaces._make_window

    def make_window(self: Surfaces) -> Any:
        _hook(target)
        window = make(self)
        if frames:
            _draw_frames(window, target)
        return window

    Surfaces._make_window = make_window  # type: ignore[method-assign]


def _say(target: int, *fields: object) -> None:
    os.write(target, ("\t".join(map(str, fields)) + "\n").encode())


def _hook(target: int) -> None:
    from PySide6.QtCore import QTimer

    from tokenwatch.gui.panels.live import LivePage
    from tokenwatch.gui.widgets.headline import HeadlineStrip

    paint, update, count = HeadlineStrip.paintEvent, LivePage.show_snapshot, LivePage.show_numbers
    shown: list[Any] = []

    def updated(self: LivePage, snapshot: Any) -> None:
        shown[:] = [snapshot]
        update(self, snapshot)

    def counted(self: LivePage, snapshot: Any) -> None:
        shown[:] = [snapshot]
        count(self, snapshot)

    def painted(self: HeadlineStrip, event: Any) -> None:
        paint(self, event)
        if not shown:
            return
        snapshot = shown[0]
        month = snapshot.figures.month
        tokens = sum(sum(minutes) for _, minutes in snapshot.figures.series.rows)
        today = sum(day.tokens for day in month.days if day.day == month.today) if month is not None else "-"
        progress = "-" if snapshot.progress is None else snapshot.progress.done
        cells = "|".join(cell.value for cell in self.cells())
        QTimer.singleShot(0, lambda: _say(target, "paint", time.monotonic_ns(), tokens, today, progress, cells))

    LivePage.show_snapshot = updated  # type: ignore[method-assign]
    LivePage.show_numbers = counted  # type: ignore[method-assign]
    HeadlineStrip.paintEvent = painted  # type: ignore[method-assign]


def _draw_frames(window: Any, target: int) -> None:
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    class Beat(QWidget):
        def paintEvent(self, event: Any) -> None:
            QPainter(self).fillRect(self.rect(), Qt.GlobalColor.gray)
            _say(target, "frame", time.monotonic_ns())

    beat = Beat(window)
    beat.setGeometry(0, 0, 3, 3)
    timer = QTimer(beat)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat.update)
    timer.start(FRAME_MS)


if __name__ == "__main__":
    sys.exit(main())
