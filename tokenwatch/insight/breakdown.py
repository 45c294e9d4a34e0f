"""Breakdown: what a stretch of days was used for, by project, model, agent, session or day, down to single sessions.

Owns the rows, their totals and the detail of one row; rows add up to the totals exactly. A plan's fee is a part of no
row, for it belongs to no project; neither is what goes beyond a plan with overage, which counts as inside it here.
Does not own forecasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec.structs import replace

from tokenwatch.base.clock import day_of, day_start, month_of, to_datetime
from tokenwatch.base.settings import Settings
from tokenwatch.base.usage import Tokens

if TYPE_CHECKING:
    from tokenwatch.ledger.queries import Queries, Sum

Key = Literal["project", "model", "agent", "session", "day"]
Paid = Literal["any", "metered", "plan"]

_MOST_LEVELS: Final = 8
_COUNTED: Final = ("agent", "model", "project")
"""Keys whose rows say how many sessions there were, and not which."""
MOST_SESSIONS: Final = 5
"""The sessions that a detail lists."""


class Question(msgspec.Struct, frozen=True):
    """Days are local, both included; None means from the first or to the last. ``agents`` empty: all."""

    by: Key = "project"
    since: date | None = None
    until: date | None = None
    agents: tuple[str, ...] = ()
    paid: Paid = "any"


class Row(msgspec.Struct, frozen=True, gc=False):
    """Money is nano-dollars at list prices; ``metered`` is the part of it that is paid by use."""

    key: str
    sessions: int = 0
    tokens: Tokens = Tokens()
    listed: int = 0
    metered: int = 0
    unpriced: int = 0
    """Requests without a price: ``listed`` is then the least."""
    agents: tuple[tuple[str, int], ...] = ()
    """(agent id, listed), most first"""
    covered: bool = False
    """Whether any of it was used inside a plan."""
    project: str = ""
    """For a session: its working directory."""
    model: str = ""
    """For a session: the model that most of it was used with."""
    estimated: int = 0
    """Requests whose counts are estimates, because their agent does not write enough to be exact."""
    estimated_tokens: int = 0
    """The part of ``tokens.total`` that is theirs."""


class Breakdown(msgspec.Struct, frozen=True):
    """The answer to a :class:`Question`. ``since`` and ``until`` are None for an empty ledger."""

    question: Question
    since: date | None
    until: date | None
    rows: tuple[Row, ...]
    """Most expensive first."""
    totals: Row
    fees: int
    """Of the plans whose month begins within the days, nano-dollars."""


class SessionUse(msgspec.Struct, frozen=True):
    """One session within the days asked for. ``first`` and ``last`` are quarters of an hour, milliseconds."""

    agent: str
    session: str
    project: str
    model: str
    first: int
    last: int
    listed: int
    estimated: bool = False
    """Whether any of its counts are estimates."""


class Detail(msgspec.Struct, frozen=True):
    """What one row is made of."""

    question: Question
    key: str
    parts: tuple[tuple[str, str, int], ...] = ()
    """(agent, model, listed), most first"""
    estimated: frozenset[tuple[str, str]] = frozenset()
    """(agent, model) of parts in which any counts are estimates"""
    days: tuple[tuple[date, int], ...] = ()
    """(day, listed), every day from the first to the last one asked for"""
    sessions: tuple[SessionUse, ...] = ()
    """The most expensive ones."""


def breakdown(queries: Queries, question: Question, zone: tzinfo, settings: Settings) -> Breakdown:
    """Rows and totals. Raises a :class:`LedgerError`."""
    # Sessions are many; where they are only counted, sums are asked for without them.
    counted = question.by in _COUNTED and not settings.lanes().dated
    uses = _uses(queries, question, zone, settings, sessions=not counted)
    by = question.by
    # A list only for those that need one: of sessions, of which there are many, nearly all have one use.
    groups: dict[str, _Use | list[_Use]] = {}
    for use in uses:
        key = use.session if by == "session" else use.value(by, zone)
        group = groups.get(key)
        if group is None:
            groups[key] = use
        elif isinstance(group, list):
            group.append(use)
        else:
            groups[key] = [group, use]
    rows = [
        _row(key, group, by) if isinstance(group, list) else _row_of_one(key, group, by)
        for key, group in groups.items()
    ]
    totals = _row("", uses, "")
    if counted:
        sessions = _sessions(queries, question, zone, settings)
        rows = [replace(row, sessions=len(sessions.get(row.key, ()))) for row in rows]
        totals = replace(totals, sessions=len(set[tuple[str, str]]().union(*sessions.values())))
    rows.sort(key=lambda row: (-row.listed, -row.tokens.total, row.key))
    since, until = question.since, question.until
    if since is None:
        first = queries.first_time()
        since = None if first is None else day_of(first, zone)
    return Breakdown(question, since, until, tuple(rows), totals, _fees(settings, since, until, question))


def detail(queries: Queries, question: Question, key: str, today: date, zone: tzinfo, settings: Settings) -> Detail:
    """What the row called ``key`` is made of. Raises a :class:`LedgerError`."""
    uses = [
        use for use in _uses(queries, question, zone, settings, slots=True) if use.value(question.by, zone) == key
    ]
    parts: dict[tuple[str, str], int] = {}
    estimated = frozenset((use.agent, use.model) for use in uses if use.sum.estimated)
    by_day: dict[date, int] = {}
    by_session: dict[tuple[str, str], list[_Use]] = {}
    for use in uses:
        parts[(use.agent, use.model)] = parts.get((use.agent, use.model), 0) + use.sum.listed
        day = day_of(use.sum.slot, zone)
        by_day[day] = by_day.get(day, 0) + use.sum.listed
        by_session.setdefault((use.agent, use.session), []).append(use)
    sessions = sorted((_session(key, group) for key, group in by_session.items()), key=lambda each: -each.listed)
    first = question.since or min(by_day, default=today)
    last = min(today, question.until or today)
    count = max(0, (last - first).days + 1)
    return Detail(
        question,
        key,
        tuple((agent, model, cost) for (agent, model), cost in sorted(parts.items(), key=lambda part: -part[1])),
        estimated,
        tuple((day, by_day.get(day, 0)) for day in (first + timedelta(days=number) for number in range(count))),
        tuple(sessions[:MOST_SESSIONS]),
    )


class _Use(msgspec.Struct, frozen=True, gc=False):
    """One sum with the attributes that rows are made by; ``session`` is the one that a person started."""

    agent: str
    model: str
    project: str
    session: str
    metered: bool
    sum: Sum

    def value(self, by: Key, zone: tzinfo) -> str:
        if by == "day":
            return to_datetime(self.sum.slot, zone).date().isoformat()
        key: str = getattr(self, by)
        return key


def _uses(
    queries: Queries,
    question: Question,
    zone: tzinfo,
    settings: Settings,
    *,
    slots: bool = False,
    sessions: bool = True,
) -> list[_Use]:
    """``slots``: kept apart by quarters of an hour; ``sessions`` False: not by session, which is then empty."""
    lanes = settings.lanes()
    by = ("agent", "model", "project", "provider", *(("session",) if sessions else ()))
    if not slots and (question.by == "day" or lanes.dated):
        from tokenwatch.insight.totals import by_days  # loads what a window that opens does not need

        found = by_days(queries, question.since, question.until, zone, by, question.agents)
    else:
        found = queries.sums(*_bounds(question, zone), by=by, slots=slots, agents=question.agents)
    top = _top(queries.spawned()) if sessions else _nobody
    last = question.until or date.max
    uses = []
    modes: dict[tuple[str, str, int], bool] = {}  # asked for once: sessions are many, and accounts few
    for entry in found:
        agent, model, project, provider = entry.group[:4]
        account = (agent, provider, entry.slot)
        metered = modes.get(account)
        if metered is None:
            day = day_of(entry.slot, zone) if entry.slot else last
            metered = modes[account] = lanes.mode(agent, provider, day) == "metered"
        if question.paid == "any" or metered == (question.paid == "metered"):
            uses.append(_Use(agent, model, project, top(agent, entry.group[-1]), metered, entry))
    return uses


def _sessions(
    queries: Queries, question: Question, zone: tzinfo, settings: Settings
) -> Mapping[str, set[tuple[str, str]]]:
    """(agent, session) that a person started, by the key of a row of projects, models or agents."""
    lanes, last = settings.lanes(), question.until or date.max
    top = _top(queries.spawned())
    at = _COUNTED.index(question.by)
    found: dict[str, set[tuple[str, str]]] = {}
    for *keys, provider, session in queries.used_by(*_bounds(question, zone), agents=question.agents):
        metered = lanes.mode(keys[0], provider, last) == "metered"
        if question.paid == "any" or metered == (question.paid == "metered"):
            found.setdefault(keys[at], set()).add((keys[0], top(keys[0], session)))
    return found


def _bounds(question: Question, zone: tzinfo) -> tuple[int | None, int | None]:
    return (
        None if question.since is None else day_start(question.since, zone),
        None if question.until is None else day_start(question.until + timedelta(days=1), zone),
    )


def _nobody(agent: str, session: str) -> str:
    return ""


def _top(spawned: Iterable[tuple[str, str, str]]) -> Callable[[str, str], str]:
    """Which session a person would name for a sub-agent's own."""
    parents = {(agent, session): parent for agent, session, parent in spawned}

    def top(agent: str, session: str) -> str:
        for _ in range(_MOST_LEVELS):
            parent = parents.get((agent, session))
            if parent is None:
                break
            session = parent
        return session

    return top


def _row(key: str, uses: Sequence[_Use], by: str) -> Row:
    if len(uses) == 1:  # as nearly every row of a session, and those are many
        return _row_of_one(key, uses[0], by)
    agents: dict[str, int] = {}
    for use in uses:
        agents[use.agent] = agents.get(use.agent, 0) + use.sum.listed
    row = Row(
        key,
        sessions=len({(use.agent, use.session) for use in uses}),
        tokens=_added([use.sum.tokens for use in uses]),
        listed=sum(agents.values()),
        metered=sum(use.sum.listed for use in uses if use.metered),
        unpriced=sum(use.sum.unpriced for use in uses),
        agents=tuple(sorted(agents.items(), key=lambda part: (-part[1], part[0]))),
        covered=not all(use.metered for use in uses),
        estimated=sum(use.sum.estimated for use in uses),
        estimated_tokens=sum(use.sum.estimated_tokens for use in uses),
    )
    if by != "session" or not uses:
        return row
    most = max(uses, key=lambda use: (use.sum.tokens.total, use.model))
    return replace(row, project=most.project, model=most.model)


def _added(tokens: Sequence[Tokens]) -> Tokens:
    return Tokens(
        sum(one.input for one in tokens),
        sum(one.cache_read for one in tokens),
        sum(one.cache_write_5m for one in tokens),
        sum(one.cache_write_1h for one in tokens),
        sum(one.output for one in tokens),
        sum(one.reasoning for one in tokens),
    )


def _row_of_one(key: str, use: _Use, by: str) -> Row:
    """What :func:`_row` would say."""
    found, told = use.sum, by == "session"
    return Row(
        key,
        1,
        found.tokens,
        found.listed,
        found.listed if use.metered else 0,
        found.unpriced,
        ((use.agent, found.listed),),
        not use.metered,
        use.project if told else "",
        use.model if told else "",
        found.estimated,
        found.estimated_tokens,
    )


def _session(key: tuple[str, str], uses: Sequence[_Use]) -> SessionUse:
    most = max(uses, key=lambda use: (use.sum.tokens.total, use.model))
    times = [use.sum.slot for use in uses]
    cost = sum(use.sum.listed for use in uses)
    return SessionUse(
        *key, most.project, most.model, min(times), max(times), cost, any(use.sum.estimated for use in uses)
    )


def _fees(settings: Settings, since: date | None, until: date | None, question: Question) -> int:
    """Fees count whole on the day a month of spending begins. With filters nothing is said of them."""
    if since is None or question.paid == "metered" or question.agents:
        return 0
    lanes, start = settings.lanes(), settings.month_start
    month, last = month_of(since, start), until or since
    fees = 0
    while month.first <= last:
        if month.first >= since:
            fees += lanes.fees(month)
        month = month_of(month.last + timedelta(days=1), start)
    return fees
