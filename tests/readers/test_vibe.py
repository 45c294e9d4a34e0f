"""Mistral Vibe: the running total of a session, in a document beside its messages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import Bench
from tests.readers.pieces import MODIFIED, Document
from tokenwatch.base.paths import Paths
from tokenwatch.readers.protocol import MALFORMED
from tokenwatch.readers.vibe import READER

AGENT = "vibe"
NAME = "session_20260302_090000_0b000000/meta.json"
Make = Callable[..., Bench]


def about(prompt: int = 9000, output: int = 420, cached: int | None = 6000, **more: Any) -> Document:
    stats = {"session_prompt_tokens": prompt, "session_completion_tokens": output, "session_cost": prompt / 1_000_000}
    if cached is not None:
        stats["session_cached_tokens"] = cached
    said = {"session_id": "s1", "start_time": "2026-03-02T09:00:00Z", "end_time": "2026-03-02T09:01:00Z"}
    return Document(json.dumps({**said, "stats": stats, **more}).encode())


def test_cached_input_is_part_of_the_prompt(bench: Make) -> None:
    (record,) = bench().read([(NAME, about())]).records
    assert (record.input, record.cache_read, record.output) == (3000, 6000, 420)
    assert (record.session, record.cost_reported, record.context.estimated) == ("s1", 9_000_000, 0)


def test_without_counts_of_the_cache_it_is_an_estimate(bench: Make) -> None:
    (record,) = bench().read([(NAME, about(cached=None))]).records
    assert (record.input, record.cache_read, record.context.estimated) == (9000, 0, 1)


def test_what_the_total_grew_by_counts(bench: Make) -> None:
    later = about(9500, 500, 6100, end_time="2026-03-02T09:09:00Z")
    read = bench().read([(NAME, about()), (NAME, later), (NAME, later)])
    assert [(one.input, one.cache_read, one.output) for one in read.records] == [(3000, 6000, 420), (400, 100, 80)]
    assert [one.cost_reported for one in read.records] == [9_000_000, 500_000]


@pytest.mark.parametrize(
    ("config", "model", "provider"),
    [
        ({"active_model": "a", "models": [{"alias": "a", "name": "devstral-2512", "provider": "mistral"}]},
         "devstral-2512", "mistral"),
        ({"active_model": "a", "models": []}, "a", ""),
        ({"models": [{"name": "devstral-2512"}]}, "", ""),
        ({}, "", ""),
    ],
)  # fmt: skip
def test_the_model_is_the_one_that_the_set_alias_stands_for(
    bench: Make, config: dict[str, Any], model: str, provider: str
) -> None:
    (record,) = bench().read([(NAME, about(config=config))]).records
    assert (record.context.model, record.context.provider) == (model, provider)


def test_a_sub_agent_is_told_by_its_place(bench: Make) -> None:
    name = NAME.replace("meta.json", "agents/session_x/meta.json")
    (record,) = bench().read([(name, about(parent_session_id="s0"))]).records
    assert (record.context.agent_id, record.context.parent_session) == ("s1", "s0")


def test_a_session_without_an_id_is_its_folder_and_without_an_end_the_files_time(bench: Make) -> None:
    (record,) = bench().read([(NAME, about(session_id=None, end_time=None))]).records
    assert (record.session, record.time) == (NAME.split("/")[0], MODIFIED)


def test_what_cannot_be_decoded_is_told(bench: Make) -> None:
    read = bench().read([(NAME, Document(b'{"stats":'))])
    assert (read.records, read.skipped) == ([], {MALFORMED: 1})


def test_sessions_are_looked_for_in_its_home(tmp_path: Path) -> None:
    (root,) = READER.roots(Paths.below(tmp_path))
    assert root.path == tmp_path / ".vibe" / "logs" / "session"
    assert root.accepts(NAME) and root.accepts("a/agents/b/meta.json")
    assert not root.accepts("meta.json") and not root.accepts("a/other/b/meta.json")
    assert not root.accepts("a/messages.jsonl")
    (moved,) = READER.roots(Paths.below(tmp_path, VIBE_HOME=str(tmp_path / "else")))
    assert moved.path == tmp_path / "else" / "logs" / "session"
