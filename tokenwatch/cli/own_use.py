"""What the tray app itself takes of the computer, for ``doctor``: processor, memory, open files, ledger.

Owns finding the running app, and words and JSON for it. Does not own measuring (system/own_use.py).
"""

from __future__ import annotations

import time
from typing import Any

import msgspec

from tokenwatch.base.format import byte_size, whole
from tokenwatch.base.paths import Paths


class OwnUseFound(msgspec.Struct, frozen=True):
    """``pid`` is None while no app runs; what only a running one has is None then, too. ``ledger`` is bytes.

    ``cpu_percent`` is of one core, since it began.
    """

    ledger: int
    pid: int | None = None
    cpu_percent: float | None = None
    memory: int | None = None
    open_files: int | None = None


def find_own_use(paths: Paths, *, running: bool) -> OwnUseFound:
    """``running``: another instance holds the data directory."""
    from tokenwatch.system.instance import owner_of
    from tokenwatch.system.own_use import own_use, use_of

    pid = owner_of(paths) if running else None
    found = use_of(pid, paths.ledger, time.time()) if pid is not None else None
    if pid is None or found is None:
        return OwnUseFound(own_use(paths.ledger).ledger)
    use, percent = found
    return OwnUseFound(use.ledger, pid, percent, use.memory, use.open_files)


def own_use_text(found: OwnUseFound) -> str:
    ledger = f"the ledger is {byte_size(found.ledger)}"
    if found.pid is None or found.cpu_percent is None or found.memory is None:
        return f"the app does not run; {ledger}"
    files = "" if found.open_files is None else f", {whole(found.open_files)} open files"
    use = f"{found.cpu_percent:.1f}% of a processor core since it began, {byte_size(found.memory)} of memory{files}"
    return f"{use}; {ledger}"


def own_use_json(found: OwnUseFound) -> dict[str, Any]:
    return {
        "pid": found.pid,
        "cpu_percent": None if found.cpu_percent is None else round(found.cpu_percent, 2),
        "memory_bytes": found.memory,
        "open_files": found.open_files,
        "ledger_bytes": found.ledger,
    }
