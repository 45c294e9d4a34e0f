"""Agent-hours: how long sessions worked and waited, from the intervals that were kept.

Owns adding them up by day and session, the lanes, and the most that worked at once. Does not own the intervals (live,
ledger). The time of two sessions that work at once counts twice; that of one session never does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta, tzinfo

import msgspec

from tokenwatch.base.clock import day_of, day_start
from tokenwatch.base.interval import Activeness, Interval, Lane, Span, length, union, within, without

Session = tuple[str, str]
"""(agent id, session)"""


class Hours(msgspec.Struct, frozen=True):
    """Milliseconds."""

    working: int = 0
    waiting: int = 0

    def __add__(self, other: Hours) -> Hours:
        return Hours(self.working + other.working, self.waiting + other.waiting)


def by_session(intervals: Iterable[Interval], kind: Activeness) -> dict[Session, list[Span]]:
    """The spans of each session, ordered and joined."""
    spans: dict[Session, list[Span]] = defaultdict(list)
    for interval in intervals:
        if interval.kind is kind:
            spans[interval.agent, interval.session].append((interval.start, interval.end))
    return {key: union(found) for key, found in spans.items()}


def hours_between(intervals: Iterable[Interval], since: int, until: int) -> Hours:
    every = tuple(intervals)
    return Hours(
        *(
            sum(length(within(spans, since, until)) for spans in by_session(every, kind).values())
            for kind in (Activeness.WORKING, Activeness.WAITING)
        )
    )


def hours_by_day(intervals: Iterable[Interval], zone: tzinfo) -> dict[tuple[date, str], Hours]:
    """(local day, agent) -> time, of days with any."""
    result: dict[tuple[date, str], Hours] = {}
    every = tuple(intervals)
    for kind in Activeness:
        for (agent, _), spans in by_session(every, kind).items():
            for start, end in spans:
                day = day_of(start, zone)
                while (begin := day_start(day, zone)) < end:
                    following = day_start(day + timedelta(days=1), zone)
                    part = min(end, following) - max(start, begin)
                    hours = Hours(working=part) if kind is Activeness.WORKING else Hours(waiting=part)
                    result[day, agent] = result.get((day, agent), Hours()) + hours
                    day += timedelta(days=1)
    return result


def most_at_once(intervals: Iterable[Interval], since: int) -> tuple[int, int | None]:
    """How many sessions worked at once at most, from ``since`` on, and when that began."""
    changes: list[tuple[int, int]] = []
    for spans in by_session(intervals, Activeness.WORKING).values():
        for start, end in spans:
            if end > since:
                changes += [(max(start, since), 1), (end, -1)]
    most, at, now = 0, None, 0
    for time, change in sorted(changes):  # who ends before who begins at the same moment
        now += change
        if now > most:
            most, at = now, time
    return most, at


def lanes(
    intervals: Iterable[Interval], responses: Iterable[Lane], since: int, names: Mapping[Session, str]
) -> tuple[Lane, ...]:
    """When each session worked and waited after ``since``, the latest first.

    ``responses`` are spans in which it was heard of, which tell of work while this program did not run.
    """
    every = tuple(intervals)
    working, waiting = by_session(every, Activeness.WORKING), by_session(every, Activeness.WAITING)
    heard = {(lane.agent, lane.session): lane for lane in responses}
    result = []
    for key in {*working, *waiting, *heard}:
        lane = heard.get(key)
        waited = waiting.get(key, [])
        busy = without([*working.get(key, []), *(lane.busy if lane else ())], waited)
        spans = [tuple((max(start, since), end) for start, end in found if end > since) for found in (busy, waited)]
        if any(spans):
            name = names.get(key) or (lane.project if lane else "")
            result.append(Lane(key[1], key[0], name, busy=spans[0], waiting=spans[1]))
    return tuple(sorted(result, key=lambda lane: (-max(_last(lane)), lane.agent, lane.session)))


def _last(lane: Lane) -> list[int]:
    return [spans[-1][1] for spans in (lane.busy, lane.waiting) if spans]
