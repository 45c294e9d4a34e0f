"""Heap: gives free memory of this process back to the system, and keeps it in one place.

Owns asking the C library for that. Does not own when (engine/giving_back.py, gui/starting.py). Only glibc keeps what
was freed until it is asked; elsewhere nothing is done, and nothing said.
"""

from __future__ import annotations

import sys
from typing import Final

_ARENA_MAX: Final = -8
"""``M_ARENA_MAX`` of glibc's malloc.h."""


def give_back() -> bool:
    """Whether anything was given back; any thread may ask.

    See malloc_trim(3): since glibc 2.8 all arenas are trimmed, by whole pages that lie anywhere in them. Each arena
    is locked meanwhile, so that other threads may wait for it.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # only here: no command needs it

    # Without the interpreter's lock, so that other threads run on.
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    return trim is not None and bool(trim(ctypes.c_size_t(0)))


def one_arena() -> bool:
    """Have all threads take memory from one place, as long as there is only one thread. Whether that is so now.

    See mallopt(3): else threads get arenas of their own, up to eight for each core, and each keeps what was freed in
    it. Threads that run Python wait for each other anyway.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    option = getattr(ctypes.CDLL(None), "mallopt", None)
    return option is not None and bool(option(_ARENA_MAX, 1))
