"""A month from a real ledger: what you pay, day by day, in any zone, and what is not known."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.insight.conftest import CENT, Book
from tokenwatch.base.clock import day_of, day_start, to_datetime
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.snapshot import DaySpend, Forecast, ForecastState, Month
from tokenwatch.insight.month import CALENDAR_WEEKS, calendar, month

HOUR = 3_600_000
FEE = 100 * NANO
PLAN = Settings(billing=(("bob", Billing("plan", FEE)),))
"""Agent "bob" is in a plan; "ann" is metered."""


def shown(book: Book, now: str | int, first: date | None = None, settings: Settings = PLAN, seed: int = 1) -> Month:
    """The month of ``now``, or the one that begins on ``first``."""
    at = book.ms(now) if isinstance(now, str) else now
    today = day_of(at, book.zone)
    return month(book.queries, first or today.replace(day=1), today, at, book.zone, settings, seed)


def steady(book: Book, first: date, last: date, cents: int = 100, at: str = "12:00", **more: object) -> None:
    """One use on each day."""
    for number in range((last - first).days + 1):
        book.use(f"{first + timedelta(days=number)} {at}", cents, **more)


# What you pay


def test_a_plans_use_is_listed_but_costs_only_its_fee(book: Book) -> None:
    book.use("2026-06-03 10:00", 250)
    book.use("2026-06-03 11:00", 700, "bob")
    found = shown(book, "2026-06-04 09:00")
    assert (found.metered, found.listed, found.fees) == (250 * CENT, 950 * CENT, FEE)
    assert found.spent == FEE + 250 * CENT


def test_the_fee_counts_whole_from_the_first_minute_of_the_month(book: Book) -> None:
    book.use("2026-05-20 10:00", 250)
    found = shown(book, "2026-06-01 00:00")
    assert found.spent == found.fees == FEE
    assert found.days == (DaySpend(date(2026, 6, 1)),)


def test_only_a_plans_fee_counts(book: Book) -> None:
    """What is left in the settings of a plan that was given up is no fee."""
    given_up = Settings(billing=(("ann", Billing("metered", FEE)), ("bob", Billing("plan", 20 * NANO))))
    assert shown(book, "2026-06-04 09:00", settings=given_up).fees == 20 * NANO


def test_every_day_up_to_today_is_there_with_its_agents(book: Book) -> None:
    book.use("2026-06-01 10:00", 30, "zoe")
    book.use("2026-06-01 10:00", 20)
    book.use("2026-06-01 10:30", 7, "bob")
    book.use("2026-06-03 10:00", 5)
    found = shown(book, "2026-06-04 09:00")
    assert found.days == (
        DaySpend(
            date(2026, 6, 1),
            metered=50 * CENT,
            listed=57 * CENT,
            tokens=57,
            by_agent=(("ann", 20 * CENT), ("zoe", 30 * CENT)),
            listed_by_agent=(("ann", 20 * CENT), ("bob", 7 * CENT), ("zoe", 30 * CENT)),
            by_agent_tokens=(("ann", 20), ("bob", 7), ("zoe", 30)),
        ),
        DaySpend(date(2026, 6, 2)),
        DaySpend(
            date(2026, 6, 3),
            metered=5 * CENT,
            listed=5 * CENT,
            tokens=5,
            by_agent=(("ann", 5 * CENT),),
            listed_by_agent=(("ann", 5 * CENT),),
            by_agent_tokens=(("ann", 5),),
        ),
        DaySpend(date(2026, 6, 4)),
    )
    assert (found.label, found.first, found.last, found.today) == (
        "2026-06",
        date(2026, 6, 1),
        date(2026, 6, 30),
        date(2026, 6, 4),
    )


def test_today_stands_apart_without_fees(book: Book) -> None:
    book.use("2026-06-01 08:00", 40)
    book.use("2026-06-01 09:00", 60, "bob")
    book.use("2026-06-01 09:30", 2)
    found = shown(book, "2026-06-01 10:00")
    assert found.spent_today == 42 * CENT
    assert found.listed_today == 102 * CENT


def test_tokens_sessions_and_doubts_of_the_month_are_counted(book: Book) -> None:
    book.use("2026-05-31 10:00", 9, session="before", model="unknown", uncertain=True)
    book.use("2026-06-01 10:00", 10, session="s1")
    book.use("2026-06-02 10:00", 20, session="s1", model="unknown")
    book.use("2026-06-02 11:00", 30, "bob", session="s2", uncertain=True)
    found = shown(book, "2026-06-02 12:00")
    assert (found.tokens, found.sessions) == (60, 2)
    assert (found.unpriced_requests, found.uncertain_requests) == (1, 1)
    assert (found.unpriced_paid, found.unpriced_today) == (1, 1)
    assert found.listed == 40 * CENT
    assert found.incomplete_since is None


def test_a_missing_price_leaves_what_is_paid_open_only_where_no_plan_covers_it(book: Book) -> None:
    book.use("2026-06-01 10:00", 10)
    book.use("2026-06-01 10:00", 20, "bob", model="unknown")  # in a plan
    found = shown(book, "2026-06-02 12:00")
    assert (found.unpriced_requests, found.unpriced_paid) == (1, 0)
    assert (found.spent_is_least, found.today_is_least, found.listed_is_least) == (False, False, True)
    book.use("2026-06-01 11:00", 30, model="unknown")
    found = shown(book, "2026-06-02 12:00")
    assert (found.unpriced_paid, found.unpriced_today) == (1, 0)
    assert (found.spent_is_least, found.today_is_least, found.listed_is_least) == (True, False, True)


def test_what_comes_after_today_waits(book: Book) -> None:
    """A clock that was ahead and is right again."""
    book.use("2026-06-10 10:00", 100)
    book.use("2026-06-11 10:00", 5_000)
    found = shown(book, "2026-06-10 12:00")
    assert (found.metered, found.tokens) == (100 * CENT, 100)
    assert calendar(book.queries, date(2026, 6, 10), UTC) == ((date(2026, 6, 10), 100),)


# Other months


def test_last_month_is_its_fees_and_metered_use(book: Book) -> None:
    book.use("2026-05-31 23:59", 300)
    book.use("2026-05-02 10:00", 400)
    book.use("2026-05-02 10:00", 800, "bob")
    book.use("2026-04-30 23:59", 1_000)
    assert shown(book, "2026-06-10 12:00").last_month == FEE + 700 * CENT


def test_a_last_month_without_use_is_known_to_be_one(book: Book) -> None:
    book.use("2026-04-30 10:00", 300)
    assert shown(book, "2026-06-10 12:00", settings=Settings()).last_month == 0


def test_last_month_is_unknown_if_the_first_record_came_later(book: Book) -> None:
    book.use("2026-06-01 00:00", 300)
    assert shown(book, "2026-06-10 12:00").last_month is None


def test_a_month_that_is_over_is_complete(book: Book) -> None:
    book.use("2026-04-30 10:00", 1)
    book.use("2026-05-01 10:00", 200)
    book.use("2026-05-20 10:00", 300)
    book.use("2026-05-31 23:00", 50, "bob")
    book.use("2026-06-01 00:00", 4_000)
    budget = replace(PLAN, budget=FEE + 400 * CENT)
    found = shown(book, "2026-06-10 12:00", date(2026, 5, 1), budget)
    assert len(found.days) == 31 and found.days[-1].listed == 50 * CENT
    assert (found.spent, found.listed) == (FEE + 500 * CENT, 550 * CENT)
    total = FEE + 500 * CENT
    assert found.forecast == Forecast(
        ForecastState.NORMAL, total, total, total, total, total, 1.0, date(2026, 5, 20), ()
    )
    assert found.today == date(2026, 6, 10)
    assert found.last_month == FEE + 1 * CENT


def test_fees_alone_can_pass_the_budget_on_the_first(book: Book) -> None:
    book.use("2026-05-03 10:00", 1)
    found = shown(book, "2026-06-10 12:00", date(2026, 5, 1), replace(PLAN, budget=FEE - 1))
    assert found.forecast.earliest_over == date(2026, 5, 1)


def test_beside_a_past_month_today_is_still_today(book: Book) -> None:
    book.use("2026-03-10 10:00", 1)
    book.use("2026-06-10 10:00", 20)
    book.use("2026-06-10 10:00", 5, "bob")
    found = shown(book, "2026-06-10 12:00", date(2026, 3, 1))
    assert (found.spent_today, found.listed_today) == (20 * CENT, 25 * CENT)
    assert found.metered == 1 * CENT


def test_a_month_before_the_first_record_is_unknown(book: Book) -> None:
    book.use("2026-05-03 10:00", 100)
    found = shown(book, "2026-06-10 12:00", date(2026, 4, 1), replace(PLAN, budget=1))
    assert (found.spent, found.fees, found.last_month) == (0, 0, None)
    assert found.forecast == Forecast()
    assert len(found.days) == 30


def test_a_month_to_come_has_no_days_and_no_fees(book: Book) -> None:
    book.use("2026-05-03 10:00", 100)
    found = shown(book, "2026-06-10 12:00", date(2026, 7, 1))
    assert (found.days, found.spent, found.forecast, found.sessions) == ((), 0, Forecast(), 0)


def test_an_empty_ledger_knows_only_fees(book: Book) -> None:
    found = shown(book, "2026-06-04 09:00")
    assert (found.spent, found.metered, found.last_month, found.sessions) == (FEE, 0, None, 0)
    assert found.forecast == Forecast()
    assert found.days == tuple(DaySpend(date(2026, 6, number)) for number in (1, 2, 3, 4))
    assert calendar(book.queries, date(2026, 6, 4), UTC) == ()


# The forecast


def test_on_the_first_day_of_data_it_is_too_early(book: Book) -> None:
    book.use("2026-06-10 00:10", 100)
    assert shown(book, "2026-06-10 23:50").forecast == Forecast()


def test_days_before_the_first_record_are_not_zero(book: Book) -> None:
    """Three known days at one dollar, and seven unknown ones: 20 more of a dollar, not of 30 cents."""
    steady(book, date(2026, 6, 8), date(2026, 6, 10))
    found = shown(book, "2026-06-11 00:00").forecast
    assert found.state is ForecastState.LOW
    assert found.p50 is not None and 0.9 < (found.p50 - FEE) / (23 * NANO) < 1.1


def test_in_the_first_days_of_data_there_is_a_range_without_a_median(book: Book) -> None:
    steady(book, date(2026, 6, 9), date(2026, 6, 10))
    found = shown(book, "2026-06-11 10:00").forecast
    assert found.p50 is None and found.p10 is not None and found.p90 is not None


def test_the_months_before_are_learnt_from(book: Book) -> None:
    steady(book, date(2026, 4, 1), date(2026, 5, 31))
    found = shown(book, "2026-06-01 00:00").forecast
    assert found.state is ForecastState.NORMAL
    assert found.p50 is not None and abs(found.p50 - FEE - 30 * NANO) < NANO


def test_a_plans_use_is_not_projected(book: Book) -> None:
    steady(book, date(2026, 4, 1), date(2026, 5, 31), agent="bob")
    found = shown(book, "2026-06-01 00:00").forecast
    assert found.p10 == found.p90 == FEE


def test_the_forecast_begins_with_what_is_spent(book: Book) -> None:
    steady(book, date(2026, 4, 1), date(2026, 6, 29))
    book.use("2026-06-30 09:00", 7_000)
    found = shown(book, "2026-06-30 23:59")
    assert found.spent == FEE + (29 + 70) * NANO
    assert found.forecast.p10 == found.forecast.p90 == found.spent


def test_a_persons_own_hours_decide_what_is_ahead_today(book: Book) -> None:
    """Until noon nothing was spent: for a late worker a day is still ahead, for an early one none."""
    steady(book, date(2026, 4, 1), date(2026, 6, 29), at="22:30")
    late = shown(book, "2026-06-30 12:00")
    assert late.forecast.p50 is not None and abs(late.forecast.p50 - late.spent - NANO) < NANO // 10
    given_up = Settings(billing=(("ann", Billing("plan", 0)),))
    steady(book, date(2026, 4, 1), date(2026, 6, 29), agent="cleo", at="07:15")
    early = shown(book, "2026-06-30 12:00", settings=given_up)
    assert early.forecast.p50 == early.spent, "only the hours of metered use count"


def test_hours_are_those_of_the_zone(book: Book) -> None:
    book.zone = ZoneInfo("Asia/Kathmandu")
    steady(book, date(2026, 4, 1), date(2026, 6, 29), at="11:30")
    before, after = shown(book, "2026-06-30 10:59"), shown(book, "2026-06-30 12:01")
    assert before.forecast.p50 is not None and before.forecast.p50 > before.spent + NANO * 9 // 10
    assert after.forecast.p50 == after.spent


def test_eight_weeks_are_learnt_from_even_if_last_month_was_quiet(book: Book) -> None:
    steady(book, date(2026, 4, 6), date(2026, 4, 30))
    found = shown(book, "2026-06-01 00:00")
    assert found.last_month == FEE
    assert found.forecast.p90 is not None and found.forecast.p90 > FEE


def test_the_range_moves_only_with_the_facts(book: Book) -> None:
    steady(book, date(2026, 4, 1), date(2026, 6, 9), cents=120)
    assert shown(book, "2026-06-10 12:00") == shown(book, "2026-06-10 12:00")
    assert shown(book, "2026-06-10 12:00").forecast != shown(book, "2026-06-10 12:00", seed=2).forecast


# Zones


ZONES = ("UTC", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York")


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("now", ["2026-03-30 11:00", "2026-11-02 01:30", "2026-02-28 23:59", "2026-01-01 00:00"])
def test_days_and_months_add_up_to_what_each_record_says(book: Book, name: str, now: str) -> None:
    """Around changes of daylight saving, a short month and New Year; in UTC+14, UTC-11 and UTC+5:45 as well."""
    book.zone = ZoneInfo(name)
    at = book.ms(now)
    random = Random(name + now)
    for _ in range(60):
        when = at - random.randrange(70 * 24 * HOUR)
        book.use(when, random.randrange(1, 500), random.choice(["ann", "bob"]), session=f"s{random.randrange(9)}")
    found = shown(book, now)

    def total(first: date, last: date, agents: tuple[str, ...] = ("ann", "bob")) -> int:
        return sum(
            one.output
            for one in book.entered
            if one.agent in agents and first <= to_datetime(one.time, book.zone).date() <= last
        )

    assert found.days[0].day == found.first and found.days[-1].day == found.today
    for day in found.days:
        assert day.tokens == total(day.day, day.day)
        assert day.metered == total(day.day, day.day, ("ann",)) * CENT
    assert found.metered == sum(day.metered for day in found.days)
    assert found.listed == total(found.first, found.today) * CENT
    assert found.tokens == total(found.first, found.today)
    before = found.first - timedelta(days=1)
    assert found.last_month == FEE + total(before.replace(day=1), before, ("ann",)) * CENT
    assert shown(book, now, before.replace(day=1)).spent == found.last_month
    counted = calendar(book.queries, found.today, book.zone)
    assert counted == tuple((day, count) for day, count in counted if count == total(day, day) > 0)
    assert sum(count for _, count in counted) == total(date(2000, 1, 1), found.today)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_day_of_23_or_25_hours_is_one_day(book: Book, day: str) -> None:
    book.zone = ZoneInfo("Europe/Berlin")
    for time in ("00:00", "23:59"):
        book.use(f"{day} {time}", 10)
    book.use(f"{date.fromisoformat(day) - timedelta(days=1)} 23:59", 1)
    book.use(f"{date.fromisoformat(day) + timedelta(days=1)} 00:00", 1)
    found = shown(book, f"{day} 23:59")
    assert found.days[-1].tokens == 20 and found.spent_today == 20 * CENT


def test_after_a_move_to_another_zone_the_same_records_lie_in_other_days(book: Book) -> None:
    book.use("2026-05-31 23:30", 100)  # UTC
    book.use("2026-06-01 10:00", 10)
    assert shown(book, "2026-06-02 12:00").metered == 10 * CENT
    book.zone = ZoneInfo("Pacific/Kiritimati")
    assert shown(book, "2026-06-02 12:00").metered == 110 * CENT
    book.zone = ZoneInfo("Pacific/Pago_Pago")
    assert shown(book, "2026-06-02 12:00", date(2026, 5, 1)).metered == 110 * CENT


def test_a_day_that_never_was_is_empty(book: Book) -> None:
    """Samoa went from 29 to 31 December 2011."""
    book.zone = ZoneInfo("Pacific/Apia")
    book.use("2011-12-29 12:00", 10)
    book.use("2011-12-31 12:00", 20)
    found = shown(book, "2011-12-31 13:00")
    assert [day.tokens for day in found.days[-3:]] == [10, 0, 20]


# The calendar


def test_the_calendar_begins_with_a_monday_sixteen_weeks_ago(book: Book) -> None:
    today = date(2026, 6, 18)
    monday = date(2026, 6, 15) - timedelta(weeks=CALENDAR_WEEKS - 1)
    for day, count in ((monday - timedelta(days=1), 1), (monday, 2), (date(2026, 6, 17), 3), (today, 4)):
        book.use(day_start(day, UTC), count)
        book.use(day_start(day, UTC) + 23 * HOUR, count, "bob")
    assert calendar(book.queries, today, UTC) == ((monday, 4), (date(2026, 6, 17), 6), (today, 8))
