"""Hours that sessions worked and waited, by day and session, and how many worked at once."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.clock import day_start
from tokenwatch.base.interval import Activeness, Interval
from tokenwatch.base.snapshot import Lane
from tokenwatch.insight.agent_hours import Hours, hours_between, hours_by_day, lanes, most_at_once

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3_600_000
MIDNIGHT = day_start(date(2026, 11, 23), BERLIN)
WORKING, WAITING = Activeness.WORKING, Activeness.WAITING


def span(start: float, end: float, session: str = "s1", kind: Activeness = WORKING, agent: str = "ann") -> Interval:
    return Interval(agent, session, kind, MIDNIGHT + round(start * HOUR), MIDNIGHT + round(end * HOUR))


def test_two_sessions_count_twice_and_one_never_does() -> None:
    found = hours_between(
        [span(1, 3), span(2, 4), span(2, 3, "s2"), span(3, 5, kind=WAITING)], MIDNIGHT, MIDNIGHT * 2
    )
    assert found == Hours(working=4 * HOUR, waiting=2 * HOUR)


def test_a_span_over_midnight_belongs_to_both_days() -> None:
    assert hours_by_day([span(-1, 2), span(23, 24.5, kind=WAITING)], BERLIN) == {
        (date(2026, 11, 22), "ann"): Hours(working=HOUR),
        (date(2026, 11, 23), "ann"): Hours(working=2 * HOUR, waiting=HOUR),
        (date(2026, 11, 24), "ann"): Hours(waiting=HOUR // 2),
    }


@given(st.lists(st.tuples(st.integers(-30, 30), st.integers(0, 40), st.sampled_from("ab")), max_size=8))
def test_days_add_up_to_the_whole(rows) -> None:
    found = [span(start, start + long, session) for start, long, session in rows]
    by_day = sum(hours_by_day(found, BERLIN).values(), Hours())
    assert by_day == hours_between(found, 0, MIDNIGHT * 2)


def test_the_most_that_worked_at_once() -> None:
    found = [span(1, 4), span(2, 3, "s2"), span(3, 5, "s3"), span(-5, 9, "s4", WAITING)]
    assert most_at_once(found, MIDNIGHT) == (2, MIDNIGHT + 2 * HOUR)
    assert most_at_once(found, MIDNIGHT + 4 * HOUR) == (1, MIDNIGHT + 4 * HOUR)
    assert most_at_once([], MIDNIGHT) == (0, None)


def test_a_lane_is_work_without_the_waiting() -> None:
    heard = [Lane("s1", "ann", "shop", busy=((MIDNIGHT, MIDNIGHT + HOUR),)), Lane("s2", "ann", "api", busy=((0, 1),))]
    (lane,) = lanes([span(0.5, 3), span(2, 2.5, kind=WAITING)], heard, MIDNIGHT + HOUR // 4, {})
    assert (lane.session, lane.project) == ("s1", "shop")
    assert lane.busy == (
        (MIDNIGHT + HOUR // 4, MIDNIGHT + 2 * HOUR),
        (MIDNIGHT + round(2.5 * HOUR), MIDNIGHT + 3 * HOUR),
    )
    assert lane.waiting == ((MIDNIGHT + 2 * HOUR, MIDNIGHT + round(2.5 * HOUR)),)


def test_who_only_waited_has_a_lane() -> None:
    (lane,) = lanes([span(1, 2, kind=WAITING)], [], MIDNIGHT, {("ann", "s1"): "shop"})
    assert (lane.project, lane.busy, len(lane.waiting)) == ("shop", (), 1)
