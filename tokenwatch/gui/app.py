"""App: the tray app - engine, bridge, tray icon, notifications and windows wired together.

Owns start and end of the graphical face, and which command goes where. Does not own any of the parts, nor the choice
of this face (``__main__``).
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import tzinfo
from pathlib import Path
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QLocale, QObject, QProcess, QRect, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tokenwatch.base.clock import Clock
from tokenwatch.base.errors import SettingsError
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.paths import APP, Paths
from tokenwatch.base.rates_file import with_fetched
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.settings_reading import load
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.after_numbers import AfterNumbers
from tokenwatch.gui.bridge import Bridge, EngineLike
from tokenwatch.gui.collection import Collection
from tokenwatch.gui.deeds import Deeds
from tokenwatch.gui.global_shortcut import GlobalShortcut
from tokenwatch.gui.history_store import HistoryStore
from tokenwatch.gui.icon import Icons, look_for, panel_is_dark
from tokenwatch.gui.icon_drawing import Look
from tokenwatch.gui.icon_state import IconState, Level
from tokenwatch.gui.language import speak
from tokenwatch.gui.looked_for import looked_for
from tokenwatch.gui.notify import Notifier, service_for
from tokenwatch.gui.notify_service import Service
from tokenwatch.gui.portal import Portal
from tokenwatch.gui.quit_signals import QuitSignals
from tokenwatch.gui.resuming import Resuming
from tokenwatch.gui.screen_sharing import hide
from tokenwatch.gui.surfaces import Surfaces
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.tray import Tray
from tokenwatch.gui.tray_host import TrayHost
from tokenwatch.gui.unreadable import UnreadableFolders
from tokenwatch.system.instance import Instance

NO_TRAY: Final = mark(
    "No tray was found on this desktop, so this window stands in for the icon and closing it ends TokenWatch. "
    "GNOME shows icons with the AppIndicator extension."
)


class App(QObject):
    """The running face. ``service`` shows notifications; another one is for tests."""

    settings_used = Signal(object)
    """The Settings that hold from now on."""
    _show_asked = Signal()
    _settings_read = Signal(object, object)
    _settings_failed = Signal(str)
    _export_failed = Signal(str)
    _zone_found = Signal(object)
    _places_found = Signal(tuple)

    def __init__(
        self,
        application: QApplication,
        engine: EngineLike,
        paths: Paths,
        clock: Clock,
        settings: Settings,
        service: Service | None = None,
        host: TrayHost | None = None,
    ) -> None:
        super().__init__()
        self._application, self._engine, self._paths = application, engine, paths
        self._settings = settings
        self._snapshot: Snapshot | None = None
        """As it is shown."""
        self._came: Snapshot | None = None
        """As it came, with everything."""
        self._tray: Tray | None = None
        self._settled = self._closed_early = self._stopped = False
        self._files = ThreadPoolExecutor(1, thread_name_prefix="tokenwatch-files")
        """Reads and writes small files, which the Qt thread does not."""
        self._zone = settings.zone(paths)
        self.theme = Theme(settings.theme, self)
        self.theme.apply(application)
        self.theme.fit(settings.text_size, settings.rows, settings.patterns)
        self.theme.motion = settings.motion
        self.bridge = Bridge(engine, self)
        self._history = HistoryStore(engine.delete_history, paths.ledger, clock, self)
        description = tr("Show the panel")
        self._shortcut = GlobalShortcut(paths.platform, paths.environment, APP, description, self)
        self.surfaces = Surfaces(
            self.theme,
            lambda: self._settings,
            lambda: self._zone,
            self,
            paths=paths,
            history=self._history,
            shortcut=self._shortcut,
        )
        self.notifier = Notifier(
            service or service_for(paths.platform, paths.environment),
            clock,
            enabled=settings.notifications,
            parent=self,
        )
        self._host = host or TrayHost(paths.platform, paths.environment, self)
        self._portal = Portal(paths.platform, paths.environment, self)
        self._signals = QuitSignals(self)
        self._icons = Icons()
        self._collection, self._after_numbers = Collection(self), AfterNumbers(self)
        self._deeds = Deeds(
            self.bridge, self.surfaces, self.notifier, paths, lambda: self._settings, lambda: self._came, self
        )
        self._resuming = Resuming(self.bridge.resume, self)
        self._unreadable = UnreadableFolders(paths, self._files.submit, self)
        self._connect()

    def start(self, instance: Instance | None, problems: tuple[str, ...] = (), *, background: bool = False) -> None:
        """Begin: numbers, tray icon and, unless in the background, the window. ``problems``: of the settings."""
        self._portal.start()
        self._application.setWindowIcon(self._icons.icon(IconState(3, 80, Level.UNDER, 2), self._look()))
        # Where a session ends, nothing may come after the loop of events.
        self._application.aboutToQuit.connect(self.stop)
        self._engine.start()
        self._report_settings(problems)
        if instance is not None:
            instance.listen(self._show_asked.emit)
        if not background:
            self.surfaces.open_window()
        self._after_numbers.wait(window=not background)
        self._collection.start()

    def _start_rest(self) -> None:
        """What the first numbers in the window need not wait for."""
        self._files.submit(self._find_places)
        self._host.start()
        self._shortcut.follow(self._settings.global_shortcut)

    def stop(self) -> None:
        """End everything within about two seconds. Harmless the second time."""
        if self._stopped:
            return
        self._stopped = True
        self._after_numbers.stop()
        self._collection.stop()
        self._signals.close()
        self.bridge.close()
        self.surfaces.close()
        self._history.close()
        if self._tray is not None:
            self._tray.hide()
        self._host.stop()
        self._portal.stop()
        self._shortcut.stop()
        self.notifier.stop()
        self._engine.stop()
        self._files.shutdown(wait=True)  # a setting that was just changed is kept

    @property
    def tray(self) -> Tray | None:
        return self._tray

    def quit(self) -> None:
        self._application.quit()

    # Wiring

    def _connect(self) -> None:
        bridge, surfaces, notifier = self.bridge, self.surfaces, self.notifier
        bridge.snapshot_changed.connect(self._show)
        bridge.month_ready.connect(surfaces.show_month)
        surfaces.pause_toggled.connect(self._toggle_pause)
        surfaces.resume_wanted.connect(self._resuming.wait_until)
        self._resuming.due_changed.connect(surfaces.show_due)
        surfaces.snooze_requested.connect(bridge.snooze)
        surfaces.refresh_requested.connect(self._refresh)
        surfaces.quit_requested.connect(self.quit)
        surfaces.sharing_toggled.connect(self._toggle_sharing)
        surfaces.month_wanted.connect(bridge.month)
        surfaces.asked.connect(bridge.ask)
        surfaces.started.connect(self._start_entered)
        surfaces.sample_wanted.connect(self._show_sample)
        surfaces.export_wanted.connect(self._export)
        bridge.found.connect(surfaces.show_answer)
        bridge.ask_failed.connect(surfaces.show_failure)
        surfaces.command.connect(self._deeds.obey)
        surfaces.settings_saved.connect(self._save_settings)
        surfaces.visible_changed.connect(bridge.set_visible)
        surfaces.visible_changed.connect(self._visible_changed)
        surfaces.window_closed.connect(self._window_closed)
        notifier.page_wanted.connect(surfaces.open_window)
        notifier.snooze_requested.connect(bridge.snooze)
        notifier.asked.connect(self._deeds.act)
        notifier.health_changed.connect(bridge.report)
        self._after_numbers.came.connect(self._start_rest)
        self._portal.told.connect(self.theme.obey)
        self._shortcut.pressed.connect(self._toggle_panel)
        self.theme.changed.connect(self._set_look)
        self._host.settled.connect(self._host_settled)
        self._signals.received.connect(self.quit)
        self._show_asked.connect(surfaces.open_window)
        self._settings_read.connect(self._take_settings)
        self._export_failed.connect(surfaces.tell)
        self._settings_failed.connect(lambda why: self._report_settings((why,)))
        self._deeds.settings_changed.connect(self._save_settings)
        self._deeds.failed.connect(self._settings_failed)
        self._deeds.told.connect(surfaces.tell)
        self._deeds.file_work.connect(self._files.submit)
        self._zone_found.connect(self._take_zone)
        self._places_found.connect(surfaces.show_looked_for)
        self._unreadable.found.connect(surfaces.show_unreadable)

    def _show(self, snapshot: Snapshot) -> None:
        again = snapshot is self._came
        self._came = snapshot
        if self._settings.screen_sharing:
            snapshot = hide(snapshot)
        if again:  # what was told stays told
            snapshot = replace(snapshot, new_alerts=())
        self._snapshot = snapshot
        self._unreadable.follow(snapshot)
        self._resuming.follow(snapshot)
        if self._tray is not None:
            self._tray.show_snapshot(snapshot)
        self.surfaces.show_snapshot(snapshot)
        self.notifier.show_snapshot(snapshot)
        self._collection.look()
        self._after_numbers.follow(snapshot)

    def _host_settled(self, found: bool) -> None:
        if self._stopped:
            return
        self._settled = True
        over_bus = found and self._paths.platform.startswith("linux")
        tray = Tray(self._look(), self._zone, QLocale(), over_bus=over_bus, parent=self)
        tray.panel_wanted.connect(self.surfaces.toggle_panel)
        tray.window_wanted.connect(self.surfaces.open_window)
        tray.pause_toggled.connect(self._toggle_pause)
        tray.snooze_requested.connect(self.bridge.snooze)
        tray.settings_requested.connect(self.surfaces.open_settings)
        tray.quit_requested.connect(self.quit)
        tray.sharing_toggled.connect(self._toggle_sharing)
        tray.show_settings(self._settings)
        tray.show()
        self._tray = tray
        if self._snapshot is not None:
            tray.show_snapshot(self._snapshot)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.bridge.report(Health("tray"))
        elif self._closed_early:
            self.quit()
        else:
            self.bridge.report(Health("tray", HealthState.DEGRADED, tr(NO_TRAY)))
            self.surfaces.open_window()

    def _window_closed(self) -> None:
        # Nothing would be left to be seen or clicked. A tray that has come meanwhile shows the icon by itself.
        if not self._settled:
            self._closed_early = True
        elif not QSystemTrayIcon.isSystemTrayAvailable():
            self.quit()

    def _toggle_panel(self) -> None:
        self.surfaces.toggle_panel(self._tray.icon.geometry() if self._tray is not None else QRect())

    def _toggle_pause(self) -> None:
        if self._snapshot is not None and self._snapshot.paused_since is not None:
            self.bridge.resume()
        else:
            self.bridge.pause()

    def _export(self, path: str, text: str) -> None:
        self._files.submit(self._write_export, Path(path), text)

    def _write_export(self, path: Path, text: str) -> None:
        try:
            path.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            why = error.strerror or tr("it is not an ordinary file")
            self._export_failed.emit(tr("{name} could not be written ({why}).", name=path.name, why=why))

    def _start_entered(self, budget: int | None, agent: str, fee: int) -> None:
        """Keep what was entered at the first start; nothing is an answer, too, and not asked for again."""
        self.surfaces.offer_start(False)
        billing = dict(self._settings.billing)
        if agent:
            billing[agent] = Billing("plan", fee)
        self._save_settings(replace(self._settings, budget=budget, billing=tuple(sorted(billing.items()))))

    def _show_sample(self) -> None:
        """The demo beside this program, with a ledger of its own."""
        frozen = getattr(sys, "frozen", False)
        QProcess.startDetached(sys.executable, ["demo"] if frozen else ["-m", "tokenwatch", "demo"])

    def _toggle_sharing(self) -> None:
        self._save_settings(replace(self._settings, screen_sharing=not self._settings.screen_sharing))

    # Settings

    def _refresh(self) -> None:
        """Look at everything again, also at a settings file that was edited by hand."""
        self.bridge.refresh()
        self.bridge.reload_prices()
        self._files.submit(self._read_settings)

    def _read_settings(self) -> None:
        settings, problems = load(self._paths.settings)
        self._settings_read.emit(with_fetched(settings, self._paths), problems)

    def _take_settings(self, settings: Settings, problems: tuple[str, ...]) -> None:
        self._report_settings(problems)
        self._use(settings)

    def _save_settings(self, settings: Settings) -> None:
        self._use(settings)
        self._files.submit(self._write, settings)

    def _write(self, settings: Settings) -> None:
        try:
            from tokenwatch.base.settings_file import save  # with a library that is seldom needed

            save(self._paths.settings, settings)
        except SettingsError as error:
            self._settings_failed.emit(str(error))

    def _use(self, settings: Settings) -> None:
        if settings == self._settings:
            return
        other_language = settings.language != self._settings.language
        self._settings = settings
        self.bridge.change_settings(settings)
        self.settings_used.emit(settings)
        self.theme.set_choice(settings.theme)
        self.theme.fit(settings.text_size, settings.rows, settings.patterns)
        self.theme.motion = settings.motion
        self._shortcut.follow(settings.global_shortcut)
        if self._came is not None:
            self._show(self._came)
        self.notifier.set_enabled(settings.notifications)
        self.surfaces.renew()
        if self._tray is not None:
            self._tray.show_settings(settings)
        self._set_look()
        self._files.submit(self._find_zone, settings)
        if other_language:
            QTimer.singleShot(0, self, self._speak)  # after the click in a dialog that is to be made anew

    def _speak(self) -> None:
        """The user's language, at once and everywhere."""
        speak(self._application, self._settings.language)
        self._files.submit(self._find_places)
        if self._came is not None:
            self._show(self._came)
        self.surfaces.speak()
        if self._tray is not None:
            self._tray.speak()

    def _visible_changed(self, visible: bool) -> None:
        if visible:  # the computer may have moved to another zone since
            self._files.submit(self._find_zone, self._settings)

    def _find_zone(self, settings: Settings) -> None:
        self._zone_found.emit(settings.zone(self._paths))

    def _take_zone(self, zone: tzinfo) -> None:
        if zone != self._zone:
            self._zone = zone
            self.surfaces.renew()
            if self._tray is not None:
                self._tray.set_zone(zone)

    def _find_places(self) -> None:
        from tokenwatch.readers.protocol import readers

        self._places_found.emit(looked_for(readers(), self._paths))

    def _report_settings(self, problems: tuple[str, ...]) -> None:
        self.surfaces.show_mistakes(problems)
        state = HealthState.DEGRADED if problems else HealthState.FINE
        self.bridge.report(Health("settings", state, " ".join(problems)))

    def _look(self) -> Look:
        dark = panel_is_dark(self._paths.platform, self.theme.system_dark)
        return look_for(self._settings.icon, self._paths.platform, self._paths.environment, dark)

    def _set_look(self) -> None:
        if self._tray is not None:
            self._tray.set_look(self._look())
