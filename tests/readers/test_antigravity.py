"""Antigravity: one row, one generation, in a form that its maker does not describe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers import wire
from tests.readers.conftest import Bench
from tests.readers.pieces import MODIFIED, Rows
from tokenwatch.base.paths import Paths
from tokenwatch.readers.antigravity import OTHER_FORM, READER
from tokenwatch.readers.protocol import MALFORMED

AGENT = "antigravity"
NAME = "0f00.db"
TIME = 1_772_442_000
Make = Callable[..., Bench]

USAGE = {1: 1318, 2: 278, 3: 60, 5: 30214, 6: 24, 9: 56, 10: 4, 11: "resp-1"}
"""Field 1 is the number of a model, not of tokens."""


def generation(usage: dict[int, Any] | bytes = USAGE, number: int = 0, **more: Any) -> tuple[Any, ...]:
    chat = {4: usage, 9: {4: {1: TIME, 2: 250_000_000}}, 19: "gemini-3.8-flash"}
    chat.update({int(name[1:]): value for name, value in more.items()})
    return number, wire.message({1: chat, 4: "trajectory"})


def database(*generations: tuple[Any, ...], uri: str = "file:///home/ana/shop") -> Rows:
    about = wire.message({1: [{1: uri, 4: "main"}, {1: "file:///else"}], 2: {1: TIME - 60}})
    return Rows({"conversation": [(about,)], "generations": list(generations)}, ["conversation", "generations"])


def test_cached_input_is_apart_and_thoughts_are_in_the_output(bench: Make) -> None:
    (record,) = bench().read([(NAME, database(generation()))]).records
    assert (record.input, record.cache_read, record.output, record.reasoning) == (278, 30214, 60, 56)
    assert (record.time, record.session) == (TIME * 1000 + 250, "0f00")
    context = record.context
    assert (context.model, context.project, context.branch) == ("gemini-3.8-flash", "/home/ana/shop", "main")
    assert context.estimated == 1


def test_what_was_written_to_a_cache_is_counted(bench: Make) -> None:
    (record,) = bench().read([(NAME, database(generation({**USAGE, 4: 900})))]).records
    assert record.cache_write_5m == 900


@pytest.mark.parametrize("usage", [{2: 10, 3: 7}, {2: 10, 9: 3, 10: 4}, {2: 10, 3: 7, 10: 7}])
def test_an_output_that_is_told_in_one_way_only_counts(bench: Make, usage: dict[int, Any]) -> None:
    (record,) = bench().read([(NAME, database(generation(usage)))]).records
    assert (record.input, record.output) == (10, 7)


def test_a_row_whose_output_does_not_add_up_is_of_another_form_and_told(bench: Make) -> None:
    read = bench().read([(NAME, database(generation({**USAGE, 3: 61}), generation(number=1)))])
    assert [record.output for record in read.records] == [60]
    assert read.skipped == {OTHER_FORM: 1}


@pytest.mark.parametrize(
    "data", [b"\xff\xff", wire.message({1: {4: "words"}}), wire.message({1: "words"}), "words", 7]
)
def test_a_row_that_is_no_message_is_told(bench: Make, data: Any) -> None:
    read = bench().read([(NAME, database((0, data)))])
    assert (read.records, read.skipped) == ([], {MALFORMED: 1})


@pytest.mark.parametrize("row", [(0, None), (0, b""), generation({}), generation({1: 1318, 11: "resp-1"})])
def test_a_generation_that_used_nothing_yet_is_no_record(bench: Make, row: tuple[Any, ...]) -> None:
    read = bench().read([(NAME, database(row))])
    assert (read.records, read.skipped) == ([], {})


def test_a_row_that_is_written_again_counts_as_it_is_last(bench: Make) -> None:
    begun = {**USAGE, 3: 10, 9: 10, 10: 0}
    read = bench().read([(NAME, database(generation(begun))), (NAME, database(generation()))])
    assert [record.output for record in read.records] == [60]


def test_a_response_in_two_conversations_is_one(bench: Make) -> None:
    read = bench().read([(NAME, database(generation())), ("copy.db", database(generation(number=5)))])
    assert len(read.records) == 1


def test_responses_without_an_id_are_told_apart_by_their_rows(bench: Make) -> None:
    usage = {2: 10, 3: 7}
    read = bench().read([(NAME, database(generation(usage), generation(usage, number=1)))])
    assert len(read.again().read([(NAME, database(generation(usage)))]).records) == 2


def test_a_generation_without_a_time_is_of_the_conversations_beginning(bench: Make) -> None:
    (record,) = bench().read([(NAME, database(generation(f9={})))]).records
    assert record.time == (TIME - 60) * 1000
    alone = Rows({"generations": [generation(f9={4: {1: 5}})]}, ["generations"])
    (record,) = bench().read([(NAME, alone)]).records
    assert record.time == MODIFIED


def test_a_model_without_an_id_is_named_as_it_is_shown(bench: Make) -> None:
    (record,) = bench().read([(NAME, database(generation(f19="", f21="Gemini 3.8 Flash")))]).records
    assert record.context.model == "Gemini 3.8 Flash"


@pytest.mark.parametrize(
    ("uri", "project"),
    [
        ("file:///home/ana/my%20shop", "/home/ana/my shop"),
        ("file:///c:/work/shop", "c:/work/shop"),
        ("vscode-remote://host/shop", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_the_project_is_the_first_workspace(bench: Make, uri: str, project: str) -> None:
    (record,) = bench().read([(NAME, database(generation(), uri=uri))]).records
    assert record.context.project == project


def test_the_workspace_is_remembered_between_pages(bench: Make) -> None:
    read = bench().read([(NAME, database()), (NAME, Rows({"generations": [generation()]}, ["generations"]))])
    assert [record.context.project for record in read.records] == ["/home/ana/shop"]


def test_conversations_of_all_its_programs_are_looked_for(tmp_path: Path) -> None:
    roots = list(READER.roots(Paths.below(tmp_path)))
    gemini = tmp_path / ".gemini"
    assert {root.path for root in roots} == {
        gemini / app / folder
        for app in ("antigravity", "antigravity-cli", "antigravity-ide")
        for folder in ("conversations", "implicit")
    }
    assert roots[0].accepts(NAME)
    assert not roots[0].accepts("0f00.pb")
    assert not roots[0].accepts(f"{NAME}-wal")
