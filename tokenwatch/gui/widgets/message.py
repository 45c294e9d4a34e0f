"""Messages: a title and plain sentences in the middle of a surface, with an icon and buttons.

Owns their layout. Does not own what they say. Used where there is nothing to list: nothing runs, paused, no agents.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.lettering import Run, draw, draw_centre, run_width, wrap_evenly
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of

_GAUGE = 24
_GAUGE_GAP = 5


class Message(QWidget):
    """Centred title, up to three lines below it, and one row of buttons."""

    def __init__(self, look: Look, *, buttons: tuple[Button, ...] = (), lined: bool = False) -> None:
        super().__init__()
        self._look = look
        self._title = ""
        self._body = ""
        self._icon = ""
        self._lined = lined
        self._row = QWidget(self)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in buttons:
            row.addWidget(button)
        self._has_buttons = bool(buttons)
        self._row.setVisible(self._has_buttons)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def say(self, title: str, body: str, icon: str = "") -> None:
        """Text must have been cleaned. ``icon``: a drawing of widgets/icons.py before the title."""
        if (title, body, icon) != (self._title, self._body, self._icon):
            self._title, self._body, self._icon = title, body, icon
            self.setAccessibleName(f"{title}. {body}")
            self.updateGeometry()
            self.update()

    def lines(self) -> tuple[str, ...]:
        return wrap_evenly(self._look, self._body, 11.5, 400, max(120, self.width() - 56), 3)

    def sizeHint(self) -> QSize:
        scale = self._look.px
        lines = 2 * self._gap() + 17 * max(1, len(self.lines()))
        return QSize(320, scale(26 + 22 + lines + (44 if self._has_buttons else 0) + 22))

    def _gap(self) -> int:
        """More below the title where a tall drawing stands before it, and more above the buttons."""
        return _GAUGE_GAP if self._icon == "paused" else 0

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return False

    def resizeEvent(self, event: object) -> None:
        hint = self._row.sizeHint()
        top = self._look.px(26 + 22 + 2 * self._gap() + 17 * max(1, len(self.lines())) + 2)
        self._row.setGeometry((self.width() - hint.width()) // 2, top, hint.width(), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        look, scale, centre = self._look, self._look.px, self.width() / 2
        painter.fillRect(self.rect(), look.color("card"))
        if self._lined:
            painter.fillRect(QRectF(0, 0, self.width(), 1), look.color("line"))
        base = scale(38)
        title = Run(self._title, 13, 600)
        if self._icon:
            gauge = self._icon == "paused"
            side = scale(_GAUGE if gauge else 16)
            left = centre - (run_width(look, title) + side + 6) / 2
            place = QRectF(round(left), round(base - scale(5) - side / 2), side, side)
            paint_icon(painter, self._icon, place, look.color("t2"))
            draw(painter, look, left + side + 6, base, (title,), self.width() - 40)
        else:
            draw_centre(painter, look, centre, base, (title,), self.width() - 24)
        for number, line in enumerate(self.lines(), 1):
            run = Run(line, 11.5, 400, "t2")
            draw_centre(painter, look, centre, base + scale(self._gap() + 18 * number), (run,), self.width() - 48)
