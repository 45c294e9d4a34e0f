"""What is special about opencode's messages, and about Kilo CLI's, which are made from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import Bench, lines
from tests.readers.pieces import Document, Rows
from tokenwatch.base.paths import Paths
from tokenwatch.readers.kilo_code import READER as KILO
from tokenwatch.readers.opencode import READER
from tokenwatch.readers.protocol import MALFORMED, Kind, Part, Source, TurnKind

AGENT = "opencode"
Make = Callable[..., Bench]
CREATED = 1_772_442_000_000
TOKENS = {"total": 4300, "input": 100, "output": 150, "reasoning": 50, "cache": {"read": 3500, "write": 500}}


def data(**more: Any) -> dict[str, Any]:
    return {
        "role": "assistant",
        "modelID": "claude-sonnet-4-5",
        "providerID": "anthropic",
        "path": {"cwd": "/home/ana/shop", "root": "/home/ana/shop"},
        "tokens": TOKENS,
        "time": {"created": CREATED, "completed": CREATED + 6000},
        **more,
    }


def row(id: str, session: str = "s1", said: Any = None, **more: Any) -> tuple[Any, ...]:
    content = data(**more) if said is None else said
    return (id, session, CREATED, CREATED + 6000, content if isinstance(content, str) else json.dumps(content))


def rows(*messages: tuple[Any, ...], sessions: tuple[tuple[Any, ...], ...] = ()) -> Rows:
    return Rows({"messages": list(messages), "sessions": list(sessions)}, ["messages"])


def counts(bench: Bench) -> list[tuple[int, int, int, int, int]]:
    return [
        (record.input, record.cache_read, record.cache_write_5m, record.output, record.reasoning)
        for record in bench.records
    ]


def test_the_total_tells_whether_reasoning_is_inside_the_output(bench: Make) -> None:
    assert counts(bench().read([("o.db", rows(row("m1")))])) == [(100, 3500, 500, 200, 50)]
    inside = {**TOKENS, "total": 4250}
    assert counts(bench().read([("o.db", rows(row("m1", tokens=inside)))])) == [(100, 3500, 500, 150, 50)]


@pytest.mark.parametrize(("provider", "output"), [("google", 200), ("google-vertex", 200), ("openai", 150)])
def test_without_a_total_the_provider_tells(bench: Make, provider: str, output: int) -> None:
    tokens = {**TOKENS, "total": None}
    (found,) = counts(bench().read([("o.db", rows(row("m1", tokens=tokens, providerID=provider)))]))
    assert found[3] == output


def test_a_row_that_grows_is_one_response(bench: Make) -> None:
    begun = {**TOKENS, "total": None, "input": 0, "output": 0, "reasoning": 0, "cache": {"read": 0, "write": 0}}
    half = {**TOKENS, "total": None, "output": 20, "reasoning": 0}
    read = bench().read([("o.db", rows(row("m1", tokens=begun, time={"created": CREATED})))])
    assert counts(read) == []
    read.read([("o.db", rows(row("m1", tokens=half, time={"created": CREATED})))])
    assert counts(read) == [(100, 3500, 500, 20, 0)]
    read.read([("o.db", rows(row("m1")))])
    assert counts(read) == [(100, 3500, 500, 200, 50)]


def test_copies_of_a_fork_count_once_for_the_older_session(bench: Make) -> None:
    sessions = (("s1", None, "/a", CREATED - 9), ("s2", None, "/a", CREATED + 9000), ("s3", None, "/a", CREATED + 1))
    for order in (("s1", "s2", "s3"), ("s3", "s2", "s1"), ("s2", "s1", "s3")):
        read = bench()
        for session in order:
            read.read([("o.db", rows(row(f"copy in {session}", session), sessions=sessions))])
        assert [record.session for record in read.records] == ["s1"]


def test_responses_of_one_moment_in_two_sessions_that_differ_are_two(bench: Make) -> None:
    other = row("m2", "s2", tokens={**TOKENS, "total": 4301, "input": 101})
    assert len(bench().read([("o.db", rows(row("m1"), other))]).records) == 2


def test_equal_responses_of_one_moment_in_one_session_are_two(bench: Make) -> None:
    assert len(bench().read([("o.db", rows(row("m1"), row("m2")))]).records) == 2


def test_a_file_of_an_older_version_is_the_message_of_its_id(bench: Make) -> None:
    document = Document(lines({"id": "m1", "sessionID": "s1", **data()}))
    read = bench().read([("s1/m1.json", document), ("o.db", rows(row("m1")))])
    assert len(read.records) == 1


def test_both_tables_of_a_database_tell_one_message_once(bench: Make) -> None:
    second = {
        "model": {"id": "claude-sonnet-4-5", "providerID": "anthropic"},
        "tokens": TOKENS,
        "time": {"created": CREATED, "completed": CREATED + 6000},
    }
    both = Rows(
        {"messages": [row("m1")], "session messages": [(*row("m1", said=second), "assistant")]},
        ["messages", "session messages"],
    )
    (record,) = bench().read([("o.db", both)]).records
    assert (record.context.model, record.context.provider) == ("claude-sonnet-4-5", "anthropic")


def test_a_spawned_session_is_a_sub_agent(bench: Make) -> None:
    sessions = (("s2", "s1", "/home/ana/shop", CREATED),)
    (record,) = bench().read([("o.db", rows(row("m1", "s2", path={}), sessions=sessions))]).records
    assert (record.context.parent_session, record.context.agent_id) == ("s1", "s2")
    assert record.context.project == "/home/ana/shop"


def test_what_is_no_message_is_told_and_left(bench: Make) -> None:
    read = bench().read([("o.db", rows(row("m1", said="{"), row("m2", said={"role": "assistant"}), row("m3")))])
    assert len(read.records) == 1
    assert read.skipped == {MALFORMED: 1}
    read.read([("o.db", rows(row("m4", said={"role": "assistant", "time": {"created": 1, "completed": 2}})))])
    assert read.skipped == {MALFORMED: 1, "answers without token counts": 1}


def test_databases_of_all_channels_are_sources_and_copies_put_aside_are_none() -> None:
    (root,) = [root for root in READER.roots(Paths.below(Path("/home/ana"))) if root.kind is Kind.DATABASE]
    assert root.path == Path("/home/ana/.local/share/opencode")
    accepted = ["opencode.db", "opencode-next.db"]
    refused = ["opencode.db-wal", "opencode-backup.db", "opencode.old.db", "other.db", "opencode-bak.db"]
    assert [name for name in (*accepted, *refused) if root.accepts(name)] == accepted


def test_variables_name_the_folder_or_the_file() -> None:
    def places(**variables: str) -> list[str]:
        roots = READER.roots(Paths.below(Path("/home/ana"), **variables))
        return [root.path.as_posix() for root in roots if root.kind is Kind.DATABASE]

    assert places(OPENCODE_DATA_DIR="/srv/oc") == ["/srv/oc"]
    assert places(XDG_DATA_HOME="/data") == ["/data/opencode"]
    assert places(OPENCODE_DB="/srv/my.db") == ["/srv", "/home/ana/.local/share/opencode"]
    assert places(OPENCODE_DB="mine.db") == ["/home/ana/.local/share/opencode"] * 2
    kilo = KILO.roots(Paths.below(Path("/home/ana"), KILO_DATA_DIR="/srv/kilo"))
    assert {root.path.as_posix() for root in kilo} >= {"/srv/kilo"}


def test_turns_tell_what_a_session_does() -> None:
    going = data(time={"created": CREATED + 1})
    said = [
        ("old", "s1", CREATED - 86_400_000, CREATED - 86_400_000, json.dumps({"role": "user"})),
        ("m0", "s1", CREATED, CREATED, json.dumps({"role": "user"})),
        ("m1", "s1", CREATED + 1, CREATED + 1, json.dumps(going)),
        ("m2", "s1", CREATED + 2, CREATED + 2, json.dumps(data(finish="tool-calls"))),
        ("m3", "s1", CREATED + 3, CREATED + 3, json.dumps(data(finish="stop"))),
        ("m4", "s1", CREATED + 4, CREATED + 4, json.dumps(data(error={"name": "aborted"}))),
    ]
    part = Part(Source(AGENT, "/o.db", "o.db", kind=Kind.DATABASE), b"", 0, CREATED, rows(*said))
    assert [event.kind for event in READER.turns(part, b"")] == [
        TurnKind.PROMPT,
        TurnKind.TURN_OPEN,
        TurnKind.TURN_CLOSED,
        TurnKind.INTERRUPTED,
    ]


def step(own: str, input: int, output: int, message: str = "m1", **more: Any) -> tuple[str, str, str]:
    tokens = {"input": input, "output": output, "reasoning": 0, "cache": {"read": 0, "write": 0}}
    return message, own, json.dumps({"type": "step-finish", "tokens": tokens, "cost": 0.25, **more})


def with_steps(message: tuple[Any, ...], *steps: tuple[Any, ...]) -> Rows:
    return Rows({"messages": [message], "parts of messages without counts": list(steps)}, ["messages"])


def test_a_message_without_counts_is_told_by_its_steps(bench: Make) -> None:
    steps = (step("p1", 100, 10), step("p2", 300, 20), step("p2", 300, 20), ("m1", "p3", '{"type":"text"}'))
    read = bench().read([("o.db", with_steps(row("m1", tokens=None), *steps))])
    assert counts(read) == [(400, 0, 0, 30, 0)]
    (record,) = read.records
    assert (record.cost_reported, record.context.estimated) == (500_000_000, 1)
    assert read.skipped == {}


def test_a_message_of_one_step_is_exact(bench: Make) -> None:
    (record,) = bench().read([("o.db", with_steps(row("m1", tokens=None), step("p1", 100, 10)))]).records
    assert (record.total, record.context.estimated) == (110, 0)


def test_steps_and_counts_of_a_message_are_never_added(bench: Make) -> None:
    told, steps = rows(row("m1")), with_steps(row("m1", tokens=None), step("p1", 60, 40))
    for pieces in ((told, steps), (steps, told)):
        assert counts(bench().read([("o.db", piece) for piece in pieces])) == [(100, 3500, 500, 200, 50)]
    both = with_steps(row("m1"), step("p1", 60, 40))
    assert counts(bench().read([("o.db", both)])) == [(100, 3500, 500, 200, 50)]


@pytest.mark.parametrize("part", [("m1", "p1", "{"), ("m1", "p1", None), (None, None, '{"type":"step-finish"}')])
def test_a_message_without_counts_or_steps_is_told(bench: Make, part: tuple[Any, ...]) -> None:
    read = bench().read([("o.db", with_steps(row("m1", tokens=None), part))])
    assert (read.records, sum(read.skipped.values())) == ([], 1)
