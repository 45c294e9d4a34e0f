"""History store: writing everything that is kept to a file, and deleting all of it, without anybody waiting.

Owns what is written when, and how far it is. Does not own the file
(export/data_file.py), the deletion (engine) or asking for consent (the page).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, SignalInstance

from tokenwatch.base.clock import Clock
from tokenwatch.base.errors import TokenWatchError
from tokenwatch.base.translation import tr
from tokenwatch.gui.store import Store

_END_SECONDS: Final = 0.5


class HistoryStore(Store):
    """Lives as long as the app, so that a file is finished though the dialog was closed."""

    progress = Signal(int, int)
    """Requests written, and of how many."""
    exported = Signal(str, int)
    """The file's name and the requests in it; -1: it was stopped, and there is no file."""
    deleted = Signal()
    failed = Signal(str)
    """Why a file was not written, or not everything deleted, as a plain sentence."""

    def __init__(
        self, delete: Callable[[], Future[None]], ledger: Path, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__("tokenwatch-export", parent)
        self._delete, self._ledger, self._clock = delete, ledger, clock
        self._stopping = threading.Event()
        self._idle = threading.Event()
        self._idle.set()

    @property
    def writing(self) -> bool:
        return not self._idle.is_set()

    def export(self, target: Path) -> None:
        """Write everything to ``target``. One at a time; a second wish while one is written is dropped."""
        if self._idle.is_set():
            self._idle.clear()
            self._stopping.clear()
            self.submit(lambda: self._export(target))

    def stop_export(self) -> None:
        """Write no more of it; there is no file then."""
        self._stopping.set()

    def delete(self) -> None:
        """Delete everything. The person must have agreed."""
        self._delete().add_done_callback(self._deleted)

    def close(self) -> None:
        """Stop what is being done and tell nothing any more."""
        super().close()
        self._stopping.set()
        self._idle.wait(_END_SECONDS)

    # On other threads

    def _export(self, target: Path) -> None:
        from tokenwatch.export.data_file import write_data

        def tell(done: int, total: int) -> None:
            self.tell(self.progress, done, total)

        try:
            written = write_data(self._ledger, target, self._clock.now(), tell, self._stopping.is_set)
        except TokenWatchError as error:
            self._finish(self.failed, str(error))
        except OSError as error:
            why = error.strerror or tr("it is not an ordinary file")
            self._finish(self.failed, tr("{name} could not be written ({why}).", name=target.name, why=why))
        except Exception:
            self._finish(self.failed, tr("{name} could not be written.", name=target.name))
            raise  # OneThread says where
        else:
            self._finish(self.exported, target.name, -1 if written is None else written)

    def _finish(self, signal: SignalInstance, *values: object) -> None:
        self._idle.set()
        self.tell(signal, *values)

    def _deleted(self, answer: Future[None]) -> None:
        try:
            answer.result()
        except CancelledError:
            return  # the program ends
        except TokenWatchError as error:
            self.tell(self.failed, str(error))
        else:
            self.tell(self.deleted)
