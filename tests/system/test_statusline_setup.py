"""The user's settings of Claude Code: exactly one entry changes, comes back, and nothing is touched in doubt."""

from __future__ import annotations

import json
import os
import shlex
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.errors import SettingsError
from tokenwatch.base.paths import Paths
from tokenwatch.system.statusline_setup import bridge, command_of, install, remove

USUAL = """{
  "permissions": {
    "allow": ["Bash(npm run *)"],   "deny": []
  },
\t"model": "opus",
  "statusLine": { "type": "command", "command": "~/.claude/line.sh --x 'a b'", "padding": 0 },
  "env": {"NAME": "\\u00e9 \\"quoted\\" }"}
}
"""
WITHOUT = '{\n  "model": "opus",\n  "hooks": {}\n}\n'


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    (tmp_path / ".claude").mkdir()
    return Paths.below(tmp_path)


def put(paths: Paths, text: str) -> Path:
    paths.claude_settings.write_bytes(text.encode())
    return paths.claude_settings


def text_of(paths: Paths) -> str:
    return paths.claude_settings.read_bytes().decode()


def backups(paths: Paths) -> list[Path]:
    return sorted(paths.status_lines.glob("*.backup"))


@pytest.mark.parametrize(
    "text",
    [
        USUAL, WITHOUT, "{}", "{ }\n", '{"a":1}', '{"statusLine":{"type":"command","command":"x"}}',
        '{"statusLine": {"command": "x"},\n "b": [1, {"statusLine": 2}]}', '{"b": 1, "statusLine": {"command": "x"}}',
        '\n\n{\r\n  "b": "}",\r\n  "c": null\r\n}\r\n',
    ],
)  # fmt: skip
def test_in_and_out_again_gives_back_the_same_settings(paths: Paths, text: str) -> None:
    put(paths, text)
    installed = install(paths)
    assert installed.installed
    now = json.loads(text_of(paths))
    assert now["statusLine"]["command"] == command_of(paths)
    before = json.loads(text)
    assert {**now, "statusLine": None} == {**before, "statusLine": None}
    removed = remove(paths)
    assert not removed.installed
    assert json.loads(text_of(paths)) == before


@pytest.mark.parametrize("text", [USUAL, WITHOUT])
def test_every_other_character_stays(paths: Paths, text: str) -> None:
    put(paths, text)
    install(paths)
    changed = text_of(paths)
    entry = json.dumps(json.loads(changed)["statusLine"], ensure_ascii=False)
    assert entry in changed
    if "statusLine" in text:
        old = '{ "type": "command", "command": "~/.claude/line.sh --x \'a b\'", "padding": 0 }'
        assert changed == text.replace(old, entry)
    else:
        assert changed == text.replace('"hooks": {}', f'"hooks": {{}},\n  "statusLine": {entry}')
    remove(paths)
    if "statusLine" not in text:
        assert text_of(paths) == text


def test_the_command_before_is_kept_for_the_bridge_and_the_rest_of_the_entry_stays(paths: Paths) -> None:
    put(paths, USUAL)
    found = install(paths)
    assert found.previous == "~/.claude/line.sh --x 'a b'"
    assert (paths.status_lines / "previous").read_text(encoding="utf-8") == found.previous
    assert json.loads(text_of(paths))["statusLine"]["padding"] == 0


def test_installing_twice_keeps_the_first_original(paths: Paths) -> None:
    put(paths, USUAL)
    install(paths)
    changed = text_of(paths)
    assert install(paths).previous == "~/.claude/line.sh --x 'a b'"
    assert text_of(paths) == changed
    remove(paths)
    assert json.loads(text_of(paths)) == json.loads(USUAL)


def test_there_is_a_backup_of_the_file_as_it_was(paths: Paths) -> None:
    put(paths, USUAL)
    install(paths)
    (backup,) = backups(paths)
    assert backup.read_text(encoding="utf-8") == USUAL
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    for _ in range(4):
        remove(paths)
        install(paths)
    assert len(backups(paths)) == 5


def test_the_file_keeps_its_rights_and_its_link(paths: Paths, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.json"
    real.write_text(USUAL, encoding="utf-8")
    real.chmod(0o640)
    paths.claude_settings.symlink_to(real)
    install(paths)
    assert paths.claude_settings.is_symlink()
    assert json.loads(real.read_text(encoding="utf-8"))["statusLine"]["command"] == command_of(paths)
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert [path.name for path in (tmp_path / ".claude").iterdir()] == ["settings.json"]


def test_without_a_file_one_is_made(paths: Paths) -> None:
    assert install(paths).installed
    assert list(json.loads(text_of(paths))) == ["statusLine"]
    remove(paths)
    assert json.loads(text_of(paths)) == {}


def test_the_place_of_the_settings_may_be_set(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    paths = Paths.below(tmp_path, CLAUDE_CONFIG_DIR=str(tmp_path / "elsewhere"))
    install(paths)
    assert (tmp_path / "elsewhere" / "settings.json").exists()


REFUSED = {
    "half": '{"a": 1',
    "comments": '{\n  // mine\n  "a": 1\n}',
    "trailing comma": '{"a": 1,}',
    "a list": "[]",
    "empty": "",
    "twice": '{"statusLine": {"command": "a"}, "statusLine": {"command": "b"}}',
    "deep": '{"a": ' + "[" * 100_000,
    "no command": '{"statusLine": {"type": "text", "text": "x"}}',
    "text": '{"statusLine": "x"}',
    "byte order mark": "\ufeff{}",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_understood_is_left_alone(paths: Paths, name: str) -> None:
    put(paths, REFUSED[name])
    with pytest.raises(SettingsError, match="left alone"):
        install(paths)
    assert text_of(paths) == REFUSED[name]
    assert not bridge(paths).installed


def test_what_is_not_text_or_no_file_is_left_alone(paths: Paths) -> None:
    paths.claude_settings.write_bytes(b"\xff\xfe{}")
    with pytest.raises(SettingsError, match="not text"):
        install(paths)
    paths.claude_settings.unlink()
    paths.claude_settings.mkdir()
    with pytest.raises(SettingsError, match=r"could not be read|not an ordinary file"):
        install(paths)


def test_without_claude_code_there_is_nothing_to_change(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="does not exist"):
        install(Paths.below(tmp_path))
    assert not bridge(Paths.below(tmp_path)).installed
    assert list(tmp_path.iterdir()) == []


def test_a_status_line_that_was_changed_since_is_left_alone(paths: Paths) -> None:
    put(paths, USUAL)
    install(paths)
    other = '{"statusLine": {"type": "command", "command": "something new"}}'
    put(paths, other)
    assert not remove(paths).installed
    assert text_of(paths) == other


def test_removing_without_the_original_changes_nothing(paths: Paths) -> None:
    put(paths, USUAL)
    install(paths)
    (paths.status_lines / "original.json").unlink()
    before = text_of(paths)
    with pytest.raises(SettingsError, match="not known any more"):
        remove(paths)
    assert text_of(paths) == before


def test_removing_what_was_never_there_is_harmless(paths: Paths) -> None:
    put(paths, USUAL)
    assert not remove(paths).installed
    assert text_of(paths) == USUAL
    assert not paths.status_lines.exists()


@pytest.mark.skipif(os.name != "posix", reason="only on POSIX systems")
def test_the_command_survives_a_shell(tmp_path: Path) -> None:
    (tmp_path / "a b's $HOME" / ".claude").mkdir(parents=True)
    paths = Paths.below(tmp_path / "a b's $HOME")
    assert shlex.split(command_of(paths))[-1] == str(paths.status_lines)
    assert install(paths).installed


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    before=st.dictionaries(st.text(), json_values, max_size=4),
    command=st.none() | st.text(min_size=1),
    indent=st.sampled_from([None, 2, "\t"]),
    ascii_only=st.booleans(),
    place=st.integers(0, 4),
)
def test_any_settings_come_back(
    tmp_path_factory, before: dict[str, Any], command: str | None, indent: Any, ascii_only: bool, place: int
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / ".claude").mkdir()
    paths = Paths.below(home)
    before.pop("statusLine", None)
    members = list(before.items())
    if command is not None and "statusline" not in command:
        members.insert(place, ("statusLine", {"type": "command", "command": command}))
    settings = dict(members)
    try:
        text = json.dumps(settings, indent=indent, ensure_ascii=ascii_only)
        put(paths, text)
    except UnicodeEncodeError:
        return
    install(paths)
    remove(paths)
    assert json.loads(text_of(paths)) == settings
    assert list(json.loads(text_of(paths))) == list(settings)
