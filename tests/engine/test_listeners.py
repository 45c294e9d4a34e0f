"""Every listener is handed each snapshot, also behind one that fails."""

from __future__ import annotations

import pytest

from tokenwatch.base.snapshot import Figures, Snapshot
from tokenwatch.engine.listeners import Listeners

FIRST, SECOND = Snapshot(Figures(at=1)), Snapshot(Figures(at=2))


def test_each_is_handed_every_snapshot_and_the_last_is_kept() -> None:
    listeners = Listeners()
    assert listeners.latest is None
    one: list[Snapshot] = []
    other: list[Snapshot] = []
    listeners.add(one.append)
    listeners.hand_out(FIRST)
    listeners.add(other.append)
    listeners.hand_out(SECOND)
    assert (one, other, listeners.latest) == ([FIRST, SECOND], [SECOND], SECOND)


@pytest.mark.expected_logs("a face failed to take a snapshot")
def test_one_that_fails_keeps_it_from_no_other() -> None:
    def fail(snapshot: Snapshot) -> None:
        raise ValueError("no")

    listeners = Listeners()
    told: list[Snapshot] = []
    listeners.add(fail)
    listeners.add(told.append)
    listeners.hand_out(FIRST)
    assert told == [FIRST]
