"""Key store: the keyring asked on a thread of its own, because it may wait for a person to unlock it.

Owns the thread and passing answers to the Qt thread. Does not own the keyring or what a key may look like
(remote/secrets.py). No key ever comes back from here but its last four characters.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance

from tokenwatch.base.bill import BILLER_NAMES
from tokenwatch.base.errors import KeyringError
from tokenwatch.base.translation import tr
from tokenwatch.remote.secrets import KeyringState, Secrets, checked
from tokenwatch.system.one_thread import OneThread


class KeyStore(QObject):
    """``secrets`` is made on the thread, when it is first asked."""

    known = Signal(str, str)
    """A provider and the last four characters of its key, or nothing if there is none."""
    failed = Signal(str, str)
    """A provider and why its key could not be read, kept or removed."""
    keyring = Signal(str, bool)
    """A sentence about the keyring, and whether it can be used."""

    def __init__(self, secrets: Callable[[], Secrets] = Secrets, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = secrets
        self._pool = OneThread("tokenwatch-keys")
        self._guard = threading.Lock()
        self._closed = False

    def close(self) -> None:
        """Wait for nothing, for a keyring may wait for a person; and tell nothing any more."""
        with self._guard:
            self._closed = True
        self._pool.close()

    def ask(self) -> None:
        """Tell of the keyring and of every provider's key. Opens no prompt."""
        self._pool.submit(self._ask)

    def store(self, provider: str, typed: str) -> None:
        self._pool.submit(lambda: self._store(provider, typed))

    def remove(self, provider: str) -> None:
        self._pool.submit(lambda: self._remove(provider))

    # On the thread

    def _ask(self) -> None:
        secrets = self._make()
        found = secrets.keyring()
        usable = found.state is not KeyringState.ABSENT
        words = found.reason or tr("{keyring}, unlocked", keyring=found.name)
        self._emit(self.keyring, words, usable)
        if found.state is KeyringState.UNLOCKED:
            for provider in BILLER_NAMES:
                self._tell(secrets, provider)

    def _store(self, provider: str, typed: str) -> None:
        secrets = self._make()
        try:
            secrets.keep(provider, checked(provider, typed))
        except (ValueError, KeyringError) as error:
            self._emit(self.failed, provider, str(error))
        else:
            self._tell(secrets, provider)

    def _remove(self, provider: str) -> None:
        secrets = self._make()
        try:
            secrets.remove(provider)
        except KeyringError as error:
            self._emit(self.failed, provider, str(error))
        else:
            self._tell(secrets, provider)

    def _tell(self, secrets: Secrets, provider: str) -> None:
        try:
            key = secrets.key(provider)
        except KeyringError as error:
            self._emit(self.failed, provider, str(error))
        else:
            self._emit(self.known, provider, key.last_four if key is not None else "")

    def _emit(self, signal: SignalInstance, *values: object) -> None:
        """This object may be gone once it was closed, whatever the thread still does."""
        with self._guard:
            if not self._closed:
                signal.emit(*values)
