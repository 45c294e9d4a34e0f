"""A tracker is told of growing logs and looks at processes and registries; it says what is open."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tokenwatch.base.snapshot import AgentCounts, Confidence, State
from tokenwatch.base.usage import Agent, Signature
from tokenwatch.live import memory
from tokenwatch.live.processes import Processes, Role
from tokenwatch.live.sessions import LiveTracker
from tokenwatch.live.states import counts
from tokenwatch.readers.protocol import TurnEvent, TurnKind

K = TurnKind


def test_nothing_runs(stage) -> None:
    assert stage.look() == {}
    assert counts(stage.tracker.tick()) == AgentCounts()


def test_a_claimed_session_with_its_process_and_log(stage) -> None:
    process = stage.process(7)
    stage.claim(process, "s1", "busy")
    stage.log("s1", K.PROMPT, model="m1", branch="main", context_window=200_000)
    one = stage.look()["s1"]
    assert (one.agent, one.state, one.confidence, one.pid) == ("ann", State.WORKING, Confidence.EXACT, 7)
    assert (one.cwd, one.branch, one.model, one.context_window) == ("/code/shop", "main", "m1", 200_000)
    assert one.started_at == process.started_at
    assert one.last_activity == stage.now - 2_000


def test_a_claim_without_a_log_is_open(stage) -> None:
    stage.claim(stage.process(7), "s1", "idle")
    assert stage.look()["s1"].state is State.IDLE


def test_a_session_is_not_counted_twice(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.claim(stage.process(8), "s1", "idle")
    stage.log("s1", K.PROMPT)
    found = stage.look()
    assert list(found) == ["s1"]
    assert found["s1"].state is State.WORKING


def test_a_stale_claim_is_not_believed(stage) -> None:
    process = stage.process(7)
    stage.claim(process, "old", "busy", process_start="1")
    found = stage.look()
    assert list(found) == ["7"]
    assert found["7"].state is State.IDLE


def test_a_claim_without_a_process_opens_nothing(stage) -> None:
    process = stage.process(7)
    stage.claim(process, "s1", "busy")
    stage.end(7)
    assert stage.look() == {}


def test_a_missing_claim_proves_nothing(stage) -> None:
    process = stage.process(7)
    path = stage.claim(process, "s1", "busy")
    stage.log("s1", K.PROMPT)
    stage.look()
    path.unlink()
    one = stage.look()["s1"]
    assert (one.state, one.confidence) == (State.WORKING, Confidence.LIKELY)


def test_a_process_without_a_known_session_counts(stage) -> None:
    stage.process(9, "bob", ago=5)
    one = stage.look()["9"]
    assert (one.session, one.state, one.confidence) == ("", State.STARTING, Confidence.GUESS)


def test_a_process_gets_its_session_when_its_log_begins(stage) -> None:
    stage.process(9, "bob", ago=5)
    stage.look()
    stage.log("t1", K.TURN_OPEN, agent="bob")
    found = stage.look()
    assert list(found) == ["t1"]
    assert (found["t1"].state, found["t1"].confidence, found["t1"].pid) == (State.WORKING, Confidence.LIKELY, 9)


def test_a_turn_of_an_agent_without_a_registry(stage) -> None:
    stage.process(9, "bob")
    stage.log("t1", K.TURN_OPEN, agent="bob", ref="1")
    assert stage.look()["t1"].state is State.WORKING
    stage.log("t1", K.TURN_CLOSED, agent="bob", ref="1")
    stage.look()
    assert stage.look()["t1"].state is State.IDLE


def test_work_begins_at_once_and_ends_when_two_looks_agree(stage) -> None:
    process = stage.process(7)
    stage.claim(process, "s1", "idle")
    assert stage.look()["s1"].state is State.IDLE
    stage.claim(process, "s1", "busy")
    assert stage.look()["s1"].state is State.WORKING
    stage.claim(process, "s1", "idle")
    assert stage.look()["s1"].state is State.WORKING
    assert stage.look()["s1"].state is State.IDLE


def test_a_moment_of_rest_between_turns_is_not_shown(stage) -> None:
    process = stage.process(7)
    for status in ("busy", "idle", "busy", "idle", "busy"):
        stage.claim(process, "s1", status)
        assert stage.look()["s1"].state is State.WORKING


def test_waiting_is_shown_at_once(stage) -> None:
    process = stage.process(7)
    stage.claim(process, "s1", "busy")
    stage.look()
    stage.claim(process, "s1", "waiting", waiting_for="permission prompt")
    one = stage.look()["s1"]
    assert (one.state, one.waiting_for) == (State.WAITING, "permission prompt")


def test_an_ended_process_closes_its_session_after_two_looks(stage) -> None:
    path = stage.claim(stage.process(7), "s1", "idle")
    stage.log("s1", K.PROMPT, K.TURN_CLOSED)
    stage.look()
    stage.end(7)
    path.unlink()
    assert list(stage.look()) == ["s1"]
    assert stage.look() == {}
    assert stage.look() == {}, "what ended is not shown as a log without a process"


def test_a_process_missed_once_is_not_gone(stage) -> None:
    process = stage.process(7)
    stage.claim(process, "s1", "idle")
    stage.look()
    stage.end(7)
    stage.look()
    stage.running.append(process)
    assert stage.look()["s1"].pid == 7
    assert stage.look()["s1"].pid == 7


def test_a_killed_process_closes_its_open_turn(stage) -> None:
    stage.process(9, "bob")
    stage.log("t1", K.TURN_OPEN, agent="bob")
    stage.look()
    stage.end(9)
    stage.look()
    assert stage.look() == {}


def test_an_ended_session_that_grows_again_is_open_again(stage) -> None:
    stage.process(9, "bob")
    stage.log("t1", K.TURN_OPEN, K.TURN_CLOSED, agent="bob")
    stage.look()
    stage.end(9)
    stage.look()
    stage.look()
    stage.log("t1", K.TURN_OPEN, agent="bob")
    assert stage.look()["t1"].confidence is Confidence.LOG_ONLY


def test_a_killed_session_whose_log_is_only_touched_stays_over(stage) -> None:
    """As Claude Code 2.1.197 does when a session is taken up: a new time for the file, and no line in it."""
    killed = stage.process(9)
    stage.claim(killed, "s1", "waiting", waiting_for="permission prompt")
    stage.log("s1", K.PROMPT)
    stage.log("s1", K.TOOL_OPEN, ref="t", tool="Bash")
    stage.look()
    stage.end(9)
    stage.look()
    stage.look()
    successor = stage.process(10, ago=0.2)
    claim = stage.claim(successor, "not yet the old one", "")
    stage.tracker.feed("ann", "/logs/shop/s1-.jsonl", stage.now, [])
    assert list(stage.look(after=0.1)) == ["not yet the old one"]
    stage.claim(successor, "s1", "idle")
    assert {key: one.state for key, one in stage.look().items()} == {"s1": State.IDLE}
    stage.end(10)
    claim.unlink()
    stage.tracker.feed("ann", "/logs/shop/s1-.jsonl", stage.now, [])
    stage.look()
    assert stage.look() == {}


def test_a_log_without_a_process_is_open_for_some_minutes(stage) -> None:
    stage.log("s1", K.PROMPT, K.TURN_CLOSED)
    assert stage.look()["s1"].confidence is Confidence.LOG_ONLY
    for _ in range(12):
        stage.look(after=25)
    assert stage.look() == {}


def test_an_old_log_is_not_open(stage) -> None:
    stage.log("s1", K.PROMPT, ago=3_600)
    assert stage.look() == {}


def test_a_session_killed_before_anyone_looked_works_for_two_minutes_at_most(stage) -> None:
    stage.log("s1", K.PROMPT, ago=60)
    stage.log("s1", K.PROMPT, agent_id="a1", ago=60)
    stage.log("s2", K.PROMPT, ago=180)
    found = stage.look()
    assert {name: (one.state, one.confidence) for name, one in found.items()} == {
        "s1": (State.WORKING, Confidence.LOG_ONLY)
    }
    for _ in range(3):
        found = stage.look(after=25)
    assert found == {}, "neither it nor its sub-agent"


def test_beside_a_session_with_a_process_one_without_is_believed_no_longer(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.log("s1", K.PROMPT)
    stage.log("s2", K.PROMPT, ago=180)
    assert list(stage.look()) == ["s1"]


def test_a_silent_turn_elsewhere_is_shown_from_its_next_line_on(stage) -> None:
    """As in a container, of which the process table here tells nothing."""
    stage.log("s1", K.PROMPT, ago=180)
    assert stage.look() == {}
    stage.log("s1", K.TOOL_OPEN, ref="1", tool="Bash")
    for _ in range(20):
        one = stage.look(after=25)["s1"]
        assert (one.state, one.confidence) == (State.WORKING, Confidence.LOG_ONLY)


def test_a_silent_turn_that_a_process_here_may_be_in_is_believed(stage) -> None:
    stage.process(9, "bob", role=Role.HOST)
    stage.log("t1", K.PROMPT, agent="bob", ago=180)
    stage.process(10, "ann", cwd="/code/other")
    stage.process(11, "ann", cwd="/code/other")
    stage.log("s1", K.PROMPT, ago=180)
    found = stage.look()
    assert found["t1"].state is found["s1"].state is State.WORKING
    assert sorted(found) == ["10", "11", "s1", "t1"]


def test_a_question_waits_although_nothing_is_written(stage) -> None:
    stage.log("s1", K.PROMPT, K.ASKS, ago=180)
    assert stage.look()["s1"].state is State.WAITING


def test_a_silent_turn_of_an_agent_that_no_process_tells_of_is_believed(stage) -> None:
    stage.readers["eve"] = type(stage.readers["bob"])(Agent("eve", "Eve", "E", "anyone"), registry=False)
    stage.tracker = LiveTracker(stage.readers, stage.paths, stage.clock, lambda: ())
    stage.log("s1", K.PROMPT, agent="eve", ago=180)
    assert stage.look()["s1"].state is State.WORKING


def test_a_new_conversation_in_one_process_replaces_the_old_one(stage) -> None:
    stage.process(9, "bob")
    stage.log("t1", K.TURN_OPEN, K.TURN_CLOSED, agent="bob")
    stage.look()
    stage.clock.advance(5)
    stage.log("t2", K.TURN_OPEN, agent="bob")
    assert list(stage.look()) == ["t2"]
    assert list(stage.look()) == ["t2"]


def test_a_host_is_not_counted_and_its_sessions_are(stage) -> None:
    stage.process(9, "bob", role=Role.HOST)
    assert stage.look() == {}
    stage.log("t1", K.TURN_OPEN, agent="bob")
    stage.log("t2", K.TURN_OPEN, agent="bob")
    found = stage.look()
    assert {one.confidence for one in found.values()} == {Confidence.LOG_ONLY}
    assert sorted(found) == ["t1", "t2"]


def test_running_sub_agents_belong_to_their_session(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.log("s1", K.PROMPT)
    stage.log("s1", K.PROMPT, agent_id="a1", model="small")
    stage.log("s1", K.PROMPT, agent_id="a2")
    found = stage.tracker.tick()
    assert [(sub.id, sub.model, sub.started_at) for sub in found[0].sub_agents] == [
        ("a1", "small", stage.now),
        ("a2", "", stage.now),
    ]
    assert counts(found) == AgentCounts(open=1, working=1, sub_agents=2)


def test_a_finished_sub_agent_is_not_counted(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.log("s1", K.PROMPT, agent_id="a1")
    stage.log("s1", K.TURN_CLOSED, agent_id="a1")
    assert stage.look()["s1"].sub_agents == ()


def test_a_silent_sub_agent_is_believed_while_its_session_is_in_a_turn(stage) -> None:
    process = stage.process(7)
    stage.claim(process, "s1", "busy")
    stage.log("s1", K.PROMPT, ago=900)
    stage.log("s1", K.PROMPT, agent_id="a1", ago=900)
    assert len(stage.look()["s1"].sub_agents) == 1
    stage.log("s1", K.TURN_CLOSED)
    assert stage.look()["s1"].sub_agents == ()


def test_an_interruption_stops_the_sub_agents(stage) -> None:
    stage.claim(stage.process(7), "s1", "idle")
    stage.log("s1", K.PROMPT, agent_id="a1")
    stage.log("s1", K.INTERRUPTED)
    assert stage.look()["s1"].sub_agents == ()
    stage.log("s1", K.TOOL_OPEN, agent_id="a1")
    assert len(stage.look()["s1"].sub_agents) == 1


def test_an_idle_session_with_a_sub_agent_works_in_the_background(stage) -> None:
    stage.claim(stage.process(7), "s1", "idle")
    stage.log("s1", K.PROMPT, agent_id="a1")
    found = stage.look()
    assert found["s1"].state is State.BACKGROUND
    assert counts(list(found.values())).working == 1


def test_sub_agents_with_sessions_of_their_own_are_not_top_level(stage) -> None:
    stage.process(9, "bob")
    stage.log("root", K.TURN_OPEN, agent="bob")
    stage.log("child", K.TURN_OPEN, agent="bob", agent_id="child", parent_session="root")
    stage.log("grandchild", K.TURN_OPEN, agent="bob", agent_id="grandchild", parent_session="child")
    found = stage.look()
    assert list(found) == ["root"]
    assert [sub.id for sub in found["root"].sub_agents] == ["child", "grandchild"]


def test_a_grandchild_heard_of_first_finds_its_way_up(stage) -> None:
    stage.process(9, "bob")
    stage.log("grandchild", K.TURN_OPEN, agent="bob", agent_id="grandchild", parent_session="child")
    stage.log("child", K.TURN_OPEN, agent="bob", agent_id="child", parent_session="root")
    stage.log("root", K.TURN_OPEN, agent="bob")
    found = stage.look()
    assert list(found) == ["root"]
    assert len(found["root"].sub_agents) == 2


def test_a_fork_is_a_session_of_its_own(stage) -> None:
    stage.log("t1", K.TURN_OPEN, agent="bob")
    stage.log("t2", K.TURN_OPEN, agent="bob", parent_session="t1")
    assert sorted(stage.look()) == ["t1", "t2"]


def test_an_agent_that_a_session_started_as_a_program_is_its_sub_agent(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.claim(stage.process(8, nested_in=7), "s2", "busy")
    stage.log("s2", K.PROMPT, model="m2")
    found = stage.look()
    assert list(found) == ["s1"]
    assert [(sub.id, sub.model) for sub in found["s1"].sub_agents] == [("s2", "m2")]


def test_a_nested_agent_that_ended_is_gone(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    inner = stage.claim(stage.process(8, nested_in=7), "s2", "busy")
    stage.log("s2", K.PROMPT)
    stage.look()
    stage.end(8)
    inner.unlink()
    for _ in range(3):
        assert list(found := stage.look()) == ["s1"]
        assert found["s1"].sub_agents == ()


def test_after_a_sleep_nothing_changes_for_one_look(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    before = stage.look()
    stage.end(7)
    assert stage.look(after=8 * 3_600) == before
    stage.look()
    assert stage.look() == {}


def test_two_agents_in_one_folder_do_not_mix(stage) -> None:
    stage.claim(stage.process(7), "s1", "idle")
    stage.process(9, "bob")
    stage.log("s1", K.PROMPT, K.TURN_CLOSED)
    stage.log("t1", K.TURN_OPEN, agent="bob")
    found = stage.look()
    assert {name: one.agent for name, one in found.items()} == {"s1": "ann", "t1": "bob"}


def test_the_same_is_returned_while_nothing_changes(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.process(9, "bob")
    stage.log("t1", K.TURN_OPEN, agent="bob")
    assert stage.look() == stage.look()


def test_growth_without_events_keeps_a_log_open(stage) -> None:
    stage.log("t1", K.TURN_OPEN, agent="bob", ago=590)
    stage.tracker.feed("bob", "/logs/shop/t1-.jsonl", stage.now, [])
    assert stage.look(after=25)["t1"].state is State.WORKING


def test_registry_folders_are_named(stage) -> None:
    assert stage.tracker.watch_paths() == ()
    stage.claim(stage.process(7), "s1", "busy")
    assert stage.tracker.watch_paths() == (stage.home / ".ann" / "sessions",)


def test_a_look_opens_registry_files_only(stage) -> None:
    path = stage.claim(stage.process(7), "s1", "busy")
    stage.log("s1", K.PROMPT)
    stage.look()
    stage.look()
    assert stage.readers["ann"].asked == [path]
    assert stage.readers["bob"].asked == []


def test_events_of_an_unknown_agent_are_passed_over(stage) -> None:
    stage.log("s1", K.PROMPT, agent="carl")
    assert stage.look() == {}


def test_memory_is_bounded(stage) -> None:
    for index in range(3 * memory.MOST_SESSIONS):
        stage.log(f"s{index}", K.PROMPT)
    for index in range(memory.MOST_SUB_AGENTS + 500):
        stage.log("s", K.PROMPT, agent_id=f"a{index}")
    found = stage.look()
    assert len(found) <= memory.MOST_SESSIONS
    assert len(found["s"].sub_agents) == memory.MOST_SUB_AGENTS


def test_what_was_not_heard_of_for_half_a_day_is_forgotten(stage) -> None:
    stage.log("s1", K.PROMPT)
    stage.look()
    stage.look(after=13 * 3_600)
    stage.look()
    assert len(stage.tracker._memory) == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.tuples(
                st.just("log"),
                st.sampled_from(list(K)),
                st.sampled_from(["s1", "s2", ""]),
                st.sampled_from(["", "a"]),
            ),
            st.tuples(st.just("busy"), st.sampled_from([7, 8]), st.sampled_from(["s1", "s2"])),
            st.tuples(st.just("idle"), st.sampled_from([7, 8]), st.sampled_from(["s1", "s2"])),
            st.tuples(st.just("end"), st.sampled_from([7, 8])),
            st.tuples(st.just("look"), st.sampled_from([0, 2, 40, 700])),
        ),
        max_size=25,
    )
)
def test_whatever_happens_no_session_is_shown_twice_and_all_shown_are_open(stage, actions) -> None:
    stage.running.clear()
    for action in actions:
        match action:
            case ("log", kind, session, sub):
                stage.log(session, kind, agent_id=sub)
            case ("busy" | "idle" as status, pid, session):
                stage.end(pid)
                stage.claim(stage.process(pid), session, status)
            case ("end", pid):
                stage.end(pid)
            case ("look", after):
                stage.clock.advance(after)
                found = stage.tracker.tick()
                names = [(one.agent, one.session or one.pid) for one in found]
                assert len(names) == len(set(names))
                assert all(one.state.open for one in found)
                assert {one.pid for one in found if one.pid} <= {7, 8}


@pytest.fixture
def own_program(tmp_path: Path) -> Iterator[subprocess.Popen]:
    target = tmp_path / f"real{os.getpid()}"
    shutil.copy(shutil.which("sleep"), target)
    process = subprocess.Popen([target, "600"], cwd=tmp_path)
    yield process
    process.kill()
    process.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the start of a process from /proc")
def test_a_real_process_with_a_real_registry(stage, own_program, tmp_path) -> None:
    agent = Agent("ann", "Ann", "A", "x", Signature(programs=(Path(own_program.args[0]).name,)))
    stage.readers["ann"].agent = agent
    tracker = LiveTracker(stage.readers, stage.paths, stage.clock, Processes([agent]))
    ticks = Path(f"/proc/{own_program.pid}/stat").read_text().rpartition(")")[2].split()[19]
    folder = stage.home / ".ann" / "sessions"
    folder.mkdir(parents=True)
    claim = {"pid": own_program.pid, "session": "s1", "status": "waiting", "waiting_for": "permission prompt"}
    path = folder / f"{own_program.pid}.json"
    path.write_text(json.dumps(claim | {"process_start": ticks}))
    found = tracker.tick()
    assert [(one.session, one.state, one.confidence, one.pid) for one in found] == [
        ("s1", State.WAITING, Confidence.EXACT, own_program.pid)
    ]
    path.write_text(json.dumps(claim | {"process_start": str(int(ticks) + 1)}))
    stage.clock.advance(2)
    tracker.tick()
    stage.clock.advance(2)
    found = tracker.tick()
    assert [(one.session, one.confidence) for one in found] == [("", Confidence.GUESS)]
    own_program.kill()
    own_program.wait()
    stage.clock.advance(2)
    assert tracker.tick() == ()


def test_text_from_logs_is_kept_as_it_is_and_harms_nothing(stage) -> None:
    evil = "<img src=x>\u202e\x1b]8;;" + "x" * 10_000
    stage.log(evil, K.PROMPT, model=evil, branch=evil, project=evil)
    one = stage.look()[evil]
    assert (one.model, one.branch, one.cwd) == (evil, evil, evil)


def test_times_from_nowhere_harm_nothing(stage) -> None:
    for time in (0, -1, 10**18):
        stage.tracker.feed("ann", "/l", time, [TurnEvent(K.PROMPT, "s1", time)])
    assert stage.look()["s1"].last_activity <= stage.now


def test_what_the_next_look_decides_is_unsettled(stage) -> None:
    process = stage.process(7)
    stage.claim(process, "s1", "busy")
    stage.look()
    assert not stage.tracker.unsettled
    stage.claim(process, "s1", "idle")
    stage.look()
    assert stage.tracker.unsettled, "work seems to be over"
    stage.look()
    assert not stage.tracker.unsettled
    stage.end(7)
    stage.look()
    assert stage.tracker.unsettled, "a process was missed"
    stage.look()
    assert not stage.tracker.unsettled
