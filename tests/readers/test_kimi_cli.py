"""Kimi CLI: each step once, whether its own wire, the parent's or a fork's tells it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench, lines
from tokenwatch.base.paths import Paths
from tokenwatch.readers.kimi_cli import READER
from tokenwatch.readers.protocol import Part, Source, TurnKind

AGENT = "kimi"
NAME = "0cc175b9c0f1b6a831c399e269772661/5e55-1/wire.jsonl"
CHILD = "0cc175b9c0f1b6a831c399e269772661/5e55-1/subagents/a1/wire.jsonl"
TIME = 1_772_442_000.0

Make = Callable[..., Bench]


def said(kind: str, at: float = 0.0, **payload: Any) -> dict[str, Any]:
    return {"timestamp": TIME + at, "message": {"type": kind, "payload": payload}}


def status(output: int = 40, message: str | None = "chatcmpl-1") -> dict[str, Any]:
    usage = {"input_other": 300, "output": output, "input_cache_read": 9000, "input_cache_creation": 5}
    return {"context_usage": 0.05, "token_usage": usage, "message_id": message}


def nested(at: float, **payload: Any) -> dict[str, Any]:
    event = {"type": "StatusUpdate", "payload": payload}
    return said("SubagentEvent", at, parent_tool_call_id="t9", agent_id="a1", event=event)


def kinds(*entries: dict[str, Any]) -> list[tuple[TurnKind, str]]:
    part = Part(Source(AGENT, f"/{NAME}", NAME), lines(*entries), 0, MODIFIED)
    return [(event.kind, event.ref) for event in READER.turns(part, b"")]


def test_the_documented_example_is_one_step(bench: Make) -> None:
    came = lines({"type": "metadata", "protocol_version": "1.3"}, said("StatusUpdate", 4.5, **status()))
    (record,) = bench().read([(NAME, came)]).records
    assert (record.input, record.cache_read, record.cache_write_5m, record.output) == (300, 9000, 5, 40)
    assert (record.time, record.session, record.context.model) == (1_772_442_004_500, "5e55-1", "")


def test_a_change_of_state_is_no_step(bench: Make) -> None:
    came = lines(said("StatusUpdate", token_usage=None, context_usage=0.1), said("ToolResult", token_usage={}))
    read = bench().read([(NAME, came)])
    assert (read.records, read.skipped) == ([], {})


@pytest.mark.parametrize("message", ["chatcmpl-2", None])
@pytest.mark.parametrize("own_first", [True, False])
def test_a_sub_agents_own_wire_comes_before_its_parents_copy(
    bench: Make, message: str | None, own_first: bool
) -> None:
    own = (CHILD, lines(said("StatusUpdate", 7.9, **status(message=message))))
    copy = (NAME, lines(nested(8.1, **status(message=message))))
    (record,) = bench().read([own, copy] if own_first else [copy, own]).records
    assert (record.session, record.context.agent_id) == ("5e55-1", "a1")
    assert record.time == 1_772_442_007_900


def test_a_copy_counts_if_the_sub_agent_has_no_wire(bench: Make) -> None:
    (record,) = bench().read([(NAME, lines(nested(8, **status(message=None))))]).records
    assert (record.output, record.context.agent_id) == (40, "a1")


def test_equal_counts_without_a_name_are_two_steps(bench: Make) -> None:
    came = [said("StatusUpdate", at, **status(message=None)) for at in (1, 60)]
    assert len(bench().read([(NAME, lines(*came))]).records) == 2


def test_a_fork_repeats_its_parents_lines(bench: Make) -> None:
    came = lines(said("StatusUpdate", 1, **status()), said("StatusUpdate", 2, **status(message=None)))
    read = bench().read([(NAME, came), (NAME.replace("5e55-1", "5e55-2"), came)])
    assert len(read.records) == 2


def test_an_open_question_or_approval_waits_for_the_person() -> None:
    assert kinds(
        said("TurnBegin", user_input="words"),
        said("ToolCall", type="function", id="t1", function={"name": "Shell", "arguments": "{}"}),
        said("ApprovalRequest", id="ap1", tool_call_id="t1"),
        said("ApprovalResponse", request_id="ap1", response="approve"),
        said("ToolResult", tool_call_id="t1"),
        said("QuestionRequest", id="q1"),
        said("StepInterrupted"),
        said("TurnEnd"),
    ) == [
        (TurnKind.PROMPT, ""),
        (TurnKind.TOOL_OPEN, "t1"),
        (TurnKind.ASKS, "ap1"),
        (TurnKind.TOOL_CLOSED, "ap1"),
        (TurnKind.TOOL_CLOSED, "t1"),
        (TurnKind.ASKS, "q1"),
        (TurnKind.INTERRUPTED, ""),
        (TurnKind.TURN_CLOSED, ""),
    ]


def test_wires_are_looked_for_where_the_agent_keeps_them(tmp_path: Path) -> None:
    root = next(iter(READER.roots(Paths.below(tmp_path))))
    assert root.path == tmp_path / ".kimi" / "sessions"
    assert root.accepts(NAME) and root.accepts(CHILD) and not root.accepts("0cc/5e55-1/context.jsonl")
    moved = next(iter(READER.roots(Paths.below(tmp_path, KIMI_SHARE_DIR=str(tmp_path / "else")))))
    assert moved.path == tmp_path / "else" / "sessions"
