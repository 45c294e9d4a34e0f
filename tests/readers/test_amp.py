"""Amp: a call by the ledger's event, with the message's cache; by messages only without a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import Bench
from tests.readers.pieces import Document
from tokenwatch.base.paths import Paths
from tokenwatch.readers.amp import READER

AGENT = "amp"
NAME = "T-1.json"
TIME = 1_772_442_000_000

Make = Callable[..., Bench]


def message(number: int = 1, output: int = 90, **more: Any) -> dict[str, Any]:
    usage = {
        "model": "claude-sonnet-4-5",
        "inputTokens": 10,
        "outputTokens": output,
        "cacheCreationInputTokens": 400,
        "cacheReadInputTokens": 8000,
        "totalInputTokens": 8410,
    }
    return {"role": "assistant", "messageId": number, "usage": usage | more}


def event(number: int = 1, output: int = 90, to: int | None = 1) -> dict[str, Any]:
    found = {
        "id": f"ev{number}",
        "timestamp": "2026-03-02T09:00:05.000Z",
        "model": "claude-sonnet-4-5",
        "credits": 1.2,
        "tokens": {"input": 10, "output": output},
    }
    return found if to is None else found | {"toMessageId": to}


def thread(*messages: dict[str, Any], events: list[dict[str, Any]] | None = None) -> Document:
    tree = {"uri": "file:///home/ana/shop%20two", "repository": {"ref": "refs/heads/main"}}
    found = {"id": "T-1", "created": TIME, "env": {"initial": {"trees": [tree]}}, "messages": messages}
    return Document(json.dumps(found | ({} if events is None else {"usageLedger": {"events": events}})).encode())


def told(read: Bench) -> list[tuple[int, ...]]:
    return sorted((one.input, one.cache_read, one.cache_write_5m, one.output) for one in read.records)


def test_the_documented_example_is_one_call(bench: Make) -> None:
    read = bench().read([(NAME, thread(message(), events=[event()]))])
    (record,) = read.records
    assert told(read) == [(10, 8000, 400, 90)]
    assert (record.time, record.session, record.cost_reported) == (TIME + 5_000, "T-1", None)
    assert (record.context.project, record.context.branch) == ("/home/ana/shop two", "main")


@pytest.mark.parametrize("events", [None, []])
def test_without_a_ledger_messages_count(bench: Make, events: list[dict[str, Any]] | None) -> None:
    late = message(2, 5, timestamp="2026-03-02T10:00:00.000Z")
    read = bench().read([(NAME, thread(message(), late, events=events))])
    assert told(read) == [(10, 8000, 400, 5), (10, 8000, 400, 90)]
    assert [record.time for record in read.records] == [TIME, TIME + 3_600_000]


def test_with_a_ledger_messages_that_it_leaves_out_do_not_count(bench: Make) -> None:
    read = bench().read([(NAME, thread(message(), message(2), events=[event()]))])
    assert told(read) == [(10, 8000, 400, 90)]


def test_what_was_cached_belongs_to_one_of_several_events(bench: Make) -> None:
    read = bench().read([(NAME, thread(message(), events=[event(), event(2, 7), event(3, 8, None)]))])
    assert told(read) == [(10, 0, 0, 7), (10, 0, 0, 8), (10, 8000, 400, 90)]


def test_a_ledger_that_appears_later_takes_the_messages_place(bench: Make) -> None:
    read = bench().read([(NAME, thread(message())), (NAME, thread(message(), events=[event()]))])
    assert told(read) == [(10, 8000, 400, 90)]


def test_a_message_that_vanishes_stays_counted(bench: Make) -> None:
    read = bench().read([(NAME, thread(message(), message(2, 5))), (NAME, thread(message()))])
    assert len(read.records) == 2


def test_threads_are_looked_for_where_the_agent_keeps_them(tmp_path: Path) -> None:
    (root,) = READER.roots(Paths.below(tmp_path))
    assert root.path == tmp_path / ".local" / "share" / "amp" / "threads"
    assert root.accepts(NAME) and not root.accepts("settings.json")
    (moved,) = READER.roots(Paths.below(tmp_path, XDG_DATA_HOME=str(tmp_path / "data")))
    assert moved.path == tmp_path / "data" / "amp" / "threads"
