"""Spans of time: joined, cut and added up."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.interval import length, union, within, without

spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


def points(found) -> set[int]:
    return {point for start, end in found for point in range(start, end)}


@given(spans)
def test_a_union_is_ordered_apart_and_the_same_time(found) -> None:
    joined = union(found)
    assert points(joined) == points(found)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(joined))
    assert length(joined) == len(points(found))


@given(spans, spans)
def test_what_is_left_without_others(found, others) -> None:
    assert points(without(found, others)) == points(found) - points(others)


@given(spans, st.integers(0, 60), st.integers(0, 60))
def test_what_lies_within(found, since, until) -> None:
    cut = within(union(found), since, max(since, until))
    assert points(cut) == points(found) & set(range(since, max(since, until)))
