"""A copy of a whole SQLite database into a new file, as of one moment.

Owns the copying, all or nothing, readable by its owner only. Does not own when copies are made or which are kept
(rescue.py, schema.py).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

_PAGES_A_STEP: Final = 2048
"""Copied at once, which nothing interrupts."""


def _never() -> bool:
    return False


def copy_into_new_file(connection: sqlite3.Connection, target: Path, stopped: Callable[[], bool] = _never) -> None:
    """Copy the whole database into ``target``, readable by its owner only; all of it or nothing.

    Raises SQLite's errors, and OperationalError once ``stopped`` says so.
    """

    def going_on(status: int, remaining: int, total: int) -> None:
        if stopped():
            raise sqlite3.OperationalError("the copy was broken off")

    temporary = target.with_suffix(".part")
    temporary.unlink(missing_ok=True)
    os.close(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        copy = sqlite3.connect(temporary)
        try:
            connection.backup(copy, pages=_PAGES_A_STEP, progress=going_on)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without others beside it
        finally:
            copy.close()
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
