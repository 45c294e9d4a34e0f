"""Tokens of the last day in steps: they add up, belong to agents, and know each agent's busiest session."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.insight.flow import DAY_MINUTES, MINUTE_MS, MOST_SESSIONS, Flow

NOW = 1_795_431_041_000

events = st.lists(
    st.tuples(
        st.integers(NOW - 26 * 60 * MINUTE_MS, NOW),
        st.sampled_from(["claude-code", "codex"]),
        st.sampled_from(["a", "b", "c"]),
        st.integers(0, 10**7),
    ),
    max_size=60,
)


def fed(all_events) -> Flow:
    flow = Flow()
    for event in all_events:
        flow.add(*event)
    return flow


@given(events, st.sampled_from([(60, 1), (180, 1), (DAY_MINUTES, 5)]))
def test_steps_add_up_to_the_tokens_of_their_time(all_events, shape) -> None:
    series = fed(all_events).series(NOW, *shape)
    inside = sum(tokens for time, _, _, tokens in all_events if time >= series.start)
    assert sum(sum(row) for _, row in series.rows) == inside
    assert series.step == shape[1] * MINUTE_MS
    assert all(len(row) == shape[0] // shape[1] for _, row in series.rows)
    assert series.start <= NOW < series.start + shape[0] * MINUTE_MS


@given(events)
def test_a_part_is_never_more_than_its_agent(all_events) -> None:
    series = fed(all_events).series(NOW, DAY_MINUTES, 5)
    rows = dict(series.rows)
    for agent, part in series.parts:
        assert all(one <= whole for one, whole in zip(part, rows[agent], strict=True))
        assert sum(part) * 3 >= sum(rows[agent])


@given(events)
def test_order_changes_nothing(all_events) -> None:
    assert fed(all_events).series(NOW, 180) == fed(reversed(all_events)).series(NOW, 180)


def test_an_agent_with_one_session_has_no_part() -> None:
    series = fed([(NOW, "codex", "a", 5), (NOW - MINUTE_MS, "codex", "a", 7)]).series(NOW, 60)
    assert series.parts == ()
    assert series.rows[0][1][-2:] == (7, 5)


def test_what_lies_in_the_future_waits() -> None:
    flow = fed([(NOW + 3 * MINUTE_MS, "codex", "a", 5)])
    assert flow.series(NOW, 60, 5).rows == ()
    assert flow.series(NOW + 3 * MINUTE_MS, 60, 5).rows != ()


def test_it_forgets_and_stays_small() -> None:
    flow = fed([(NOW, "codex", str(number), 1) for number in range(3 * MOST_SESSIONS)])
    assert len(flow._minutes) <= MOST_SESSIONS + 1
    assert sum(flow.series(NOW, 60).rows[0][1]) == 3 * MOST_SESSIONS
    flow.series(NOW + 3 * DAY_MINUTES * MINUTE_MS, 60)
    assert flow._minutes == {}
