"""Stage: a folder with a made-up home, and the real core that reads it, moved on from moment to moment.

Owns the folder's content and the made-up clock. Does not own the script, nor threads (playing.py). Everything between
the log and the snapshot is the program's own: scanner, ledger, prices, meter, forecast, alerts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tokenwatch.base.clock import FixedClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.demo import history, story
from tokenwatch.demo.made_up_log import AGENTS, Line, MadeUpReader, append
from tokenwatch.engine.core import Core

SETTINGS: Final = Settings(
    budget=history.BUDGET,
    thresholds=(50, 80, 100),
    timezone="UTC",
    billing=(("codex", Billing("plan", history.FEE)),),
)
"""Half the budget is passed within the hour."""


class Stage:
    """Used by one thread. ``folder`` is empty at first and belongs to the demo alone."""

    def __init__(self, folder: Path, settings: Settings = SETTINGS) -> None:
        self.paths = Paths.below(folder)
        self.clock = FixedClock(story.first_moment())
        self._written = story.first_moment()
        readers = {agent.id: MadeUpReader(agent) for agent in AGENTS}
        self.core = Core(self.paths, self.clock, settings, by_id=readers)

    def open(self) -> None:
        """Write and read the weeks before, and what led to the hour, while nobody looked."""
        cost = self.core.books.pricer.cost
        lines = [Line(record=each) for each in history.records(lambda record: cost(record).nano)]
        lines += [Line(quota=quota) for quota in history.quotas() if quota.as_of <= self.clock.now()]
        append(self.paths.home, lines)
        self.core.open()
        self.core.reprice()
        self.core.live.show(False, self.clock.now())
        while self.clock.now() < story.BEGIN:
            self._pass(min(60.0, (story.BEGIN - self.clock.now()) / 1000))
        self.core.plan()
        self._read()
        self.snapshot()  # what was passed in the weeks before is not news

    def close(self) -> None:
        self.core.close()

    def advance(self, seconds: float) -> None:
        """So much later: what happened meanwhile is written and, unless paused, read."""
        grown = self._pass(seconds)
        if self.core.paused_since is None:
            self.core.hint(sorted(grown))
            self._read()

    def come_back(self) -> None:
        """A person looks again, and is told what happened meanwhile."""
        self.core.live.show(True, self.clock.now())

    def advance_to(self, moment: int, step: float = 30.0) -> None:
        """On to ``moment`` (milliseconds), looking now and then as a running program does."""
        while self.clock.now() < moment:
            self.advance(min(step, (moment - self.clock.now()) / 1000))
            self.core.snapshot(story.open_sessions(self.clock.now()))

    def catch_up(self) -> None:
        """Read what was written while paused."""
        self.core.plan()
        self._read()

    def over(self) -> bool:
        return self.clock.now() >= story.END

    def snapshot(self) -> Snapshot:
        return self.core.snapshot(story.open_sessions(self.clock.now()))

    def _pass(self, seconds: float) -> set[Path]:
        """Time passes: what happens is written, who is at work is looked at. Gives the logs that grew."""
        before = self.clock.now()
        self.clock.advance(seconds)
        now = self.clock.now()
        limits = [Line(quota=quota) for quota in history.quotas() if before < quota.as_of <= now]
        self.core.look(story.open_sessions(now))
        return {*append(self.paths.home, limits), *self._write()}

    def _write(self) -> tuple[Path, ...]:
        now = self.clock.now()
        records = sorted(story.responses(self._written, now), key=lambda record: record.time)
        self._written = now
        return append(self.paths.home, [Line(record=record) for record in records])

    def _read(self) -> None:
        while self.core.books.pending:
            self.core.step()
