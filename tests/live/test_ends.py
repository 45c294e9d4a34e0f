"""The system tells at once when a watched process ends."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tokenwatch.live import ends as ends_module
from tokenwatch.live.ends import MOST, Ends

PATIENCE = 30.0


class Told:
    def __init__(self) -> None:
        self.at_once = threading.Event()
        self.ends = Ends(self.at_once.set)

    def wait(self) -> bool:
        came = self.at_once.wait(PATIENCE)
        self.at_once.clear()
        return came


@pytest.fixture
def told() -> Iterator[Told]:
    made = Told()
    if not made.ends.works:
        pytest.skip("this system tells nobody when processes end")
    yield made
    made.ends.stop()


@pytest.fixture
def child() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as process:
        yield process
        process.kill()


def test_an_end_is_told_also_before_the_parent_asked_for_it(told: Told, child: subprocess.Popen[bytes]) -> None:
    told.ends.watch([(child.pid, 1)])
    assert not told.at_once.is_set()
    child.kill()
    assert told.wait()


def test_one_that_has_ended_already_is_told(told: Told, child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    told.ends.watch([(child.pid, 1)])
    assert told.wait()


def test_each_end_is_told_while_others_go_on(told: Told, child: subprocess.Popen[bytes]) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as other:
        told.ends.watch([(child.pid, 1), (other.pid, 1)])
        child.kill()
        assert told.wait()
        told.ends.watch([(other.pid, 1)])
        assert not told.at_once.is_set()
        other.kill()
        assert told.wait()


def test_who_is_no_longer_watched_is_not_told(told: Told, child: subprocess.Popen[bytes]) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as other:
        told.ends.watch([(child.pid, 1), (other.pid, 1)])
        told.ends.watch([(other.pid, 1)])
        child.kill()
        child.wait()
        assert not told.at_once.wait(0.05)
        other.kill()
        assert told.wait()


def test_a_pid_that_is_used_again_is_another_process(told: Told, child: subprocess.Popen[bytes]) -> None:
    told.ends.watch([(child.pid, 1)])
    told.ends.watch([(child.pid, 2)])
    child.kill()
    assert told.wait()


def test_no_file_is_left_open(told: Told, child: subprocess.Popen[bytes]) -> None:
    if sys.platform != "linux":
        pytest.skip("open files can be listed on Linux")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        told.ends.watch([(child.pid, 1)])
        told.ends.watch([])
    assert len(os.listdir("/proc/self/fd")) == before


def test_stopping_ends_the_thread(child: subprocess.Popen[bytes]) -> None:
    ends = Ends(lambda: None)
    ends.watch([(child.pid, 1)])
    ends.stop()
    assert not ends._thread.is_alive()
    ends.watch([(child.pid, 1)])  # nothing happens any more
    ends.stop()


def test_only_so_many_are_watched(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[int] = []
    monkeypatch.setattr(told.ends._waiting, "add", added.append)
    told.ends.watch([(pid, 1) for pid in range(1, 1_000)])
    assert sorted(added) == list(range(1, MOST + 1))
    monkeypatch.setattr(told.ends._waiting, "remove", lambda pid: None)
    told.ends.watch([])


def test_where_the_system_refuses_nobody_is_told(
    monkeypatch: pytest.MonkeyPatch, child: subprocess.Popen[bytes]
) -> None:
    def refused() -> None:
        raise OSError("too many open files")

    monkeypatch.setattr(ends_module, "_System", refused)
    ends = Ends(lambda: None)
    assert not ends.works
    ends.watch([(child.pid, 1)])
    ends.stop()
