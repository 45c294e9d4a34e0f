"""Rows add up to their totals by every key, sub-agents count to who started them, and a detail is its row."""

from __future__ import annotations

from datetime import date

import pytest

from tests.insight.conftest import CENT, Book
from tokenwatch.base.billing import Plan
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.usage import Tokens
from tokenwatch.insight.breakdown import MOST_SESSIONS, Breakdown, Question, Row, breakdown, detail

KEYS = ["project", "model", "agent", "session", "day"]
JUNE = {"since": date(2026, 6, 1), "until": date(2026, 6, 30)}
PLANS = Settings(billing=(("bob", Billing("plan", 20 * 10**9)),))


def june(book: Book) -> None:
    """110 cents by two agents in two projects on three days, and ten cents in May."""
    book.use("2026-05-31 23:50", 10, project="/work/old")
    book.use("2026-06-01 00:00", 40, project="/work/api", session="s1")
    book.use("2026-06-02 10:00", 30, project="/work/api", session="s1", model="m2", input=5, cache_read=7)
    book.use("2026-06-02 10:20", 20, project="/work/docs", session="s2")
    book.use("2026-06-30 23:59", 20, agent="bob", project="/work/docs", session="s3")


def asked(book: Book, settings: Settings = PLANS, **more: object) -> Breakdown:
    return breakdown(book.queries, Question(**{**JUNE, **more}), book.zone, settings)  # type: ignore[arg-type]


def summed(rows: tuple[Row, ...]) -> tuple[Tokens, int, int, int]:
    tokens = Tokens()
    for row in rows:
        tokens = tokens + row.tokens
    return (
        tokens,
        sum(row.listed for row in rows),
        sum(row.metered for row in rows),
        sum(row.unpriced for row in rows),
    )


@pytest.mark.parametrize("by", KEYS)
def test_rows_add_up_to_the_totals(book: Book, by: str) -> None:
    june(book)
    book.use("2026-06-03 09:00", 5, model="unknown", session="s4")
    found = asked(book, by=by)
    totals = found.totals
    assert summed(found.rows) == (totals.tokens, totals.listed, totals.metered, totals.unpriced)
    assert totals.listed == (110 + 5 + 7) * CENT
    assert totals.unpriced == 1
    if by != "day":  # a session may last over midnight
        assert sum(row.sessions for row in found.rows) >= totals.sessions == 4


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("project", [("/work/api", 82), ("/work/docs", 40)]),
        ("model", [("m1", 80), ("m2", 42)]),
        ("agent", [("ann", 102), ("bob", 20)]),
        ("session", [("s1", 82), ("s2", 20), ("s3", 20)]),
        ("day", [("2026-06-02", 62), ("2026-06-01", 40), ("2026-06-30", 20)]),
    ],
)
def test_rows_stand_by_what_they_cost(book: Book, by: str, rows: list[tuple[str, int]]) -> None:
    june(book)
    assert [(row.key, row.listed // CENT) for row in asked(book, by=by).rows] == rows


def test_what_is_inside_a_plan_is_not_paid_by_use(book: Book) -> None:
    june(book)
    docs = asked(book).rows[1]
    assert (docs.key, docs.metered, docs.listed, docs.covered) == ("/work/docs", 20 * CENT, 40 * CENT, True)
    assert docs.agents == (("ann", 20 * CENT), ("bob", 20 * CENT))


def test_filters_leave_out_the_others(book: Book) -> None:
    june(book)
    assert asked(book, agents=("bob",)).totals.listed == 20 * CENT
    assert asked(book, paid="metered").totals.listed == 102 * CENT
    assert [row.key for row in asked(book, paid="plan", by="agent").rows] == ["bob"]


def test_a_fee_counts_on_the_first_of_each_month_within(book: Book) -> None:
    june(book)
    fee = 20 * 10**9
    assert asked(book).fees == fee
    assert asked(book, since=date(2026, 6, 2)).fees == 0
    assert asked(book, since=date(2026, 4, 15), until=date(2026, 6, 1)).fees == 2 * fee
    assert asked(book, paid="metered").fees == asked(book, agents=("ann",)).fees == 0


@pytest.mark.parametrize("dated", [False, True], ids=["plan for ever", "plan from a day on"])
@pytest.mark.parametrize(
    ("paid", "by", "sessions"),
    [
        ("any", "project", {"/work/api": 2, "/work/docs": 3}),
        ("any", "agent", {"ann": 2, "bob": 2}),
        ("any", "model", {"m1": 4, "m2": 1}),
        ("metered", "project", {"/work/api": 1, "/work/docs": 2}),
        ("plan", "project", {"/work/api": 1, "/work/docs": 1}),
    ],
)
def test_a_row_counts_each_session_that_a_person_began_once(
    book: Book, dated: bool, paid: str, by: str, sessions: dict[str, int]
) -> None:
    june(book)
    book.use("2026-06-05 10:00", 1, project="/work/docs", session="s1")
    book.use("2026-06-05 10:01", 1, project="/work/docs", session="inner", parent_session="s2", agent_id="helper")
    book.use("2026-06-05 10:02", 1, agent="bob", project="/work/api", session="s4")
    plan = Plan("bob", mode="plan", fee=20 * 10**9, since=date(2020, 1, 1))
    settings = Settings(plans=(plan,)) if dated else PLANS
    found = asked(book, settings, by=by, paid=paid)
    assert {row.key: row.sessions for row in found.rows} == sessions
    assert found.totals.sessions == {"any": 4, "metered": 2, "plan": 2}[paid]


def test_without_days_everything_counts(book: Book) -> None:
    june(book)
    found = asked(book, since=None, until=None)
    assert found.since == date(2026, 5, 31)
    assert found.totals.listed == 132 * CENT


def test_an_empty_ledger_has_no_rows(book: Book) -> None:
    found = asked(book, since=None, until=None)
    assert (found.rows, found.since, found.totals.sessions) == ((), None, 0)
    assert detail(book.queries, found.question, "x", date(2026, 6, 18), book.zone, PLANS).sessions == ()


def test_a_sub_agent_with_a_session_of_its_own_counts_to_who_started_it(book: Book) -> None:
    book.use("2026-06-01 10:00", 40, session="s1")
    book.use("2026-06-01 10:01", 10, session="inner", parent_session="s1", agent_id="helper")
    found = asked(book, by="session")
    assert [(row.key, row.listed // CENT) for row in found.rows] == [("s1", 50)]
    assert found.totals.sessions == book.queries.session_count(0, book.ms("2026-07-01")) == 1


def test_a_row_of_a_session_knows_its_project_and_main_model(book: Book) -> None:
    june(book)
    first = asked(book, by="session").rows[0]
    assert (first.project, first.model) == ("/work/api", "m2")


@pytest.mark.parametrize("by", KEYS)
def test_a_detail_adds_up_to_its_row(book: Book, by: str) -> None:
    june(book)
    found = asked(book, by=by)
    for row in found.rows:
        inner = detail(book.queries, found.question, row.key, date(2026, 6, 30), book.zone, PLANS)
        assert sum(cost for _, _, cost in inner.parts) == row.listed
        assert sum(cost for _, cost in inner.days) == row.listed
        assert sum(session.listed for session in inner.sessions) == row.listed
        assert [day for day, _ in inner.days] == sorted({day for day, _ in inner.days})
        assert len(inner.days) == 30


def test_a_detail_lists_the_most_expensive_sessions_and_when_they_were(book: Book) -> None:
    for number in range(8):
        book.use(f"2026-06-0{number + 1} 08:00", 10 + number, session=f"s{number}")
        book.use(f"2026-06-0{number + 1} 09:30", 1, session=f"s{number}")
    found = asked(book)
    inner = detail(book.queries, found.question, "", date(2026, 6, 18), book.zone, PLANS)
    assert [session.session for session in inner.sessions] == ["s7", "s6", "s5", "s4", "s3"]
    assert len(inner.sessions) == MOST_SESSIONS
    assert inner.sessions[0].last - inner.sessions[0].first == 90 * 60_000
    assert inner.days[-1] == (date(2026, 6, 18), 0)


@pytest.mark.parametrize("by", KEYS)
def test_what_is_estimated_is_counted_apart(book: Book, by: str) -> None:
    june(book)
    book.use("2026-06-02 10:30", 9, agent="cat", model="m9", project="/work/est", session="s9", estimated=1)
    found = asked(book, by=by)
    assert (found.totals.estimated, found.totals.estimated_tokens) == (1, 9)
    assert sum(row.estimated_tokens for row in found.rows) == 9
    marked = [row.key for row in found.rows if row.estimated]
    assert marked == [
        {"project": "/work/est", "model": "m9", "agent": "cat", "session": "s9", "day": "2026-06-02"}[by]
    ]
    inner = detail(book.queries, found.question, marked[0], date(2026, 6, 30), book.zone, PLANS)
    assert inner.estimated == {("cat", "m9")}
    assert [use.session for use in inner.sessions if use.estimated] == ["s9"]
