"""What is special about Qwen Code's chats."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

from tests.readers.conftest import Bench, lines
from tokenwatch.base.paths import Paths
from tokenwatch.readers.protocol import Part, Source, TurnKind
from tokenwatch.readers.qwen_code import READER

AGENT = "qwen-code"
Make = Callable[..., Bench]
CHAT = "-home-ana-shop/chats/s1.jsonl"


def event(response: str, prompt: int = 1000, **more: Any) -> dict[str, Any]:
    said = {
        "event.name": "qwen-code.api_response",
        "event.timestamp": "2026-03-02T09:00:00.000Z",
        "response_id": response,
        "model": "qwen3-coder-plus",
        "input_token_count": prompt,
        "output_token_count": 200,
        "cached_content_token_count": 400,
        "thoughts_token_count": 80,
        "total_token_count": prompt + 200,
        **more,
    }
    return {
        "uuid": f"e {response}",
        "sessionId": "s1",
        "timestamp": "2026-03-02T09:00:00.100Z",
        "type": "system",
        "subtype": "ui_telemetry",
        "systemPayload": {"uiEvent": said},
    }


def answer(uuid: str, prompt: int = 1000, session: str = "s1", **more: Any) -> dict[str, Any]:
    return {
        "uuid": uuid,
        "sessionId": session,
        "timestamp": "2026-03-02T09:00:01.000Z",
        "type": "assistant",
        "model": "qwen3-coder-plus",
        "message": {"role": "model", "parts": [{"text": "filler"}]},
        "usageMetadata": {
            "promptTokenCount": prompt,
            "candidatesTokenCount": 200,
            "thoughtsTokenCount": 80,
            "cachedContentTokenCount": 400,
            "totalTokenCount": prompt + 200,
            **more,
        },
    }


def counts(bench: Bench) -> list[tuple[int, int, int, int]]:
    return [(record.input, record.cache_read, record.output, record.reasoning) for record in bench.records]


def test_an_event_and_a_line_of_equal_counts_are_one_call_in_any_order(bench: Make) -> None:
    entries = [event("r1"), answer("a1"), event("r2", 900), answer("a2", 900)]
    for order in permutations(entries):
        assert counts(bench().read([(CHAT, lines(*order))])) == [(500, 400, 200, 80), (600, 400, 200, 80)]


def test_a_call_in_the_background_has_only_an_event(bench: Make) -> None:
    read = bench().read([(CHAT, lines(event("r1"), event("r2", 700, subagent_name="memory"), answer("a1")))])
    assert sorted(record.context.agent_id for record in read.records) == ["", "memory"]


def test_two_calls_with_equal_counts_are_two(bench: Make) -> None:
    assert len(bench().read([(CHAT, lines(event("r1"), answer("a1"), event("r2"), answer("a2")))]).records) == 2
    assert len(bench().read([(CHAT, lines(answer("a1"), answer("a2")))]).records) == 2


def test_a_file_that_began_before_there_were_events_counts_both_kinds(bench: Make) -> None:
    assert len(bench().read([(CHAT, lines(answer("a0", 300), event("r1"), answer("a1")))]).records) == 2


def test_a_copied_history_counts_once(bench: Make) -> None:
    copy = lines(answer("a1", session="s2"), {**event("r1"), "sessionId": "s2"})
    read = bench().read([(CHAT, lines(event("r1"), answer("a1"))), ("-home-ana-shop/chats/s2.jsonl", copy)])
    assert len(read.records) == 1


def test_with_a_gemini_back_end_thoughts_stand_beside_the_candidates(bench: Make) -> None:
    read = bench().read([(CHAT, lines(answer("a1", totalTokenCount=1280)))])
    assert counts(read) == [(600, 400, 280, 80)]


def test_variables_move_the_base_folder() -> None:
    paths = Paths.below(Path("/home/ana"), QWEN_RUNTIME_DIR="/run/qwen", QWEN_HOME="/srv/qwen")
    assert {root.path.parent for root in READER.roots(paths)} == {Path("/run/qwen")}
    paths = Paths.below(Path("/home/ana"), QWEN_HOME="/srv/qwen")
    assert {root.path.parent for root in READER.roots(paths)} == {Path("/srv/qwen")}


def test_turns_tell_prompts_tools_and_ends() -> None:
    calling = answer("a1")
    calling["message"]["parts"] = [{"functionCall": {"id": "c1", "name": "shell", "args": {}}}]
    data = lines(
        {"type": "user", "sessionId": "s1"},
        calling,
        {"type": "tool_result", "sessionId": "s1", "toolCallResult": {"callId": "c1"}},
        answer("a2"),
    )
    found = [event.kind for event in READER.turns(Part(Source(AGENT, "/x", CHAT), data), b"")]
    assert found == [
        TurnKind.PROMPT,
        TurnKind.TOOL_OPEN,
        TurnKind.TOOL_CLOSED,
        TurnKind.PROMPT,
        TurnKind.TURN_CLOSED,
    ]
