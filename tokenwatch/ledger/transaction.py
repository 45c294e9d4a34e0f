"""One transaction of the ledger's writer: all of it or nothing.

Owns BEGIN, COMMIT and ROLLBACK, and holding a transaction open over several changes. Does not own what is written.
Where even a roll-back fails (a damaged file, a disk that is gone), it is made up for before anything else is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Transactions:
    """``undone`` is called after a roll-back, when nothing since the last commit has happened."""

    def __init__(self, connection: sqlite3.Connection, undone: Callable[[], None]) -> None:
        self._connection = connection
        self._undone = undone
        self.broken = False
        """A roll-back is still to be done."""
        self.holding_all = False
        """Everything is held, whoever writes it, until :meth:`release` or :meth:`undo`."""

    @contextmanager
    def change(self, *, hold: bool = False) -> Iterator[None]:
        """What is written inside is committed at the end, with all that was held before; or held, too.

        If anything fails, everything since the last commit is undone.
        """
        self.mend()
        try:
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
            yield
            if not (hold or self.holding_all):
                self._connection.execute("COMMIT")
        except BaseException:
            self.broken = True
            self.mend()
            raise

    def commit(self) -> None:
        """Commit what is held, if anything is and all need not be held."""
        if self._connection.in_transaction and not self.holding_all:
            with self.change():
                pass

    def release(self) -> None:
        """Commit what is held, if anything is."""
        self.holding_all = False
        self.commit()

    def undo(self) -> None:
        """Roll back what is held."""
        self.broken = True
        self.mend()

    def mend(self) -> None:
        """Roll back what failed, unless that is done."""
        if not self.broken:
            return
        # A full disk or a damaged file may have ended the transaction already.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self.holding_all = False
        self._undone()
        self.broken = False
