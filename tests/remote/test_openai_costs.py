"""OpenAI's reports: every field that counts, pages, nulls, dollars, line items, and answers that make no sense."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.remote.conftest import World
from tests.remote.fake_provider import Trouble
from tokenwatch.base.bill import BillLine, Origin, Part, ReportKind
from tokenwatch.base.errors import KeyRefused, RemoteError
from tokenwatch.remote.openai_costs import line_item

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
DAY = date(2026, 10, 5)
GPT = "gpt-5.4-2026-03-05"


def test_usage_takes_cached_and_written_out_of_input(world: World) -> None:
    world.openai.use(DAY, GPT, input=1000, cached=700, written=100, output=50, requests=3)
    report = world.ask_openai().usage(FIRST, LAST, 77)
    assert (report.provider, report.kind, report.origin, report.as_of) == (
        "openai", ReportKind.USAGE, Origin.API, 77,
    )  # fmt: skip
    assert {line.part: line.amount for line in report.lines} == {
        "input": 200, "cache_read": 700, "cache_write_5m": 100, "output": 50, "requests": 3,
    }  # fmt: skip
    assert {(line.day, line.model, line.tier) for line in report.lines} == {(DAY, GPT, "standard")}


def test_batches_and_tiers_stay_apart(world: World) -> None:
    world.openai.use(DAY, GPT, batch=True, output=5)
    world.openai.use(DAY, GPT, tier="priority", output=6)
    world.openai.use(DAY, GPT, tier="flex", output=7)
    lines = world.ask_openai().usage(FIRST, LAST, 0).lines
    assert [(line.tier, line.amount) for line in lines] == [("batch", 5), ("flex", 7), ("priority", 6)]


def test_more_cached_than_input_is_no_negative_input(world: World) -> None:
    world.openai.use(DAY, GPT, input=10, cached=12)
    assert [line.part for line in world.ask_openai().usage(FIRST, LAST, 0).lines] == ["cache_read"]


@pytest.mark.parametrize("most", [1, 7, 30])
def test_pages_add_up(world: World, most: int) -> None:
    for number in range(1, 32):
        world.openai.use(date(2026, 10, number), GPT, output=number)
        world.openai.charge(date(2026, 10, number), 0.5, f"{GPT}, output")
    world.openai.most_a_page = most
    assert sum(line.amount for line in world.ask_openai().usage(FIRST, LAST, 0).lines) == 31 * 32 // 2
    assert sum(line.amount for line in world.ask_openai().cost(FIRST, LAST, 0).lines) == 15_500_000_000
    assert len(world.openai.asked) == 2 * -(-31 // most)


@pytest.mark.parametrize("value", [0.06, "0.06", "0.0600000000000000"])
def test_cost_is_dollars_as_a_number_or_text(world: World, value: float | str) -> None:
    world.openai.charge(DAY, value, f"{GPT}, input")
    (line,) = world.ask_openai().cost(FIRST, LAST, 0).lines
    assert line == BillLine(DAY, GPT, Part.INPUT, "standard", 60_000_000)


def test_small_numbers_in_powers_of_ten_are_exact(world: World) -> None:
    world.openai.charge(DAY, 1.5e-05, f"{GPT}, input")
    assert world.ask_openai().cost(FIRST, LAST, 0).lines[0].amount == 15_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gpt-5.5-2026-04-23, input", ("gpt-5.5-2026-04-23", Part.INPUT, "standard")),
        ("gpt-5.5-2026-04-23, cached input", ("gpt-5.5-2026-04-23", Part.CACHE_READ, "standard")),
        ("gpt-5-mini-2025-08-07, output", ("gpt-5-mini-2025-08-07", Part.OUTPUT, "standard")),
        ("gpt-5.6-sol, cache write", ("gpt-5.6-sol", Part.CACHE_WRITE_5M, "standard")),
        ("priority | gpt-5.6-sol, output, long context", ("gpt-5.6-sol", Part.OUTPUT, "priority")),
        ("batch | gpt-4o-2024-08-06, input", ("gpt-4o-2024-08-06", Part.INPUT, "batch")),
        ("gpt-image-2.5 text, cached input", ("gpt-image-2.5", Part.CACHE_READ, "standard")),
        ("gpt-audio-mini audio, input", ("gpt-audio-mini audio, input", Part.OTHER, "standard")),
        ("web search tool calls", ("web search tool calls", Part.WEB_SEARCH, "standard")),
        ("Vector storage", ("Vector storage", Part.OTHER, "standard")),
        ("", ("", Part.OTHER, "standard")),
    ],
)
def test_line_item(text: str, expected: tuple[str, Part, str]) -> None:
    assert line_item(text) == expected


def test_costs_without_a_line_item_count(world: World) -> None:
    world.openai.charged[DAY] = [{"value": 2, "line_item": None, "currency": "usd"}]
    (line,) = world.ask_openai().cost(FIRST, LAST, 0).lines
    assert line == BillLine(DAY, "", Part.OTHER, "standard", 2_000_000_000)


def test_a_credit_is_negative(world: World) -> None:
    world.openai.charge(DAY, -1.25, "credit")
    assert world.ask_openai().cost(FIRST, LAST, 0).lines[0].amount == -1_250_000_000


def test_last_day_is_included_and_no_other(world: World) -> None:
    for day in (date(2026, 9, 30), FIRST, LAST, date(2026, 11, 1)):
        world.openai.charge(day, 1, "x")
    assert [line.day for line in world.ask_openai().cost(FIRST, LAST, 0).lines] == [FIRST, LAST]


def test_a_key_of_another_kind_is_refused(world: World) -> None:
    with pytest.raises(KeyRefused, match="invalid_api_key"):
        world.ask_openai("sk-proj-not-an-admin").cost(FIRST, LAST, 0)


def test_a_key_without_the_scope_is_refused(world: World) -> None:
    world.openai.unauthorized = True
    with pytest.raises(KeyRefused, match="missing_scope"):
        world.ask_openai().cost(FIRST, LAST, 0)


def bucket(**row: Any) -> Any:
    return {"data": [{"start_time": 1791158400, "results": [row]}], "has_more": False}


@pytest.mark.parametrize(
    "answer",
    [
        {"data": [{"start_time": "x", "results": []}]},
        {"data": [{"start_time": 1791158401, "results": []}]},
        {"data": [{"start_time": 10**18, "results": []}]},
        bucket(amount=5),
        bucket(amount={"value": 5, "currency": "eur"}),
        bucket(amount={"value": None, "currency": "usd"}),
        bucket(amount={"value": 1e25, "currency": "usd"}),
        bucket(amount={"value": 5, "currency": "usd"}, line_item=7),
    ],
    ids=repr,
)
def test_costs_that_make_no_sense_are_an_error(world: World, answer: Any) -> None:
    world.openai.troubles = [Trouble(body=json.dumps(answer).encode())]
    with pytest.raises(RemoteError, match="not understood"):
        world.ask_openai().cost(FIRST, LAST, 0)
