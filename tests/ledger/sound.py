"""What must hold in any ledger, at any time that it can be opened: its tables agree with each other.

Owns that check and what a ledger counts, both by plain statements and Python, without the code that keeps the tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import msgspec

from tokenwatch.base.usage import Record
from tokenwatch.ledger.change import RECENT_MS, Settle
from tokenwatch.ledger.rows import SELECT_ROWS, Row
from tokenwatch.ledger.schema import SLOT_MS

Counted = list[tuple[Record, int | None]]
"""Records with their listed cost."""


def counted(path: Path) -> Counted:
    """What counts, in an order of its own, whichever source it came from."""
    with closing(sqlite3.connect(path)) as connection:
        rows = [Row.of(values) for values in connection.execute(SELECT_ROWS)]
    rows.sort(key=lambda row: (row.record.family, row.record.variant))
    return [(row.record, row.listed) for row in rows]


def check(path: Path, rules: Mapping[str, Settle] | None = None, now: int | None = None) -> None:
    """``rules``: judge families again by them. ``now``: when all records were entered, to check the recent ones."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = [Row.of(values) for values in connection.execute(SELECT_ROWS)]
        assert connection.execute("SELECT count(*) FROM records").fetchone() == (len(rows),), "a context is missing"
        _sums(connection, rows)
        _names(connection)
        _indexes(connection, rows, now)
        _families(connection, rows, rules or {})


def _sums(connection: sqlite3.Connection, rows: list[Row]) -> None:
    sums: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        record = row.record
        line = sums.setdefault((record.time // SLOT_MS, row.context), [0] * 10)
        more = (
            1,
            *(record.input, record.cache_read, record.cache_write_5m, record.cache_write_1h, record.output),
            record.reasoning,
            row.listed or 0,
            int(row.listed is None),
            int(record.uncertain),
        )
        line[:] = [one + other for one, other in zip(line, more, strict=True)]
    kept = {(slot, context): rest for slot, context, *rest in connection.execute("SELECT * FROM slots")}
    assert kept == sums
    found = {row[0]: row[1:] for row in connection.execute("SELECT id, session, kind FROM contexts")}
    kinds = {row[0]: row[1:] for row in connection.execute("SELECT id, agent, estimated > 0 FROM kinds")}
    of_days: dict[tuple[int, int, int], list[int]] = {}
    of_agents: dict[tuple[int, str, int], list[int]] = {}
    for (slot, context), line in sums.items():
        session, kind = found[context]
        for total in (
            of_agents.setdefault((slot, *kinds[kind]), [0] * 10),
            of_days.setdefault((slot // 96, session, kind), [0] * 10),
        ):
            total[:] = [one + other for one, other in zip(total, line, strict=True)]
    rows_of_agents = connection.execute("SELECT * FROM agent_slots")
    assert {(slot, agent, flag): rest for slot, agent, flag, *rest in rows_of_agents} == of_agents
    rows_of_days = connection.execute("SELECT * FROM days")
    assert {(day, session, kind): rest for day, session, kind, *rest in rows_of_days} == of_days


def _names(connection: sqlite3.Connection) -> None:
    """Every name stands once, and nothing points to one that is not there."""
    contexts = connection.execute(
        "SELECT source, session, parent, kind, agent_id, rank, lane, origin FROM contexts"
    ).fetchall()
    assert len(set(contexts)) == len(contexts), "a context stands twice"
    kinds = dict(
        connection.execute(
            "SELECT id, json_array(agent, model, project, branch, provider, tier, geo, estimated) FROM kinds"
        )
    )
    assert len(set(kinds.values())) == len(kinds), "a kind stands twice"
    sessions = {number for (number,) in connection.execute("SELECT id FROM sessions")}
    paths = [path for (path,) in connection.execute("SELECT path FROM sources")]
    assert len(set(paths)) == len(paths), "a source stands twice"
    sources = {number for (number,) in connection.execute("SELECT id FROM sources")}
    for source, session, parent, kind, *_ in contexts:
        assert source in sources
        assert session in sessions
        assert kind in kinds
        assert parent == 0 or parent in sessions
    assert {source for (source,) in connection.execute("SELECT source FROM entries")} <= sources


def _indexes(connection: sqlite3.Connection, rows: list[Row], now: int | None) -> None:
    records = {(row.record.family, row.record.variant): row.record for row in rows}
    recent = set(connection.execute("SELECT time, family, variant FROM recent"))
    assert recent <= {(record.time, *key) for key, record in records.items()}
    if now is not None:
        assert recent >= {(record.time, *key) for key, record in records.items() if record.time > now - RECENT_MS}
    unfinished = set(connection.execute("SELECT lane, family, variant FROM unfinished"))
    assert unfinished == {
        (record.context.lane, *key) for key, record in records.items() if record.context.lane and not record.final
    }


def _families(connection: sqlite3.Connection, rows: list[Row], rules: Mapping[str, Settle]) -> None:
    families: dict[int, list[Record]] = {}
    for family, variant, data in connection.execute("SELECT family, variant, record FROM entries"):
        entry = msgspec.msgpack.decode(data, type=Record)
        assert (entry.family, entry.variant) == (family, variant)
        families.setdefault(family, []).append(entry)
    held = {(entry.agent, entry.session) for entries in families.values() for entry in entries}
    held |= {(row.record.agent, row.record.session) for row in rows}
    seen = set(connection.execute("SELECT agent, session FROM sessions WHERE seen"))
    assert held <= seen, "a session has entries and is not known"
    counts: dict[int, dict[int, Record]] = {}
    for row in rows:
        counts.setdefault(row.record.family, {})[row.record.variant] = row.as_logged().record
    for family, entries in families.items():
        agent = entries[0].agent
        if agent in rules:
            chosen = rules[agent](entries, lambda session, agent=agent: (agent, session) in seen)
            assert counts.get(family, {}) == {entry.variant: entry for entry in chosen}
    for family, records in counts.items():
        assert family in families or len(records) == 1, "of several entries none was kept"
