"""What Claude Code's transcripts tell of turns, questions and sub-agents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import lines
from tests.readers.test_claude_code import SESSION, TIME, heard, said
from tokenwatch.readers.claude_code import READER
from tokenwatch.readers.protocol import Part, Source, SubAgentFacts, TurnEvent, TurnKind


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
    failed, event = events(
        answered({"type": "text"}, stop="stop_sequence", model="<synthetic>", isApiErrorMessage=True)
    )
    assert failed.kind is TurnKind.FAILED
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


def test_a_failed_request_is_told() -> None:
    assert kinds(heard() | {"type": "system", "subtype": "api_error"}) == [TurnKind.FAILED]


@pytest.mark.parametrize(
    ("more", "typed"),
    [
        ({}, True),
        ({"entrypoint": "cli"}, True),
        ({"entrypoint": "claude-vscode"}, True),
        ({"origin": {"kind": "human"}}, True),
        ({"entrypoint": "sdk-cli", "promptSource": "sdk"}, False),
        ({"promptSource": "schedule"}, False),
        ({"origin": {"kind": "task-notification"}}, False),
    ],
)
def test_who_typed_a_prompt(more, typed) -> None:
    (event,) = events(spoke("do it", **more))
    assert (event.kind, event.typed) == (TurnKind.PROMPT, typed)


@pytest.mark.parametrize("text", ["<task-notification>x", " <local-command-stdout>x", "<teammate-message from=b>"])
def test_a_notice_is_no_persons_prompt(text) -> None:
    assert [event.typed for event in events(spoke(text))] == [False]


def test_a_notice_ends_a_task_that_ran_in_the_background() -> None:
    notice = "<task-notification><task-id>a1</task-id><status>completed</status></task-notification>"
    assert [(event.kind, event.agent_id) for event in events(spoke(notice))] == [
        (TurnKind.TURN_CLOSED, "a1"),
        (TurnKind.PROMPT, ""),
    ]
    assert kinds(spoke(notice.replace("completed", "running"))) == [TurnKind.PROMPT]


def used(tool: str, **given: Any) -> TurnEvent:
    block = {"type": "tool_use", "id": "t1", "name": tool, "input": given}
    (event,) = events(answered(block, stop="tool_use"))
    return event


@pytest.mark.parametrize(
    ("tool", "given", "target"),
    [
        ("Edit", {"file_path": "/home/ana/shop/cart.py", "old_string": "secret"}, "cart.py"),
        ("Read", {"file_path": "C:\\code\\cart.py"}, "cart.py"),
        ("NotebookEdit", {"notebook_path": "/a/b.ipynb"}, "b.ipynb"),
        ("Bash", {"command": "cat /etc/passwd"}, ""),
        ("Grep", {"pattern": "secret", "path": "/x/y"}, ""),
        ("Edit", {"file_path": 7}, ""),
        ("Edit", {}, ""),
    ],
)
def test_of_a_call_at_most_the_files_name_is_told(tool, given, target) -> None:
    event = used(tool, **given)
    assert event.target == target
    assert "secret" not in repr(event)


def test_equal_calls_are_known_as_equal() -> None:
    assert used("Bash", command="ls").call == used("Bash", command="ls").call
    assert used("Bash", command="ls").call not in (
        0,
        used("Bash", command="ls -l").call,
        used("Glob", command="ls").call,
    )


def test_the_file_beside_a_sub_agents_transcript() -> None:
    relative = f"p/{SESSION}/subagents/agent-a1.jsonl"
    source = Source("claude-code", f"/r/{relative}", relative)
    assert READER.beside(source) == Path(f"/r/p/{SESSION}/subagents/agent-a1.meta.json")
    data = b'{"agentType":"Explore","description":"a secret","toolUseId":"t1","spawnDepth":2,"parentAgentId":"a0"}'
    assert READER.sub_agent(source, data) == SubAgentFacts(SESSION, "a1", "Explore", "t1", "a0")
    assert READER.sub_agent(source, b"[1]") is None
    assert READER.beside(Source("claude-code", f"/r/p/{SESSION}.jsonl", f"p/{SESSION}.jsonl")) is None
