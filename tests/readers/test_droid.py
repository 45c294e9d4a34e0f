"""Factory Droid: a session's sum by its differences, without its children's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import Bench, lines
from tests.readers.pieces import MODIFIED, Document
from tokenwatch.base.paths import Paths
from tokenwatch.readers.droid import READER
from tokenwatch.readers.protocol import Kind, Part, Source, TurnKind

AGENT = "droid"
SESSION = "0d000000-0000-4000-8000-000000000001"
NAME = f"-home-ana-shop/{SESSION}.settings.json"
TRANSCRIPT = f"-home-ana-shop/{SESSION}.jsonl"

Make = Callable[..., Bench]


def settings(output: int = 340, thinking: int = 60, provider: str = "anthropic", **more: Any) -> Document:
    usage = {
        "inputTokens": 120,
        "outputTokens": output,
        "cacheCreationTokens": 900,
        "cacheReadTokens": 15000,
        "thinkingTokens": thinking,
    }
    found = {"model": "claude-sonnet-4-5", "providerLock": provider, "tokenUsage": usage} | more
    return Document(json.dumps(found).encode())


def told(read: Bench) -> list[tuple[int, ...]]:
    found = [(one.input, one.cache_read, one.cache_write_5m, one.output) for one in read.records]
    return sorted(found, reverse=True)


def test_the_documented_example_counts_whole_and_then_what_was_added(bench: Make) -> None:
    read = bench().read([(NAME, settings())])
    (record,) = read.records
    assert told(read) == [(120, 15000, 900, 340)]
    assert (record.session, record.reasoning, record.context.estimated, record.time) == (SESSION, 60, 1, MODIFIED)
    assert told(read.read([(NAME, settings(400))])) == [(120, 15000, 900, 340), (0, 0, 0, 60)]


def test_reading_all_of_it_again_changes_nothing(bench: Make) -> None:
    read = bench().read([(NAME, settings()), (NAME, settings(400))])
    once = read.records
    assert read.again().read([(NAME, settings(400))]).records == once


def test_one_count_that_goes_down_takes_nothing_back(bench: Make) -> None:
    read = bench().read([(NAME, settings(340)), (NAME, settings(400)), (NAME, settings(390))])
    assert sum(record.output for record in read.records) == 400


@pytest.mark.parametrize(
    ("provider", "output"),
    [("anthropic", 340), ("openai", 340), ("google", 400), ("", 340)],
)
def test_thinking_is_beside_the_output_only_where_that_is_known(bench: Make, provider: str, output: int) -> None:
    (record,) = bench().read([(NAME, settings(provider=provider))]).records
    assert (record.output, record.context.estimated) == (output, 1)


def test_without_thinking_the_counts_are_sure(bench: Make) -> None:
    begun = {"providerLockTimestamp": (MODIFIED - 60_000) / 1000}
    (record,) = bench().read([(NAME, settings(thinking=0, **begun))]).records
    assert not record.context.estimated


def test_a_session_that_is_first_seen_long_after_its_begin_is_an_estimate(bench: Make) -> None:
    begun = {"providerLockTimestamp": (MODIFIED - 86_400_000) / 1000}
    read = bench().read([(NAME, settings(thinking=0, **begun)), (NAME, settings(400, thinking=0, **begun))])
    assert {record.total: record.context.estimated for record in read.records} == {16_360: 1, 60: 0}


def test_children_count_by_their_own_documents(bench: Make) -> None:
    whole = {"inputTokens": 9999, "outputTokens": 9999}
    parent = settings(inclusiveTokenUsage=whole, childInclusiveTokenUsageBySessionId={"child": whole})
    tags = [{"name": "subagent", "metadata": {"callingSessionId": SESSION}}]
    read = bench().read([(NAME, parent), (NAME.replace(SESSION, "child"), settings(20, 0, tags=tags))])
    child = next(record for record in read.records if record.session == "child")
    assert (child.context.parent_session, child.context.agent_id) == (SESSION, "child")
    assert sum(record.output for record in read.records) == 360


def test_an_old_document_has_only_the_inclusive_sum(bench: Make) -> None:
    usage = {"inputTokens": 7, "outputTokens": 8}
    old = Document(json.dumps({"model": "m", "inclusiveTokenUsage": usage}).encode())
    assert told(bench().read([(NAME, old)])) == [(7, 0, 0, 8)]
    parent = Document(
        json.dumps({"inclusiveTokenUsage": usage, "childInclusiveTokenUsageBySessionId": {"child": usage}}).encode()
    )
    assert told(bench().read([(NAME, parent)])) == []


def test_a_document_without_use_is_no_record_and_no_mistake(bench: Make) -> None:
    read = bench().read([(NAME, Document(b'{"model":"m","archivedAt":null}'))])
    assert (read.records, read.skipped) == ([], {})


def test_a_document_that_is_being_written_is_told_and_read_later(bench: Make) -> None:
    read = bench().read([(NAME, settings()), (NAME, Document(b'{"model":'))])
    assert (told(read), read.skipped) == ([(120, 15000, 900, 340)], {"not valid JSON": 1})


def test_the_transcript_tells_the_folder(bench: Make) -> None:
    transcript = lines({"type": "session_start", "id": SESSION, "cwd": "/home/ana/shop"})
    for pieces in ([(NAME, settings()), (TRANSCRIPT, transcript)], [(TRANSCRIPT, transcript), (NAME, settings())]):
        (record,) = bench().read(pieces).records
        assert record.context.project == "/home/ana/shop"


def test_turns_open_ask_and_close() -> None:
    def message(role: str, *content: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "message",
            "timestamp": "2026-03-02T09:00:00.000Z",
            "message": {"role": role, "content": content},
        }

    came = lines(
        {"type": "session_start", "id": SESSION, "cwd": "/home/ana/shop"},
        message("user", {"type": "text", "text": "words"}),
        message("assistant", {"type": "tool_use", "id": "t1", "name": "Execute", "input": {}}),
        message("user", {"type": "tool_result", "tool_use_id": "t1"}),
        message("assistant", {"type": "tool_use", "id": "t2", "name": "AskUser", "input": {}}),
        message("assistant", {"type": "text", "text": "words"}),
        {"type": "compaction_state"},
        {"type": "agent_turn_outcome", "turnId": "1", "reason": "completed"},
    )
    part = Part(Source(AGENT, f"/{TRANSCRIPT}", TRANSCRIPT), came, 0, MODIFIED)
    events = list(READER.turns(part, b""))
    assert [(one.kind, one.ref) for one in events] == [
        (TurnKind.PROMPT, ""),
        (TurnKind.TOOL_OPEN, "t1"),
        (TurnKind.TOOL_CLOSED, "t1"),
        (TurnKind.ASKS, "t2"),
        (TurnKind.TURN_CLOSED, ""),
        (TurnKind.COMPACTED, ""),
        (TurnKind.TURN_CLOSED, ""),
    ]
    assert {(one.session, one.project) for one in events} == {(SESSION, "/home/ana/shop")}


def test_sources_are_looked_for_where_the_agent_keeps_them(tmp_path: Path) -> None:
    documents, transcripts = READER.roots(Paths.below(tmp_path))
    assert documents.path == transcripts.path == tmp_path / ".factory" / "sessions"
    assert (documents.kind, transcripts.kind) == (Kind.DOCUMENT, Kind.LINES)
    assert documents.accepts(NAME) and not documents.accepts(f"{NAME}.bak") and not documents.accepts(TRANSCRIPT)
    assert transcripts.accepts(TRANSCRIPT) and not transcripts.accepts(NAME)
    moved = next(iter(READER.roots(Paths.below(tmp_path, DROID_SESSIONS_DIR=f"{tmp_path}/a, {tmp_path}/b"))))
    assert moved.path == tmp_path / "a"
