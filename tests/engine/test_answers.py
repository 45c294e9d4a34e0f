"""Answers of the ledger: never older than they may be, and not asked for more often than they change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date
from typing import Any

import pytest

from tests.engine.conftest import DAY, HOUR, NANO_A_TOKEN, Desk
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.usage import Tokens
from tokenwatch.engine import answers as answers_module
from tokenwatch.engine.answers import Answers
from tokenwatch.engine.books import Books
from tokenwatch.engine.compose import UNKNOWN_USE, Used
from tokenwatch.engine.once import catch_up
from tokenwatch.ledger.queries import Queries


class Counting(Queries):
    """The real questions, counted by name."""

    asked: Counter[str]
    fails = False

    def _count(self, name: str) -> None:
        self.asked[name] += 1
        if self.fails:
            raise LedgerError("The ledger is gone.")

    def session_count(self, *given: Any) -> int:
        self._count("month")
        return super().session_count(*given)

    def requests(self) -> dict[str, int]:
        self._count("requests")
        return super().requests()

    def skipped(self) -> dict[str, dict[str, int]]:
        self._count("skipped")
        return super().skipped()

    def session_parts(self, *given: Any) -> Any:
        self._count("session")
        return super().session_parts(*given)


class Questioned:
    """Answers from books in which 10 tokens were used, and what was asked for them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.use(1, 10)
        self.books = Books(desk.paths, desk.clock, desk.settings, by_id=desk.readers)
        assert self.books.open()
        catch_up(self.books)
        assert self.books.queries is not None
        self.books.queries.close()
        self.queries = Counting(desk.paths.ledger)
        self.queries.asked = Counter()
        self.books.queries = self.queries
        self.answers = Answers(self.books)

    def ask(self, *, quick: bool = False) -> dict[str, int]:
        """What was asked for this time."""
        self.queries.asked.clear()
        self.answers.ask(self.desk.clock.now(), UTC, quick=quick)
        return dict(self.queries.asked)

    def use(self, number: int, out: int, **more: Any) -> None:
        """A line that is entered, of which the answers are told."""
        self.desk.use(number, out, **more)
        self.books.plan()
        self.answers.outdate(self.books.step().sessions)

    @property
    def tokens(self) -> int:
        assert self.answers.month is not None
        return self.answers.month.tokens


ALL = {"month": 1, "requests": 1, "skipped": 1}
MONTH = {"month": 1}


@pytest.fixture
def questioned(desk: Desk) -> Iterator[Questioned]:
    made = Questioned(desk)
    yield made
    made.books.close()


def test_before_anything_is_asked_nothing_is_known(questioned: Questioned) -> None:
    answers = questioned.answers
    assert (answers.month, answers.latest, answers.asked) == (None, None, 0)
    assert (answers.requests, answers.skipped, answers.unpriced) == ({}, {}, ())


def test_what_did_not_change_is_asked_once(questioned: Questioned) -> None:
    assert questioned.ask() == ALL
    for _ in range(20):
        questioned.desk.clock.advance(10)
        assert questioned.ask() == {}


def test_what_was_committed_is_in_the_next_answer(questioned: Questioned) -> None:
    questioned.ask()
    questioned.desk.clock.advance(1)
    questioned.use(2, 20, s="s2")
    assert questioned.answers.behind
    assert questioned.ask() == MONTH
    assert (questioned.tokens, questioned.answers.behind, questioned.answers.asked) == (30, False, 2)
    assert questioned.answers.latest is not None and questioned.answers.latest[1] == "s2"


def test_who_is_quick_leaves_what_was_committed_for_later(questioned: Questioned) -> None:
    assert questioned.ask(quick=True) == ALL
    questioned.use(2, 20)
    assert questioned.ask(quick=True) == {}
    assert (questioned.tokens, questioned.answers.behind) == (10, True)
    assert questioned.ask() == MONTH
    assert questioned.tokens == 30


@pytest.mark.parametrize("quick", [False, True])
def test_a_day_that_turned_is_asked_for_at_once(questioned: Questioned, quick: bool) -> None:
    questioned.ask()
    questioned.desk.clock.advance(DAY / 1000)
    assert questioned.ask(quick=quick) == ALL
    assert questioned.answers.month is not None and questioned.answers.month.today == date(2026, 11, 24)


@pytest.mark.parametrize("quick", [False, True])
def test_whatever_was_asked_may_be_forgotten(questioned: Questioned, quick: bool) -> None:
    questioned.ask()
    questioned.answers.forget()
    assert questioned.ask(quick=quick) == ALL


def test_a_forecast_is_asked_for_again_after_five_minutes(questioned: Questioned) -> None:
    questioned.ask()
    questioned.desk.clock.advance(299)
    assert questioned.ask() == {}
    questioned.desk.clock.advance(1)
    assert questioned.ask(quick=True) == MONTH


def test_a_clock_that_was_set_back_makes_no_answer_last_longer(questioned: Questioned) -> None:
    questioned.ask()
    questioned.use(2, 20)
    questioned.desk.clock.set(questioned.desk.clock.now() - HOUR)
    assert questioned.ask() == ALL


def test_what_hardly_changes_is_asked_once_a_minute_while_lines_come(questioned: Questioned) -> None:
    questioned.ask()
    asked: Counter[str] = Counter()
    for number in range(2, 38):
        questioned.desk.clock.advance(5)
        questioned.use(number, 1)
        asked.update(questioned.ask())
    assert asked == {"month": 36, "requests": 3, "skipped": 3}
    assert questioned.answers.requests == {"toy": 37}


def test_after_a_whole_scan_everything_is_asked_for_that_may_have_changed(questioned: Questioned) -> None:
    questioned.ask()
    questioned.answers.scanned()
    assert questioned.ask() == {}
    questioned.desk.write("{torn")
    questioned.use(2, 20, model="nobody-1")
    questioned.answers.scanned()
    assert questioned.ask() == ALL
    answers = questioned.answers
    assert (answers.requests, answers.skipped, answers.unpriced) == (
        {"toy": 2},
        {"toy": {"torn": 1}},
        (("nobody-1", 1),),
    )


def test_a_ledger_that_fails_leaves_the_answers_of_before(questioned: Questioned) -> None:
    questioned.ask()
    questioned.use(2, 20)
    questioned.queries.fails = True
    with pytest.raises(LedgerError):
        questioned.ask()
    assert (questioned.tokens, questioned.answers.behind) == (10, True)
    questioned.queries.fails = False
    assert questioned.ask() == MONTH
    assert questioned.tokens == 30


def test_without_a_ledger_nothing_is_known(desk: Desk) -> None:
    answers = Answers(Books(desk.paths, desk.clock, desk.settings, by_id=desk.readers))
    answers.ask(desk.clock.now(), UTC)
    assert (answers.month, answers.use_of("toy", "s1")) == (None, UNKNOWN_USE)


# Sessions


def test_a_session_is_asked_for_once_and_again_when_something_of_it_was_committed(questioned: Questioned) -> None:
    use_of = questioned.answers.use_of
    for _ in range(3):
        assert use_of("toy", "s1") == Used(Tokens(output=10), 10 * NANO_A_TOKEN, Tokens(output=10), 10 * NANO_A_TOKEN)
    assert questioned.queries.asked["session"] == 1
    questioned.use(2, 20, s="s2")
    use_of("toy", "s1")
    assert questioned.queries.asked["session"] == 1
    questioned.use(3, 30)
    assert use_of("toy", "s1").tokens.output == 10  # as old as the month
    questioned.ask()
    questioned.queries.asked["session"] = 1
    assert use_of("toy", "s1").tokens.output == 40
    questioned.answers.forget(sessions=False)
    use_of("toy", "s1")
    assert questioned.queries.asked["session"] == 2
    questioned.answers.forget()
    use_of("toy", "s1")
    assert questioned.queries.asked["session"] == 3


def test_only_so_many_sessions_are_remembered(questioned: Questioned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers_module, "_MOST_SESSIONS", 5)
    for number in range(30):
        questioned.answers.use_of("toy", f"s{number}")
        assert len(questioned.answers._used) <= 6


def test_an_unpriced_part_makes_a_session_s_cost_unknown(questioned: Questioned) -> None:
    questioned.use(2, 20, model="nobody-1")
    assert questioned.answers.use_of("toy", "s1") == Used(Tokens(output=30), None, Tokens(output=30), None)
