"""CodeBuddy and WorkBuddy: each request once, by the one line that has its use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench, lines
from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Rank
from tokenwatch.readers import codebuddy_sessions
from tokenwatch.readers.codebuddy import READER
from tokenwatch.readers.protocol import Part, Source, TurnKind
from tokenwatch.readers.workbuddy import READER as WORKBUDDY

AGENT = "codebuddy"
SESSION = "3f9c2a1e-47b8-4d0f-9a51-c2e8d6b03a77"
NAME = f"home-ana-shop/{SESSION}.jsonl"
TIME = 1_772_442_000_000

Make = Callable[..., Bench]


def entry(kind: str, **more: Any) -> dict[str, Any]:
    return {"id": "l1", "timestamp": TIME, "type": kind, "sessionId": SESSION, "cwd": "/home/ana/shop"} | more


def used(message: str = "m1", **usage: Any) -> dict[str, Any]:
    raw = {
        "prompt_tokens": 36_945,
        "completion_tokens": 3_038,
        "total_tokens": 39_983,
        "prompt_cache_hit_tokens": 8_832,
        "completion_thinking_tokens": 2_369,
        "credit": 2.14,
    }
    about = {"messageId": message, "model": "deepseek-v3.2", "rawUsage": raw | usage}
    return entry("function_call", name="Bash", callId="c1", providerData=about)


def told(read: Bench) -> list[tuple[int, ...]]:
    return [(one.input, one.cache_read, one.cache_write_5m, one.output) for one in read.records]


def test_the_prompt_holds_what_was_cached_and_the_completion_the_thinking(bench: Make) -> None:
    read = bench().read([(NAME, lines(used()))])
    (record,) = read.records
    assert told(read) == [(28_113, 8_832, 0, 3_038)]
    assert (record.reasoning, record.time, record.session, record.cost_reported) == (2_369, TIME, SESSION, None)
    assert (record.context.model, record.context.project) == ("deepseek-v3.2", "/home/ana/shop")


@pytest.mark.parametrize(
    ("usage", "counts"),
    [
        ({"prompt_cache_hit_tokens": 0, "prompt_tokens_details": {"cached_tokens": 5}}, (36_940, 5, 0, 3_038)),
        ({"cache_creation_input_tokens": 13}, (28_100, 8_832, 13, 3_038)),
        ({"total_tokens": 36_945 + 8_832 + 3_038}, (36_945, 8_832, 0, 3_038)),
    ],
)
def test_other_names_and_the_total_are_understood(bench: Make, usage: Any, counts: tuple[int, ...]) -> None:
    assert told(bench().read([(NAME, lines(used(**usage)))])) == [counts]


def test_lines_of_one_request_are_one_response(bench: Make) -> None:
    thought = entry("reasoning", providerData={"messageId": "m1"})
    assert len(bench().read([(NAME, lines(thought, used(), used(), used("m2")))]).records) == 2


def test_a_sub_agents_file_belongs_to_the_session_of_its_folder(bench: Make) -> None:
    child = used("m3") | {"sessionId": "child"}
    name = f"home-ana-shop/{SESSION}/subagents/agent-8c36227f.jsonl"
    (record,) = bench().read([(name, lines(child))]).records
    assert (record.session, record.context.agent_id, record.context.rank) == (SESSION, "8c36227f", Rank.SUB_AGENT)


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": 0}, 7])
def test_a_line_without_a_use_is_no_record(bench: Make, usage: Any) -> None:
    line = entry("message", role="assistant", providerData={"messageId": "m1", "rawUsage": usage})
    read = bench().read([(NAME, lines(line))])
    assert (read.records, read.skipped) == ([], {})


def test_turns_open_ask_and_close() -> None:
    came = lines(
        entry("message", role="user"),
        used(),
        entry("function_call_result", callId="c1"),
        entry("function_call", name="AskUserQuestion", callId="c2"),
        entry("message", role="assistant"),
    )
    part = Part(Source(AGENT, f"/{NAME}", NAME), came, 0, MODIFIED)
    assert [(event.kind, event.ref) for event in codebuddy_sessions.turns(part)] == [
        (TurnKind.PROMPT, ""),
        (TurnKind.TOOL_OPEN, "c1"),
        (TurnKind.TOOL_CLOSED, "c1"),
        (TurnKind.ASKS, "c2"),
        (TurnKind.TURN_CLOSED, ""),
    ]


def test_sessions_are_looked_for_where_each_agent_keeps_them(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    assert [root.path for root in READER.roots(paths)] == [tmp_path / ".codebuddy" / "projects"]
    assert [root.path for root in WORKBUDDY.roots(paths)] == [tmp_path / ".workbuddy" / "projects"]
    moved = Paths.below(tmp_path, CODEBUDDY_CONFIG_DIR="/else")
    assert [root.path for root in READER.roots(moved)] == [Path("/else/projects")]
