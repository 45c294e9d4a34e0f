"""ZCode: one row, one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import Bench
from tests.readers.pieces import Rows
from tokenwatch.base.paths import Paths
from tokenwatch.readers.zcode import READER

AGENT = "zcode"
NAME = "db.sqlite"
TIME = 1_772_442_000_000
Make = Callable[..., Bench]


def call(own: str = "mu_1", output: int = 150, reasoning: int = 50, total: int | None = 9150) -> tuple[Any, ...]:
    return (own, "sess_1", "zai-coding-plan", "glm-4.7", TIME, 9000, 7500, 100, output, reasoning, total)


def database(*calls: tuple[Any, ...]) -> Rows:
    return Rows({"calls": list(calls), "sessions": [("sess_1", "/home/ana/shop", None)]}, ["calls"])


@pytest.mark.parametrize(("total", "output"), [(9150, 150), (9200, 200), (None, 150), (7, 150)])
def test_the_total_tells_whether_the_output_holds_the_reasoning(bench: Make, total: int | None, output: int) -> None:
    (record,) = bench().read([(NAME, database(call(total=total)))]).records
    assert (record.input, record.cache_read, record.cache_write_5m) == (1400, 7500, 100)
    assert (record.output, record.reasoning) == (output, 50)
    assert (record.time, record.session, record.context.project) == (TIME, "sess_1", "/home/ana/shop")


def test_a_row_that_grows_counts_as_it_is_last(bench: Make) -> None:
    read = bench().read([(NAME, database(call(output=10, reasoning=0))), (NAME, database(call()))])
    assert [record.output for record in read.records] == [150]


def test_a_call_that_used_nothing_is_no_record(bench: Make) -> None:
    row = ("mu_1", "sess_1", "p", "m", TIME, 0, 0, 0, 0, 0, None)
    assert bench().read([(NAME, database(row))]).records == []


def test_the_database_is_looked_for_where_the_agent_keeps_it(tmp_path: Path) -> None:
    (root,) = READER.roots(Paths.below(tmp_path))
    assert (root.path, root.depth) == (tmp_path / ".zcode" / "cli" / "db", 0)
    assert root.accepts(NAME) and not root.accepts("other.sqlite")
    (moved,) = READER.roots(Paths.below(tmp_path, ZCODE_SESSION_DB_PATH="~/mine.db"))
    assert moved.path == tmp_path
    assert moved.accepts("mine.db") and not moved.accepts(NAME)
