"""Key store: the keyring asked on a thread of its own, because it may wait for a person to unlock it.

Owns what is asked and told. Does not own the keyring or what a key may look like
(remote/secrets.py). No key ever comes back from here but its last four characters.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tokenwatch.base.bill import BILLER_NAMES
from tokenwatch.base.errors import KeyringError
from tokenwatch.base.translation import tr
from tokenwatch.gui.store import Store
from tokenwatch.remote.secrets import KeyringState, Secrets, checked


class KeyStore(Store):
    """``secrets`` is made on the thread, when it is first asked."""

    known = Signal(str, str)
    """A provider and the last four characters of its key, or nothing if there is none."""
    failed = Signal(str, str)
    """A provider and why its key could not be read, kept or removed."""
    keyring = Signal(str, bool)
    """A sentence about the keyring, and whether it can be used."""

    def __init__(self, secrets: Callable[[], Secrets] = Secrets, parent: QObject | None = None) -> None:
        super().__init__("tokenwatch-keys", parent)
        self._make = secrets

    def ask(self) -> None:
        """Tell of the keyring and of every provider's key. Opens no prompt."""
        self.submit(self._ask)

    def store(self, provider: str, typed: str) -> None:
        self.submit(lambda: self._store(provider, typed))

    def remove(self, provider: str) -> None:
        self.submit(lambda: self._remove(provider))

    # On the thread

    def _ask(self) -> None:
        secrets = self._make()
        found = secrets.keyring()
        usable = found.state is not KeyringState.ABSENT
        words = found.reason or tr("{keyring}, unlocked", keyring=found.name)
        self.tell(self.keyring, words, usable)
        if found.state is KeyringState.UNLOCKED:
            for provider in BILLER_NAMES:
                self._tell(secrets, provider)

    def _store(self, provider: str, typed: str) -> None:
        secrets = self._make()
        try:
            secrets.keep(provider, checked(provider, typed))
        except (ValueError, KeyringError) as error:
            self.tell(self.failed, provider, str(error))
        else:
            self._tell(secrets, provider)

    def _remove(self, provider: str) -> None:
        secrets = self._make()
        try:
            secrets.remove(provider)
        except KeyringError as error:
            self.tell(self.failed, provider, str(error))
        else:
            self._tell(secrets, provider)

    def _tell(self, secrets: Secrets, provider: str) -> None:
        try:
            key = secrets.key(provider)
        except KeyringError as error:
            self.tell(self.failed, provider, str(error))
        else:
            self.tell(self.known, provider, key.last_four if key is not None else "")
