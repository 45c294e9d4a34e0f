"""Where things are, given a home and an environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tokenwatch.base.paths import APP, Paths, resources

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


def test_everything_below_one_folder(tmp_path):
    paths = Paths.below(tmp_path)
    assert all(
        each.is_relative_to(tmp_path) for each in (paths.home, paths.ledger, paths.settings, paths.price_overrides)
    )


def test_making_paths_creates_nothing(tmp_path):
    Paths.below(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_variable_that_is_not_set_is_empty(tmp_path):
    paths = Paths.below(tmp_path, CODEX_HOME="/x")
    assert (paths.variable("CODEX_HOME"), paths.variable("OTHER")) == ("/x", "")


@pytest.mark.parametrize(("value", "place"), [("/etc/xdg", "/etc/xdg"), ("relative", None), ("", None)])
def test_config_home_counts_only_when_absolute(tmp_path, value, place):
    paths = Paths.below(tmp_path, XDG_CONFIG_HOME=value)
    assert paths.xdg_config() == (Path(place) if place else tmp_path / ".config")


def test_paths_of_the_user_name_the_program(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CODEX_HOME", "/x")
    paths = Paths.of_user()
    assert paths.variable("CODEX_HOME") == "/x"
    assert APP in paths.data.parts and APP in paths.config.parts


@posix
def test_folder_is_made_for_its_owner_only(tmp_path):
    made = Paths.below(tmp_path).ensure(tmp_path / "a" / "b")
    assert made.stat().st_mode & 0o777 == 0o700


@posix
def test_folder_with_wider_rights_is_narrowed(tmp_path):
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    assert Paths.below(tmp_path).ensure(folder).stat().st_mode & 0o777 == 0o700


def test_resources_of_the_source_tree_are_found():
    assert (resources() / "price_overrides.toml").is_file()


def test_resources_of_a_bundle_come_first(monkeypatch, tmp_path):
    bundled = tmp_path / "resources"
    bundled.mkdir()
    (bundled / "price_overrides.toml").touch()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert resources() == bundled
