"""Quit signals: SIGTERM, SIGINT and, where a session ends with it, SIGHUP as a Qt signal.

Owns the way from the system's signal to Qt's event loop. Does not own what quitting means. Python runs its handlers
only between instructions of its own, and there are none while Qt sleeps; so the interpreter writes the signal's
number into a socket that wakes Qt. No timer is needed.
"""

from __future__ import annotations

import signal
import socket
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_SIGNALS: Final = tuple(
    found for name in ("SIGTERM", "SIGINT", "SIGHUP") if (found := getattr(signal, name, None)) is not None
)


class QuitSignals(QObject):
    """Listens from its making until :meth:`close`. Only on the main thread."""

    received = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._descriptor_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        # A handler must exist, or the system's own ends the process before anything is woken.
        self._before = {number: signal.signal(number, lambda *_: None) for number in _SIGNALS}
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Give the signals back to whoever had them."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._descriptor_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()

    def _woken(self) -> None:
        try:
            numbers = self._reader.recv(64)
        except BlockingIOError:
            return
        if any(number in numbers for number in _SIGNALS):
            self.received.emit()
