"""Entering readings: what one transaction brings into the ledger.

Owns checkpoints, limits, and telling entries that no other can be, which are nearly all, from those that need more
thought. Does not own that thought (families.py) or the transaction around it (ledger.py).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tokenwatch.base.limits import Quota
from tokenwatch.base.usage import Record
from tokenwatch.ledger.change import Entered, Pricer, Settle
from tokenwatch.ledger.checkpoint import CHECKPOINT_COLUMNS, Reading, columns_of
from tokenwatch.ledger.families import Families
from tokenwatch.ledger.known import Known, Mark
from tokenwatch.ledger.limits import write_quotas
from tokenwatch.ledger.writing import Writing

_CHUNK: Final = 500


def enter(
    connection: sqlite3.Connection,
    readings: Iterable[Reading],
    pricer: Pricer,
    rules: Mapping[str, Settle],
    known: Known,
    now: int,
    since: int | None = None,
) -> Entered:
    """Everything that ``readings`` brought, within the caller's transaction; records before ``since`` are left out.

    Both times are milliseconds.
    """
    came = []
    amendments = []
    quotas: list[Quota] = []
    checkpoints: dict[str, Reading] = {}
    for reading in readings:
        source = _source(known, reading)
        came += [(record, source) for record in reading.records if since is None or record.time >= since]
        amendments += reading.amendments
        quotas += reading.quotas
        checkpoints[reading.path] = reading  # slices of one source come in order
    writing = Writing(connection, pricer, known, now)
    families = Families(writing, rules)
    several = _several(connection, known, came)
    writing.insert([entry for entry in came if entry[0].family not in several])
    if known.families is not None:
        known.families.update(record.family for record, _ in came)
    if several:
        families.enter([entry for entry in came if entry[0].family in several])
    families.settle_children(known.take_fresh())
    families.amend(amendments)
    _write_checkpoints(connection, known, checkpoints, now)
    write_quotas(connection, quotas)
    return writing.finish()


def _source(known: Known, reading: Reading) -> int:
    """The source's id, its mark brought to the reading's checkpoint."""
    before = known.marks.get(reading.path)
    source = known.new_source() if before is None else before.id
    point = reading.checkpoint
    known.marks[reading.path] = Mark(source, point.device, point.number, point.size, point.modified, point.reader)
    return source


def _several(connection: sqlite3.Connection, known: Known, came: Sequence[tuple[Record, int]]) -> set[int]:
    """Families that have, or may need, more than one entry."""
    families = [record.family for record, _ in came]
    distinct = set(families)
    several = {record.family for record, _ in came if record.mark > 0}
    if len(distinct) < len(families):
        several.update(family for family, number in Counter(families).items() if number > 1)
    if known.families is not None:
        return several | (distinct & known.families)
    order = list(distinct)
    for start in range(0, len(order), _CHUNK):
        chunk = order[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        several.update(
            family
            for (family,) in connection.execute(
                f"SELECT family FROM records WHERE family IN ({marks}) "
                f"UNION SELECT family FROM entries WHERE family IN ({marks})",
                (*chunk, *chunk),
            )
        )
    return several


def _write_checkpoints(
    connection: sqlite3.Connection, known: Known, readings: Mapping[str, Reading], now: int
) -> None:
    connection.executemany(
        f"INSERT INTO sources (id, path, agent, seen, {CHECKPOINT_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
        "ON CONFLICT (id) DO UPDATE SET agent = excluded.agent, seen = excluded.seen, "
        "device = excluded.device, number = excluded.number, head = excluded.head, "
        "head_size = excluded.head_size, size = excluded.size, modified = excluded.modified, "
        "offset = excluded.offset, tail = excluded.tail, carry = excluded.carry, reader = excluded.reader, "
        "newest = nullif(max(coalesce(sources.newest, 0), coalesce(excluded.newest, 0)), 0), "
        "skipped = excluded.skipped",
        [
            (known.marks[path].id, path, reading.agent, now, *columns_of(reading.checkpoint))
            for path, reading in readings.items()
        ],
    )
