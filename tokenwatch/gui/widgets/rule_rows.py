"""Rule rows: each rule of a group with its switch, its condition in words, and how it stands.

Owns a row's layout and words. Does not own rules (alerts) or what a switch changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle, width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_mark
from tokenwatch.gui.widgets.mirror import beside, painter_of
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.gui.widgets.text import Text

_INDENT: Final = 16
_TALL: Final = 36


class RuleLine(msgspec.Struct, frozen=True):
    """What a row says. ``active``: an alert of it holds. ``snoozed``: until when it is held back, in words."""

    id: str
    words: str
    details: str = ""
    stand: str = ""
    on: bool = True
    active: bool = False
    snoozed: str = ""


class RuleRow(QWidget):
    switched = Signal(str, bool)
    woken = Signal(str)
    """End the snooze of this rule."""

    def __init__(self, look: Look, line: RuleLine) -> None:
        super().__init__()
        self._look = look
        self._line = line
        self.switch = Switch(look, line.words)
        self.wake = Button(look, tr("Wake"), kind="link", name=tr("End the snooze of: {rule}", rule=line.words))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_INDENT - self.switch.outset, 0, 10, 0)
        self._row.addWidget(self.switch)
        self._row.addStretch(1)
        self._row.addWidget(self.wake)
        self.switch.clicked.connect(lambda on: self.switched.emit(self._line.id, on))
        self.wake.clicked.connect(lambda: self.woken.emit(self._line.id))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)
        self.say(line)

    def line(self) -> RuleLine:
        return self._line

    def say(self, line: RuleLine) -> None:
        self._line = line
        self.switch.setChecked(line.on)
        self.switch.setAccessibleName(f"{line.words} {line.details}".strip())
        self.switch.setAccessibleDescription(self._right())
        self.wake.setVisible(bool(line.snoozed) and line.on)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, self._look.px(_TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        look, line, frame = self._look, self._line, QRectF(self.rect())
        painter.fillRect(QRectF(0, 0, self.width(), 1), look.color("line"))
        base = middle(look, frame, 12.5, 500)
        right = (beside(self.wake).left() if line.snoozed and line.on else self.width() - _INDENT + 4) - 4.0
        warn = line.active and line.on and not line.snoozed
        run = Run(self._right(), 12, 500 if warn else 400, "warn" if warn else "t2")
        room = max(60.0, self.width() * 0.4)
        start = draw_right(painter, look, right, base, (run,), room) if run.text else right
        if warn and run.text:
            start -= 18
            paint_mark(painter, look, "waiting", QPointF(start + 6, frame.center().y()), look.px(10))
        x = beside(self.switch).right() + 9
        ink = "t1" if line.on else "t3"
        runs = (Run(line.words, 12.5, 600 if line.on else 500, ink), Run(line.details, 12.5, 400, "t2", 5))
        limit = start - x - 12
        draw(painter, look, x, base, runs if width(look, runs) <= limit else runs[:1], limit)

    def _right(self) -> str:
        line = self._line
        if not line.on:
            return tr("off")
        return tr("snoozed until {time}", time=line.snoozed) if line.snoozed else line.stand


class RuleRows(QWidget):
    """All rules, group by group. ``groups`` are (id, title) in their order."""

    switched = Signal(str, bool)
    woken = Signal(str)

    def __init__(self, look: Look, groups: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._heads = {
            group: Text(look, title, px=11.5, ink="t2", tall=34, indent=_INDENT) for group, title in groups
        }
        for head in self._heads.values():
            self._column.addWidget(head)
        self._rows: dict[str, RuleRow] = {}

    def rows(self) -> Mapping[str, RuleRow]:
        return dict(self._rows)

    def show_lines(self, lines: Sequence[tuple[str, RuleLine]]) -> None:
        """(group, line) of every rule, in order; groups without any are not shown."""
        for group, line in lines:
            line = RuleLine(
                line.id,
                line.words,
                plain(line.details, 60),
                plain(line.stand, 50),
                line.on,
                line.active,
                line.snoozed,
            )
            if line.id in self._rows:
                self._rows[line.id].say(line)
            else:
                self._add(group, line)
        used = {group for group, _ in lines}
        for group, head in self._heads.items():
            head.setVisible(group in used)

    def _add(self, group: str, line: RuleLine) -> None:
        row = RuleRow(self._look, line)
        row.switched.connect(self.switched)
        row.woken.connect(self.woken)
        following = [head for name, head in self._heads.items() if name != group]
        place = self._column.count()
        seen = False
        for number in range(self._column.count()):
            item = self._column.itemAt(number)
            widget = item.widget() if item is not None else None
            if widget is self._heads.get(group):
                seen = True
            elif seen and widget in following:
                place = number
                break
        self._column.insertWidget(place, row)
        self._rows[line.id] = row
