"""Kept months: how far back history is kept, as the user wants.

Owns which time that is. Does not own what is deleted (ledger/forgetting.py) or when (books.py).
"""

from __future__ import annotations

from datetime import date, tzinfo

from tokenwatch.base.clock import day_of, day_start, month_of
from tokenwatch.base.settings import Settings


def kept_since(settings: Settings, now: int, zone: tzinfo) -> int:
    """The begin (ms) of the first month that is kept; 0: all of it is."""
    if not settings.keep_months:
        return 0
    first = month_of(day_of(now, zone), settings.month_start).first
    months = max(12, first.year * 12 + first.month - 1 - settings.keep_months)
    return day_start(date(months // 12, months % 12 + 1, first.day), zone)
