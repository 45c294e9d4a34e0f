"""What ``report`` says: the JSON contract, the table and the comma-separated values, from hand-made totals."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from msgspec.structs import replace

from tokenwatch.base.usage import Tokens
from tokenwatch.cli.output import json_text
from tokenwatch.cli.report import report_csv, report_json, report_table
from tokenwatch.insight.totals import Group, Report

NOW = 1_795_431_041_000  # 2026-11-23 10:50:41 UTC
KEYS = ("day", "agent", "model")
TOKENS = Tokens(3430, 234890, 6061, 3963, 1437, 400)
HOSTILE = "\x1b[31mred\u202e\x00\u200b[bold]:smile:"


def group(*values: str, cost: int = 187_654_400, unpriced: int = 0, uncertain: int = 0) -> Group:
    return Group(tuple(zip(KEYS, values, strict=False)), 21, TOKENS, cost, unpriced, uncertain)


def made(*groups: Group, totals: Group | None = None) -> Report:
    return Report(date(2026, 11, 1), date(2026, 11, 23), "UTC", totals or group(), groups)


def test_json_is_as_the_contract_has_it() -> None:
    found = made(group("2026-11-23", "claude-code", "claude-opus-4-5"))
    numbers = {
        "requests": 21,
        "tokens": {
            "input": 3430,
            "cache_read": 234890,
            "cache_write_5m": 6061,
            "cache_write_1h": 3963,
            "output": 1437,
            "reasoning": 400,
            "total": 249781,
        },
        "cost_usd": 0.187654,
        "unpriced_requests": 0,
        "uncertain_requests": 0,
        "estimated_requests": 0,
        "estimated_tokens": 0,
    }
    assert report_json(found, NOW, "Europe/Berlin", ("A log could not be read.",)) == {
        "schema": 1,
        "generated_at": "2026-11-23T10:50:41Z",
        "timezone": "Europe/Berlin",
        "since": "2026-11-01",
        "until": "2026-11-23",
        "totals": numbers,
        "groups": [{"by": {"day": "2026-11-23", "agent": "claude-code", "model": "claude-opus-4-5"}, **numbers}],
        "warnings": ["A log could not be read."],
    }


def test_an_empty_ledger_has_no_first_and_no_last_day() -> None:
    said = report_json(Report(None, None, "UTC", Group(()), ()), NOW, "UTC", ())
    assert (said["since"], said["until"], said["totals"]["requests"], said["groups"]) == (None, None, 0, [])


def test_json_holds_no_control_character_and_no_character_beyond_ascii() -> None:
    text = json_text(report_json(made(group(HOSTILE, "größe", "m")), NOW, "UTC", ()))
    assert all(" " <= character <= "~" or character == "\n" for character in text)
    said = json.loads(text)["groups"][0]["by"]
    assert said["agent"] == "größe"
    assert all(character.isprintable() for character in said["day"])


def test_costs_have_six_decimals_rounded_half_to_even() -> None:
    assert report_json(made(totals=group(cost=1_500)), NOW, "UTC", ())["totals"]["cost_usd"] == 0.000002
    assert report_json(made(totals=group(cost=2_500)), NOW, "UTC", ())["totals"]["cost_usd"] == 0.000002


def test_csv_has_a_line_for_each_group_with_exact_numbers() -> None:
    text = report_csv(made(group("2026-11-23", "codex", "gpt-5"), group("2026-11-24", "codex", "", cost=1_000)), KEYS)
    titles, first, second = csv.reader(io.StringIO(text, newline=""))
    assert dict(zip(titles, first, strict=True)) == {
        "day": "2026-11-23",
        "agent": "codex",
        "model": "gpt-5",
        "requests": "21",
        "input": "3430",
        "cache_read": "234890",
        "cache_write_5m": "6061",
        "cache_write_1h": "3963",
        "output": "1437",
        "reasoning": "400",
        "total": "249781",
        "cost_usd": "0.187654",
        "unpriced_requests": "0",
        "uncertain_requests": "0",
        "estimated_requests": "0",
        "estimated_tokens": "0",
    }
    assert dict(zip(titles, second, strict=True))["cost_usd"] == "0.000001"


def test_csv_disarms_formulas_in_names() -> None:
    assert "'=1+2" in report_csv(made(group("=1+2", "a", "m")), KEYS)


def test_table_has_titles_rows_and_totals() -> None:
    lines = report_table(made(group("2026-11-23", "codex", "gpt-5")), KEYS).splitlines()
    assert lines[0].split()[:3] == ["Day", "Agent", "Model"]
    (row,) = [line for line in lines if "gpt-5" in line]
    assert row.split()[3:] == ["21", "3,430", "234,890", "10,024", "1,437", "249,781", "$0.19"]
    assert lines[-1].split()[0] == "Total"


def test_an_empty_table_is_a_sentence() -> None:
    assert report_table(made(totals=Group(())), KEYS) == "No use of tokens was found.\n"


@pytest.mark.parametrize(("cost", "cell"), [(0, "no price"), (5 * 10**9, "≥ $5.00")])
def test_a_missing_price_is_never_zero(cost: int, cell: str) -> None:
    unpriced = group("2026-11-23", "codex", "new", cost=cost, unpriced=2)
    text = report_table(made(unpriced, totals=unpriced), KEYS)
    assert cell in text
    assert "2 of 21 requests have no known price" in text


def test_placeholders_are_mentioned() -> None:
    assert "3 of 21 requests were logged before" in report_table(
        made(group("d", "a", "m"), totals=group(uncertain=3)), KEYS
    )


def test_an_unknown_value_is_called_so() -> None:
    assert "unknown" in report_table(made(group("2026-11-23", "codex", "")), KEYS)


def test_a_hostile_name_cannot_reach_the_terminal() -> None:
    text = report_table(made(group(HOSTILE, "a", "m")), KEYS)
    assert not {"\x1b", "\u202e", "\x00", "\u200b"} & set(text)
    assert "[bold]:smile:" in text


def test_in_a_pipe_a_long_name_is_whole() -> None:
    name = "/home/dev/" + "deep/" * 60
    assert name in report_table(made(group(name, "a", "m")), KEYS)


# Hours


def of_day(working: int | None, waiting: int | None) -> Report:
    hours = {"working_ms": working, "waiting_ms": waiting}
    day = replace(Group((("day", "2026-11-23"),), 21, TOKENS, 1), **hours)
    return replace(made(day, totals=replace(day, by=())))


def test_a_report_by_day_tells_how_long_agents_worked_and_waited() -> None:
    found = of_day(5_400_000, 600_000)
    (day,) = report_json(found, NOW, "UTC", ())["groups"]
    assert (day["agent_hours"], day["waiting_hours"]) == (1.5, 0.17)
    header, row = csv.reader(io.StringIO(report_csv(found, ("day",))))
    assert (header[-2:], row[-2:]) == (["agent_hours", "waiting_hours"], ["1.5", "0.17"])
    table = report_table(found, ("day",))
    assert "Agents worked" in table
    assert "1h 30m" in table


def test_hours_that_are_not_known_are_null_and_other_reports_have_none() -> None:
    found = of_day(None, None)
    assert report_json(found, NOW, "UTC", ())["totals"]["agent_hours"] is None
    assert list(csv.reader(io.StringIO(report_csv(found, ("day",)))))[1][-2:] == ["", ""]
    assert "Agents worked" not in report_table(found, ("day",))
    other = made(group("2026-11-23", "claude-code", "claude-opus-4-5"))
    assert "agent_hours" not in report_json(other, NOW, "UTC", ())["totals"]
    assert "agent_hours" not in report_csv(other, KEYS)
