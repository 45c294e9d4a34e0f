"""Sums: requests, tokens and cost between two instants, grouped by what records are used for.

Owns the statements over the tables of sums and the shape of an answer. Does not own days or months: callers pass
instants (insight), and no connection (queries.py).

Decisions
---------
*Numbers before words.* Context: a month of a busy person is tens of thousands of rows in ``slots``, and to group them
by session compares long texts for each. Decision: when sessions are asked for, rows are first added up by context,
which is a number, and only what is left is joined with its words and grouped by them. Consequence: half the time; for
questions with few groups it would be more, so for those the words come first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

from tokenwatch.base.usage import Tokens
from tokenwatch.ledger.schema import SLOT_MS

DIMENSIONS: Final = ("agent", "provider", "model", "project", "session", "branch")
"""Attributes that sums can be grouped by, besides time."""

_COLUMN: Final = {"session": "n.session"}
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
_END: Final = 1 << 62


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
    # Most questions know no more of a record than its agent; there is a table of a tenth the size for those.
    joined = not set(by) <= {"agent"} or bool(project or session)
    owner = "c" if joined else "s"
    words = [_COLUMN.get(name, f"{owner}.{name}") for name in by]
    where, wanted = [], list[int | str]()
    if agents:
        where.append(f"{owner}.agent IN ({','.join('?' * len(agents))})")
        wanted.extend(agents)
    for column, value in (("c.project", project), ("n.session", session)):
        if value:
            where.append(f"{column} = ?")
            wanted.append(value)
    rows, bounds = _between(since, until, cuts)
    source = rows.format("slots" if joined else "agent_slots", "slot" if slots else "0")
    if "session" in by and not (slots or project or session):
        added = ", ".join(f"sum({name}) AS {name}" for name in _COUNTS)
        source = f"SELECT since, context, {added} FROM ({source}) GROUP BY since, context"
    group = [*(["s.since"] if slots or cuts is not None else []), *words]
    statement = (
        f"SELECT {', '.join(['s.since', *words, added_up(f'{owner}.estimated > 0')])} FROM ({source}) s"
        + (" JOIN contexts c ON c.id = s.context" if joined else "")
        + (" JOIN sessions n ON n.id = c.session" if session or "session" in by else "")
        + (f" WHERE {' AND '.join(where)}" if where else "")
        + (f" GROUP BY {', '.join(group)}" if group else "")
    )
    width = len(by) + 1
    return [
        Sum(
            row[0] * SLOT_MS,
            row[1:width],
            row[width],
            Tokens(*row[width + 1 : width + 7]),
            *row[width + 7 :],
        )
        for row in connection.execute(statement, [*bounds, *wanted])
        if row[width]
    ]


def used_by(
    connection: sqlite3.Connection, since: int | None, until: int | None, agents: Sequence[str] = ()
) -> list[tuple[str, str, str, str, str]]:
    """See :meth:`tokenwatch.ledger.queries.Queries.used_by`."""
    rows, bounds = _between(since, until, None)
    chosen = f" WHERE c.agent IN ({','.join('?' * len(agents))})" if agents else ""
    return connection.execute(
        "SELECT c.agent, c.model, c.project, c.provider, n.session FROM (SELECT DISTINCT context FROM "
        f"({rows.format('slots', '0')}) WHERE requests > 0) s "
        f"JOIN contexts c ON c.id = s.context JOIN sessions n ON n.id = c.session{chosen}",
        [*bounds, *agents],
    ).fetchall()


def added_up(estimated: str) -> str:
    """The columns of a sum over rows ``s``: :data:`_COUNTS`, then what of them ``estimated`` says is estimated."""
    return (
        f"{', '.join(f'sum(s.{name})' for name in _COUNTS)}, sum(iif({estimated}, s.requests, 0)), "
        f"sum(iif({estimated}, s.input + s.cache_read + s.cache_write_5m + s.cache_write_1h + s.output, 0))"
    )


def _between(since: int | None, until: int | None, cuts: Sequence[int] | None) -> tuple[str, list[int]]:
    """The rows of a table in that time, and the statement's values; with cuts each begins where its stretch does."""
    low = 0 if since is None else since // SLOT_MS
    high = _END if until is None else until // SLOT_MS
    if cuts is None:
        return "SELECT {1} AS since, * FROM {0} WHERE slot >= ? AND slot < ?", [low, high]
    edges = [low, *(cut // SLOT_MS for cut in cuts), high]
    pairs = ", ".join(f"({low}, {high})" for low, high in pairwise(edges))
    return (
        "SELECT t.column1 AS since, s.* FROM (VALUES " + pairs + ") t "
        "CROSS JOIN {0} s ON s.slot >= t.column1 AND s.slot < t.column2"
    ), []
