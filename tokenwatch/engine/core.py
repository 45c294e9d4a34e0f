"""Core: what the engine's thread works on - ledger, scanner, meter, rules - without any thread or waiting.

Owns opening the ledger (or doing without), feeding the meter from what was entered, and making a snapshot of it
all. Does not decide when anything happens: ``engine.py`` does for the app, ``once.py`` for the command line.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, tzinfo
from pathlib import Path
from typing import Final

from tokenwatch.alerts.evaluate import Evaluated, Evaluator
from tokenwatch.alerts.rule import rules
from tokenwatch.base.clock import Clock, day_of, month_of
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Confidence, Figures, Month, Quota, Session, Snapshot, State
from tokenwatch.base.text import plain, project_name
from tokenwatch.collect.discover import Found, discover
from tokenwatch.collect.scanner import STEP_SECONDS, Grown, Scanner
from tokenwatch.engine import checkup
from tokenwatch.engine.compose import LANES_MS, SERIES_MINUTES, Used, sessions
from tokenwatch.insight.meter import Meter
from tokenwatch.insight.month import calendar, month
from tokenwatch.insight.recent_use import KEPT_MS, RecentUse, top_session
from tokenwatch.ledger.change import Change, Entered
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries
from tokenwatch.live.sessions import OpenSession
from tokenwatch.live.states import counts
from tokenwatch.pricing.cost import Pricer
from tokenwatch.readers.protocol import Reader, readers

log = logging.getLogger(__name__)

_MOST_SESSIONS: Final = 500
_MONTH_AGE_MS: Final = 300_000
"""A forecast moves with the clock even when nothing is spent."""


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
        self._write = write
        self._grown = grown
        self.readers = dict(readers() if by_id is None else by_id)
        self.agents = {agent_id: reader.agent for agent_id, reader in self.readers.items()}
        self.settings = settings
        self.pricer = Pricer(paths.price_overrides)
        self.ledger: Ledger | None = None
        self.queries: Queries | None = None
        self.scanner: Scanner | None = None
        self.ledger_trouble = ""
        self.first_import = False
        self.caught_up = False
        """Whether every source that existed at the start has been read, or nothing will be read."""
        self.paused_since: int | None = None
        self.reported: dict[str, Health] = {}
        """Health of parts outside, by part: tray, notifications, watcher, settings."""
        self._evaluator: Evaluator | None = None
        self._meter = Meter()
        self._recent = RecentUse()
        self._used: dict[tuple[str, str], Used] = {}
        self._month: Month | None = None
        self._month_at: int | None = None
        self._calendar: tuple[tuple[date, int], ...] = ()
        self._requests: dict[str, int] = {}
        self._skipped: dict[str, dict[str, int]] = {}
        self._unpriced: tuple[str, ...] = ()
        self._quotas: tuple[Quota, ...] = ()
        self._latest: tuple[str, str, str, str, int] | None = None

    # Opening and closing

    def open(self) -> bool:
        """Open the ledger. False if that is impossible now; ``ledger_trouble`` then says why."""
        try:
            if self._write:
                try:
                    self._paths.ensure(self._paths.data)
                except OSError as error:
                    raise LedgerError(f"{self._paths.data} cannot be made: {error.strerror or error}.") from error
                rules_of = {agent_id: reader.settle for agent_id, reader in self.readers.items()}
                self.ledger = Ledger(self._paths.ledger, self.pricer, rules_of)
                self.scanner = Scanner(self.ledger, self.readers, self._paths, self._clock, grown=self._grown)
                self._evaluator = Evaluator(rules(), self.ledger)
            self.queries = Queries(self._paths.ledger)
            self.first_import = self.queries.first_time() is None
            self._recall()
        except LedgerError as error:
            self.ledger_trouble = str(error)
            self.close()
            return False
        self.ledger_trouble = ""
        self.caught_up = not self._write
        return True

    def read_only(self) -> None:
        """Give up writing: the next :meth:`open` only reads what the ledger holds."""
        self._write = False

    def found(self) -> tuple[Found, ...]:
        """The sources that exist, as of the last whole scan, or looked for now if there was none."""
        if self.scanner is not None and self.scanner.discovery.roots:
            return self.scanner.discovery.found
        return discover(self.readers, self._paths).found

    def close(self) -> None:
        """Let go of the ledger. What was not entered is read again at the next start."""
        if self.scanner is not None:
            self.scanner.close()
        for part in (self.queries, self.ledger):
            if part is not None:
                try:
                    part.close()
                except LedgerError as error:
                    log.info("the ledger was not closed in order: %s", error)
        self.scanner = self.queries = self.ledger = self._evaluator = None

    def _recall(self) -> None:
        """After a start: what the last hours' records say."""
        assert self.queries is not None
        self._meter, self._recent = Meter(), RecentUse()
        for record, listed in self.queries.recent(self._clock.now() - KEPT_MS):
            self._recent.add(record)
            self._feed(Change(record, record.tokens.new, record.cache_read, listed))

    # Work

    @property
    def pending(self) -> bool:
        return self.scanner is not None and self.scanner.pending

    def plan(self) -> None:
        """Look which sources changed; :meth:`step` then reads them."""
        if self.scanner is not None:
            with self._excusing_the_ledger():
                self.scanner.plan()

    def hint(self, paths: Iterable[Path]) -> None:
        """These files are said to have changed."""
        if self.scanner is not None:
            with self._excusing_the_ledger():
                self.scanner.hint(paths)

    def step(self, seconds: float = STEP_SECONDS) -> bool:
        """Read for about ``seconds`` and take in what changed. True if any figure or trouble did.

        A ledger that cannot be written is remembered as ``ledger_trouble``; what was read is read again later.
        """
        if self.scanner is None:
            return False
        before = (self.ledger_trouble, self.caught_up)
        entered = Entered()
        with self._excusing_the_ledger():
            entered = self.scanner.step(seconds)
            self.ledger_trouble = ""
            self.caught_up = self.caught_up or not self.scanner.pending
        for change in entered.recent:
            self._feed(change)
            self._recent.add(change.record)
        if entered:
            self._month_at = None
            for session in entered.sessions:
                self._used.pop(session, None)
        return bool(entered) or before != (self.ledger_trouble, self.caught_up)

    @contextmanager
    def _excusing_the_ledger(self) -> Iterator[None]:
        try:
            yield
        except LedgerError as error:
            if self.ledger_trouble != str(error):
                log.info("the ledger cannot be used: %s", error)
            self.ledger_trouble = str(error)

    def reprice(self, *, everything: bool = False) -> None:
        """Bring costs to the present prices if they changed since the ledger was last priced.

        A newer table reprices what has no price and the present month; a change of the user's own prices everything.
        """
        if self.ledger is None or (self.ledger.prices == self.pricer.version and not everything):
            return
        first = month_of(day_of(self._clock.now(), self.zone)).bounds(self.zone)[0]
        with self._excusing_the_ledger():
            if self.ledger.reprice(None if everything or not self.ledger.prices else first):
                self._used.clear()
                self._month_at = None
                self._recall()

    def change_settings(self, settings: Settings) -> None:
        rate_changed = (settings.billing, settings.count_cache_reads) != (
            self.settings.billing,
            self.settings.count_cache_reads,
        )
        self.settings = settings
        self._month_at = None
        if rate_changed and self.queries is not None:
            with self._excusing_the_ledger():
                self._recall()

    def _feed(self, change: Change) -> None:
        record = change.record
        tokens = change.new_tokens + (change.cache_read if self.settings.count_cache_reads else 0)
        if tokens or change.listed:
            self._meter.add(
                record.time,
                record.agent,
                top_session(record),
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
        with self._excusing_the_ledger():
            self._ask(now)
        figures = self._figures(open_sessions, now)
        judged = self._judge(figures, now) if judge else Evaluated((), ())
        return Snapshot(
            figures=figures,
            alerts=judged.active,
            new_alerts=judged.new,
            health=self._health(),
            progress=self.scanner.progress if self.scanner else None,
            paused_since=self.paused_since,
            sources=self._readable_agents(),
            agents=tuple((agent.id, agent.name, agent.letter) for agent in self.agents.values()),
        )

    def _ask(self, now: int) -> None:
        """Ask the ledger for the month, if anything changed or the day did."""
        if self.queries is None:
            return
        today = day_of(now, self.zone)
        fresh = self._month_at is not None and 0 <= now - self._month_at < _MONTH_AGE_MS
        if fresh and self._month is not None and self._month.today == today:
            return
        first = month_of(today).first
        self._month = month(self.queries, first, today, now, self.zone, self.settings, seed_of(first))
        self._calendar = calendar(self.queries, today, self.zone)
        since = month_of(today).bounds(self.zone)[0]
        self._unpriced = tuple(model for model, _ in self.queries.unpriced_models(since))
        self._requests = {entry.group[0]: entry.requests for entry in self.queries.sums(by=("agent",))}
        self._skipped = self.queries.skipped()
        self._quotas = self.queries.quotas()
        self._latest = self.queries.latest_session()
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
        if known is not None or self.queries is None:
            return known or Used()
        with self._excusing_the_ledger():
            found = self.queries.session_sum(agent, session)
            known = Used(found.tokens, None if found.unpriced else found.listed)
            if len(self._used) > _MOST_SESSIONS:
                self._used.clear()
            self._used[(agent, session)] = known
        return known or Used()

    def _window(self, model: str) -> int | None:
        return self.pricer.context_window(model)

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
        if self._evaluator is None or (not self.caught_up and not self.first_import):
            return Evaluated((), ())
        judged = self._evaluator.evaluate(figures, self.settings, now, self.first_import)
        if self.caught_up:
            self.first_import = False
        return judged

    def _readable_agents(self) -> int:
        if self.scanner is None:
            return len(self._requests)
        return len({found.source.agent for found in self.scanner.discovery.found})

    def _health(self) -> tuple[Health, ...]:
        result: list[Health] = []
        if self.scanner is not None:
            scanner = self.scanner
            result += checkup.agents(self.agents, scanner.discovery, scanner.failures, self._skipped, self._requests)
        if self.ledger_trouble:
            result.append(Health("ledger", HealthState.FAILING, self.ledger_trouble))
        else:
            result.append(Health("ledger"))
        result.append(self._health_of_prices())
        result += [self.reported[part] for part in sorted(self.reported)]
        return tuple(result)

    def _health_of_prices(self) -> Health:
        words = list(self.pricer.problems[:1])
        if self._unpriced:
            names = ", ".join(plain(model, 40) for model in self._unpriced[:3])
            more = f" and {len(self._unpriced) - 3} more" if len(self._unpriced) > 3 else ""
            words.append(f"No price is known for {names}{more}; the tokens are counted, their cost is not.")
        return Health("pricing", HealthState.DEGRADED if words else HealthState.FINE, " ".join(words))


def seed_of(first: date) -> int:
    """The forecast's draws are the same all month, so that its range moves only with the facts."""
    return first.toordinal()
