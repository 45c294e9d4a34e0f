"""Origins: what figures are made of, down to single requests and the sources that they stand in.

Owns the statements for that, which queries.py answers. Does not own prices, nor which question a face asks.
"""

from __future__ import annotations

import sqlite3
from typing import Final

import msgspec

from tokenwatch.base.usage import Record, Tokens
from tokenwatch.ledger.rows import SELECT_ROWS, Row
from tokenwatch.ledger.schema import SLOT_MS

SESSION_TREE: Final = (
    "top (id) AS (SELECT id FROM sessions WHERE agent = ? AND session = ?), "
    "spawned (id) AS (SELECT id FROM top UNION SELECT c.session FROM spawned p CROSS JOIN contexts c "
    "ON c.id IN (SELECT id FROM contexts WHERE parent = p.id AND parent <> 0) AND c.agent_id <> '')"
)
"""A session, and those that it and they spawned under ids of their own."""

_OF_SESSION: Final = (
    "c.session IN (SELECT id FROM spawned) AND (c.agent_id <> '' OR c.session = (SELECT id FROM top))"
)
_MOST_NAMED: Final = 50
_LEAST_NUMBER: Final = 6
"""Digits of a request's number, of which there must be so many."""

_decode: Final = msgspec.msgpack.Decoder(Record).decode


class Scope(msgspec.Struct, frozen=True):
    """Which requests: of a time, ``since <= time < until`` (ms, multiples of a quarter hour), and of what is named.

    ``session`` needs ``agent``, and means all that it spawned, too.
    """

    since: int | None = None
    until: int | None = None
    agent: str = ""
    model: str | None = None
    project: str | None = None
    session: str = ""


class Part(msgspec.Struct, frozen=True):
    """What one source holds of one kind of requests: with how they are priced, and when they lie (ms)."""

    agent: str
    model: str
    provider: str
    tier: str
    geo: str
    estimated: int
    source: str
    requests: int
    tokens: Tokens
    listed: int
    unpriced: int
    uncertain: int
    first: int
    last: int


class Told(msgspec.Struct, frozen=True):
    """One request as the logs tell it: what counts, with its cost, and the entries that do not.

    ``sources``: where the entry that counts stands, the first is the one that is told elsewhere. ``others``: (entry,
    where it stands) of the same response. ``listed`` is nano-dollars, None without a price.
    """

    record: Record
    listed: int | None
    sources: tuple[str, ...]
    others: tuple[tuple[Record, tuple[str, ...]], ...] = ()


def number_of(record: Record) -> str:
    """What a request is called: 32 hexadecimal digits, of which as many are enough as tell it from others."""
    return f"{record.family & _ALL:016x}{record.variant & _ALL:016x}"


_ALL: Final = (1 << 64) - 1


def parts(connection: sqlite3.Connection, scope: Scope) -> list[Part]:
    """Sums by source, model, provider, tier, place and how sure they are."""
    tree, where, values = _where(scope)
    where = ["s.requests > 0", *where]
    for bound, sign in ((scope.since, ">="), (scope.until, "<")):
        if bound is not None:
            where.append(f"s.slot {sign} ?")
            values.append(bound // SLOT_MS)
    rows = connection.execute(
        f"{tree}SELECT k.agent, k.model, k.provider, k.tier, k.geo, k.estimated, coalesce(f.path, ''), "
        "sum(s.requests), sum(s.input), sum(s.cache_read), sum(s.cache_write_5m), sum(s.cache_write_1h), "
        "sum(s.output), sum(s.reasoning), sum(s.listed), sum(s.unpriced), sum(s.uncertain), min(s.slot), max(s.slot) "
        "FROM slots s JOIN contexts c ON c.id = s.context JOIN kinds k ON k.id = c.kind "
        "LEFT JOIN sources f ON f.id = c.source "
        f"WHERE {' AND '.join(where)} GROUP BY k.agent, k.model, k.provider, k.tier, k.geo, k.estimated, f.path",
        values,
    ).fetchall()
    return [
        Part(*(*row[:8], Tokens(*row[8:14]), *row[14:17], row[17] * SLOT_MS, (row[18] + 1) * SLOT_MS)) for row in rows
    ]


def copies(connection: sqlite3.Connection, scope: Scope) -> int:
    """Entries of these requests that do not count: other ones of the same response, and the same in other sources."""
    tree, where, values = _of_records(scope)
    of_these = (
        "EXISTS (SELECT 1 FROM records r JOIN contexts c ON c.id = r.context JOIN kinds k ON k.id = c.kind "
        f"WHERE r.family = %s.family{where})"
    )
    (others,) = connection.execute(
        f"{tree}SELECT count(*) FROM entries e WHERE NOT EXISTS (SELECT 1 FROM records r WHERE r.family = e.family "
        f"AND r.variant = e.variant) AND {of_these % 'e'}",
        values,
    ).fetchone()
    (same,) = connection.execute(
        f"{tree}SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM copies k WHERE {of_these % 'k'} "
        "GROUP BY k.family, k.variant)",
        values,
    ).fetchone()
    return int(others + same)


def requests_of(connection: sqlite3.Connection, scope: Scope, most: int) -> list[tuple[Record, int | None]]:
    """Single requests with their listed cost, the dearest first; none without a price comes after them."""
    tree, where, values = _of_records(scope)
    rows = connection.execute(
        f"{tree}{SELECT_ROWS} WHERE 1{where} ORDER BY r.listed DESC, r.time, r.family, r.variant LIMIT ?",
        (*values, most),
    )
    return [(row.record, row.listed) for row in map(Row.of, rows)]


def requests_named(connection: sqlite3.Connection, number: str) -> list[Told]:
    """The requests whose number begins so; none if that is no number, or fewer digits than six."""
    digits = number.lower()
    if not _LEAST_NUMBER <= len(digits) <= 32 or any(digit not in "0123456789abcdef" for digit in digits):
        return []
    family, variant = digits[:16], digits[16:]
    first, last = (int(family.ljust(16, digit), 16) for digit in "0f")
    bounds = tuple(bound - (1 << 64) if bound >> 63 else bound for bound in (first, last))
    rows = connection.execute(f"{SELECT_ROWS} WHERE r.family BETWEEN ? AND ? LIMIT ?", (*bounds, _MOST_NAMED))
    found = [row for row in map(Row.of, rows) if number_of(row.record)[16:].startswith(variant)]
    return [
        Told(row.record, row.listed, _sources(connection, row.record, row.source), _others(connection, row.record))
        for row in found
    ]


def agents_of(connection: sqlite3.Connection, session: str) -> list[str]:
    """Agents with requests in a session that is called so."""
    rows = connection.execute(
        "SELECT DISTINCT n.agent FROM sessions n JOIN contexts c ON c.session = n.id WHERE n.session = ? ORDER BY 1",
        (session,),
    )
    return [agent for (agent,) in rows]


def _others(connection: sqlite3.Connection, record: Record) -> tuple[tuple[Record, tuple[str, ...]], ...]:
    rows = connection.execute(
        "SELECT e.source, e.record FROM entries e WHERE e.family = ? AND NOT EXISTS "
        "(SELECT 1 FROM records r WHERE r.family = e.family AND r.variant = e.variant) ORDER BY e.variant",
        (record.family,),
    )
    return tuple((other, _sources(connection, other, source)) for source, data in rows for other in (_decode(data),))


def _sources(connection: sqlite3.Connection, record: Record, first: int) -> tuple[str, ...]:
    """Paths of the sources in which an entry stands; the one that counts first."""
    rows = connection.execute(
        "SELECT DISTINCT f.path, f.id <> ? FROM sources f WHERE f.id = ? "
        "OR f.id IN (SELECT source FROM copies WHERE family = ? AND variant = ?) ORDER BY 2, 1",
        (first, first, record.family, record.variant),
    )
    return tuple(path for path, _ in rows)


def _of_records(scope: Scope) -> tuple[str, str, list[int | str]]:
    tree, where, values = _where(scope)
    for bound, sign in ((scope.since, ">="), (scope.until, "<")):
        if bound is not None:
            where.append(f"r.time {sign} ?")
            values.append(bound)
    return tree, "".join(f" AND {condition}" for condition in where), values


def _where(scope: Scope) -> tuple[str, list[str], list[int | str]]:
    """(what comes before the statement, conditions, their values) of all but the time."""
    tree, where, values = "", list[str](), list[int | str]()
    if scope.session:
        tree = f"WITH RECURSIVE {SESSION_TREE} "
        values += [scope.agent, scope.session]
        where.append(_OF_SESSION)
    elif scope.agent:
        where.append("k.agent = ?")
        values.append(scope.agent)
    for column, value in (("k.model", scope.model), ("k.project", scope.project)):
        if value is not None:
            where.append(f"{column} = ?")
            values.append(value)
    return tree, where, values
