"""Notices: what is wrong, since when and what to do, as a card in the window or one slim line in the panel.

Owns their layout. Does not own the sentences, which come from health.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, wrap
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import Mark, paint_focus, paint_mark


class SlimNotice(QWidget):
    """One or two lines with a mark; hidden while there is nothing to say. A click or Enter emits :attr:`opened`."""

    opened = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._text = ""
        self._mark: Mark = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.follow(self)
        self.hide()

    def say(self, text: str, mark: Mark) -> None:
        """Text must have been cleaned; empty text hides the notice."""
        if (text, mark) != (self._text, self._mark):
            self._text, self._mark = text, mark
            self.setAccessibleName(text)
            self.setVisible(bool(text))
            self.updateGeometry()
            self.update()

    def text(self) -> str:
        return self._text

    def lines(self) -> tuple[str, ...]:
        return wrap(self._look, self._text, 11.5, 500, max(160, self.width() - 52), 2)

    def sizeHint(self) -> QSize:
        return QSize(320, self._look.px(18 + 16 * max(1, len(self.lines()))))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, scale = self._look, self._look.px
        bad = self._mark == "problem"
        painter.fillRect(self.rect(), look.color("badbg" if bad else "warnbg"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), look.color("line"))
        paint_mark(painter, look, self._mark, QPointF(19, scale(17)), scale(13))
        for number, line in enumerate(self.lines()):
            run = Run(line, 11.5, 500, "bad" if bad else "warn")
            draw(painter, look, 34, scale(21 + 16 * number), (run,), self.width() - 46)
        if self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()).adjusted(2, 3, -2, -2), 6)


class NoticeCard(QWidget):
    """A card: title, up to four lines, a button and a hint. Hidden while there is nothing to say."""

    asked = Signal()

    def __init__(self, look: Look, button: str) -> None:
        super().__init__()
        self._look = look
        self._title = ""
        self._body = ""
        self._hint = ""
        self._bad = True
        self.button = Button(look, button, kind="primary")
        self.button.clicked.connect(self.asked)
        self._holder = QWidget(self)
        row = QHBoxLayout(self._holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)
        self.hide()

    def say(self, title: str, body: str, hint: str = "", *, bad: bool = True) -> None:
        """Text must have been cleaned; an empty title hides the card. Only what is ``bad`` has a button."""
        if (title, body, hint, bad) == (self._title, self._body, self._hint, self._bad):
            return
        self._title, self._body, self._hint, self._bad = title, body, hint, bad
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{body} {hint}")
        self._holder.setVisible(bad)
        self.setVisible(bool(title))
        self._settle()
        self.update()

    def title(self) -> str:
        return self._title

    def body(self) -> str:
        return self._body

    def lines(self) -> tuple[str, ...]:
        return wrap(self._look, self._body, 12.5, 400, max(200, self.width() - 72), 4)

    def sizeHint(self) -> QSize:
        return QSize(400, self._look.px(38 + 18 * len(self.lines()) + (46 if self._bad else 10)))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self._settle()

    def _settle(self) -> None:
        hint = self._holder.sizeHint()
        self._holder.setGeometry(46, self._look.px(38 + 18 * len(self.lines())), hint.width(), hint.height())
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, scale = self._look, self._look.px
        painter.setPen(QPen(look.color("badf" if self._bad else "warnf"), 1))
        painter.setBrush(look.color("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        mark: Mark = "problem" if self._bad else "waiting"
        paint_mark(painter, look, mark, QPointF(28, scale(23)), scale(18))
        room = self.width() - 66.0
        draw(painter, look, 50, scale(28), (Run(self._title, 14, 650),), room)
        for number, line in enumerate(self.lines()):
            draw(painter, look, 50, scale(48 + 18 * number), (Run(line, 12.5, 400, "t2"),), room)
        if self._bad and self._hint:
            base = self._holder.geometry().center().y() + scale(4)
            left = self._holder.geometry().right() + 16
            hint = (Run(self._hint, 11, 400, "t2"),)
            draw_right(painter, look, self.width() - 16, base, hint, max(0, self.width() - 16 - left))
