"""A store works on a thread of its own, tells its answers in their order, and nothing once it is closed."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Signal

from tokenwatch.gui.store import Store

PATIENCE = 20.0


class Echo(Store):
    said = Signal(str)


@pytest.fixture
def store(qtbot) -> Iterator[Echo]:
    store = Echo("tokenwatch-echo")
    yield store
    store.close()


def test_jobs_are_done_one_after_the_other_on_their_own_thread(qtbot, store: Echo) -> None:
    said: list[str] = []
    store.said.connect(said.append)
    for word in "abc":
        store.submit(lambda word=word: store.tell(store.said, f"{word} {threading.current_thread().name}"))
    qtbot.waitUntil(lambda: len(said) == 3)
    assert said == [f"{word} tokenwatch-echo" for word in "abc"]


def test_what_is_still_at_work_when_it_is_closed_tells_nothing(qtbot, store: Echo) -> None:
    said: list[str] = []
    store.said.connect(said.append)
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def job() -> None:
        begun.set()
        go_on.wait(PATIENCE)
        store.tell(store.said, "late")
        done.set()

    store.submit(job)
    assert begun.wait(PATIENCE)
    store.close()  # returns though the job has not
    assert not done.is_set()
    go_on.set()
    assert done.wait(PATIENCE)
    qtbot.wait(50)
    assert said == []


def test_jobs_after_the_end_are_dropped(qtbot, store: Echo) -> None:
    ran = threading.Event()
    store.close()
    store.submit(ran.set)
    assert not ran.wait(0.1)
