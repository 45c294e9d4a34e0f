"""The table of states and the table of traps, one test a row: what agents and their files do, and what is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tokenwatch.base.session import Confidence, State
from tokenwatch.live.programs import Role
from tokenwatch.live.states import QUESTION, TOOL_OR_APPROVAL, counts
from tokenwatch.readers.protocol import TurnEvent, TurnKind

K = TurnKind
Scene = Callable[..., None]
EXACT, LIKELY, LOG_ONLY, GUESS = Confidence.EXACT, Confidence.LIKELY, Confidence.LOG_ONLY, Confidence.GUESS

# States. "ann" keeps a registry, "bob" only a log. Each scene ends with one session, and says what that does.


def registered(status: str, *kinds: TurnKind, **more) -> Scene:
    def play(stage) -> None:
        stage.claim(stage.process(7), "s1", status, **more)
        stage.log("s1", *kinds) if kinds else None

    return play


def logged(*kinds: TurnKind, ago: float = 0, **more) -> Scene:
    def play(stage) -> None:
        stage.process(9, "bob", **more)
        stage.log("s1", *kinds, agent="bob", ago=ago)

    return play


def unseen(*kinds: TurnKind, ago: float = 0) -> Scene:
    return lambda stage: stage.log("s1", *kinds, agent="bob", ago=ago)


def starting(stage) -> None:
    stage.process(9, "bob", ago=3)


def started_long_ago(stage) -> None:
    stage.process(9, "bob", ago=300)


def with_sub_agent(status: str) -> Scene:
    def play(stage) -> None:
        stage.claim(stage.process(7), "s1", status)
        stage.log("s1", K.PROMPT)
        stage.log("s1", K.PROMPT, agent_id="a1")

    return play


def prompted_and_done(stage) -> None:
    stage.process(9, "bob")
    stage.log("s1", K.TURN_OPEN, agent="bob", ref="1")
    stage.log("s1", K.TURN_CLOSED, agent="bob", ref="1")
    stage.look()


def tool_without_child(stage) -> None:
    stage.process(9, "bob")
    stage.log("s1", K.TURN_OPEN, agent="bob", ago=90)
    stage.log("s1", K.TOOL_OPEN, agent="bob", ref="t", ago=90)


def tool_with_child(stage) -> None:
    process = stage.process(9, "bob")
    stage.log("s1", K.TURN_OPEN, agent="bob", ago=90)
    stage.log("s1", K.TOOL_OPEN, agent="bob", ref="t", ago=90)
    stage.end(9)
    stage.process(9, "bob", newest_child=process.started_at + 3_600_000 - 89_000)


STATES = [
    ("a process without record and log starts", starting, State.STARTING, GUESS, ""),
    ("nobody asked it anything", started_long_ago, State.IDLE, GUESS, ""),
    ("the registry says busy", registered("busy"), State.WORKING, EXACT, ""),
    ("a prompt without an answer", logged(K.PROMPT), State.WORKING, LIKELY, ""),
    ("a turn that was opened", logged(K.TURN_OPEN), State.WORKING, LIKELY, ""),
    ("an answer that called a tool", logged(K.PROMPT, K.TOOL_OPEN), State.WORKING, LIKELY, ""),
    ("a tool's result", logged(K.PROMPT, K.TOOL_OPEN, K.TOOL_CLOSED), State.WORKING, LIKELY, ""),
    ("a record without a status", registered("", K.PROMPT), State.WORKING, LIKELY, ""),
    (
        "the registry says what it waits for",
        registered("waiting", waiting_for="permission prompt"),
        State.WAITING,
        EXACT,
        "permission prompt",
    ),
    ("the log asks a question", logged(K.PROMPT, K.ASKS), State.WAITING, LIKELY, QUESTION),
    ("a question that is called idle", registered("idle", K.PROMPT, K.ASKS), State.WAITING, EXACT, QUESTION),
    ("a call that no program answers", tool_without_child, State.WAITING, GUESS, TOOL_OR_APPROVAL),
    ("a call for which a program runs", tool_with_child, State.WORKING, LIKELY, ""),
    ("a shell outlives the turn", registered("shell"), State.BACKGROUND, EXACT, ""),
    ("idle while a sub-agent runs", with_sub_agent("idle"), State.BACKGROUND, EXACT, ""),
    ("the registry says idle", registered("idle"), State.IDLE, EXACT, ""),
    ("its turn was closed", prompted_and_done, State.IDLE, LIKELY, ""),
    ("a person interrupted it", logged(K.PROMPT, K.INTERRUPTED), State.IDLE, LIKELY, ""),
    ("a log that grows without a process", unseen(K.PROMPT), State.WORKING, LOG_ONLY, ""),
    ("one that asked without a process", unseen(K.PROMPT, K.ASKS), State.WAITING, LOG_ONLY, QUESTION),
    ("one that finished without a process", unseen(K.PROMPT, K.TURN_CLOSED, ago=60), State.IDLE, LOG_ONLY, ""),
]


@pytest.mark.parametrize(("scene", "state", "confidence", "waiting_for"), [row[1:] for row in STATES])
def test_a_state_and_how_it_is_known(stage, scene, state, confidence, waiting_for) -> None:
    scene(stage)
    (one,) = stage.look().values()
    assert (one.state, one.confidence, one.waiting_for) == (state, confidence, waiting_for)


@pytest.mark.parametrize(
    ("kinds", "state"),
    [((K.PROMPT, K.TURN_CLOSED), State.ENDED), ((K.PROMPT,), State.CRASHED), ((K.ASKS,), State.CRASHED)],
)
def test_a_process_that_goes_has_ended_or_crashed_at_the_second_look(stage, kinds, state) -> None:
    logged(*kinds)(stage)
    stage.look()
    stage.end(9)
    stage.look()
    assert stage.tracker.over == ()
    assert stage.look() == {}
    assert [one.state for one in stage.tracker.over] == [state]


def test_a_pid_that_is_used_again_is_another_process(stage) -> None:
    logged(K.PROMPT)(stage)
    stage.look()
    stage.end(9)
    stage.process(9, "bob", cwd="/elsewhere", ago=0)
    for _ in range(3):
        found = stage.look()
    assert [(one.session, one.state) for one in found.values()] == [("", State.STARTING)]
    assert [one.state for one in stage.tracker.over] == [State.CRASHED]


# Traps. Each scene ends with what the counter must say: (open, working, waiting, sub-agents).


def long_turn(stage) -> None:
    stage.claim(stage.process(7, ago=86_400), "s1", "busy", status_since=stage.now - 5 * 3_600_000)
    stage.log("s1", K.PROMPT, ago=18_000)


def stale_session_after_clearing(stage) -> None:
    stage.claim(stage.process(7), "old", "busy")
    stage.log("old", K.PROMPT, K.TURN_CLOSED, ago=600)
    stage.log("new", K.PROMPT)


def trust_dialog(stage) -> None:
    stage.process(7, ago=4)


def container_deletes_the_record(stage) -> None:
    path = stage.claim(stage.process(7), "s1", "busy")
    stage.log("s1", K.PROMPT)
    stage.look()
    path.unlink()


def record_of_a_dead_process(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.end(7)


def record_of_another_start(stage) -> None:
    stage.claim(stage.process(7, ago=5), "s1", "busy", process_start="1")


def record_with_a_later_process(stage) -> None:
    process = stage.process(7, ago=60, start_ticks="")
    stage.claim(process, "s1", "busy", process_start="", started_at=stage.now - 3_600_000)


def record_with_a_clock_step(stage) -> None:
    process = stage.process(7, ago=60, start_ticks="")
    stage.claim(process, "s1", "busy", process_start="", started_at=process.started_at - 1_900)


def forged_for_another_program(stage) -> None:
    stage.claim(stage.process(9, "bob"), "s1", "busy")


def forged_for_a_host(stage) -> None:
    stage.claim(stage.process(7, role=Role.HOST), "s1", "busy")


def unknown_status(stage) -> None:
    stage.claim(stage.process(7), "s1", "pondering")
    stage.log("s1", K.PROMPT, K.TURN_CLOSED, ago=60)


def no_registry_at_all(stage) -> None:
    stage.process(7)
    stage.log("older", K.PROMPT, K.TURN_CLOSED, ago=7200)
    stage.log("newest", K.PROMPT, ago=5)


def same_session_twice(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.claim(stage.process(8), "s1", "busy")


def threads_of_a_host(stage) -> None:
    stage.process(9, "bob", role=Role.HOST)
    for name in ("t1", "t2"):
        stage.log(name, K.TURN_OPEN, agent="bob")


def nested(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.claim(stage.process(8, nested_in=7), "s2", "")
    stage.log("s2", K.PROMPT)


def two_projects(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.claim(stage.process(8, cwd="/code/api"), "s2", "waiting")
    stage.process(9, "bob", ago=1)


def compaction_worker(stage) -> None:
    # Readers tell nothing of workers that compact or review; their growing files are not sub-agents.
    stage.claim(stage.process(7), "s1", "busy")
    stage.tracker.feed("ann", "/logs/agent-acompact-1.jsonl", stage.now, [])


def log_of_yesterday(stage) -> None:
    stage.log("s1", K.PROMPT, ago=86_400)


def log_of_a_copied_home(stage) -> None:
    event = TurnEvent(K.PROMPT, "s1", stage.now - 6 * 86_400_000, project="/code/shop")
    stage.tracker.feed("bob", "/logs/shop/s1.jsonl", stage.now, [event])


def record_of_an_old_version(stage) -> None:
    # Files "pid-<n>.json" name neither a start nor a status; many are left over.
    stage.claim(stage.process(7), "s1", "", process_start="", started_at=None)


def record_of_a_container_with_the_same_number(stage) -> None:
    stage.claim(stage.process(7), "inside", "busy", process_start="777")
    stage.log("inside", K.PROMPT, project="/workspace")
    stage.log("outside", K.PROMPT, K.TURN_CLOSED, ago=60)


def process_of_a_container(stage) -> None:
    # The system tells neither its folder nor its file; its log names a folder in there.
    stage.process(9, "bob", cwd="", exe="")
    stage.log("t1", K.TURN_OPEN, agent="bob", project="/workspace")


def member_of_a_team_in_a_pane(stage) -> None:
    stage.claim(stage.process(7), "lead", "busy")
    stage.claim(stage.process(8, parent_session="lead", cwd="/code/api"), "member", "busy")


def finished_sub_agent(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.log("s1", K.PROMPT, agent_id="a1")
    stage.log("s1", K.TURN_CLOSED, agent_id="a1")


def silent_sub_agent_of_a_log_only_session(stage) -> None:
    stage.log("s1", K.TURN_CLOSED, ago=60)
    stage.log("s1", K.PROMPT, agent_id="a1", ago=11 * 60)


def turn_that_was_replaced(stage) -> None:
    stage.process(9, "bob")
    for kind, ref in ((K.TURN_OPEN, "1"), (K.TURN_OPEN, "2"), (K.TURN_CLOSED, "1")):
        stage.log("t1", kind, agent="bob", ref=ref)


def resumed_after_a_kill(stage) -> None:
    # The turn that was killed is open in the log; the process that goes on with it began later and waits.
    stage.log("s1", K.TURN_OPEN, ago=120)
    stage.claim(stage.process(7, ago=60), "s1", "")


TRAPS = [
    (long_turn, (1, 1, 0, 0)),
    (stale_session_after_clearing, (1, 1, 0, 0)),
    (trust_dialog, (1, 0, 0, 0)),
    (container_deletes_the_record, (1, 1, 0, 0)),
    (record_of_a_dead_process, (0, 0, 0, 0)),
    (record_of_another_start, (1, 0, 0, 0)),
    (record_with_a_later_process, (1, 0, 0, 0)),
    (record_with_a_clock_step, (1, 1, 0, 0)),
    (forged_for_another_program, (1, 0, 0, 0)),
    (forged_for_a_host, (0, 0, 0, 0)),
    (unknown_status, (1, 0, 0, 0)),
    (no_registry_at_all, (1, 1, 0, 0)),
    (same_session_twice, (1, 1, 0, 0)),
    (threads_of_a_host, (2, 2, 0, 0)),
    (nested, (1, 1, 0, 1)),
    (two_projects, (3, 1, 1, 0)),
    (compaction_worker, (1, 1, 0, 0)),
    (log_of_yesterday, (0, 0, 0, 0)),
    (log_of_a_copied_home, (0, 0, 0, 0)),
    (record_of_an_old_version, (1, 0, 0, 0)),
    (record_of_a_container_with_the_same_number, (2, 1, 0, 0)),
    (process_of_a_container, (1, 1, 0, 0)),
    (member_of_a_team_in_a_pane, (1, 1, 0, 1)),
    (finished_sub_agent, (1, 1, 0, 0)),
    (silent_sub_agent_of_a_log_only_session, (1, 0, 0, 0)),
    (turn_that_was_replaced, (1, 1, 0, 0)),
    (resumed_after_a_kill, (1, 0, 0, 0)),
]


@pytest.mark.parametrize(("scene", "expected"), TRAPS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_trap_does_not_mislead_the_counter(stage, scene, expected) -> None:
    scene(stage)
    found = counts(list(stage.look().values()))
    assert (found.open, found.working, found.waiting, found.sub_agents) == expected


def test_after_clearing_the_new_session_is_shown_with_the_status_of_the_process(stage) -> None:
    stale_session_after_clearing(stage)
    assert {name: (one.state, one.confidence) for name, one in stage.look().items()} == {
        "new": (State.WORKING, EXACT)
    }


def test_two_processes_on_one_session_are_flagged(stage) -> None:
    same_session_twice(stage)
    assert stage.look()["s1"].processes == 2
    stage.end(8)
    assert stage.look()["s1"].processes == 1


def test_nothing_changes_in_the_look_after_a_sleep(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.process(9, "bob")
    stage.log("t1", K.TURN_OPEN, agent="bob")
    before = stage.look()
    stage.running.clear()
    assert stage.look(after=8 * 3600) == before
    stage.look()
    assert stage.look() == {}


@pytest.mark.parametrize("seconds", [-7200, -31, 31, 7200])
def test_a_clock_that_is_set_changes_no_state(stage, seconds) -> None:
    stage.claim(stage.process(7, ago=86_400), "s1", "busy")
    stage.process(9, "bob", ago=86_400)
    stage.log("t1", K.TURN_OPEN, agent="bob")
    stage.look()
    stage.look(after=seconds)
    found = stage.look()
    assert {name: one.state for name, one in found.items()} == {"s1": State.WORKING, "t1": State.WORKING}
