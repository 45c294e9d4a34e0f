"""The errors of TokenWatch, each with a title and a message for a person.

Owns the tree below. Does not own health, which is how a part's error is shown.

    TokenWatchError
    +-- SourceError        skip this source, say so, try again later
    |   +-- UnreadableSource   permission, vanished, not a regular file
    |   +-- BusySource         its writer holds it, or writes it right now
    +-- PartError          this part cannot work: its health fails, the rest goes on
    |   +-- LedgerError        the ledger cannot be written
    |   |   +-- LedgerTooNew       written by a newer version of the program
    |   |   +-- LedgerDamaged      SQLite says it is malformed
    |   |   +-- LedgerFull         no space left
    |   |   +-- LedgerBusy         another program writes it
    |   |   +-- Interrupted        a check of it was to end early
    |   |   +-- LedgerUnchecked    the check of it was broken off
    |   +-- PricingError       a price table or override cannot be used
    |   +-- SettingsError      the settings file cannot be used; carries the line
    |   +-- KeyringError       the system keyring cannot be used
    |   |   +-- KeyringLocked      it is locked, and nobody unlocked it
    |   +-- RemoteError        a provider could not be asked, or gave no usable answer
    |   |   +-- KeyRefused         it does not accept the key, or the key may not read reports
    |   |   +-- AskLater           it asks for patience; carries the seconds
    |   |   +-- Stopped            the program ends, so the answer is not waited for
    |   +-- BillError          a file of a bill cannot be read
    |   +-- DisplayError       no graphical display
    +-- QuestionError      what was asked about does not exist
"""

from __future__ import annotations


class TokenWatchError(Exception):
    """Base of all. ``title`` is up to 40 characters, ``str(error)`` the plain sentence."""

    title = "Something went wrong"

    def __init__(self, message: str, *, title: str | None = None) -> None:
        super().__init__(message)
        if title is not None:
            self.title = title


class SourceError(TokenWatchError):
    title = "A log could not be read"


class UnreadableSource(SourceError):
    title = "A log may not be opened"


class BusySource(SourceError):
    title = "A log is being written"


class PartError(TokenWatchError):
    title = "A part of TokenWatch cannot work"


class LedgerError(PartError):
    title = "The ledger cannot be written"


class LedgerTooNew(LedgerError):
    title = "The ledger is from a newer TokenWatch"


class LedgerDamaged(LedgerError):
    title = "The ledger is damaged"


class LedgerFull(LedgerError):
    title = "The disk is full"


class LedgerBusy(LedgerError):
    title = "Another program writes the ledger"


class LedgerUnchecked(LedgerError):
    title = "The ledger was not checked"


class PricingError(PartError):
    title = "The price table cannot be used"


class SettingsError(PartError):
    title = "The settings file has a mistake"

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class KeyringError(PartError):
    title = "The system keyring cannot be used"


class KeyringLocked(KeyringError):
    title = "The system keyring is locked"


class RemoteError(PartError):
    title = "A provider could not be asked"


class KeyRefused(RemoteError):
    title = "A key was not accepted"


class AskLater(RemoteError):
    title = "A provider asks for patience"

    def __init__(self, message: str, *, seconds: float = 0.0) -> None:
        super().__init__(message)
        self.seconds = seconds


class Stopped(RemoteError):
    title = "The check was stopped"


class BillError(PartError):
    title = "A file of a bill cannot be read"


class DisplayError(PartError):
    title = "There is no display"


class QuestionError(TokenWatchError):
    title = "There is no such thing"
