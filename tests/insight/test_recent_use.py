"""Recent use: what the last hours' records say of each session, in whatever order they come."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.snapshot import Lane
from tokenwatch.base.usage import Context, Record
from tokenwatch.insight.recent_use import RecentUse

NOW = 1_795_431_041_000
MINUTE = 60_000
HOUR = 60 * MINUTE
JOINED = 2 * MINUTE
"""Responses that lie no farther apart are one busy span."""

BEFORE = MINUTE
"""A response is taken to have lasted so long."""

Spans = tuple[tuple[int, int], ...]


def record(
    ago: int = 0, session: str = "s1", sub: str = "", parent: str = "", agent: str = "toy", **more: Any
) -> Record:
    """A response of a session, so many milliseconds before now."""
    context = Context(agent, session, more.pop("model", "m1"), parent, sub, more.pop("project", ""))
    return Record(context, ago, 0, NOW - ago, **more)


def fed(*records: Record) -> RecentUse:
    recent = RecentUse()
    for entry in records:
        recent.add(entry)
    return recent


def busy(recent: RecentUse, since: int = 0) -> dict[str, Spans]:
    return {lane.session: lane.busy for lane in recent.lanes(since, {})}


# The latest records


def test_of_a_session_nobody_heard_of_nothing_is_known() -> None:
    recent = fed(record())
    assert (recent.last("toy", "s2"), recent.main("toy", "s2")) == (None, None)
    assert recent.last("ann", "s1") is None


@given(st.permutations(range(5)))
def test_the_latest_record_is_known_in_whatever_order_they_come(order: list[int]) -> None:
    entries = [record(ago) for ago in range(5)]
    recent = fed(*[entries[number] for number in order])
    assert recent.last("toy", "s1") == entries[0]
    assert recent.main("toy", "s1") == entries[0]


def test_of_equally_late_records_the_one_that_came_last_counts_for_it_may_have_grown() -> None:
    grown = record(output=5)
    assert fed(record(output=1), grown).last("toy", "s1") == grown


def test_a_sub_agent_s_record_is_the_latest_but_not_the_session_s_own() -> None:
    own, sub = record(9), record(3, sub="a1")
    recent = fed(own, sub)
    assert (recent.last("toy", "s1"), recent.main("toy", "s1")) == (sub, own)
    assert fed(sub).main("toy", "s1") is None


def test_a_sub_agent_with_a_session_of_its_own_belongs_to_the_one_that_spawned_it() -> None:
    sub = record(3, "child", sub="a1", parent="s1")
    recent = fed(record(9), sub)
    assert recent.last("toy", "s1") == sub
    assert recent.last("toy", "child") is None
    assert recent.main("toy", "s1") == record(9)


def test_so_does_what_a_sub_agent_spawned() -> None:
    recent = RecentUse()
    assert recent.add(record(9)) == "s1"
    assert recent.add(record(5, "child", sub="a1", parent="s1")) == "s1"
    assert recent.add(record(3, "grandchild", sub="a2", parent="child")) == "s1"
    assert recent.top("toy", "grandchild") == "s1"
    assert recent.top("ann", "grandchild") == "grandchild"


@given(st.permutations(range(4)))
def test_they_all_belong_together_in_whatever_order_they_come(order: list[int]) -> None:
    entries = [
        record(9 * MINUTE),
        record(5 * MINUTE, "child", sub="a1", parent="s1"),
        record(3 * MINUTE, "grandchild", sub="a2", parent="child"),
        record(0, "great-grandchild", sub="a3", parent="grandchild"),
    ]
    recent = fed(*[entries[number] for number in order])
    assert (recent.last("toy", "s1"), recent.main("toy", "s1")) == (entries[3], entries[0])
    assert busy(recent) == {"s1": plain_spans([NOW - entry.family for entry in entries])}


def test_a_fork_is_a_session_of_its_own() -> None:
    recent = RecentUse()
    assert recent.add(record(3, "fork", parent="s1")) == "fork"


@pytest.mark.parametrize("circle", [("a",), ("a", "b"), ("a", "b", "c")])
def test_sub_agents_that_name_each_other_as_parents_end_somewhere(circle: Sequence[str]) -> None:
    recent = RecentUse()
    for at, session in enumerate(circle):
        recent.add(record(1, session, sub="x", parent=circle[(at + 1) % len(circle)]))
    assert recent.top("toy", "a") in circle


def test_projects_are_those_of_the_latest_records() -> None:
    recent = fed(record(9, project="/old"), record(3, project="/new"), record(5, "s2", project="/two"))
    assert dict(recent.projects()) == {("toy", "s1"): "/new", ("toy", "s2"): "/two"}


# Busy spans


def plain_spans(times: Sequence[int]) -> Spans:
    """What is busy: from a while before each response to it, and between those that lie close together."""
    spans: list[tuple[int, int]] = []
    for time in sorted(times):
        if spans and time - BEFORE <= spans[-1][1] + JOINED:
            spans[-1] = (spans[-1][0], time)
        else:
            spans.append((time - BEFORE, time))
    return tuple(spans)


@given(ages=st.lists(st.integers(0, 40).map(lambda half: half * MINUTE // 2), min_size=1, max_size=20))
def test_busy_spans_do_not_depend_on_the_order_and_do_not_touch(ages: list[int]) -> None:
    spans = busy(fed(*map(record, ages)))["s1"]
    assert spans == plain_spans([NOW - ago for ago in ages])
    assert all(one[1] + JOINED < other[0] for one, other in pairwise(spans))


def test_a_record_that_is_fed_again_changes_nothing() -> None:
    assert busy(fed(record(5), record(5), record(5))) == busy(fed(record(5)))


def test_lanes_begin_where_they_are_asked_for_the_latest_first() -> None:
    recent = fed(record(90 * MINUTE, "long"), record(0, "late"), record(10 * MINUTE, "mid"), record(HOUR, "mid"))
    since = NOW - HOUR - MINUTE // 2
    assert recent.lanes(since, {("toy", "late"): "acme"}) == (
        Lane("late", "toy", "acme", ((NOW - MINUTE, NOW),)),
        Lane("mid", "toy", "", ((since, NOW - HOUR), (NOW - 11 * MINUTE, NOW - 10 * MINUTE))),
    )


def test_a_span_that_ends_where_lanes_begin_is_none_of_theirs() -> None:
    assert fed(record(5)).lanes(NOW - 5, {}) == ()


# Forgetting


def test_what_ended_long_ago_is_forgotten() -> None:
    recent = fed(record(5 * HOUR), record(0), record(5 * HOUR, "old"))
    recent.forget(NOW - HOUR)
    assert recent.last("toy", "old") is None
    assert busy(recent) == {"s1": ((NOW - MINUTE, NOW),)}
    recent.forget(NOW + 1)
    assert busy(recent) == {}


def test_very_many_sessions_are_not_all_kept() -> None:
    recent = RecentUse()
    for number in range(2_500):
        recent.add(record(1, "first"))
        recent.add(record(0, f"s{number}", sub="a", parent=f"p{number}"))
    assert len(busy(recent)) == 2_000
    assert recent.last("toy", "first") is not None
    assert recent.last("toy", "p0") is None
    assert recent.top("toy", "s0") == "s0"
    assert recent.top("toy", "s2499") == "p2499"
