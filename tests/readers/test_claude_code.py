"""Claude Code: each response once, whole, and where it belongs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench, lines
from tokenwatch.base.paths import Paths
from tokenwatch.readers.claude_code import READER

AGENT = "claude-code"
SESSION = "11111111-aaaa-4bbb-8ccc-000000000001"
TIME = 1_772_442_000_000
"""2026-03-02T09:00:00Z"""

Make = Callable[..., Bench]


def stamp(seconds: float = 0) -> str:
    from tokenwatch.base.clock import to_datetime

    return to_datetime(TIME + round(seconds * 1000)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def usage(fresh: int = 12, read: int = 20_000, write: int = 3_000, output: int = 260, **more: Any) -> dict[str, Any]:
    return {
        "input_tokens": fresh,
        "cache_read_input_tokens": read,
        "cache_creation_input_tokens": write,
        "output_tokens": output,
    } | more


def said(
    message: str | None = "msg_A",
    request: str | None = "req_A",
    *,
    at: float = 0,
    stop: str | None = "end_turn",
    model: str = "claude-sonnet-4-5",
    use: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A line of the model."""
    line: dict[str, Any] = {
        "type": "assistant",
        "timestamp": stamp(at),
        "sessionId": SESSION,
        "cwd": "/home/ana/shop",
        "gitBranch": "main",
        "isSidechain": False,
        "message": {"model": model, "role": "assistant", "content": [], "stop_reason": stop, "usage": use or usage()},
    }
    if message is not None:
        line["message"]["id"] = message
    if request is not None:
        line["requestId"] = request
    return line | more


def heard(at: float = 0, **more: Any) -> dict[str, Any]:
    """A line of the person, or of a tool."""
    return {"type": "user", "timestamp": stamp(at), "sessionId": SESSION, "message": {"role": "user"}} | more


def totals(read: Bench) -> list[tuple[int, ...]]:
    return [
        (record.input, record.cache_read, record.cache_write_5m, record.cache_write_1h, record.output)
        for record in read.records
    ]


def outputs(read: Bench) -> list[int]:
    return [record.output for record in read.records]


def test_the_documented_example_is_one_response(bench: Make) -> None:
    split = {"ephemeral_5m_input_tokens": 1000, "ephemeral_1h_input_tokens": 1800}
    read = bench().read(
        [
            (
                f"shop/{SESSION}.jsonl",
                lines(
                    heard(),
                    said(at=3.1, stop=None, use=usage(output=4, cache_creation=split)),
                    said(at=5, stop="tool_use", use=usage(output=260, cache_creation=split)),
                    said(
                        "local-1",
                        None,
                        at=9,
                        model="<synthetic>",
                        use=usage(0, 0, 0, 0),
                        isApiErrorMessage=True,
                    ),
                ),
            )
        ]
    )
    (record,) = read.records
    assert totals(read) == [(12, 20_000, 1_200, 1_800, 260)]
    assert record.time == TIME + 3_100
    assert (record.session, record.context.project, record.context.branch) == (SESSION, "/home/ana/shop", "main")
    assert (record.uncertain, record.context.provider) == (False, "anthropic")


# One response on many lines


def test_the_largest_snapshot_counts_on_the_day_of_the_first(bench: Make) -> None:
    came = lines(
        said(at=0, stop=None, use=usage(output=1)),
        said(at=86_400, use=usage(output=300)),
        said(at=90_000, use=usage(output=20)),
    )
    read = bench().read([("a.jsonl", came)])
    assert (outputs(read), read.records[0].time) == ([300], TIME)


def test_a_missing_request_id_is_the_same_response(bench: Make) -> None:
    read = bench().read(
        [
            (
                "a.jsonl",
                lines(said(request=None)),
            ),
            ("b.jsonl", lines(said(), said(request=""))),
        ]
    )
    assert outputs(read) == [260]


def test_two_request_ids_of_one_message_are_two_responses(bench: Make) -> None:
    assert outputs(bench().read([("a.jsonl", lines(said(), said(request="req_B", use=usage(output=261))))])) == [
        260,
        261,
    ]


def test_a_line_without_a_request_id_joins_the_request_before_it(bench: Make) -> None:
    came = lines(
        said(at=0), said(request=None, at=5, use=usage(output=900)), said(request="req_B", at=9, use=usage(output=7))
    )
    assert outputs(bench().read([("a.jsonl", came)])) == [900, 7]


def test_a_side_question_is_not_counted_again(bench: Make) -> None:
    side = said(request="req_side", at=9, use=usage(output=999), isSidechain=True, agentId="a1")
    assert outputs(bench().read([("a.jsonl", lines(said(), side))])) == [260]
    assert outputs(bench().read([("b.jsonl", lines(side)), ("a.jsonl", lines(said()))])) == [260]


def test_a_sub_agent_of_its_own_counts(bench: Make) -> None:
    side = said("msg_B", "req_B", isSidechain=True, agentId="a1")
    read = bench().read([("a.jsonl", lines(said(), side))])
    assert sorted(record.context.agent_id for record in read.records) == ["", "a1"]


def test_one_constant_message_id_is_told_apart_by_prompt_and_person(bench: Make) -> None:
    came = lines(
        said("const", None, at=0, use=usage(10, output=5)),
        heard(1),
        said("const", None, at=2, use=usage(20, output=6)),
        said("const", None, at=3, use=usage(20, output=9)),
    )
    assert outputs(bench().read([("a.jsonl", came)])) == [5, 9]


def test_prompts_that_differ_within_one_answer_are_one_response(bench: Make) -> None:
    came = lines(
        said("const", None, at=0, use=usage(10, output=5)), said("const", None, at=2, use=usage(20, output=6))
    )
    assert outputs(bench().read([("a.jsonl", came)])) == [6]


def test_an_empty_prompt_says_nothing_yet(bench: Make) -> None:
    came = lines(said("const", None, at=0, use=usage(0, 0, 0, 0)), heard(1), said("const", None, at=2))
    assert outputs(bench().read([("a.jsonl", came)])) == [260]


def test_one_constant_message_id_in_two_sessions_is_two_responses(bench: Make) -> None:
    one, other = said("const", None, use=usage(10)), said("const", None, at=60, use=usage(20))
    assert len(bench().read([("a.jsonl", lines(one)), ("b.jsonl", lines(other))]).records) == 2


def test_a_line_without_any_id_counts_by_itself(bench: Make) -> None:
    one, two = said(None, None, uuid="u1"), said(None, None, uuid="u2")
    read = bench().read([("a.jsonl", lines(one, two))]).read([("copy.jsonl", lines(one))])
    assert outputs(read) == [260, 260]


def test_a_resumed_transcript_repeats_nothing(bench: Make) -> None:
    old = said(at=0)
    resumed = said(at=0, sessionId="22222222")
    read = bench().read([("a.jsonl", lines(old)), ("b.jsonl", lines(resumed, said("msg_B", "req_B", at=9)))])
    assert outputs(read) == [260, 260]


# Counts


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({}, (3_000, 0)),
        ({"cache_creation": None}, (3_000, 0)),
        ({"cache_creation": {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 0}}, (3_000, 0)),
        ({"cache_creation": {"ephemeral_1h_input_tokens": 1_800}}, (1_200, 1_800)),
        ({"cache_creation": {"ephemeral_5m_input_tokens": 4_000, "ephemeral_1h_input_tokens": 500}}, (4_000, 500)),
    ],
)
def test_cache_writes_are_split_and_the_rest_is_for_five_minutes(bench: Make, written: Any, expected: Any) -> None:
    (record,) = bench().read([("a.jsonl", lines(said(use=usage(**written))))]).records
    assert (record.cache_write_5m, record.cache_write_1h) == expected


@pytest.mark.parametrize(
    ("written", "tier", "geo"),
    [
        ({}, "standard", ""),
        ({"service_tier": "priority"}, "priority", ""),
        ({"service_tier": "standard", "speed": "fast"}, "fast", ""),
        ({"service_tier": None, "speed": "standard", "inference_geo": "us"}, "standard", "us"),
        ({"inference_geo": "not_available"}, "standard", ""),
    ],
)
def test_tier_and_place_are_kept_where_they_change_the_price(bench: Make, written: Any, tier: str, geo: str) -> None:
    (record,) = bench().read([("a.jsonl", lines(said(use=usage(**written))))]).records
    assert (record.context.tier, record.context.geo) == (tier, geo)


def test_web_searches_and_reported_costs_are_kept(bench: Make) -> None:
    searched = usage(server_tool_use={"web_search_requests": 3, "web_fetch_requests": 9})
    (record,) = bench().read([("a.jsonl", lines(said(use=searched, costUSD=0.25)))]).records
    assert (record.web_search, record.cost_reported) == (3, 250_000_000)


def test_advice_of_another_model_is_a_record_of_its_own(bench: Make) -> None:
    steps = [
        {"type": "message", "input_tokens": 12, "output_tokens": 260},
        {"type": "advisor_message", "model": "claude-opus-5", "input_tokens": 50, "output_tokens": 70},
        {"type": "advisor_message", "model": "claude-opus-5", "input_tokens": 51, "output_tokens": 71},
        {"type": "compaction", "input_tokens": 9, "output_tokens": 3},
    ]
    came = lines(said(stop=None, use=usage(output=9, iterations=steps[:2])), said(use=usage(iterations=steps)))
    read = bench().read([("a.jsonl", came)])
    assert sorted((record.context.model, record.output) for record in read.records) == [
        ("claude-opus-5", 70),
        ("claude-opus-5", 71),
        ("claude-sonnet-4-5", 3),
        ("claude-sonnet-4-5", 260),
    ]


def test_what_the_agent_says_itself_is_no_response(bench: Make) -> None:
    mine = said(model="<synthetic>", use=usage(5, 5, 5, 5))
    failed = said("msg_B", "req_B", use=usage(5, 5, 5, 5), isApiErrorMessage=True)
    assert bench().read([("a.jsonl", lines(mine, failed))]).records == []


def test_usage_of_tools_and_results_is_never_counted(bench: Make) -> None:
    tool = {
        "type": "tool_use",
        "id": "t",
        "name": "X",
        "input": {"id": None, "model": None, "usage": {"input_tokens": 9}},
    }
    line = said()
    line["message"]["content"] = [tool]
    result = heard(1, toolUseResult={"usage": usage(9, 9, 9, 9), "totalTokens": 36})
    assert totals(bench().read([("a.jsonl", lines(line, result))])) == [(12, 20_000, 3_000, 0, 260)]


def test_keys_in_any_order_and_white_space_change_nothing(bench: Make) -> None:
    line = said()
    turned = json.dumps(
        {key: line[key] for key in sorted(line, reverse=True)}, indent=None, separators=(" , ", " : ")
    )
    assert bench().read([("a.jsonl", lines(turned))]).told == bench().read([("a.jsonl", lines(line))]).told


@pytest.mark.parametrize("fresh", ["12", 12.0, 12.9])
def test_numbers_may_be_written_oddly(bench: Make, fresh: Any) -> None:
    read = bench().read([("a.jsonl", lines(said(use=usage(fresh, cache_creation="none", service_tier=7))))])
    assert totals(read) == [(12, 20_000, 3_000, 0, 260)]


def test_half_a_character_in_a_path_loses_no_response(bench: Make) -> None:
    line = json.dumps(said()).replace("/home/ana/shop", "/home/\\ud800/shop")
    (record,) = bench().read([("a.jsonl", lines(line))]).records
    assert record.context.project == "/home/?/shop"


def test_bytes_that_are_no_text_lose_no_response(bench: Make) -> None:
    line = json.dumps(said()).encode().replace(b"/home/ana/shop", b"/home/\xff/shop")
    (record,) = bench().read([("a.jsonl", lines(line))]).records
    assert record.context.project == "/home/\ufffd/shop"


# Placeholders


PLACEHOLDER = said("msg_P", "req_P", stop=None, use=usage(output=1), isSidechain=True, agentId="a1")
FINISHED = heard(9, toolUseResult={"agentId": "a1", "status": "completed", "usage": usage(output=55)})


@pytest.mark.parametrize("order", ["parent last", "parent first"])
def test_a_placeholder_is_finished_by_what_the_parent_was_told(bench: Make, order: str) -> None:
    pieces = [("s/subagents/agent-a1.jsonl", lines(PLACEHOLDER)), (f"{SESSION}.jsonl", lines(FINISHED))]
    read = bench().read(pieces if order == "parent last" else reversed(pieces))
    (record,) = read.records
    assert (record.output, record.uncertain) == (55, False)


@pytest.mark.parametrize(
    "told",
    [
        {"agentId": "a2", "usage": usage(output=55)},
        {"agentId": "a1", "usage": usage(fresh=13, output=55)},
        {"agentId": "a1", "usage": None},
        {"agentId": "a1", "totalTokens": 55},
        "Error: cancelled",
        ["usage"],
    ],
)
def test_a_placeholder_that_nothing_finishes_is_uncertain(bench: Make, told: Any) -> None:
    read = bench().read([("agent-a1.jsonl", lines(PLACEHOLDER)), ("a.jsonl", lines(heard(9, toolUseResult=told)))])
    (record,) = read.records
    assert (record.output, record.uncertain) == (1, True)


def test_only_the_last_response_of_a_sub_agent_is_finished(bench: Make) -> None:
    earlier = said("msg_O", "req_O", at=-9, stop=None, use=usage(output=1), isSidechain=True, agentId="a1")
    read = bench().read([("agent-a1.jsonl", lines(earlier, PLACEHOLDER)), ("a.jsonl", lines(FINISHED))])
    assert [(record.output, record.uncertain) for record in read.records] == [(1, True), (55, False)]


def test_an_answer_that_was_not_marked_as_ended_is_certain_when_it_is_long(bench: Make) -> None:
    (record,) = bench().read([("a.jsonl", lines(said(stop=None)))]).records
    assert not record.uncertain


def test_a_response_of_nothing_is_counted_and_uncertain(bench: Make) -> None:
    (record,) = bench().read([("a.jsonl", lines(said(use=usage(0, 0, 0, 0))))]).records
    assert record.uncertain


# Sub-agents


@pytest.mark.parametrize(
    "place",
    [
        f"p/{SESSION}/subagents/agent-a1.jsonl",
        "p/agent-a1.jsonl",
        f"p/{SESSION}/subagents/workflows/w/agent-a1.jsonl",
    ],
)
def test_a_sub_agents_file_belongs_to_its_parents_session(bench: Make, place: str) -> None:
    line = said(isSidechain=True)
    if SESSION in place:
        del line["sessionId"]
    (record,) = bench().read([(place, lines(line))]).records
    assert (record.session, record.context.agent_id) == (SESSION, "a1")


def progress(line: dict[str, Any]) -> dict[str, Any]:
    inner = {key: line[key] for key in ("type", "timestamp", "message", "requestId") if key in line}
    return {
        "type": "progress",
        "timestamp": stamp(40),
        "sessionId": SESSION,
        "cwd": "/home/ana/shop",
        "data": {"type": "agent_progress", "agentId": "a1", "message": inner, "normalizedMessages": []},
    }


def test_a_copy_in_the_parent_is_not_counted_again(bench: Make) -> None:
    own = said(isSidechain=True, agentId="a1")
    read = bench().read([("p/s.jsonl", lines(progress(own))), ("p/agent-a1.jsonl", lines(own))])
    (record,) = read.records
    assert (record.context.rank, record.time) == (1, TIME)


def test_a_copy_counts_when_the_sub_agents_file_is_gone(bench: Make) -> None:
    read = bench().read([("p/s.jsonl", lines(progress(said(isSidechain=True))))])
    (record,) = read.records
    assert (record.output, record.context.agent_id, record.session) == (260, "a1", SESSION)


# Times


def test_a_missing_time_is_that_of_the_entry_before_or_of_the_file(bench: Make) -> None:
    without = said("msg_B", "req_B")
    without["timestamp"] = "yesterday"
    assert [record.time for record in bench().read([("a.jsonl", lines(without))]).records] == [MODIFIED]
    assert [r.time for r in bench().read([("a.jsonl", lines(said(at=5), without))]).records] == [TIME + 5_000] * 2


@pytest.mark.parametrize("written", [TIME, TIME / 1000, "2026-03-02T10:00:00+01:00", "2026-03-02T09:00:00Z"])
def test_times_may_be_written_in_any_way(bench: Make, written: Any) -> None:
    line = said()
    line["timestamp"] = written
    assert [record.time for record in bench().read([("a.jsonl", lines(line))]).records] == [TIME]


def test_a_torn_line_is_left_out_and_said(bench: Make) -> None:
    torn = json.dumps(said("msg_B", "req_B"))[:-1]
    read = bench().read([("a.jsonl", lines(torn, said()))])
    assert (outputs(read), read.skipped) == ([260], {"not valid JSON": 1})


# Places


def roots(home: Path, **environment: str) -> list[str]:
    paths = Paths.below(home, **environment)
    return [
        root.path.relative_to(home).as_posix() if root.path.is_relative_to(home) else str(root.path)
        for root in READER.roots(paths)
    ]


def test_both_default_places_are_read(tmp_path: Path) -> None:
    assert roots(tmp_path)[:2] == [".claude/projects", ".config/claude/projects"]
    assert roots(tmp_path, XDG_CONFIG_HOME=str(tmp_path / "cfg"))[1] == "cfg/claude/projects"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{home}/one", ["one/projects"]),
        ("~/one, {home}/two/projects ,", ["one/projects", "two/projects"]),
        ("~", ["projects"]),
        ("{home}/with, comma", ["with, comma/projects"]),
    ],
)
def test_the_variable_replaces_the_default_places(tmp_path: Path, value: str, expected: list[str]) -> None:
    (tmp_path / "with, comma").mkdir()
    found = roots(tmp_path, CLAUDE_CONFIG_DIR=value.format(home=tmp_path))
    assert found[: len(expected)] == expected
    assert ".claude/projects" not in found


def test_what_is_a_transcript(tmp_path: Path) -> None:
    projects, _, desktop = READER.roots(Paths.below(tmp_path))
    assert projects.accepts("p/s.jsonl") and projects.accepts("p/s/subagents/workflows/w/agent-a.jsonl")
    assert not projects.accepts("p/s/subagents/workflows/w/journal.jsonl")
    assert not projects.accepts("p/s/subagents/agent-a.meta.json")
    assert desktop.accepts("x/y/.claude/projects/p/s.jsonl")
    assert not desktop.accepts("x/y/audit.jsonl")


# Registry


def claim(**found: Any) -> Any:
    return READER.claim(Path("/r/7.json"), json.dumps(found).encode())


def test_a_registry_file_is_a_claim() -> None:
    made = claim(
        pid=7,
        sessionId="s",
        cwd="/w",
        status="waiting",
        waitingFor="permission prompt",
        procStart="12345",
        startedAt=TIME,
        statusUpdatedAt=TIME + 5,
    )
    assert (made.pid, made.session, made.cwd, made.status) == (7, "s", "/w", "waiting")
    assert (made.waiting_for, made.process_start, made.started_at, made.status_since) == (
        "permission prompt",
        "12345",
        TIME,
        TIME + 5,
    )


@pytest.mark.parametrize("ticks", [12345, "12345"])
def test_start_ticks_may_be_text_or_number(ticks: Any) -> None:
    assert claim(pid=7, procStart=ticks).process_start == "12345"


def test_an_unknown_status_is_none_said() -> None:
    assert claim(pid=7, status="dreaming").status == ""


@pytest.mark.parametrize("pid", [None, "7", 0, -1, True, 2**40, 7.0])
def test_a_registry_file_without_a_usable_pid_claims_nothing(pid: Any) -> None:
    assert claim(pid=pid, sessionId="s") is None


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_damaged_registry_file_claims_nothing(data: bytes) -> None:
    assert READER.claim(Path("/r/7.json"), data) is None


def test_registry_files_are_found_beside_projects(tmp_path: Path) -> None:
    (tmp_path / ".claude" / "sessions").mkdir(parents=True)
    (tmp_path / ".claude" / "sessions" / "7.json").write_text("{}")
    # An editor's socket with its token, and background jobs whose "blocked" also means idle: neither is an agent.
    for other in ("ide/7.lock", "ide/8.json", "jobs/1/state.json"):
        path = tmp_path / ".claude" / other
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    assert [path.name for path in READER.claims(Paths.below(tmp_path))] == ["7.json"]
