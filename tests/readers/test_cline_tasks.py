"""Tasks of Cline and the extensions made from it: each request once, also when it is cut away."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench
from tests.readers.pieces import Document
from tokenwatch.readers import cline_tasks
from tokenwatch.readers.protocol import Kind, Part, Source, TurnKind

AGENT = "roo-code"
TASK = "7a5b0000-0000-4000-8000-000000000001"
NAME = f"{TASK}/ui_messages.json"
TIME = 1_772_442_000_000

Make = Callable[..., Bench]


def said(say: str, at: int = 100, more: dict[str, Any] | None = None, **text: Any) -> dict[str, Any]:
    return {"ts": TIME + at, "type": "say", "say": say, "text": json.dumps(text)} | (more or {})


def request(at: int = 100, more: dict[str, Any] | None = None, **text: Any) -> dict[str, Any]:
    counts = {"tokensIn": 9000, "tokensOut": 150, "cacheWrites": 1000, "cacheReads": 7500, "cost": 0.0112}
    return said("api_req_started", at, more, **({"request": "words"} | counts | text))


def small(at: int, output: int) -> dict[str, Any]:
    return request(at, tokensIn=10, tokensOut=output, cacheWrites=0, cacheReads=0)


def cut(at: int, given: int, output: int) -> dict[str, Any]:
    return said("deleted_api_reqs", at, tokensIn=given, tokensOut=output, cacheWrites=0, cacheReads=0, cost=0)


def task(*messages: dict[str, Any]) -> Document:
    return Document(json.dumps(messages).encode())


def told(read: Bench) -> list[tuple[int, ...]]:
    return [(one.input, one.cache_read, one.cache_write_5m, one.output) for one in read.records]


def outputs(read: Bench) -> list[int]:
    return sorted(record.output for record in read.records)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ({"apiProtocol": "anthropic"}, 500),
        ({"apiProtocol": "openai"}, 500),
        ({}, 9000),
        ({"apiProtocol": "anthropic", "cacheReads": 8500}, 9000),
    ],
)
def test_the_protocol_tells_whether_the_input_holds_what_was_cached(bench: Make, text: Any, given: int) -> None:
    (record,) = bench().read([(NAME, task(request(**text)))]).records
    assert (record.input, record.cache_write_5m, record.output) == (given, 1000, 150)
    assert (record.time, record.session, record.cost_reported) == (TIME + 100, TASK, 11_200_000)


def test_a_request_counts_when_its_response_has_ended(bench: Make) -> None:
    read = bench().read([(NAME, task(said("api_req_started", request="words")))])
    assert (read.records, read.skipped) == ([], {})
    assert told(read.read([(NAME, task(request()))])) == [(9000, 7500, 1000, 150)]


def test_very_old_versions_told_the_use_at_the_end(bench: Make) -> None:
    end = said("api_req_finished", 900, tokensIn=5, tokensOut=6, cacheWrites=7, cacheReads=8, cost=0.1)
    read = bench().read([(NAME, task(said("api_req_started", request="words"), end))])
    assert (told(read), read.records[0].time) == ([(5, 8, 7, 6)], TIME + 100)


def test_sub_agents_and_condensing_are_billed_too(bench: Make) -> None:
    sub = said("subagent_usage", 200, tokensIn=4, tokensOut=5, cacheWrites=0, cacheReads=0)
    condensed = said("condense_context", 300, {"contextCondense": {"cost": 0.002, "prevContextTokens": 9}})
    read = bench().read([(NAME, task(request(), sub, condensed))])
    assert told(read) == [(9000, 7500, 1000, 150), (4, 0, 0, 5), (0, 0, 0, 0)]
    assert [(record.uncertain, record.cost_reported) for record in read.records[1:]] == [
        (False, None),
        (True, 2_000_000),
    ]


def test_what_was_counted_before_it_was_cut_is_not_counted_again(bench: Make) -> None:
    read = bench().read([(NAME, task(small(100, 1), small(200, 2), small(300, 4)))])
    after = task(small(100, 1), cut(400, 20, 6))
    assert outputs(read.read([(NAME, after)])) == [1, 2, 4]
    assert outputs(read.read([(NAME, task(small(100, 1), cut(400, 20, 6), small(500, 8)))])) == [1, 2, 4, 8]
    assert outputs(read.again().read([(NAME, after)])) == [1, 2, 4, 8]


def test_a_cut_that_was_never_seen_whole_counts_its_sum(bench: Make) -> None:
    read = bench().read([(NAME, task(small(100, 1), cut(400, 20, 6)))])
    assert outputs(read) == [1, 6]
    assert outputs(read.again().read([(NAME, task(small(100, 1), cut(400, 20, 6)))])) == [1, 6]


def test_of_a_cut_that_was_seen_in_part_the_rest_counts(bench: Make) -> None:
    read = bench().read([(NAME, task(small(100, 1), small(200, 2)))])
    assert outputs(read.read([(NAME, task(small(100, 1), cut(400, 20, 6)))])) == [1, 2, 4]


def test_a_second_cut_repeats_nothing_of_the_first(bench: Make) -> None:
    read = bench().read([(NAME, task(small(100, 1), small(200, 2)))])
    read.read([(NAME, task(small(100, 1), cut(300, 10, 2), small(400, 8)))])
    assert outputs(read.read([(NAME, task(small(100, 1), cut(300, 10, 2), cut(500, 10, 8)))])) == [1, 2, 8]


def test_a_cut_that_takes_an_earlier_one_with_it_repeats_that_too(bench: Make) -> None:
    read = bench().read([(NAME, task(small(100, 1), small(200, 2)))])
    read.read([(NAME, task(small(100, 1), cut(300, 10, 2), small(400, 8)))])
    last = task(cut(500, 30, 11))
    assert outputs(read.read([(NAME, last)])) == [1, 2, 8]
    assert outputs(read.read([(NAME, last)])) == [1, 2, 8]
    assert outputs(read.again().read([(NAME, last)])) == [1, 2, 8]


def test_model_and_folder_are_those_of_the_message_or_of_what_the_model_was_told(bench: Make) -> None:
    told_in_text = "# Current Working Directory (/home/ana/shop) Files\n<model>gpt-5.2</model>"
    info = {"modelInfo": {"providerId": "anthropic", "modelId": "claude-sonnet-4-5"}}
    messages = task(request(100, request=told_in_text), request(200), request(300, info))
    contexts = [record.context for record in bench().read([(NAME, messages)]).records]
    assert [context.model for context in contexts] == ["gpt-5.2", "gpt-5.2", "claude-sonnet-4-5"]
    assert {context.project for context in contexts} == {"/home/ana/shop"}
    assert contexts[2].provider == "anthropic"


def test_a_task_in_two_editors_counts_once(bench: Make) -> None:
    read = bench().read([(NAME, task(request())), (f"other/{NAME}", task(request(), request(200)))])
    assert len(read.records) == 2


@pytest.mark.parametrize("data", [b"", b"[{", b'{"ts":1}', b"null", b"\0\0\0"])
def test_what_is_no_list_is_passed_over_and_nothing_is_forgotten(bench: Make, data: bytes) -> None:
    read = bench().read([(NAME, task(small(100, 1), small(200, 2))), (NAME, Document(data))])
    assert outputs(read.read([(NAME, task(small(100, 1), cut(400, 10, 2)))])) == [1, 2]


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        ({"type": "ask", "ask": "command"}, TurnKind.ASKS),
        ({"type": "ask", "ask": "followup"}, TurnKind.ASKS),
        ({"type": "ask", "ask": "completion_result"}, TurnKind.TURN_CLOSED),
        ({"type": "say", "say": "api_req_started"}, TurnKind.TURN_OPEN),
        ({"type": "ask", "ask": "command_output"}, None),
    ],
)
def test_the_last_whole_message_tells_what_the_task_does(last: dict[str, Any], kind: TurnKind | None) -> None:
    document = task(request(), {"ts": TIME + 900} | last, {"ts": TIME + 950, "type": "ask", "partial": True})
    events = list(cline_tasks.turns(Part(Source(AGENT, f"/{NAME}", NAME, kind=Kind.DOCUMENT), document, 0, MODIFIED)))
    assert [(event.kind, event.session, event.time) for event in events] == (
        [] if kind is None else [(kind, TASK, TIME + 900)]
    )
