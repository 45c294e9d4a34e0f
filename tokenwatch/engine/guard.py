"""Guard: once a day, beside the engine's thread, the whole ledger is checked and a backup of it made.

Owns the thread and when that happens. Does not own the check or the copy (ledger/rescue.py), writes nothing to the
ledger, and repairs nothing: whoever writes it is told.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from tokenwatch.base.clock import Clock
from tokenwatch.base.errors import LedgerDamaged, LedgerError, LedgerUnchecked
from tokenwatch.base.paths import Paths
from tokenwatch.ledger.rescue import BACKUP_EVERY_MS, back_up, backups, check

log = logging.getLogger(__name__)

FIRST_SECONDS: Final = 30.0
"""After the start: the first figures come first."""
_AGAIN_SECONDS: Final = 3600.0


class Guard:
    """``on_damage`` is told why the ledger cannot be believed, on the guard's thread."""

    def __init__(
        self, paths: Paths, clock: Clock, on_damage: Callable[[str], None], first_seconds: float = FIRST_SECONDS
    ) -> None:
        self._paths, self._clock, self._on_damage = paths, clock, on_damage
        self._first = first_seconds
        self._stopping = threading.Event()
        self._breaking = threading.Event()
        self._lock = threading.Lock()
        """Held by whoever reads the ledger as a whole, or puts another one in its place."""
        self.thread = threading.Thread(target=self._run, name="tokenwatch-guard", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """Break off what is being done; the thread ends soon."""
        self._stopping.set()

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is being done is broken off, and nothing is begun inside."""
        self._breaking.set()
        with self._lock:
            self._breaking.clear()
            yield

    def _run(self) -> None:
        wait = self._first
        while not self._stopping.wait(wait):
            wait = _AGAIN_SECONDS
            try:
                self.look()
            except Exception:
                log.exception("the ledger could not be looked after")

    def look(self) -> None:
        """Check and copy the ledger, unless a copy is younger than a day."""
        with self._lock:
            self._look()

    def _stopped(self) -> bool:
        return self._stopping.is_set() or self._breaking.is_set()

    def _look(self) -> None:
        newest = next((made for made, _ in backups(self._paths.backups)), None)
        now = self._clock.now()
        if newest is not None and 0 <= now - newest < BACKUP_EVERY_MS:
            return
        try:
            check(self._paths.ledger, self._stopped)
            folder = self._paths.ensure(self._paths.backups)
            if back_up(self._paths.ledger, folder, now, self._stopped) is None:
                log.warning("no backup of the ledger was made: too little space is free")
        except LedgerDamaged as error:
            log.warning("the ledger was found damaged: %s", error)
            self._on_damage(str(error))
        except LedgerUnchecked:
            return
        except (LedgerError, OSError) as error:
            log.info("the ledger was not checked or copied: %s", error)
