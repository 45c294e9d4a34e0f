"""Secrets: the admin keys of accounts, kept in the system's keyring and nowhere else.

Owns the keyring: which kinds are good enough, storing, reading, removing, and what of a key may be shown. Does not
own what a key is used for. The only door to ``keyring``; it is imported when a key is first wanted.

Decisions
---------
*Only keyrings that the system guards.* Context: ``keyring`` takes whatever is installed, also backends that keep
secrets in a plain file; a variable can bend its choice, and it is made once for as long as the program runs.
Decision: the operating systems' own backends are used directly, looked for each time; without any the feature is off
and says so. Consequence: no key ever stands in a file, and a keyring that starts later is found.

*Nobody is asked to unlock unless they asked for something.* Context: reading from a locked Secret Service opens a
prompt, and waits for it. Decision: whoever reads says whether a person is waiting; else a locked keyring is an error.

Every call may wait for the keyring's service: never on the Qt thread.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, NoReturn

import msgspec

from tokenwatch.base.bill import ANTHROPIC, BILLER_NAMES, OPENAI
from tokenwatch.base.errors import KeyringError, KeyringLocked
from tokenwatch.base.translation import mark, tr

SERVICE: Final = "TokenWatch"
SECRET_SERVICE: Final = "The Secret Service"  # noqa: S105 - a name
_USERS: Final = {ANTHROPIC: "anthropic-admin-key", OPENAI: "openai-admin-key"}
PREFIXES: Final = {ANTHROPIC: "sk-ant-admin", OPENAI: "sk-admin-"}
_SHAPE: Final = re.compile(r"[A-Za-z0-9_\-]{20,400}")
"""Nothing that could end a header, or be invisible."""

_NONE: Final = mark(
    "There is no system keyring, so no key can be kept and accounts are off. On Linux a "
    "Secret Service is needed: install gnome-keyring, KeePassXC or KWallet, and sign in "
    "again."
)


class AdminKey:
    """A key that shows no more than its last four characters unless it is asked to."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """For the one header that carries it."""
        return self._text

    @property
    def last_four(self) -> str:
        return self._text[-4:]

    def __repr__(self) -> str:
        return f"AdminKey(…{self.last_four})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not copied into anything")


class KeyringState(StrEnum):
    UNLOCKED = "unlocked"
    LOCKED = "locked"
    ABSENT = "absent"


class Keyring(msgspec.Struct, frozen=True):
    """``name`` is what the keyring is called, ``reason`` a plain sentence if it cannot be used now."""

    state: KeyringState
    name: str = ""
    reason: str = ""


def checked(provider: str, typed: str) -> AdminKey:
    """What a person typed, as a key. Raises ValueError with a sentence that does not contain it."""
    text = typed.strip()
    prefix, name = PREFIXES[provider], BILLER_NAMES[provider]
    if not text.startswith(prefix):
        raise ValueError(
            tr(
                "An admin key of {name} begins with {prefix}. Other keys cannot read the bill.",
                name=name,
                prefix=prefix,
            )
        )
    if not _SHAPE.fullmatch(text):
        raise ValueError(
            tr("This is not a whole key of {name}: it has other characters or another length.", name=name)
        )
    return AdminKey(text)


def installed(platform: str = sys.platform) -> tuple[Any, str] | None:
    """The system's own keyring and what it is called, None if it cannot be used. KWallet is a Secret Service too."""
    found: tuple[Any, str]
    if platform == "darwin":
        from keyring.backends.macOS import Keyring as Keychain

        found = (Keychain, tr("The macOS Keychain"))
    elif platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        found = (WinVaultKeyring, tr("The Windows Credential Manager"))
    else:
        from keyring.backends.SecretService import Keyring as SecretService

        found = (SecretService, SECRET_SERVICE)
    backend, name = found
    return (backend(), name) if backend.viable else None


class Secrets:
    """The keys in the keyring. ``find`` gives the backend and its name; tests give their own."""

    def __init__(self, find: Callable[[], tuple[Any, str] | None] = installed) -> None:
        self._find = find

    def keyring(self) -> Keyring:
        """Which keyring there is, and whether it is open. Opens no prompt. Never raises."""
        try:
            _, name = self._backend()
            locked = _locked(name)
        except KeyringError as error:
            return Keyring(KeyringState.ABSENT, reason=str(error))
        if locked:
            return Keyring(
                KeyringState.LOCKED, name, tr("{name} is locked. Unlock it to use the keys in it.", name=name)
            )
        return Keyring(KeyringState.UNLOCKED, name)

    def key(self, provider: str, *, ask: bool = False) -> AdminKey | None:
        """The provider's key, None if there is none. ``ask``: a person waits, and may be asked to unlock.

        Raises a :class:`KeyringError`.
        """
        backend = self._open(ask=ask)
        text = _translated(lambda: backend.get_password(SERVICE, _USERS[provider]))
        if not text:
            return None
        try:
            return checked(provider, text)
        except ValueError:
            name = BILLER_NAMES[provider]
            raise KeyringError(
                tr("What the keyring keeps for {name} is not an admin key. Remove it here.", name=name)
            ) from None

    def keep(self, provider: str, key: AdminKey) -> None:
        """Put the key into the keyring in place of any other. Raises a :class:`KeyringError`."""
        backend = self._open(ask=True)
        _translated(lambda: backend.set_password(SERVICE, _USERS[provider], key.reveal()))

    def remove(self, provider: str) -> None:
        """Take the key out of the keyring; none there is fine. Raises a :class:`KeyringError`."""
        backend = self._open(ask=True)
        if _translated(lambda: backend.get_password(SERVICE, _USERS[provider])) is not None:
            _translated(lambda: backend.delete_password(SERVICE, _USERS[provider]))

    def _open(self, *, ask: bool) -> Any:
        backend, name = self._backend()
        if not ask and _locked(name):
            raise KeyringLocked(tr("{name} is locked, so the keys in it cannot be read.", name=name))
        return backend

    def _backend(self) -> tuple[Any, str]:
        found: tuple[Any, str] | None = _translated(self._find)
        if found is None:
            raise KeyringError(tr(_NONE))
        return found


def _locked(name: str) -> bool:
    """Whether reading would open a prompt. Only the Secret Service can tell without opening it."""
    if name != SECRET_SERVICE:
        return False

    def ask() -> bool:
        import secretstorage

        bus = secretstorage.dbus_init()
        try:
            return bool(secretstorage.get_default_collection(bus).is_locked())
        finally:
            bus.close()

    return bool(_translated(ask))


def _translated(call: Callable[[], Any]) -> Any:
    """Turn whatever a keyring raises into ours, without its words: some backends quote what they were given."""
    from keyring.errors import KeyringLocked as Locked

    try:
        return call()
    except Locked:
        raise KeyringLocked(tr("The system keyring is locked and was not unlocked.")) from None
    except Exception as error:  # noqa: BLE001
        # Backends raise what their libraries do, from D-Bus, COM or ctypes.
        raise KeyringError(tr("The system keyring cannot be used ({why}).", why=type(error).__name__)) from None
