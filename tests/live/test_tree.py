"""Sub-agents stand under the session that a person would name, with who started them; the finished ones are idle."""

from __future__ import annotations

import pytest

from tokenwatch.base.interval import End
from tokenwatch.base.session import Activity, State
from tokenwatch.live.states import counts
from tokenwatch.readers.protocol import SubAgentFacts, TurnKind

K = TurnKind


def test_a_sub_agent_has_its_kind_and_what_it_does(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.log("s1", K.PROMPT)
    stage.log("s1", K.TOOL_OPEN, ref="t1", tool="Agent")
    stage.log("s1", K.PROMPT, agent_id="a1", model="small")
    stage.tracker.describe("ann", SubAgentFacts("s1", "a1", "Explore", "t1"))
    stage.log("s1", K.TOOL_OPEN, agent_id="a1", ref="u", tool="Read", target="cart.py")
    (sub,) = stage.look()["s1"].sub_agents
    assert (sub.id, sub.kind, sub.parent, sub.model, sub.state) == ("a1", "Explore", "", "small", State.WORKING)
    assert (sub.doing.activity, sub.doing.target) == (Activity.READING, "cart.py")


def test_a_sub_agent_of_a_sub_agent_stands_below_it(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.log("s1", K.PROMPT)
    stage.log("s1", K.PROMPT, agent_id="a1")
    stage.log("s1", K.TOOL_OPEN, agent_id="a1", ref="t2", tool="Task")
    stage.log("s1", K.PROMPT, agent_id="a2")
    stage.tracker.describe("ann", SubAgentFacts("s1", "a2", "general-purpose", "t2"))
    one = stage.look()["s1"]
    assert {sub.id: sub.parent for sub in one.sub_agents} == {"a1": "", "a2": "a1"}
    assert one.signs.depth == 2


def test_the_call_that_started_a_sub_agent_may_be_read_after_it(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.log("s1", K.PROMPT, agent_id="a2")
    stage.tracker.describe("ann", SubAgentFacts("s1", "a2", "general-purpose", "t2"))
    stage.log("s1", K.TOOL_OPEN, agent_id="a1", ref="t2", tool="Task")
    assert {sub.id: sub.parent for sub in stage.look()["s1"].sub_agents} == {"a1": "", "a2": "a1"}


def test_sub_agents_of_an_interrupted_session_are_over_also_if_read_after_it(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.log("s1", K.PROMPT, ago=60)
    stage.log("s1", K.INTERRUPTED, ago=20)
    stage.log("s1", K.PROMPT, agent_id="a1", ago=30)
    stage.log("s1", K.PROMPT, agent_id="a2", ago=10)
    one = stage.look()["s1"]
    assert ([sub.id for sub in one.sub_agents], [sub.id for sub in one.finished_sub_agents]) == (["a2"], ["a1"])


def test_spawned_threads_stand_below_the_thread_that_spawned_them(stage) -> None:
    stage.process(9, "bob")
    stage.log("t1", K.TURN_OPEN, agent="bob")
    stage.log("t2", K.TURN_OPEN, agent="bob", agent_id="t2", parent_session="t1", agent_name="Ada")
    stage.log("t3", K.TURN_OPEN, agent="bob", agent_id="t3", parent_session="t2")
    found = stage.look()
    assert list(found) == ["t1"]
    assert {sub.id: (sub.parent, sub.name, sub.session) for sub in found["t1"].sub_agents} == {
        "t2": ("", "Ada", "t2"),
        "t3": ("t2", "", "t3"),
    }
    assert found["t1"].signs.spawned == 2


def test_a_grandchild_that_is_read_first_finds_its_place(stage) -> None:
    stage.process(9, "bob")
    stage.log("t3", K.TURN_OPEN, agent="bob", agent_id="t3", parent_session="t2")
    stage.log("t2", K.TURN_OPEN, agent="bob", agent_id="t2", parent_session="t1")
    stage.log("t1", K.TURN_OPEN, agent="bob")
    found = stage.look()
    assert list(found) == ["t1"]
    assert {sub.id: sub.parent for sub in found["t1"].sub_agents} == {"t2": "", "t3": "t2"}


def test_a_finished_sub_agent_is_idle_and_not_counted(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.log("s1", K.PROMPT)
    stage.log("s1", K.PROMPT, agent_id="a1")
    stage.log("s1", K.TURN_CLOSED, agent_id="a1")
    one = stage.look()["s1"]
    assert one.sub_agents == ()
    assert [(sub.id, sub.state) for sub in one.finished_sub_agents] == [("a1", State.IDLE)]
    assert counts([one]).sub_agents == 0


def test_a_nested_session_is_a_sub_agent_and_idle_when_its_turn_is_over(stage) -> None:
    stage.claim(stage.process(7), "s1", "busy")
    stage.claim(stage.process(8, nested_in=7), "s2", "busy")
    assert [sub.id for sub in stage.look()["s1"].sub_agents] == ["s2"]
    stage.claim(stage.running[1], "s2", "idle")
    one = stage.look()["s1"]
    assert (one.sub_agents, [sub.id for sub in one.finished_sub_agents]) == ((), ["s2"])


def test_a_team_member_in_a_pane_of_its_own_belongs_to_its_lead(stage) -> None:
    stage.claim(stage.process(7), "lead", "busy")
    stage.claim(stage.process(8, parent_session="lead", member="researcher"), "s2", "busy")
    found = stage.look()
    assert list(found) == ["lead"]
    assert [(sub.id, sub.name) for sub in found["lead"].sub_agents] == [("s2", "researcher")]


def test_a_lead_that_cleared_its_conversation_keeps_its_members(stage) -> None:
    stage.claim(stage.process(7), "old", "busy")
    stage.claim(stage.process(8, parent_session="old", cwd="/elsewhere"), "s2", "busy")
    stage.log("old", K.PROMPT, K.TURN_CLOSED, ago=600)
    stage.log("new", K.PROMPT)
    assert {name: [sub.id for sub in one.sub_agents] for name, one in stage.look().items()} == {"new": ["s2"]}


@pytest.mark.parametrize("lead", ["nobody", "s2"])
def test_a_team_member_whose_lead_is_not_here_counts_by_itself(stage, lead) -> None:
    stage.claim(stage.process(8, parent_session=lead), "s2", "busy")
    assert list(stage.look()) == ["s2"]


def test_who_ended_and_who_crashed_is_remembered(stage) -> None:
    stage.process(8, "bob", cwd="/code/a")
    stage.log("done", K.TURN_OPEN, K.TURN_CLOSED, agent="bob", project="/code/a")
    stage.process(9, "bob", cwd="/code/b")
    stage.log("killed", K.TURN_OPEN, agent="bob", project="/code/b")
    stage.look()
    stage.end(8)
    stage.end(9)
    stage.look()
    assert stage.tracker.over == (), "one look can miss a process"
    stage.look()
    assert {one.session: one.state for one in stage.tracker.over} == {"done": State.ENDED, "killed": State.CRASHED}
    assert {one.since for one in stage.tracker.over} == {stage.now}
    stage.process(10, "bob", cwd="/code/b", ago=0)
    stage.log("killed", K.TURN_OPEN, agent="bob", project="/code/b")
    stage.look()
    assert [one.session for one in stage.tracker.over] == ["done"], "somebody went on with the other one"
    stage.clock.advance(13 * 3600)
    stage.tracker.tick()  # as after a sleep
    stage.look()
    assert stage.tracker.over == ()


def test_what_another_look_saw_end_is_no_log_without_a_process(stage) -> None:
    stage.log("killed", K.PROMPT, ago=60)
    stage.tracker.recall_ends([End("ann", "killed", stage.now - 30_000, True), End("ann", "unheard of", stage.now)])
    assert stage.look() == {}
    stage.log("killed", K.PROMPT)
    assert list(stage.look()) == ["killed"], "it went on, where its process cannot be seen"
