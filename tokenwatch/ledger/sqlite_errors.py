"""What SQLite's errors mean for the ledger: ours, each with a sentence for people.

Owns the translation, once, at the border. Does not own what anybody does about them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tokenwatch.base.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerFull

_DAMAGED: Final = "The ledger file is damaged and cannot be read."


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLite's errors into ours, once, here at the border."""
    try:
        yield
    except UnicodeDecodeError as error:  # of SQLite's own words, which quote what is damaged
        raise LedgerDamaged(_DAMAGED) from error
    except (OverflowError, UnicodeError) as error:
        # Readers clean what they read; one that does not must not end the program.
        raise LedgerError(f"The ledger cannot hold what was read: {error}.") from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        base = code & 0xFF if isinstance(code, int) else None
        if base == sqlite3.SQLITE_FULL:
            raise LedgerFull("There is no space left for the ledger. Counting goes on when space is free.") from error
        if base in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LedgerBusy("Another program holds the ledger; trying again.") from error
        if base in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise LedgerDamaged(_DAMAGED) from error
        if base is None and str(error).startswith("Could not decode"):
            raise LedgerDamaged(_DAMAGED) from error
        if base == sqlite3.SQLITE_READONLY:
            raise LedgerError("The ledger may not be written: it or its folder is read-only.") from error
        if base == sqlite3.SQLITE_IOERR:
            raise LedgerFull(f"The ledger could not be written: the disk reports an error ({error}).") from error
        if base == sqlite3.SQLITE_CANTOPEN:
            raise LedgerError("The ledger cannot be opened: its folder is missing or may not be read.") from error
        raise LedgerError(f"The ledger could not be used: {error}.") from error
