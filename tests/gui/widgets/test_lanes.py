"""What lies on a lane: work, waiting, and rest between them; and in which order lanes stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.gui import samples
from tokenwatch.base.snapshot import Lane
from tokenwatch.gui.widgets.lanes import Span, in_order, spans_of

NOW = 1_000_000

spans = st.lists(st.tuples(st.integers(0, NOW), st.integers(1, 50_000)), max_size=12).map(
    lambda found: tuple((begin, min(NOW, begin + length)) for begin, length in found)
)


def test_between_work_a_session_rests() -> None:
    lane = Lane("s", "codex", "p", busy=((100, 200), (300, 400)))
    assert spans_of(lane, runs=False, now=NOW) == (
        Span(100, 200, "busy"), Span(200, 300, "idle"), Span(300, 400, "busy"),
    )  # fmt: skip


def test_a_session_that_runs_rests_until_now_and_one_that_ended_does_not() -> None:
    lane = Lane("s", "codex", "p", busy=((100, 200),))
    assert spans_of(lane, runs=True, now=500)[-1] == Span(200, 500, "idle")
    assert spans_of(lane, runs=False, now=500)[-1] == Span(100, 200, "busy")


def test_waiting_leaves_no_rest_beside_it() -> None:
    lane = Lane("s", "codex", "p", busy=((100, 200), (300, 400)), waiting=((200, 300),))
    assert [span.kind for span in spans_of(lane, runs=False, now=NOW)] == ["busy", "waiting", "busy"]


@given(spans, spans)
def test_a_lane_has_no_hole_and_rest_lies_on_nothing(busy, waiting) -> None:
    found = spans_of(Lane("s", "a", "p", busy, waiting), runs=True, now=NOW)
    known = [*busy, *waiting]
    if not known:
        assert found == ()
        return
    reached = found[0].begin
    for span in found:
        assert span.begin <= reached
        reached = max(reached, span.end)
        if span.kind == "idle":
            assert all(end <= span.begin or begin >= span.end for begin, end in known)
    assert reached == NOW


def test_open_sessions_stand_in_the_order_of_the_table_and_old_lanes_are_left_out() -> None:
    snapshot = samples.usual()
    lanes = (Lane("gone", "codex", "old", busy=((samples.NOW - 5, samples.NOW - 1),)), *reversed(samples.lanes()))
    found = in_order(lanes, snapshot.figures.sessions, samples.NOW - 60 * 60_000)
    assert [lane.session for lane in found] == ["s-mobile", "s-atlas", "s-ledger", "s-docs", "s-infra", "gone"]
    assert in_order(lanes, snapshot.figures.sessions, samples.NOW) == ()
