"""Continue: its extension's own estimates, marked as such, and its program's answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench, lines
from tests.readers.pieces import Document
from tokenwatch.base.paths import Paths
from tokenwatch.readers.continue_dev import READER
from tokenwatch.readers.protocol import Kind, Part, Source, TurnKind

AGENT = "continue"
NAME = "0.2.0/tokensGenerated.jsonl"
SESSION = "cf9cd8d5-553a-4379-a6ce-55e03de7312e"
DOCUMENT = f"{SESSION}.json"
Make = Callable[..., Bench]


def generated(given: int = 1200, output: int = 34, at: str | None = "09:00:04", **more: Any) -> dict[str, Any]:
    time = {} if at is None else {"timestamp": f"2026-03-02T{at}.000Z"}
    found = {"eventName": "tokensGenerated", "model": "claude-sonnet-4-5", "provider": "anthropic"}
    return found | time | {"promptTokens": given, "generatedTokens": output} | more


def test_an_estimate_is_counted_and_marked(bench: Make) -> None:
    (record,) = bench().read([(NAME, lines(generated()))]).records
    assert (record.input, record.output, record.context.estimated) == (1200, 34, 1)
    assert (record.context.model, record.context.provider) == ("claude-sonnet-4-5", "anthropic")


def test_a_line_is_one_response_and_its_copy_none(bench: Make) -> None:
    came = lines(generated(), generated(at="09:00:09"), generated(0, 0))
    read = bench().read([(NAME, came), ("tokensGenerated.jsonl", came)])
    assert len(read.records) == 2


def test_without_a_time_its_place_names_a_response(bench: Make) -> None:
    came = lines(generated(at=None), generated(at=None))
    read = bench().read([(NAME, came), (f"copy/{NAME}", came)])
    assert [record.time for record in read.records] == [MODIFIED, MODIFIED]


def answer(output: int = 59, **usage: Any) -> dict[str, Any]:
    counts = {"prompt_tokens": 1493, "completion_tokens": output, "prompt_tokens_details": {"cached_tokens": 829}}
    told = {"completion_tokens_details": {"reasoning_tokens": 34}, "model": "gpt-5.2"}
    return {"message": {"role": "assistant", "content": "words", "usage": counts | told | usage}}


def session(*history: dict[str, Any], **more: Any) -> Document:
    found = {"sessionId": SESSION, "workspaceDirectory": "/home/ana/shop", "history": history}
    usage = {"totalCost": 0.1, "promptTokens": 99_999, "completionTokens": 99_999}
    return Document(json.dumps(found | {"usage": usage} | more).encode())


ASKED = {"message": {"role": "user", "content": "words"}}


def test_an_answer_of_the_program_is_exact(bench: Make) -> None:
    (record,) = bench().read([(DOCUMENT, session(ASKED, answer()))]).records
    assert (record.input, record.cache_read, record.output, record.reasoning) == (664, 829, 59, 34)
    assert (record.session, record.context.model, record.context.project) == (SESSION, "gpt-5.2", "/home/ana/shop")
    assert (record.uncertain, record.context.estimated, record.time) == (False, 0, MODIFIED)


def test_equal_answers_are_told_apart_by_their_number(bench: Make) -> None:
    read = bench().read([(DOCUMENT, session(answer())), (DOCUMENT, session(answer(), answer(), answer(7)))])
    assert sorted(record.output for record in read.records) == [7, 59, 59]


def test_a_history_that_is_cut_takes_nothing_back(bench: Make) -> None:
    read = bench().read([(DOCUMENT, session(answer(), answer(7))), (DOCUMENT, session(answer(7), answer(8)))])
    assert sorted(record.output for record in read.records) == [7, 8, 59]


def test_a_fork_counts_what_its_own_sum_has_room_for(bench: Make) -> None:
    usage = {"promptTokens": 2 * 1493, "completionTokens": 8 + 9}
    fork = session(ASKED, answer(), answer(7), answer(8), answer(9), sessionId="fork", usage=usage)
    read = bench().read([(DOCUMENT, session(answer(), answer(7))), ("fork.json", fork)])
    found = sorted((record.session, record.output) for record in read.records)
    assert found == [(SESSION, 7), (SESSION, 59), ("fork", 8), ("fork", 9)]


def test_a_session_of_the_extension_is_left_to_its_log(bench: Make) -> None:
    read = bench().read([(DOCUMENT, session(answer(), usage=None))])
    assert (read.records, read.skipped) == ([], {})


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        (ASKED, TurnKind.PROMPT),
        (answer(), TurnKind.TURN_CLOSED),
        ({"message": {"role": "assistant", "toolCalls": [{"id": "c1"}]}}, TurnKind.TURN_OPEN),
        ({"message": {"role": "tool"}}, TurnKind.TURN_OPEN),
    ],
)
def test_the_last_message_tells_what_the_session_does(last: dict[str, Any], kind: TurnKind) -> None:
    source = Source(AGENT, f"/{DOCUMENT}", DOCUMENT, kind=Kind.DOCUMENT)
    events = READER.turns(Part(source, session(ASKED, last), 0, MODIFIED), b"")
    assert [(event.kind, event.session, event.project) for event in events] == [(kind, SESSION, "/home/ana/shop")]


def test_sources_are_looked_for_where_the_agent_keeps_them(tmp_path: Path) -> None:
    log, sessions = READER.roots(Paths.below(tmp_path))
    assert (log.path, sessions.path) == (tmp_path / ".continue" / "dev_data", tmp_path / ".continue" / "sessions")
    assert log.accepts(NAME) and not log.accepts("0.2.0/chatInteraction.jsonl")
    assert sessions.accepts(DOCUMENT) and not sessions.accepts("sessions.json")
