"""Sources page: which agents are looked for, where, and what was found there.

Owns the list. Does not own the search (collect) or why something cannot be read (health).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.settings import Settings
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import Mark, paint_mark, paint_tile
from tokenwatch.gui.widgets.tips import tip

_ROW: Final = 30
_NAME: Final = 150


class SourcesPage(SettingsPage):
    refresh_requested = Signal()

    def __init__(self, look: Look, agents: Sequence[LookedFor], health: Sequence[Health]) -> None:
        super().__init__(look, tr("Sources"), "folder")
        self.form.say(tr("Folders are read, never written to. New agents are picked up by themselves."))
        self.list = SourceList(look, agents, health)
        self.form.column.addWidget(self.list)
        self.again = Button(look, tr("Look again"), icon="refresh")
        self.again.clicked.connect(self.refresh_requested)
        self.form.put(self.again)

    def show_settings(self, settings: Settings) -> None:
        """Nothing of it is shown here."""

    def show_health(self, health: Sequence[Health]) -> None:
        self.list.show_health(health)


class SourceList(QWidget):
    """One row for each agent: those that are here first."""

    def __init__(self, look: Look, agents: Sequence[LookedFor], health: Sequence[Health]) -> None:
        super().__init__()
        self._look = look
        self._agents = tuple(agents)
        self._health: dict[str, Health] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Agents that are looked for"))
        look.follow(self)
        self.show_health(health)

    def show_health(self, health: Sequence[Health]) -> None:
        found = {entry.part: entry for entry in health}
        if found != self._health:
            self._health = found
            said = "; ".join(f"{agent.name}: {self.status(agent)[1]}" for agent in self.rows())
            self.setAccessibleDescription(said)
            self.setToolTip(tip("\n".join(plain(entry.reason, 200) for entry in health if entry.reason)))
            self.update()

    def rows(self) -> tuple[LookedFor, ...]:
        return tuple(sorted(self._agents, key=lambda agent: agent.id not in self._health))

    def status(self, agent: LookedFor) -> tuple[Mark, str]:
        """A row's mark and words."""
        entry = self._health.get(agent.id)
        if entry is None:
            return "absent", tr("Not there") if agent.place else tr("Only its processes")
        if entry.state is HealthState.FAILING:
            return "problem", tr("Cannot be read")
        return ("waiting", tr("Read in part")) if entry.state is HealthState.DEGRADED else ("working", tr("Reading"))

    def sizeHint(self) -> QSize:
        return QSize(300, self._look.px(_ROW) * len(self._agents))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, tall, side = self._look, self._look.px(_ROW), self._look.px(18)
        for number, agent in enumerate(self.rows()):
            line = QRectF(0, number * tall, self.width(), tall)
            if not event.rect().intersects(line.toAlignedRect()):
                continue
            painter.fillRect(QRectF(0, line.top(), line.width(), 1), look.color("line"))
            here = agent.id in self._health
            if here:
                place = QRectF(0, round(line.center().y() - side / 2), side, side)
                paint_tile(painter, look, place, agent.id, 10)
            base = middle(look, line, 12.5)
            mark, words = self.status(agent)
            start = draw_right(painter, look, line.right() - 2, base, (Run(words, 11.5, 400, "t2"),))
            paint_mark(painter, look, mark, QPointF(start - 10, round(line.center().y())), look.px(10))
            left = side + 9.0
            name = (Run(plain(agent.name, 40), 12.5, 500, "t1" if here else "t2"),)
            end = draw(painter, look, left, base, name, look.px(_NAME))
            where = (Run(plain(agent.place, 80), 11, 400, "t2", mono=True),)
            x = max(left + look.px(_NAME), end + 10)
            draw(painter, look, x, base, where, max(0.0, start - 26 - x))
