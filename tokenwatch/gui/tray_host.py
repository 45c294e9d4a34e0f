"""Tray host: waiting for something on the desktop that shows tray icons, before Qt looks for it.

Owns the question whether a StatusNotifierItem host is there, asked on a thread of its own. Does not own the icon.

Qt asks once, when the first icon is made, and keeps to the answer: an icon made too early stays invisible on
Wayland. At login the panel often comes later than this program, so it is waited for.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, Signal

from tokenwatch.gui.session_bus import BusError, SessionBus

WAIT_SECONDS: Final = 30.0
_BETWEEN_SECONDS: Final = 0.5
_WATCHER: Final = "org.kde.StatusNotifierWatcher"


class TrayHost(QObject):
    """One search. :attr:`settled` comes once, on the Qt thread, with whether a host was found."""

    settled = Signal(bool)

    def __init__(
        self,
        platform: str,
        environment: Mapping[str, str],
        parent: QObject | None = None,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        super().__init__(parent)
        self._linux = platform.startswith("linux")
        self._address = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
        self._wait = wait_seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, name="tokenwatch-tray-host", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop looking. ``settled`` may still come if it was on its way."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(2.0)

    def _look(self) -> None:
        if not self._linux:  # the tray is a part of the system
            self.settled.emit(True)
            return
        # Short waits instead of watching the bus: it is over after half a minute at most.
        tries = max(1, round(self._wait / _BETWEEN_SECONDS))
        for number in range(tries):
            if host_registered(self._address):
                self.settled.emit(True)
                return
            if number + 1 < tries and self._stop.wait(_BETWEEN_SECONDS):
                return
        self.settled.emit(False)


def host_registered(address: str) -> bool:
    """Whether a tray host has registered on the session bus at ``address``. May wait; never raises."""
    try:
        bus = SessionBus.connect(address)
    except BusError:
        return False
    try:
        (answer,) = bus.call(
            _WATCHER,
            "/StatusNotifierWatcher",
            "org.freedesktop.DBus.Properties",
            "Get",
            "ss",
            (_WATCHER, "IsStatusNotifierHostRegistered"),
        )
    except (BusError, ValueError):
        return False
    finally:
        bus.close()
    return bool(answer == ("b", True))
