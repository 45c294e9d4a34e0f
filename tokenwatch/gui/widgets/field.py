"""Fields: one line of text to edit, taken when it is complete and makes sense.

Owns when a text counts and how a wrong one looks. Does not own what texts mean: each field is given how to read one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of


class Field(QLineEdit):
    """``read`` gives the value of a text or raises ValueError with a plain sentence; ``write`` gives the text back.

    Enter, or leaving the field, takes what was typed; Esc first takes back what was not taken yet.
    """

    entered = Signal(object)
    """Another value than before."""
    refused = Signal(str)
    """Why a text makes no sense; empty once it does again."""

    def __init__(
        self, look: Look, name: str, wide: int, read: Callable[[str], Any], write: Callable[[Any], str]
    ) -> None:
        super().__init__()
        self._look = look
        self._wide = wide
        self._read, self._write = read, write
        self._value: Any = None
        self._shown = ""
        self._name = name
        self._wrong = ""
        self.setFrame(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setTextMargins(8, 0, 8, 0)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        self.setPalette(palette)
        self.editingFinished.connect(self.take)
        look.follow(self, self._dress)
        self._dress()

    def value(self) -> Any:
        return self._value

    def set_value(self, value: Any) -> None:
        """Show ``value`` without telling. A text that is being edited stays, unless the value is another now."""
        if value != self._value or not self.edited():
            self._value = value
            self._show()

    def edited(self) -> bool:
        """Whether another text stands in it than was shown. A completed text counts, which Qt does not."""
        return self.text() != self._shown

    def wrong(self) -> str:
        """Why the text is not taken, or nothing."""
        return self._wrong

    def take(self) -> None:
        """Make what stands in the field its value, if it makes sense."""
        if not self.edited():
            return
        try:
            value = self._read(self.text())
        except ValueError as error:
            self._refuse(str(error))
            return
        before, self._value = self._value, value
        self._show()
        if value != before:
            self.entered.emit(value)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(self._wide), self._look.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        focused = self.hasFocus()
        wide = 2 if focused or self._wrong else look.border
        ink = "badf" if self._wrong else "acc" if focused else "line2"
        painter.setPen(QPen(look.color(ink), wide))
        painter.setBrush(look.color("card" if self.isEnabled() else "sunk"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), 6, 6)
        painter.end()
        super().paintEvent(event)

    def _refuse(self, why: str) -> None:
        self._wrong = why
        self.setAccessibleDescription(why)
        self.refused.emit(why)
        self.update()

    def _show(self) -> None:
        self._shown = self._write(self._value)
        if self.edited():
            self.setText(self._shown)
        self.setCursorPosition(0)
        if self._wrong:
            self._refuse("")

    def _dress(self) -> None:
        self.setFont(self._look.font(12.5))
        self.updateGeometry()
