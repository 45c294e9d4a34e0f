"""Which start is the one that runs: a later one asks the first for its window and ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tokenwatch.base.paths import Paths
from tokenwatch.system import first
from tokenwatch.system.first import become_first
from tokenwatch.system.instance import Instance


@pytest.fixture
def paths(tmp_path) -> Paths:
    return Paths.below(tmp_path)


@pytest.fixture
def running(paths: Paths) -> Iterator[Instance]:
    instance = Instance(paths)
    assert instance.acquire()
    yield instance
    instance.release()


def test_the_first_start_has_the_data_directory(paths: Paths) -> None:
    instance = Instance(paths)
    assert become_first(instance, background=False) is None
    assert instance.owner
    instance.release()


def test_second_start_ends_well_when_the_first_answers(running: Instance, paths: Paths) -> None:
    shown: list[int] = []
    running.listen(lambda: shown.append(1))
    assert become_first(Instance(paths), background=False) == 0
    assert shown == [1]


def test_second_start_in_the_background_asks_for_no_window(running: Instance, paths: Paths, monkeypatch) -> None:
    monkeypatch.setattr(first, "_FIRST_SECONDS", 0.01)
    shown: list[int] = []
    running.listen(lambda: shown.append(1))
    assert become_first(Instance(paths), background=True) == 0
    assert shown == []


def test_start_beside_a_silent_owner_says_so_and_fails(running: Instance, paths: Paths, monkeypatch, capsys) -> None:
    monkeypatch.setattr(first, "_FIRST_SECONDS", 0.01)
    assert become_first(Instance(paths), background=False) == 1
    assert "Another TokenWatch command is at work" in capsys.readouterr().err


def test_a_folder_that_cannot_be_locked_by_anyone_stops_no_start(paths: Paths) -> None:
    paths.data.parent.mkdir(parents=True, exist_ok=True)
    paths.data.write_text("a file in the folder's place")
    instance = Instance(paths)
    assert become_first(instance, background=False) is None
    assert instance.trouble and not instance.owner
