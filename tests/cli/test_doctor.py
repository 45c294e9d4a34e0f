"""What ``doctor`` says and when something is wrong, from hand-made findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cli.conftest import Run
from tokenwatch.base.health import Health, HealthState
from tokenwatch.cli.doctor import AgentFindings, Findings, Place, _merged, doctor_json, doctor_text
from tokenwatch.cli.output import json_text

NOW = 1_795_431_041_000  # 2026-11-23 10:50:41 UTC
HERE = AgentFindings(
    "codex",
    "Codex",
    places=(Place("/home/dev/.codex/sessions", True), Place("/home/dev/.codex/archived", False)),
    sources=3,
    requests=1,
    last_event=NOW - 7_200_000,
    skipped={"not JSON": 2},
    unreadable=1,
    formats={"JSON lines": 2, "database (messages)": 1},
    estimated_requests=1,
    unknown="What it thinks is not known.",
    health=Health("codex"),
)
ABSENT = AgentFindings("claude-code", "Claude Code", places=(Place("/home/dev/.claude/projects", False),))
WELL = Findings(NOW, (HERE, ABSENT), (Health("ledger"), Health("tray", reason="There is no graphical session.")))


def with_agent(health: Health) -> Findings:
    return replace(WELL, agents=(replace(HERE, health=health),))


def test_absent_agents_and_remarks_are_not_wrong() -> None:
    assert WELL.well
    assert doctor_text(WELL).endswith("\nAll is well.\n")


@pytest.mark.parametrize("state", [HealthState.DEGRADED, HealthState.FAILING])
def test_a_degraded_agent_or_part_is_wrong(state: HealthState) -> None:
    for found in (
        with_agent(Health("codex", state, "No.")),
        replace(WELL, parts=(Health("tray", state, "No."),)),
    ):
        assert not found.well
        assert "Something is wrong" in doctor_text(found)


def test_json_has_what_was_found() -> None:
    said = json.loads(json_text(doctor_json(WELL)))
    assert (said["schema"], said["well"], said["at"]) == (1, True, "2026-11-23T10:50:41Z")
    assert said["agents"] == [
        {
            "agent": "codex",
            "name": "Codex",
            "places": [
                {"path": "/home/dev/.codex/sessions", "exists": True},
                {"path": "/home/dev/.codex/archived", "exists": False},
            ],
            "sources": 3,
            "requests": 1,
            "last_event": "2026-11-23T08:50:41Z",
            "skipped": {"not JSON": 2},
            "unreadable": 1,
            "formats": {"JSON lines": 2, "database (messages)": 1},
            "estimated_requests": 1,
            "unknown": "What it thinks is not known.",
            "state": "fine",
            "reason": "",
        },
        {
            "agent": "claude-code",
            "name": "Claude Code",
            "places": [{"path": "/home/dev/.claude/projects", "exists": False}],
            "sources": 0,
            "requests": 0,
            "last_event": None,
            "skipped": {},
            "unreadable": 0,
            "formats": {},
            "estimated_requests": 0,
            "unknown": "",
            "state": "absent",
            "reason": "",
        },
    ]
    assert said["health"][0] == {"part": "ledger", "state": "fine", "reason": ""}


def test_text_names_places_counts_and_reasons() -> None:
    text = doctor_text(with_agent(Health("codex", HealthState.DEGRADED, "One file may not be read.")))
    assert " !  Codex: 3 sources, 1 of them unreadable, 1 request, 1 of them estimated, last 2h ago" in text
    assert "      Formats: 2 JSON lines, 1 database (messages)" in text
    assert "      Not known: What it thinks is not known." in text
    assert "/home/dev/.codex/archived (not there)" in text
    assert "      One file may not be read." in text


def test_text_says_where_an_absent_agent_was_looked_for() -> None:
    assert "Claude Code: not here (looked in /home/dev/.claude/projects)" in doctor_text(WELL)


def test_text_says_what_is_not_known_of_an_agent_without_logs() -> None:
    only = AgentFindings("kiro", "Kiro CLI", unknown="It writes no token counts.")
    text = doctor_text(replace(WELL, agents=(only,)))
    assert " -  Kiro CLI: has no logs that can be read\n      Not known: It writes no token counts.\n" in text


def test_an_agent_that_is_switched_off_is_said_to_be(home: Path, run: Run) -> None:
    text = doctor_text(replace(WELL, agents=(replace(HERE, off=True, places=()),)))
    assert " -  Codex: switched off in the settings; 1 request counted before\n" in text
    settings = home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('agents_off = ["codex"]\n', encoding="utf-8")
    agents = {agent["agent"]: agent for agent in run(home, "doctor", "--json").json["agents"]}
    assert (agents["codex"]["state"], agents["codex"]["places"]) == ("off", [])
    assert agents["claude-code"]["state"] == "absent"


def test_no_agent_at_all_is_said_plainly() -> None:
    assert "No agent's logs were found." in doctor_text(replace(WELL, agents=(ABSENT,)))


def test_hostile_paths_and_reasons_are_cleaned() -> None:
    hostile = "\x1b[31m\u202e\n"
    agent = replace(HERE, places=(Place(hostile, True),), health=Health("codex", HealthState.FAILING, hostile))
    text = doctor_text(replace(WELL, agents=(agent,)))
    assert all(character.isprintable() or character == "\n" for character in text)


def test_of_two_reports_on_a_part_the_one_with_trouble_is_kept() -> None:
    trouble = Health("ledger", HealthState.FAILING, "Full.")
    assert _merged((trouble,), (Health("ledger"),)) == (trouble,)
    assert _merged((Health("ledger"),), (trouble,)) == (trouble,)
