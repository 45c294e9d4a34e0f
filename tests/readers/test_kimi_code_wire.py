"""Kimi Code: each usage record once, under the model behind its alias."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tests.readers.conftest import MODIFIED, Bench, lines
from tokenwatch.base.paths import Paths
from tokenwatch.readers.kimi_cli import READER
from tokenwatch.readers.protocol import Part, Source, TurnKind

AGENT = "kimi"
NAME = "wd_shop_01/session_1/agents/main/wire.jsonl"
TIME = 1_772_442_000_000

Make = Callable[..., Bench]


def used(output: int = 47, model: str = "kimi-code/k3", **more: Any) -> dict[str, Any]:
    usage = {"inputOther": 2119, "output": output, "inputCacheRead": 17920, "inputCacheCreation": 3}
    return {"type": "usage.record", "model": model, "usage": usage, "usageScope": "turn", "time": TIME} | more


def loop(**event: Any) -> dict[str, Any]:
    return {"type": "context.append_loop_event", "event": event, "time": TIME}


def test_a_usage_record_is_a_response(bench: Make) -> None:
    (record,) = bench().read([(NAME, lines(used()))]).records
    assert (record.input, record.cache_read, record.cache_write_5m, record.output) == (2119, 17920, 3, 47)
    assert (record.time, record.session, record.context.model) == (TIME, "session_1", "kimi-code/k3")


def test_sums_and_repetitions_beside_it_are_not_counted(bench: Make) -> None:
    usage = used()["usage"]
    came = lines(
        used(),
        loop(type="step.end", usage=usage, finishReason="end_turn"),
        {"type": "subagent.completed", "usage": usage, "time": TIME + 5},
    )
    assert len(bench().read([(NAME, came)]).records) == 1


def test_an_alias_is_the_model_that_was_asked(bench: Make) -> None:
    request = {"type": "llm.request", "model": "kimi-k3", "alias": "fast", "time": TIME}
    read = bench().read([(NAME, lines(request)), (NAME, lines(used(model="fast")))])
    assert [record.context.model for record in read.records] == ["kimi-k3"]


def test_a_sub_agent_has_a_wire_of_its_own(bench: Make) -> None:
    (record,) = bench().read([(NAME.replace("main", "agent-1"), lines(used()))]).records
    assert (record.session, record.context.agent_id) == ("session_1", "agent-1")


def test_a_fork_repeats_its_parents_lines(bench: Make) -> None:
    read = bench().read([(NAME, lines(used())), (NAME.replace("_1/", "_2/"), lines(used(), used(9)))])
    assert sorted(record.output for record in read.records) == [9, 47]


def test_without_a_time_its_place_names_a_response(bench: Make) -> None:
    entry = used()
    del entry["time"]
    read = bench().read([(NAME, lines(entry, entry))])
    assert len(read.records) == 2
    assert read.again().read([(NAME, lines(entry, entry))]).records == read.records
    assert {record.time for record in read.records} == {MODIFIED}


def test_turns_open_and_close() -> None:
    came = lines(
        {"type": "turn.prompt", "input": [], "time": TIME},
        loop(type="step.begin"),
        loop(type="tool.call", toolCallId="c1", name="Bash", args={}),
        loop(type="tool.result", toolCallId="c1"),
        loop(type="step.end", finishReason="tool_use"),
        loop(type="step.end", finishReason="end_turn"),
        {"type": "turn.cancel", "time": TIME},
        {"type": "context.apply_compaction", "time": TIME},
    )
    events = READER.turns(Part(Source(AGENT, f"/{NAME}", NAME), came, 0, MODIFIED), b"")
    assert [(event.kind, event.tool) for event in events] == [
        (TurnKind.PROMPT, ""),
        (TurnKind.TURN_OPEN, ""),
        (TurnKind.TOOL_OPEN, "Bash"),
        (TurnKind.TOOL_CLOSED, ""),
        (TurnKind.TURN_CLOSED, ""),
        (TurnKind.INTERRUPTED, ""),
        (TurnKind.COMPACTED, ""),
    ]


def test_wires_are_looked_for_where_the_agent_keeps_them(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    assert [root.path for root in READER.roots(replace(paths, platform="linux"))][1:] == [
        tmp_path / ".kimi-code" / "sessions"
    ]
    desktop = [root.path for root in READER.roots(replace(paths, platform="darwin"))][2]
    assert desktop.relative_to(tmp_path / "Library").parts[1:3] == ("kimi-desktop", "daimon-share")
