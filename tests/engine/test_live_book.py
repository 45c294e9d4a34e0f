"""What is remembered of the last day: hours, peaks, ends, and what happened while nobody looked."""

from __future__ import annotations

import pytest

from tests.engine.conftest import HOUR, MINUTE, NOW, Desk
from tokenwatch.base.interval import End
from tokenwatch.base.session import Confidence, State
from tokenwatch.base.usage import Context, Record
from tokenwatch.engine.books import Books
from tokenwatch.engine.live_book import LiveBook
from tokenwatch.insight.agent_hours import Hours
from tokenwatch.ledger.change import Change
from tokenwatch.live.open_session import OpenSession


def one(state: State, session: str = "s1", since: int | None = None) -> OpenSession:
    return OpenSession("toy", session, state, Confidence.EXACT, since=since)


def worked(book: LiveBook, minutes: int, begin: int = NOW, session: str = "s1") -> None:
    for minute in range(minutes + 1):
        book.look([one(State.WORKING, session, begin)], begin + minute * MINUTE)
    book.look([], begin + minutes * MINUTE)


def use(book: LiveBook, at: int, tokens: int, listed: int) -> None:
    record = Record(Context("toy", "s1", "m1"), at, 0, at, output=tokens)
    book.feed("s1", Change(record, tokens, 0, listed))


@pytest.fixture
def books(desk: Desk):
    made = Books(desk.paths, desk.clock, desk.settings, by_id=desk.readers)
    assert made.open()
    yield made
    made.close()


def test_hours_and_the_peak_of_today() -> None:
    book = LiveBook()
    worked(book, 30)
    worked(book, 10, NOW + 40 * MINUTE, "s2")
    use(book, NOW, 500, 60)
    assert book.hours(NOW, NOW + HOUR) == Hours(working=40 * MINUTE)
    peak = book.peak(NOW - MINUTE, NOW + HOUR)
    assert (peak.working, peak.working_at, peak.tokens_5m) == (1, NOW, 100.0)


def test_a_peak_of_this_minute_is_now_and_not_later() -> None:
    book = LiveBook()
    use(book, NOW, 500, 60)
    peak = book.peak(NOW - MINUTE, NOW + 1)
    assert (peak.tokens_at, peak.cost_at) == (NOW + 1, NOW + 1)


def test_what_happened_while_nobody_looked_is_told_until_it_is_closed_again() -> None:
    book = LiveBook()
    book.show(False, NOW - MINUTE)
    worked(book, 30)
    use(book, NOW + 5 * MINUTE, 500, 60)
    until = NOW + 2 * HOUR
    book.show(True, until)
    over = [
        one(State.ENDED, "a", NOW + MINUTE),
        one(State.CRASHED, "b", NOW + HOUR),
        one(State.ENDED, "c", NOW - HOUR),
    ]
    away = book.away(over, [], {("toy", "s1"): "shop"}, until)
    assert away is not None
    assert (away.since, away.until, away.working_ms) == (NOW - MINUTE, until, 30 * MINUTE)
    assert (away.tokens, away.listed, away.finished, away.crashed) == (500, 60, 1, 1)
    assert [(lane.session, lane.project) for lane in away.sessions] == [("s1", "shop")]
    book.show(False, until + MINUTE)
    assert book.away(over, [], {}, until + MINUTE) is None


def test_a_short_time_away_is_not_told() -> None:
    book = LiveBook()
    book.show(False, NOW)
    book.show(True, NOW + 29 * MINUTE)
    assert book.away([], [], {}, NOW + 29 * MINUTE) is None
    assert LiveBook().away([], [], {}, NOW) is None


def test_what_is_seen_is_kept_and_known_by_the_next_run(books: Books) -> None:
    first = LiveBook()
    first.keep(books, [one(State.WORKING, since=NOW - 10 * MINUTE), one(State.CRASHED, "s2", NOW - MINUTE)], NOW)
    assert first.ends(books, NOW) == [End("toy", "s2", NOW - MINUTE, True)]
    assert books.queries is not None
    second = LiveBook()
    second.recall(books.queries, NOW)
    assert second.hours(NOW - HOUR, NOW) == Hours(working=10 * MINUTE)


def test_what_is_usual_needs_some_days(books: Books) -> None:
    assert LiveBook().usual_cost(books, NOW) is None


def test_a_ledger_that_is_gone_is_not_asked(desk: Desk) -> None:
    closed = Books(desk.paths, desk.clock, desk.settings, by_id=desk.readers)
    book = LiveBook()
    book.keep(closed, [one(State.WORKING, since=NOW - MINUTE)], NOW)
    assert (book.ends(closed, NOW), book.usual_cost(closed, NOW)) == ([], None)
    assert book.hours(NOW - HOUR, NOW) == Hours(working=MINUTE)
