"""Tray: the icon in the desktop's tray with its tooltip and native menu.

Owns what is sent to the desktop and when: at most once a second, and only what changed, because every change of an
icon, tooltip or entry is a message to the panel. Does not own what is drawn (icon.py) or said (words.py), nor what a
click opens (app.py). All text is plain; the tooltip holds nothing from logs, because some panels read it as markup.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

from PySide6.QtCore import QLocale, QObject, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QAction, QCursor, QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.icon import Icons
from tokenwatch.gui.icon_drawing import Look
from tokenwatch.gui.icon_state import IconState, icon_state
from tokenwatch.gui.throttle import Throttle
from tokenwatch.gui.words import menu_lines, menu_trouble, quota_line, session_line, tooltip

INTERVAL_MS: Final = 1000
MOST_SESSIONS: Final = 8
_AROUND: Final = 12
"""Half the size of a usual icon, in pixels."""


class Tray(QObject):
    """Make it after a tray host is there (tray_host.py): Qt looks for one only once.

    ``over_bus``: the menu is drawn by the panel, from what it is told over D-Bus.
    """

    panel_wanted = Signal(QRect)
    """Where the icon is; empty where the desktop does not tell."""
    window_wanted = Signal(str)
    """Id of a page, or empty for the one shown last."""
    pause_toggled = Signal()
    snooze_requested = Signal()
    settings_requested = Signal()
    quit_requested = Signal()
    sharing_toggled = Signal()

    def __init__(
        self,
        look: Look,
        zone: tzinfo,
        locale: QLocale,
        *,
        over_bus: bool,
        parent: QObject | None = None,
        interval_ms: int = INTERVAL_MS,
    ) -> None:
        super().__init__(parent)
        self._look, self._zone, self._locale, self._over_bus = look, zone, locale, over_bus
        self._icons = Icons()
        self._state = IconState()
        self._snapshot: Snapshot | None = None
        self._settings: Settings | None = None
        self._throttle = Throttle(interval_ms, self)
        self._throttle.fired.connect(self._update)
        self.menu = QMenu()
        self.icon = QSystemTrayIcon(self._icons.icon(self._state, look), self)
        self._build_menu()
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)

    def show(self) -> None:
        self.icon.show()

    def hide(self) -> None:
        self._throttle.stop()
        self.icon.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._throttle.request()

    def set_look(self, look: Look) -> None:
        """Other colours, because the panel or the user's choice changed."""
        if look != self._look:
            self._look = look
            self.icon.setIcon(self._icons.icon(self._state, look))

    def set_zone(self, zone: tzinfo) -> None:
        self._zone = zone
        self._throttle.request()

    def show_settings(self, settings: Settings) -> None:
        """The present settings, for the currency and the icon's number."""
        self._settings = settings
        if self._snapshot is not None:
            self._throttle.request()

    # Parts of the menu

    def _build_menu(self) -> None:
        menu = self.menu
        self._lines = [self._leads_to(page) for page in ("live", "spend", "limits", "alerts")]
        menu.addSeparator()
        self._rows = [self._leads_to("live") for _ in range(MOST_SESSIONS + 1)]
        self._after_rows = menu.addSeparator()
        self._entries = {
            mark("Open TokenWatch"): menu.addAction(""),
            mark("Snooze alerts for 1 hour"): menu.addAction(""),
            mark("Pause"): menu.addAction(""),
            mark("Hide names and money"): menu.addAction(""),
            mark("Settings…"): menu.addAction(""),
            mark("Quit"): menu.addAction(""),
        }
        window, snooze, self._pause, self._sharing, settings, quit_ = self._entries.values()
        window.triggered.connect(lambda: self.window_wanted.emit(""))
        snooze.triggered.connect(self.snooze_requested.emit)
        self._pause.triggered.connect(self.pause_toggled.emit)
        self._sharing.triggered.connect(self.sharing_toggled.emit)
        settings.triggered.connect(self.settings_requested.emit)
        quit_.triggered.connect(self.quit_requested.emit)
        self.speak()

    def speak(self) -> None:
        """Say everything again, in the language that is spoken now."""
        for words, action in self._entries.items():
            action.setText(tr(words))
        self._update()

    def _leads_to(self, page: str) -> QAction:
        action = self.menu.addAction("")
        action.setVisible(False)
        action.triggered.connect(lambda: self.window_wanted.emit(page))
        return action

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.panel_wanted.emit(self._place())
        elif reason == QSystemTrayIcon.ActivationReason.MiddleClick:
            self.window_wanted.emit("")

    def _place(self) -> QRect:
        """Where the icon is. A panel that draws it tells nobody, but under X11 the pointer has just clicked it."""
        place = self.icon.geometry()
        if place.isEmpty() and QGuiApplication.platformName() == "xcb":
            pointer = QCursor.pos()
            screen = QGuiApplication.screenAt(pointer)
            # Over a panel, not over windows: there the icon was activated in another way.
            if screen is not None and not screen.availableGeometry().contains(pointer):
                return QRect(pointer - QPoint(_AROUND, _AROUND), QSize(2 * _AROUND, 2 * _AROUND))
        return place

    # What the desktop is told

    def _update(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        state = icon_state(snapshot, self._state, self._settings.digit if self._settings else "working")
        if state != self._state:
            self._state = state
            self.icon.setIcon(self._icons.icon(state, self._look))
        said = tooltip(snapshot, self._zone, self._locale, self._settings)
        if said != self.icon.toolTip():
            self.icon.setToolTip(said)
        self._update_menu(snapshot)

    def _update_menu(self, snapshot: Snapshot) -> None:
        figures = snapshot.figures
        first, second = (*menu_lines(snapshot, self._zone, self._locale, self._settings), "")[:2]
        lines = (first, second, quota_line(figures.quotas, figures.at), menu_trouble(snapshot))
        rows = [session_line(session, figures.at, self._locale) for session in figures.sessions[:MOST_SESSIONS]]
        more = len(figures.sessions) - len(rows)
        if more:
            rows.append(tr("{more} more", more=more))
        rows += [""] * (len(self._rows) - len(rows))
        for action, text in zip((*self._lines, *self._rows), (*lines, *rows), strict=True):
            self._say(action, text)
        self._after_rows.setVisible(any(rows))
        self._say(self._sharing, tr("Show names and money") if snapshot.hidden else tr("Hide names and money"))
        self._say(self._pause, tr("Resume") if snapshot.paused_since is not None else tr("Pause"))

    def _say(self, action: QAction, text: str) -> None:
        """Change an entry if it changed; an empty one is not shown."""
        shown = entry_text(text, over_bus=self._over_bus)
        if action.text() != shown:
            action.setText(shown)
        if action.isVisible() != bool(text):
            action.setVisible(bool(text))


def entry_text(text: str, *, over_bus: bool) -> str:
    """``text`` as a menu entry that shows exactly it: without shortcut letters and columns.

    Panels that draw the menu themselves take an underscore for the mark of a shortcut letter.
    """
    text = text.replace("\t", " ").replace("&", "&&")
    return text.replace("_", "__") if over_bus else text
