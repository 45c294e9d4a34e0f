"""Deeds: what follows when a person chooses an alert's action, or asks a page for what concerns the whole app.

Owns which command leads where. Does not own commands (commands.py), verbs (alerts/rule.py) or any of the parts that
do the work. Lives on the Qt thread; files are written by whoever takes :attr:`Deeds.file_work`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from tokenwatch.alerts.rule import FIX, GO, MUTE, OPEN, PRICE, RAISE_BUDGET, REMIND
from tokenwatch.base.errors import SettingsError
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import MAX_THRESHOLDS, Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.gui import commands
from tokenwatch.gui.bridge import Bridge
from tokenwatch.gui.notify import Notifier
from tokenwatch.gui.surfaces import Surfaces


class Deeds(QObject):
    settings_changed = Signal(object)
    """Settings to use and to keep."""
    failed = Signal(str)
    """Why a file could not be written, as a plain sentence."""
    told = Signal(str)
    """A plain sentence: why a terminal is not in front now."""
    file_work = Signal(object)
    """A function to call on the thread for files."""

    def __init__(
        self,
        bridge: Bridge,
        surfaces: Surfaces,
        notifier: Notifier,
        paths: Paths,
        settings: Callable[[], Settings],
        snapshot: Callable[[], Snapshot | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._surfaces, self._notifier = bridge, surfaces, notifier
        self._paths, self._settings, self._snapshot = paths, settings, snapshot

    def obey(self, command: str, what: Any) -> None:
        """Do what a page asks for, as ``gui/commands.py`` lists it."""
        match command:
            case commands.ACT:
                verb, value = what
                self.act(verb, value)
            case commands.SNOOZE:
                self._bridge.snooze(*what)
            case commands.READ:
                self._bridge.read_alerts()
            case commands.SETTINGS:
                self.settings_changed.emit(what)
            case commands.PRICE:
                self.file_work.emit(lambda: self._write_price(what))
            case commands.UPDATE_PRICES:
                self._bridge.update_prices()
            case commands.CHECK_BILLS:
                self._bridge.check_bills(what)
            case commands.READ_AGAIN:
                self._bridge.read_again()
            case commands.TEST:
                self._notifier.test()

    def act(self, verb: str, value: str) -> None:
        """Do what an alert's action asks for, from a notification or from the window."""
        if verb == OPEN:
            self._surfaces.open_window(value)
        elif verb == REMIND:
            self._remind(value)
        elif verb == RAISE_BUDGET:
            self._surfaces.open_settings()
        elif verb == PRICE:
            self._surfaces.want_price(value)
        elif verb == MUTE:
            self._mute(value)
        elif verb == GO:
            self._go(value)
        else:  # what is wrong is said by the notice on every page
            self._surfaces.open_window("live" if verb == FIX else "alerts")

    def _mute(self, thing: str) -> None:
        """Hold alerts of one thing back for good, or no more."""
        snapshot = self._snapshot()
        muted = snapshot is not None and thing in dict(snapshot.snoozed)
        self._bridge.snooze(thing, "" if muted else "always")

    def _go(self, value: str) -> None:
        """To the terminal of a session, or to its row where it has none any more."""
        snapshot = self._snapshot()
        rows = snapshot.figures.sessions if snapshot is not None else ()
        pid = next((row.pid for row in rows if f"{row.agent}/{row.session}" == value), None)
        if pid is None:
            self._surfaces.open_window("live")
        else:
            self.file_work.emit(lambda: self._raise(pid))

    def _remind(self, percent: str) -> None:
        settings = self._settings()
        if percent.isascii() and percent.isdigit():
            thresholds = tuple(sorted({*settings.thresholds, int(percent)}))
            if len(thresholds) <= MAX_THRESHOLDS:
                self.settings_changed.emit(replace(settings, thresholds=thresholds))

    # On the thread for files

    def _raise(self, pid: int) -> None:
        from tokenwatch.system.terminal import go_to

        words = go_to(pid, self._paths.environment, self._paths.platform)
        if words:
            self.told.emit(words)

    def _write_price(self, given: commands.PriceGiven) -> None:
        from tokenwatch.pricing.overrides_file import add_alias, add_price

        try:
            if given.alias:
                add_alias(self._paths.price_overrides, given.model, given.alias)
            else:
                add_price(self._paths.price_overrides, given.model, dict(given.rates))
        except SettingsError as error:
            self.failed.emit(str(error))
        else:
            self._bridge.reload_prices()
