"""Continue: its own estimates, marked as such."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.readers.conftest import MODIFIED, Bench, lines
from tokenwatch.base.paths import Paths
from tokenwatch.readers.continue_dev import READER

AGENT = "continue"
NAME = "0.2.0/tokensGenerated.jsonl"
Make = Callable[..., Bench]


def generated(given: int = 1200, output: int = 34, at: str | None = "09:00:04", **more: Any) -> dict[str, Any]:
    time = {} if at is None else {"timestamp": f"2026-03-02T{at}.000Z"}
    found = {"eventName": "tokensGenerated", "model": "claude-sonnet-4-5", "provider": "anthropic"}
    return found | time | {"promptTokens": given, "generatedTokens": output} | more


def test_an_estimate_is_counted_and_marked(bench: Make) -> None:
    (record,) = bench().read([(NAME, lines(generated()))]).records
    assert (record.input, record.output, record.uncertain) == (1200, 34, True)
    assert (record.context.model, record.context.provider) == ("claude-sonnet-4-5", "anthropic")


def test_a_line_is_one_response_and_its_copy_none(bench: Make) -> None:
    came = lines(generated(), generated(at="09:00:09"), generated(0, 0))
    read = bench().read([(NAME, came), ("tokensGenerated.jsonl", came)])
    assert len(read.records) == 2


def test_without_a_time_its_place_names_a_response(bench: Make) -> None:
    came = lines(generated(at=None), generated(at=None))
    read = bench().read([(NAME, came), (f"copy/{NAME}", came)])
    assert [record.time for record in read.records] == [MODIFIED, MODIFIED]


def test_the_log_is_looked_for_where_the_agent_keeps_it(tmp_path: Path) -> None:
    (root,) = READER.roots(Paths.below(tmp_path))
    assert root.path == tmp_path / ".continue" / "dev_data"
    assert root.accepts(NAME) and not root.accepts("0.2.0/chatInteraction.jsonl")
