"""First: which of several starts is the one that runs.

Owns how long a start waits for the data directory, and what it does when another one has it. Does not own the lock or
the message (instance.py). Loads nothing of a face, so a start that is not needed ends at once.
"""

from __future__ import annotations

import sys
import time
from typing import Final

from tokenwatch.system.instance import Instance

_FIRST_SECONDS: Final = 10.0
"""How long a start waits for a short command that holds the data directory."""
_TRY_SECONDS: Final = 0.2


def become_first(instance: Instance, *, background: bool) -> int | None:
    """None when the data directory is ours; else the exit code of a start that was not needed.

    A first instance is asked for its window, unless this start is one in the ``background``.
    """
    until = time.monotonic() + _FIRST_SECONDS
    while not instance.acquire():
        if instance.trouble:  # the ledger will have the same trouble, and the window can say so
            return None
        if not background and instance.ask_first():
            return 0
        if background and time.monotonic() > until - _FIRST_SECONDS / 2:
            return 0
        if time.monotonic() > until:
            sys.stderr.write("Another TokenWatch command is at work on the same data. Try again when it has ended.\n")
            return 1
        time.sleep(_TRY_SECONDS)
    return None
