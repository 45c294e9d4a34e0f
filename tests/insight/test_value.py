"""What a month's plans gave for their fees, from a real ledger, and what it would come to otherwise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insight.conftest import CENT, Book
from tokenwatch.base.billing import Billing, Plan
from tokenwatch.base.clock import Period, day_of
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.base.usage import Tokens
from tokenwatch.insight.month import month
from tokenwatch.insight.value import MonthUse, PlanValue, Value, value

FEE = 10 * NANO
PLAN = Settings(billing=(("bob", Billing("plan", FEE)),))
"""Agent "bob" is in a plan; "ann" is metered."""
NOW = "2026-06-18 12:00"
JUNE = date(2026, 6, 1)


def shown(book: Book, now: str = NOW, first: date = JUNE, settings: Settings = PLAN) -> Value:
    at = book.ms(now)
    return value(book.queries, first, day_of(at, book.zone), at, book.zone, settings, seed=1)


def every_day(book: Book, first: date, last: date, cents: int, agent: str) -> None:
    for number in range((last - first).days + 1):
        book.use(f"{first + timedelta(days=number)} 09:00", cents, agent)


def test_a_plan_gives_what_it_covered_at_list_prices(book: Book) -> None:
    book.use("2026-06-01 10:00", 400, "bob")
    book.use("2026-06-03 10:00", 700, "bob")
    book.use("2026-06-03 11:00", 50)
    found = shown(book, "2026-06-04 09:00")
    (plan,) = found.plans
    assert plan.days == (400 * CENT, 0, 700 * CENT, 0)
    assert (plan.fee, plan.total, plan.times) == (FEE, 1100 * CENT, 1.1)
    assert (found.paid, found.listed, found.inside) == (FEE + 50 * CENT, 1150 * CENT, 1100 * CENT)


def test_it_is_paid_back_on_the_day_on_which_it_gave_its_fee(book: Book) -> None:
    book.use("2026-06-01 10:00", 400, "bob")
    book.use("2026-06-03 10:00", 600, "bob")
    book.use("2026-06-05 10:00", 600, "bob")
    (plan,) = shown(book).plans
    assert plan.paid_back(JUNE) == date(2026, 6, 3)


def test_a_plan_that_gave_less_is_not_paid_back(book: Book) -> None:
    book.use("2026-06-01 10:00", 999, "bob")
    (plan,) = shown(book).plans
    assert plan.paid_back(JUNE) is None


def test_a_plan_that_was_not_used_is_there_all_the_same(book: Book) -> None:
    book.use("2026-06-01 10:00", 5)
    (plan,) = shown(book).plans
    assert (plan.total, plan.times) == (0, 0.0)


def test_a_plan_with_overage_gives_only_what_it_covers(book: Book) -> None:
    settings = Settings(billing=(("bob", Billing("overage", FEE, included=300 * CENT)),))
    book.use("2026-06-01 10:00", 200, "bob")
    book.use("2026-06-02 10:00", 200, "bob")
    found = shown(book, "2026-06-02 12:00", settings=settings)
    assert found.plans[0].days == (200 * CENT, 100 * CENT)
    assert found.metered == 100 * CENT


def test_a_fee_in_a_currency_without_a_rate_is_not_known(book: Book) -> None:
    book.use("2026-06-01 10:00", 5, "bob")
    (plan,) = shown(book, settings=Settings(plans=(Plan("bob", fee=FEE, currency="CHF"),))).plans
    assert (plan.fee, plan.times, plan.paid_back(JUNE)) == (None, None, None)


def test_plans_of_other_months_are_not_there(book: Book) -> None:
    given_up = Plan("bob", name="old", fee=FEE, until=date(2026, 6, 1))
    taken = Plan("bob", name="new", fee=2 * FEE, since=date(2026, 6, 10))
    every_day(book, date(2026, 5, 20), date(2026, 6, 18), 10, "bob")
    found = shown(book, settings=Settings(plans=(given_up, taken)))
    assert [plan.plan.name for plan in found.plans] == ["new"]
    assert found.plans[0].total == 9 * 10 * CENT, "from the 10th to the 18th"


def test_the_dearest_plan_comes_first(book: Book) -> None:
    settings = Settings(billing=(("ann", Billing("plan", FEE)), ("bob", Billing("plan", 3 * FEE))))
    book.use("2026-06-01 10:00", 5)
    assert [plan.plan.agent for plan in shown(book, settings=settings).plans] == ["bob", "ann"]


def test_what_is_paid_is_what_the_month_says(book: Book) -> None:
    every_day(book, date(2026, 4, 20), date(2026, 6, 18), 120, "bob")
    every_day(book, date(2026, 4, 20), date(2026, 6, 18), 30, "ann")
    found, at = shown(book), book.ms(NOW)
    same = month(book.queries, JUNE, date(2026, 6, 18), at, book.zone, PLAN, 1)
    assert (found.paid, found.fees, found.metered, found.listed) == (same.spent, same.fees, same.metered, same.listed)
    assert found.as_now == same.forecast.p50


# What if


def test_without_its_plan_the_months_use_would_be_metered(book: Book) -> None:
    every_day(book, date(2026, 4, 20), date(2026, 6, 18), 100, "bob")
    found = shown(book)
    assert found.as_now == FEE
    assert found.all_metered is not None
    assert found.all_metered == found.plans[0].without
    assert 29 * NANO <= found.all_metered <= 31 * NANO


def test_of_several_plans_each_may_be_the_one_that_is_left_out(book: Book) -> None:
    settings = Settings(billing=(("ann", Billing("plan", FEE)), ("bob", Billing("plan", 2 * FEE))))
    every_day(book, date(2026, 4, 20), date(2026, 6, 18), 100, "bob")
    found = shown(book, settings=settings)
    without = {plan.plan.agent: plan.without for plan in found.plans}
    assert without["ann"] == 2 * FEE, "it gave nothing"
    assert 39 * NANO <= (without["bob"] or 0) <= 41 * NANO, "its use, and the other's fee"


def test_a_plan_that_is_sold_may_take_a_metered_agents_use(book: Book) -> None:
    every_day(book, date(2026, 4, 20), date(2026, 6, 18), 2000, "codex")
    every_day(book, date(2026, 4, 20), date(2026, 6, 18), 100, "nobody sells one")
    (switch,) = shown(book, settings=Settings()).switches
    assert (switch.plan.agent, switch.plan.name) == ("codex", "ChatGPT Pro 20x")
    assert 229 * NANO <= switch.projected <= 231 * NANO


@pytest.mark.parametrize(("cents", "plan"), [(50, None), (100, "ChatGPT Plus"), (400, "ChatGPT Pro 5x")])
def test_no_plan_is_named_that_costs_more_than_the_use(book: Book, cents: int, plan: str | None) -> None:
    every_day(book, date(2026, 4, 20), date(2026, 6, 18), cents, "codex")
    assert [switch.plan.name for switch in shown(book, settings=Settings()).switches] == ([plan] if plan else [])


def test_nothing_is_projected_of_a_month_that_is_over(book: Book) -> None:
    every_day(book, date(2026, 4, 20), date(2026, 6, 18), 100, "bob")
    found = shown(book, first=date(2026, 5, 1))
    assert (found.as_now, found.all_metered, found.switches, found.plans[0].without) == (None, None, (), None)
    assert found.plans[0].total == 31 * NANO


def test_a_month_before_the_first_record_is_not_known(book: Book) -> None:
    book.use("2026-06-01 10:00", 5)
    found = shown(book, first=date(2026, 4, 1))
    assert (found.known, found.fees, found.plans) == (False, 0, ())


def test_nothing_is_known_of_an_empty_ledger(book: Book) -> None:
    assert not shown(book).known


# How tokens were used


def test_months_with_use_are_compared_oldest_first(book: Book) -> None:
    for first in (date(2026, 2, 5), date(2026, 3, 5), date(2026, 5, 5), date(2026, 6, 5)):
        book.use(f"{first} 10:00", 10)
    assert [use.first for use in shown(book).months] == [date(2026, 3, 1), date(2026, 5, 1), JUNE]


def test_use_of_the_month_is_none_without_any(book: Book) -> None:
    book.use("2026-05-05 10:00", 10)
    assert shown(book).use is None


def test_what_came_from_the_cache_is_a_part_of_all_input() -> None:
    use = MonthUse(JUNE, Tokens(input=5, cache_read=90, cache_write_5m=3, cache_write_1h=2, output=40), 0, 1)
    assert (use.cache_hits, use.new_tokens) == (0.9, 50)
    assert MonthUse(JUNE, Tokens(output=4), 0, 1).cache_hits is None


@given(st.lists(st.integers(0, 10**12), max_size=31), st.integers(0, 10**13))
def test_it_is_paid_back_when_the_sums_reach_the_fee(days: list[int], fee: int) -> None:
    plan = PlanValue(Plan("bob"), fee, tuple(days))
    back = plan.paid_back(JUNE)
    if back is None:
        assert not fee or plan.total < fee
    else:
        number = (back - JUNE).days
        assert sum(days[: number + 1]) >= fee > sum(days[:number])


@pytest.mark.parametrize("start", [1, 15])
def test_fees_are_those_of_the_plans_that_are_shown(book: Book, start: int) -> None:
    settings = Settings(
        billing=(("ann", Billing("plan", FEE)), ("bob/x", Billing("overage", 2 * FEE)), ("zoe", Billing())),
        plans=(Plan("ann", fee=4 * FEE, since=date(2026, 6, 3)), Plan("kim", mode="metered", fee=FEE)),
        month_start=start,
    )
    period = Period(JUNE, date(2026, 6, 30))
    lanes = settings.lanes()
    assert sum(lanes.dollars(plan) or 0 for plan in lanes.plans(period)) == lanes.fees(period) == 6 * FEE
