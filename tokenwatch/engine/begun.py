"""Begun: what an engine takes over that was there before it.

Owns its shape. Does not own who began it (later.py).
"""

from __future__ import annotations

from queue import SimpleQueue
from typing import TYPE_CHECKING

import msgspec

from tokenwatch.base.progress import Progress
from tokenwatch.engine import messages

if TYPE_CHECKING:
    from tokenwatch.collect.source_worker_process import WorkerProcess
    from tokenwatch.live.sessions import OpenSession


class Begun(msgspec.Struct, frozen=True):
    """``orders`` that were given, the open ``sessions`` of the first look, and a process that is ``importing``.

    ``progress`` of that process, as it was shown.
    """

    orders: SimpleQueue[messages.Message] | None = None
    sessions: tuple[OpenSession, ...] | None = None
    importing: WorkerProcess | None = None
    progress: Progress | None = None


NOTHING = Begun()
