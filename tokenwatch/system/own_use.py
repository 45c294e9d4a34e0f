"""Own use: what this process takes of the computer - processor, memory, open files - and how large its ledger is.

Owns measuring that. Does not own what follows from it (engine/self_watch.py).
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import psutil


class OwnUse(msgspec.Struct, frozen=True):
    """``cpu_seconds`` since the process began; ``memory`` and ``ledger`` are bytes; None: it is not told."""

    cpu_seconds: float
    memory: int
    open_files: int | None
    ledger: int


def own_use(ledger: Path, process: psutil.Process | None = None) -> OwnUse:
    """As of now, of this process or another TokenWatch; only of another it may raise a psutil.Error."""
    import psutil  # only here, as below: it would delay every start

    process = process or psutil.Process()
    with process.oneshot():
        times = process.cpu_times()
        memory = process.memory_info().rss
    count = getattr(process, "num_fds", None) or getattr(process, "num_handles", None)  # on Windows
    files = None
    if count is not None:
        with contextlib.suppress(psutil.Error, OSError):
            files = int(count())
    return OwnUse(times.user + times.system, memory, files, _size(ledger))


def use_of(pid: int, ledger: Path, now: float) -> tuple[OwnUse, float] | None:
    """What another TokenWatch uses, and percent of a core since it began. None if it is gone; ``now``: seconds."""
    import psutil

    try:
        process = psutil.Process(pid)
        use = own_use(ledger, process)
        seconds = max(1.0, now - process.create_time())
    except psutil.Error:
        return None
    return use, 100 * use.cpu_seconds / seconds


def _size(ledger: Path) -> int:
    """With the log of what is not in the file itself yet."""
    total = 0
    for path in (ledger, ledger.with_name(f"{ledger.name}-wal")):
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total
