"""The head start: a fork makes the first numbers, and however it ends nothing waits for it or is held by it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

import psutil
import pytest

from tests.engine.conftest import MovableClock
from tests.engine.test_look_once import recorded_sessions
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.engine import first_look as first_look_module
from tokenwatch.engine.first_look import first_look
from tokenwatch.engine.head_start import HeadStart, head_start
from tokenwatch.engine.once import bring_up_to_date
from tokenwatch.system.instance import Instance

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the app is forked on Linux only")


@pytest.fixture
def known(agents_home: Paths) -> Paths:
    with bring_up_to_date(agents_home, MovableClock(), Settings()):
        pass
    return agents_home


@pytest.fixture
def ahead(known: Paths) -> Iterator[HeadStart]:
    begun = head_start(known, MovableClock())
    assert begun is not None
    yield begun
    begun.close()
    begun.sessions()


@pytest.fixture
def endless(known: Paths, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeadStart]:
    """One that never has an answer."""
    monkeypatch.setattr(first_look_module, "first_look", lambda *_, **__: signal.pause())
    begun = head_start(known, MovableClock())
    assert begun is not None
    yield begun
    begun.close()


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid)


def test_both_answers_are_those_of_the_first_look(known: Paths, ahead: HeadStart) -> None:
    snapshot, sessions = ahead.snapshot(), ahead.sessions()
    here, _ = first_look(known, MovableClock())
    assert snapshot is not None and here is not None and sessions
    assert recorded_sessions(snapshot) == recorded_sessions(here) != {}
    assert gone(ahead.pid)


def test_when_it_is_closed_the_process_ends_and_no_answer_is_waited_for(endless: HeadStart) -> None:
    answers: list[object] = []
    waiting = threading.Thread(target=lambda: answers.append(endless.snapshot()))
    waiting.start()
    endless.close()
    waiting.join(30)
    assert (answers, endless.sessions(), gone(endless.pid)) == ([None], None, True)
    endless.close()


def test_a_process_that_dies_has_no_answers(endless: HeadStart) -> None:
    os.kill(endless.pid, signal.SIGKILL)
    assert (endless.snapshot(), endless.sessions()) == (None, None)


def test_a_first_look_that_fails_has_no_answers_and_says_nothing(
    known: Paths, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(first_look_module, "first_look")
    begun = head_start(known, MovableClock())
    assert begun is not None
    assert (begun.snapshot(), begun.sessions()) == (None, None)
    assert capfd.readouterr() == ("", "")


def test_it_does_not_hold_the_data_directory(known: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_look_module, "first_look", lambda *_, **__: signal.pause())
    instance, other = Instance(known), Instance(known)
    assert instance.acquire()
    begun = head_start(known, MovableClock())
    assert begun is not None
    instance.release()
    end = time.monotonic() + 30
    while not other.acquire():  # as soon as it has come to let go
        assert time.monotonic() < end
        time.sleep(0.01)
    assert not gone(begun.pid)
    other.release()
    begun.close()


def test_beside_another_thread_nothing_is_forked(known: Paths) -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    begun = head_start(known, MovableClock())
    done.set()
    other.join()
    assert begun is None
