"""Renewal: reading again, as one change, what an older version of a reader wrote into the ledger.

Owns which sources are read again and which of them are left. Does not own reading (scanner.py) or forgetting
(ledger.py).

Decisions
---------
*All of them in one transaction.* Context: a newer reader may count less than the older one did, so what that wrote
must go; but logs vanish at any time, and what nobody can read again must stay. Entries of one response may stand in
several logs, so one source at a time would lose some. Decision: everything is forgotten and read again within one
transaction; if one source cannot be read any more, it is undone and begun again without that one. Consequence: totals
never sink in between, and a program that is killed meanwhile does the work again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from tokenwatch.collect.discover import Found
from tokenwatch.ledger.ledger import Ledger


class Renewal:
    """``versions``: of the readers, by agent id."""

    def __init__(self, ledger: Ledger, versions: Mapping[str, int]) -> None:
        self._ledger = ledger
        self._versions = versions
        self._kept: set[str] = set()
        """Sources that could not be read again: what the older reader wrote from them stays."""
        self.left: set[str] = set()
        """Paths that are still to be read again."""

    @property
    def running(self) -> bool:
        return bool(self.left)

    def begin(self, changed: Sequence[Found], present: Set[str]) -> bool:
        """Have the ledger forget what an older reader wrote from those of ``changed`` that it read.

        False: one that was forgotten before is not ``present`` any more, which has been undone. Raises a LedgerError.
        """
        if not self.left <= present:
            self.left.clear()
            self._ledger.undo()
            return False
        came = [found.source.path for found in changed if self._is_older(found)]
        if came:
            self._ledger.start_over(came)
            self.left.update(came)
        return True

    def finish(self, paths: Iterable[str]) -> None:
        """These have been read to their end and entered."""
        if self.left:
            self.left.difference_update(paths)
            if not self.left:
                self._ledger.started_over()

    def fails(self, path: str) -> bool:
        """One could not be read. True if what was forgotten has to be undone."""
        if path not in self.left:
            return False
        self._kept.add(path)
        self.left.clear()
        return True

    def is_undone(self) -> bool:
        """Whether the ledger has undone it, for whatever reason; there is then nothing left of it."""
        if not self.left or self._ledger.starting_over:
            return False
        self.left.clear()
        return True

    def _is_older(self, found: Found) -> bool:
        path = found.source.path
        mark = self._ledger.marks.get(path)
        return (
            mark is not None
            and mark.reader != self._versions[found.source.agent]
            and path not in self._kept
            and path not in self.left
        )
