"""Lost agents: a row below the running ones for each agent whose logs cannot be read, with what it last did.

Owns the rows' words and painting. Does not own why they cannot be read (widgets/notice.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.trouble_words import last_seen
from tokenwatch.gui.widgets.lettering import Run, draw, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_mark
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.words import OWN_PARTS, troubles

_TALL: Final = 30
_MARK: Final = 22
"""Middle of the mark, from the left."""
_TEXT: Final = 38


class LostAgent(msgspec.Struct, frozen=True):
    name: str
    text: str


def lost_agents(snapshot: Snapshot, look: Look) -> tuple[LostAgent, ...]:
    """Every agent whose logs cannot be read, in the order of health."""
    found = []
    for entry in troubles(snapshot):
        if entry.part in OWN_PARTS:
            continue
        seen = last_seen(entry, snapshot)
        time = look.when(entry.since, snapshot.figures.at) if entry.since is not None else ""
        projects = plain(", ".join(dict.fromkeys(seen)), 120)
        if len(seen) == 1:
            text = tr("1 agent last seen at {time}: {projects}", time=time, projects=projects)
        elif seen:
            text = tr("{count} agents last seen at {time}: {projects}", count=len(seen), time=time, projects=projects)
        else:
            text = tr("cannot be seen since {time}", time=time) if time else tr("cannot be seen")
        found.append(LostAgent(look.agent_name(entry.part), text))
    return tuple(found)


class LostAgents(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: tuple[LostAgent, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()
        look.follow(self)

    def show_rows(self, rows: Sequence[LostAgent]) -> None:
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self.setAccessibleName(". ".join(f"{row.name}, {row.text}" for row in self._rows))
            self.updateGeometry()
            self.update()
        self.setVisible(bool(self._rows))

    def rows(self) -> tuple[LostAgent, ...]:
        return self._rows

    def sizeHint(self) -> QSize:
        return QSize(320, self._look.row(_TALL) * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, tall = painter_of(self), self._look, self._look.row(_TALL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.color("card"))
        for number, row in enumerate(self._rows):
            place = QRectF(0, number * tall, self.width(), tall)
            painter.fillRect(QRectF(0, place.top(), place.width(), 1), look.color("line"))
            paint_mark(painter, look, "problem", QPointF(_MARK, place.center().y()), look.px(12))
            runs = (Run(row.name, 12.5, 500, "bad"), Run(row.text, 12.5, 400, "t2", 8))
            draw(painter, look, _TEXT, middle(look, place, 12.5), runs, self.width() - _TEXT - 12)
