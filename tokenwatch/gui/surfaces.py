"""Surfaces: the glance panel, the window and the settings dialog - made when wanted, fed while they exist.

Owns their life: made when they open, deleted when they close, so that nothing hidden is kept up to date. Does not own
what is in them, nor the tray icon and notifications (app.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRect, Qt, Signal

from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month, Snapshot
from tokenwatch.base.translation import tr
from tokenwatch.gui.announcing import announce
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.unreadable import Folders
from tokenwatch.gui.zone_names import ZoneNames

if TYPE_CHECKING:
    from tokenwatch.gui.global_shortcut import GlobalShortcut
    from tokenwatch.gui.history_store import HistoryStore
    from tokenwatch.gui.key_store import KeyStore
    from tokenwatch.gui.panel import GlancePanel
    from tokenwatch.gui.settings_dialog import SettingsDialog
    from tokenwatch.gui.settings_store import SettingsStore
    from tokenwatch.gui.status_line_store import StatusLineStore
    from tokenwatch.gui.window import DetailWindow

_SECOND_CLICK_MS: Final = 300
"""A press on the icon closes the open panel before the click is reported; such a click shall not open it again."""


class Surfaces(QObject):
    """``paths`` say where the settings file is, for the dialog; None, where there is none."""

    pause_toggled = Signal()
    resume_wanted = Signal(object)
    """When to resume by itself: a moment in milliseconds."""
    snooze_requested = Signal()
    refresh_requested = Signal()
    quit_requested = Signal()
    sharing_toggled = Signal()
    """Hide names and money, or show them again."""
    month_wanted = Signal(object)
    """The first day of a month to show."""
    asked = Signal(object, object)
    """A question for the ledger and the key of a row, or None."""
    export_wanted = Signal(str, str)
    """A file's path and its text."""
    started = Signal(object, str, object)
    """The budget, the agent in a plan and its fee, as entered at the first start."""
    sample_wanted = Signal()
    settings_saved = Signal(object)
    command = Signal(str, object)
    """See ``gui/commands.py``."""
    visible_changed = Signal(bool)
    window_closed = Signal()

    def __init__(
        self,
        theme: Theme,
        settings: Callable[[], Settings],
        zone: Callable[[], tzinfo],
        parent: QObject | None = None,
        *,
        paths: Paths | None = None,
        history: HistoryStore | None = None,
        shortcut: GlobalShortcut | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._paths, self._history, self._shortcut = paths, history, shortcut
        self._zones = ZoneNames(paths.environment if paths is not None else {}, self)
        self._mistakes: tuple[str, ...] = ()
        self._offers = False
        self._looked_for: tuple[LookedFor, ...] = ()
        self._unreadable: Folders = {}
        self._due: int | None = None
        self._settings, self._zone = settings, zone
        self._snapshot: Snapshot | None = None
        self._panel: GlancePanel | None = None
        self._window: DetailWindow | None = None
        self._dialog: SettingsDialog | None = None
        self._stores: list[KeyStore | StatusLineStore | SettingsStore] = []
        """What the dialog asks, for as long as it is open."""
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
        told = next((each for each in (self._panel, self._window) if each is not None and each.isVisible()), None)
        if told is not None:
            announce(told, snapshot)
        if self._dialog is not None:
            self._dialog.show_snapshot(snapshot)

    def show_month(self, month: Month) -> None:
        if self._window is not None:
            self._window.show_month(month)

    def offer_start(self, wanted: bool) -> None:
        """Whether the window offers a budget and a plan."""
        self._offers = wanted
        if self._window is not None:
            self._window.offer_start(wanted)

    def show_answer(self, answer: object) -> None:
        if self._window is not None:
            self._window.show_answer(answer)

    def show_failure(self, why: str) -> None:
        """Why a question could not be answered."""
        if self._window is not None:
            self._window.show_failure(why)

    def show_looked_for(self, agents: Sequence[LookedFor]) -> None:
        """Which agents have a reader, and where they are looked for."""
        self._looked_for = tuple(agents)
        if self._window is not None:
            self._window.show_looked_for(agents)

    def show_unreadable(self, folders: Folders) -> None:
        """Which folders cannot be opened, by agent."""
        self._unreadable = folders
        if self._window is not None:
            self._window.show_unreadable(folders)

    def show_due(self, due: int | None) -> None:
        """When a pause ends by itself, or None."""
        self._due = due
        if self._panel is not None:
            self._panel.show_due(due)

    def show_mistakes(self, mistakes: Sequence[str]) -> None:
        """What is wrong in the settings file, or why it could not be written."""
        self._mistakes = tuple(mistakes)
        if self._dialog is not None:
            self._dialog.show_mistakes(mistakes)

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

    def want_price(self, model: str) -> None:
        """Show the page on which a model is given a price, and ask for this one's."""
        self.open_window("spend")
        page = self._window.page("spend") if self._window is not None else None
        if page is not None:
            page.want_price(model)

    def open_settings(self) -> None:
        dialog = self._dialog or self._make_dialog()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def open_sources(self) -> None:
        """The settings where folders are named."""
        self.open_settings()
        if self._dialog is not None:
            self._dialog.show_sources()

    def renew(self) -> None:
        """The settings or the time zone are others: show what is open accordingly."""
        for surface in (self._panel, self._window):
            if surface is not None:
                surface.set_zone(self._zone())
                surface.show_settings(self._settings())
        if self._dialog is not None:
            self._dialog.show_settings(self._settings())

    def speak(self) -> None:
        """Make what is open anew, where it is and on the same pages: another language is spoken now."""
        if self._panel is not None:
            self._panel.close()
        window, dialog = self._window, self._dialog
        if window is not None:
            window.destroyed.disconnect(self._window_gone)
            window.removeEventFilter(self)
            shown, state, page = window.isVisible(), window.windowState(), window.current_panel()
            place = window.normalGeometry() if window.isMaximized() else window.geometry()
            self._window = None
            window.close()
            window = self._make_window()
            window.setGeometry(place)
            window.setWindowState(state)
            if shown:
                self.open_window(page)
        if dialog is not None:
            number, corner = dialog.current_page(), dialog.pos()
            dialog.close()
            self.open_settings()
            if self._dialog is not None:
                self._dialog.move(corner)
                self._dialog.show_page(number)

    def close(self) -> None:
        for surface in (self._dialog, self._window, self._panel):
            if surface is not None:
                surface.removeEventFilter(self)
                surface.close()
                surface.deleteLater()
        self._dialog = self._window = self._panel = None
        self._forget_keys()
        self._zones.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            if watched is self._panel and event.type() == QEvent.Type.Hide:
                self._since_hidden.start()
                self._panel.deleteLater()
                self._panel = None
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
        panel.show_settings(self._settings())
        panel.open_window.connect(self._from_panel)
        panel.asked.connect(self.asked)
        panel.pause_toggled.connect(self.pause_toggled)
        panel.resume_wanted.connect(self.resume_wanted)
        panel.show_due(self._due)
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

        window = DetailWindow(self._theme, zone=self._zone())
        window.show_looked_for(self._looked_for)
        window.show_unreadable(self._unreadable)
        window.sources_requested.connect(self.open_sources)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.month_wanted.connect(self._ask_month)
        window.offer_start(self._offers)
        window.started.connect(self.started)
        window.sample_wanted.connect(self.sample_wanted)
        window.asked.connect(self.asked)
        window.export_wanted.connect(self._choose_file)
        window.command.connect(self.command)
        window.show_settings(self._settings())
        window.settings_requested.connect(self.open_settings)
        window.refresh_requested.connect(self.refresh_requested)
        window.pause_toggled.connect(self.pause_toggled)
        window.sharing_toggled.connect(self.sharing_toggled)
        window.snooze_requested.connect(self.snooze_requested)
        window.destroyed.connect(self._window_gone)
        window.installEventFilter(self)
        window.begin_with_numbers()
        self._window = window
        return window

    def tell(self, sentence: str) -> None:
        """Say what could not be done, in a box of its own."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon.Warning, tr("TokenWatch"), "", QMessageBox.StandardButton.Ok, self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(sentence)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _choose_file(self, name: str, text: str) -> None:
        from PySide6.QtWidgets import QFileDialog

        form = tr("JSON (*.json)") if name.endswith(".json") else tr("Comma-separated values (*.csv)")
        dialog = QFileDialog(self._window, tr("Export"), "", form)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.export_wanted.emit(path, text))
        dialog.open()

    def _ask_month(self, first: date) -> None:
        self.month_wanted.emit(first)

    def _window_gone(self) -> None:
        if self._window is not None:
            self._window = None
            self.window_closed.emit()

    def _make_dialog(self) -> SettingsDialog:
        from tokenwatch.gui.key_store import KeyStore
        from tokenwatch.gui.settings_dialog import SettingsDialog
        from tokenwatch.gui.settings_store import SettingsStore
        from tokenwatch.gui.status_line_store import StatusLineStore

        made_up = self._snapshot is not None and self._snapshot.sample
        keys, status_lines, store = None, None, None
        if self._paths is not None and not made_up:  # the demo keeps away from the user's keyring and login
            keys, status_lines = KeyStore(parent=self), StatusLineStore(self._paths, self)
            store = SettingsStore(self._paths, self)
            self._stores = [keys, status_lines, store]
        agents = self._snapshot.agents if self._snapshot is not None else ()
        known = {agent for agent, _, _ in agents}
        others = tuple((each.id, each.name, each.letter) for each in self._looked_for if each.id not in known)
        dialog = SettingsDialog(
            self._settings(),
            agents + others,
            self._theme,
            self._zones,
            paths=self._paths,
            mistakes=self._mistakes,
            looked_for=self._looked_for,
            health=self._snapshot.health if self._snapshot is not None else (),
            keys=keys,
            status_lines=status_lines,
            store=store,
            history=None if made_up else self._history,
            shortcut=None if made_up else self._shortcut,
        )
        if self._snapshot is not None:
            dialog.show_snapshot(self._snapshot)
        dialog.command.connect(self.command)
        dialog.refresh_requested.connect(self.refresh_requested)
        dialog.problem_wanted.connect(self._report_problem)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(self.settings_saved)
        dialog.finished.connect(self._dialog_gone)
        self._dialog = dialog
        return dialog

    def _report_problem(self) -> None:
        from tokenwatch.gui.report_dialog import report_dialog

        if self._dialog is not None and self._paths is not None:
            report = report_dialog(self._dialog, self._theme, self._snapshot, self._settings(), self._paths)
            report.save_wanted.connect(self.export_wanted)
            report.open()

    def _dialog_gone(self) -> None:
        self._dialog = None
        self._forget_keys()

    def _forget_keys(self) -> None:
        stores, self._stores = self._stores, []
        for store in stores:
            store.close()
            store.deleteLater()
