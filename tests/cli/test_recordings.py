"""The commands on the logs of real agents, whose every token is known: each billed response exactly once."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

COUNTS = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output")
TRUE_COUNTS = ("input_uncached", "cache_read", "cache_write_5m", "cache_write_1h", "output_with_reasoning")
CERTAIN_AGENTS = {
    "claude-code": ("anthropic", "claude-"),
    "codex": ("responses", "gpt-"),
    "opencode": ("chat", "gpt-"),
    "gemini-cli": ("gemini", "gemini-"),
    "qwen-code": ("chat", "qwen"),
}
"""Agent -> the protocol and models of its calls in the truth, which names no agents."""


def true_sums(truth: list[Mapping[str, Any]], protocol: str, models: str) -> dict[str, tuple[int, ...]]:
    """Model -> requests and the five counts."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for call in truth:
        if call["protocol"] == protocol and call["model"].startswith(models):
            counted = sums[call["model"]]
            for index, name in enumerate(TRUE_COUNTS, start=1):
                counted[index] += call[name]
            counted[0] += 1
    return {model: tuple(counted) for model, counted in sums.items()}


def said_sums(groups: list[Any]) -> dict[str, tuple[int, ...]]:
    return {
        group["by"]["model"]: (group["requests"], *(group["tokens"][name] for name in COUNTS)) for group in groups
    }


@pytest.mark.parametrize("agent", CERTAIN_AGENTS)
def test_report_equals_what_the_models_billed(
    run: Run, recorded_home: Path, truth: list[Mapping[str, Any]], agent: str
) -> None:
    ended = run(recorded_home, "report", "--by", "model", "--agent", agent, "--json")
    assert (ended.code, ended.errors) == (0, "")
    assert said_sums(ended.json["groups"]) == true_sums(truth, *CERTAIN_AGENTS[agent])


def test_nothing_but_what_the_models_billed_is_counted(
    run: Run, recorded_home: Path, truth: list[Mapping[str, Any]]
) -> None:
    totals = run(recorded_home, "report", "--json").json["totals"]
    assert totals["requests"] == len(truth)
    assert totals["tokens"]["total"] == sum(call[name] for call in truth for name in TRUE_COUNTS)
    assert (totals["uncertain_requests"], totals["estimated_requests"]) == (0, 0)


def test_reading_twice_counts_once(run: Run, recorded_home: Path) -> None:
    first = run(recorded_home, "report", "--json").json
    second = run(recorded_home, "report", "--json").json
    assert first["totals"]["requests"] > 0
    assert first["totals"] == second["totals"]


@pytest.mark.parametrize("keys", ["hour", "week", "month", "project", "session", "agent,model", "day,branch,machine"])
def test_groups_add_up_to_the_totals(run: Run, recorded_home: Path, keys: str) -> None:
    said = run(recorded_home, "report", "--by", keys, "--json").json
    assert said["groups"]
    assert all(list(group["by"]) == keys.split(",") for group in said["groups"])
    for name in (*COUNTS, "reasoning", "total"):
        assert sum(group["tokens"][name] for group in said["groups"]) == said["totals"]["tokens"][name]
    assert sum(group["requests"] for group in said["groups"]) == said["totals"]["requests"]
    assert sum(group["cost_usd"] for group in said["groups"]) == pytest.approx(said["totals"]["cost_usd"], abs=1e-5)


def test_since_and_until_are_local_days_and_included(run: Run, recorded_home: Path) -> None:
    day = run(recorded_home, "report", "--since", "2026-11-23", "--until", "2026-11-23", "--json").json
    after = run(recorded_home, "report", "--since", "2026-11-24", "--json").json
    assert (day["since"], day["until"]) == ("2026-11-23", "2026-11-23")
    assert day["totals"]["requests"] == run(recorded_home, "report", "--json").json["totals"]["requests"] > 0
    assert after["totals"]["requests"] == 0


def test_a_time_zone_moves_the_days(run: Run, recorded_home: Path) -> None:
    # The sessions took place at 10:49 UTC, which is past midnight in Kiritimati (UTC+14).
    said = run(recorded_home, "report", "--by", "day", "--timezone", "Pacific/Kiritimati", "--json").json
    assert said["timezone"] == "Pacific/Kiritimati"
    assert [group["by"]["day"] for group in said["groups"]] == ["2026-11-24"]


@pytest.mark.parametrize("project", ["acme", "/home/dev/code/acme", "/home/dev/code/acme/"])
def test_a_project_is_its_folder_or_its_name(run: Run, recorded_home: Path, project: str) -> None:
    said = run(recorded_home, "report", "--by", "project", "--project", project, "--json").json
    assert [group["by"]["project"] for group in said["groups"]] == ["/home/dev/code/acme"]


def test_a_project_that_is_not_there_has_no_groups(run: Run, recorded_home: Path) -> None:
    assert run(recorded_home, "report", "--project", "acm", "--json").json["groups"] == []


def test_csv_says_the_same_as_json(run: Run, recorded_home: Path) -> None:
    said = run(recorded_home, "report", "--json").json["groups"]
    rows = list(csv.DictReader(io.StringIO(run(recorded_home, "report", "--csv").out, newline="")))
    assert [int(row["total"]) for row in rows] == [group["tokens"]["total"] for group in said]
    assert [float(row["cost_usd"]) for row in rows] == [group["cost_usd"] for group in said]
    assert [row["model"] for row in rows] == [group["by"]["model"] for group in said]


def test_status_and_report_agree_on_the_month(run: Run, recorded_home: Path) -> None:
    month = run(recorded_home, "status", "--json").json["month"]
    said = run(recorded_home, "report", "--by", "month", "--json").json["groups"]
    costs = {group["by"]["month"]: group["cost_usd"] for group in said}
    assert month["list_value_usd"] == pytest.approx(costs.get(month["period"], 0.0), abs=1e-6)


def test_status_prints_the_three_numbers(run: Run, recorded_home: Path) -> None:
    ended = run(recorded_home, "status")
    assert (ended.code, ended.errors) == (0, "")
    agents, rate, month = ended.out.splitlines()[:3]
    assert any(word in agents for word in ("agent", "working", "waiting", "idle"))  # whatever runs here
    assert "tokens a minute" in rate
    assert "$" in month


def test_nothing_is_drawn_in_a_pipe(run: Run, recorded_home: Path) -> None:
    assert "\x1b" not in "".join(
        part for ended in [run(recorded_home, "report")] for part in (ended.out, ended.errors)
    )


def test_a_mistake_in_the_settings_is_one_sentence_and_the_rest_goes_on(run: Run, recorded_home: Path) -> None:
    settings = recorded_home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('budget_month_usd = "much"\n', encoding="utf-8")
    ended = run(recorded_home, "report")
    assert ended.code == 0
    assert [line for line in ended.sentences if "settings.toml line 1" in line]
    assert [
        word for word in run(recorded_home, "report", "--json").json["warnings"] if "settings.toml line 1" in word
    ]


def test_doctor_finds_the_agents_and_is_well(run: Run, recorded_home: Path) -> None:
    ended = run(recorded_home, "doctor", "--json")
    found = {agent["agent"]: agent for agent in ended.json["agents"]}
    for agent in CERTAIN_AGENTS:
        assert found[agent]["state"] == "fine"
        assert found[agent]["sources"] > 0
        assert found[agent]["last_event"].startswith("2026-11-23T10:")
    assert (ended.code, ended.json["well"]) == (0, True)


def test_doctor_is_not_well_when_the_ledger_is_no_ledger(run: Run, recorded_home: Path) -> None:
    data = recorded_home / ".local" / "share" / "tokenwatch"
    data.mkdir(parents=True)
    with sqlite3.connect(data / "ledger.sqlite") as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    ended = run(recorded_home, "doctor")
    assert ended.code == 1
    assert "Traceback" not in ended.errors
    assert [line for line in ended.out.splitlines() if line.startswith("!!") and "ledger" in line]


@pytest.mark.parametrize("arguments", [("report", "--json"), ("status", "--json"), ("doctor", "--json"), ("report",)])
def test_an_empty_home_is_no_mistake(run: Run, home: Path, arguments: tuple[str, ...]) -> None:
    ended = run(home, *arguments)
    assert (ended.code, ended.errors) == (0, "")


def test_our_files_are_for_their_owner_only(run: Run, recorded_home: Path) -> None:
    run(recorded_home, "report")
    data = recorded_home / ".local" / "share" / "tokenwatch"
    assert [path.name for path in (data, *data.iterdir()) if path.stat().st_mode & 0o077] == []


def test_agents_files_stay_as_they_were(run: Run, recorded_home: Path) -> None:
    def state() -> dict[str, tuple[int, bytes]]:
        files = [path for path in recorded_home.rglob("*") if path.is_file() and "tokenwatch" not in path.parts]
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = state()
    run(recorded_home, "report")
    run(recorded_home, "status")
    assert state() == before
