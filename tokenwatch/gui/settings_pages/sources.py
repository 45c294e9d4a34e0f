"""Sources page: which agents are looked for, where, what was found there, and more folders to look in.

Owns the list and its switches. Does not own the search (collect), why something cannot be read (health), or the rows
of folders (folder_rows.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.settings import Settings
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.settings_pages.folder_rows import FolderRows
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.settings_store import SettingsStore
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.form import INSET
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import Mark, paint_mark, paint_tile
from tokenwatch.gui.widgets.mirror import painter_of, visual
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.gui.widgets.tips import tip

_ROW: Final = 30
_NAME: Final = 150
_FEW: Final = 7
"""So many agents are listed at first, and all that are here or switched off."""


class SourcesPage(SettingsPage):
    """``store`` None: no folder can be looked into. ``windows``: there may be homes inside WSL."""

    refresh_requested = Signal()

    def __init__(
        self,
        look: Look,
        agents: Sequence[LookedFor],
        health: Sequence[Health],
        store: SettingsStore | None = None,
        *,
        windows: bool = False,
    ) -> None:
        super().__init__(look, tr("Sources"), "folder")
        self._settings = Settings()
        self.form.say(tr("Folders are read, never written to. New agents are picked up by themselves."))
        self.list = SourceList(look, agents, health)
        self.list.switched.connect(self._switch)
        self.form.column.addWidget(self.list)
        self.again = Button(look, tr("Look again"), icon="refresh")
        self.again.clicked.connect(self.refresh_requested)
        self.all = Button(look, "", kind="link")
        self.all.clicked.connect(self._show_all)
        self.form.put(self.again, self.all)
        self.form.rule()
        self.folders = FolderRows(look, [(agent.id, agent.name) for agent in agents if agent.place], store)
        self.folders.changed.connect(lambda folders, lost: self.change(lost, folders=folders))
        self.form.column.addWidget(self.folders)
        self.wsl = Switch(look, tr("Look inside WSL, too"))
        self.wsl.clicked.connect(lambda on: self.change(wsl=on))
        if windows:
            self.form.rule()
            self.form.add(tr("Inside WSL"), self.wsl, hint=tr("counts agents in WSL; looking there starts it"))

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.list.show_off(settings.agents_off)
        self._offer_all()
        self.folders.show_folders(settings.folders)
        self.wsl.setChecked(settings.wsl)

    def show_health(self, health: Sequence[Health]) -> None:
        self.list.show_health(health)
        self._offer_all()

    def _show_all(self) -> None:
        self.list.show_all(not self.list.shows_all())
        self._offer_all()

    def _offer_all(self) -> None:
        """Where some are left out, or were."""
        self.all.setVisible(self.list.shows_all() or len(self.list.rows()) < len(self.list.agents()))
        words = tr("Show all {count}", count=len(self.list.agents()))
        self.all.set_face(tr("Show fewer") if self.list.shows_all() else words, "")

    def _switch(self, agent: str, on: bool) -> None:
        off = set(self._settings.agents_off) - {agent} if on else {*self._settings.agents_off, agent}
        self.change(agents_off=tuple(sorted(off)))


class SourceList(QWidget):
    """One row for each agent: those that are here first."""

    switched = Signal(str, bool)
    """An agent's id, and whether it is to be read."""

    def __init__(self, look: Look, agents: Sequence[LookedFor], health: Sequence[Health]) -> None:
        super().__init__()
        self._look = look
        self._agents = tuple(agents)
        self._health: dict[str, Health] = {}
        self._off: frozenset[str] = frozenset()
        self._all = False
        self.switches = {agent.id: self._switch(agent) for agent in agents}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Agents that are looked for"))
        look.follow(self, self._place)
        self.show_health(health)
        self._place()

    def show_health(self, health: Sequence[Health]) -> None:
        found = {entry.part: entry for entry in health}
        if found != self._health:
            self._health = found
            self._say()
            self._place()

    def show_off(self, agents: Sequence[str]) -> None:
        """These are not looked at."""
        self._off = frozenset(agents)
        for agent, switch in self.switches.items():
            switch.setChecked(agent not in self._off)
        self._place()
        self._say()

    def agents(self) -> tuple[LookedFor, ...]:
        return self._agents

    def shows_all(self) -> bool:
        return self._all

    def show_all(self, everyone: bool) -> None:
        """Every agent, or those that are here and a few others."""
        self._all = everyone
        self._say()
        self._place()

    def rows(self) -> tuple[LookedFor, ...]:
        """Those that are here or switched off, then the others, as many as are shown."""
        known = [agent for agent in self._agents if agent.id in self._health or agent.id in self._off]
        others = [agent for agent in self._agents if agent not in known]
        return (*known, *(others if self._all else others[: max(0, _FEW - len(known))]))

    def status(self, agent: LookedFor) -> tuple[Mark, str]:
        """A row's mark and words."""
        entry = self._health.get(agent.id)
        if agent.id in self._off:
            return "absent", tr("Switched off")
        if entry is None:
            return "absent", tr("Not there") if agent.place else tr("Only its processes")
        if entry.state is HealthState.FAILING:
            return "problem", tr("Cannot be read")
        return ("waiting", tr("Read in part")) if entry.state is HealthState.DEGRADED else ("working", tr("Reading"))

    def sizeHint(self) -> QSize:
        return QSize(300, self._look.px(_ROW) * (len(self.rows()) + 1))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, tall, side = self._look, self._look.px(_ROW), self._look.px(18)
        self._paint_head(painter, QRectF(INSET, 0, self.width() - INSET, tall))
        for number, agent in enumerate(self.rows(), 1):
            line = QRectF(INSET, number * tall, self.width() - INSET, tall)
            if not event.rect().intersects(line.toAlignedRect()):
                continue
            painter.fillRect(QRectF(INSET, line.top(), line.width() - INSET, 1), look.color("line"))
            here = agent.id in self._health and agent.id not in self._off
            if here:
                place = QRectF(line.left(), round(line.center().y() - side / 2), side, side)
                paint_tile(painter, look, place, agent.id, 10)
            base = middle(look, line, 12.5)
            mark, words = self.status(agent)
            right = line.right() - self.switches[agent.id].width() - 4
            start = draw_right(painter, look, right, base, (Run(words, 11.5, 400, "t2"),))
            paint_mark(painter, look, mark, QPointF(start - 10, round(line.center().y())), look.px(10))
            left = line.left() + side + 9.0
            name = (Run(plain(agent.name, 40), 12.5, 500, "t1" if here else "t2"),)
            end = draw(painter, look, left, base, name, look.px(_NAME))
            where = (Run(plain(agent.place, 80), 11, 400, "t2", mono=True),)
            x = max(left + look.px(_NAME), end + 10)
            draw(painter, look, x, base, where, max(0.0, start - 26 - x))

    def _paint_head(self, painter: QPainter, line: QRectF) -> None:
        look, base = self._look, middle(self._look, line, 11, 500)
        right = line.right() - max((switch.sizeHint().width() for switch in self.switches.values()), default=0) - 4
        start = draw_right(painter, look, right, base, (Run(tr("Status"), 11, 500, "t2"),))
        draw(painter, look, line.left(), base, (Run(tr("Agent"), 11, 500, "t2"),), look.px(_NAME))
        left = line.left() + look.px(18) + 9 + look.px(_NAME)
        draw(painter, look, left, base, (Run(tr("Folder"), 11, 500, "t2"),), max(0.0, start - left - 10))

    def _switch(self, agent: LookedFor) -> Switch:
        switch = Switch(self._look, tr("Read {agent}", agent=plain(agent.name, 40)))
        switch.setParent(self)
        switch.setChecked(True)
        switch.clicked.connect(lambda on: self.switched.emit(agent.id, on))
        return switch

    def _place(self) -> None:
        """Put each switch into its row; the keyboard walks them from above."""
        tall, before = self._look.px(_ROW), None
        shown = self.rows()
        for agent_id, switch in self.switches.items():
            switch.setVisible(any(agent.id == agent_id for agent in shown))
        self.updateGeometry()
        for number, agent in enumerate(shown, 1):
            switch = self.switches[agent.id]
            switch.resize(switch.sizeHint())
            top = number * tall + round((tall - switch.height()) / 2)
            switch.setGeometry(visual(self, QRect(QPoint(self.width() - switch.width(), top), switch.size())))
            if before is not None:
                QWidget.setTabOrder(before, switch)
            before = switch
        self.update()

    def _say(self) -> None:
        said = "; ".join(f"{agent.name}: {self.status(agent)[1]}" for agent in self.rows())
        self.setAccessibleDescription(said)
        reasons = (entry.reason for part, entry in self._health.items() if entry.reason and part not in self._off)
        self.setToolTip(tip("\n".join(plain(reason, 200) for reason in reasons)))
        self.update()
