"""Folders that the user names, and homes inside WSL: each agent's sources are found there, and once."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.agent_homes import fixture_homes, install
from tests.collect.home import Home
from tests.collect.test_agents import set_back, told
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.collect import places
from tokenwatch.collect.discover import discover
from tokenwatch.collect.places import is_inside_wsl, looked_in, roots_of, wsl_homes
from tokenwatch.collect.watcher import Watcher
from tokenwatch.readers.protocol import readers

homes = pytest.mark.parametrize(("agent", "home"), fixture_homes(), ids=lambda value: getattr(value, "name", value))


@homes
def test_another_home_that_the_user_names_is_read(tmp_path: Path, agent: str, home: Path) -> None:
    other = install(home, tmp_path / "backup" / "home")
    set_back(other)
    scanned = Home(tmp_path / "home", {agent: readers()[agent]}, data=tmp_path / "data")
    settings = Settings(folders=((agent, (str(other),)),))
    try:
        scanned.scanner.look_in(looked_in(scanned.paths, settings))
        scanned.read()
        expected = json.loads((home / "expected.json").read_text(encoding="utf-8"))
        assert len(told(scanned)) == len(expected)
        assert [entry["tokens"] for entry in told(scanned)] == [entry["tokens"] for entry in expected]
    finally:
        scanned.end()


@pytest.mark.parametrize("named", ["", ".claude", ".claude/projects"])
def test_a_home_an_agents_folder_and_its_folder_of_logs_are_all_understood(tmp_path: Path, named: str) -> None:
    log = tmp_path / "other" / ".claude" / "projects" / "acme" / "a.jsonl"
    log.parent.mkdir(parents=True)
    log.write_bytes(b"{}\n")
    settings = Settings(folders=(("claude-code", (str(tmp_path / "other" / named),)),))
    paths = looked_in(Paths.below(tmp_path / "home"), settings)
    found = discover({"claude-code": readers()["claude-code"]}, paths)
    assert [entry.source.path for entry in found.found] == [str(log)]


def test_a_folder_of_logs_of_any_name_is_read_itself(tmp_path: Path) -> None:
    log = tmp_path / "old logs" / "acme" / "a.jsonl"
    log.parent.mkdir(parents=True)
    log.write_bytes(b"{}\n")
    settings = Settings(folders=(("claude-code", (str(tmp_path / "old logs"),)),))
    found = discover({"claude-code": readers()["claude-code"]}, looked_in(Paths.below(tmp_path / "home"), settings))
    assert [entry.source.relative for entry in found.found] == ["acme/a.jsonl"]


def test_a_folder_that_is_not_there_is_a_place_that_was_looked_at(tmp_path: Path) -> None:
    settings = Settings(folders=(("codex", (str(tmp_path / "none"),)),))
    found = discover({"codex": readers()["codex"]}, looked_in(Paths.below(tmp_path / "home"), settings))
    assert (tmp_path / "none", False) in {(root.path, root.exists) for root in found.roots}


def test_one_file_under_several_names_is_one_source(tmp_path: Path) -> None:
    log = tmp_path / "home" / ".claude" / "projects" / "acme" / "a.jsonl"
    log.parent.mkdir(parents=True)
    log.write_bytes(b"{}\n")
    (tmp_path / "link").symlink_to(tmp_path / "home")
    os.makedirs(tmp_path / "hard" / "acme")
    os.link(log, tmp_path / "hard" / "acme" / "a.jsonl")
    named = (str(tmp_path / "link"), str(tmp_path / "home" / ".claude"), str(tmp_path / "hard"))
    settings = Settings(folders=(("claude-code", named),))
    found = discover({"claude-code": readers()["claude-code"]}, looked_in(Paths.below(tmp_path / "home"), settings))
    assert len(found.found) == 1


def test_a_copy_of_a_folder_adds_nothing(tmp_path: Path) -> None:
    agent, home = next(entry for entry in fixture_homes() if entry[0] == "opencode")
    root = install(home, tmp_path / "home")
    shutil.copytree(root, tmp_path / "copy")
    scanned = Home(root, {agent: readers()[agent]}, data=tmp_path / "data")
    try:
        scanned.read()
        once = scanned.total
        scanned.scanner.look_in(looked_in(scanned.paths, Settings(folders=((agent, (str(tmp_path / "copy"),)),))))
        scanned.read()
        assert scanned.total == once != (0, 0)
    finally:
        scanned.end()


def test_homes_inside_wsl_are_those_of_its_users_when_switched_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "SHARES", (str(tmp_path / "new"), str(tmp_path / "old")))
    for folder in ("new/Ubuntu/home/ana", "new/Ubuntu/root", "old/Debian/home/ben", "new/Empty"):
        (tmp_path / folder).mkdir(parents=True)
    windows = replace(Paths.below(tmp_path / "home", CODEX_HOME="C:\\codex"), platform="win32", wsl=True)
    expected = (tmp_path / "new/Ubuntu/home/ana", tmp_path / "new/Ubuntu/root", tmp_path / "old/Debian/home/ben")
    assert wsl_homes(windows, lambda: ["Ubuntu", "Debian", "Empty", "None"]) == expected
    assert wsl_homes(replace(windows, wsl=False), lambda: ["Ubuntu"]) == ()
    assert wsl_homes(replace(windows, platform="linux"), lambda: ["Ubuntu"]) == ()
    monkeypatch.setattr(places, "_distributions", lambda: ["Ubuntu"])
    found = [root.path for root in roots_of(readers()["codex"], windows) or ()]
    assert tmp_path / "new/Ubuntu/home/ana/.codex/sessions" in found


def test_what_is_inside_wsl_is_polled() -> None:
    assert is_inside_wsl(Path("\\\\wsl.localhost\\Ubuntu\\home\\ana\\.claude"))
    assert is_inside_wsl(Path("\\\\wsl$\\Ubuntu\\home\\ana"))
    assert not is_inside_wsl(Path("C:\\Users\\ana\\.claude"))
    watcher = Watcher(lambda path: None, lambda: None)
    watcher.watch([Path("\\\\wsl$\\Ubuntu\\home\\ana\\.claude")])
    assert "WSL" in watcher.polling
    watcher.stop()


def test_an_agent_that_is_switched_off_has_no_places(tmp_path: Path) -> None:
    log = tmp_path / "home" / ".claude" / "projects" / "acme" / "a.jsonl"
    log.parent.mkdir(parents=True)
    log.write_bytes(b"{}\n")
    paths = looked_in(Paths.below(tmp_path / "home"), Settings(agents_off=("claude-code",)))
    assert roots_of(readers()["claude-code"], paths) == ()
    assert discover({"claude-code": readers()["claude-code"]}, paths).found == ()
