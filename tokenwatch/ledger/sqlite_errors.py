"""What SQLite's errors mean for the ledger: ours, each with a sentence for people.

Owns the translation, once, at the border. Does not own what anybody does about them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tokenwatch.base.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerFull
from tokenwatch.base.translation import mark, tr

NO_SPACE: Final = mark("There is no space left for the ledger. Counting goes on when space is free.")
_DAMAGED: Final = mark("The ledger file is damaged and cannot be read.")


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLite's errors into ours, once, here at the border."""
    try:
        yield
    except UnicodeDecodeError as error:  # of SQLite's own words, which quote what is damaged
        raise LedgerDamaged(tr(_DAMAGED)) from error
    except (OverflowError, UnicodeError) as error:
        # Readers clean what they read; one that does not must not end the program.
        raise LedgerError(tr("The ledger cannot hold what was read: {why}.", why=error)) from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        base = code & 0xFF if isinstance(code, int) else None
        if base == sqlite3.SQLITE_FULL:
            raise LedgerFull(tr(NO_SPACE)) from error
        if base in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LedgerBusy(tr("Another program holds the ledger; trying again.")) from error
        if base in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise LedgerDamaged(tr(_DAMAGED)) from error
        if base is None and str(error).startswith("Could not decode"):
            raise LedgerDamaged(tr(_DAMAGED)) from error
        if base == sqlite3.SQLITE_READONLY:
            raise LedgerError(tr("The ledger may not be written: it or its folder is read-only.")) from error
        if base == sqlite3.SQLITE_IOERR:
            why = tr("The ledger could not be written: the disk reports an error ({why}).", why=error)
            raise LedgerFull(why) from error
        if base == sqlite3.SQLITE_CANTOPEN:
            why = tr("The ledger cannot be opened: its folder is missing or may not be read.")
            raise LedgerError(why) from error
        raise LedgerError(tr("The ledger could not be used: {why}.", why=error)) from error
