"""When newer prices are fetched, and what they change: the present month, never a closed one unsaid."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest

from tests.engine.conftest import DAY, NOW, Desk
from tokenwatch.base.errors import RemoteError
from tokenwatch.base.settings import Settings
from tokenwatch.engine.books import Books
from tokenwatch.engine.once import catch_up
from tokenwatch.engine.updates import WEEK_MS, Updates
from tokenwatch.pricing.listing import Listing
from tokenwatch.pricing.overrides_file import add_alias, add_price

NOTHING = Listing("0", ())
WEEKLY = Settings(update_rates="weekly")


class Counting:
    """Answers with rates; every fetch is counted and waited for."""

    def __init__(self) -> None:
        self.asked = 0
        self.fails = False

    def get(self, *given: Any) -> Any:
        self.asked += 1
        if self.fails:
            raise RemoteError("api.frankfurter.dev could not be reached.")
        return {"base": "USD", "date": "2026-11-20", "rates": {"EUR": 1}}


class Fetching:
    def __init__(self, desk: Desk) -> None:
        self.transport = Counting()
        self.heard: list[tuple[str, ...]] = []
        self._told = threading.Event()
        self.updates = Updates(desk.paths, desk.clock.now, self._done, self.transport)

    def _done(self, problems: tuple[str, ...]) -> None:
        self.heard.append(problems)
        self._told.set()

    def ask(self, settings: Settings) -> int:
        """How often was asked by now."""
        self._told.clear()
        before = self.transport.asked
        self.updates.fetch_if_due(settings, NOTHING)
        done = threading.Event()
        self.updates._thread.submit(done.set)
        assert done.wait(5)
        return self.transport.asked - before


@pytest.fixture
def fetching(desk: Desk):
    made = Fetching(desk)
    yield made
    made.updates.stop()


def test_nothing_is_fetched_without_consent(fetching: Fetching) -> None:
    assert fetching.ask(Settings()) == 0


def test_with_consent_it_is_fetched_once_a_week(desk: Desk, fetching: Fetching) -> None:
    import time

    desk.clock.set(int(time.time() * 1000))  # files are dated by the system
    assert [fetching.ask(WEEKLY), fetching.ask(WEEKLY)] == [1, 0]
    desk.clock.advance(WEEK_MS / 1000 - 60)
    assert fetching.ask(WEEKLY) == 0
    desk.clock.advance(120)
    assert fetching.ask(WEEKLY) == 1


def test_fetch_that_fails_is_said_and_tried_again_hours_later(desk: Desk, fetching: Fetching) -> None:
    fetching.transport.fails = True
    assert [fetching.ask(WEEKLY), fetching.ask(WEEKLY)] == [1, 0]
    assert fetching.heard == [("api.frankfurter.dev could not be reached.",)]
    desk.clock.advance(6 * 3600)
    assert fetching.ask(WEEKLY) == 1


# Restatements


def opened(desk: Desk) -> Books:
    books = Books(desk.paths, desk.clock, desk.settings, by_id=desk.readers)
    assert books.open()
    catch_up(books)
    return books


def test_model_that_gets_a_price_is_repriced_and_a_closed_month_says_so(desk: Desk) -> None:
    desk.use(1, 1000, model="nobody-1", ago=30 * 86_400)
    desk.use(2, 1000, model="nobody-1")
    desk.use(3, 1000)
    books = opened(desk)
    add_price(desk.paths.price_overrides, "nobody-1", {"input": "1", "output": "2"})
    assert books.reload_prices()
    assert books.queries is not None
    assert books.unpriced() == ()
    (found,) = books.queries.restatements()
    assert (found.month, found.before, found.after, found.requests) == ("2026-10", 0, 2_000_000, 1)
    assert found.prices == books.pricer.version
    assert not books.reload_prices()
    books.close()


def test_alias_gives_the_price_of_another_model(desk: Desk) -> None:
    desk.use(1, 1000, model="nobody-1")
    books = opened(desk)
    add_alias(desk.paths.price_overrides, "nobody-1", "claude-opus-4-5")
    assert books.reload_prices()
    assert books.unpriced() == ()
    books.close()


def test_price_that_changed_leaves_a_closed_month_as_it_is(desk: Desk) -> None:
    desk.use(1, 1000, model="nobody-1", ago=30 * 86_400)
    books = opened(desk)
    add_price(desk.paths.price_overrides, "nobody-1", {"input": "1", "output": "2"})
    books.reload_prices()
    add_price(desk.paths.price_overrides, "nobody-1", {"input": "1", "output": "9"}, since=date(2020, 1, 1))
    assert not books.reload_prices()
    assert books.queries is not None
    assert sum(each.listed for each in books.queries.sums()) == 2_000_000
    assert books.reload_prices(everything=True)
    assert [(each.before, each.after) for each in books.queries.restatements("2026-10")][-1] == (2_000_000, 9_000_000)
    books.close()
    assert NOW and DAY
