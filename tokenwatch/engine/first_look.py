"""First look: the first numbers of an app that starts, from the ledger as it was left and from who runs now.

Owns what is asked for them and what of the answer may be shown. Reads only. Does not own the process it runs in
(head_start.py), nor the same numbers later (core.py), which are made by the same code.
"""

from __future__ import annotations

import time
from typing import Final

from msgspec.structs import replace

from tokenwatch.base.clock import Clock, day_of, day_start
from tokenwatch.base.health import HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.progress import READING, Progress
from tokenwatch.base.rates_file import with_fetched
from tokenwatch.base.settings_reading import load
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.engine.core import Core
from tokenwatch.engine.look_once import look
from tokenwatch.ledger.rescue import left_open
from tokenwatch.live.sessions import OpenSession

_COMMIT_SECONDS: Final = 1.0
"""So long the first commit of an import is waited for. It is that of today's logs."""
_ASK_SECONDS: Final = 0.01


def first_look(
    paths: Paths, clock: Clock, *, filling: bool = False
) -> tuple[Snapshot | None, tuple[OpenSession, ...]]:
    """A snapshot, and the open sessions of it. ``filling``: an import has just begun to fill the ledger.

    None: the ledger cannot be believed as it is, because there is none, its last writer did not close it, or an
    agent's logs cannot be read. Whoever can do something about that, and says it in the user's language, is asked.
    """
    settings, _ = load(paths.settings)
    core = Core(paths, clock, with_fetched(settings, paths), write=False)
    try:
        opened = not filling and not left_open(paths.ledger) and core.open()
        sessions = look(core, paths, clock)
        if not (_opened_when_filled(core, clock) if filling else opened):
            return None, sessions
        snapshot = core.snapshot(sessions, judge=False)
    finally:
        core.close()
    if core.books.trouble or any(entry.state is HealthState.FAILING for entry in snapshot.health):
        return None, sessions
    return replace(snapshot, health=()), sessions


def _opened_when_filled(core: Core, clock: Clock) -> bool:
    """Wait for the first commit of the import; whether there is one."""
    until = time.monotonic() + _COMMIT_SECONDS
    while not (core.books.look_on() and core.books.queries is not None and core.books.queries.requests()):
        if time.monotonic() > until:
            return False
        time.sleep(_ASK_SECONDS)
    midnight = day_start(day_of(clock.now(), core.zone), core.zone)
    sizes = [(entry.size, entry.modified // 1_000_000 >= midnight) for entry in core.books.found()]
    done = sum(size for size, today in sizes if today)
    core.books.apart = Progress(done, sum(size for size, _ in sizes), READING)
    core.recall()
    return True
