"""Intervals: from looks at the open sessions to the spans in which they worked and waited.

Owns when a span begins, goes on and ends. Does not own states (states.py) or keeping spans (ledger). A span's begin
is its identity: the same look told twice, or by the next run of the program, gives the same span, only longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tokenwatch.base.interval import Activeness, Interval
from tokenwatch.base.session import State
from tokenwatch.live.open_session import OpenSession

LONGEST_GAP_MS: Final = 120_000
"""Between two looks; after a longer one the computer slept, or the program stood still."""

SAVED_MS: Final = 60_000
"""A span that goes on is handed out again after this time, so that little is lost when the program is killed."""

_FARTHEST_MS: Final = 12 * 3_600_000
"""A state that is said to have begun earlier is not believed to have lasted all the time."""

_Key = tuple[str, str, Activeness]


class IntervalKeeper:
    """Call :meth:`look` at every look; one thread only."""

    def __init__(self) -> None:
        self._open: dict[_Key, Interval] = {}
        self._saved: dict[_Key, int] = {}
        self._looked_at: int | None = None

    def look(self, sessions: Sequence[OpenSession], now: int) -> list[Interval]:
        """The spans to keep now: those that ended or began, and those that have gone on for a while."""
        gap = self._looked_at is not None and not 0 <= now - self._looked_at <= LONGEST_GAP_MS
        ended = list(self._open.values()) if gap else []
        if gap:
            self._open.clear()
        resumed = self._looked_at is not None and gap
        self._looked_at = now
        seen: dict[_Key, Interval] = {}
        kept: list[Interval] = []
        for session in sessions:
            kind = kind_of(session)
            if kind is None or not session.session:
                continue
            key = (session.agent, session.session, kind)
            before = self._open.get(key)
            if before is not None:
                seen[key] = Interval(*key, before.start, max(before.end, now))
            else:
                seen[key] = Interval(*key, now if resumed else _begin(session, now), now)
            if before is None or now - self._saved.get(key, 0) >= SAVED_MS:
                self._saved[key] = now
                kept.append(seen[key])
        for key, interval in self._open.items():
            if key not in seen:
                ended.append(Interval(*key, interval.start, max(interval.end, now)))
        self._open = seen
        self._saved = {key: at for key, at in self._saved.items() if key in seen}
        return [interval for interval in (*ended, *kept) if interval.end >= interval.start]


def kind_of(session: OpenSession) -> Activeness | None:
    if session.state is State.WAITING:
        return Activeness.WAITING
    if session.state is State.WORKING or (session.state is State.BACKGROUND and session.sub_agents):
        return Activeness.WORKING
    return None


def _begin(session: OpenSession, now: int) -> int:
    since = session.since
    return since if since is not None and now - _FARTHEST_MS <= since <= now else now
