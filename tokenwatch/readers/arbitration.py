"""Arbitration: which of an agent's counts are inside which others, judged by the total that it logs beside them.

Owns that judgement. Does not know any agent's fields or what its documented default is.

Whether cached input is part of the input, and reasoning part of the output, differs between agents, versions and
back ends. Where a total is logged it decides: of the ways to add the counts up the one is right that gives the total.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tokenwatch.readers.entry import added, without_cached


class Logged(msgspec.Struct, frozen=True, gc=False):
    """Counts as an agent logs them. ``apart``: input that is in no other count. ``total``: 0 if it logs none."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0
    reasoning: int = 0
    apart: int = 0
    total: int = 0


class Disjoint(msgspec.Struct, frozen=True, gc=False):
    """Counts that do not overlap. ``sure``: False if the logged total fits no way to add them up."""

    input: int
    cache_read: int
    cache_write: int
    output: int
    reasoning: int
    sure: bool = True


_OTHERWISE: Final = ((False, True), (True, False), (True, True))
"""In which order to try: reasoning the other way, then the cache, then both."""


def disjoint(logged: Logged, *, cache_inside: bool, reasoning_inside: bool) -> Disjoint:
    """``cache_inside`` and ``reasoning_inside`` are what the format says, which holds unless the total speaks."""
    sure = True
    if logged.total and _sum(logged, cache_inside, reasoning_inside) != logged.total:
        for other_cache, other_reasoning in _OTHERWISE:
            ways = (cache_inside != other_cache, reasoning_inside != other_reasoning)
            if _sum(logged, *ways) == logged.total:
                cache_inside, reasoning_inside = ways
                break
        else:
            sure = False
    if cache_inside:
        fresh, read, written = without_cached(logged.input, logged.cache_read, logged.cache_write)
    else:
        fresh, read, written = logged.input, logged.cache_read, logged.cache_write
    output = logged.output if reasoning_inside else added(logged.output, logged.reasoning)
    return Disjoint(
        added(fresh, logged.apart),
        read,
        written,
        output,
        min(logged.reasoning, output),
        sure and output >= logged.reasoning,
    )


def _sum(logged: Logged, cache_inside: bool, reasoning_inside: bool) -> int:
    return (
        logged.input
        + logged.output
        + logged.apart
        + (0 if cache_inside else logged.cache_read + logged.cache_write)
        + (0 if reasoning_inside else logged.reasoning)
    )
