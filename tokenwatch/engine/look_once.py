"""Look once: a snapshot, the live counter included, for a command that ends.

Owns one look at processes, registries and the ends of logs. Does not own output or what a snapshot holds (core.py).
"""

from __future__ import annotations

from tokenwatch.base.clock import Clock
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.engine.core import Core
from tokenwatch.engine.once import OnProgress, catch_up, owned
from tokenwatch.engine.recall import lately, recall
from tokenwatch.live.processes import Processes
from tokenwatch.live.sessions import LiveTracker, OpenSession


def snapshot(paths: Paths, clock: Clock, settings: Settings, on_progress: OnProgress | None = None) -> Snapshot:
    """All figures of this moment, after the ledger was brought up to date. Raises nothing for bad logs or ledgers."""
    with owned(paths) as owner:
        core = Core(paths, clock, settings, write=owner)
        try:
            core.open_anyhow()
            catch_up(core.books, on_progress)
            core.recall()
            return core.snapshot(look(core, paths, clock), judge=False)
        finally:
            core.close()


def look(core: Core, paths: Paths, clock: Clock) -> tuple[OpenSession, ...]:
    """The open sessions, of agents that are not off."""
    tracker = LiveTracker(core.readers, paths, clock, Processes([reader.agent for reader in core.readers.values()]))
    tracker.asks_calls = core.settings.show_doing
    recall(tracker, core.readers, lately(core.books.found(), clock.now()))
    tracker.recall_ends(core.ends())
    return tuple(session for session in tracker.tick() if session.agent not in core.settings.agents_off)
