"""Alert bar: the alerts that hold now, on one tinted line, and how long to be quiet about them.

Owns its layout. Does not own alerts or what a snooze does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tokenwatch.base.snapshot import Alert, Urgency
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.lettering import Run, draw, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_mark

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
        look.follow(self)
        self.hide()

    def show_alerts(self, alerts: Sequence[Alert]) -> None:
        if tuple(alerts) == self._alerts:
            return
        self._alerts = tuple(alerts)
        self.setAccessibleName(self.text())
        self.setVisible(bool(alerts))
        self.update()

    def text(self) -> str:
        titles = "; ".join(plain(alert.title, 60) for alert in self._alerts[:3])
        more = len(self._alerts) - 3
        rest = tr("; and {number} more", number=more) if more > 0 else ""
        return tr("{number} active:", number=len(self._alerts)) + f" {titles}{rest}"

    def sizeHint(self) -> QSize:
        return QSize(400, self._look.px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, frame = self._look, QRectF(self.rect())
        bad = any(alert.urgency is Urgency.CRITICAL for alert in self._alerts)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("badbg" if bad else "warnbg"))
        painter.drawRoundedRect(frame, 10, 10)
        paint_mark(painter, look, "problem" if bad else "waiting", QPointF(22, frame.center().y()), look.px(14))
        head, _, rest = self.text().partition(": ")
        runs = (Run(f"{head}:", 12.5, 600), Run(rest, 12.5, 400, "t1", 5))
        limit = self.buttons[0].x() - 52
        draw(painter, look, 40, middle(look, frame, 12.5, 400), runs, max(40, limit))
