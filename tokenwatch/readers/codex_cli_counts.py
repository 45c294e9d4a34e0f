"""Codex's running totals: how much each ``token_count`` event adds.

Owns that arithmetic on counts of one file. Pure. Does not own lines, forks or records (codex_cli_usage.py,
codex_cli_family.py).

A file tells, after each response, the total so far and what the last response used, and tells both again whenever
limits change. Totals start again after some errors, and one file can carry the counters of several threads in turn.
So the heads of all counters seen are kept. An event that stands at a head says nothing new; one whose total before
the last response is a head goes on from it; anything else begins a counter of its own, of which only the last
response is known to be new. Only while a file has shown a single counter is a gap in it counted, because a line may
be lost.
"""

from __future__ import annotations

from typing import Final

import msgspec

Counts = tuple[int, int, int, int, int]
"""Input (cache included), cached, written to the cache, output (reasoning included), reasoning."""

NONE: Final[Counts] = (0, 0, 0, 0, 0)
MOST_HEADS: Final = 16


class Counters(msgspec.Struct, array_like=True):
    """``heads``: the totals at which the counters of a file stand, the one used last at the end.

    ``last``: of the event before, where events name no total. ``begun``: how many counters the file has shown.
    """

    heads: list[Counts] = []
    last: Counts | None = None
    begun: int = 0

    def take(self, total: Counts | None, last: Counts | None) -> Counts:
        """What an event with these counts adds. Neither known: nothing."""
        if total is None:
            added = NONE if last is None or last == self.last else last
            self.last = last
            return added
        self.last = last
        if total in self.heads:
            self._move(total, total)
            return NONE
        if total == NONE:
            # Set to nothing without a response: what follows counts from here.
            self._begin(total)
            return NONE
        if last is None:
            return self._without_last(total)
        before = minus(total, last)
        if before in self.heads:
            self._move(before, total)
            return last
        if before == NONE or not self.heads:
            self._begin(total)
            return last
        if len(self.heads) == 1 and self.begun == 1 and reaches(total, self.heads[0]):
            added = minus(total, self.heads[0])
            self.heads[0] = total
            return added
        if last != NONE:
            self._begin(total)
        return last

    def _without_last(self, total: Counts) -> Counts:
        """Old versions told only totals."""
        head = self.heads[-1] if self.heads else NONE
        if reaches(total, head):
            if self.heads:
                self.heads[-1] = total
            else:
                self._begin(total)
            return minus(total, head)
        self._begin(total)
        return total

    def _move(self, head: Counts, total: Counts) -> None:
        self.heads.remove(head)
        self.heads.append(total)

    def _begin(self, total: Counts) -> None:
        self.begun += 1
        self.heads.append(total)
        del self.heads[:-MOST_HEADS]


def minus(one: Counts, other: Counts) -> Counts:
    return (
        one[0] - other[0],
        one[1] - other[1],
        one[2] - other[2],
        one[3] - other[3],
        one[4] - other[4],
    )


def reaches(one: Counts, other: Counts) -> bool:
    """Whether no count of ``one`` is below that of ``other``."""
    return (
        one[0] >= other[0] and one[1] >= other[1] and one[2] >= other[2] and one[3] >= other[3] and one[4] >= other[4]
    )
