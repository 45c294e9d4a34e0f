"""Alert bar: the alerts that hold now, on one tinted line, and how long to be quiet about them.

Owns its layout. Does not own alerts or what a snooze does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tokenwatch.base.snapshot import Alert, Urgency
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.lettering import Run, draw, middle, wrap
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_frame, paint_mark
from tokenwatch.gui.widgets.mirror import beside, painter_of

_MOST_LINES: Final = 4
_WORDS: Final = 260
"""The least room for the words beside the buttons."""
SPANS: Final = (("1800", mark("30 min")), ("3600", mark("1 hour")), ("day", mark("Until tomorrow")))


class AlertBar(QWidget):
    """Hidden while nothing holds."""

    snoozed = Signal(str)
    """For how long, as one of :data:`SPANS`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._alerts: tuple[Alert, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 0, 12, 0)
        self._row.setSpacing(2)
        self._row.addStretch(1)
        self.buttons = []
        for span, words in SPANS:
            button = Button(look, tr(words), name=tr("Snooze: {span}", span=tr(words)))
            button.clicked.connect(lambda _=False, span=span: self.snoozed.emit(span))
            self._row.addWidget(button)
            self.buttons.append(button)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._stacked = False
        """Whether the buttons stand below the words."""
        look.follow(self, self._settle)
        self.hide()

    def show_alerts(self, alerts: Sequence[Alert]) -> None:
        if tuple(alerts) == self._alerts:
            return
        self._alerts = tuple(alerts)
        self.setAccessibleName(self.text())
        self.setVisible(bool(alerts))
        self._settle()
        self.update()

    def text(self) -> str:
        titles = "; ".join(plain(alert.title, 60) for alert in self._alerts[:3])
        more = len(self._alerts) - 3
        rest = tr("; and {number} more", number=more) if more > 0 else ""
        return tr("{number} active:", number=len(self._alerts)) + f" {titles}{rest}"

    def sizeHint(self) -> QSize:
        return QSize(400, self._words_tall() + (self._look.px(40) if self._stacked else 0))

    def _words_tall(self) -> int:
        """The height of the part with the words."""
        return max(self._look.px(46), self._look.px(18) * len(self.lines()) + self._look.px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle()
        super().resizeEvent(event)

    def _settle(self) -> None:
        buttons = sum(button.sizeHint().width() + 2 for button in self.buttons)
        self._stacked = 0 < self.width() < buttons + self._look.px(_WORDS) + 66
        self._row.setContentsMargins(14, self._words_tall() - self._look.px(4) if self._stacked else 0, 12, 0)
        self.updateGeometry()

    def lines(self) -> tuple[str, ...]:
        """What is said, as it is broken into lines."""
        room = self.width() - 54.0 if self._stacked else beside(self.buttons[0]).left() - 52
        return wrap(self._look, self.text(), 12.5, 500, max(120.0, room), _MOST_LINES)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, frame = self._look, QRectF(self.rect())
        bad = any(alert.urgency is Urgency.CRITICAL for alert in self._alerts)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("badbg" if bad else "warnbg"))
        if look.patterned:
            paint_frame(painter, look, frame, 10)
        else:
            painter.drawRoundedRect(frame, 10, 10)
        lines, tall = self.lines(), look.px(18)
        words = QRectF(0, 0, frame.width(), self._words_tall())
        paint_mark(painter, look, "problem" if bad else "waiting", QPointF(22, words.center().y()), look.px(14))
        room = frame.width() - 54 if self._stacked else beside(self.buttons[0]).left() - 52
        top = words.center().y() - tall * len(lines) / 2
        for number, line in enumerate(lines):
            place = QRectF(40, top + tall * number, room, tall)
            base = middle(look, place, 12.5, 400)
            head, colon, rest = line.partition(":") if not number else ("", "", line)
            runs = (Run(f"{head}{colon}", 12.5, 600), Run(rest.strip(), 12.5, 400, "t1", 5 if head else 0))
            draw(painter, look, 40, base, runs if colon or number else (Run(line, 12.5),), max(40.0, room))
