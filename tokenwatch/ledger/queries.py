"""Questions to the ledger, answered from a read-only connection.

Owns SELECT statements over sums, sources, contexts and recent records. Does not write, and does not know
days or months: callers pass instants and cut periods themselves (insight).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from tokenwatch.base.interval import End, Interval
from tokenwatch.base.limits import Quota
from tokenwatch.base.usage import Record, Tokens
from tokenwatch.ledger.checkpoint import CHECKPOINT_COLUMNS, Checkpoint, checkpoint_of, skipped_of
from tokenwatch.ledger.intervals import ends_since, first_interval, intervals_between
from tokenwatch.ledger.limits import latest_quotas, quota_readings
from tokenwatch.ledger.origins import (
    SESSION_TREE,
    Part,
    Scope,
    Told,
    agents_of,
    copies,
    parts,
    requests_named,
    requests_of,
)
from tokenwatch.ledger.rows import SELECT_ROWS, Row
from tokenwatch.ledger.schema import SLOT_MS, open_for_reading
from tokenwatch.ledger.sqlite_errors import translated
from tokenwatch.ledger.sums import DIMENSIONS as DIMENSIONS
from tokenwatch.ledger.sums import Sum as Sum
from tokenwatch.ledger.sums import added_up, sums, used_by, whole_days

if TYPE_CHECKING:
    from tokenwatch.base.restatement import Restatement
    from tokenwatch.ledger.bills import BillDay

_SUMS: Final = added_up("c.kind IN (SELECT id FROM kinds WHERE estimated > 0)")
_SPAWNED: Final = "c.session = a.id AND (a.id < 0 OR (c.agent_id <> '' AND c.parent <> 0 AND c.parent <> c.session))"
"""Whether context c says that session a is a sub-agent of another session, c.parent.

No id is below 0. Said like this, SQLite does not first read all contexts to know which sessions it need not look up,
which takes longer than to look them up; below, a list of ids does the same.
"""

_MOST_LEVELS: Final = 8
"""Of sub-agents that spawn sub-agents."""


class SourceFacts(msgspec.Struct, frozen=True):
    """What the ledger knows of one source, for doctor and health."""

    path: str
    agent: str
    checkpoint: Checkpoint
    seen: int


class Queries:
    """One thread at a time may use it. Raises a :class:`LedgerError`."""

    def __init__(self, path: Path) -> None:
        self._connection = open_for_reading(path)

    def close(self) -> None:
        self._connection.close()

    def shrink(self) -> None:
        """Give back the memory of pages that are kept for the next question, which reads them again."""
        with translated():
            self._connection.execute("PRAGMA shrink_memory")

    def sums(
        self,
        since: int | None = None,
        until: int | None = None,
        *,
        by: Sequence[str] = (),
        slots: bool = False,
        cuts: Sequence[int] | None = None,
        agents: Sequence[str] = (),
        project: str = "",
        session: str = "",
    ) -> list[Sum]:
        """Sums of records with ``since <= time < until`` (milliseconds, both multiples of a quarter hour).

        ``by`` is a subset of :data:`DIMENSIONS`; ``slots`` keeps quarters of an hour apart. ``cuts``, ascending
        between ``since`` and ``until``, keep stretches of time apart: the first begins with ``since``, each other
        with a cut; none are one stretch. Raises ValueError for another dimension, and for cuts without a begin.
        """
        with translated():
            return sums(
                self._connection,
                since,
                until,
                by,
                slots=slots,
                cuts=cuts,
                agents=agents,
                project=project,
                session=session,
            )

    def requests(self) -> dict[str, int]:
        """Agent -> requests ever."""
        with translated():
            rows = self._connection.execute("SELECT agent, sum(requests) FROM agent_slots GROUP BY agent").fetchall()
        return {agent: number for agent, number in rows if number}

    def first_time(self) -> int | None:
        """Begin of the earliest quarter of an hour with a record."""
        with translated():
            row = self._connection.execute("SELECT min(slot) FROM slots WHERE requests > 0").fetchone()
        return None if row[0] is None else int(row[0]) * SLOT_MS

    def last_time(self) -> int | None:
        """Begin of the latest quarter of an hour with a record."""
        with translated():
            row = self._connection.execute("SELECT max(slot) FROM slots WHERE requests > 0").fetchone()
        return None if row[0] is None else int(row[0]) * SLOT_MS

    def session_count(self, since: int, until: int) -> int:
        """Sessions with records in that time; sub-agents with sessions of their own count as those that spawned them.

        ``since`` and ``until`` as for :meth:`sums`.
        """
        rows, bounds = whole_days(("session",), since // SLOT_MS, until // SLOT_MS)
        # Nearly all are no sub-agents, so those that are (up) are looked for once, and only then who is above them.
        with translated():
            row = self._connection.execute(
                f"WITH RECURSIVE used (id) AS MATERIALIZED (SELECT DISTINCT session FROM ({rows})), "
                "up (id, parent) AS MATERIALIZED "
                f"(SELECT c.session, c.parent FROM used a CROSS JOIN contexts c WHERE {_SPAWNED}), "
                "above (id) AS "
                f"(SELECT parent FROM up UNION SELECT c.parent FROM above a CROSS JOIN contexts c WHERE {_SPAWNED}) "
                "SELECT (SELECT count(*) FROM used) - (SELECT count(DISTINCT id) FROM up) + (SELECT count(*) "
                "FROM above a WHERE a.id NOT IN (SELECT id FROM used) "
                f"AND NOT EXISTS (SELECT 1 FROM contexts c WHERE {_SPAWNED}))",
                bounds,
            ).fetchone()
        return int(row[0])

    def used_by(
        self, since: int | None, until: int | None, agents: Sequence[str] = ()
    ) -> list[tuple[str, str, str, str, str]]:
        """(agent, model, project, provider, session) of what was used in that time, at least once each."""
        with translated():
            return used_by(self._connection, since, until, agents)

    def spawned(self) -> list[tuple[str, str, str]]:
        """(agent, session, parent) of sub-agents that have a session of their own."""
        with translated():
            return self._connection.execute(
                "SELECT DISTINCT n.agent, n.session, p.session FROM contexts c JOIN sessions n ON n.id = c.session "
                "JOIN sessions p ON p.id = c.parent "
                "WHERE c.agent_id <> '' AND c.parent <> 0 AND c.parent <> c.session"
            ).fetchall()

    def session_sum(self, agent: str, session: str) -> Sum:
        """All of one session, with the sub-agents that it and they spawned under ids of their own."""
        with translated():
            row = self._connection.execute(
                f"WITH RECURSIVE {SESSION_TREE} "
                f"SELECT {_SUMS} FROM spawned p CROSS JOIN contexts c CROSS JOIN slots s ON s.context = c.id "
                "WHERE c.session = p.id AND (c.agent_id <> '' OR p.id = (SELECT id FROM top))",
                (agent, session),
            ).fetchone()
        row = [value or 0 for value in row]
        return Sum(0, (), row[0], Tokens(*row[1:7]), *row[7:])

    def session_parts(self, agent: str, session: str) -> list[tuple[str, str, Sum]]:
        """As :meth:`session_sum`, taken apart: (session, sub-agent, sum). The session's own part has no sub-agent."""
        with translated():
            rows = self._connection.execute(
                f"WITH RECURSIVE {SESSION_TREE} "
                f"SELECT n.session, c.agent_id, {_SUMS} FROM spawned p CROSS JOIN sessions n CROSS JOIN contexts c "
                "CROSS JOIN slots s ON s.context = c.id "
                "WHERE n.id = p.id AND c.session = p.id AND (c.agent_id <> '' OR p.id = (SELECT id FROM top)) "
                "GROUP BY p.id, c.agent_id",
                (agent, session),
            ).fetchall()
        return [(row[0], row[1], Sum(0, (), row[2], Tokens(*row[3:9]), row[9], row[10], row[11])) for row in rows]

    def recent(self, since: int) -> list[tuple[Record, int | None]]:
        """Records of the last day from ``since`` (ms) on with their listed cost, oldest first."""
        query = (
            SELECT_ROWS + "JOIN recent n ON n.family = r.family AND n.variant = r.variant WHERE n.time >= ? "
            "ORDER BY n.time"
        )
        with translated():
            rows = [Row.of(row) for row in self._connection.execute(query, (since,))]
        return [(row.record, row.listed) for row in rows]

    def intervals(self, since: int | None, until: int | None) -> list[Interval]:
        """When sessions worked and waited in that time (milliseconds); whole intervals, by their begin."""
        with translated():
            return intervals_between(self._connection, since, until)

    def ends(self, since: int) -> list[End]:
        """Sessions whose process was seen to end after that time (milliseconds)."""
        with translated():
            return ends_since(self._connection, since)

    def first_interval(self) -> int | None:
        """When the first interval began that was ever kept; None if none was."""
        with translated():
            return first_interval(self._connection)

    def unpriced_models(self, since: int) -> list[tuple[str, int]]:
        """(model, requests) without a price from ``since`` on, most requests first."""
        with translated():
            return self._connection.execute(
                "SELECT k.model, sum(s.unpriced) FROM slots s JOIN contexts c ON c.id = s.context "
                "JOIN kinds k ON k.id = c.kind WHERE s.slot >= ? AND s.unpriced > 0 "
                "GROUP BY k.model ORDER BY 2 DESC, 1",
                (since // SLOT_MS,),
            ).fetchall()

    def sources(self) -> list[SourceFacts]:
        with translated():
            rows = self._connection.execute(
                f"SELECT path, agent, seen, {CHECKPOINT_COLUMNS} FROM sources ORDER BY agent, path"
            ).fetchall()
        return [SourceFacts(row[0], row[1], checkpoint_of(row[3:]), row[2]) for row in rows]

    def skipped(self) -> dict[str, dict[str, int]]:
        """Agent -> reason -> entries that could not be read, over all sources."""
        with translated():
            rows = self._connection.execute("SELECT agent, skipped FROM sources WHERE skipped <> ''").fetchall()
        total: dict[str, dict[str, int]] = {}
        for agent, skipped in rows:
            reasons = total.setdefault(agent, {})
            for reason, number in skipped_of(skipped).items():
                reasons[reason] = reasons.get(reason, 0) + number
        return total

    def quotas(self) -> tuple[Quota, ...]:
        """The latest reading of each provider's limits, as agents' logs reported them."""
        with translated():
            return latest_quotas(self._connection)

    def quota_readings(self, since: int) -> tuple[Quota, ...]:
        """What was read of limits from ``since`` (ms) on: by provider and window, oldest first."""
        with translated():
            return quota_readings(self._connection, since)

    def bill_days(self, first: date, last: date) -> list[BillDay]:
        """What providers reported of these UTC days, both included."""
        from tokenwatch.ledger.bills import bill_days  # only here and below: a report needs no bill

        with translated():
            return bill_days(self._connection, first, last)

    def parts(self, scope: Scope) -> list[Part]:
        with translated():
            return parts(self._connection, scope)

    def copies(self, scope: Scope) -> int:
        with translated():
            return copies(self._connection, scope)

    def requests_of(self, scope: Scope, most: int) -> list[tuple[Record, int | None]]:
        with translated():
            return requests_of(self._connection, scope, most)

    def requests_named(self, number: str) -> list[Told]:
        with translated():
            return requests_named(self._connection, number)

    def agents_of(self, session: str) -> list[str]:
        with translated():
            return agents_of(self._connection, session)

    def prices(self) -> str:
        """The version of the prices that the ledger was last brought to."""
        with translated():
            row = self._connection.execute("SELECT value FROM meta WHERE key = 'prices'").fetchone()
        return str(row[0]) if row else ""

    def restatements(self, month: str = "") -> tuple[Restatement, ...]:
        """Later changes of months that were over, of one or of all, oldest first."""
        from tokenwatch.base.restatement import Restatement

        with translated():
            rows = self._connection.execute(
                "SELECT at, month, before, after, requests, prices FROM restatements "
                "WHERE month = ? OR ? = '' ORDER BY at, month",
                (month, month),
            ).fetchall()
        return tuple(Restatement(*row) for row in rows)

    def latest_session(self) -> tuple[str, str, str, str, int] | None:
        """(agent, session, project, model, time) of what was used last; of a sub-agent the session that spawned it.

        The time is that of the record, or, if it is older than a day, the begin of its quarter of an hour.
        """
        columns = "k.agent, n.id, n.session, k.project, k.model"
        with translated():
            found = self._connection.execute(
                f"SELECT {columns}, l.time FROM recent l "
                "JOIN records r ON r.family = l.family AND r.variant = l.variant "
                "JOIN contexts c ON c.id = r.context JOIN kinds k ON k.id = c.kind "
                "JOIN sessions n ON n.id = c.session "
                "WHERE l.time = (SELECT max(time) FROM recent) ORDER BY n.session, l.family, l.variant LIMIT 1"
            ).fetchone()
            if found is None:
                found = self._connection.execute(
                    f"SELECT {columns}, s.slot * {SLOT_MS} FROM slots s "
                    "JOIN contexts c ON c.id = s.context JOIN kinds k ON k.id = c.kind "
                    "JOIN sessions n ON n.id = c.session "
                    "WHERE s.slot = (SELECT max(slot) FROM slots WHERE requests > 0) ORDER BY n.session, c.id LIMIT 1"
                ).fetchone()
            if found is None:
                return None
            agent, number, session, project, model, time = found
            top = self._connection.execute(
                f"WITH RECURSIVE above (id, level) AS (VALUES (?, 0) UNION SELECT c.parent, a.level + 1 FROM above a "
                f"CROSS JOIN contexts c WHERE {_SPAWNED} AND a.level < {_MOST_LEVELS}) "
                "SELECT n.session FROM above a JOIN sessions n ON n.id = a.id ORDER BY a.level DESC LIMIT 1",
                (number,),
            ).fetchone()
        return agent, top[0] if top else session, project, model, time
