"""Zone names: the time zones this computer knows, and which one it is set to, read on a thread of their own.

Owns the reading, once, and what it found. Does not own the rules of zones (base/zone.py).
"""

from __future__ import annotations

import threading
import zoneinfo
from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal

from tokenwatch.base.zone import UNNAMED, name_of, system_zone

_NO_PLACES = ("posix/", "right/", "SystemV/", "Etc/")


class ZoneNames(QObject):
    """Ask :meth:`load`; :attr:`ready` says that :meth:`names` has them."""

    ready = Signal()
    _read = Signal(str, tuple)

    def __init__(self, environment: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._environment = environment
        self._own = ""
        self._names: tuple[str, ...] = ()
        self._thread: threading.Thread | None = None
        self._read.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def load(self) -> None:
        """Begin to read, if that has not been done."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="tokenwatch-zones", daemon=True)
            self._thread.start()

    def names(self) -> tuple[str, ...]:
        """All of them, by name; empty until they were read."""
        return self._names

    def own(self) -> str:
        """What this computer is set to; empty if it has no name or was not read."""
        return self._own

    def close(self) -> None:
        """Wait until nothing is read any more."""
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        names = sorted(name for name in zoneinfo.available_timezones() if not name.startswith(_NO_PLACES))
        own = name_of(system_zone(self._environment))
        self._read.emit("" if own == UNNAMED else own, ("UTC", *(name for name in names if name != "UTC")))

    def _take(self, own: str, names: tuple[str, ...]) -> None:
        self._own, self._names = own, names
        self.ready.emit()
