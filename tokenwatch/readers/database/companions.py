"""Files beside a SQLite database that belong to it: its ``-wal``, ``-shm`` and ``-journal``.

Owns their names and what they add to the database's state. Loads no SQLite: looking for sources needs none.
"""

from __future__ import annotations

import os


def companions_state(path: str) -> tuple[int, int]:
    """Size and modification time (nanoseconds) of what stands beside a database and belongs to it; zeros without.

    In WAL mode the file itself stays as it is until a checkpoint.
    """
    size = modified = 0
    for name in (f"{path}-wal", f"{path}-journal"):
        try:
            state = os.lstat(name)
        except OSError:
            continue
        size += state.st_size
        modified = max(modified, state.st_mtime_ns)
    return size, modified


def base_of(name: str) -> str:
    """The database to which a file beside it belongs, by name; any other name as it is."""
    for ending in ("-wal", "-shm", "-journal"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name
