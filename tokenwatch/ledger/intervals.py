"""The ledger's memory of when sessions worked and waited, and when their processes ended.

Owns the statements over ``intervals`` and ``ends``. Does not own what an interval is (base/interval.py) or adding
them up (insight/agent_hours.py). Used by the writer's thread; every method may raise a :class:`LedgerError`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from tokenwatch.base.interval import Activeness, End, Interval
from tokenwatch.ledger.sqlite_errors import translated
from tokenwatch.ledger.transaction import Transactions

LONGEST_MS: Final = 7 * 24 * 3_600_000
"""No interval is longer, which bounds the search for those that reach into a time."""


class IntervalLog:
    def __init__(self, connection: sqlite3.Connection, transactions: Transactions) -> None:
        self._connection = connection
        self._transactions = transactions

    def keep(self, intervals: Sequence[Interval]) -> None:
        """Keep these; one that begins as one that is kept already makes that longer."""
        rows = [
            (entry.agent, entry.session, entry.kind.value, entry.start, entry.end)
            for entry in intervals
            if 0 <= entry.end - entry.start <= LONGEST_MS
        ]
        if not rows:
            return
        with translated(), self._transactions.change():
            self._connection.executemany(
                "INSERT INTO intervals (agent, session, kind, begin, until) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (begin, agent, session, kind) DO UPDATE SET until = max(until, excluded.until)",
                rows,
            )

    def keep_ends(self, ends: Sequence[End], now: int) -> None:
        """Keep the last end of each of these sessions; forget those of long ago."""
        with translated(), self._transactions.change():
            self._connection.executemany(
                "INSERT INTO ends (agent, session, at, crashed) VALUES (?, ?, ?, ?) ON CONFLICT (agent, session) "
                "DO UPDATE SET at = excluded.at, crashed = excluded.crashed WHERE excluded.at > at",
                [(end.agent, end.session, end.at, end.crashed) for end in ends],
            )
            self._connection.execute("DELETE FROM ends WHERE at < ?", (now - LONGEST_MS,))


def ends_since(connection: sqlite3.Connection, since: int) -> list[End]:
    """The sessions whose process ended after that time (milliseconds), each with its last end."""
    rows = connection.execute(
        "SELECT agent, session, at, crashed FROM ends WHERE at > ? ORDER BY at, agent, session", (since,)
    ).fetchall()
    return [End(row[0], row[1], row[2], bool(row[3])) for row in rows]


def intervals_between(connection: sqlite3.Connection, since: int | None, until: int | None) -> list[Interval]:
    """The intervals that have a part in that time (milliseconds), whole, by their begin."""
    low = -1 if since is None else since - LONGEST_MS
    rows = connection.execute(
        "SELECT agent, session, kind, begin, until FROM intervals WHERE begin > ? AND begin < ? AND until > ? "
        "ORDER BY begin, agent, session, kind",
        (low, 2**62 if until is None else until, -1 if since is None else since),
    ).fetchall()
    return [Interval(row[0], row[1], Activeness(row[2]), row[3], row[4]) for row in rows]


def first_interval(connection: sqlite3.Connection) -> int | None:
    """When the first interval began; None if there is none."""
    row = connection.execute("SELECT min(begin) FROM intervals").fetchone()
    return None if row[0] is None else int(row[0])
