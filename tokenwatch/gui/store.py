"""Store: something slow behind a face - files, a keyring - asked on a thread of its own, with answers as Qt signals.

Owns the thread and that nothing is told after the end. Does not own what is asked: each kind of store is a module of
its own (history_store.py, key_store.py, settings_store.py, status_line_store.py).
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, SignalInstance

from tokenwatch.system.one_thread import OneThread


class Store(QObject):
    """``name`` is that of its thread. Made and deleted on the Qt thread."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = OneThread(name)
        self._guard = threading.Lock()
        self._closed = False

    def close(self) -> None:
        """Tell nothing any more, and wait for nothing: this object may then be deleted, whatever the thread still
        does."""
        with self._guard:
            self._closed = True
        self._thread.close()

    def submit(self, job: Callable[[], object]) -> None:
        """Do the job on the thread, after those from before. It handles its own errors."""
        self._thread.submit(job)

    def tell(self, signal: SignalInstance, *values: object) -> None:
        """Emit a signal of this store from any thread, unless it was closed."""
        with self._guard:
            if not self._closed:
                signal.emit(*values)
