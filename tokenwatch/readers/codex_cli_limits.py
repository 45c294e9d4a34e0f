"""Codex's limits: what a ``token_count`` event tells of the account's quotas.

Owns the fields of ``rate_limits``. Does not own which reading is the newest (the ledger keeps that).
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from tokenwatch.base.limits import Quota, window_name
from tokenwatch.readers.jsonl import milliseconds, text

PROVIDER: Final = "openai"
_MAIN: Final = frozenset((None, "", "codex"))
"""Ids of the account's main limit; other ids are buckets of single models."""

_MOST_MINUTES: Final = 366 * 24 * 60


def quotas_of(written: bytes, as_of: int) -> tuple[Quota, ...]:
    """A window each, named by its length and never by its place: a plan may have only one. ``as_of`` is ms."""
    try:
        limits = msgspec.json.decode(written)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(limits, dict) or limits.get("limit_id") not in _MAIN:
        return ()
    plan = text(limits.get("plan_type"))
    found = (_window(limits.get(place), plan, as_of) for place in ("primary", "secondary"))
    return tuple(quota for quota in found if quota is not None)


def _window(window: Any, plan: str, as_of: int) -> Quota | None:
    if not isinstance(window, dict):
        return None
    used, minutes = window.get("used_percent"), window.get("window_minutes")
    if isinstance(used, bool) or not isinstance(used, int | float) or not 0 <= used <= 1000:
        return None
    if type(minutes) is not int or not 0 < minutes <= _MOST_MINUTES:
        return None
    resets_at = milliseconds(window.get("resets_at"))
    left = window.get("resets_in_seconds")
    if resets_at is None and type(left) is int and 0 <= left <= _MOST_MINUTES * 60:
        resets_at = as_of + left * 1000  # older versions
    return Quota(PROVIDER, plan, window_name(minutes), float(used), resets_at, as_of)
