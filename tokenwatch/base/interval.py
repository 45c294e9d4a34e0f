"""Interval: a span of time in which one session did one thing.

Owns that value and the arithmetic of spans. Does not own how they are seen (live/intervals.py) or kept (ledger).
Times are milliseconds since 1970 UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

Span = tuple[int, int]
"""(from, to)"""


class Activeness(StrEnum):
    WORKING = "working"
    """Working, or in the background with running sub-agents."""
    WAITING = "waiting"


class Interval(msgspec.Struct, frozen=True):
    """It holds no content: who, what of the two, and when."""

    agent: str
    session: str
    kind: Activeness
    start: int
    end: int


class Lane(msgspec.Struct, frozen=True):
    """When one session worked and waited for a person, for the lanes under the rate chart: (from, to) in ms."""

    session: str
    agent: str
    project: str
    busy: tuple[tuple[int, int], ...] = ()
    waiting: tuple[tuple[int, int], ...] = ()


class End(msgspec.Struct, frozen=True):
    """The process of a session was seen to end, in the middle of a turn or not."""

    agent: str
    session: str
    at: int
    crashed: bool = False


def union(spans: Iterable[Span]) -> list[Span]:
    """The same time in ordered spans that do not touch."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def without(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The time in ``spans`` that is not in ``others``."""
    left = union(spans)
    for begin, end in union(others):
        left = [
            part
            for start, stop in left
            for part in ((start, min(stop, begin)), (max(start, end), stop))
            if part[1] > part[0]
        ]
    return left


def within(spans: Iterable[Span], since: int, until: int) -> list[Span]:
    """The time in ``spans`` between two moments."""
    return [(max(start, since), min(end, until)) for start, end in spans if start < until and end > since]


def length(spans: Iterable[Span]) -> int:
    """Milliseconds in spans that do not overlap."""
    return sum(end - start for start, end in spans)
