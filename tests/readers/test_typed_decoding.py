"""The fast, typed decoding of lines gives what the slow, loose one does, for any bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tokenwatch.readers import claude_code_lines, codex_cli_lines
from tokenwatch.readers.protocol import Part, ReadResult, Source, readers

odd = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        7,
        -3,
        12.0,
        1.5,
        "7",
        "",
        "x",
        "\ud83d",
        "é",
        [],
        {},
        [1],
        {"a": 1},
        10**11,
        2**70,
        "2026-03-02T09:00:00Z",
    ]
)


def mostly(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """At times anything."""
    return st.integers(0, 40).flatmap(lambda number: odd if number == 0 else usual)


def one_of(*usual: Any) -> st.SearchStrategy[Any]:
    return mostly(st.sampled_from(usual))


def objects(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Of which a field or two may be missing."""
    whole = st.fixed_dictionaries(fields)
    missing = st.integers(0, 2).flatmap(
        lambda number: st.sets(st.sampled_from(sorted(fields)), max_size=1) if number == 0 else st.just(set())
    )
    return mostly(st.builds(lambda found, gone: {k: v for k, v in found.items() if k not in gone}, whole, missing))


numbers = mostly(st.integers(0, 10**6))
stamps = one_of("2026-03-02T09:00:00.000Z", "2026-03-02T09:00:01.500Z", "2026-03-02T10:00:00+01:00")


claude_usage = objects(
    input_tokens=numbers,
    output_tokens=numbers,
    cache_read_input_tokens=numbers,
    cache_creation_input_tokens=numbers,
    cache_creation=objects(ephemeral_5m_input_tokens=numbers, ephemeral_1h_input_tokens=numbers),
    server_tool_use=objects(web_search_requests=numbers),
    service_tier=one_of("standard", "priority"),
    speed=one_of("standard", "fast"),
    inference_geo=one_of("us", ""),
    iterations=st.one_of(
        odd, st.lists(objects(type=one_of("advisor_message", "message"), input_tokens=numbers), max_size=2)
    ),
)
claude_message = objects(
    id=one_of("msg_A", "msg_B"),
    model=one_of("claude-opus-5", "<synthetic>"),
    stop_reason=one_of("end_turn", None),
    content=st.lists(objects(text=one_of("words"), usage=claude_usage), max_size=2),
    usage=claude_usage,
)
claude_lines = objects(
    type=one_of("assistant", "assistant", "user", "progress"),
    timestamp=stamps,
    sessionId=one_of("s1", "s2"),
    agentId=one_of("a1"),
    isSidechain=one_of(True, False),
    isApiErrorMessage=one_of(False, False, True),
    requestId=one_of("req_A", "req_B"),
    cwd=one_of("/w"),
    gitBranch=one_of("main"),
    uuid=one_of("u1", "u2"),
    costUSD=one_of(0.5),
    message=claude_message,
    data=objects(
        agentId=one_of("a1"),
        message=objects(type=one_of("assistant"), requestId=one_of("req_A"), message=claude_message),
    ),
    toolUseResult=objects(agentId=one_of("a1"), usage=claude_usage),
)

codex_usage = objects(
    input_tokens=numbers,
    cached_input_tokens=numbers,
    cache_write_input_tokens=numbers,
    output_tokens=numbers,
    reasoning_output_tokens=numbers,
    total_tokens=numbers,
)
codex_lines = objects(
    timestamp=stamps,
    ordinal=one_of(1, 5),
    type=one_of("event_msg", "event_msg", "turn_context", "token_usage_record", "session_meta", "response_item"),
    payload=objects(
        type=one_of("token_count", "token_count", "thread_settings_applied", "message"),
        id=one_of("thread-1"),
        model=one_of("gpt-5.2", "gpt-5.4"),
        cwd=one_of("/w"),
        turn_id=one_of("t1", "external-import-turn-1"),
        info=objects(total_token_usage=codex_usage, last_token_usage=codex_usage),
        rate_limits=objects(primary=objects(used_percent=numbers, window_minutes=one_of(300))),
        thread_settings=objects(
            model=one_of("gpt-5"), service_tier=one_of("fast"), model_provider_id=one_of("azure")
        ),
        thread_id=one_of("thread-1", "thread-2"),
        response_id=one_of("r1", "r2"),
        usage=codex_usage,
        thread_token_usage=codex_usage,
        forked_from_id=one_of("thread-0"),
    ),
)
forms: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{"separators": (",", ":")}, {"separators": (" , ", " : ")}, {"sort_keys": True}, {"ensure_ascii": True}]
)


@st.composite
def logs(draw: st.DrawFn, line: st.SearchStrategy[Any]) -> bytes:
    """Lines of an agent, some of them damaged."""
    written = []
    for found in draw(st.lists(line, min_size=1, max_size=6)):
        data = bytearray(json.dumps(found, **draw(forms)).encode())
        if draw(st.integers(0, 5)) == 0 and data:
            at = draw(st.integers(0, len(data) - 1))
            data[at : at + draw(st.integers(0, 3))] = draw(
                st.sampled_from([b"", b"\x00", b"\xff", b'"', b"}", b"\n"])
            )
        written.append(bytes(data))
    return b"\n".join(written) + b"\n"


def refuse(line: object) -> Any:
    raise ValueError("not typed")


def read(agent: str, data: bytes) -> ReadResult:
    source = Source(agent, "/root/s.jsonl", "s.jsonl")
    return readers()[agent].read(Part(source, data, 0, 1_795_500_000_000), b"")


def same(agent: str, module: Any, data: bytes) -> None:
    fast = read(agent, data)
    with patch.object(module, "_line", refuse):
        slow = read(agent, data)
    assert fast == slow


@settings(max_examples=150)
@given(data=logs(claude_lines))
def test_claude_code(data: bytes) -> None:
    same("claude-code", claude_code_lines, data)


@settings(max_examples=150)
@given(data=logs(codex_lines))
def test_codex(data: bytes) -> None:
    same("codex", codex_cli_lines, data)


@pytest.mark.parametrize(
    ("agent", "line", "module"),
    [("claude-code", claude_lines, claude_code_lines), ("codex", codex_lines, codex_cli_lines)],
)
def test_the_generated_lines_are_worth_the_comparison(agent: str, line: Any, module: Any) -> None:
    """Both decoders are used, and records come of both."""
    used = {"typed": 0, "loose": 0, "records": 0}
    typed: Callable[[bytes], Any] = module._line
    loose: Callable[[Any], Any] = module.loose_line

    def counting(data: bytes) -> Any:
        found = typed(data)
        used["typed"] += 1
        return found

    def counting_loose(found: Any) -> Any:
        used["loose"] += 1
        return loose(found)

    @settings(max_examples=110, database=None, derandomize=True)
    @given(data=logs(line))
    def look(data: bytes) -> None:
        used["records"] += len(read(agent, data).records)

    with patch.object(module, "_line", counting), patch.object(module, "loose_line", counting_loose):
        look()
    assert min(used.values()) > 20, used
