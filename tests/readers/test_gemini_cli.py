"""What is special about Gemini CLI's chats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import Bench, lines
from tests.readers.pieces import Document
from tokenwatch.base.paths import Paths
from tokenwatch.readers.gemini_cli import READER
from tokenwatch.readers.protocol import Kind, Part, Source, TurnKind

AGENT = "gemini-cli"
Make = Callable[..., Bench]
HEADER = {"sessionId": "s1", "startTime": "2026-03-02T09:00:00.000Z", "kind": "main"}
CHAT = "shop/chats/session-2026-03-02T09-00-s1.jsonl"


def message(tokens: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": "m1",
        "timestamp": "2026-03-02T09:00:04.000Z",
        "type": "gemini",
        "model": "gemini-2.5-pro",
        "tokens": tokens,
        **more,
    }


def counts(bench: Bench) -> list[tuple[int, int, int, int]]:
    return [(record.input, record.cache_read, record.output, record.reasoning) for record in bench.records]


def test_the_input_of_tools_is_input_and_thoughts_are_output(bench: Make) -> None:
    tokens = {"input": 1000, "output": 80, "cached": 600, "thoughts": 40, "tool": 10, "total": 1130}
    assert counts(bench().read([(CHAT, lines(HEADER, message(tokens)))])) == [(410, 600, 120, 40)]


def test_a_total_tells_that_cached_input_stands_beside_the_input(bench: Make) -> None:
    tokens = {"input": 1000, "output": 80, "cached": 600, "thoughts": 0, "tool": 0, "total": 1680}
    assert counts(bench().read([(CHAT, lines(HEADER, message(tokens)))])) == [(1000, 600, 80, 0)]


def test_a_total_that_fits_nothing_marks_the_record(bench: Make) -> None:
    tokens = {"input": 1000, "output": 80, "cached": 600, "thoughts": 0, "tool": 0, "total": 3}
    (record,) = bench().read([(CHAT, lines(HEADER, message(tokens)))]).records
    assert record.context.estimated == 1


def test_a_message_is_one_response_in_journal_document_and_checkpoint(bench: Make) -> None:
    tokens = {"input": 100, "output": 8, "cached": 0, "thoughts": 0, "tool": 0, "total": 108}
    document = Document(lines({**HEADER, "messages": [message(tokens)]}))
    read = bench().read(
        [
            ("shop/chats/session-2026-03-02T09-00-s1.json", document),
            (CHAT, lines(HEADER, {"$set": {"messages": [message(tokens)]}}, message(tokens), {"$rewindTo": "m0"})),
        ]
    )
    assert counts(read) == [(100, 0, 8, 0)]


def test_messages_of_one_id_in_two_sessions_are_two(bench: Make) -> None:
    tokens = {"input": 100, "output": 8, "cached": 0, "thoughts": 0, "tool": 0, "total": 108}
    other = {**HEADER, "sessionId": "s2"}
    read = bench().read([(CHAT, lines(HEADER, message(tokens))), ("a/chats/b.jsonl", lines(other, message(tokens)))])
    assert len(read.records) == 2


def test_a_message_that_is_still_written_or_was_given_up_is_nothing(bench: Make) -> None:
    assert counts(bench().read([(CHAT, lines(HEADER, message(None), message({})))])) == []


@pytest.mark.parametrize(
    ("relative", "kind"),
    [
        ("shop/chats/session-1.jsonl", Kind.LINES),
        ("shop/chats/5f0e/bbbb.jsonl", Kind.LINES),
        ("shop/chats/session-1.json", Kind.DOCUMENT),
        ("shop/logs.json", None),
        ("shop/checkpoint-1.json", None),
        ("shop/chats/session-1.jsonl.unreadable-1772442000000", None),
        ("chats/session-1.jsonl", None),
    ],
)
def test_only_chats_are_sources(relative: str, kind: Kind | None) -> None:
    found = [root.kind for root in READER.roots(Paths.below(Path("/home/ana"))) if root.accepts(relative)]
    assert found == ([kind] if kind else [])


def test_the_variable_takes_the_place_of_the_home_folder() -> None:
    roots = READER.roots(Paths.below(Path("/home/ana"), GEMINI_CLI_HOME="/data/gemini"))
    assert {root.path for root in roots} == {Path("/data/gemini/.gemini/tmp")}


def turns(*objects: Any) -> list[tuple[TurnKind, str]]:
    part = Part(Source(AGENT, f"/root/{CHAT}", CHAT), lines(*objects))
    return [(event.kind, event.session) for event in READER.turns(part, b"")]


def test_turns_tell_prompts_tools_questions_and_ends() -> None:
    tokens = {"input": 1, "output": 1, "total": 2}
    waiting = message(tokens, toolCalls=[{"id": "t1", "name": "shell", "status": "awaiting_approval"}])
    running = message(tokens, toolCalls=[{"id": "t1", "name": "shell", "status": "executing"}])
    done = message(tokens, toolCalls=[{"id": "t1", "name": "shell", "status": "success"}])
    said = [kind for kind, _ in turns(HEADER, {"type": "user"}, waiting, running, done, message(tokens))]
    assert said == [
        TurnKind.PROMPT,
        TurnKind.ASKS,
        TurnKind.TOOL_OPEN,
        TurnKind.TOOL_CLOSED,
        TurnKind.TURN_CLOSED,
    ]
    assert {session for _, session in turns(HEADER, {"type": "user"})} == {"s1"}
