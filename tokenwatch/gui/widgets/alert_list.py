"""Alert list: what was told and what was held back, latest first, day by day.

Owns the entries' layout. Does not own alerts; what an entry's link does is the app's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.alerts.rule import MUTE, SNOOZE
from tokenwatch.base.snapshot import Action, PastAlert, Urgency
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, run_width, wrap
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import Mark, paint_focus, paint_mark
from tokenwatch.gui.widgets.mirror import painter_of, visual
from tokenwatch.gui.widgets.text import Text

MOST: Final = 40
_MARKS: Final[dict[Urgency, Mark]] = {
    Urgency.LOW: "finished",
    Urgency.NORMAL: "waiting",
    Urgency.CRITICAL: "problem",
}
_MOST_LINES: Final = 6
_MOST_WIDTHS: Final = 8
_LEFT: Final = 24
_RIGHT: Final = 84
_MOST_LINKS: Final = 2


class AlertEntry(QWidget):
    """One alert; its links do its actions."""

    acted = Signal(str, str)
    """The verb and the value of the action."""

    def __init__(self, look: Look, past: PastAlert, *, muted: bool = False) -> None:
        super().__init__()
        self._look, self._past, self._muted = look, past, muted
        alert = past.alert
        self._title = plain(alert.title, 80)
        self._measured: dict[tuple[int, int], tuple[tuple[str, ...], tuple[str, ...]]] = {}
        """Lines of title and body, by width and the look's generation: layouts ask for the height again and again."""
        # A rule is snoozed on its own line beside this list.
        actions = [action for action in alert.actions if action.verb != SNOOZE]
        self.links = tuple(map(self._link, actions[:_MOST_LINKS]))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        unread = "" if past.read else tr("New: ")
        said = f"{unread}{alert.title}. {alert.body} {look.day_and_clock(alert.at)}. {self._state()}"
        self.setAccessibleName(said.strip())
        look.follow(self)

    @property
    def link(self) -> Button | None:
        """That of the first action."""
        return self.links[0] if self.links else None

    def _link(self, action: Action) -> Button:
        words = tr(action.words)
        if action.verb == MUTE:
            words = tr("Unmute") if self._muted else tr("Mute")
        link = Button(self._look, plain(words, 16), kind="link", name=f"{words}: {self._past.alert.title}")
        link.clicked.connect(lambda: self.acted.emit(action.verb, action.value))
        link.setParent(self)
        return link

    def past(self) -> PastAlert:
        return self._past

    def resizeEvent(self, event: QResizeEvent) -> None:
        top = self._look.px(18)  # on the first line below the title
        for link in self.links:
            size = link.sizeHint()
            link.setGeometry(visual(self, QRect(QPoint(self.width() - size.width(), top), size)))
            top += size.height()
        self.setMinimumHeight(self.heightForWidth(self.width()))  # or a page with little room would cut its lines
        super().resizeEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, wide: int) -> int:
        titles, lines = self._broken(wide)
        tall = self._look.px(30) + self._look.px(17) * (max(1, len(lines)) + max(1, len(titles)) - 1)
        links = sum(link.sizeHint().height() for link in self.links[1:])
        return max(tall, self._look.px(54) + links if links else 0)

    def sizeHint(self) -> QSize:
        return QSize(280, self.heightForWidth(280))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self._look.px(47))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        look, past, scale = self._look, self._past, self._look.px
        alert = past.alert
        painter.fillRect(QRectF(0, 0, self.width(), 1), look.color("line"))
        paint_mark(painter, look, _MARKS[alert.urgency], QPointF(7, scale(16)), scale(12))
        weight = 500 if past.read else 650
        titles, lines = self._broken(self.width())
        for number, title in enumerate(titles):
            room = self.width() - _LEFT - (50.0 if not number else self._right())
            draw(painter, look, _LEFT, scale(20 + 17 * number), (Run(title, 12.5, weight),), room)
        below = 37 + 17 * (max(1, len(titles)) - 1)
        draw_right(painter, look, self.width() - 2, scale(20), (Run(look.clock(alert.at), 11, 400, "t2"),))
        for number, line in enumerate(lines):
            words = (Run(line, 11.5, 400, "t2"),)
            room = self.width() - _LEFT - (self._right() if number < self._beside() else 4)
            draw(painter, look, _LEFT, scale(below + 17 * number), words, room)
        if self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()), 6)

    def _right(self) -> int:
        """The room that time and link need."""
        return max([_RIGHT, *(link.sizeHint().width() + 8 for link in self.links)])

    def _broken(self, wide: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        key = (wide, self._look.generation)
        if key not in self._measured:
            if len(self._measured) >= _MOST_WIDTHS:
                self._measured.clear()
            self._measured[key] = self._titles(wide), self._lines(wide)
        return self._measured[key]

    def _titles(self, wide: int) -> tuple[str, ...]:
        text = self._title
        if run_width(self._look, Run(text, 12.5, 650)) <= wide - _LEFT - 50:
            return (text,)
        return wrap(self._look, text, 12.5, 650, max(120, wide - _LEFT - self._right()), 2)

    def _lines(self, wide: int) -> tuple[str, ...]:
        body, state = plain(self._past.alert.body, 200), self._state()
        if body and state and body[-1] not in ".?!…。？！":
            body += "."
        text = " ".join(filter(None, (body, state)))
        narrow = wrap(self._look, text, 11.5, 400, max(120, wide - _LEFT - self._right()), _MOST_LINES)
        head = narrow[: self._beside()]
        rest = " ".join(text.split()[sum(len(line.split()) for line in head) :])
        if len(narrow) <= len(head):
            return narrow
        return (*head, *wrap(self._look, rest, 11.5, 400, max(120, wide - _LEFT - 4), _MOST_LINES - len(head)))

    def _beside(self) -> int:
        """How many lines stand beside the time and the links, and have less room."""
        return 1 + 2 * max(0, len(self.links) - 1)

    def _state(self) -> str:
        past, look = self._past, self._look
        parts = []
        if self._muted:
            parts.append(tr("Muted."))
        if not past.told:
            parts.append(tr("Held back."))
        if past.ended is not None:
            parts.append(tr("Over at {time}.", time=look.clock(past.ended)))
        return " ".join(parts)


class AlertList(QWidget):
    acted = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[PastAlert, ...] | None = None
        self._today = ""
        self._muted: frozenset[str] = frozenset()
        self._entries: list[AlertEntry] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def entries(self) -> tuple[AlertEntry, ...]:
        return tuple(self._entries)

    def show_past(self, past: Sequence[PastAlert], now: int, muted: Iterable[str] = ()) -> None:
        """The latest of them; ``now`` (milliseconds) says which day is today, ``muted`` what is held back."""
        kept, today, silent = tuple(past[:MOST]), self._look.moment(now).date().isoformat(), frozenset(muted)
        if (kept, today, silent) == (self._shown, self._today, self._muted):
            return
        self._shown, self._today, self._muted = kept, today, silent
        self._clear()
        before = ""
        for each in kept:
            day = self._day(each.alert.at, now)
            if day != before:
                self._column.addWidget(Text(self._look, day, px=11.5, ink="t2", tall=32))
                before = day
            entry = AlertEntry(self._look, each, muted=each.alert.replaces in silent)
            entry.acted.connect(self.acted)
            self._entries.append(entry)
            self._column.addWidget(entry)
        if not kept:
            words = tr("Nothing yet. What is told on the desktop is kept here.")
            self._column.addWidget(Text(self._look, words, ink="t2", most=3, tall=40))

    def _day(self, at: int, now: int) -> str:
        there, here = self._look.moment(at).date(), self._look.moment(now).date()
        ago = (here - there).days
        if ago == 0:
            return tr("Today")
        return tr("Yesterday") if ago == 1 else f"{self._look.weekday(there)} {self._look.day(there)}"

    def _clear(self) -> None:
        self._entries.clear()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
