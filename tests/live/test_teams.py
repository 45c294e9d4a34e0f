"""A member of a team belongs to the session that leads it, by the file in which its agent keeps the team."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tokenwatch.base.clock import FixedClock
from tokenwatch.base.paths import Paths
from tokenwatch.live import teams as teams_module
from tokenwatch.live.programs import ProcessInfo, Role
from tokenwatch.live.sessions import LiveTracker, OpenSession
from tokenwatch.live.teams import Teams
from tokenwatch.readers.claude_code import READER

NOW = 1_795_000_000_000
LEAD, OTHER, MEMBER = "s-lead", "s-other", "s-member"


class Home:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / ".claude"
        self.paths = Paths.below(folder)
        self.running: list[ProcessInfo] = []

    def team(self, name: str = "checkout", lead: str = LEAD, **more: Any) -> Path:
        path = self.folder / "teams" / name / "config.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        members = [
            {"agentId": f"team-lead@{name}", "name": "team-lead", "agentType": "team-lead", "tmuxPaneId": ""},
            {"agentId": f"ada@{name}", "name": "ada", "agentType": "researcher", "prompt": "canary", "cwd": "/c"},
        ]
        found = {"name": name, "leadAgentId": f"team-lead@{name}", "leadSessionId": lead, "members": members}
        path.write_text(json.dumps(found | more))
        return path

    def process(self, pid: int, session: str, **more: Any) -> None:
        self.running.append(
            ProcessInfo(pid, 1, NOW - 60_000, str(pid), agent="claude-code", role=Role.SESSION, **more)
        )
        path = self.folder / "sessions" / f"{pid}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"pid": pid, "sessionId": session, "procStart": str(pid), "status": "busy"}))

    def look(self) -> dict[str, OpenSession]:
        tracker = LiveTracker({"claude-code": READER}, self.paths, FixedClock(NOW), lambda: tuple(self.running))
        return {one.session: one for one in tracker.tick()}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.process(7, LEAD)
    made.process(8, MEMBER, team="checkout", member="ada")
    return made


def test_a_member_that_names_only_its_team_is_a_sub_agent_of_the_lead(home: Home) -> None:
    home.team()
    found = home.look()
    assert list(found) == [LEAD]
    assert [(sub.id, sub.name, sub.kind) for sub in found[LEAD].sub_agents] == [(MEMBER, "ada", "researcher")]


def test_what_the_process_says_of_its_parent_goes_first(home: Home) -> None:
    home.team(lead=OTHER)
    home.running.pop()
    home.process(8, MEMBER, team="checkout", member="ada", parent_session=LEAD)
    home.process(9, OTHER)
    assert [sub.kind for sub in home.look()[LEAD].sub_agents] == ["researcher"]


def test_a_team_is_known_by_the_name_of_its_folder_if_it_has_no_other(home: Home) -> None:
    home.team(name="checkout")
    (home.folder / "teams" / "checkout" / "config.json").write_text(json.dumps({"leadSessionId": LEAD}))
    assert [sub.kind for sub in home.look()[LEAD].sub_agents] == [""]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b'{"name": "checkout"}',
        b'{"name": "checkout", "leadSessionId": 5}',
        b'{"name": "checkout", "leadSessionId": "nobody"}',
        b'{"name": "another", "leadSessionId": "s-lead"}',
        b"[" * 100_000,
        b'{"name": "checkout", "leadSessionId": "s-lead"}' + b" " * teams_module.MOST_BYTES,
    ],
    ids=["empty", "list", "torn", "no lead", "odd lead", "lead is gone", "other team", "deep", "large"],
)
def test_without_a_usable_file_a_member_counts_by_itself(home: Home, content: bytes) -> None:
    home.team().write_bytes(content)
    assert set(home.look()) == {LEAD, MEMBER}


@pytest.mark.parametrize("members", [5, [5], [{"name": 5}], None], ids=str)
def test_odd_members_lose_only_their_kind(home: Home, members: Any) -> None:
    home.team(members=members)
    assert [sub.kind for sub in home.look()[LEAD].sub_agents] == [""]


def test_files_are_read_once_while_they_stay_as_they_are_and_never_without_a_member(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.team()
    read: list[Path] = []
    real = teams_module.read_small
    monkeypatch.setattr(teams_module, "read_small", lambda path, limit: read.append(path) or real(path, limit))
    teams = Teams([READER], home.paths)
    alone = [process for process in home.running if not process.team]
    assert teams.placed(alone) == tuple(alone)
    assert read == []
    for _ in range(3):
        assert teams.placed(home.running)[1].parent_session == LEAD
    assert len(read) == 1
    home.team(lead=OTHER)
    assert teams.placed(home.running)[1].parent_session == OTHER


def test_a_link_to_elsewhere_is_not_followed(home: Home, tmp_path: Path) -> None:
    real = home.team()
    moved = tmp_path / "elsewhere.json"
    real.rename(moved)
    real.symlink_to(moved)
    assert set(home.look()) == {LEAD, MEMBER}


def test_nothing_that_members_are_told_is_kept(home: Home) -> None:
    path = home.team()
    teams = Teams([READER], home.paths)
    teams.placed(home.running)
    assert "canary" in path.read_text()
    assert "canary" not in repr(vars(teams))


def test_a_reader_that_fails_on_its_teams_is_excused(home: Home, expected_logs) -> None:
    class Failing(type(READER)):
        def team(self, path: Path, data: bytes) -> Any:
            raise RuntimeError

    expected_logs("reader claude-code failed on its teams")
    home.team()
    assert Teams([Failing()], home.paths).placed(home.running) == tuple(home.running)
