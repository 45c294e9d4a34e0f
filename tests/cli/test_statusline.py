"""``statusline``: nothing changes without consent, and everything can be undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SETTINGS = '{"model": "opus", "statusLine": {"type": "command", "command": "echo mine"}}\n'


@pytest.fixture
def claude(home: Path) -> Path:
    (home / ".claude").mkdir()
    file = home / ".claude" / "settings.json"
    file.write_text(SETTINGS, encoding="utf-8")
    return file


def test_it_says_how_things_stand(run: Run, home: Path, claude: Path) -> None:
    ended = run(home, "statusline", "status")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.out.startswith("Off:")


def test_nothing_changes_without_consent(run: Run, home: Path, claude: Path) -> None:
    ended = run(home, "statusline", "install")
    assert ended.code == 1
    assert "A backup of the file is kept" in ended.out
    assert "give --yes if you agree" in ended.out
    assert claude.read_text(encoding="utf-8") == SETTINGS


def test_with_consent_it_is_put_in_and_taken_out(run: Run, home: Path, claude: Path) -> None:
    put_in = run(home, "statusline", "install", "--yes")
    assert put_in.code == 0
    assert put_in.out == "On: Claude Code's status line tells its limits to TokenWatch, and then runs echo mine.\n"
    assert "statusline_bridge" in json.loads(claude.read_text(encoding="utf-8"))["statusLine"]["command"]
    assert run(home, "statusline", "install", "--yes").code == 0
    taken_out = run(home, "statusline", "remove", "--yes")
    assert (taken_out.code, taken_out.out[:4]) == (0, "Off:")
    assert claude.read_text(encoding="utf-8") == SETTINGS


def test_settings_that_are_not_understood_are_left_alone(run: Run, home: Path, claude: Path) -> None:
    claude.write_text("{ // mine\n}", encoding="utf-8")
    ended = run(home, "statusline", "install", "--yes")
    assert ended.code == 1
    assert "left alone" in ended.out
    assert claude.read_text(encoding="utf-8") == "{ // mine\n}"


def test_without_claude_code_it_says_so(run: Run, home: Path) -> None:
    ended = run(home, "statusline", "install", "--yes")
    assert ended.code == 1
    assert "does not exist" in ended.errors


def test_another_word_is_refused(run: Run, home: Path) -> None:
    assert run(home, "statusline", "enable").code == 2
