"""Once: the ledger brought up to date, or a snapshot, for a command that ends.

Owns the order of work without threads. Does not own output. When another instance writes the ledger, its figures
are read and nothing is scanned here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tokenwatch.base.clock import Clock
from tokenwatch.base.errors import SourceError
from tokenwatch.base.health import Health
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Progress, Snapshot
from tokenwatch.collect.reading import last_part
from tokenwatch.engine.core import Core
from tokenwatch.engine.live_thread import lately
from tokenwatch.ledger.queries import Queries
from tokenwatch.live.processes import Processes
from tokenwatch.live.sessions import LiveTracker, OpenSession
from tokenwatch.system.instance import Instance

OnProgress = Callable[[Progress | None], None]


@dataclass(frozen=True, slots=True)
class Once:
    """``queries`` is None if there is no ledger to ask; ``warnings`` then says why."""

    core: Core
    owner: bool
    queries: Queries | None
    warnings: tuple[str, ...]
    health: tuple[Health, ...]


@contextmanager
def bring_up_to_date(
    paths: Paths, clock: Clock, settings: Settings, on_progress: OnProgress | None = None
) -> Iterator[Once]:
    """Read what the logs hold into the ledger, then give access to it. Raises nothing for bad logs or ledgers."""
    instance = Instance(paths)
    owner = instance.acquire()
    core = Core(paths, clock, settings, write=owner)
    try:
        _open(core, owner)
        if owner:
            core.reprice()
            _read_all(core, on_progress)
        health = core.snapshot((), judge=False).health
        yield Once(core, owner, core.queries, _warnings(core, health), health)
    finally:
        core.close()
        if owner:
            instance.release()


def snapshot(paths: Paths, clock: Clock, settings: Settings, on_progress: OnProgress | None = None) -> Snapshot:
    """All figures of this moment, the live counter included."""
    with bring_up_to_date(paths, clock, settings, on_progress) as once:
        return once.core.snapshot(_look(once.core, paths, clock), judge=False)


def _open(core: Core, owner: bool) -> None:
    if not core.open() and owner:
        # It may still be readable: from a full disk or a folder that may not be written.
        trouble = core.ledger_trouble
        core.read_only()
        if core.open():
            core.ledger_trouble = trouble


def _read_all(core: Core, on_progress: OnProgress | None) -> None:
    core.plan()
    while core.pending and not core.ledger_trouble:
        core.step()
        if on_progress is not None and core.scanner is not None:
            on_progress(core.scanner.progress)
    if on_progress is not None:
        on_progress(None)


def _look(core: Core, paths: Paths, clock: Clock) -> tuple[OpenSession, ...]:
    tracker = LiveTracker(core.readers, paths, clock, Processes([reader.agent for reader in core.readers.values()]))
    for entry in lately(core.found(), clock.now()):
        reader = core.readers[entry.source.agent]
        try:
            part = last_part(entry)
        except SourceError:
            continue  # the scan has said so already
        tracker.feed(entry.source.agent, entry.source.path, part.modified, list(reader.turns(part, b"")))
    return tracker.tick()


def _warnings(core: Core, health: tuple[Health, ...]) -> tuple[str, ...]:
    return tuple(entry.reason for entry in health if entry.reason)
