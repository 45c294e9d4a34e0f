"""Sums: requests, tokens and cost between two instants, grouped by what records are used for.

Owns the statements over the tables of sums and the shape of an answer. Does not own days or months: callers pass
instants (insight), and no connection (queries.py).

Decisions
---------
*Numbers before words.* Context: a month of a busy person is tens of thousands of rows in ``slots``, and to group them
by what they are called compares long texts for each. Decision: rows are added up by the numbers of sessions and
kinds; kinds, which are few, get their words afterwards, and what has equal words then is added up here. Consequence:
half the time.

*Whole days stand added up.* Context: most questions ask for weeks and months, of which all but the ends are whole
days of UTC, wherever a zone's own days begin. Decision: those come from the table ``days``, only the ends from
``slots``. Consequence: a third of the rows, and fewer the longer sessions are. Questions that keep stretches of time
apart are asked of ``slots``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from tokenwatch.base.usage import Tokens
from tokenwatch.ledger.formats import SLOT_MS, SLOTS_A_DAY

DIMENSIONS: Final = ("agent", "provider", "model", "project", "session", "branch")
"""Attributes that sums can be grouped by, besides time."""

_COUNTS: Final = (
    "requests",
    "input",
    "cache_read",
    "cache_write_5m",
    "cache_write_1h",
    "output",
    "reasoning",
    "listed",
    "unpriced",
    "uncertain",
)
_END: Final = (1 << 40) * SLOTS_A_DAY
"""Later than any slot, and a whole day's begin."""


class Sum(msgspec.Struct, frozen=True, gc=False):
    """Requests, tokens and listed cost (nano-dollars, of the priced requests) of one group.

    ``slot`` is the begin of the stretch of time in milliseconds, or 0 when time was not asked for;
    ``group`` holds the values of the asked dimensions in their order.
    """

    slot: int
    group: tuple[str, ...]
    requests: int
    tokens: Tokens
    listed: int
    unpriced: int
    uncertain: int
    estimated: int = 0
    """Requests whose counts are estimates."""
    estimated_tokens: int = 0
    """The part of ``tokens.total`` that is theirs."""

    def __add__(self, other: Sum) -> Sum:
        """Both; of the same stretch and group."""
        return Sum(
            self.slot,
            self.group,
            self.requests + other.requests,
            self.tokens + other.tokens,
            self.listed + other.listed,
            self.unpriced + other.unpriced,
            self.uncertain + other.uncertain,
            self.estimated + other.estimated,
            self.estimated_tokens + other.estimated_tokens,
        )


def sums(
    connection: sqlite3.Connection,
    since: int | None,
    until: int | None,
    by: Sequence[str],
    *,
    slots: bool = False,
    cuts: Sequence[int] | None = None,
    agents: Sequence[str] = (),
    project: str = "",
    session: str = "",
) -> list[Sum]:
    """See :meth:`tokenwatch.ledger.queries.Queries.sums`."""
    if any(name not in DIMENSIONS for name in by):
        raise ValueError(f"cannot group by {by}")
    if cuts is not None and (slots or since is None):
        raise ValueError("cuts need a begin, and quarters of an hour are cut already")
    low, high = _span(since, until)
    # Most questions know no more of a record than its agent; there is a table of a tenth the size for those.
    if set(by) <= {"agent"} and not (project or session):
        return _of_agents(connection, by, agents, _Stretches(low, high, cuts, slots=slots))
    stretches = _Stretches(low, high, cuts, slots=slots)
    where, wanted = _where(agents, project, session)
    return _of_kinds(connection, by, stretches, where, wanted)


def used_by(
    connection: sqlite3.Connection, since: int | None, until: int | None, agents: Sequence[str] = ()
) -> list[tuple[str, str, str, str, str]]:
    """See :meth:`tokenwatch.ledger.queries.Queries.used_by`."""
    rows, bounds = whole_days(("session", "kind"), *_span(since, until))
    where, wanted = _where(agents, "", "")
    return connection.execute(
        "SELECT k.agent, k.model, k.project, k.provider, n.session "
        f"FROM (SELECT DISTINCT session, kind FROM ({rows}) s{where}) s "
        "JOIN kinds k ON k.id = s.kind JOIN sessions n ON n.id = s.session",
        [*bounds, *wanted],
    ).fetchall()


class _Stretches:
    """Time in slots, ``low <= slot < high``, and how it is kept apart: by slots, by cuts (ms), or not at all."""

    def __init__(self, low: int, high: int, cuts: Sequence[int] | None, *, slots: bool) -> None:
        self.low, self.high = low, high
        self.apart = slots or cuts is not None
        self._since = "slot" if slots else "0"
        self._edges = None if cuts is None else [low, *(cut // SLOT_MS for cut in cuts), high]

    def rows(self, table: str) -> tuple[str, list[int]]:
        """The rows of a table in that time, and the statement's values; ``since`` is where a row's stretch begins."""
        if self._edges is None:
            statement = f"SELECT {self._since} AS since, * FROM {table} WHERE slot >= ? AND slot < ?"
            return statement, [self.low, self.high]
        pairs = ", ".join(f"({low}, {high})" for low, high in pairwise(self._edges))
        return (
            f"SELECT t.column1 AS since, s.* FROM (VALUES {pairs}) t "
            f"CROSS JOIN {table} s ON s.slot >= t.column1 AND s.slot < t.column2"
        ), []


def _of_agents(
    connection: sqlite3.Connection, by: Sequence[str], agents: Sequence[str], stretches: _Stretches
) -> list[Sum]:
    rows, bounds = stretches.rows("agent_slots")
    group = [*(["s.since"] if stretches.apart else []), *by]
    statement = (
        f"SELECT {', '.join(['s.since', *by, added_up('s.estimated > 0')])} FROM ({rows}) s"
        + (f" WHERE s.agent IN ({','.join('?' * len(agents))})" if agents else "")
        + (f" GROUP BY {', '.join(group)}" if group else "")
    )
    width = len(by) + 1
    found = connection.execute(statement, [*bounds, *agents])
    return [
        Sum(row[0] * SLOT_MS, row[1:width], row[width], Tokens(*row[width + 1 : width + 7]), *row[width + 7 :])
        for row in found
        if row[width]
    ]


def _of_kinds(
    connection: sqlite3.Connection, by: Sequence[str], stretches: _Stretches, where: str, wanted: Sequence[str]
) -> list[Sum]:
    named = "session" in by
    if stretches.apart:
        rows, bounds = stretches.rows("slots")
        rows = f"SELECT s.*, c.session, c.kind FROM ({rows}) s JOIN contexts c ON c.id = s.context"
    else:
        rows, bounds = whole_days(("0 AS since", "session", "kind", *_COUNTS), stretches.low, stretches.high)
    # By session and day hardly anything is left to be added up, which is done sooner here.
    added = stretches.apart or not named
    statement = (
        f"SELECT s.since, s.kind, {'n.session' if named else 'NULL'}, "
        + ", ".join(f"sum(s.{name})" if added else f"s.{name}" for name in _COUNTS)
        + f" FROM ({rows}) s"
        + (" JOIN sessions n ON n.id = s.session" if named else "")
        + where
        + (f" GROUP BY s.since, s.kind{', s.session' if named else ''}" if added else "")
    )
    found = connection.execute(statement, [*bounds, *wanted]).fetchall()
    at = by.index("session") if named else len(by)
    kinds = _kinds(connection, {row[1] for row in found}, by[:at], by[at + 1 :])
    groups: dict[tuple[int, tuple[str, ...]], Sum] = {}
    for since, kind, session, requests, read, cached, short, long, written, thought, *rest in found:
        before, after, estimated = kinds[kind]
        key = (since * SLOT_MS, (*before, session, *after) if named else before)
        tokens = Tokens(read, cached, short, long, written, thought)
        entry = Sum(*key, requests, tokens, *rest, *((requests, tokens.total) if estimated else ()))
        earlier = groups.get(key)
        groups[key] = entry if earlier is None else earlier + entry
    return [entry for entry in groups.values() if entry.requests]


def _kinds(
    connection: sqlite3.Connection, ids: Iterable[int], before: Sequence[str], after: Sequence[str]
) -> dict[int, tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """The words of kinds, those that come before a session's and those after it, and whether they are estimated."""
    columns = ", ".join(["id", "estimated > 0", *before, *after])
    rows = connection.execute(f"SELECT {columns} FROM kinds WHERE id IN ({','.join(map(str, ids))})")
    edge = 2 + len(before)
    return {row[0]: (row[2:edge], row[edge:], bool(row[1])) for row in rows}


def _where(agents: Sequence[str], project: str, session: str) -> tuple[str, list[str]]:
    """Which rows ``s`` with their session and kind are asked for, and the statement's values."""
    kind, where, wanted = list[str](), list[str](), list[str]()
    if agents:
        kind.append(f"agent IN ({','.join('?' * len(agents))})")
        wanted.extend(agents)
    if project:
        kind.append("project = ?")
        wanted.append(project)
    if kind:
        where.append(f"s.kind IN (SELECT id FROM kinds WHERE {' AND '.join(kind)})")
    if session:
        where.append("s.session IN (SELECT id FROM sessions WHERE session = ?)")
        wanted.append(session)
    return f" WHERE {' AND '.join(where)}" if where else "", wanted


def whole_days(columns: Sequence[str], low: int, high: int) -> tuple[str, list[int]]:
    """Columns of what lies in that time (slots), by day or by slot as it comes, and the statement's values."""
    first, end = -(-low // SLOTS_A_DAY), high // SLOTS_A_DAY
    what = ", ".join(columns)
    of_slots = f"SELECT {what} FROM slots JOIN contexts ON id = context WHERE slot >= ? AND slot < ?"
    if first >= end:
        return of_slots, [low, high]
    rows, bounds = f"SELECT {what} FROM days WHERE day >= ? AND day < ?", [first, end]
    for begin, until in ((low, first * SLOTS_A_DAY), (end * SLOTS_A_DAY, high)):
        if begin < until:
            rows = f"{rows} UNION ALL {of_slots}"
            bounds += [begin, until]
    return rows, bounds


def _span(since: int | None, until: int | None) -> tuple[int, int]:
    return 0 if since is None else since // SLOT_MS, _END if until is None else until // SLOT_MS


def added_up(estimated: str) -> str:
    """The columns of a sum over rows ``s``: :data:`_COUNTS`, then what of them ``estimated`` says is estimated."""
    return (
        f"{', '.join(f'sum(s.{name})' for name in _COUNTS)}, sum(iif({estimated}, s.requests, 0)), "
        f"sum(iif({estimated}, s.input + s.cache_read + s.cache_write_5m + s.cache_write_1h + s.output, 0))"
    )
