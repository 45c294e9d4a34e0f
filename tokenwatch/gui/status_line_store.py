"""Status line store: the bridge in Claude Code's settings, looked at and changed on a thread for files.

Owns the thread and passing answers to the Qt thread. Does not own the change (system/statusline_setup.py) or asking
for consent (the page).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from tokenwatch.base.errors import SettingsError
from tokenwatch.base.paths import Paths
from tokenwatch.system.one_thread import OneThread
from tokenwatch.system.statusline_setup import Bridge, bridge, install, remove


class StatusLineStore(QObject):
    known = Signal(object)
    """The Bridge as it is now; its ``trouble`` says why something was not done."""

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._thread = OneThread("tokenwatch-statusline")
        self._guard = threading.Lock()
        self._closed = False

    def close(self) -> None:
        """Tell nothing any more; this object may then be deleted, whatever the thread still does."""
        with self._guard:
            self._closed = True
        self._thread.close()

    def ask(self) -> None:
        self._do(bridge)

    def install(self) -> None:
        """Put the bridge in. The user must have agreed."""
        self._do(install)

    def remove(self) -> None:
        """Take it out again, as the user wants."""
        self._do(remove)

    def _do(self, deed: Callable[[Paths], Bridge]) -> None:
        self._thread.submit(lambda: self._tell(self._done(deed)))

    # On the thread

    def _tell(self, now: Bridge) -> None:
        with self._guard:
            if not self._closed:
                self.known.emit(now)

    def _done(self, deed: Callable[[Paths], Bridge]) -> Bridge:
        try:
            return deed(self._paths)
        except SettingsError as error:
            return replace(bridge(self._paths), trouble=str(error))
