"""Totals: sums of the ledger cut into the user's hours, days, weeks and months.

Owns what ``report`` and the pages add up. Does not own money for plans (month.py), rates or forecasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

import msgspec

from tokenwatch.base.clock import day_of, day_start, to_datetime, to_ms
from tokenwatch.base.text import in_project
from tokenwatch.base.usage import Tokens
from tokenwatch.ledger.queries import DIMENSIONS, Queries, Sum

TIMES: Final = ("hour", "day", "week", "month")
KEYS: Final = (*TIMES, *DIMENSIONS, "machine")
"""What a report can be grouped by. ``machine`` is this computer until a fleet brings others."""

THIS_MACHINE: Final = "this computer"


class Group(msgspec.Struct, frozen=True):
    """``by`` holds (key, value) pairs in the order asked for; ``cost`` is listed nano-dollars."""

    by: tuple[tuple[str, str], ...]
    requests: int = 0
    tokens: Tokens = Tokens()
    cost: int = 0
    unpriced: int = 0
    uncertain: int = 0
    estimated: int = 0
    estimated_tokens: int = 0
    working_ms: int | None = None
    """How long sessions worked, all added up; None: not asked for (see report_hours.py), or not known."""
    waiting_ms: int | None = None


class Report(msgspec.Struct, frozen=True):
    """``since`` and ``until`` are local days, both included; None for an empty ledger."""

    since: date | None
    until: date | None
    timezone: str
    totals: Group
    groups: tuple[Group, ...]


def report(
    queries: Queries,
    keys: Sequence[str],
    since: date | None,
    until: date | None,
    zone: tzinfo,
    agents: Iterable[str] = (),
    project: str = "",
) -> Report:
    """Totals of all records between two local days, grouped by ``keys`` (of :data:`KEYS`), sorted by them.

    ``project`` is a working directory or its last part. Unknown keys raise ValueError.
    """
    unknown = [key for key in keys if key not in KEYS]
    if unknown:
        raise ValueError(f"cannot group by {', '.join(unknown)}; possible are {', '.join(KEYS)}")
    dimensions = tuple(dict.fromkeys(key for key in keys if key in DIMENSIONS))
    asked = dimensions if not project or "project" in dimensions else (*dimensions, "project")
    begin = None if since is None else day_start(since, zone)
    end = None if until is None else day_start(until + timedelta(days=1), zone)
    if "hour" in keys:
        found = queries.sums(begin, end, by=asked, slots=True, agents=tuple(agents))
    elif since is None or until is None or any(key in TIMES for key in keys):
        found = by_days(queries, since, until, zone, asked, tuple(agents))
    else:
        found = queries.sums(begin, end, by=asked, agents=tuple(agents))
    if project:
        at = asked.index("project")
        found = [entry for entry in found if in_project(entry.group[at], project)]
    groups: dict[tuple[str, ...], Group] = {}
    for entry in found:
        values = tuple(_value(key, entry, asked, zone) for key in keys)
        groups[values] = _plus(groups.get(values) or Group(tuple(zip(keys, values, strict=True))), entry)
    totals = Group(())
    for entry in found:
        totals = _plus(totals, entry)
    slots = [entry.slot for entry in found if entry.slot]
    return Report(
        since=since or (to_datetime(min(slots), zone).date() if slots else None),
        until=until or (to_datetime(max(slots), zone).date() if slots else None),
        timezone=str(zone),
        totals=totals,
        groups=tuple(
            groups[values]
            for values in sorted(
                groups, key=lambda values: [_order(*pair) for pair in zip(keys, values, strict=True)]
            )
        ),
    )


def by_days(
    queries: Queries,
    since: date | None,
    until: date | None,
    zone: tzinfo,
    by: Sequence[str],
    agents: Sequence[str] = (),
) -> list[Sum]:
    """Sums of local days, both included, kept apart by day: each ``slot`` is the begin of its day."""
    first, last = queries.first_time(), queries.last_time()
    if first is None or last is None:
        return []
    begin = max(since or date.min, day_of(first, zone))
    count = (min(until or date.max, day_of(last, zone)) - begin).days + 1
    if count < 1:
        return []
    starts = [day_start(begin + timedelta(days=number), zone) for number in range(count + 1)]
    return queries.sums(starts[0], starts[-1], by=by, cuts=starts[1:-1], agents=agents)


def _value(key: str, entry: Sum, asked: Sequence[str], zone: tzinfo) -> str:
    if key in asked:
        return entry.group[asked.index(key)]
    if key == "machine":
        return THIS_MACHINE
    moment = to_datetime(entry.slot, zone)
    if key == "hour":
        return moment.strftime("%Y-%m-%dT%H:00%z")
    if key == "day":
        return moment.date().isoformat()
    if key == "month":
        return moment.strftime("%Y-%m")
    monday = moment.date() - timedelta(days=moment.weekday())
    return monday.isoformat()


def _order(key: str, value: str) -> str:
    """A clock hour that comes twice has two labels, which follow each other as the hours do, not by their text."""
    return to_datetime(to_ms(datetime.fromisoformat(value))).isoformat() if key == "hour" else value


def _plus(group: Group, entry: Sum) -> Group:
    return Group(
        group.by,
        group.requests + entry.requests,
        group.tokens + entry.tokens,
        group.cost + entry.listed,
        group.unpriced + entry.unpriced,
        group.uncertain + entry.uncertain,
        group.estimated + entry.estimated,
        group.estimated_tokens + entry.estimated_tokens,
    )
