"""Memory is given back once work has ended, not while anything waits, and seldom; the engine does after reading."""

from __future__ import annotations

import threading
from math import inf
from queue import SimpleQueue

import pytest

from tests.engine.conftest import PATIENCE, Desk, Hurry, MovableClock, Start
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.engine import engine as engine_module
from tokenwatch.engine.books import Books
from tokenwatch.engine.giving_back import EVERY_SECONDS, QUIET_SECONDS, GivingBack, give_all_back
from tokenwatch.engine.once import catch_up


class Given:
    """Counts how often something was given back."""

    def __init__(self) -> None:
        self.times = 0
        self.back = GivingBack(self)

    def __call__(self) -> None:
        self.times += 1

    def turn(self, now: float, *, busy: bool = False) -> int:
        self.back.turn(now, busy=busy)
        return self.times


def test_without_work_nothing_is_given_back_and_no_turn_is_asked_for() -> None:
    given = Given()
    assert [given.turn(now) for now in (0.0, 100.0, 10_000.0)] == [0, 0, 0]
    assert given.back.left(10_000.0) == inf


def test_it_is_given_back_once_when_the_work_has_ended() -> None:
    given = Given()
    given.back.work(100.0)
    assert given.turn(100.0) == 0
    assert given.back.left(100.5) == QUIET_SECONDS - 0.5
    assert given.turn(100.0 + QUIET_SECONDS) == 1
    assert given.back.left(100.0 + QUIET_SECONDS) == inf
    assert given.turn(1000.0) == 1


def test_a_burst_counts_as_one_piece_of_work() -> None:
    given = Given()
    for second in range(10):
        given.back.work(100.0 + second)
        assert given.turn(100.0 + second) == 0
    assert given.turn(109.0 + QUIET_SECONDS) == 1


def test_while_something_is_pending_nothing_is_given_back_and_no_turn_is_asked_for() -> None:
    given = Given()
    given.back.work(100.0)
    assert given.turn(500.0, busy=True) == 0
    assert given.back.left(500.0) == inf
    assert given.turn(500.1) == 1


def test_it_is_not_given_back_more_often_than_once_a_minute() -> None:
    given = Given()
    given.back.work(100.0)
    first = 100.0 + QUIET_SECONDS
    assert given.turn(first) == 1
    given.back.work(first + 1)
    assert given.turn(first + 10) == 1
    assert given.back.left(first + 10) == EVERY_SECONDS - 10
    assert given.turn(first + EVERY_SECONDS) == 2


def test_the_engine_gives_back_on_its_own_thread_after_it_looked_and_after_lines_came(
    desk: Desk, start: Start, hurry: Hurry, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = SimpleQueue[tuple[str, bool]]()

    def give() -> None:
        given.put((threading.current_thread().name, running.engine._core.books.pending))

    monkeypatch.setattr(engine_module, "GivingBack", lambda _: GivingBack(give))
    desk.use(1, 10)
    running = start()
    running.until_read()
    hurry(running, QUIET_SECONDS)
    assert given.get(timeout=PATIENCE) == ("tokenwatch-engine", False)
    hurry(running, EVERY_SECONDS)
    while not given.empty():  # an event of the first file may have come late
        given.get()
    desk.use(2, 20)
    running.until_tokens(30)
    hurry(running, EVERY_SECONDS)
    assert given.get(timeout=PATIENCE) == ("tokenwatch-engine", False)


def test_the_ledgers_connections_keep_no_pages_and_answer_as_before(agents_home: Paths) -> None:
    books = Books(agents_home, MovableClock(), Settings(timezone="UTC"))
    assert books.open()
    catch_up(books)
    assert books.queries is not None
    before = (books.queries.requests(), books.queries.sums(by=("model",)))
    give_all_back(books)
    give_all_back(books)
    assert (books.queries.requests(), books.queries.sums(by=("model",))) == before
    books.close()
    give_all_back(books)  # there is nothing left to ask
