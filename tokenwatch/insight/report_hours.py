"""Report hours: how long agents worked and waited on each day of a report.

Owns joining the kept intervals to a report by day. Does not own its other totals (totals.py) or the arithmetic of
spans (agent_hours.py). Intervals are kept while this program runs: of a day before the first one nothing is known.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta, tzinfo
from typing import Final

from msgspec.structs import replace

from tokenwatch.base.clock import day_of, day_start
from tokenwatch.base.interval import Interval
from tokenwatch.base.text import in_project
from tokenwatch.insight.agent_hours import Hours, hours_by_day
from tokenwatch.insight.totals import Group, Report
from tokenwatch.ledger.queries import Queries

KEYS: Final = frozenset(("day", "agent"))
"""Reports by these have hours, if the day is among them."""


def has_hours(keys: Sequence[str]) -> bool:
    return "day" in keys and set(keys) <= KEYS


def with_hours(
    found: Report,
    queries: Queries,
    keys: Sequence[str],
    zone: tzinfo,
    agents: Collection[str] = (),
    project: str = "",
) -> Report:
    """The report with hours, if it is one that has any; ``agents`` and ``project`` as it was asked with."""
    if not has_hours(keys) or found.since is None or found.until is None:
        return found
    first = queries.first_interval()
    begin = day_start(found.since, zone)
    end = day_start(found.until + timedelta(days=1), zone)
    intervals = [entry for entry in queries.intervals(begin, end) if not agents or entry.agent in agents]
    if project:
        intervals = _of_project(intervals, queries, project)
    known_from = None if first is None else day_of(first, zone)
    hours = hours_by_day(intervals, zone)

    def of(group: Group) -> Group:
        by = dict(group.by)
        day = date.fromisoformat(by["day"])
        if known_from is None or day < known_from:
            return group
        parts = (part for (at, agent), part in hours.items() if at == day and by.get("agent", agent) == agent)
        whole = sum(parts, Hours())
        return replace(group, working_ms=whole.working, waiting_ms=whole.waiting)

    whole = sum((part for (day, _), part in hours.items() if found.since <= day <= found.until), Hours())
    totals = found.totals
    if known_from is not None and known_from <= found.until:
        totals = replace(totals, working_ms=whole.working, waiting_ms=whole.waiting)
    return replace(found, totals=totals, groups=tuple(of(group) for group in found.groups))


def _of_project(intervals: Sequence[Interval], queries: Queries, project: str) -> list[Interval]:
    sums = queries.sums(by=("agent", "session", "project"))
    sessions = {entry.group[:2] for entry in sums if in_project(entry.group[2], project)}
    return [entry for entry in intervals if (entry.agent, entry.session) in sessions]
