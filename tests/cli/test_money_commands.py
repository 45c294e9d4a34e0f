"""Forecast, explain and prices, run as a person runs them, on a made-up agent's logs of two months."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tokenwatch.base.clock import to_ms

TODAY = datetime.now(UTC) - timedelta(seconds=2)
"""Never in the future, at any time of the day."""

DAYS = 130


def line(number: int, at: datetime, model: str, output: int) -> str:
    usage = {"input_tokens": 1000, "cache_read_input_tokens": 0, "cache_creation_input_tokens": 0}
    return json.dumps(
        {
            "type": "assistant",
            "sessionId": "5e551011-0000-4000-8000-000000000001",
            "timestamp": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "requestId": f"req_{number}",
            "uuid": f"u{number}",
            "cwd": "/home/dev/acme",
            "message": {
                "id": f"msg_{number}", "type": "message", "role": "assistant", "model": model,
                "stop_reason": "end_turn", "usage": {**usage, "output_tokens": output},
            },
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which Claude Code was used every day, and today a model without a price."""
    home = tmp_path_factory.mktemp("worked")
    lines = [
        line(number, TODAY - timedelta(days=number), "claude-opus-4-5", 40_000 + 1000 * (number % 7))
        for number in range(1, DAYS)
    ]
    lines += [line(900 + number, TODAY, "my-own-model", 100) for number in range(6)]
    log = home / ".claude" / "projects" / "-home-dev-acme" / "5e551011-0000-4000-8000-000000000001.jsonl"
    log.parent.mkdir(parents=True)
    log.write_text("\n".join(lines) + "\n")
    return home


def test_backtest_measures_every_past_month(worked: Path, run: Run) -> None:
    found = run(worked, "forecast", "--backtest", "--json").json
    months = found["all"]["months"]
    assert months in (3, 4)
    assert found["all"]["forecasts"] == months * 7
    assert [row["complete_days"] for row in found["by_complete_days"]] == [3, 5, 7, 10, 15, 20, 25]
    assert found["all"]["error"] < 0.2
    table = run(worked, "forecast", "--backtest").out
    assert f"{months} months until" in table and "In range" in table


def test_backtest_of_nothing_says_so(home: Path, run: Run) -> None:
    assert run(home, "forecast", "--backtest").out.startswith("No month is over yet")


def test_forecast_says_the_range_and_is_the_same_as_in_status(worked: Path, run: Run) -> None:
    seen = run(worked, "forecast", "--json", at=to_ms(TODAY)).json
    month = run(worked, "status", "--json", at=to_ms(TODAY)).json["month"]
    assert seen["spent_usd"] == month["spent_usd"]
    assert {name: seen["projected_usd"][name] for name in month["projected_usd"]} == month["projected_usd"]
    assert "8 in 10" in run(worked, "forecast").out


def test_day_is_explained_by_sources_and_prices(worked: Path, run: Run) -> None:
    day = (TODAY - timedelta(days=1)).date().isoformat()
    found = run(worked, "explain", day, "--json").json
    (part,) = found["parts"]
    assert (part["model"], part["requests"], found["requests"]) == ("claude-opus-4-5", 1, 1)
    (rates,) = part["price"]["usd_per_million"]
    assert (rates["input"], rates["output"], part["price"]["source"]) == (5.0, 25.0, "package")
    assert found["cost_usd"] == round((1000 * 5 + part["tokens"]["output"] * 25) / 1e6, 6)
    assert found["sources"][0]["path"].endswith(".jsonl")
    text = run(worked, "explain", day).out
    assert "$5 in" in text and "Sources: 1" in text


def test_session_and_month_are_explained(worked: Path, run: Run) -> None:
    session = run(worked, "explain", "5e551011-0000-4000-8000-000000000001", "--json").json
    assert session["requests"] == DAYS - 1 + 6
    assert session["unpriced_requests"] == 6
    month = run(worked, "explain", TODAY.date().isoformat()[:7], "--json").json
    assert month["requests"] == TODAY.day - 1 + 6


def test_what_does_not_exist_is_said(worked: Path, run: Run) -> None:
    ended = run(worked, "explain", "nothing")
    assert (ended.code, ended.out) == (1, "")
    assert "is no day, no month, no session and no request" in ended.errors


def test_a_request_is_named_and_explained_by_itself(worked: Path, run: Run) -> None:
    day = (TODAY - timedelta(days=1)).date().isoformat()
    (named,) = run(worked, "explain", day, "--requests", "5", "--json").json["single_requests"]
    shown = run(worked, "explain", day, "--requests", "5").out
    assert named["request"][:20] in shown
    found = run(worked, "explain", named["request"][:20], "--json").json
    assert (found["request"], found["at"], found["cost_usd"]) == (named["request"], named["at"], named["cost_usd"])
    assert found["tokens"] == named["tokens"]
    assert (found["model"], found["project"], found["uncertain"]) == ("claude-opus-4-5", "/home/dev/acme", False)
    assert [path.rsplit("/", 1)[-1] for path in found["sources"]] == ["5e551011-0000-4000-8000-000000000001.jsonl"]
    text = run(worked, "explain", named["request"][:20]).out
    output = found["tokens"]["output"]
    assert re.search(rf"Output +{output:,} +\$25 +\${output * 25 / 1e6:g}", text)
    assert f"Together: ${named['cost_usd']:g}" in text


def test_copies_of_a_log_are_counted_as_dropped(worked: Path, run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(worked / ".claude", home / ".claude")
    projects = home / ".claude" / "projects"
    shutil.copytree(projects / "-home-dev-acme", projects / "-home-dev-copy")
    day = (TODAY - timedelta(days=1)).date().isoformat()
    found = run(home, "explain", day, "--requests", "1", "--json").json
    assert (found["requests"], found["copies_dropped"]) == (1, 1)
    assert "Copies in the logs that do not count: 1." in run(home, "explain", day).out
    (single,) = found["single_requests"]
    assert len(run(home, "explain", single["request"], "--json").json["sources"]) == 2
    assert "(the same again, not counted)" in run(home, "explain", single["request"]).out
    session = run(home, "explain", single["session"], "--json").json
    assert session["copies_dropped"] == session["requests"] == DAYS - 1 + 6


def test_a_number_that_begins_several_requests_is_not_enough(worked: Path, run: Run) -> None:
    assert run(worked, "explain", "abc").code == 1
    ended = run(worked, "explain", "2026-11", "--requests", "x")
    assert (ended.code, "is not a number of requests" in ended.errors) == (2, True)


def test_missing_price_is_listed_and_given(worked: Path, run: Run) -> None:
    assert "my-own-model: 6 requests without a price" in run(worked, "prices").out
    ended = run(worked, "prices", "--set", "my-own-model", "--input", "1", "--output", "10")
    assert ended.code == 0
    assert "Every request has a price" in ended.out
    found = run(worked, "explain", TODAY.date().isoformat(), "--json").json
    assert found["cost_usd"] == round(6 * (1000 * 1 + 100 * 10) / 1e6, 6)
    assert found["parts"][0]["price"]["source"] == "yours"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--set", "m"), "--set needs --input and --output"),
        (("--input", "1"), "--set needs"),
        (("--set", "m", "--input", "x", "--output", "1"), "is not a number of dollars"),
    ],
)
def test_price_that_is_none_is_refused(home: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    ended = run(home, "prices", *arguments)
    assert ended.code in (1, 2)
    assert words in ended.errors
