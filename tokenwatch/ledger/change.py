"""Change: what entering brought, for whoever keeps running figures, and what entering asks of prices.

Owns those values. Does not own how they come about (entry.py, families.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Protocol

import msgspec

from tokenwatch.base.restatement import Restatement
from tokenwatch.base.usage import Context, Record
from tokenwatch.ledger.rows import Row

Settle = Callable[[Sequence[Record], Callable[[str], bool]], Sequence[Record]]
"""A reader's rule for one family, see ``Reader.settle``."""

RECENT_MS: Final = 25 * 3_600_000
"""Changes of older records are not told one by one."""


class Priced(Protocol):
    @property
    def nano(self) -> int | None: ...


class Rates(Protocol):
    """Prices that hold for many records."""

    def nano(
        self,
        input: int,
        cache_read: int,
        cache_write_5m: int,
        cache_write_1h: int,
        output: int,
        reasoning: int = 0,
        web_search: int = 0,
    ) -> int | None: ...


class Pricer(Protocol):
    """Gives a record its listed cost; ``version`` changes when it would give others."""

    @property
    def version(self) -> str: ...

    def cost(self, record: Record) -> Priced: ...

    def rates(self, context: Context, day: int) -> Rates | None:
        """Those that hold for all records of ``context`` on one UTC day (since 1970), as :meth:`cost` would apply
        them; None if each record is to be asked for."""


class Change(msgspec.Struct, frozen=True):
    """A record as it counts now, and by how much its tokens and listed cost went up (never down)."""

    record: Record
    new_tokens: int
    cache_read: int
    listed: int | None
    """None: the record has no price."""


class Entered(msgspec.Struct, frozen=True):
    """``sessions`` are those of which anything changed, by (agent id, session), parents of sub-agents included."""

    recent: tuple[Change, ...] = ()
    """Of records of the last day."""
    sessions: frozenset[tuple[str, str]] = frozenset()
    since: int | None = None
    """Begin (milliseconds) of the earliest quarter of an hour whose sums changed; None: none did."""

    def __bool__(self) -> bool:
        return bool(self.sessions)

    def __add__(self, other: Entered) -> Entered:
        since = min((one for one in (self.since, other.since) if one is not None), default=None)
        return Entered(self.recent + other.recent, self.sessions | other.sessions, since)


def change_of(before: Row | None, after: Row) -> Change:
    record, old = after.record, before.record if before else None
    new_tokens = record.tokens.new - (old.tokens.new if old else 0)
    cache_read = record.cache_read - (old.cache_read if old else 0)
    listed = None if after.listed is None else max(0, after.listed - ((before.listed or 0) if before else 0))
    return Change(record, max(0, new_tokens), max(0, cache_read), listed)


class Difference(msgspec.Struct):
    """What another price changed: nano-dollars before and after, of so many requests."""

    before: int = 0
    after: int = 0
    requests: int = 0

    def add(self, before: int, after: int, requests: int = 1) -> None:
        self.before += before
        self.after += after
        self.requests += requests


Restate = Callable[[Mapping[int, Difference]], Iterable[Restatement]]
"""From differences by the begin of a quarter of an hour (ms) to what the ledger keeps of them."""
