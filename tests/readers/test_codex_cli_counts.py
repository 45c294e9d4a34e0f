"""Running totals come to the responses they are made of, whatever is lost, repeated, or mixed."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import assume, given
from hypothesis import strategies as st

from tokenwatch.readers.codex_cli_counts import MOST_HEADS, NONE, Counters, Counts, minus, reaches

vectors = st.tuples(*[st.integers(1, 10**6)] * 5)


def plus(one: Counts, other: Counts) -> Counts:
    return minus(one, minus(NONE, other))


def events(responses: list[Counts], begin: Counts = NONE) -> list[tuple[Counts, Counts]]:
    totals = list(accumulate(responses, plus, initial=begin))[1:]
    return list(zip(totals, responses, strict=True))


def taken(came: list[tuple[Counts | None, Counts | None]], counters: Counters | None = None) -> Counts:
    counters = counters or Counters()
    total = NONE
    for event in came:
        total = plus(total, counters.take(*event))
    return total


def summed(responses: list[Counts]) -> Counts:
    return list(accumulate(responses, plus, initial=NONE))[-1]


def apart(came: list[tuple[Counts, Counts]]) -> bool:
    """Whether no two events have one total: nothing could tell the second from a repeat."""
    totals = [total for total, _ in came]
    return len(set(totals)) == len(totals)


@given(st.lists(vectors, min_size=1, max_size=12), st.data())
def test_repeats_count_once(responses: list[Counts], data: st.DataObject) -> None:
    came = [event for event in events(responses) for _ in range(data.draw(st.integers(1, 3)))]
    assert taken(came) == summed(responses)


@given(st.lists(vectors, min_size=2, max_size=12), st.data())
def test_a_lost_event_is_made_up_for_by_the_next(responses: list[Counts], data: st.DataObject) -> None:
    came = events(responses)
    lost = data.draw(st.integers(1, len(came) - 1)) - 1
    if lost == 0:
        return  # a file's first total may hold history that is not in the file
    del came[lost]
    assert taken(came) == summed(responses)


@given(st.lists(vectors, min_size=1, max_size=6), st.lists(vectors, min_size=1, max_size=6))
def test_a_counter_that_starts_again_adds_to_what_was(before: list[Counts], after: list[Counts]) -> None:
    came = [*events(before), *events(after)]
    assume(apart(came))
    assert taken(came) == plus(summed(before), summed(after))


@given(st.lists(vectors, min_size=1, max_size=8), vectors)
def test_history_that_is_not_in_the_file_is_not_counted(responses: list[Counts], begin: Counts) -> None:
    assert taken(events(responses, begin)) == summed(responses)


@given(st.lists(vectors, min_size=1, max_size=8), st.lists(vectors, min_size=1, max_size=8), vectors, st.randoms())
def test_mixed_counters_come_to_their_responses(one: list, other: list, begin: Counts, random) -> None:
    waiting = [events(one), events(other, begin)]
    came = []
    while any(waiting):
        chosen = random.choice([queue for queue in waiting if queue])
        came.append(chosen.pop(0))
    assume(apart([(NONE, NONE), (begin, NONE), *came]))
    # Both are known from the start: the first event of a second counter cannot be told from one after a lost line.
    assert taken(came, Counters(heads=[NONE, begin], begun=2)) == plus(summed(one), summed(other))


@given(st.lists(vectors, min_size=1, max_size=8))
def test_totals_alone_come_to_the_last(responses: list[Counts]) -> None:
    assert taken([(total, None) for total, _ in events(responses)]) == summed(responses)


@given(st.lists(st.tuples(st.none() | vectors, st.none() | vectors), max_size=60))
def test_nothing_is_ever_taken_back_and_little_is_remembered(came: list) -> None:
    counters = Counters()
    for event in came:
        assert reaches(counters.take(*event), NONE)
    assert len(counters.heads) <= MOST_HEADS
