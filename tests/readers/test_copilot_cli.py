"""Copilot CLI: each response once, whichever of its four accounts there are."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench, lines
from tests.readers.pieces import Rows
from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Rank
from tokenwatch.readers.copilot_cli import READER
from tokenwatch.readers.protocol import Kind, Part, Source, TurnKind

AGENT = "copilot-cli"
SESSION = "c0ffee00-0000-4000-8000-000000000001"
LOG = f"{SESSION}/events.jsonl"
STORE = "session-store.db"
TIME = 1_772_442_000_000
"""2026-03-02T09:00:00Z"""

Make = Callable[..., Bench]


def event(kind: str, number: int, at: str = "09:00:00", **data: Any) -> dict[str, Any]:
    return {"type": kind, "id": f"e{number}", "timestamp": f"2026-03-02T{at}.000Z", "parentId": None, "data": data}


def start(**more: Any) -> dict[str, Any]:
    context = {"cwd": "/home/ana/shop", "branch": "main"}
    return event("session.start", 1, sessionId=SESSION, selectedModel="gpt-5.2", context=context, **more)


def counts(given: int, read: int, written: int, output: int, reasoning: int = 0) -> dict[str, int]:
    return {
        "inputTokens": given,
        "outputTokens": output,
        "cacheReadTokens": read,
        "cacheWriteTokens": written,
        "reasoningTokens": reasoning,
    }


def sums(number: int, at: str, **models: dict[str, int]) -> dict[str, Any]:
    metrics = {name.replace("_", "-"): {"requests": {"count": 1}, "usage": usage} for name, usage in models.items()}
    return event("session.shutdown", number, at, modelMetrics=metrics)


def used(number: int, at: str = "09:00:05", **usage: Any) -> dict[str, Any]:
    accounting = {"sourceSessionId": SESSION, "sequence": number, "usageId": f"chatcmpl-{number}"}
    return event(
        "session.usage_record", 100 + number, at, usage={"model": "gpt-5.2", "accounting": accounting} | usage
    )


def answer(number: int, at: str = "09:00:05", output: int = 120, **more: Any) -> dict[str, Any]:
    data = {"messageId": f"m{number}", "outputTokens": output, "toolRequests": []} | more
    return event("assistant.message", number, at, **data)


def rows(*calls: tuple[Any, ...]) -> Rows:
    """Of (number, input, read, written, output)."""
    usage = [
        (number, SESSION, "gpt-5.2", given, read, written, output, 0, "2026-03-02 09:00:05", None)
        for number, given, read, written, output in calls
    ]
    return Rows({"usage": usage, "sessions": [(SESSION, "/home/ana/shop", "main")]}, ["usage"])


def told(read: Bench) -> list[tuple[int, ...]]:
    return [(one.input, one.cache_read, one.cache_write_5m, one.output) for one in read.records]


FIRST, BOTH = counts(9000, 7000, 500, 120, 30), counts(19000, 16000, 500, 300, 70)


def test_the_documented_sums_are_two_legs_of_one_session(bench: Make) -> None:
    came = lines(start(), answer(2), sums(3, "09:01:00", gpt_5=FIRST), sums(9, "11:00:00", gpt_5=BOTH))
    read = bench().read([(LOG, came)])
    assert told(read) == [(1500, 7000, 500, 120), (1000, 9000, 0, 180)]
    assert sum(record.total for record in read.records) == 19_300
    assert [record.reasoning for record in read.records] == [30, 40]


def test_sums_that_shrink_count_from_their_beginning(bench: Make) -> None:
    came = lines(start(), sums(3, "09:01:00", gpt_5=BOTH), sums(9, "11:00:00", gpt_5=FIRST))
    assert told(bench().read([(LOG, came)])) == [(2500, 16000, 500, 300), (1500, 7000, 500, 120)]


def test_each_model_has_sums_of_its_own(bench: Make) -> None:
    came = lines(start(), sums(3, "09:01:00", gpt_5=FIRST, haiku=counts(10, 0, 0, 5)))
    assert sorted(record.context.model for record in bench().read([(LOG, came)]).records) == ["gpt-5", "haiku"]


def test_while_it_runs_only_the_output_is_known(bench: Make) -> None:
    read = bench().read([(LOG, lines(start(), answer(2)))])
    (record,) = read.records
    assert (record.input, record.output, record.uncertain, record.context.model) == (0, 120, True, "gpt-5.2")
    read.read([(LOG, lines(sums(3, "09:01:00", gpt_5=FIRST), answer(4, "09:02:00", 7)))])
    assert [(record.output, record.uncertain) for record in read.records] == [(120, False), (7, True)]


def test_the_model_of_the_automatic_choice_is_not_known(bench: Make) -> None:
    auto = start()
    auto["data"]["selectedModel"] = "auto"
    assert [record.context.model for record in bench().read([(LOG, lines(auto, answer(2)))]).records] == [""]


def test_a_record_of_use_comes_before_answers_and_sums(bench: Make) -> None:
    came = lines(
        start(), used(1, **FIRST), answer(2, outputTokens=120), used(2, "09:00:09", **counts(10000, 9000, 0, 180, 40))
    )
    read = bench().read([(LOG, came + lines(sums(3, "09:01:00", gpt_5=BOTH)))])
    assert told(read) == [(1500, 7000, 500, 120), (1000, 9000, 0, 180)]
    assert [record.time - TIME for record in read.records] == [5_000, 9_000]


def test_the_database_tells_the_same_responses_once_more(bench: Make) -> None:
    log = lines(start(), used(1, **FIRST), answer(2), sums(3, "09:01:00", gpt_5=FIRST))
    store = rows((1, 9000, 7000, 500, 120))
    for pieces in permutations([(LOG, log), (STORE, store)]):
        assert told(bench().read(pieces)) == [(1500, 7000, 500, 120)]


def test_the_database_is_enough(bench: Make) -> None:
    read = bench().read([(STORE, rows((1, 9000, 7000, 500, 120), (2, 10000, 9000, 0, 180)))])
    assert told(read) == [(1500, 7000, 500, 120), (1000, 9000, 0, 180)]
    (first, _) = read.records
    assert (first.time, first.context.project, first.context.branch) == (TIME + 5_000, "/home/ana/shop", "main")


def test_the_more_complete_of_two_exact_accounts_counts(bench: Make) -> None:
    log = lines(start(), used(1, **FIRST))
    store = rows((1, 9000, 7000, 500, 120), (2, 10000, 9000, 0, 180))
    for pieces in permutations([(LOG, log), (STORE, store)]):
        assert len(bench().read(pieces).records) == 2


def test_models_that_only_the_sums_tell_are_added_to_the_rows(bench: Make) -> None:
    log = lines(start(), sums(3, "09:01:00", gpt_5=counts(50, 0, 0, 5), gpt_5_2=FIRST))
    log = log.replace(b"gpt-5-2", b"gpt-5.2")
    read = bench().read([(STORE, rows((1, 9000, 7000, 500, 120))), (LOG, log)])
    assert sorted(told(read)) == [(50, 0, 0, 5), (1500, 7000, 500, 120)]


def test_a_copy_of_the_log_adds_nothing(bench: Make) -> None:
    came = lines(start(), answer(2), sums(3, "09:01:00", gpt_5=FIRST))
    read = bench().read([(LOG, came), (f"old/{LOG}", came), (f"{SESSION}.jsonl", came)])
    assert told(read) == [(1500, 7000, 500, 120)]


def test_a_sub_agent_is_one_of_its_session(bench: Make) -> None:
    entry = used(1, **FIRST)
    entry["agentId"] = "a1"
    (record,) = bench().read([(LOG, lines(start(), entry))]).records
    assert (record.session, record.context.agent_id, record.context.rank) == (SESSION, "a1", Rank.SUB_AGENT)


def test_without_a_first_line_the_place_names_the_session(bench: Make) -> None:
    for name in (LOG, f"{SESSION}.jsonl"):
        (record,) = bench().read([(name, lines(answer(2)))]).records
        assert record.session == SESSION


def test_turns_open_wait_and_close() -> None:
    came = lines(
        start(),
        event("user.message", 2, content="words"),
        event("assistant.turn_start", 3, turnId="0"),
        answer(4, toolRequests=[{"toolCallId": "t1", "name": "bash"}]),
        event("permission.requested", 5, requestId="r1"),
        event("permission.completed", 6, requestId="r1"),
        event("tool.execution_start", 7, toolCallId="t1", toolName="bash"),
        event("tool.execution_complete", 8, toolCallId="t1"),
        event("assistant.turn_end", 9, turnId="0"),
        answer(10),
        event("session.shutdown", 11),
    )
    events = list(READER.turns(Part(Source(AGENT, f"/{LOG}", LOG), came, 0, MODIFIED), b""))
    assert [(one.kind, one.ref) for one in events] == [
        (TurnKind.PROMPT, ""),
        (TurnKind.TURN_OPEN, ""),
        (TurnKind.ASKS, "r1"),
        (TurnKind.TOOL_CLOSED, "r1"),
        (TurnKind.TOOL_OPEN, "t1"),
        (TurnKind.TOOL_CLOSED, "t1"),
        (TurnKind.TURN_CLOSED, ""),
        (TurnKind.INTERRUPTED, ""),
    ]
    assert {(one.session, one.project, one.branch) for one in events} == {(SESSION, "/home/ana/shop", "main")}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("session-store.db", Kind.DATABASE),
        ("session-state/s1/events.jsonl", Kind.LINES),
        ("session-state/s1.jsonl", Kind.LINES),
        ("history-session-state/s1.jsonl", Kind.LINES),
        ("session-state/s1/files/notes.jsonl", None),
        ("logs/process.log", None),
    ],
)
def test_sources_are_looked_for_where_the_agent_keeps_them(tmp_path: Path, name: str, kind: Kind | None) -> None:
    found = [
        root.kind
        for root in READER.roots(Paths.below(tmp_path))
        if (tmp_path / ".copilot" / name).is_relative_to(root.path)
        and root.accepts((tmp_path / ".copilot" / name).relative_to(root.path).as_posix())
        and (tmp_path / ".copilot" / name).relative_to(root.path).as_posix().count("/") <= root.depth
    ]
    assert found == ([] if kind is None else [kind])
