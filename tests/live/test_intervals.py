"""Looks become spans of work and of waiting, which are kept while they grow."""

from __future__ import annotations

from tokenwatch.base.interval import Activeness, Interval
from tokenwatch.base.session import Confidence, State
from tokenwatch.live.intervals import LONGEST_GAP_MS, IntervalKeeper
from tokenwatch.live.open_session import OpenSession, OpenSubAgent

NOW = 1_795_000_000_000
WORKING, WAITING = Activeness.WORKING, Activeness.WAITING


def one(state: State, since: int | None = None, **more) -> OpenSession:
    return OpenSession("ann", "s1", state, Confidence.EXACT, since=since, **more)


def span(kind: Activeness, start: int, end: int) -> Interval:
    return Interval("ann", "s1", kind, start, end)


def test_a_turn_is_a_span_from_its_begin() -> None:
    keeper = IntervalKeeper()
    assert keeper.look([one(State.WORKING, NOW - 5_000)], NOW) == [span(WORKING, NOW - 5_000, NOW)]
    assert keeper.look([one(State.WORKING, NOW - 5_000)], NOW + 2_000) == []
    assert keeper.look([one(State.IDLE)], NOW + 4_000) == [span(WORKING, NOW - 5_000, NOW + 4_000)]
    assert keeper.look([one(State.IDLE)], NOW + 6_000) == []


def test_a_long_turn_is_kept_every_minute() -> None:
    keeper = IntervalKeeper()
    kept = [keeper.look([one(State.WORKING, NOW)], NOW + second * 1000) for second in range(0, 181, 10)]
    assert [found[0].end - NOW for found in kept if found] == [0, 60_000, 120_000, 180_000]


def test_work_and_waiting_follow_each_other() -> None:
    keeper = IntervalKeeper()
    keeper.look([one(State.WORKING, NOW)], NOW)
    assert keeper.look([one(State.WAITING, NOW + 1_500)], NOW + 2_000) == [
        span(WORKING, NOW, NOW + 2_000),
        span(WAITING, NOW + 1_500, NOW + 2_000),
    ]


def test_background_is_work_while_sub_agents_run() -> None:
    keeper = IntervalKeeper()
    assert keeper.look([one(State.BACKGROUND, NOW)], NOW) == []
    found = keeper.look([one(State.BACKGROUND, NOW, sub_agents=(OpenSubAgent("a1"),))], NOW + 1_000)
    assert [entry.kind for entry in found] == [WORKING]


def test_a_session_without_a_name_leaves_none() -> None:
    nameless = OpenSession("ann", "", State.WORKING, Confidence.GUESS)
    assert IntervalKeeper().look([nameless], NOW) == []


def test_sleep_belongs_to_no_span() -> None:
    keeper = IntervalKeeper()
    keeper.look([one(State.WORKING, NOW)], NOW)
    keeper.look([one(State.WORKING, NOW)], NOW + 30_000)
    woken = NOW + 30_000 + LONGEST_GAP_MS + 1
    assert keeper.look([one(State.WORKING, NOW)], woken) == [
        span(WORKING, NOW, NOW + 30_000),
        span(WORKING, woken, woken),
    ]


def test_a_clock_set_back_ends_a_span() -> None:
    keeper = IntervalKeeper()
    keeper.look([one(State.WORKING, NOW)], NOW)
    found = keeper.look([one(State.WORKING, NOW)], NOW - 3_600_000)
    assert all(entry.end >= entry.start for entry in found)


def test_a_begin_long_ago_is_not_believed() -> None:
    assert IntervalKeeper().look([one(State.WORKING, NOW - 13 * 3_600_000)], NOW) == [span(WORKING, NOW, NOW)]


def test_the_next_run_goes_on_with_the_same_span() -> None:
    first, second = IntervalKeeper(), IntervalKeeper()
    (begun,) = first.look([one(State.WORKING, NOW - 9_000)], NOW)
    (again,) = second.look([one(State.WORKING, NOW - 9_000)], NOW + 20_000)
    assert (again.start, again.end) == (begun.start, NOW + 20_000)
