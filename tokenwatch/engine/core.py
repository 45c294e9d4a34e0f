"""Core: what the engine's thread works on - books, meter, rules - without any thread or waiting.

Owns feeding the meter from what was entered, and making a snapshot of it all. Does not own the ledger's state
(books.py), what it is asked (answers.py), rows of sessions (compose.py), or when anything happens: ``engine.py`` does
for the app, ``look_once.py`` for the command line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from tokenwatch.alerts.evaluate import Evaluated, Evaluator
from tokenwatch.alerts.rule import rules
from tokenwatch.base.clock import Clock, day_of, day_start, to_datetime
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.interval import End
from tokenwatch.base.paths import Paths
from tokenwatch.base.rates_file import with_fetched
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Figures, Snapshot
from tokenwatch.base.text import project_name
from tokenwatch.collect.scanner import STEP_SECONDS, Grown
from tokenwatch.engine.alert_month import ALWAYS, AlertMonth
from tokenwatch.engine.answers import Answers
from tokenwatch.engine.before_start import before, used_since
from tokenwatch.engine.books import Books
from tokenwatch.engine.compose import (
    LANES_MS,
    SERIES_MINUTES,
    UNKNOWN_USE,
    Used,
    ended,
    last_event,
    last_session,
    sessions,
)
from tokenwatch.engine.live_book import LiveBook
from tokenwatch.insight.burn import BurnWindows
from tokenwatch.insight.flow import DAY_MINUTES, Flow
from tokenwatch.insight.meter import Meter
from tokenwatch.insight.recent_use import KEPT_MS, RecentUse
from tokenwatch.ledger.change import Change
from tokenwatch.live.sessions import OpenSession
from tokenwatch.live.states import counts
from tokenwatch.readers.protocol import Reader

_IMPORTED: Final = "import/done"
"""Marked in the ledger, like an alert that was told, once all logs have been read for the first time."""

_ANY_DAY: Final = date(2000, 1, 1)
"""Of a billing that is the same on every day."""


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
        self.answers = Answers(self.books)
        self.first_import = False
        self._started = clock.now()
        """Whether the logs have never been read as a whole, also not before an earlier start was cut off."""
        self.paused_since: int | None = None
        self.reported: dict[str, Health] = {}
        """Health of parts outside, by part: tray, notifications, watcher, settings."""
        self._evaluator: Evaluator | None = None
        self._judged = Evaluated()
        self._alert_month = AlertMonth()
        self._meter, self._recent, self._flow = Meter(), RecentUse(), Flow()
        self._burn = BurnWindows()
        self._lanes = settings.lanes()
        self._lost: dict[str, int] = {}
        """Since when agents' logs cannot be read, by agent."""
        self.live = LiveBook()
        self._taken_back = 0
        self._uncommitted: set[tuple[str, str]] = set()
        """Sessions of which something changed that the ledger still holds back."""
        self._scanning = False
        self._quotas_entered = 0

    def open(self) -> bool:
        """Open the books, at least for reading. False if they cannot be written now; their trouble then says why."""
        opened = self.books.open()
        if not opened and not self.books.damaged:
            self.books.look_on()
        return self._after_opening(opened)

    def open_anyhow(self) -> None:
        """See :meth:`Books.open_anyhow`."""
        self.books.open_anyhow()
        self._after_opening(self.books.queries is not None)

    def _after_opening(self, opened: bool) -> bool:
        books = self.books
        self._forget_answers()
        if opened and books.ledger is not None:
            self._taken_back = books.ledger.taken_back
            self._evaluator = Evaluator(rules(), books.ledger.alerts)
            with books.excused():
                self.first_import = not books.ledger.alerts.fired(_IMPORTED)
        self.recall()
        return opened

    def close(self) -> None:
        self.books.close()
        self._evaluator = None

    def recall(self) -> None:
        """Begin the live figures again with what the ledger's records of the last hours say."""
        with self.books.excused():
            if self.books.ledger is not None:
                self.books.ledger.commit()  # what it holds was told, but is not found yet
            if self.books.queries is not None:
                kept = self.books.queries.recent(self._clock.now() - KEPT_MS)
                self._meter, self._recent = Meter(), RecentUse()
                self._flow, self._burn = Flow(), BurnWindows()
                self.live.recall(self.books.queries, self._clock.now())
                for record, listed in kept:
                    self._feed(Change(record, record.tokens.new, record.cache_read, listed))

    # Work

    def plan(self) -> None:
        """Look which sources changed; :meth:`step` then reads them."""
        self._scanning = True
        self.books.plan()
        self._follow()

    def hint(self, paths: Iterable[Path]) -> bool:
        """These files are said to have changed. True if answers may differ already."""
        self.books.hint(paths)
        return self._follow()

    def step(self, seconds: float = STEP_SECONDS) -> bool:
        """Read for about ``seconds`` and take in what changed. True if any figure or trouble did."""
        books = self.books
        before = (books.trouble, books.caught_up)
        entered = books.step(seconds)
        for change in entered.recent:
            self._uncommitted.add((change.record.agent, self._feed(change)))
        self._uncommitted |= entered.sessions
        return self._follow() or bool(entered) or before != (books.trouble, books.caught_up)

    def _follow(self) -> bool:
        """Keep up with the ledger's commits, and with its undoing what it told. True if answers may differ now."""
        ledger = self.books.ledger
        if ledger is None:
            return False
        if ledger.taken_back != self._taken_back:
            # Records that were told of were undone, or an older reader's are read again.
            self._taken_back = ledger.taken_back
            self._forget_answers()
            self.recall()
            return True
        committed = bool(self._uncommitted) and not ledger.holding
        if committed:
            self.answers.outdate(self._uncommitted)
            self._uncommitted.clear()
        if self._scanning and not self.books.pending:
            self._scanning = False
            self.answers.scanned()
        read = ledger.quotas_entered != self._quotas_entered and not ledger.holding
        if read:
            self._quotas_entered = ledger.quotas_entered
        return committed or read

    def _forget_answers(self) -> None:
        """Whatever the ledger was asked before, it may answer otherwise now."""
        self._uncommitted.clear()
        self.answers.forget()

    def reprice(self) -> None:
        """See :meth:`Books.reprice`."""
        if self.books.reprice():
            self._forget_answers()
            self.recall()

    def reload_prices(self) -> None:
        """See :meth:`Books.reload_prices`; also the rates of currencies."""
        self.books.pricer.reload()
        self.reprice()
        self.change_settings(with_fetched(self.settings, self._paths))
        self._forget_answers()

    def change_settings(self, settings: Settings) -> None:
        before = self.settings
        self.settings = self.books.settings = settings
        self._lanes = settings.lanes()
        self.answers.forget(sessions=False)
        old, new = ((each.billing, each.plans, each.count_cache_reads, each.timezone) for each in (before, settings))
        if old != new:
            self.recall()

    def _feed(self, change: Change) -> str:
        """The session that the change belongs to, as a person would name it."""
        record = change.record
        session = self._recent.add(record)
        self.live.feed(session, change)
        tokens = change.new_tokens + (change.cache_read if self.settings.count_cache_reads else 0)
        self._flow.add(record.time, record.agent, session, tokens)
        if tokens or change.listed:
            # The zone is asked of the system, which takes longer than all else here: only where days matter.
            day = day_of(record.time, self.zone) if self._lanes.dated else _ANY_DAY
            metered = self._lanes.mode(record.agent, record.context.provider, day) == "metered"
            self._meter.add(
                record.time, record.agent, session, record.context.agent_id, tokens, change.listed, metered
            )
            if metered and change.listed:
                self._burn.add(record.time, record.agent, session, change.listed)
        return session

    # Alerts

    def snooze(self, rule: str, span: str) -> None:
        """Hold a rule back, or all of them if it is empty: for seconds, or until the "day" or "month" is over.

        ``rule`` may be what alerts of one thing replace, held back "always" then. An empty span ends a snooze.
        """
        if self._evaluator is None:
            return
        with self.books.excused():
            if span:
                self._evaluator.snooze(rule, self._until(span))
                if span == "always":
                    self._alert_month.mute(self.books, rule, self._clock.now())
            else:
                self._evaluator.wake(rule)

    def read_alerts(self) -> None:
        """A person has looked at the alerts that began."""
        if self._evaluator is not None:
            with self.books.excused():
                self._evaluator.read()

    def _until(self, span: str) -> int:
        now, zone = self._clock.now(), self.zone
        if span == "day":
            return day_start(day_of(now, zone) + timedelta(days=1), zone)
        if span == "always":
            return ALWAYS
        if span == "month":
            return self.books.month(zone).bounds(zone)[1]
        return now + 1000 * int(span)

    # The snapshot

    @property
    def zone(self) -> tzinfo:
        return self.settings.zone(self._paths)

    def snapshot(
        self, open_sessions: Sequence[OpenSession] | None, *, judge: bool = True, quick: bool = False
    ) -> Snapshot:
        """All figures of this moment, the alerts that hold, and health. ``judge`` False: ask no rule.

        ``open_sessions``: what the last look found, None before the first one.
        ``quick``: if something was committed lately, the month may be as it was before; see :meth:`Answers.ask`.
        """
        now = self._clock.now()
        books, answers = self.books, self.answers
        with books.excused():
            answers.ask(now, self.zone, quick=quick)
        health = books.health_of(answers.requests, answers.skipped, tuple(model for model, _ in answers.unpriced))
        figures = self._figures(open_sessions or (), now, self._lost_of(health, now), judge=judge)
        figures = replace(figures, looked=open_sessions is not None)
        judged = self._judge(figures, now) if judge else Evaluated()
        return Snapshot(
            figures=figures,
            alerts=judged.active,
            new_alerts=judged.new,
            past_alerts=judged.past,
            snoozed=judged.snoozed,
            alert_counts=self._alert_month.counts(books, judged.past, judged.snoozed, self.zone),
            health=(*health, *(self.reported[part] for part in sorted(self.reported))),
            progress=books.progress,
            paused_since=self.paused_since,
            sources=self._readable_agents(),
            agents=tuple((agent.id, agent.name, agent.letter) for agent in self.agents.values()),
        )

    def _lost_of(self, health: Sequence[Health], now: int) -> tuple[Health, ...]:
        """Agents whose logs cannot be read, and since when."""
        failing = [entry for entry in health if entry.part in self.agents and entry.state is HealthState.FAILING]
        self._lost = {entry.part: self._lost.get(entry.part, now) for entry in failing}
        return tuple(replace(entry, since=self._lost[entry.part]) for entry in failing)

    def _figures(
        self, open_sessions: Sequence[OpenSession], now: int, lost: tuple[Health, ...], *, judge: bool
    ) -> Figures:
        self._recent.forget(now - KEPT_MS)
        self.live.forget(now)
        live, since = self.live, now - LANES_MS
        parts = (self.agents, self._use_of, self._recent, self._meter, self.settings, self._window, now, live.spend)
        rows, over = sessions(open_sessions, *parts), ended(open_sessions, *parts)
        rows = self.books.status_lines.beside(rows)
        names = {key: project_name(directory) for key, directory in self._recent.projects()}
        names.update({(row.agent, row.session): row.project for row in (*over, *rows)})
        today = day_start(day_of(now, self.zone), self.zone)
        hours = live.hours(today, now)
        heard = self._recent.lanes(min(since, now - KEPT_MS), names)
        rate = self._meter.rate(now)
        last = last_session(self.answers.latest, self.agents, self._use_of, self._recent, self._lanes, self.zone)
        month = self.answers.month
        if month is not None and lost:
            month = replace(month, incomplete_since=min(entry.since or now for entry in lost))
        return Figures(
            at=now,
            counts=counts(open_sessions),
            sessions=rows,
            rate=rate,
            agent_rates=self._meter.agent_rates(now),
            series=self._flow.series(now, SERIES_MINUTES),
            day_series=self._flow.series(now, DAY_MINUTES, 5),
            lanes=live.lanes(heard, since, names),
            month=month,
            calendar=self.answers.calendar,
            quotas=self.answers.limits.quotas(now),
            limits=self.answers.limits.limits(now),
            bills=self.answers.limits.bills,
            budgets=self.answers.budgets,
            burn=self._burn.figures(now),
            unpriced=self.answers.unpriced,
            lost=lost,
            last_session=last if not rows else None,
            last_event=last_event(rate, rows, last),
            ended=over,
            peak=live.peak(today, now),
            working_today_ms=hours.working,
            waiting_today_ms=hours.waiting,
            away=live.away(open_sessions, heard, names, now),
            usual_cost=live.usual_cost(self.books, now) if judge else None,  # only rules ask for it
            active_hours=live.minutes.active_hours(now),
        )

    def look(self, open_sessions: Sequence[OpenSession]) -> None:
        """Keep when sessions worked and waited, as of now, and whose process ended."""
        self.live.keep(self.books, open_sessions, self._clock.now())

    def ends(self) -> list[End]:
        """Sessions whose process was seen to end in the last day."""
        return self.live.ends(self.books, self._clock.now())

    def _use_of(self, agent: str, session: str) -> Used:
        use = UNKNOWN_USE
        with self.books.excused():
            use = self.answers.use_of(agent, session)
        return use  # noqa: RET504 - the block may be left before the assignment

    def _window(self, model: str) -> int | None:
        return self.books.pricer.context_window(model)

    def _judge(self, figures: Figures, now: int) -> Evaluated:
        # Before all is read, a threshold may be passed in steps; one notification, not three.
        caught_up = self.books.caught_up
        if self._evaluator is None or (not caught_up and not self.first_import):
            return Evaluated()
        if self.answers.behind:
            return replace(self._judged, new=())  # judged soon, by what is known by then
        moment = to_datetime(now, self.zone)
        quiet = self.settings.quiet_at(moment.hour * 60 + moment.minute)
        if self.first_import:
            known = before(figures, used_since(self.books, self._started + 1), self.settings, self.zone)
            self._judged = self._evaluator.evaluate(known, self.settings, now, True, quiet)
            if not caught_up:
                return self._judged
            self.first_import = False
            with self.books.excused():
                if self.books.ledger is not None:
                    self.books.ledger.alerts.mark([_IMPORTED], now)
        self._judged = self._evaluator.evaluate(figures, self.settings, now, False, quiet)
        return self._judged

    def _readable_agents(self) -> int:
        scanner = self.books.scanner
        if scanner is None:
            return len(self.answers.requests)
        return len({found.source.agent for found in scanner.discovery.found})
