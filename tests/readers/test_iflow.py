"""iFlow CLI: an answer by its line's id."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench, lines
from tokenwatch.base.paths import Paths
from tokenwatch.readers.iflow import READER
from tokenwatch.readers.protocol import Part, Source, TurnKind

AGENT = "iflow"
SESSION = "session-041101e6-2a7f-4dfd-90b0-57888a353f6a"
NAME = f"-home-ana-shop/{SESSION}.jsonl"

Make = Callable[..., Bench]


def line(own: str, kind: str, **message: Any) -> dict[str, Any]:
    return {
        "uuid": own,
        "sessionId": SESSION,
        "timestamp": "2026-03-02T09:00:04.000Z",
        "type": kind,
        "cwd": "/home/ana/shop",
        "gitBranch": "main",
        "message": message,
    }


def answer(own: str = "a1", output: int = 224, **more: Any) -> dict[str, Any]:
    usage = {"input_tokens": 16_472, "output_tokens": output}
    return line(own, "assistant", **({"id": "msg_1", "model": "glm-4.7", "content": [], "usage": usage} | more))


def test_an_answer_is_a_response(bench: Make) -> None:
    (record,) = bench().read([(NAME, lines(answer()))]).records
    assert (record.input, record.cache_read, record.output) == (16_472, 0, 224)
    assert (record.session, record.context.model, record.context.branch) == (SESSION, "glm-4.7", "main")
    assert record.context.estimated  # how much of the input came from a cache is not told


def test_a_line_is_one_answer_wherever_it_is_copied(bench: Make) -> None:
    read = bench().read([(NAME, lines(answer(), answer("a2"))), (f"copy/{NAME}", lines(answer()))])
    assert len(read.records) == 2


@pytest.mark.parametrize("usage", [None, {}, {"input_tokens": 0, "output_tokens": 0}])
def test_an_answer_without_a_use_is_no_record(bench: Make, usage: Any) -> None:
    read = bench().read([(NAME, lines(answer(usage=usage)))])
    assert (read.records, read.skipped) == ([], {})


def test_turns_open_and_close() -> None:
    came = lines(
        line("u1", "user", content="words"),
        answer(content=[{"type": "tool_use", "id": "c1", "name": "read_file"}]),
        line("u2", "user", content=[{"type": "tool_result", "tool_use_id": "c1"}]),
        answer("a2", content=[{"type": "text"}]),
    )
    part = Part(Source(AGENT, f"/{NAME}", NAME), came, 0, MODIFIED)
    assert [(event.kind, event.ref) for event in READER.turns(part, b"")] == [
        (TurnKind.PROMPT, ""),
        (TurnKind.TOOL_OPEN, "c1"),
        (TurnKind.TOOL_CLOSED, "c1"),
        (TurnKind.TURN_CLOSED, ""),
    ]


def test_sessions_are_looked_for_where_the_agent_keeps_them(tmp_path: Path) -> None:
    (root,) = READER.roots(Paths.below(tmp_path))
    assert root.path == tmp_path / ".iflow" / "projects"
    assert root.accepts(NAME) and not root.accepts("-home-ana-shop/other.jsonl")
