"""Circles are freed on the Qt thread and on no other, and everything is given back."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from tokenwatch.gui import collection as module
from tokenwatch.gui.collection import Collection

MANY = 5_000


class Circle(QObject):
    """A Qt object in a circle, which remembers the thread that freed it."""

    freed: list[int] = []  # noqa: RUF012 - one for all

    def __init__(self) -> None:
        super().__init__()
        self.me = self
        weakref.finalize(self, lambda: Circle.freed.append(threading.get_ident()))


@pytest.fixture
def collection(qapp) -> Iterator[Collection]:
    gc.collect()
    gc.enable()
    Circle.freed.clear()
    collection = Collection()
    collection.start()
    yield collection
    collection.stop()
    gc.disable()


def make_much() -> list[list[int]]:
    """Enough for Python to look for circles by itself, many times."""
    return [[number] for number in range(MANY)]


def elsewhere() -> None:
    thread = threading.Thread(target=make_much)
    thread.start()
    thread.join()


def test_another_thread_frees_no_qt_object(collection: Collection) -> None:
    Circle()
    elsewhere()
    kept = make_much()
    assert Circle.freed == []
    collection.look()
    assert len(kept) == MANY
    assert Circle.freed == [threading.get_ident()]


def test_without_it_another_thread_would(collection: Collection) -> None:
    """The reason for all this, without a Qt object."""

    class Plain:
        pass

    collection.stop()
    freed: list[int] = []
    one = Plain()
    one.me = one  # type: ignore[attr-defined]
    weakref.finalize(one, lambda: freed.append(threading.get_ident()))
    del one
    elsewhere()
    assert freed
    assert freed != [threading.get_ident()]


def test_nothing_is_looked_through_before_it_is_due(collection: Collection, monkeypatch) -> None:
    asked: list[int] = []
    gc.collect()
    monkeypatch.setattr(gc, "collect", asked.append)
    collection.look()
    assert asked == []


def test_what_lives_long_is_looked_through_rarely(collection: Collection, monkeypatch) -> None:
    asked: list[int] = []
    now = [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    collection.stop()
    collection.start()
    monkeypatch.setattr(gc, "collect", asked.append)
    monkeypatch.setattr(gc, "get_count", lambda: (0, 11, 11))
    collection.look()
    now[0] = module.OLD_SECONDS
    collection.look()
    collection.look()
    assert asked == [1, 2, 1]


def test_it_is_given_back(collection: Collection) -> None:
    assert not gc.isenabled()
    assert gc.get_freeze_count() > 0
    collection.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    collection.stop()
    collection.look()
    assert gc.isenabled()


def test_who_had_it_switched_off_keeps_it_so(qapp) -> None:
    gc.disable()
    collection = Collection()
    collection.start()
    collection.start()
    collection.stop()
    assert not gc.isenabled()
