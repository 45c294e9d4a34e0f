"""Process numbers: which ones Linux gave lately, at the cost of reading some bytes.

Owns asking for the last number, and whether it is a process's. Elsewhere nothing is told. Does not know what the
processes are (processes.py).
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

MOST: Final = 64
"""Of more numbers at once it is cheaper to list all processes."""


class LatestNumber:
    """The number that the system gave last to a process or thread, where that can be asked: one after another."""

    def __init__(self) -> None:
        self._file = -1
        self._before = -1
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                self._file = os.open("/proc/loadavg", os.O_RDONLY | os.O_CLOEXEC)

    def __del__(self) -> None:
        if self._file >= 0:
            os.close(self._file)

    @property
    def works(self) -> bool:
        """Whether the system tells."""
        return self._file >= 0

    def since(self) -> range | None:
        """Numbers given since the last call; None if they are many or cannot be told."""
        try:
            latest = int(os.pread(self._file, 128, 0).rpartition(b" ")[2]) if self._file >= 0 else -1
        except (OSError, ValueError):
            latest = -1
        before, self._before = self._before, latest
        known = before >= 0 and 0 <= latest - before <= MOST
        return range(before + 1, latest + 1) if known else None


def is_process(pid: int) -> bool:
    """Whether the number is that of a process of Linux, and not of a thread of one."""
    try:
        with Path(f"/proc/{pid}/status").open("rb") as file:
            return b"\nTgid:\t%d\n" % pid in file.read(1024)
    except OSError:
        return False
