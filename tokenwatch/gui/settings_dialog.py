"""Settings dialog: pages of what a person may change; every change counts at once, and what was lost can be undone.

Owns which page is shown, putting a page's change into the settings, and undoing. Does not own the pages
(gui/settings_pages), keeping the settings or what follows from them (app.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace
from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout

from tokenwatch.base.bill import BillCheck
from tokenwatch.base.health import Health
from tokenwatch.base.own_figures import OwnFigures
from tokenwatch.base.paths import Paths
from tokenwatch.base.progress import Progress
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import BudgetUse, Snapshot
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.global_shortcut import GlobalShortcut
from tokenwatch.gui.history_store import HistoryStore
from tokenwatch.gui.key_store import KeyStore
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.settings_pages.about import AboutPage
from tokenwatch.gui.settings_pages.accounts import AccountsPage
from tokenwatch.gui.settings_pages.advanced import AdvancedPage
from tokenwatch.gui.settings_pages.appearance import AppearancePage
from tokenwatch.gui.settings_pages.budget import BudgetPage
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.settings_pages.plans import PlansPage
from tokenwatch.gui.settings_pages.privacy import PrivacyPage
from tokenwatch.gui.settings_pages.sources import SourcesPage
from tokenwatch.gui.settings_store import SettingsStore
from tokenwatch.gui.status_line_store import StatusLineStore
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.notice import SlimNotice
from tokenwatch.gui.widgets.page_list import PageList
from tokenwatch.gui.widgets.scroll_bar import thin
from tokenwatch.gui.widgets.undo_bar import UNDO_MS, UndoBar
from tokenwatch.gui.window import panels
from tokenwatch.gui.zone_names import ZoneNames

_SIZE: Final = QSize(720, 480)
_LEAST: Final = QSize(560, 360)


class SettingsDialog(QDialog):
    """``agents`` are (id, name, letter). ``paths`` say where the settings are kept; ``mistakes`` were found there."""

    saved = Signal(object)
    """The Settings after a change."""
    command = Signal(str, object)
    """See ``gui/commands.py``."""
    problem_wanted = Signal()
    """Show what a person may send when something is wrong."""
    refresh_requested = Signal()
    """Look at everything again."""

    def __init__(
        self,
        settings: Settings,
        agents: Sequence[tuple[str, str, str]],
        theme: Theme,
        zones: ZoneNames,
        *,
        paths: Paths | None = None,
        mistakes: Sequence[str] = (),
        locale: QLocale | None = None,
        undo_ms: int = UNDO_MS,
        looked_for: Sequence[LookedFor] = (),
        health: Sequence[Health] = (),
        keys: KeyStore | None = None,
        status_lines: StatusLineStore | None = None,
        store: SettingsStore | None = None,
        history: HistoryStore | None = None,
        shortcut: GlobalShortcut | None = None,
    ) -> None:
        super().__init__()
        self._look = look = Look(theme, None, locale, self)
        self._settings = settings
        self._before: dict[str, Any] = {}
        """What undoing gives back."""
        look.know(agents)
        known = {agent for agent, _, _ in agents}
        billed = [(agent, agent, "") for agent, _ in settings.billing if agent not in known]
        zones.load()
        self.advanced = AdvancedPage(look, paths, zones, store, shortcut)
        windows = paths is not None and paths.platform == "win32"
        self.sources = SourcesPage(look, looked_for, health, store, windows=windows)
        self.privacy = PrivacyPage(look, history)
        self.about = AboutPage(look, [tr(panel.title) for panel in panels()])
        self.about.problem_wanted.connect(self.problem_wanted)
        self.sources.refresh_requested.connect(self.refresh_requested)
        self.accounts = AccountsPage(look, keys, status_lines)
        self.budget = BudgetPage(look)
        self.pages: tuple[SettingsPage, ...] = (
            self.budget,
            self.sources,
            PlansPage(look, [*agents, *billed], store, {entry.part for entry in health} or None),
            self.accounts,
            AppearancePage(look),
            self.privacy,
            self.advanced,
            self.about,
        )
        self.list = PageList(look, [(page.title, page.icon) for page in self.pages])
        self.notice = SlimNotice(look)
        self.undo = UndoBar(look, undo_ms)
        self._stack = QStackedWidget()
        self.setWindowTitle(tr("Settings"))
        self._lay_out()
        self.list.chosen.connect(self._stack.setCurrentIndex)
        self.notice.opened.connect(lambda: self.list.choose(self.pages.index(self.advanced)))
        self.undo.asked.connect(self._undo)
        self.show_settings(settings)
        self.show_mistakes(mistakes)
        self.list.choose(0)
        look.follow(self, self._scale)
        self._scale()
        self.resize(look.px(_SIZE.width()), look.px(_SIZE.height()))

    def settings(self) -> Settings:
        return self._settings

    def show_settings(self, settings: Settings) -> None:
        """Show other settings than those made here, such as an edited file's. Tells nothing."""
        self._settings = settings
        for page in self.pages:
            page.show_settings(settings)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """What of the present state stands on the pages."""
        self.show_health(snapshot.health)
        self.show_checks(snapshot.figures.bills, snapshot.health)
        self.show_own(snapshot.own)
        self.show_progress(snapshot.progress)
        self.show_budgets(snapshot.figures.budgets)

    def show_health(self, health: Sequence[Health]) -> None:
        """What was found of the agents that are looked for."""
        self.sources.show_health(health)

    def show_own(self, own: OwnFigures | None) -> None:
        """What TokenWatch itself takes of the computer."""
        self.advanced.show_own(own)
        self.privacy.history.show_own(own)
        self.about.show_own(own)

    def show_budgets(self, uses: Sequence[BudgetUse]) -> None:
        """What is used of every budget."""
        self.budget.show_budgets(uses)

    def show_progress(self, progress: Progress | None) -> None:
        """How far the logs are read."""
        self.advanced.show_progress(progress)

    def show_checks(self, checks: Sequence[BillCheck], health: Sequence[Health]) -> None:
        """What is known of bills, and what went wrong when they were asked for."""
        self.accounts.show_checks(checks, health)

    def current_page(self) -> int:
        return self._stack.currentIndex()

    def show_page(self, number: int) -> None:
        self.list.choose(number)

    def show_sources(self) -> None:
        """Turn to the page on which folders are named."""
        self.list.choose(next(number for number, page in enumerate(self.pages) if isinstance(page, SourcesPage)))

    def show_mistakes(self, mistakes: Sequence[str]) -> None:
        """Plain sentences about the settings file."""
        self.advanced.show_mistakes(mistakes)
        more = tr(" And {len} more.", len=len(mistakes) - 1) if len(mistakes) > 1 else ""
        self.notice.say(plain(mistakes[0], 200) + more if mistakes else "", "waiting")

    def done(self, result: int) -> None:
        self._take_all()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._take_all()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.fillRect(self.rect(), self._look.color("bg"))
        painter.fillRect(0, 0, self.list.width(), self.height(), self._look.color("side"))
        painter.fillRect(self.list.width(), 0, 1, self.height(), self._look.color("line"))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 10, 1, 10)
        left.addWidget(self.list)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.notice)
        right.addWidget(self._stack, 1)
        right.addWidget(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left)
        row.addLayout(right, 1)
        for page in self.pages:
            page.changed.connect(self._change)
            page.command.connect(self.command)
            self._stack.addWidget(_scrolled(page, self._look))

    def _change(self, fields: Mapping[str, Any], lost: str) -> None:
        before = self._settings
        after = replace(before, **fields)
        if after == before:
            return
        if lost:
            self._before = {name: getattr(before, name) for name in fields}
            self.undo.offer(lost)
        elif self._before.keys() & fields.keys():
            self.undo.withdraw()  # it would take back what was set since
        self._set(after)

    def _undo(self) -> None:
        self._set(replace(self._settings, **self._before))

    def _set(self, settings: Settings) -> None:
        self.show_settings(settings)
        self.saved.emit(settings)

    def _take_all(self) -> None:
        """What stands in a field when the dialog closes counts, if it makes sense."""
        for field in self.findChildren(Field):
            field.take()

    def _scale(self) -> None:
        self.setMinimumSize(self._look.px(_LEAST.width()), self._look.px(_LEAST.height()))


def _scrolled(page: SettingsPage, look: Look) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    thin(area, look)
    area.setWidget(page)
    return area
