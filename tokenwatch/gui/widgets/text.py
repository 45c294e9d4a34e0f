"""Text: plain words on one or several lines, painted, so that nothing in them is ever taken for markup.

Owns wrapping and cutting. Does not own the words, which must have been cleaned.
"""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.gui.widgets.lettering import Run, draw, middle, run_width, wrap_evenly
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of

_LEADING = 1.45
"""Height of a line as a part of its type."""
_MOST_WIDTHS: Final = 16


class Text(QWidget):
    """``most`` lines at most; with one line, what does not fit is cut.

    ``tall`` is the least height at 100%, ``below`` the room under the last line, ``indent``
    the one before each.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        px: float = 12.5,
        weight: int = 400,
        ink: str = "t1",
        mono: bool = False,
        most: int = 1,
        tall: int = 0,
        below: int = 0,
        indent: int = 0,
    ) -> None:
        super().__init__()
        self._look = look
        self._run = Run(text, px, weight, ink, mono=mono)
        self._most = most
        self._lines: dict[int, tuple[str, ...]] = {}
        """By width: a layout asks for several before it is painted."""
        self._tall, self._below, self._indent = tall, below, indent
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(most > 1)
        self.setSizePolicy(policy)
        look.follow(self, self._forget)

    def say(self, text: str, ink: str = "") -> None:
        run = self._run
        if (text, ink or run.ink) != (run.text, run.ink):
            self._run = Run(text, run.px, run.weight, ink or run.ink, mono=run.mono)
            self._lines.clear()
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def text(self) -> str:
        return self._run.text

    def ink(self) -> str:
        return self._run.ink

    def lines(self, wide: int) -> tuple[str, ...]:
        run = self._run
        if self._most == 1:
            return (run.text,)
        found = self._lines.get(wide)
        if found is None:
            if len(self._lines) >= _MOST_WIDTHS:
                self._lines.clear()
            found = wrap_evenly(self._look, run.text, run.px, run.weight, wide - self._indent, self._most)
            self._lines[wide] = found
        return found

    def sizeHint(self) -> QSize:
        wide = math.ceil(run_width(self._look, self._run)) + 2 + self._indent
        if self._most > 1:
            wide = min(wide, self._look.px(360))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(40, self.sizeHint().width()), self._line())

    def hasHeightForWidth(self) -> bool:
        return self._most > 1

    def heightForWidth(self, wide: int) -> int:
        needed = self._line() * max(1, len(self.lines(wide))) + self._below
        return max(self._look.px(self._tall) if self._tall else 0, needed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        look, run, tall = self._look, self._run, self._line()
        lines = self.lines(self.width())
        top = (self.height() - self._below - tall * len(lines)) / 2
        for number, line in enumerate(lines):
            place = QRectF(0, top + number * tall, self.width(), tall)
            words = Run(line, run.px, run.weight, run.ink, mono=run.mono)
            room = self.width() - self._indent
            draw(painter, look, self._indent, middle(look, place, run.px, run.weight), (words,), room)

    def _forget(self) -> None:
        self._lines.clear()

    def _line(self) -> int:
        return self._look.px(self._run.px * _LEADING)
