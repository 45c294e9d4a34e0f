"""Two lanes: what is metered and what plans cover, by agent, account and day; budgets of any scope; burn."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from tests.insight.conftest import CENT, Book
from tokenwatch.base.billing import Billing, Budget, Plan
from tokenwatch.base.clock import day_of, to_ms
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Burn, Usual
from tokenwatch.insight.burn import BurnWindows
from tokenwatch.insight.month import outlook

FEE = 20 * NANO


def seen(book: Book, now: str, settings: Settings, first: date | None = None):
    at = book.ms(now)
    today = day_of(at, book.zone)
    return outlook(book.queries, first or today, today, at, book.zone, settings, 1)


def test_plan_holds_between_its_dates_only(book: Book) -> None:
    plan = Plan("ann", fee=FEE, since=date(2026, 6, 10), until=date(2026, 6, 20))
    for day in (9, 10, 19, 20):
        book.use(f"2026-06-{day:02d} 10:00", 100)
    month, _ = seen(book, "2026-06-30 12:00", Settings(plans=(plan,)))
    assert [day.metered // CENT for day in month.days if day.listed] == [100, 0, 0, 100]
    assert (month.fees, month.spent) == (FEE, FEE + 200 * CENT)


def test_fee_of_a_plan_counts_in_the_months_it_holds_in(book: Book) -> None:
    plans = (
        Plan("ann", name="old", fee=17 * NANO, until=date(2026, 5, 15)),
        Plan("ann", name="new", fee=FEE, since=date(2026, 5, 15)),
    )
    book.use("2026-04-02 10:00", 1)
    fees = [
        seen(book, "2026-07-02 10:00", Settings(plans=plans), date(2026, month, 1))[0].fees // NANO
        for month in (4, 5, 6)
    ]
    assert fees == [17, 37, 20]


def test_accounts_of_one_agent_may_be_billed_in_different_ways(book: Book) -> None:
    book.use("2026-06-03 10:00", 100, provider="anthropic")
    book.use("2026-06-03 11:00", 40, provider="openai")
    plan = Plan("ann", "openai", fee=FEE)
    month, _ = seen(book, "2026-06-04 10:00", Settings(plans=(plan,)))
    assert (month.metered, month.listed) == (100 * CENT, 140 * CENT)
    undated = Settings(billing=(("ann/openai", Billing("plan", FEE)),))
    assert seen(book, "2026-06-04 10:00", undated)[0].spent == month.spent


def test_row_of_an_account_goes_before_that_of_the_agent(book: Book) -> None:
    book.use("2026-06-03 10:00", 100, provider="anthropic")
    book.use("2026-06-03 11:00", 40, provider="openai")
    plans = (Plan("ann", "anthropic", mode="metered"), Plan("ann", fee=FEE))
    assert seen(book, "2026-06-04 10:00", Settings(plans=plans))[0].metered == 100 * CENT


def test_overage_is_what_goes_beyond_the_plan_in_the_month(book: Book) -> None:
    plan = Plan("ann", mode="overage", fee=FEE, included=150 * CENT)
    for day in (28, 29, 30, 31):
        book.use(f"2026-05-{day} 10:00", 100)
    for day in (1, 2, 3):
        book.use(f"2026-06-{day:02d} 10:00", 100)
    book.use("2026-06-03 11:00", 7, "bob")
    month, _ = seen(book, "2026-06-04 10:00", Settings(plans=(plan,)))
    assert [day.metered // CENT for day in month.days] == [0, 50, 107, 0]
    assert (month.extra, month.metered, month.spent) == (150 * CENT, 157 * CENT, FEE + 157 * CENT)
    assert month.last_month == FEE + 250 * CENT


def test_fee_in_another_currency_is_converted_by_its_rate(book: Book) -> None:
    book.use("2026-06-01 10:00", 1)
    plan = Plan("bob", fee=92 * NANO, currency="EUR")
    known = Settings(plans=(plan,), rates=(("EUR", 920_000_000),))
    assert seen(book, "2026-06-04 10:00", known)[0].fees == 100 * NANO
    unknown = Settings(plans=(plan,))
    assert seen(book, "2026-06-04 10:00", unknown)[0].fees == 0
    assert unknown.lanes().unconverted == (plan,)
    assert replace(unknown, fetched_rates=(("EUR", 920_000_000),)).lanes().unconverted == ()


def test_month_may_begin_on_another_day(book: Book) -> None:
    for day in ("2026-05-14", "2026-05-15", "2026-06-14", "2026-06-15"):
        book.use(f"{day} 10:00", 100)
    month, _ = seen(book, "2026-06-10 10:00", Settings(month_start=15))
    assert (month.first, month.last, month.label) == (date(2026, 5, 15), date(2026, 6, 14), "2026-05")
    month, _ = seen(book, "2026-06-20 10:00", Settings(month_start=15), date(2026, 5, 15))
    assert month.spent == 200 * CENT


@pytest.mark.parametrize(
    ("budget", "used"),
    [
        (Budget("b", NANO, "day"), 7),
        (Budget("b", NANO, "week"), 27),
        (Budget("b", NANO, "month"), 2057),
        (Budget("b", NANO, "month", "listed"), 157),
        (Budget("b", NANO, "month", agent="ann"), 57),
        (Budget("b", NANO, "month", "listed", agent="bob"), 100),
        (Budget("b", NANO, "month", "paid", agent="bob"), 0),
        (Budget("b", NANO, "week", project="acme"), 20),
        (Budget("b", NANO, "month", "listed", project="acme"), 120),
        (Budget("b", NANO, "month", "listed", agent="bob", project="/home/acme"), 100),
    ],
)
def test_budgets_count_what_they_are_about(book: Book, budget: Budget, used: int) -> None:
    book.use("2026-06-02 10:00", 30)
    book.use("2026-06-03 10:00", 100, "bob", project="/home/acme")
    book.use("2026-06-08 10:00", 20, project="/home/acme")
    book.use("2026-06-10 10:00", 7)
    settings = Settings(budgets=(budget,), plans=(Plan("bob", fee=FEE),))
    _, (found,) = seen(book, "2026-06-10 12:00", settings)
    assert found.used == used * CENT


def test_week_of_a_budget_may_begin_in_the_month_before(book: Book) -> None:
    book.use("2026-06-29 10:00", 5)
    book.use("2026-07-01 10:00", 7)
    _, (found,) = seen(book, "2026-07-01 12:00", Settings(budgets=(Budget("b", NANO, "week"),)))
    assert (found.used, found.label, found.first) == (12 * CENT, "2026-W27", date(2026, 6, 29))


def test_usual_day_and_hour_are_learnt_from_the_last_weeks(book: Book) -> None:
    assert seen(book, "2026-06-01 10:00", Settings())[0].usual == Usual()
    for day in range(1, 30):
        if date(2026, 6, day).weekday() < 5:
            book.use(f"2026-06-{day:02d} 10:00", 100)
            book.use(f"2026-06-{day:02d} 15:00", 300)
    usual = seen(book, "2026-06-30 09:00", Settings())[0].usual
    assert (usual.day, usual.dear_day) == (400 * CENT, 400 * CENT)
    assert (usual.hour, usual.dear_hour) == (300 * CENT, 300 * CENT)
    weekend = seen(book, "2026-06-28 09:00", Settings())[0].usual
    assert weekend.day == 0


def test_burn_counts_by_the_time_of_the_event_not_of_reading() -> None:
    now = to_ms(datetime(2026, 6, 1, 12, tzinfo=UTC))
    windows = BurnWindows()
    for minutes, cost in (
        (0, 1),
        (4, 10),
        (5, 100),
        (29, 1_000),
        (59, 10_000),
        (61, 100_000),
        (359, 10**6),
        (361, 10**7),
    ):
        windows.add(now - minutes * 60_000, "ann", "s1" if minutes != 59 else "s2", cost)
    windows.add(now + 120_000, "ann", "s1", 10**9)
    assert windows.figures(now) == Burn(11, 1_111, 11_111, 1_111_111, ("ann", "s2"), 10_000)
    assert windows.figures(now + 120_000).minutes_5 == 10**9 + 1
    assert windows.figures(now + 10**9) == Burn()
