"""Limits in the ledger: the latest reading of each quota, and what was read before.

Owns the statements over ``quotas`` and ``quota_readings``. Does not own what a reading means or when one is out of
date (insight/limits.py), or the transaction (ledger.py).

Of a quarter of an hour one reading is kept for each window that it could belong to, the latest, so that reading logs
again, in any order, gives the same history.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from tokenwatch.base.limits import Quota

SLOT_MS: Final = 900_000
_ERA_MS: Final = 3_600_000
"""Two readings of one window tell nearly the same reset; those of two windows differ by hours."""

_COLUMNS: Final = "provider, plan, window, used_percent, resets_at, as_of"


def write_quotas(connection: sqlite3.Connection, quotas: Sequence[Quota]) -> None:
    """Keep what is newer than what is kept, within the caller's transaction."""
    # At one time the higher use counts, so that order and repetition change nothing.
    newer = (
        "WHERE (excluded.as_of, excluded.used_percent, coalesce(excluded.resets_at, 0), excluded.plan) "
        "> ({0}.as_of, {0}.used_percent, coalesce({0}.resets_at, 0), {0}.plan)"
    )
    values = "plan = excluded.plan, used_percent = excluded.used_percent, resets_at = excluded.resets_at, "
    connection.executemany(
        "INSERT INTO quotas (provider, plan, window, used_percent, resets_at, as_of) VALUES (?, ?, ?, ?, ?, ?) "
        f"ON CONFLICT (provider, window) DO UPDATE SET {values} as_of = excluded.as_of " + newer.format("quotas"),
        [_row(quota) for quota in quotas],
    )
    connection.executemany(
        f"INSERT INTO quota_readings ({_COLUMNS}, slot, era) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        f"ON CONFLICT (provider, window, slot, era) DO UPDATE SET {values} as_of = excluded.as_of "
        + newer.format("quota_readings"),
        [
            (*_row(quota), quota.as_of // SLOT_MS, ((quota.resets_at or 0) + _ERA_MS // 2) // _ERA_MS)
            for quota in quotas
        ],
    )


def latest_quotas(connection: sqlite3.Connection) -> tuple[Quota, ...]:
    """The latest reading of each window, by provider and window."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM quotas ORDER BY provider, window").fetchall()
    return tuple(Quota(*row) for row in rows)


def quota_readings(connection: sqlite3.Connection, since: int) -> tuple[Quota, ...]:
    """What was read from ``since`` (milliseconds) on, by provider and window, oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM quota_readings WHERE as_of >= ? ORDER BY provider, window, as_of, resets_at",
        (since,),
    ).fetchall()
    return tuple(Quota(*row) for row in rows)


def _row(quota: Quota) -> tuple[str, str, str, float, int | None, int]:
    return quota.provider, quota.plan, quota.window, quota.used_percent, quota.resets_at, quota.as_of
