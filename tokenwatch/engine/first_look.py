"""First look: the first numbers of an app that starts, from the ledger as it was left and from who runs now.

Owns what is asked for them and what of the answer may be shown. Reads only. Does not own the process it runs in
(head_start.py), nor the same numbers later (core.py), which are made by the same code.
"""

from __future__ import annotations

from msgspec.structs import replace

from tokenwatch.base.clock import Clock
from tokenwatch.base.health import HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.rates_file import with_fetched
from tokenwatch.base.settings_reading import load
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.engine.core import Core
from tokenwatch.engine.look_once import look
from tokenwatch.ledger.rescue import left_open
from tokenwatch.live.sessions import OpenSession


def first_look(paths: Paths, clock: Clock) -> tuple[Snapshot | None, tuple[OpenSession, ...]]:
    """A snapshot, and the open sessions of it.

    None: the ledger cannot be believed as it is, because there is none, its last writer did not close it, or an
    agent's logs cannot be read. Whoever can do something about that, and says it in the user's language, is asked.
    """
    settings, _ = load(paths.settings)
    core = Core(paths, clock, with_fetched(settings, paths), write=False)
    try:
        opened = not left_open(paths.ledger) and core.open()
        sessions = look(core, paths, clock)
        if not opened:
            return None, sessions
        snapshot = core.snapshot(sessions, judge=False)
    finally:
        core.close()
    if core.books.trouble or any(entry.state is HealthState.FAILING for entry in snapshot.health):
        return None, sessions
    return replace(snapshot, health=()), sessions
