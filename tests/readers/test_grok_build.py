"""Grok Build: each turn once, divided among its models where the log does so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench, lines
from tokenwatch.base.paths import Paths
from tokenwatch.readers.grok_build import READER
from tokenwatch.readers.protocol import Part, Source, TurnKind

AGENT = "grok"
SESSION = "5e000000-0000-4000-8000-000000000001"
NAME = f"%2Fhome%2Fana%2Fshop/{SESSION}/updates.jsonl"
TIME = 1_772_442_010

Make = Callable[..., Bench]


def update(kind: str, /, **more: Any) -> dict[str, Any]:
    params = {"sessionId": SESSION, "update": {"sessionUpdate": kind} | more}
    return {"timestamp": TIME, "method": "_x.ai/session/update", "params": params}


def usage(given: int, read: int, output: int, **more: Any) -> dict[str, Any]:
    counts = {"inputTokens": given, "cachedReadTokens": read, "outputTokens": output, "totalTokens": given + output}
    return counts | more


def turn(prompt: str | None = "p1", **used: Any) -> dict[str, Any]:
    named = {} if prompt is None else {"prompt_id": prompt}
    return update("turn_completed", **named, usage=used)


def told(read: Bench) -> list[tuple[str, int, int, int]]:
    return sorted((one.context.model, one.input, one.cache_read, one.output) for one in read.records)


def test_the_documented_example_is_one_turn(bench: Make) -> None:
    (record,) = bench().read([(NAME, lines(turn(**usage(20000, 18000, 700, reasoningTokens=200))))]).records
    assert (record.input, record.cache_read, record.output, record.reasoning) == (2000, 18000, 700, 200)
    assert (record.time, record.session, record.context.project) == (TIME * 1000, SESSION, "/home/ana/shop")


def test_a_turn_that_is_written_again_counts_as_it_was_last(bench: Make) -> None:
    read = bench().read([(NAME, lines(turn(**usage(100, 0, 5)), turn(**usage(100, 0, 9))))])
    assert told(read) == [("", 100, 0, 9)]


def test_a_turn_is_divided_among_its_models(bench: Make) -> None:
    models = {"grok-4.7": usage(700, 400, 30, cacheCreationTokens=100), "grok-4.5-build": usage(300, 200, 20)}
    read = bench().read([(NAME, lines(turn(**usage(1000, 600, 50), modelUsage=models)))])
    assert told(read) == [("grok-4.5-build", 100, 200, 20), ("grok-4.7", 200, 400, 30)]
    assert max(record.cache_write_5m for record in read.records) == 100


def test_models_that_leave_something_out_do_not_divide(bench: Make) -> None:
    read = bench().read([(NAME, lines(turn(**usage(1000, 0, 50), modelUsage={"grok-4.7": usage(700, 0, 30)})))])
    assert told(read) == [("grok-4.7", 1000, 0, 50)]


def test_only_divided_is_enough(bench: Make) -> None:
    read = bench().read([(NAME, lines(turn(modelUsage={"grok-4.7": usage(700, 0, 30)})))])
    assert told(read) == [("grok-4.7", 700, 0, 30)]


@pytest.mark.parametrize("more", [{}, {"usage": None}, {"usage": {}}, {"usage": {"inputTokens": 0}}])
def test_a_turn_without_tokens_is_no_record(bench: Make, more: dict[str, Any]) -> None:
    read = bench().read([(NAME, lines(update("turn_completed", prompt_id="p1", stop_reason="cancelled", **more)))])
    assert (read.records, read.skipped) == ([], {})


def test_without_an_id_the_event_or_the_time_names_a_turn(bench: Make) -> None:
    one, other, third = turn(None, **usage(1, 0, 1)), turn(None, **usage(1, 0, 2)), turn(None, **usage(1, 0, 3))
    one["params"]["_meta"], other["params"]["_meta"] = {"eventId": "e1"}, {"eventId": "e2"}
    third["params"]["_meta"] = {"agentTimestampMs": TIME * 1000 + 5}
    read = bench().read([(NAME, lines(one, other, third))])
    assert [record.time for record in read.records] == [TIME * 1000, TIME * 1000, TIME * 1000 + 5]


def test_a_fork_copies_turns_under_its_own_name(bench: Make) -> None:
    fork = "5e000000-0000-4000-8000-000000000002"
    own, copied, new = (turn(f"p{number}", **usage(10, 0, number)) for number in (1, 1, 2))
    own["params"]["_meta"] = copied["params"]["_meta"] = {"eventId": f"{SESSION}-8"}
    copied["params"]["sessionId"] = new["params"]["sessionId"] = fork
    new["params"]["_meta"] = {"eventId": f"{fork}-9"}
    pieces = [(NAME, lines(own)), (NAME.replace(SESSION, fork), lines(copied, new))]
    for order in (pieces, pieces[::-1]):
        found = [(record.session, record.output) for record in bench().read(order).records]
        assert found == [(SESSION, 1), (fork, 2)]


def test_turns_open_and_close() -> None:
    came = lines(
        update("user_message_chunk"),
        update("tool_call", toolCallId="c1", kind="execute"),
        update("pending_interaction"),
        update("interaction_resolved"),
        update("tool_call_update", toolCallId="c1", status="in_progress"),
        update("tool_call_update", toolCallId="c1", status="completed"),
        update("turn_completed", stop_reason="end_turn"),
        update("turn_completed", stop_reason="cancelled"),
    )
    events = list(READER.turns(Part(Source(AGENT, f"/{NAME}", NAME), came, 0, MODIFIED), b""))
    assert [event.kind for event in events] == [
        TurnKind.PROMPT,
        TurnKind.TOOL_OPEN,
        TurnKind.ASKS,
        TurnKind.TOOL_CLOSED,
        TurnKind.TOOL_CLOSED,
        TurnKind.TURN_CLOSED,
        TurnKind.INTERRUPTED,
    ]
    assert {(event.session, event.project) for event in events} == {(SESSION, "/home/ana/shop")}


def test_updates_are_looked_for_where_the_agent_keeps_them(tmp_path: Path) -> None:
    (root,) = READER.roots(Paths.below(tmp_path))
    assert root.path == tmp_path / ".grok" / "sessions"
    assert root.accepts(NAME) and not root.accepts(f"x/{SESSION}/signals.json")
