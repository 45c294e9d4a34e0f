"""Places that many agents have in common."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tokenwatch.base.paths import Paths
from tokenwatch.readers.places import editor_users, expanded, extension_folders, folders_of, homes, xdg_data


def test_a_variable_is_one_folder_or_several(tmp_path: Path) -> None:
    (tmp_path / "a,b").mkdir()
    assert folders_of(Paths.below(tmp_path, X=str(tmp_path / "a,b")), "X") == [tmp_path / "a,b"]
    assert folders_of(Paths.below(tmp_path, X="~/a, /b ,"), "X") == [tmp_path / "a", Path("/b")]
    assert folders_of(Paths.below(tmp_path), "X") == folders_of(Paths.below(tmp_path, X=" "), "X") == []


def test_the_first_variable_that_is_set_names_the_home(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path, B="/b", C="/c")
    assert homes(paths, "A", "B", "C", default=tmp_path) == [Path("/b")]
    assert homes(paths, "A", default=tmp_path) == [tmp_path]


@pytest.mark.parametrize(("value", "place"), [("~", ""), ("~/x", "x"), ("~\\x", "x")])
def test_a_tilde_is_the_home_folder(tmp_path: Path, value: str, place: str) -> None:
    assert expanded(value, Paths.below(tmp_path)) == tmp_path / place
    assert expanded("/else", Paths.below(tmp_path)) == Path("/else")


def test_data_follows_the_desktops_variable_if_it_is_a_whole_path(tmp_path: Path) -> None:
    assert xdg_data(Paths.below(tmp_path)) == tmp_path / ".local" / "share"
    assert xdg_data(Paths.below(tmp_path, XDG_DATA_HOME="/data")) == Path("/data")
    assert xdg_data(Paths.below(tmp_path, XDG_DATA_HOME="data")) == tmp_path / ".local" / "share"


def test_editors_are_looked_for_on_each_system(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path, APPDATA=str(tmp_path / "roaming"))
    first = {system: next(editor_users(replace(paths, platform=system))) for system in ("linux", "darwin", "win32")}
    assert first == {
        "linux": tmp_path / ".config" / "Code" / "User",
        "darwin": tmp_path / "Library" / "Application Support" / "Code" / "User",
        "win32": tmp_path / "roaming" / "Code" / "User",
    }


def test_an_editor_that_is_installed_later_is_found_then(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    assert len(list(extension_folders(paths, "x.y"))) == 1
    (tmp_path / ".config" / "Windsurf" / "User").mkdir(parents=True)
    assert list(extension_folders(paths, "x.y"))[1] == tmp_path / ".config/Windsurf/User/globalStorage/x.y"
