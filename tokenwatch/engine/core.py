"""Core: what the engine's thread works on - books, meter, rules - without any thread or waiting.

Owns feeding the meter from what was entered, and making a snapshot of it all. Does not own the ledger's state
(books.py), rows of sessions (compose.py), or when anything happens: ``engine.py`` does for the app, ``look_once.py``
for the command line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, tzinfo
from pathlib import Path
from typing import Final

from tokenwatch.alerts.evaluate import Evaluated, Evaluator
from tokenwatch.alerts.rule import rules
from tokenwatch.base.clock import Clock, day_of, month_of
from tokenwatch.base.health import Health
from tokenwatch.base.limits import Quota
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Confidence, Figures, Month, Session, Snapshot, State
from tokenwatch.base.text import project_name
from tokenwatch.collect.scanner import STEP_SECONDS, Grown
from tokenwatch.engine.books import Books
from tokenwatch.engine.compose import LANES_MS, SERIES_MINUTES, UNKNOWN_USE, Used, sessions
from tokenwatch.insight.meter import Meter
from tokenwatch.insight.month import calendar, month
from tokenwatch.insight.recent_use import KEPT_MS, RecentUse
from tokenwatch.ledger.change import Change
from tokenwatch.live.sessions import OpenSession
from tokenwatch.live.states import counts
from tokenwatch.readers.protocol import Reader

_MOST_SESSIONS: Final = 500
_MONTH_AGE_MS: Final = 300_000
"""A forecast moves with the clock even when nothing is spent."""

_IMPORTED: Final = "import/done"
"""Marked in the ledger, like an alert that was told, once all logs have been read for the first time."""


class Core:
    """Used by one thread. ``write`` False: another instance owns the ledger, which is then only read."""

    def __init__(
        self,
        paths: Paths,
        clock: Clock,
        settings: Settings,
        *,
        write: bool = True,
        grown: Grown | None = None,
        by_id: Mapping[str, Reader] | None = None,
    ) -> None:
        self._paths = paths
        self._clock = clock
        self.settings = settings
        self.books = Books(paths, clock, settings, write=write, grown=grown, by_id=by_id)
        self.readers = self.books.readers
        self.agents = self.books.agents
        self.first_import = False
        """Whether the logs have never been read as a whole, also not before an earlier start was cut off."""
        self.paused_since: int | None = None
        self.reported: dict[str, Health] = {}
        """Health of parts outside, by part: tray, notifications, watcher, settings."""
        self._evaluator: Evaluator | None = None
        self._meter = Meter()
        self._recent = RecentUse()
        self._taken_back = 0
        self._used: dict[tuple[str, str], Used] = {}
        self._month: Month | None = None
        self._month_at: int | None = None
        self._calendar: tuple[tuple[date, int], ...] = ()
        self._requests: dict[str, int] = {}
        self._skipped: dict[str, dict[str, int]] = {}
        self._unpriced: tuple[str, ...] = ()
        self._quotas: tuple[Quota, ...] = ()
        self._latest: tuple[str, str, str, str, int] | None = None

    def open(self) -> bool:
        """Open the books. False if that is impossible now; their trouble then says why."""
        return self._after_opening(self.books.open())

    def open_anyhow(self) -> None:
        """See :meth:`Books.open_anyhow`."""
        self.books.open_anyhow()
        self._after_opening(self.books.queries is not None)

    def _after_opening(self, opened: bool) -> bool:
        books = self.books
        self._used.clear()
        self._month_at = None
        if opened and books.ledger is not None:
            self._taken_back = books.ledger.taken_back
            self._evaluator = Evaluator(rules(), books.ledger)
            with books.excused():
                self.first_import = not books.ledger.fired(_IMPORTED)
        self.recall()
        return opened

    def close(self) -> None:
        self.books.close()
        self._evaluator = None

    def recall(self) -> None:
        """Begin the live figures again with what the ledger's records of the last hours say."""
        with self.books.excused():
            if self.books.queries is not None:
                kept = self.books.queries.recent(self._clock.now() - KEPT_MS)
                self._meter, self._recent = Meter(), RecentUse()
                for record, listed in kept:
                    self._feed(Change(record, record.tokens.new, record.cache_read, listed))

    # Work

    def plan(self) -> None:
        """Look which sources changed; :meth:`step` then reads them."""
        self.books.plan()
        self._follow()

    def hint(self, paths: Iterable[Path]) -> None:
        """These files are said to have changed."""
        self.books.hint(paths)

    def step(self, seconds: float = STEP_SECONDS) -> bool:
        """Read for about ``seconds`` and take in what changed. True if any figure or trouble did."""
        books = self.books
        before = (books.trouble, books.caught_up)
        entered = books.step(seconds)
        for change in entered.recent:
            self._feed(change)
        if entered:
            self._month_at = None
            for session in entered.sessions:
                self._used.pop(session, None)
        self._follow()
        return bool(entered) or before != (books.trouble, books.caught_up)

    def _follow(self) -> None:
        """Records that were told of may not count now: they were undone, or an older reader's are read again."""
        ledger = self.books.ledger
        if ledger is not None and ledger.taken_back != self._taken_back:
            self._taken_back = ledger.taken_back
            self._used.clear()
            self._month_at = None
            self.recall()

    def reprice(self) -> None:
        """See :meth:`Books.reprice`."""
        if self.books.reprice():
            self._used.clear()
            self._month_at = None
            self.recall()

    def change_settings(self, settings: Settings) -> None:
        before = (self.settings.billing, self.settings.count_cache_reads)
        self.settings = self.books.settings = settings
        self._month_at = None
        if before != (settings.billing, settings.count_cache_reads):
            self.recall()

    def _feed(self, change: Change) -> None:
        record = change.record
        session = self._recent.add(record)
        self._used.pop((record.agent, session), None)
        tokens = change.new_tokens + (change.cache_read if self.settings.count_cache_reads else 0)
        if tokens or change.listed:
            self._meter.add(
                record.time,
                record.agent,
                session,
                record.context.agent_id,
                tokens,
                change.listed,
                self.settings.billing_of(record.agent).mode == "metered",
            )

    # The snapshot

    @property
    def zone(self) -> tzinfo:
        return self.settings.zone(self._paths)

    def snapshot(self, open_sessions: Sequence[OpenSession], *, judge: bool = True) -> Snapshot:
        """All figures of this moment, the alerts that hold, and health. ``judge`` False: ask no rule."""
        now = self._clock.now()
        books = self.books
        with books.excused():
            self._ask(now)
        figures = self._figures(open_sessions, now)
        judged = self._judge(figures, now) if judge else Evaluated((), ())
        health = books.health_of(self._requests, self._skipped, self._unpriced)
        return Snapshot(
            figures=figures,
            alerts=judged.active,
            new_alerts=judged.new,
            health=(*health, *(self.reported[part] for part in sorted(self.reported))),
            progress=books.scanner.progress if books.scanner else None,
            paused_since=self.paused_since,
            sources=self._readable_agents(),
            agents=tuple((agent.id, agent.name, agent.letter) for agent in self.agents.values()),
        )

    def _ask(self, now: int) -> None:
        """Ask the ledger for the month, if anything changed or the day did."""
        queries = self.books.queries
        if queries is None:
            return
        today = day_of(now, self.zone)
        fresh = self._month_at is not None and 0 <= now - self._month_at < _MONTH_AGE_MS
        if fresh and self._month is not None and self._month.today == today:
            return
        first = month_of(today).first
        self._month = month(queries, first, today, now, self.zone, self.settings, seed_of(first))
        self._calendar = calendar(queries, today, self.zone)
        self._unpriced = self.books.unpriced()
        self._requests = {entry.group[0]: entry.requests for entry in queries.sums(by=("agent",))}
        self._skipped = queries.skipped()
        self._quotas = queries.quotas()
        self._latest = queries.latest_session()
        self._month_at = now

    def _figures(self, open_sessions: Sequence[OpenSession], now: int) -> Figures:
        self._recent.forget(now - KEPT_MS)
        rows = sessions(
            open_sessions, self.agents, self._use_of, self._recent, self._meter, self.settings, self._window, now
        )
        names = {key: project_name(directory) for key, directory in self._recent.projects()}
        names.update({(row.agent, row.session): row.project for row in rows})
        return Figures(
            at=now,
            counts=counts(open_sessions),
            sessions=rows,
            rate=self._meter.rate(now),
            series=self._meter.series(now, SERIES_MINUTES),
            lanes=self._recent.lanes(now - LANES_MS, names),
            month=self._month,
            calendar=self._calendar,
            quotas=self._quotas,
            last_session=self._last_session() if not rows else None,
        )

    def _use_of(self, agent: str, session: str) -> Used:
        known = self._used.get((agent, session))
        queries = self.books.queries
        if known is not None or queries is None:
            return known or UNKNOWN_USE
        with self.books.excused():
            found = queries.session_sum(agent, session)
            known = Used(found.tokens, None if found.unpriced else found.listed)
            if len(self._used) > _MOST_SESSIONS:
                self._used.clear()
            self._used[(agent, session)] = known
        return known or UNKNOWN_USE

    def _window(self, model: str) -> int | None:
        return self.books.pricer.context_window(model)

    def _last_session(self) -> Session | None:
        if self._latest is None:
            return None
        agent, session, directory, model, at = self._latest
        last = self._recent.last(agent, session)
        use = self._use_of(agent, session)
        return Session(
            agent=agent,
            session=session,
            state=State.ENDED,
            confidence=Confidence.LOG_ONLY,
            agent_name=self.agents[agent].name if agent in self.agents else agent,
            project=project_name(directory),
            cwd=directory,
            model=model,
            tokens=use.tokens,
            cost=use.cost,
            in_plan=self.settings.billing_of(agent).mode == "plan",
            last_activity=last.time if last else at,
        )

    def _judge(self, figures: Figures, now: int) -> Evaluated:
        # Before all is read, a threshold may be passed in steps; one notification, not three.
        caught_up = self.books.caught_up
        if self._evaluator is None or (not caught_up and not self.first_import):
            return Evaluated((), ())
        judged = self._evaluator.evaluate(figures, self.settings, now, self.first_import)
        if caught_up and self.first_import:
            self.first_import = False
            with self.books.excused():
                if self.books.ledger is not None:
                    self.books.ledger.mark([_IMPORTED], now)
        return judged

    def _readable_agents(self) -> int:
        scanner = self.books.scanner
        if scanner is None:
            return len(self._requests)
        return len({found.source.agent for found in scanner.discovery.found})


def seed_of(first: date) -> int:
    """The forecast's draws are the same all month, so that its range moves only with the facts."""
    return first.toordinal()
