"""Anthropic's reports: every field that counts, pages, nulls, cents, corrections, and answers that make no sense."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.remote.conftest import World
from tests.remote.fake_anthropic import person
from tests.remote.fake_provider import Trouble
from tokenwatch.base.bill import BillLine, Origin, Part, ReportKind
from tokenwatch.base.errors import KeyRefused, RemoteError

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
DAY, NEXT = date(2026, 10, 5), date(2026, 10, 6)
OPUS = "claude-opus-4-5-20251101"


def test_usage_gives_a_line_for_each_count(world: World) -> None:
    world.anthropic.use(DAY, OPUS, uncached=1000, cache_5m=20, cache_1h=30, cache_read=4000, output=500, searches=2)
    report = world.ask_anthropic().usage(FIRST, LAST, 77)
    assert (report.provider, report.kind, report.origin) == ("anthropic", ReportKind.USAGE, Origin.API)
    assert (report.first, report.last, report.as_of) == (FIRST, LAST, 77)
    assert {line.part: line.amount for line in report.lines} == {
        "input": 1000, "cache_write_5m": 20, "cache_write_1h": 30, "cache_read": 4000, "output": 500, "web_search": 2,
    }  # fmt: skip
    assert {(line.day, line.model, line.tier) for line in report.lines} == {(DAY, OPUS, "standard")}


def test_tiers_stay_apart(world: World) -> None:
    world.anthropic.use(DAY, OPUS, "batch", output=5)
    world.anthropic.use(DAY, OPUS, "priority", output=6)
    lines = world.ask_anthropic().usage(FIRST, LAST, 0).lines
    assert [(line.tier, line.amount) for line in lines] == [("batch", 5), ("priority", 6)]


def test_null_dimensions_are_no_model_and_the_usual_tier(world: World) -> None:
    world.anthropic.used[DAY] = [{"model": None, "service_tier": None, "output": 9}]
    (line,) = world.ask_anthropic().usage(FIRST, LAST, 0).lines
    assert line == BillLine(DAY, "", Part.OUTPUT, "standard", 9)


def test_empty_days_are_zero(world: World) -> None:
    report = world.ask_anthropic().usage(FIRST, LAST, 0)
    assert report.lines == ()
    assert (report.first, report.last) == (FIRST, LAST)


@pytest.mark.parametrize("most", [1, 3, 10, 30])
def test_pages_add_up(world: World, most: int) -> None:
    for number in range(1, 32):
        world.anthropic.use(date(2026, 10, number), OPUS, output=number)
    world.anthropic.most_a_page = most
    report = world.ask_anthropic().usage(FIRST, LAST, 0)
    assert sum(line.amount for line in report.lines) == 31 * 32 // 2
    assert len(world.anthropic.asked) == -(-31 // most)


def test_last_day_is_included_and_no_other(world: World) -> None:
    for day in (date(2026, 9, 30), FIRST, LAST, date(2026, 11, 1)):
        world.anthropic.use(day, OPUS, output=1)
    assert [line.day for line in world.ask_anthropic().usage(FIRST, LAST, 0).lines] == [FIRST, LAST]


def test_cost_is_cents_as_text(world: World) -> None:
    world.anthropic.charge(DAY, "123.45", token_type="output_tokens", model=OPUS, service_tier="standard")
    (line,) = world.ask_anthropic().cost(FIRST, LAST, 0).lines
    assert line == BillLine(DAY, OPUS, Part.OUTPUT, "standard", 1_234_500_000)


def test_cost_of_a_fraction_of_a_cent_is_exact(world: World) -> None:
    world.anthropic.charge(DAY, "0.0000125", token_type="uncached_input_tokens", model=OPUS)
    assert world.ask_anthropic().cost(FIRST, LAST, 0).lines[0].amount == 125


@pytest.mark.parametrize(
    ("token_type", "part"),
    [
        ("uncached_input_tokens", Part.INPUT),
        ("cache_read_input_tokens", Part.CACHE_READ),
        ("cache_creation.ephemeral_5m_input_tokens", Part.CACHE_WRITE_5M),
        ("cache_creation.ephemeral_1h_input_tokens", Part.CACHE_WRITE_1H),
        ("output_tokens", Part.OUTPUT),
        ("something_new", Part.OTHER),
    ],
)
def test_cost_knows_the_kinds_of_tokens(world: World, token_type: str, part: Part) -> None:
    world.anthropic.charge(DAY, "1", token_type=token_type, model=OPUS)
    assert world.ask_anthropic().cost(FIRST, LAST, 0).lines[0].part == part


def test_searches_and_code_execution_are_no_tokens(world: World) -> None:
    world.anthropic.charge(DAY, "10", cost_type="web_search")
    world.anthropic.charge(DAY, "20", cost_type="code_execution")
    lines = world.ask_anthropic().cost(FIRST, LAST, 0).lines
    assert [(line.model, line.part, line.amount) for line in lines] == [
        ("", Part.WEB_SEARCH, 100_000_000),
        ("code_execution", Part.OTHER, 200_000_000),
    ]


def test_lines_of_several_workspaces_are_added(world: World) -> None:
    for workspace in (None, "ws-1"):
        world.anthropic.charge(DAY, "2", token_type="output_tokens", model=OPUS, workspace_id=workspace)
    (line,) = world.ask_anthropic().cost(FIRST, LAST, 0).lines
    assert line.amount == 40_000_000


def test_a_late_correction_replaces_the_day(world: World) -> None:
    world.anthropic.use(DAY, OPUS, output=10)
    before = world.ask_anthropic().usage(DAY, NEXT, 1)
    world.anthropic.used[DAY][0]["output"] = 12
    after = world.ask_anthropic().usage(DAY, NEXT, 2)
    assert [report.lines[0].amount for report in (before, after)] == [10, 12]


def test_claude_code_counts_people_and_keeps_nobody(world: World) -> None:
    world.anthropic.people[DAY] = [
        person("ana@example.org", claude_opus_4_5=(10, 20, 30, 40)),
        person("ben@example.org", claude_opus_4_5=(1, 2, 3, 4)),
        person("cem@example.org", "subscription", claude_sonnet_4_5=(5, 0, 0, 0)),
    ]
    report = world.ask_anthropic().claude_code(DAY, NEXT, 0)
    found = {(line.model, line.part, line.tier): line.amount for line in report.lines}
    assert found == {
        ("", "people", "api"): 2,
        ("", "people", "subscription"): 1,
        ("claude-opus-4-5", "input", "api"): 11,
        ("claude-opus-4-5", "output", "api"): 22,
        ("claude-opus-4-5", "cache_read", "api"): 33,
        ("claude-opus-4-5", "cache_write", "api"): 44,
        ("claude-sonnet-4-5", "input", "subscription"): 5,
    }
    assert "example.org" not in repr(report)
    assert [asked.value("starting_at") for asked in world.anthropic.asked] == ["2026-10-05", "2026-10-06"]


def test_claude_code_of_a_large_organisation_comes_in_pages(world: World) -> None:
    world.anthropic.people[DAY] = [person(f"p{n}@example.org", claude_opus_4_5=(1, 0, 0, 0)) for n in range(25)]
    world.anthropic.most_a_page = 10
    report = world.ask_anthropic().claude_code(DAY, DAY, 0)
    assert {line.part: line.amount for line in report.lines} == {"people": 25, "input": 25}


def test_all_reports_of_a_month(world: World) -> None:
    kinds = [report.kind for report in world.ask_anthropic().reports(DAY, NEXT, 0)]
    assert kinds == [ReportKind.USAGE, ReportKind.COST, ReportKind.CLAUDE_CODE]


def test_a_key_of_another_kind_is_refused(world: World) -> None:
    with pytest.raises(KeyRefused, match="does not accept the key \\(authentication_error\\)"):
        world.ask_anthropic("sk-ant-api03-not-an-admin").usage(FIRST, LAST, 0)


def test_a_key_without_rights_is_refused(world: World) -> None:
    world.anthropic.unauthorized = True
    with pytest.raises(KeyRefused, match="does not let this key read reports \\(permission_error\\)"):
        world.ask_anthropic().usage(FIRST, LAST, 0)


def bucket(**row: Any) -> Any:
    return {"data": [{"starting_at": "2026-10-05T00:00:00Z", "results": [row]}], "has_more": False}


NONSENSE: list[Any] = [
    [],
    {},
    {"data": {}},
    {"data": [7]},
    {"data": [{"starting_at": "2026-10-05T00:00:00Z"}]},
    {"data": [{"results": []}]},
    {"data": [{"starting_at": 5.5, "results": []}]},
    {"data": [{"starting_at": "2026-10-05T07:00:00Z", "results": []}]},
    {"data": [], "has_more": True},
    {"data": [], "has_more": True, "next_page": ""},
    {"data": [], "has_more": True, "next_page": 7},
    bucket(output_tokens=-5),
    bucket(output_tokens=1.5),
    bucket(output_tokens="12"),
    bucket(output_tokens=True),
    bucket(output_tokens=10**16),
    bucket(output_tokens=5, model=7),
    bucket(cache_creation=[1]),
]


@pytest.mark.parametrize("answer", NONSENSE, ids=repr)
def test_usage_that_makes_no_sense_is_an_error(world: World, answer: Any) -> None:
    world.anthropic.troubles = [Trouble(body=json.dumps(answer).encode())]
    with pytest.raises(RemoteError, match="not understood"):
        world.ask_anthropic().usage(FIRST, LAST, 0)


@pytest.mark.parametrize(
    "row",
    [
        {"amount": None, "currency": "USD"},
        {"amount": "12", "currency": "EUR"},
        {"amount": "12"},
        {"amount": "a lot", "currency": "USD"},
        {"amount": "NaN", "currency": "USD"},
        {"amount": "1e30", "currency": "USD"},
        {"amount": True, "currency": "USD"},
    ],
    ids=repr,
)
def test_an_amount_that_makes_no_sense_is_an_error(world: World, row: Any) -> None:
    world.anthropic.troubles = [Trouble(body=json.dumps(bucket(**row)).encode())]
    with pytest.raises(RemoteError, match="not understood"):
        world.ask_anthropic().cost(FIRST, LAST, 0)


def test_pages_that_lead_in_a_circle_end(world: World) -> None:
    page = json.dumps({"data": [], "has_more": True, "next_page": "page_again"}).encode()
    world.anthropic.troubles = [Trouble(body=page)] * 9
    with pytest.raises(RemoteError, match="pages do not end"):
        world.ask_anthropic().usage(FIRST, LAST, 0)
    assert len(world.anthropic.asked) == 2
