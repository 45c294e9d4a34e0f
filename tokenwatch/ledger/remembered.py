"""Remembered questions: sums that cannot have changed are not asked of the ledger again.

Owns what was answered and when it is forgotten. Does not own the questions (queries.py) or when the ledger changes:
who uses it says so. For a long-lived reader beside the only writer, since nobody else's changes are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tokenwatch.ledger.queries import Queries, Sum

_MOST: Final = 1_000

_Asked = tuple[int | None, int | None, tuple[str, ...], bool, tuple[int, ...] | None, tuple[str, ...], str, str]


class Remembered(Queries):
    """As :class:`Queries`; what is given out must not be changed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._sums: dict[_Asked, list[Sum]] = {}

    def sums(
        self,
        since: int | None = None,
        until: int | None = None,
        *,
        by: Sequence[str] = (),
        slots: bool = False,
        cuts: Sequence[int] | None = None,
        agents: Sequence[str] = (),
        project: str = "",
        session: str = "",
    ) -> list[Sum]:
        asked = (
            since,
            until,
            tuple(by),
            slots,
            None if cuts is None else tuple(cuts),
            tuple(agents),
            project,
            session,
        )
        found = self._sums.get(asked)
        if found is None:
            found = super().sums(
                since, until, by=by, slots=slots, cuts=cuts, agents=agents, project=project, session=session
            )
            if len(self._sums) >= _MOST:
                self._sums.clear()
            self._sums[asked] = found
        return found

    def forget(self, since: int | None = None) -> None:
        """Sums may be others from this time on (milliseconds); None: all of them."""
        if since is None:
            self._sums.clear()
        else:
            self._sums = {
                asked: found for asked, found in self._sums.items() if asked[1] is not None and asked[1] <= since
            }
