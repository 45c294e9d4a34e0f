"""What a session does follows from the order of its events, its process and its checked claim."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.snapshot import AgentCounts, Confidence, State
from tokenwatch.live import states
from tokenwatch.live.programs import ProcessInfo, Role
from tokenwatch.live.states import Judged, Phase, Turns, counts, judge, sub_agent_runs
from tokenwatch.readers.protocol import LiveClaim, TurnEvent, TurnKind

NOW = 1_795_000_000_000
PROCESS = ProcessInfo(7, 1, NOW - 3_600_000, agent="ann", role=Role.SESSION)
K = TurnKind


def turns(*steps: TurnKind | tuple[TurnKind, str], ago: int = 10, now: int = NOW) -> Turns:
    """Events one second apart, the last one ``ago`` seconds ago; each may have a ref."""
    result = Turns()
    for index, step in enumerate(steps):
        kind, ref = step if isinstance(step, tuple) else (step, "")
        time = now - (ago + len(steps) - 1 - index) * 1000
        result.take(TurnEvent(kind, "s", time, ref=ref), now)
    return result


def claim(status: str, **more) -> LiveClaim:
    return LiveClaim("ann", 7, "s", status=status, status_since=NOW - 5_000, **more)


@pytest.mark.parametrize(
    ("steps", "phase"),
    [
        ([], Phase.UNKNOWN),
        ([K.PROMPT], Phase.OPEN),
        ([K.TURN_OPEN], Phase.OPEN),
        ([K.PROMPT, K.TURN_CLOSED], Phase.CLOSED),
        ([K.PROMPT, (K.TOOL_OPEN, "t1")], Phase.OPEN),
        ([K.PROMPT, (K.TOOL_OPEN, "t1"), (K.TOOL_CLOSED, "t1")], Phase.OPEN),
        ([(K.TOOL_CLOSED, "t1")], Phase.OPEN),
        ([K.PROMPT, (K.TOOL_OPEN, "t1"), K.INTERRUPTED], Phase.CLOSED),
        ([K.PROMPT, (K.ASKS, "q")], Phase.ASKING),
        ([K.PROMPT, (K.TOOL_OPEN, "q"), (K.ASKS, "q"), (K.TOOL_CLOSED, "q")], Phase.OPEN),
        ([K.PROMPT, (K.ASKS, "q"), (K.TOOL_CLOSED, "t1")], Phase.ASKING),
        ([K.PROMPT, (K.ASKS, "q"), (K.TOOL_OPEN, "t1")], Phase.ASKING),
        ([K.PROMPT, (K.ASKS, "q"), K.PROMPT], Phase.OPEN),
        ([K.PROMPT, K.TURN_CLOSED, K.COMPACTED], Phase.CLOSED),
        ([K.PROMPT, K.TURN_CLOSED, K.PROMPT], Phase.OPEN),
        ([(K.TURN_OPEN, "1"), (K.TURN_CLOSED, "1")], Phase.CLOSED),
        ([(K.TURN_OPEN, "1"), (K.TURN_OPEN, "2"), (K.TURN_CLOSED, "1")], Phase.OPEN),
        ([(K.TURN_OPEN, "1"), (K.TURN_OPEN, "2"), (K.TURN_CLOSED, "2")], Phase.CLOSED),
        ([(K.TURN_OPEN, "1"), (K.TURN_CLOSED, "unheard of")], Phase.CLOSED),
    ],
)
def test_events_lead_to_a_phase(steps, phase) -> None:
    assert turns(*steps).phase is phase


def test_a_phase_keeps_the_time_it_began() -> None:
    result = turns(K.PROMPT, (K.TOOL_OPEN, "t1"), (K.TOOL_CLOSED, "t1"), ago=0)
    assert result.since == NOW - 2_000
    assert result.latest == NOW


def test_a_log_read_again_changes_nothing() -> None:
    result = turns(K.PROMPT, K.TURN_CLOSED)
    assert not result.take(TurnEvent(K.PROMPT, "s", NOW - 600_000), NOW)
    assert result.phase is Phase.CLOSED


def test_an_event_from_the_future_does_not_shut_out_the_next_ones() -> None:
    result = Turns()
    result.take(TurnEvent(K.PROMPT, "s", NOW + 10**9), NOW)
    result.take(TurnEvent(K.TURN_CLOSED, "s", NOW + 1_000), NOW + 1_000)
    assert result.phase is Phase.CLOSED
    assert result.latest == NOW + 1_000


def test_a_clock_set_back_does_not_shut_out_events() -> None:
    result = turns(K.PROMPT)
    earlier = NOW - 3_600_000
    assert result.take(TurnEvent(K.TURN_CLOSED, "s", earlier), earlier)
    assert result.phase is Phase.CLOSED


@given(st.lists(st.tuples(st.sampled_from(list(K)), st.sampled_from(["", "a", "b"]), st.integers(0, 2 * NOW))))
def test_any_events_are_taken(steps) -> None:
    result = Turns()
    for kind, ref, time in steps:
        result.take(TurnEvent(kind, "s", time, ref=ref), NOW)
    assert result.latest <= NOW
    assert result.latest <= result.grew_at or not steps
    for process in (None, PROCESS):
        assert judge(result, process, None, NOW).state in State


def test_open_tools_are_bounded() -> None:
    assert len(turns(*((K.TOOL_OPEN, str(index)) for index in range(5_000))).tools) == states._MOST_TOOLS


@pytest.mark.parametrize(
    ("status", "state"),
    [("busy", State.WORKING), ("waiting", State.WAITING), ("shell", State.BACKGROUND), ("idle", State.IDLE)],
)
def test_the_agents_own_status_is_exact_whatever_its_log_says(status, state) -> None:
    for log in (Turns(), turns(K.PROMPT), turns(K.PROMPT, K.TURN_CLOSED)):
        judged = judge(log, PROCESS, claim(status), NOW)
        assert (judged.state, judged.confidence, judged.since) == (state, Confidence.EXACT, NOW - 5_000)


def test_what_it_waits_for_is_told() -> None:
    judged = judge(Turns(), PROCESS, claim("waiting", waiting_for="permission prompt"), NOW)
    assert judged.waiting_for == "permission prompt"


def test_an_old_busy_status_stays_busy() -> None:
    old = LiveClaim("ann", 7, "s", status="busy", status_since=NOW - 5 * 3_600_000)
    assert judge(turns(K.PROMPT, ago=18_000), PROCESS, old, NOW).state is State.WORKING


def test_idle_with_sub_agents_is_background() -> None:
    assert judge(Turns(), PROCESS, claim("idle"), NOW, sub_agents=2).state is State.BACKGROUND


def test_an_unanswered_question_is_waiting_although_called_idle() -> None:
    assert judge(turns(K.PROMPT, K.ASKS), PROCESS, claim("idle"), NOW) == Judged(
        State.WAITING, Confidence.EXACT, NOW - 10_000, states.QUESTION
    )


@pytest.mark.parametrize("status", ["", "pondering"])
def test_without_a_known_status_the_log_decides(status) -> None:
    assert judge(turns(K.PROMPT), PROCESS, claim(status), NOW).state is State.WORKING


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([K.PROMPT], State.WORKING),
        ([K.PROMPT, K.ASKS], State.WAITING),
        ([K.PROMPT, K.TURN_CLOSED], State.IDLE),
        ([K.PROMPT, (K.TOOL_OPEN, "t")], State.WORKING),
    ],
)
def test_process_and_log_are_likely(steps, state) -> None:
    judged = judge(turns(*steps), PROCESS, None, NOW)
    assert (judged.state, judged.confidence) == (state, Confidence.LIKELY)


def test_an_uncertain_pair_is_a_guess() -> None:
    assert judge(turns(K.PROMPT), PROCESS, None, NOW, sure=False).confidence is Confidence.GUESS


def test_a_young_process_without_a_log_is_starting_and_then_idle() -> None:
    young = ProcessInfo(7, 1, NOW - 1_000, agent="ann", role=Role.SESSION)
    assert judge(Turns(), young, None, NOW).state is State.STARTING
    assert judge(Turns(), young, None, NOW + 120_000).state is State.IDLE


def test_a_turn_left_open_by_an_earlier_process_is_over() -> None:
    resumed = ProcessInfo(8, 1, NOW - 5_000, agent="ann", role=Role.SESSION)
    assert judge(turns(K.PROMPT, ago=600), resumed, None, NOW).state is State.IDLE


def test_a_turn_left_open_is_over_also_when_the_log_was_touched() -> None:
    resumed = ProcessInfo(8, 1, NOW - 5_000, agent="ann", role=Role.SESSION)
    left = turns(K.PROMPT, (K.TOOL_OPEN, "t"), ago=600)
    left.grew_at = NOW - 4_000
    assert judge(left, resumed, None, NOW).state is State.IDLE


def test_a_long_silent_turn_without_a_tool_is_not_believed() -> None:
    assert judge(turns(K.PROMPT, ago=540), PROCESS, None, NOW).state is State.WORKING
    assert judge(turns(K.PROMPT, ago=700), PROCESS, None, NOW) == Judged(State.IDLE, Confidence.GUESS, NOW - 700_000)


def test_a_long_tool_call_without_a_program_may_wait_for_approval() -> None:
    log = turns(K.PROMPT, (K.TOOL_OPEN, "t"), ago=90)
    assert judge(log, PROCESS, None, NOW) == Judged(
        State.WAITING, Confidence.GUESS, NOW - 90_000, states.TOOL_OR_APPROVAL
    )


def test_a_long_tool_call_with_a_program_is_work() -> None:
    log = turns(K.PROMPT, (K.TOOL_OPEN, "t"), ago=3_000)
    building = ProcessInfo(7, 1, PROCESS.started_at, agent="ann", role=Role.SESSION, newest_child=NOW - 2_999_000)
    assert judge(log, building, None, NOW).state is State.WORKING


def test_a_long_tool_call_with_sub_agents_is_work() -> None:
    log = turns(K.PROMPT, (K.TOOL_OPEN, "t"), ago=90)
    assert judge(log, PROCESS, None, NOW, sub_agents=1).state is State.WORKING


@pytest.mark.parametrize(
    ("steps", "ago", "state"),
    [
        ([K.PROMPT], 30, State.WORKING),
        ([K.PROMPT], 590, State.WORKING),
        ([K.PROMPT], 610, State.ENDED),
        ([K.PROMPT, K.ASKS], 30, State.WAITING),
        ([K.PROMPT, K.TURN_CLOSED], 290, State.IDLE),
        ([K.PROMPT, K.TURN_CLOSED], 310, State.ENDED),
        ([], 0, State.ENDED),
    ],
)
def test_a_log_without_a_process_is_open_for_some_minutes(steps, ago, state) -> None:
    judged = judge(turns(*steps, ago=ago), None, None, NOW)
    assert (judged.state, judged.confidence) == (state, Confidence.LOG_ONLY)


def test_a_log_without_a_process_is_open_while_its_sub_agents_run() -> None:
    log = turns(K.PROMPT, K.TURN_CLOSED, ago=900)
    assert judge(log, None, None, NOW, sub_agents=1).state is State.BACKGROUND


@pytest.mark.parametrize(
    ("steps", "state"),
    [([K.PROMPT, K.TURN_CLOSED], State.ENDED), ([K.PROMPT], State.CRASHED), ([K.ASKS], State.CRASHED)],
)
def test_a_process_that_went_ended_or_crashed(steps, state) -> None:
    assert judge(turns(*steps), None, None, NOW, gone=True).state is state


@pytest.mark.parametrize(
    ("steps", "ago", "alive", "runs"),
    [
        ([K.PROMPT], 600, True, True),
        ([K.PROMPT], 1_900, True, False),
        ([K.PROMPT], 590, False, True),
        ([K.PROMPT], 700, False, False),
        ([K.COMPACTED], 100, True, True),
        ([K.COMPACTED], 130, True, False),
        ([K.PROMPT, K.TURN_CLOSED], 1, True, False),
    ],
)
def test_a_sub_agent_runs_while_its_turn_is_open_and_its_log_grows(steps, ago, alive, runs) -> None:
    assert sub_agent_runs(turns(*steps, ago=ago), NOW, alive=alive) is runs


@dataclass(frozen=True)
class Shown:
    state: State
    sub_agents: tuple[object, ...] = ()


def test_sessions_are_counted_by_what_they_do() -> None:
    sessions = [
        Shown(State.WORKING, ("a", "b")),
        Shown(State.WAITING),
        Shown(State.BACKGROUND, ("c",)),
        Shown(State.BACKGROUND),
        Shown(State.IDLE),
        Shown(State.STARTING),
        Shown(State.ENDED),
        Shown(State.CRASHED, ("d",)),
    ]
    assert counts(sessions) == AgentCounts(open=6, working=2, waiting=1, idle=3, sub_agents=3)


@given(st.lists(st.builds(Shown, st.sampled_from(list(State)), st.lists(st.just("x"), max_size=3).map(tuple))))
def test_counts_add_up(sessions) -> None:
    found = counts(sessions)
    assert found.working + found.waiting + found.idle == found.open
    assert found.open == sum(session.state.open for session in sessions)


def test_an_event_that_is_told_again_is_old_news() -> None:
    result = turns((K.TURN_OPEN, "1"), (K.TURN_CLOSED, "1"), (K.TURN_OPEN, "2"), (K.TURN_CLOSED, "2"), ago=0)
    for second, (kind, ref) in enumerate([(K.TURN_OPEN, "1"), (K.TURN_CLOSED, "1"), (K.TURN_OPEN, "2")]):
        assert not result.take(TurnEvent(kind, "s", NOW - (3 - second) * 1000, ref=ref), NOW)
    assert result.phase is Phase.CLOSED


def test_what_is_known_of_told_events_is_bounded() -> None:
    result = turns(*((K.TOOL_CLOSED, str(index)) for index in range(5_000)))
    assert len(result._seen) <= states._MOST_SEEN


def test_what_happened_before_the_end_of_a_turn_does_not_open_it_again() -> None:
    result = turns(K.PROMPT, K.TURN_CLOSED, ago=0)
    assert result.take(TurnEvent(K.TOOL_OPEN, "s", NOW - 500, ref="t"), NOW)
    assert (result.phase, result.tools) == (Phase.CLOSED, {})
    assert result.take(TurnEvent(K.PROMPT, "s", NOW), NOW)
    assert result.phase is Phase.OPEN


def test_a_turn_that_another_one_replaced_is_not_opened_again() -> None:
    result = turns((K.TURN_OPEN, "1"), (K.TURN_OPEN, "2"), ago=0)
    result.take(TurnEvent(K.TURN_OPEN, "s", NOW - 500, ref="1"), NOW)
    result.take(TurnEvent(K.TURN_CLOSED, "s", NOW, ref="2"), NOW)
    assert result.phase is Phase.CLOSED


@pytest.mark.parametrize(
    ("ago", "state"), [(29, State.WORKING), (31, State.ENDED), (6 * 24 * 60, State.ENDED)], ids=str
)
def test_a_file_that_was_copied_is_no_work(ago: int, state: State) -> None:
    result = turns(K.PROMPT, (K.TOOL_OPEN, "t"), ago=ago * 60)
    result.grew_at = NOW - 1_000
    assert judge(result, None, None, NOW).state is state
    assert sub_agent_runs(result, NOW, alive=False) is state.open
