"""Detail window: navigation at the left, one page at the right, and on it what is wrong.

Owns which page is shown, the window's keys and its notices. Does not own pages: each module of gui/panels that
exports ``PANEL`` is one, made at its first visit, or before it while nothing else is to be done. Only the page in
sight gets snapshots, at most one a second, and none while hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final, cast

from msgspec.structs import replace
from PySide6.QtCore import QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tokenwatch.base.health import Health
from tokenwatch.base.plugins import exports
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month, Snapshot
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.engine.schedule import LOST_SCAN_SECONDS
from tokenwatch.gui import commands
from tokenwatch.gui.limit_words import limit_badge
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.throttle import Throttle
from tokenwatch.gui.trouble_words import trouble_words, warning_title
from tokenwatch.gui.unreadable import Folders
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.notice import NoticeCard
from tokenwatch.gui.widgets.page import Page, Panel
from tokenwatch.gui.widgets.page_area import PageArea
from tokenwatch.gui.widgets.progress_line import ProgressLine
from tokenwatch.gui.widgets.sidebar import Sidebar
from tokenwatch.gui.words import OWN_PARTS, troubles, warnings

_SIZE: Final = QSize(1100, 720)
_LEAST: Final = QSize(720, 480)
_LEAST_WITH_LARGE_TEXT: Final = QSize(860, 560)
_NARROW_BELOW: Final = 1000
"""Window width below which the navigation shows icons only."""
_AHEAD_MS: Final = 700
"""After the window was shown, and between two pages that are made before they are visited."""
_FRAME_MS: Final = 20
INTERVAL_MS: Final = 1000
"""Between two snapshots that are painted as a whole; the numbers at the top do not wait for it."""


def panels() -> tuple[Panel, ...]:
    """Every panel of gui/panels, in the order of the navigation."""
    found = cast("tuple[Panel, ...]", exports("tokenwatch.gui.panels", "PANEL"))
    return tuple(sorted(found, key=lambda panel: (panel.order, panel.id)))


class DetailWindow(QWidget):
    month_wanted = Signal(object)
    """The first day (date) of a month to show; the answer is :meth:`show_month`."""
    command = Signal(str, object)
    """See ``gui/commands.py``."""
    settings_requested = Signal()
    refresh_requested = Signal()
    sources_requested = Signal()
    """The settings where folders are named."""
    pause_toggled = Signal()
    sharing_toggled = Signal()
    """Hide names and money, or show them again."""
    snooze_requested = Signal()
    asked = Signal(object, object)
    """See :attr:`Page.asked`; the answer is :meth:`show_answer` or :meth:`show_failure`."""
    export_wanted = Signal(str, str)
    started = Signal(object, str, object)
    sample_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        zone: tzinfo | None = None,
        locale: QLocale | None = None,
        interval_ms: int = INTERVAL_MS,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._look = Look(theme, zone, locale, self)
        self._panels = {panel.id: panel for panel in panels()}
        self._pages: dict[str, Page] = {}
        self._holders: dict[str, QWidget] = {}
        self._current = ""
        self._snapshot: Snapshot | None = None
        self._shown: tuple[Snapshot, str] | None = None
        self._told: Health | None = None
        self._numbers_first = False
        self._settings = Settings()
        self._dismissed: set[tuple[str, str]] = set()
        """(part, reason) of what the notice said and was hidden."""
        self._looked_for: tuple[LookedFor, ...] = ()
        self._offers = False
        self._unreadable: Folders = {}
        self._throttle = Throttle(interval_ms, self)
        self._throttle.fired.connect(self._update)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._ahead = QTimer(self)
        self._ahead.timeout.connect(self._make_ahead)
        self.setWindowTitle("TokenWatch")
        self.resize(_SIZE)
        self._fit()
        self.sidebar = Sidebar(self._look, tuple(self._panels.values()))
        self.progress = ProgressLine(self._look)
        self.notice = NoticeCard(self._look)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._look.follow(self, self._fit)
        self.show_panel(next(iter(self._panels), ""))

    def begin_with_numbers(self) -> None:
        """Of the first snapshot paint what is waited for at once, and all the rest in the next frame."""
        self._numbers_first = True

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        if self.isVisible():
            if self._numbers_first:
                self._numbers_first = False
                self._look.hide(snapshot.hidden)
                self._pages[self._current].show_numbers(snapshot)
                QTimer.singleShot(_FRAME_MS, self, self._throttle.request)
                return
            if self._throttle.resting:
                self._look.hide(snapshot.hidden)
                self._pages[self._current].show_numbers(snapshot)
            self._throttle.request()

    def show_looked_for(self, agents: Sequence[LookedFor]) -> None:
        """Which agents have a reader, and where they are looked for."""
        self._looked_for = tuple(agents)
        for page in self._pages.values():
            page.show_looked_for(agents)

    def show_unreadable(self, folders: Folders) -> None:
        """Which folders cannot be opened, by agent."""
        self._unreadable = folders
        if self._snapshot is not None and self.isVisible():
            self._tell(troubles(self._snapshot), self._snapshot)

    def show_settings(self, settings: Settings) -> None:
        """The present settings: currency, and whatever a page obeys."""
        self._settings = settings
        self._look.use(settings)
        self._shown = None
        for page in self._pages.values():
            page.show_settings(settings)
        self._update()

    def set_zone(self, zone: tzinfo) -> None:
        """Other clock times from now on."""
        if zone != self._look.zone:
            self._look.zone = zone
            self._shown = None
            self._update()

    def show_panel(self, panel_id: str) -> None:
        """Turn to a page; an unknown id changes nothing."""
        if panel_id not in self._panels or panel_id == self._current:
            return
        self._current = panel_id
        if panel_id not in self._pages:
            self._make(self._panels[panel_id])
        self._pages[panel_id].hold(self.notice)
        self._stack.setCurrentWidget(self._holders[panel_id])
        self.sidebar.choose(panel_id)
        self._update()

    def current_panel(self) -> str:
        return self._current

    def page(self, panel_id: str) -> Page | None:
        """The page's widget, if it was ever visited."""
        return self._pages.get(panel_id)

    def show_month(self, month: Month) -> None:
        for page in self._pages.values():
            page.show_month(month)

    def offer_start(self, wanted: bool) -> None:
        """Whether to offer a budget and a plan, once there are agents."""
        self._offers = wanted
        for page in self._pages.values():
            page.offer_start(wanted)

    def show_answer(self, answer: object) -> None:
        from tokenwatch.insight.explain import Explanation

        if isinstance(answer, Explanation):
            self._pages[self._current].show_explanation(answer)
            return
        for page in self._pages.values():
            page.show_answer(answer)

    def show_failure(self, why: str) -> None:
        for page in self._pages.values():
            page.show_failure(plain(why, 300))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update()
        self._ahead.start(_AHEAD_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        self._throttle.stop()
        self._ahead.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.sidebar.set_narrow(self.width() < self._look.px(_NARROW_BELOW))
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.color("bg"))

    def _fit(self) -> None:
        """The least size grows with the text, up to what the design allows."""
        least = QSize(self._look.px(_LEAST.width()), self._look.px(_LEAST.height()))
        self.setMinimumSize(least.boundedTo(_LEAST_WITH_LARGE_TEXT).expandedTo(_LEAST))

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.progress)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.progress.hide()

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.show_panel)
        self.sidebar.settings_requested.connect(self.settings_requested)
        self.sidebar.sharing_toggled.connect(self.sharing_toggled)
        self.notice.asked.connect(self._asked)
        self.notice.dismissed.connect(self._dismiss)
        self.notice.folder_wanted.connect(self.sources_requested)
        self.notice.stopped.connect(self._stop_watching)
        for number, panel_id in enumerate(self._panels, 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda page=panel_id: self.show_panel(page))
        for keys, signal in (
            ("Ctrl+,", self.settings_requested),
            ("Ctrl+P", self.pause_toggled),
            ("Ctrl+Shift+S", self.snooze_requested),
            ("F5", self.refresh_requested),
            ("Ctrl+H", self.sharing_toggled),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(signal)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(lambda: self._pages[self._current].begin_search())
        QShortcut(QKeySequence("Ctrl+E"), self).activated.connect(lambda: self._pages[self._current].export())

    def _make(self, panel: Panel) -> None:
        page = panel.widget(self._look)
        page.command.connect(self.command)
        page.month_wanted.connect(self.month_wanted)
        page.refresh_requested.connect(self.refresh_requested)
        page.pause_toggled.connect(self.pause_toggled)
        page.asked.connect(self.asked)
        page.started.connect(self.started)
        page.sources_wanted.connect(self.sources_requested)
        page.sample_wanted.connect(self.sample_wanted)
        page.offer_start(self._offers)
        page.export_wanted.connect(self.export_wanted)
        page.show_looked_for(self._looked_for)
        page.page_wanted.connect(self.show_panel)
        page.show_settings(self._settings)
        area = PageArea(self._look, page)
        self._pages[panel.id], self._holders[panel.id] = page, area
        self._stack.addWidget(area)

    def _make_ahead(self) -> None:
        """One page at a time, so that the first visit to each is as quick as the next."""
        if self._snapshot is not None and self._snapshot.progress is not None:
            return  # what is shown of an import needs every moment
        panel = next((panel for panel in self._panels.values() if panel.id not in self._pages), None)
        if panel is None:
            self._ahead.stop()
            return
        self._make(panel)
        if self._snapshot is not None:
            self._pages[panel.id].prepare(self._snapshot)

    def _update(self) -> None:
        snapshot = self._snapshot
        if snapshot is None or not self.isVisible() or self._shown == (snapshot, self._current):
            return
        self._shown, self._numbers_first = (snapshot, self._current), False
        self._look.know(snapshot.agents)
        self._look.hide(snapshot.hidden)
        if snapshot.sample != self._look.sample:
            self._look.sample = snapshot.sample
            self.setWindowTitle(tr("Sample") if snapshot.sample else "TokenWatch")
        self.progress.show_progress(snapshot.progress)
        self.sidebar.state.show_snapshot(snapshot)
        self.sidebar.sharing.setChecked(snapshot.hidden)
        found = troubles(snapshot)
        count = snapshot.figures.counts.open
        paused = snapshot.paused_since is not None
        self.sidebar.badge("live", "" if paused or found or not count else str(count), "problem" if found else "")
        self.sidebar.badge("alerts", tr("{number} new", number=snapshot.unread) if snapshot.unread else "")
        self.sidebar.badge("limits", *limit_badge(snapshot.figures.limits))
        self._tell(found, snapshot)
        self._pages[self._current].show_snapshot(snapshot)

    def _tell(self, found: tuple[Health, ...], snapshot: Snapshot) -> None:
        if found:
            self._told = found[0]
            self.notice.say(
                *trouble_words(found, snapshot, self._look),
                hint=self._trying(found[0]),
                button=tr("Try again"),
            )
            lost = next((entry for entry in found if entry.part not in OWN_PARTS), None)
            known = self._unreadable.get(lost.part) if lost is not None and lost is found[0] else None
            stop = lost is not None and lost is found[0] and not snapshot.sample and not snapshot.hidden
            name = self._look.agent_name(lost.part) if lost is not None else ""
            self.notice.offer(
                None if snapshot.hidden else known, tr("Stop watching {agent}", agent=name) if stop else ""
            )
            return
        warned = [entry for entry in warnings(snapshot) if (entry.part, entry.reason) not in self._dismissed]
        self._told = warned[0] if warned else None
        self.notice.offer(None, "")
        if self._told is None:
            self.notice.say("", "")
            return
        title = warning_title(self._told.part)
        button = tr("Open settings") if self._told.part == "settings" else ""
        self.notice.say(title, plain(self._told.reason, 400), button=button, bad=False)

    @staticmethod
    def _trying(failing: Health) -> str:
        if failing.part in OWN_PARTS:
            return tr("TokenWatch tries again by itself")
        return tr("Trying again by itself every {seconds} s", seconds=LOST_SCAN_SECONDS)

    def _asked(self) -> None:
        if self._told is not None and self._told.part == "settings":
            self.settings_requested.emit()
        else:
            self.refresh_requested.emit()

    def _stop_watching(self) -> None:
        """The agent of the notice, as its switch in the settings would."""
        if self._told is not None:
            off = tuple(sorted({*self._settings.agents_off, self._told.part}))
            self.command.emit(commands.SETTINGS, replace(self._settings, agents_off=off))

    def _dismiss(self) -> None:
        if self._told is not None and self._snapshot is not None:
            self._dismissed.add((self._told.part, self._told.reason))
            self._tell(troubles(self._snapshot), self._snapshot)
