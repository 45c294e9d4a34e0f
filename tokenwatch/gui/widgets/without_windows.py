"""Without windows: the agents whose use no limit is known of, with their tiles, and what their use counts towards.

Owns the line's layout. Does not own which agents these are (panels/limits.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.lettering import Run, draw, middle, width, wrap
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_tile
from tokenwatch.gui.widgets.mirror import painter_of

_ABOUT: Final = mark("No windows are known to run out of. What they use counts towards the month.")
_TILE: Final = 20
_SIDE: Final = 16
_LINE: Final = 19
_ROOM: Final = 14
"""Above and below the lines; ``_SIDE`` beside them."""


class WithoutWindows(QWidget):
    """One line where it fits, else the words on lines of their own."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._agents: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def show_agents(self, agents: Sequence[tuple[str, str]]) -> None:
        """(id, name) of each; names must have been cleaned."""
        if tuple(agents) != self._agents:
            self._agents = tuple(agents)
            self.setAccessibleName(self.text())
            self.updateGeometry()
            self.update()

    def text(self) -> str:
        return f"{self._names()}: {tr(_ABOUT)}" if self._agents else ""

    def sizeHint(self) -> QSize:
        return QSize(400, self._look.px(2 * _ROOM + _LINE) + self._look.px(_LINE) * len(self._below()))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()
        super().resizeEvent(event)

    def _names(self) -> str:
        return ", ".join(name for _, name in self._agents)

    def _words(self) -> tuple[Run, Run]:
        return Run(self._names(), 12.5, 600), Run(tr(_ABOUT), 12.5, 400, "t2", 12)

    def _start(self) -> float:
        """Where the names begin."""
        return _SIDE + len(self._agents) * (self._look.px(_TILE) + 8) + 4

    def _below(self) -> tuple[str, ...]:
        """The lines below the first."""
        if self._start() + width(self._look, self._words()) <= self.width() - _SIDE:
            return ()
        return wrap(self._look, tr(_ABOUT), 12.5, 400, max(160, self.width() - 2 * _SIDE), 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, below = painter_of(self), self._look, self._below()
        side, line = look.px(_TILE), look.px(_LINE)
        first = QRectF(0, look.px(_ROOM), self.width(), line)
        for number, (agent, _) in enumerate(self._agents):
            corner = QRectF(_SIDE + number * (side + 8), round(first.center().y() - side / 2), side, side)
            paint_tile(painter, look, corner, agent, 11)
        runs = self._words()[:1] if below else self._words()
        draw(painter, look, self._start(), middle(look, first, 12.5), runs, self.width() - _SIDE - self._start())
        for number, words in enumerate(below, 1):
            base = middle(look, first.translated(0, number * line), 12.5)
            draw(painter, look, _SIDE, base, (Run(words, 12.5, 400, "t2"),), self.width() - 2 * _SIDE)
