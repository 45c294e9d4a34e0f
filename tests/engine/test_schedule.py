"""Due times, the gap between snapshots, and noticing that the clocks moved differently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.conftest import HOUR, MovableClock
from tokenwatch.base.snapshot import AgentCounts, Figures, Rate
from tokenwatch.engine.schedule import (
    BEAT_HIDDEN,
    BEAT_IDLE,
    BEAT_VISIBLE,
    CALM_SCAN_SECONDS,
    GLANCE_HIDDEN,
    GLANCE_VISIBLE,
    LOOK_AGAIN,
    LOOK_CALM,
    LOOK_HIDDEN,
    LOOK_MISSED,
    LOOK_VISIBLE,
    LOST_SCAN_SECONDS,
    POLL_SECONDS,
    SCAN_SECONDS,
    Due,
    JumpWatch,
    ScanDue,
    beat_of,
    gap,
    glance_every,
    look_every,
)

moments = st.floats(0, 1e9)


def test_a_deadline_is_due_at_once_until_it_is_set() -> None:
    due = Due()
    assert due.passed(0.0)
    assert due.left(0.0) == 0.0


@given(now=moments, seconds=st.floats(0.001, 1e6), later=st.floats(0, 1e6))
def test_a_deadline_passes_when_nothing_is_left_of_it(now: float, seconds: float, later: float) -> None:
    due = Due()
    due.after(now, seconds)
    assert due.passed(now + later) == (due.left(now + later) == 0.0)
    assert due.left(now) == pytest.approx(seconds, rel=1e-6, abs=1e-6)


def test_soon_is_now_whatever_was_set() -> None:
    due = Due()
    due.after(10.0, 60.0)
    assert not due.passed(11.0)
    due.soon()
    assert due.passed(11.0)


@given(cost=st.floats(0, 100))
def test_what_is_done_again_and_again_takes_a_tenth_of_the_time_unless_that_is_a_second(cost: float) -> None:
    assert gap(cost) >= min(10 * cost, 1.0)
    assert 0.05 <= gap(cost) <= 1.0


def test_time_that_passes_is_no_jump() -> None:
    clock = MovableClock()
    watch = JumpWatch(clock)
    for seconds in (0.0, 0.1, 60.0, 3600.0):
        clock.advance(seconds)
        assert not watch.jumped()


@pytest.mark.parametrize("wall", [HOUR, -HOUR, 6000, -6000])
def test_a_wall_clock_that_was_set_is_a_jump_once(wall: int) -> None:
    clock = MovableClock()
    watch = JumpWatch(clock)
    clock.advance(10.0)
    clock.set(clock.now() + wall)
    assert watch.jumped()
    assert not watch.jumped()


def test_sleep_that_only_the_other_clock_counts_is_a_jump() -> None:
    clock = MovableClock()
    watch = JumpWatch(clock)
    clock.other += 3600.0
    assert watch.jumped()


def test_small_corrections_of_the_clock_are_no_jump_however_many() -> None:
    clock = MovableClock()
    watch = JumpWatch(clock)
    for _ in range(20):
        clock.advance(60.0)
        clock.set(clock.now() + 900)
        assert not watch.jumped()


def test_everything_is_looked_at_the_sooner_the_more_happens() -> None:
    scan = ScanDue()
    scan.done(10.0, polling=False, busy=False)
    assert scan.left(10.0) == CALM_SCAN_SECONDS
    scan.stir()
    assert scan.left(10.0) == SCAN_SECONDS
    scan.done(15.0, polling=False, busy=False, lost=True)
    assert scan.left(15.0) == LOST_SCAN_SECONDS
    scan.done(16.0, polling=True, busy=False, lost=True)
    assert scan.left(16.0) == POLL_SECONDS
    scan.done(20.0, polling=False, busy=True)
    assert scan.left(20.0) == SCAN_SECONDS
    scan.done(30.0, polling=True, busy=True)
    scan.stir()
    assert scan.left(30.0) == POLL_SECONDS


@pytest.mark.parametrize(
    ("counts", "rate", "visible", "hidden"),
    [
        (AgentCounts(), Rate(), BEAT_IDLE, BEAT_IDLE),
        (AgentCounts(open=2, idle=2), Rate(), BEAT_VISIBLE, BEAT_IDLE),
        (AgentCounts(open=1, working=1), Rate(), BEAT_VISIBLE, BEAT_HIDDEN),
        (AgentCounts(), Rate(tokens_5m=5.0, tokens_60m=5.0), BEAT_VISIBLE, BEAT_HIDDEN),
        (AgentCounts(), Rate(tokens_60m=5.0), BEAT_VISIBLE, BEAT_IDLE),
    ],
)
def test_time_is_told_the_less_the_less_there_is_to_see(
    counts: AgentCounts, rate: Rate, visible: float, hidden: float
) -> None:
    figures = Figures(at=0, counts=counts, rate=rate)
    assert (beat_of(figures, visible=True), beat_of(figures, visible=False)) == (visible, hidden)


@pytest.mark.parametrize("slower", [1.0, 16.0])
def test_looks_at_processes_come_later_while_it_uses_too_much(slower: float) -> None:
    assert look_every(visible=True, unsettled=False, slower=slower) == slower * LOOK_VISIBLE
    assert look_every(visible=False, unsettled=False, slower=slower) == slower * LOOK_HIDDEN
    assert look_every(visible=True, unsettled=True, slower=slower) == slower * LOOK_AGAIN
    assert look_every(visible=False, unsettled=False, calm=True, slower=slower) == slower * LOOK_CALM
    assert look_every(visible=True, unsettled=False, calm=True, slower=slower) == slower * LOOK_VISIBLE
    assert look_every(visible=False, unsettled=True, calm=True, slower=slower) == slower * LOOK_AGAIN
    assert look_every(visible=False, unsettled=True, missed=True, slower=slower) == slower * LOOK_MISSED
    assert glance_every(visible=True, slower=slower) == slower * GLANCE_VISIBLE
    assert glance_every(visible=False, slower=slower) == slower * GLANCE_HIDDEN


def test_a_process_that_begins_or_ends_is_seen_within_a_second_with_an_open_face() -> None:
    assert max(GLANCE_VISIBLE, LOOK_MISSED) < 1.0
