"""Codebuff: one use for each message, from the first place that tells it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench
from tests.readers.pieces import Document
from tokenwatch.base.paths import Paths
from tokenwatch.readers.codebuff import READER
from tokenwatch.readers.protocol import Kind, Part, Source, TurnKind

AGENT = "codebuff"
CHAT = "2026-03-02T09-00-00.000Z"
NAME = f"shop/chats/{CHAT}/chat-messages.json"
TIME = 1_772_442_000_000

Make = Callable[..., Bench]

OWN = {"inputTokens": 10, "outputTokens": 20, "cacheCreationInputTokens": 30, "cacheReadInputTokens": 40}
OTHER = {"inputTokens": 1, "outputTokens": 2}
OPENAI = {"prompt_tokens": 100, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 60}}


def message(own: str = "ai-1", variant: str = "ai", **more: Any) -> dict[str, Any]:
    return {"id": own, "variant": variant, "content": "words", "timestamp": "09:00 AM", "credits": 3} | more


def history(*usage: dict[str, Any]) -> dict[str, Any]:
    found = [{"role": "assistant", "providerOptions": options} for options in usage]
    return {"runState": {"sessionState": {"mainAgentState": {"messageHistory": [{"role": "user"}, *found]}}}}


def chat(*messages: dict[str, Any]) -> Document:
    return Document(json.dumps(messages).encode())


def told(read: Bench) -> list[tuple[int, ...]]:
    return [(one.input, one.cache_read, one.cache_write_5m, one.output) for one in read.records]


@pytest.mark.parametrize(
    ("metadata", "counts"),
    [
        ({"usage": OWN, "codebuff": {"usage": OTHER}}, (10, 40, 30, 20)),
        ({"codebuff": {"usage": OWN}}, (10, 40, 30, 20)),
        ({"usage": {}, "codebuff": {"usage": OWN}}, (10, 40, 30, 20)),
        (history({"usage": OTHER}, {"codebuff": {"usage": OWN}}), (10, 40, 30, 20)),
        (history({"usage": OWN}, {}), (10, 40, 30, 20)),
        ({"usage": OPENAI}, (40, 60, 0, 7)),
        ({"usage": {"input_tokens": 5, "completionTokens": 6, "cache_read_input_tokens": 7}}, (5, 7, 0, 6)),
    ],
)
def test_the_first_place_that_tells_the_use_counts(bench: Make, metadata: Any, counts: tuple[int, ...]) -> None:
    read = bench().read([(NAME, chat(message("user-1", "user"), message(metadata=metadata)))])
    assert told(read) == [counts]
    assert (read.records[0].session, read.records[0].context.project) == (CHAT, "shop")


def test_with_only_credits_the_tokens_are_not_known(bench: Make) -> None:
    (record,) = bench().read([(NAME, chat(message(metadata={})))]).records
    assert (record.total, record.uncertain, record.cost_reported) == (0, True, None)


@pytest.mark.parametrize("more", [{"variant": "user"}, {"variant": "error"}, {"credits": 0}, {"credits": None}])
def test_what_was_not_billed_is_no_record(bench: Make, more: dict[str, Any]) -> None:
    assert bench().read([(NAME, chat(message() | more))]).records == []


def test_a_time_without_a_day_is_the_chats(bench: Make) -> None:
    dated = message("ai-2", metadata={"usage": OWN}, timestamp="2026-03-02T09:05:00.000Z")
    read = bench().read([(NAME, chat(message(metadata={"usage": OWN}), dated))])
    assert [record.time for record in read.records] == [TIME, TIME + 300_000]
    (record,) = bench().read([("shop/chats/new/chat-messages.json", chat(message(metadata={"usage": OWN})))]).records
    assert record.time == MODIFIED


def test_a_message_that_grows_counts_as_it_is_last(bench: Make) -> None:
    first, last = chat(message(metadata={"usage": OTHER})), chat(message(metadata={"usage": OWN}))
    assert told(bench().read([(NAME, first), (NAME, last)])) == [(10, 40, 30, 20)]


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        (message("u", "user"), TurnKind.PROMPT),
        (message(isComplete=False), TurnKind.TURN_OPEN),
        (message(isComplete=True), TurnKind.TURN_CLOSED),
    ],
)
def test_the_last_message_tells_what_the_chat_does(last: dict[str, Any], kind: TurnKind) -> None:
    part = Part(Source(AGENT, f"/{NAME}", NAME, kind=Kind.DOCUMENT), chat(message(), last), 0, MODIFIED)
    assert [(event.kind, event.session) for event in READER.turns(part, b"")] == [(kind, CHAT)]


def test_chats_of_all_channels_are_looked_for(tmp_path: Path) -> None:
    roots = list(READER.roots(Paths.below(tmp_path)))
    config = tmp_path / ".config"
    assert [root.path for root in roots] == [
        config / channel / "projects" for channel in ("manicode", "manicode-dev", "manicode-staging")
    ]
    assert roots[0].accepts(NAME) and not roots[0].accepts(f"shop/chats/{CHAT}/run-state.json")
