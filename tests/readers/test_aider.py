"""aider: only its analytics are counted, and as the estimates that they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import Bench, lines
from tokenwatch.base.paths import Paths
from tokenwatch.readers.aider import READER

AGENT = "aider"
NAME = "analytics.jsonl"
Make = Callable[..., Bench]


def sent(total: float = 0.01, at: int = 1_772_442_000, **more: Any) -> dict[str, Any]:
    counts = {"prompt_tokens": 12_345, "completion_tokens": 678, "total_tokens": 13_023}
    said = {"main_model": "claude-sonnet-4-5", "cost": 0.01, "total_cost": total} | counts | more
    return {"event": "message_send", "properties": said, "user_id": "u", "time": at}


def test_an_answer_is_counted_and_marked(bench: Make) -> None:
    (record,) = bench().read([(NAME, lines({"event": "launched", "properties": {}}, sent()))]).records
    assert (record.input, record.output, record.cost_reported) == (12_345, 678, 10_000_000)
    assert (record.context.estimated, record.time, record.context.model) == (
        1,
        1_772_442_000_000,
        "claude-sonnet-4-5",
    )


def test_the_sum_of_costs_tells_equal_answers_of_one_second_apart(bench: Make) -> None:
    assert len(bench().read([(NAME, lines(sent(), sent(0.02), sent(0.02)))]).records) == 2


@pytest.mark.parametrize("line", [sent(prompt_tokens=0, completion_tokens=0), {"event": "message_send_starting"}])
def test_what_tells_no_tokens_is_no_record(bench: Make, line: dict[str, Any]) -> None:
    read = bench().read([(NAME, lines(line))])
    assert (read.records, read.skipped) == ([], {})


def test_the_log_is_looked_for_where_the_user_put_it(tmp_path: Path) -> None:
    (root,) = READER.roots(Paths.below(tmp_path, AIDER_ANALYTICS_LOG="~/logs/aider.log"))
    assert root.path == tmp_path / "logs"
    assert root.accepts("aider.log") and not root.accepts("other.log")
    (root,) = READER.roots(Paths.below(tmp_path))
    assert root.path == tmp_path / ".aider"
    assert root.accepts(NAME) and not root.accepts("installs.json")
