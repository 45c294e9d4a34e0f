"""Running totals: what a session used, told only as a sum that grows.

Owns turning snapshots of such a sum into records. Does not know where agents keep them.

Decisions
---------
*A snapshot is an entry, its difference is what counts.* Context: a source that holds only the present sum is seen at
any times, again after a restart, and in copies. Decision: every snapshot that was ever seen is an entry of the
session's family, told apart by its counts; in the order of the writer's times each counts by what it has more than
the one before. Consequence: seeing a snapshot again, or an older one late, changes no total; what was used before the
first snapshot is booked at its time.

*What the sum does not tell is called an estimate.* Context: what a session used before it was first seen cannot be
spread over time, and a difference may be of many responses, while some prices depend on the size of one. Decision:
the first snapshot is an estimate unless the session began shortly before it; a difference whose prompt is long enough
for such a price is marked as a sum. Consequence: the total is exact either way, and a price that no size decides too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from tokenwatch.base.money import NANO
from tokenwatch.base.usage import Estimate, Record, identity

_COUNTS: Final = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning", "web_search")

LONG_PROMPT: Final = 32_000
"""No price depends on how long a prompt is below this many tokens."""

_SHORTLY_MS: Final = 3_600_000


def snapshot(record: Record, begun: int | None = None) -> Record:
    """``record`` as an entry of its family: its counts and reported cost are sums since the session's beginning.

    ``begun``: when that was, in milliseconds, if the agent tells it; it takes the place of the context's ``origin``.
    """
    if begun:
        record = msgspec.structs.replace(record, context=msgspec.structs.replace(record.context, origin=begun))
    counts = [getattr(record, name) for name in _COUNTS]
    cost = -1 if record.cost_reported is None else record.cost_reported
    return msgspec.structs.replace(record, variant=identity("snapshot", *counts, cost), mark=1)


def differences(family: Sequence[Record], *, each: bool = False) -> list[Record]:
    """What each snapshot counts; for ``Reader.settle``.

    A count below the one before means that counting began anew: the snapshot then counts whole. ``each``: of a writer
    that is known to correct single counts downwards, only the counts that went up count.
    """
    result: list[Record] = []
    before: Record | None = None
    for entry in sorted(family, key=lambda entry: (entry.time, entry.total, entry.variant)):
        grown = entry if before is None else _grown(before, entry, each)
        if grown.total or grown.web_search or grown.cost_reported:
            result.append(_marked(grown, is_first=before is None))
        before = entry
    return result


def _grown(before: Record, entry: Record, each: bool) -> Record:
    more = {name: getattr(entry, name) - getattr(before, name) for name in _COUNTS}
    if min(more.values()) < 0:
        if not each:
            return entry
        more = {name: max(0, number) for name, number in more.items()}
    more["reasoning"] = min(more["reasoning"], more["output"])
    cost = entry.cost_reported
    if cost is not None and before.cost_reported is not None:
        cost = max(0, cost - before.cost_reported)
    return msgspec.structs.replace(entry, **more, cost_reported=cost)


def _marked(entry: Record, *, is_first: bool) -> Record:
    context = entry.context
    estimated = context.estimated
    if entry.tokens.prompt > LONG_PROMPT:
        estimated = Estimate.SUM
    elif is_first and not 0 <= entry.time - context.origin <= _SHORTLY_MS:
        estimated = max(estimated, Estimate.COUNTS)
    if estimated == context.estimated:
        return entry
    return msgspec.structs.replace(entry, context=msgspec.structs.replace(context, estimated=estimated))


def dollars(value: Any, most: int) -> int | None:
    """A column of dollars as nano-dollars; None if there is none, or none that can be."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        return None
    return round(value * NANO)
