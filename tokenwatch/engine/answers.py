"""Answers: what the ledger says of the month, of agents and of sessions, asked for no more often than it changes.

Owns when each question is asked again. Does not own the questions (ledger, insight), or how their answers become
figures (core.py). Asking raises a :class:`LedgerError`; the last answers then stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, tzinfo
from typing import Final

from msgspec.structs import replace

from tokenwatch.base.clock import day_of, month_of
from tokenwatch.base.snapshot import BudgetUse, Month
from tokenwatch.engine.books import Books
from tokenwatch.engine.compose import UNKNOWN_USE, Used
from tokenwatch.engine.limit_answers import LimitAnswers
from tokenwatch.insight.month import calendar, outlook
from tokenwatch.ledger.queries import Sum

_MOST_SESSIONS: Final = 500
_MONTH_AGE_MS: Final = 300_000
"""A forecast moves with the clock even when nothing is spent."""

_SLOW_AGE_MS: Final = 60_000
"""What hardly changes takes a fifth of a second in a large ledger, so it is asked for once in this time at most."""

Key = tuple[str, str]
"""(agent, session)"""


class Answers:
    """Used by one thread. None and empty until the first :meth:`ask`."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.month: Month | None = None
        self.calendar: tuple[tuple[date, int], ...] = ()
        self.limits = LimitAnswers({agent.id: agent.provider for agent in books.agents.values()})
        self.latest: tuple[str, str, str, str, int] | None = None
        """See :meth:`Queries.latest_session`."""
        self.requests: dict[str, int] = {}
        """By agent."""
        self.skipped: dict[str, dict[str, int]] = {}
        self.unpriced: tuple[tuple[str, int], ...] = ()
        self.budgets: tuple[BudgetUse, ...] = ()
        self.behind = False
        """Whether something was committed that :attr:`month` does not have yet."""
        self.asked = 0
        """How often the ledger was asked for the month, which costs more than all else."""
        self._month_at: int | None = None
        self._slow_at: int | None = None
        self._slow_behind = False
        self._used: dict[Key, Used] = {}
        self._outdated: set[Key] = set()
        """Sessions of which more was committed since :attr:`month` was asked for."""

    def outdate(self, sessions: Iterable[Key]) -> None:
        """Something of these sessions was committed."""
        self._outdated.update(sessions)
        self.behind = self._slow_behind = True

    def scanned(self) -> None:
        """Every source was looked at and read."""
        if self._slow_behind:
            self._slow_at = None

    def forget(self, *, sessions: bool = True) -> None:
        """Whatever was asked before, the answer may be another now; of single sessions only with ``sessions``."""
        if sessions:
            self._used.clear()
        self._month_at = self._slow_at = None
        self.limits.forget()

    def ask(self, now: int, zone: tzinfo, *, quick: bool = False) -> None:
        """Ask for what changed since, or because the day did. ``now`` is milliseconds.

        ``quick``: what was committed lately may be left for later; :attr:`behind` then stays. What sessions used is
        as old as the month is.
        """
        queries = self._books.queries
        if queries is None:
            return
        self._books.forget_sums()
        today = day_of(now, zone)
        turned = self.month is None or self.month.today != today
        if turned or not _within(_MONTH_AGE_MS, self._month_at, now) or (self.behind and not quick):
            settings = self._books.settings
            first = month_of(today, settings.month_start).first
            self.asked += 1
            for session in self._outdated:
                self._used.pop(session, None)
            self._outdated.clear()
            self.month, self.budgets = outlook(queries, first, today, now, zone, settings, seed_of(first))
            self.calendar = calendar(queries, today, zone)
            self.latest = queries.latest_session()
            self._month_at, self.behind = now, False
        if turned or self._slow_at is None or (self._slow_behind and not _within(_SLOW_AGE_MS, self._slow_at, now)):
            self.requests = queries.requests()
            self.skipped = queries.skipped()
            self.unpriced = self._books.unpriced()
            self._slow_at, self._slow_behind = now, False
        ledger = self._books.ledger
        if ledger is None or not ledger.holding:
            changes = None if ledger is None else (ledger.quotas_entered, ledger.bills_entered)
            self.limits.ask(queries, now, self._books.settings, changes)

    def use_of(self, agent: str, session: str) -> Used:
        """What a session used, its sub-agents included."""
        known = self._used.get((agent, session))
        queries = self._books.queries
        if known is None and queries is not None:
            known = _used(queries.session_parts(agent, session), session)
            if len(self._used) > _MOST_SESSIONS:
                self._used.clear()
            self._used[(agent, session)] = known
        return known or UNKNOWN_USE


def _used(parts: Sequence[tuple[str, str, Sum]], session: str) -> Used:
    """A session's use from its parts: its own and that of each sub-agent."""
    whole = own = Used()
    by_agent: dict[str, Used] = {}
    for name, agent_id, found in parts:
        part = Used(found.tokens, None if found.unpriced else found.listed)
        whole = whole.plus(part)
        if name == session and not agent_id:
            own = own.plus(part)
        else:
            key = agent_id or name
            by_agent[key] = by_agent.get(key, Used()).plus(part)
    return replace(whole, own_tokens=own.tokens, own_cost=own.cost, sub_agents=by_agent)


def _within(age: int, asked_at: int | None, now: int) -> bool:
    """Whether an answer is at most so many milliseconds old; never if the clock was set back since."""
    return asked_at is not None and 0 <= now - asked_at < age


def seed_of(first: date) -> int:
    """The forecast's draws are the same all month, so that its range moves only with the facts."""
    return first.toordinal()
