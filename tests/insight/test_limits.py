"""Limits: pace, when a window runs out, what is unknown after a reset, past windows, and estimated blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.insight.conftest import Book
from tokenwatch.base.limits import LimitWindow, Quota
from tokenwatch.insight.limits import BLOCK_MS, History, current, history, limits

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
NOW = 1_770_000_000_000 // HOUR * HOUR
RESET = NOW + 2 * HOUR


def quota(used: float, at: int = NOW, resets_at: int | None = RESET, window: str = "5h") -> Quota:
    return Quota("openai", "plus", window, used, resets_at, at)


def only(windows: tuple[LimitWindow, ...]) -> LimitWindow:
    (window,) = windows
    return window


def seen(book: Book, *readings: Quota, now: int = NOW) -> LimitWindow:
    book.ledger.enter_quotas(readings)
    return only(limits(book.queries.quotas(), history(book.queries, now, ()), now))


def test_pace_is_used_minus_elapsed() -> None:
    window = only(limits((quota(34),), History(), NOW))  # 3 of 5 hours have passed
    assert window.pace_points == pytest.approx(34 - 60)
    assert (window.lasts, window.runs_out_at, window.started_at) == (True, None, RESET - 5 * HOUR)


def test_what_is_ahead_of_an_even_pace_runs_out_on_a_straight_line() -> None:
    window = only(limits((quota(80),), History(), NOW))
    # 80 % in 3 hours: 100 % after 3 h 45 min, an hour and a quarter before the reset.
    assert window.pace_points == pytest.approx(20)
    assert window.runs_out_at == RESET - 5 * HOUR + int(3.75 * HOUR)
    assert window.lasts is False


def test_a_little_ahead_says_nothing_yet() -> None:
    window = only(limits((quota(64),), History(), NOW))
    assert (window.lasts, window.runs_out_at) == (False, None)


def test_the_first_three_percent_have_no_pace() -> None:
    window = only(limits((quota(9, resets_at=NOW + 5 * HOUR - 8 * MINUTE),), History(), NOW))
    assert (window.pace_points, window.runs_out_at) == (None, None)
    assert window.started_at == NOW - 8 * MINUTE


def test_used_up_runs_out_no_more() -> None:
    assert only(limits((quota(100),), History(), NOW)).runs_out_at is None


def test_after_its_reset_a_window_is_unknown_and_not_zero() -> None:
    window = only(limits((quota(80),), History(), RESET + MINUTE))
    assert (window.used_percent, window.resets_at, window.pace_points) == (None, RESET, None)
    assert current((quota(80),), RESET + MINUTE) == ()
    assert current((quota(80),), RESET - 1) == (quota(80),)


def test_a_day_after_its_reset_it_is_forgotten() -> None:
    assert limits((quota(80),), History(), RESET + DAY + 1) == ()


def test_a_reading_without_a_reset_holds_as_long_as_its_window() -> None:
    never = quota(80, resets_at=None)
    assert current((never,), NOW + 5 * HOUR - 1) == (never,)
    assert current((never,), NOW + 5 * HOUR) == ()
    assert only(limits((never,), History(), NOW)).pace_points is None


def test_windows_are_classified_by_length_and_come_shortest_first() -> None:
    found = limits((quota(1, window="7d", resets_at=NOW + DAY), quota(2)), History(), NOW)
    assert [window.window for window in found] == ["5h", "7d"]


def test_course_and_past_windows_come_from_what_was_read(book: Book) -> None:
    window = seen(
        book,
        quota(40, NOW - 9 * HOUR, RESET - 8 * HOUR),
        quota(93, NOW - 7 * HOUR, RESET - 8 * HOUR),
        quota(5, NOW - 2 * HOUR),
        quota(30, NOW - HOUR),
        quota(34, NOW),
    )
    assert window.course == ((NOW - 2 * HOUR, 5.0), (NOW - HOUR, 30.0), (NOW, 34.0))
    assert [(past.ended_at, past.peak) for past in window.past] == [(RESET - 8 * HOUR, 93.0)]


def test_resets_that_tremble_are_one_window(book: Book) -> None:
    window = seen(book, *(quota(n, NOW - (10 - n) * 15 * MINUTE, RESET + n * 1_500) for n in range(11)))
    assert len(window.course) == 11
    assert window.past == ()


def test_a_window_that_was_not_read_again_is_past(book: Book) -> None:
    window = seen(book, quota(100, NOW - HOUR, NOW - MINUTE))
    assert window.used_percent is None
    assert [(past.ended_at, past.peak) for past in window.past] == [(NOW - MINUTE, 100.0)]


def test_identity_stays_within_a_window_and_changes_with_the_next(book: Book) -> None:
    first = seen(book, quota(5, NOW - HOUR))
    later = seen(book, quota(9, NOW, RESET + 2_000))
    following = seen(book, quota(1, RESET + MINUTE, RESET + 5 * HOUR), now=RESET + MINUTE)
    assert first.identity == later.identity == following.past[-1].identity
    assert following.identity != later.identity


def test_leader_is_the_project_with_most_new_tokens_of_the_week(book: Book) -> None:
    book.use(NOW - DAY, 65, agent="codex", project="/work/ledger")
    book.use(NOW - 2 * DAY, 35, agent="codex", project="/work/site")
    book.use(NOW - 12 * DAY, 900, agent="codex", project="/work/long-ago")
    book.use(NOW - DAY, 900, agent="claude-code", project="/work/other")
    window = seen(book, quota(40, window="7d", resets_at=NOW + DAY))
    assert window.leader == ("/work/ledger", 0.65)


def blocks(book: Book, now: int = NOW) -> LimitWindow:
    return only(limits((), history(book.queries, now, ["claude-code"]), now))


def test_a_block_begins_at_the_full_hour_and_lasts_five(book: Book) -> None:
    book.use(NOW - 50 * MINUTE, 7, agent="claude-code")
    book.use(NOW, 5, agent="claude-code")
    window = blocks(book)
    assert (window.estimated, window.used_percent, window.tokens) == (True, None, 12)
    assert (window.started_at, window.resets_at) == (NOW - HOUR, NOW + 4 * HOUR)


def test_the_next_block_begins_with_the_first_response_after_it(book: Book) -> None:
    book.use(NOW - 6 * HOUR + 10 * MINUTE, 40, agent="claude-code")
    book.use(NOW - 2 * HOUR, 30, agent="claude-code")
    book.use(NOW - HOUR + 20 * MINUTE, 7, agent="claude-code")
    window = blocks(book)
    assert (window.started_at, window.tokens) == (NOW - HOUR, 7)
    assert [(past.ended_at, past.peak) for past in window.past] == [(NOW - 6 * HOUR + BLOCK_MS, 70.0)]


def test_no_block_runs_after_five_hours(book: Book) -> None:
    book.use(NOW - 6 * HOUR, 40, agent="claude-code")
    window = blocks(book)
    assert (window.tokens, window.resets_at) == (0, None)


def test_a_reading_makes_estimates_unnecessary(book: Book) -> None:
    book.use(NOW, 40, agent="claude-code")
    book.ledger.enter_quotas([replace(quota(10), provider="anthropic")])
    found = limits(book.queries.quotas(), history(book.queries, NOW, ["claude-code"]), NOW)
    assert [window.estimated for window in found] == [False]


def test_use_that_no_plan_covers_has_no_block(book: Book) -> None:
    book.use(NOW, 40, agent="claude-code")
    assert limits((), history(book.queries, NOW, []), NOW) == ()


@given(used=st.floats(0, 150), ahead=st.integers(-5 * HOUR, 6 * HOUR), age=st.integers(0, 10 * HOUR))
def test_whatever_was_read_the_bounds_hold(used: float, ahead: int, age: int) -> None:
    for window in limits((quota(used, NOW - age, NOW + ahead),), History(), NOW):
        assert (window.used_percent is None) == (ahead <= 0)
        if window.runs_out_at is not None:
            assert window.resets_at is not None
            assert NOW <= window.runs_out_at < window.resets_at
            assert not window.lasts
