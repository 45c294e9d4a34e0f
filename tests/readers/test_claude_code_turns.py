"""What Claude Code's transcripts tell of turns, questions and sub-agents."""

from __future__ import annotations

from typing import Any

import pytest

from tests.readers.conftest import lines
from tests.readers.test_claude_code import SESSION, TIME, heard, said
from tokenwatch.readers.claude_code import READER
from tokenwatch.readers.protocol import Part, Source, TurnEvent, TurnKind


def events(*came: Any, relative: str = f"p/{SESSION}.jsonl") -> list[TurnEvent]:
    return list(
        READER.turns(Part(Source("claude-code", f"/r/{relative}", relative), lines(*came), 0, TIME + 99), b"")
    )


def kinds(*came: Any, relative: str = f"p/{SESSION}.jsonl") -> list[TurnKind]:
    return [event.kind for event in events(*came, relative=relative)]


def spoke(*blocks: dict[str, Any] | str, at: float = 0, **more: Any) -> dict[str, Any]:
    """A person's or a tool's line."""
    content: Any = [block if isinstance(block, dict) else {"type": "text", "text": block} for block in blocks]
    return heard(at, **more) | {"message": {"role": "user", "content": content}}


def answered(*blocks: dict[str, Any], stop: str | None = "end_turn", **more: Any) -> dict[str, Any]:
    line = said(stop=stop, **more)
    line["message"]["content"] = list(blocks)
    return line


def call(tool: str, number: str = "t1") -> dict[str, Any]:
    return {"type": "tool_use", "id": number, "name": tool, "input": {"command": "rm -rf secret"}}


def result(number: str = "t1") -> dict[str, Any]:
    return {"type": "tool_result", "tool_use_id": number, "content": "secret"}


def test_a_turn_from_prompt_to_end() -> None:
    came = (
        spoke("do it"),
        answered(call("Bash"), stop="tool_use"),
        spoke(result()),
        answered({"type": "text", "text": "done"}),
    )
    assert kinds(*came) == [TurnKind.PROMPT, TurnKind.TOOL_OPEN, TurnKind.TOOL_CLOSED, TurnKind.TURN_CLOSED]
    opened = events(*came)[1]
    assert (opened.ref, opened.tool, opened.model, opened.session) == ("t1", "Bash", "claude-sonnet-4-5", SESSION)
    assert (opened.project, opened.branch, opened.time) == ("/home/ana/shop", "main", TIME)


def test_a_prompt_may_be_plain_text() -> None:
    assert kinds(heard() | {"message": {"role": "user", "content": "do it"}}) == [TurnKind.PROMPT]


@pytest.mark.parametrize("tool", ["AskUserQuestion", "ExitPlanMode"])
def test_a_question_to_the_person_is_one(tool: str) -> None:
    assert kinds(answered(call(tool), stop="tool_use")) == [TurnKind.ASKS]


@pytest.mark.parametrize("stop", [None, "tool_use", "pause_turn"])
def test_an_answer_that_goes_on_leaves_the_turn_open(stop: str | None) -> None:
    assert kinds(answered({"type": "thinking"}, stop=stop)) == [TurnKind.TURN_OPEN]


@pytest.mark.parametrize("words", ["[Request interrupted by user]", "[Request interrupted by user for tool use]"])
def test_an_interrupted_turn_is_over(words: str) -> None:
    assert kinds(spoke(words)) == [TurnKind.INTERRUPTED]


@pytest.mark.parametrize(
    "line",
    [
        spoke("hidden", isMeta=True),
        spoke("summary", isCompactSummary=True),
        {"type": "summary", "summary": "user"},
        heard(),
        {"type": "user", "sessionId": SESSION},
        {"type": "assistant", "sessionId": SESSION, "message": "assistant"},
        b'{"type":"user"',
    ],
)
def test_what_is_no_turn_tells_nothing(line: Any) -> None:
    assert kinds(line) == []


def test_a_compaction_is_told() -> None:
    assert kinds({"type": "system", "subtype": "compact_boundary", "sessionId": SESSION}) == [TurnKind.COMPACTED]


def test_an_error_of_the_service_ends_the_turn_and_names_no_model() -> None:
    (event,) = events(answered({"type": "text"}, stop="stop_sequence", model="<synthetic>", isApiErrorMessage=True))
    assert (event.kind, event.model) == (TurnKind.TURN_CLOSED, "")


# Sub-agents


SUB = f"p/{SESSION}/subagents/agent-a1.jsonl"


def test_a_sub_agents_turns_are_its_own() -> None:
    (event,) = events(answered(call("AskUserQuestion"), stop="tool_use", isSidechain=True), relative=SUB)
    assert (event.session, event.agent_id, event.kind) == (SESSION, "a1", TurnKind.TOOL_OPEN)


def test_the_result_of_its_task_ends_a_sub_agent() -> None:
    told = {"agentId": "a1", "status": "completed", "usage": {}}
    ended = events(spoke(result(), toolUseResult=told))
    assert [(event.kind, event.agent_id) for event in ended] == [
        (TurnKind.TOOL_CLOSED, ""),
        (TurnKind.TURN_CLOSED, "a1"),
    ]


def test_a_sub_agent_sent_to_the_background_goes_on() -> None:
    told = {"agentId": "a1", "status": "async_launched", "isAsync": True}
    assert kinds(spoke(result(), toolUseResult=told)) == [TurnKind.TOOL_CLOSED]


@pytest.mark.parametrize("told", ["Error: cancelled", [], {"agentId": 7, "usage": {}}, None])
def test_an_odd_result_ends_no_sub_agent(told: Any) -> None:
    assert kinds(spoke(result(), toolUseResult=told)) == [TurnKind.TOOL_CLOSED]


def test_workers_that_compact_are_no_agents() -> None:
    relative = f"p/{SESSION}/subagents/agent-acompact-9.jsonl"
    assert kinds(answered({"type": "text"}, isSidechain=True), relative=relative) == []


def test_a_line_of_an_unnamed_side_conversation_tells_nothing() -> None:
    assert kinds(answered({"type": "text"}, isSidechain=True)) == []
