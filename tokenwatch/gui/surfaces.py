"""Surfaces: the glance panel, the window and the settings dialog - made when first wanted, fed while they exist.

Owns their life: made late, the window and the dialog deleted when closed. Does not own what is in them, nor the tray
icon and notifications (app.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRect, Qt, Signal

from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month, Snapshot
from tokenwatch.gui.theme import Theme

if TYPE_CHECKING:
    from tokenwatch.gui.panel import GlancePanel
    from tokenwatch.gui.settings_dialog import SettingsDialog
    from tokenwatch.gui.window import DetailWindow

_SECOND_CLICK_MS: Final = 300
"""A press on the icon closes the open panel before the click is reported; such a click shall not open it again."""


class Surfaces(QObject):
    pause_toggled = Signal()
    snooze_requested = Signal()
    refresh_requested = Signal()
    quit_requested = Signal()
    month_wanted = Signal(object)
    """The first day of a month to show."""
    settings_saved = Signal(object)
    visible_changed = Signal(bool)
    window_closed = Signal()

    def __init__(
        self,
        theme: Theme,
        settings: Callable[[], Settings],
        zone: Callable[[], tzinfo],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings, self._zone = settings, zone
        self._snapshot: Snapshot | None = None
        self._panel: GlancePanel | None = None
        self._window: DetailWindow | None = None
        self._dialog: SettingsDialog | None = None
        self._since_hidden = QElapsedTimer()
        self._visible = False

    @property
    def window(self) -> DetailWindow | None:
        return self._window

    @property
    def panel(self) -> GlancePanel | None:
        return self._panel

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        for surface in (self._panel, self._window):
            if surface is not None and surface.isVisible():
                surface.show_snapshot(snapshot)

    def show_month(self, month: Month) -> None:
        if self._window is not None:
            self._window.show_month(month)

    def toggle_panel(self, tray_geometry: QRect) -> None:
        """Open the panel at the icon, or close it."""
        just_closed = self._since_hidden.isValid() and self._since_hidden.elapsed() < _SECOND_CLICK_MS
        if self._panel is not None and self._panel.isVisible():
            self._panel.close()
        elif not just_closed:
            panel = self._panel or self._make_panel()
            if self._snapshot is not None:
                panel.show_snapshot(self._snapshot)
            panel.show_at(tray_geometry)

    def open_window(self, page: str = "") -> None:
        """Show the window in front of others, on ``page`` or where it was."""
        window = self._window or self._make_window()
        if self._snapshot is not None:
            window.show_snapshot(self._snapshot)
        if page:
            window.show_panel(page)
        if window.isMinimized():
            window.showNormal()
        window.show()
        window.raise_()
        window.activateWindow()

    def open_settings(self) -> None:
        dialog = self._dialog or self._make_dialog()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def renew(self) -> None:
        """Make the panel anew when it is next wanted, because settings it was made with have changed."""
        if self._panel is not None and not self._panel.isVisible():
            self._panel.deleteLater()
            self._panel = None

    def close(self) -> None:
        for surface in (self._dialog, self._window, self._panel):
            if surface is not None:
                surface.removeEventFilter(self)
                surface.close()
                surface.deleteLater()
        self._dialog = self._window = self._panel = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            if watched is self._panel and event.type() == QEvent.Type.Hide:
                self._since_hidden.start()
            visible = event.type() == QEvent.Type.Show or any(
                surface is not None and surface is not watched and surface.isVisible()
                for surface in (self._panel, self._window)
            )
            if visible != self._visible:
                self._visible = visible
                self.visible_changed.emit(visible)
        return False

    def _make_panel(self) -> GlancePanel:
        from tokenwatch.gui.panel import GlancePanel

        panel = GlancePanel(self._theme, zone=self._zone())
        panel.open_window.connect(self._from_panel)
        panel.pause_toggled.connect(self.pause_toggled)
        panel.snooze_requested.connect(self.snooze_requested)
        panel.settings_requested.connect(self.open_settings)
        panel.quit_requested.connect(self.quit_requested)
        panel.installEventFilter(self)
        self._panel = panel
        return panel

    def _from_panel(self, page: str) -> None:
        if self._panel is not None:
            self._panel.close()
        self.open_window(page)

    def _make_window(self) -> DetailWindow:
        from tokenwatch.gui.window import DetailWindow

        window = DetailWindow(self._theme)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.month_wanted.connect(self._ask_month)
        window.settings_requested.connect(self.open_settings)
        window.refresh_requested.connect(self.refresh_requested)
        window.destroyed.connect(self._window_gone)
        window.installEventFilter(self)
        self._window = window
        return window

    def _ask_month(self, first: date) -> None:
        self.month_wanted.emit(first)

    def _window_gone(self) -> None:
        if self._window is not None:
            self._window = None
            self.window_closed.emit()

    def _make_dialog(self) -> SettingsDialog:
        from tokenwatch.gui.settings_dialog import SettingsDialog

        agents = self._snapshot.agents if self._snapshot is not None else ()
        dialog = SettingsDialog(self._settings(), agents, self._theme)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(self.settings_saved)
        dialog.destroyed.connect(self._dialog_gone)
        self._dialog = dialog
        return dialog

    def _dialog_gone(self) -> None:
        self._dialog = None
