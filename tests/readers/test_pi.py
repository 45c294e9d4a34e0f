"""pi, and the agents that write its format: every branch counts, copies in forks do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench, lines
from tokenwatch.base.paths import Paths
from tokenwatch.readers.pi import READER
from tokenwatch.readers.protocol import Part, Source, TurnKind

AGENT = "pi"
SESSION = "0f000000-0000-4000-8000-000000000001"
FORK = "0f000000-0000-4000-8000-000000000002"
NAME = f"--home-ana-shop--/2026-03-02T09-00-00-000Z_{SESSION}.jsonl"
TIME = 1_772_442_000_000
"""2026-03-02T09:00:00Z"""

Make = Callable[..., Bench]


def header(session: str = SESSION, at: str = "09:00:00", **more: Any) -> dict[str, Any]:
    moment = f"2026-03-02T{at}.000Z"
    return {"type": "session", "version": 3, "id": session, "timestamp": moment, "cwd": "/home/ana/shop"} | more


def said(own: str, at: str = "09:00:04", response: str = "", stop: str = "stop", **usage: Any) -> dict[str, Any]:
    counts = {"input": 20, "output": 80, "cacheRead": 4000, "cacheWrite": 300, "cost": {"total": 0.0042}} | usage
    message = {"role": "assistant", "provider": "anthropic", "model": "claude-sonnet-4-5", "stopReason": stop}
    named = {"responseId": response} if response else {}
    return {
        "type": "message",
        "id": own,
        "parentId": None,
        "timestamp": f"2026-03-02T{at}.000Z",
        "message": message | named | {"usage": counts},
    }


def test_the_documented_example_is_one_response_with_its_own_cost(bench: Make) -> None:
    (record,) = bench().read([(NAME, lines(header(), said("a1b2c3d4", response="msg_X")))]).records
    assert (record.input, record.cache_read, record.cache_write_5m, record.output) == (20, 4000, 300, 80)
    assert (record.time, record.session, record.cost_reported) == (TIME + 4_000, SESSION, 4_200_000)
    assert (record.context.project, record.context.provider) == ("/home/ana/shop", "anthropic")


def test_a_fork_counts_only_what_is_new_and_leaves_the_rest_to_its_parent(bench: Make) -> None:
    parent = f"/home/ana/.pi/agent/sessions/{NAME}"
    old = [said("a1", response="msg_X"), said("a2", "09:00:09", output=9)]
    fork = lines(header(FORK, "10:00:00", parentSession=parent), *old, said("a3", "10:00:05", output=7))
    name = NAME.replace(SESSION, FORK)
    for pieces in ([(NAME, lines(header(), *old)), (name, fork)], [(name, fork), (NAME, lines(header(), *old))]):
        read = bench().read(pieces)
        assert [(record.session, record.output) for record in read.records] == [
            (SESSION, 80),
            (SESSION, 9),
            (FORK, 7),
        ]
    assert read.records[-1].context.parent_session == SESSION


def test_short_ids_count_together_with_their_time(bench: Make) -> None:
    read = bench().read([(NAME, lines(header(), said("a1"), said("a1", "09:00:09")))])
    assert len(read.records) == 2


def test_all_branches_of_the_tree_count(bench: Make) -> None:
    one, other = said("a1"), said("a2", "09:00:09")
    one["parentId"] = other["parentId"] = "u1"
    assert len(bench().read([(NAME, lines(header(), one, other))]).records) == 2


def test_a_failed_response_counts_if_it_used_tokens(bench: Make) -> None:
    nothing = {"input": 0, "output": 0, "cacheRead": 0, "cacheWrite": 0}
    came = lines(
        header(), said("a1", stop="aborted"), said("a2", "09:00:05", stop="error", **nothing), said("a3", **nothing)
    )
    found = [(record.output, record.uncertain) for record in bench().read([(NAME, came)]).records]
    assert sorted(found) == [(0, True), (80, False)]


def test_a_price_of_nothing_is_no_price(bench: Make) -> None:
    (record,) = bench().read([(NAME, lines(header(), said("a1", cost={"total": 0})))]).records
    assert record.cost_reported is None


def test_without_a_time_or_header_the_file_tells(bench: Make) -> None:
    entry = said("a1")
    del entry["timestamp"]
    (record,) = bench().read([(NAME, lines(entry))]).records
    assert (record.time, record.session) == (MODIFIED, SESSION)


def test_a_broken_line_with_usage_is_told(bench: Make) -> None:
    read = bench().read([(NAME, lines(header(), b'{"message":{"usage":{"input":', b'"session" and more'))])
    assert read.skipped == {"not valid JSON": 1}


@pytest.mark.parametrize(("variable", "folder"), [("", ".pi/agent"), ("PI_CODING_AGENT_DIR", "else")])
def test_sessions_are_looked_for_where_the_agent_keeps_them(tmp_path: Path, variable: str, folder: str) -> None:
    paths = Paths.below(tmp_path, **({variable: str(tmp_path / folder)} if variable else {}))
    assert [root.path for root in READER.roots(paths)] == [tmp_path / folder / "sessions"]


def test_turns_open_and_close(bench: Make) -> None:
    asked = {"type": "message", "timestamp": "2026-03-02T09:00:01.000Z", "message": {"role": "user", "content": []}}
    calling = said("a1", stop="toolUse")
    calling["message"]["content"] = [{"type": "toolCall", "id": "t1", "name": "bash", "arguments": {}}]
    given = {"type": "message", "message": {"role": "toolResult", "toolCallId": "t1"}}
    came = lines(header(), asked, calling, given, said("a2"), said("a3", stop="aborted"), {"type": "compaction"})
    events = list(READER.turns(Part(Source(AGENT, f"/{NAME}", NAME), came, 0, MODIFIED), b""))
    assert [(event.kind, event.ref, event.tool) for event in events] == [
        (TurnKind.PROMPT, "", ""),
        (TurnKind.TOOL_OPEN, "t1", "bash"),
        (TurnKind.TOOL_CLOSED, "t1", ""),
        (TurnKind.TURN_CLOSED, "", ""),
        (TurnKind.INTERRUPTED, "", ""),
        (TurnKind.COMPACTED, "", ""),
    ]
    assert {(event.session, event.project) for event in events} == {(SESSION, "/home/ana/shop")}
