"""Choice button: a button that names what is chosen and opens a menu of the others.

Owns the menu and the arrow. Does not own what follows from a choice.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu

from tokenwatch.base.text import plain
from tokenwatch.gui.widgets.buttons import ROOM, Button
from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of

_ARROW = 11


class ChoiceButton(Button):
    """``choices`` are (id, words). ``label`` stands before the chosen words, as in "Agent: any"."""

    chosen = Signal(str)

    def __init__(self, look: Look, choices: Sequence[tuple[str, str]], *, label: str = "", icon: str = "") -> None:
        super().__init__(look, icon=icon)
        self._label = label
        self._choices: tuple[tuple[str, str], ...] = ()
        self._value = ""
        self.clicked.connect(self._open)
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Other choices; the chosen one stays if it is still among them, else the first is chosen."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        known = [choice for choice, _ in choices]
        self.choose(self._value if self._value in known else known[0] if known else "")

    def value(self) -> str:
        return self._value

    def choices(self) -> tuple[tuple[str, str], ...]:
        return self._choices

    def choose(self, choice: str, words: str = "") -> None:
        """Set the choice without telling; ``words`` in the place of those that were offered."""
        self._value = choice
        shown = words or plain(dict(self._choices).get(choice, ""), 40)
        self.setText(f"{self._label}: {shown}" if self._label else shown)
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def menu(self) -> QMenu:
        """A menu of the choices; the caller shows it."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for choice, words in self._choices:
            action = menu.addAction(plain(words, 60).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(choice == self._value)
            group.addAction(action)
            action.triggered.connect(lambda _=False, chosen=choice: self._take(chosen))
        return menu

    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        return QSize(usual.width() + _ARROW + 6, usual.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self._arrow_left(), round(self.height() / 2 - _ARROW / 2), _ARROW, _ARROW)
        paint_icon(painter, "down", place, self._look.color("t2"))

    def text_shift(self) -> float:
        return -(_ARROW + 6) / 2

    def _arrow_left(self) -> float:
        return self.width() - ROOM - 11.0 - _ARROW

    def _open(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(ROOM, self.height() - ROOM)))

    def _take(self, choice: str) -> None:
        if choice != self._value:
            self.choose(choice)
        self.chosen.emit(choice)
