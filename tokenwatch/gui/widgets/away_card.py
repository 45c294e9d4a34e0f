"""Away card: what agents did while nobody looked, until the person has read it.

Owns the words and when the card shows. Does not own the figures (engine/live_book.py).
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.format import duration, tokens
from tokenwatch.base.snapshot import Away
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.lettering import Run, draw, wrap
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_frame
from tokenwatch.gui.widgets.mirror import beside, painter_of, visual
from tokenwatch.gui.widgets.short_numbers import money_short

_MOST_LINES = 3


class AwayCard(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._away: Away | None = None
        self._read: tuple[int, int] | None = None
        """The time away that the person has read of."""
        self.button = Button(look, tr("Got it"))
        self.button.setParent(self)
        self.button.clicked.connect(self._put_away)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self, self._settle)
        self.hide()

    def show_away(self, away: Away | None) -> None:
        """``away`` None, or without anything that happened: nothing to tell."""
        if away is not None and not away.tokens and not away.working_ms and not away.waiting_ms:
            away = None
        self._away = away
        shown = away is not None and (away.since, away.until) != self._read
        if shown:
            self.setAccessibleName(self.title())
            self.setAccessibleDescription(self.body())
            self._settle()
        self.setVisible(shown)
        self.update()

    def title(self) -> str:
        away = self._away
        return tr("While you were away for {time}", time=duration((away.until - away.since) / 1000)) if away else ""

    def body(self) -> str:
        away, look = self._away, self._look
        if away is None:
            return ""
        parts = [
            tr("Agents worked {time} together.", time=duration(away.working_ms / 1000)) if away.working_ms else "",
            tr("They waited {time} for you.", time=duration(away.waiting_ms / 1000)) if away.waiting_ms else "",
            tr(
                "{tokens} new tokens, {cost} at API prices.",
                tokens=tokens(away.tokens, look.numerals), cost=money_short(away.listed, look.numerals),
            ),
            tr("{count} finished.", count=away.finished) if away.finished else "",
            tr("{count} ended unexpectedly.", count=away.crashed) if away.crashed else "",
        ]  # fmt: skip
        return " ".join(filter(None, parts))

    def lines(self) -> tuple[str, ...]:
        room = max(200, self.width() - 66 - self.button.sizeHint().width())
        return wrap(self._look, self.body(), 12.5, 400, room, _MOST_LINES)

    def sizeHint(self) -> QSize:
        return QSize(400, self._look.px(38 + 18 * max(1, len(self.lines()))))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, scale = self._look, self._look.px
        paint_frame(painter, look, QRectF(self.rect()), 10)
        room = beside(self.button).left() - 50
        paint_icon(painter, "live", QRectF(16, scale(12), 15, 15), look.color("acc"))
        draw(painter, look, 42, scale(24), (Run(self.title(), 13, 600),), room)
        for number, line in enumerate(self.lines()):
            draw(painter, look, 42, scale(43 + 18 * number), (Run(line, 12.5, 400, "t2"),), room)

    def _settle(self) -> None:
        hint = self.button.sizeHint()
        place = QRect(QPoint(self.width() - hint.width() - 12, (self.height() - hint.height()) // 2), hint)
        self.button.setGeometry(visual(self, place))
        self.updateGeometry()

    def _put_away(self) -> None:
        if self._away is not None:
            self._read = (self._away.since, self._away.until)
        self.hide()
