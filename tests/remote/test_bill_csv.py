"""Exported files: the four forms that are known, and everything that is none of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.bill import BillLine, Origin, ReportKind
from tokenwatch.base.errors import BillError
from tokenwatch.remote.bill_csv import read_bill

ANTHROPIC_USAGE = """\
usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,\
usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,\
usage_output_tokens,web_search_count,inference_geo,speed
2026-10-05,claude-opus-5,"App, main",Default,standard,≤ 200k,46981,15969,7,9,16932,2,global,
2026-10-05,claude-opus-5,other,Default,standard,≤ 200k,19,0,0,0,68,0,global,
2026-10-07,claude-opus-5,other,Default,batch,≤ 200k,5,0,0,0,0,0,global,
"""
ANTHROPIC_COST = """\
usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type
2026-10-04,Claude Haiku 4.5,Default,k,message,≤ 200k,input_no_cache,0.05,0.05,token
2026-10-05,Claude Sonnet 4.5,Default,k,message,≤ 200k,input_cache_read,0.10,1.00,token
2026-10-05,Claude Sonnet 4.5,Default,k,batch,≤ 200k,output,0.000000001,1.00,token
2026-10-05,,Default,k,message,,,1.5,1.5,web_search
2026-10-05,,Default,k,message,,,0.25,0.25,code_execution
"""
OPENAI_COST = """\
start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,organization_id
1791158400,1791244800,2026-10-05T00:00:00+00:00,,0.8958740000000000,usd,"gpt-5.4-2026-03-05, cached input",,org
1791158400,1791244800,2026-10-05T00:00:00+00:00,,1,usd,web search tool calls,,org
1791244800,1791331200,2026-10-06T00:00:00+00:00,,,,,,
"""
OPENAI_USAGE = """\
start_time,end_time,project_id,num_model_requests,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens
1791158400,1791244800,p,3,gpt-5.4,False,default,1000,50,700
1791158400,1791244800,p,1,gpt-5.4,True,default,10,5,0
"""


def lines(text: str) -> dict[tuple[str, str, str, str], int]:
    report = read_bill(text, 7)
    return {(f"{line.day}", line.model, line.part, line.tier): line.amount for line in report.lines}


def test_anthropic_usage() -> None:
    report = read_bill(ANTHROPIC_USAGE, 7)
    assert (report.provider, report.kind, report.origin, report.as_of) == (
        "anthropic", ReportKind.USAGE, Origin.CSV, 7,
    )  # fmt: skip
    assert (report.first, report.last) == (date(2026, 10, 5), date(2026, 10, 7))
    day, model = "2026-10-05", "claude-opus-5"
    assert lines(ANTHROPIC_USAGE) == {
        (day, model, "input", "standard"): 47000,
        (day, model, "cache_write_5m", "standard"): 15969,
        (day, model, "cache_write_1h", "standard"): 7,
        (day, model, "cache_read", "standard"): 9,
        (day, model, "output", "standard"): 17000,
        (day, model, "web_search", "standard"): 2,
        ("2026-10-07", model, "input", "batch"): 5,
    }


def test_anthropic_cost() -> None:
    assert read_bill(ANTHROPIC_COST, 7).kind is ReportKind.COST
    assert lines(ANTHROPIC_COST) == {
        ("2026-10-04", "Claude Haiku 4.5", "input", "standard"): 50_000_000,
        ("2026-10-05", "Claude Sonnet 4.5", "cache_read", "standard"): 100_000_000,
        ("2026-10-05", "Claude Sonnet 4.5", "output", "batch"): 1,
        ("2026-10-05", "web_search", "web_search", "standard"): 1_500_000_000,
        ("2026-10-05", "code_execution", "other", "standard"): 250_000_000,
    }


def test_openai_cost() -> None:
    report = read_bill(OPENAI_COST, 7)
    assert (report.provider, report.kind) == ("openai", ReportKind.COST)
    assert (report.first, report.last) == (date(2026, 10, 5), date(2026, 10, 6))
    assert report.lines == (
        BillLine(date(2026, 10, 5), "gpt-5.4-2026-03-05", "cache_read", "standard", 895_874_000),
        BillLine(date(2026, 10, 5), "web search tool calls", "web_search", "standard", 1_000_000_000),
    )


def test_openai_usage() -> None:
    assert lines(OPENAI_USAGE) == {
        ("2026-10-05", "gpt-5.4", "input", "standard"): 300,
        ("2026-10-05", "gpt-5.4", "cache_read", "standard"): 700,
        ("2026-10-05", "gpt-5.4", "output", "standard"): 50,
        ("2026-10-05", "gpt-5.4", "requests", "standard"): 3,
        ("2026-10-05", "gpt-5.4", "input", "batch"): 10,
        ("2026-10-05", "gpt-5.4", "output", "batch"): 5,
        ("2026-10-05", "gpt-5.4", "requests", "batch"): 1,
    }


@pytest.mark.parametrize("text", [ANTHROPIC_USAGE, ANTHROPIC_COST, OPENAI_COST, OPENAI_USAGE])
def test_a_byte_order_mark_and_other_line_ends_change_nothing(text: str) -> None:
    assert read_bill("\ufeff" + text.replace("\n", "\r\n"), 7) == read_bill(text, 7)


def test_tabs_are_read_as_well() -> None:
    assert lines(OPENAI_USAGE.replace(",", "\t")) == lines(OPENAI_USAGE)


def test_hours_are_added_to_days() -> None:
    by_hour = ANTHROPIC_USAGE.replace("2026-10-05,", "2026-10-05T13:00:00Z,")
    assert lines(by_hour) == lines(ANTHROPIC_USAGE)


def test_a_row_of_zeros_makes_its_day_known() -> None:
    zeros = OPENAI_USAGE + "1791763200,1791849600,p,0,gpt-5.4,False,default,0,0,0\n"
    assert read_bill(zeros, 7).last == date(2026, 10, 12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "none of the exports"),
        ("a,b\n1,2\n", "none of the exports"),
        ("<html>", "none of the exports"),
        (ANTHROPIC_USAGE.splitlines()[0], "no rows"),
        (ANTHROPIC_USAGE.replace("46981", "many"), "Line 2 .*no number of tokens"),
        (ANTHROPIC_USAGE.replace("46981", "-5"), "no number of tokens"),
        (ANTHROPIC_USAGE.replace("2026-10-07", "yesterday"), "Line 4 .*no day"),
        (ANTHROPIC_COST.replace("0.05,0.05", "abc,0.05"), "no amount"),
        (ANTHROPIC_COST.replace("0.05,0.05", "NaN,0.05"), "no amount"),
        (OPENAI_COST.replace("usd,web", "eur,web"), "not in dollars"),
        (OPENAI_COST.replace("1791244800,1791331200", "9" * 30 + ",1"), "no day"),
    ],
)
def test_what_is_not_understood_is_said_with_its_line(text: str, words: str) -> None:
    with pytest.raises(BillError, match=words):
        read_bill(text, 7)


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for head in ("", ANTHROPIC_USAGE.splitlines()[0] + "\n", OPENAI_COST.splitlines()[0] + "\n"):
        try:
            report = read_bill(head + text, 7)
        except BillError:
            continue
        assert report.first <= report.last
