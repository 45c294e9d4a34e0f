"""One transaction of the ledger's writer: all of it or nothing.

Owns BEGIN, COMMIT and ROLLBACK. Does not own what is written in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable


class Transaction:
    """BEGIN IMMEDIATE to COMMIT, or all of it undone."""

    def __init__(self, connection: sqlite3.Connection, undone: Callable[[], None]) -> None:
        self._connection = connection
        self._undone = undone

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
                return
        except BaseException:
            self._roll_back()
            raise
        self._roll_back()

    def _roll_back(self) -> None:
        # A full disk or a damaged file may have ended the transaction already.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._undone()
