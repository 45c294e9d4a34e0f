"""Notices: what is wrong, since when and what to do, as a card in the window or one slim line in the panel.

Owns their layout. Does not own the sentences, which come from health.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tokenwatch.base.translation import tr
from tokenwatch.gui.unreadable import Unreadable
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle, run_width, wrap
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import Mark, paint_focus, paint_frame, paint_mark, paint_row_ground
from tokenwatch.gui.widgets.mirror import beside, painter_of, visual


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
        painter = painter_of(self)
        look, scale = self._look, self._look.px
        bad = self._mark == "problem"
        paint_row_ground(painter, look, QRectF(self.rect()), "badbg" if bad else "warnbg", first=True)
        painter.fillRect(QRectF(0, 0, self.width(), 1), look.color("line"))
        paint_mark(painter, look, self._mark, QPointF(19, scale(17)), scale(13))
        for number, line in enumerate(self.lines()):
            run = Run(line, 11.5, 500, "bad" if bad else "warn")
            draw(painter, look, 34, scale(21 + 16 * number), (run,), self.width() - 46)
        if self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()).adjusted(2, 3, -2, -2), 6)


_FACT: Final = 22
_COMMAND: Final = 34
"""Heights of a fact and of one in a well, which has a button beside it."""
_LABEL: Final = 84


class NoticeCard(QWidget):
    """A card: title, up to four lines, a button, "Hide", and a hint. Hidden while there is nothing to say.

    For a folder that cannot be opened: its name, owner and rights, the command that mends it, and other ways out.
    """

    asked = Signal()
    dismissed = Signal()
    folder_wanted = Signal()
    """Choose another folder."""
    stopped = Signal()
    """Do not watch the agent any more."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._said: tuple[str, str, str, str, bool] = ("", "", "", "", True)
        self.button = Button(look, kind="primary")
        self.button.clicked.connect(self.asked)
        self.hide_button = Button(look, tr("Hide"))
        self.hide_button.clicked.connect(self.dismissed)
        self._holder = QWidget(self)
        self._row = QHBoxLayout(self._holder)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addWidget(self.button)
        self._row.addWidget(self.hide_button)
        self._folder: Unreadable | None = None
        self.copy = Button(look, tr("Copy"), icon="copy")
        self.copy.setAccessibleName(tr("Copy command"))
        self.copy.setParent(self)
        self.copy.clicked.connect(self._copy_command)
        self.copy.hide()
        self.choose = Button(look, tr("Choose another folder…"))
        self.choose.clicked.connect(self.folder_wanted)
        self.stop = Button(look, kind="quiet")
        self.stop.clicked.connect(self.stopped)
        QWidget.setTabOrder(self.copy, self.button)
        for button in (self.choose, self.stop):
            self._row.addWidget(button)
            button.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self, self._settle)
        self.hide()

    def say(self, title: str, body: str, *, hint: str = "", button: str = "", bad: bool = True) -> None:
        """Text must have been cleaned; an empty title hides the card. Only what is not ``bad`` may be hidden."""
        if (title, body, hint, button, bad) == self._said:
            return
        self._said = (title, body, hint, button, bad)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{body} {hint}".strip())
        self.button.set_face(button, "")
        self.button.setVisible(bool(button))
        self.hide_button.setVisible(not bad)
        self.setVisible(bool(title))
        self._settle()
        self.update()

    def offer(self, folder: Unreadable | None, stop: str) -> None:
        """What else can be done about what is said: ``stop`` are the words of a button, or nothing."""
        if (folder, stop) == (self._folder, self.stop.text()):
            return
        self._folder = folder
        self.stop.set_face(stop, "")
        self.stop.setVisible(bool(stop))
        self.choose.setVisible(bool(stop))
        self.copy.setVisible(folder is not None and bool(folder.command))
        said = "; ".join(f"{label}: {value}" for label, value, _ in self.facts())
        self.setAccessibleDescription(f"{self.body()} {said} {self._said[2]}".strip())
        self._settle()
        self.update()

    def facts(self) -> tuple[tuple[str, str, bool], ...]:
        """(label, value, whether it is of a computer's language) of the folder that cannot be opened."""
        folder = self._folder
        if folder is None:
            return ()
        rows = [(tr("Folder"), folder.folder, True)]
        if folder.owner:
            rows.append(
                (tr("Belongs to"), tr("{owner}, rights {rights}", owner=folder.owner, rights=folder.rights), False)
            )
        if folder.command:
            rows.append((tr("To fix it"), folder.command, True))
        return tuple(rows)

    def title(self) -> str:
        return self._said[0]

    def body(self) -> str:
        return self._said[1]

    def lines(self) -> tuple[str, ...]:
        return wrap(self._look, self.body(), 12.5, 400, max(200, self.width() - 72), 4)

    def sizeHint(self) -> QSize:
        return QSize(400, self._foot() + self._holder.sizeHint().height() + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self._settle()

    def _foot(self) -> int:
        """Where the buttons stand."""
        facts = len(self.facts())
        command = self._folder is not None and bool(self._folder.command)
        taller = _COMMAND - _FACT if command else 0
        return self._look.px(40 + 18 * len(self.lines()) + _FACT * facts + taller + (6 if facts else 0))

    def _fact_top(self, number: int) -> int:
        return self._look.px(44 + 18 * len(self.lines()) + _FACT * number)

    def _well(self) -> QRectF:
        """Behind the command, as wide as that is and the button beside it allows."""
        look, left = self._look, 50.0 + self._look.px(_LABEL)
        command = self._folder.command if self._folder is not None else ""
        room = self.width() - left - self.copy.sizeHint().width() - 20
        wide = min(room, run_width(look, Run(command, 11.5, mono=True)) + 16)
        tall = look.px(24)
        top = self._fact_top(len(self.facts()) - 1) + (look.px(_COMMAND) - tall) / 2
        return QRectF(left, round(top), max(0.0, wide), tall)

    def _copy_command(self) -> None:
        if self._folder is not None:
            QGuiApplication.clipboard().setText(self._folder.command)

    def _settle(self) -> None:
        self._row.activate()
        hint = self._holder.sizeHint()
        place = QRect(QPoint(46, self._foot()), hint.boundedTo(QSize(max(100, self.width() - 56), hint.height())))
        self._holder.setGeometry(visual(self, place))
        if not self.copy.isHidden():
            well, size = self._well(), self.copy.sizeHint()
            corner = QPoint(round(well.right()) + 5, round(well.center().y() - size.height() / 2))
            self.copy.setGeometry(visual(self, QRect(corner, size)))
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, scale = self._look, self._look.px
        title, _, hint, _, bad = self._said
        paint_frame(painter, look, QRectF(self.rect()), 10, "badf" if bad else "warnf")
        mark: Mark = "problem" if bad else "waiting"
        paint_mark(painter, look, mark, QPointF(28, scale(23)), scale(18))
        room = self.width() - 66.0
        draw(painter, look, 50, scale(28), (Run(title, 14, 650),), room)
        for number, line in enumerate(self.lines()):
            draw(painter, look, 50, scale(48 + 18 * number), (Run(line, 12.5, 400, "t2"),), room)
        for number, (label, value, code) in enumerate(self.facts()):
            base: float = self._fact_top(number) + scale(13)
            left, limit = 50.0 + scale(_LABEL), room - scale(_LABEL)
            if self._folder is not None and value == self._folder.command:
                well = self._well()
                painter.setPen(QPen(look.color("line"), 1) if look.patterned else Qt.PenStyle.NoPen)
                painter.setBrush(look.color("sunk"))
                painter.drawRoundedRect(well, 4, 4)
                base = middle(look, well, 12.5)
                left, limit = well.left() + 8, well.width() - 15
            draw(painter, look, 50, base, (Run(label, 12.5, 400, "t2"),), scale(_LABEL) - 8)
            draw(painter, look, left, base, (Run(value, 11.5 if code else 12.5, mono=code),), limit)
        if hint:
            base = self._holder.geometry().center().y() + scale(4)
            left = beside(self._holder).right() + 15
            words = (Run(hint, 11, 400, "t2"),)
            if run_width(look, words[0]) <= self.width() - 16 - left:
                draw_right(painter, look, self.width() - 16, base, words)
