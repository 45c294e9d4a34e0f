"""The forecast's laws, and small cases that can be worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tokenwatch.base.clock import Period, month_of
from tokenwatch.base.money import NANO
from tokenwatch.base.snapshot import Forecast, ForecastState
from tokenwatch.insight.forecast import DRAWS, WINDOW, forecast, settled

DAY = 10 * NANO
SEED = 7
JUNE = month_of(date(2026, 6, 1))
"""Begins on a Monday, has 30 days."""

amounts = st.one_of(st.just(0), st.integers(0, 50 * NANO), st.integers(0, 10**16))


@st.composite
def situations(draw: st.DrawFn) -> dict[str, object]:
    """Arguments of the forecast, with at least one day known."""
    today = draw(st.dates(date(2023, 1, 1), date(2028, 12, 31)))
    return {
        "past": draw(st.lists(amounts, min_size=1, max_size=70)),
        "today": today,
        "month": month_of(today),
        "spent_today": draw(amounts),
        "ahead": draw(st.floats(0, 1)),
        "fees": draw(st.integers(0, 400 * NANO)),
        "budget": draw(st.one_of(st.none(), st.integers(1, 10**17))),
        "seed": draw(st.integers(0, 10**6)),
    }


def asked(past: list[int], today: date = JUNE.first, **more: object) -> Forecast:
    """With no use today, no fees and no budget unless given."""
    given = {"spent_today": 0, "ahead": 1.0, "fees": 0, "budget": None, "seed": SEED}
    return forecast(past, today, month_of(today), **{**given, **more})  # type: ignore[arg-type]


def spent(past: list[int], today: date, spent_today: int, fees: int, **_: object) -> int:
    gone = today.day - 1
    return fees + spent_today + (sum(past[-gone:]) if gone else 0)


def percentiles(found: Forecast) -> list[int]:
    values = [found.p10, found.p25, found.p50, found.p75, found.p90]
    return [value for value in values if value is not None]


def weekdays_only(weeks: int, until: date, cost: int = DAY) -> list[int]:
    """Whole weeks before ``until`` in which only Monday to Friday cost something."""
    days = [until - timedelta(days=age) for age in range(7 * weeks, 0, -1)]
    return [cost if day.weekday() < 5 else 0 for day in days]


# Laws


@settings(max_examples=60)
@given(situations())
def test_never_less_than_what_is_spent(case) -> None:
    found = forecast(**case)
    assert found.p10 is not None and found.p10 >= spent(**case)


@settings(max_examples=60)
@given(situations())
def test_percentiles_are_in_order_on_every_day(case) -> None:
    found = forecast(**case)
    for _, *values in found.fan:
        assert values == sorted(values)
    assert percentiles(found) == sorted(percentiles(found))


@settings(max_examples=60)
@given(situations())
def test_the_fan_leads_from_today_to_the_months_end(case) -> None:
    found, month, today = forecast(**case), case["month"], case["today"]
    left = (month.last - today).days
    assert [entry[0] for entry in found.fan] == [today + timedelta(days=number) for number in range(left + 1)]
    for number in range(1, 6):
        edge = [entry[number] for entry in found.fan]
        assert edge == sorted(edge)
    end = found.fan[-1]
    assert (end[1], end[2], end[4], end[5]) == (found.p10, found.p25, found.p75, found.p90)
    assert found.p50 in (None, end[3])


@settings(max_examples=40)
@given(situations())
def test_money_is_whole(case) -> None:
    found = forecast(**case)
    assert all(type(value) is int for entry in found.fan for value in entry[1:])
    assert all(type(value) is int for value in percentiles(found))


@settings(max_examples=30)
@given(situations())
def test_the_same_facts_and_seed_give_the_same_forecast(case) -> None:
    assert forecast(**case) == forecast(**case)


@settings(max_examples=40)
@given(situations())
def test_when_nothing_is_ahead_the_forecast_is_what_is_spent(case) -> None:
    case |= {"today": case["month"].last, "ahead": 0.0}
    found = forecast(**case)
    assert set(percentiles(found)) == {spent(**case)}


@settings(max_examples=30)
@given(situations())
def test_days_that_cost_nothing_promise_nothing(case) -> None:
    case |= {"past": [0] * len(case["past"])}
    assert set(percentiles(forecast(**case))) == {spent(**case)}


@settings(max_examples=40)
@given(situations(), st.integers(1, 400 * NANO))
def test_fees_are_added_whole(case, more) -> None:
    case |= {"budget": None}
    before, after = forecast(**case), forecast(**{**case, "fees": case["fees"] + more})
    assert [value + more for value in percentiles(before)] == percentiles(after)


@settings(max_examples=40)
@given(situations(), st.floats(0, 1))
def test_as_the_day_goes_by_less_is_expected(case, part) -> None:
    early, late = forecast(**case), forecast(**{**case, "ahead": case["ahead"] * part})
    assert all(one >= other for one, other in zip(percentiles(early), percentiles(late), strict=True))


@settings(max_examples=40)
@given(situations())
def test_twice_the_price_gives_twice_the_forecast(case) -> None:
    twice = {name: case[name] * 2 for name in ("fees", "spent_today")} | {"past": [cost * 2 for cost in case["past"]]}
    single, double = forecast(**{**case, "budget": None}), forecast(**{**case, **twice, "budget": None})
    for one, two in zip(percentiles(single), percentiles(double), strict=True):
        assert abs(two - 2 * one) <= 2
    assert single.state is double.state


@settings(max_examples=40)
@given(situations(), st.lists(amounts, min_size=1, max_size=30))
def test_days_before_the_last_eight_weeks_change_nothing(case, older) -> None:
    past = (case["past"] * WINDOW)[:WINDOW]
    assert forecast(**{**case, "past": past}) == forecast(**{**case, "past": older + past})


@settings(max_examples=60)
@given(situations())
def test_the_chance_and_the_first_day_over_agree_with_the_fan(case) -> None:
    found, budget = forecast(**case), case["budget"]
    if budget is None:
        assert found.chance_over_budget is None and found.earliest_over is None
        return
    chance = found.chance_over_budget
    assert chance is not None and 0 <= chance <= 1 and chance == round(chance * DRAWS) / DRAWS
    assert (chance >= 0.1) == (found.p90 > budget) == (found.earliest_over is not None)
    over = [entry[0] for entry in found.fan if entry[5] > budget]
    assert found.earliest_over == (over[0] if over else None)
    if spent(**case) > budget:
        assert chance == 1.0 and found.earliest_over == case["today"]


# States


def test_without_a_complete_day_it_is_too_early() -> None:
    assert asked([], spent_today=DAY, fees=DAY, budget=1) == Forecast()


@pytest.mark.parametrize(
    ("known", "state", "median"),
    [
        (1, ForecastState.LOW, False),
        (2, ForecastState.LOW, False),
        (3, ForecastState.LOW, True),
        (13, ForecastState.LOW, True),
        (14, ForecastState.NORMAL, True),
        (56, ForecastState.NORMAL, True),
    ],
)
def test_more_known_days_say_more(known: int, state: ForecastState, median: bool) -> None:
    found = asked([DAY] * known)
    assert found.state is state
    assert (found.p50 is not None) is median
    assert found.p10 is not None and found.p90 is not None


def test_fewer_days_give_a_wider_range() -> None:
    widths = [asked([DAY] * known).p90 - asked([DAY] * known).p10 for known in (1, 3, 7, 21)]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 3 * widths[-1]


@pytest.mark.parametrize("week", [[5 * DAY] * 7, [DAY // 5] * 7, [0] * 7])
def test_a_week_at_another_level_is_a_changed_pace(week: list[int]) -> None:
    assert asked([DAY] * 28 + week).state is ForecastState.PACE_CHANGED


@pytest.mark.parametrize("factor", [0.6, 1.0, 1.8])
def test_a_week_within_half_to_double_is_not(factor: float) -> None:
    assert asked([DAY] * 28 + [round(factor * DAY)] * 7).state is ForecastState.NORMAL


def test_a_first_metered_week_after_weeks_of_plans_is_a_changed_pace() -> None:
    assert asked([0] * 28 + [DAY] * 7).state is ForecastState.PACE_CHANGED


def test_two_weeks_before_the_last_are_needed_to_see_a_change() -> None:
    assert asked([DAY] * 13 + [5 * DAY] * 7).state is ForecastState.NORMAL
    assert asked([DAY] * 14 + [5 * DAY] * 7).state is ForecastState.PACE_CHANGED


def test_an_empty_week_of_a_rare_user_is_no_change() -> None:
    rare = [
        0,
        0,
        0,
        4 * DAY,
        0,
        0,
        0,
        0,
        9 * DAY,
        0,
        0,
        0,
        0,
        0,
        0,
        2 * DAY,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        5 * DAY,
        0,
        0,
        0,
    ]
    assert asked(rare + [0] * 7).state is ForecastState.NORMAL


def test_a_changed_pace_is_followed_and_less_certain() -> None:
    """After three weeks at 10 and one at 50, the rest of the month goes on at more than 30 a day."""
    found = asked([DAY] * 28 + [5 * DAY] * 7)
    assert found.p50 is not None and found.p10 is not None and found.p90 is not None
    assert 30 * 3 * DAY < found.p50 < 30 * 5 * DAY
    assert found.p90 - found.p10 > found.p50 // 2


# Cases by hand


def near(value: int | None, wanted: int, share: float = 0.02) -> bool:
    return value is not None and abs(value - wanted) <= share * wanted


def test_a_steady_cost_goes_on() -> None:
    """56 days at 10 a day; on the 11th, 100 are spent and 20 days are to come."""
    found = asked([DAY] * 56, date(2026, 6, 11))
    assert near(found.p50, 300 * NANO)
    # Two ignorant days of 57: a level spread of 3.5 %, which leaves 4.5 % to each side at one in ten.
    assert near(found.p10, 100 * NANO + round(200 * NANO * 0.956))
    assert near(found.p90, 100 * NANO + round(200 * NANO * 1.046))


def test_a_free_weekend_costs_nothing() -> None:
    """Saturday 30 May 2026, with Sunday the last days of the month."""
    today = date(2026, 5, 30)
    past = weekdays_only(8, today)
    assert asked(past, today).p50 == sum(past[-29:])


def test_working_days_cost_what_working_days_cost() -> None:
    """Monday 27 April 2026: four working days are left."""
    today = date(2026, 4, 27)
    past = weekdays_only(8, today)
    found = asked(past, today)
    assert near(found.p50, sum(past[-26:]) + 4 * DAY, 0.03)


def test_one_expensive_day_counts_as_one_of_the_dearest_usual_ones() -> None:
    past = [DAY] * 56
    past[42] = 500 * DAY  # 18 May, a Monday, of which there are 40
    assert asked(past) == asked([DAY] * 56)


def test_one_expensive_weekend_day_counts_no_more_than_twice_the_next() -> None:
    """Of 16 days the 95th percentile is the largest."""
    past = [DAY] * 56
    past[40] = 500 * DAY  # 16 May, a Saturday
    twice = [DAY] * 56
    twice[40] = 2 * DAY
    assert asked(past) == asked(twice)


def test_a_single_expensive_weekend_counts_like_a_dear_day_of_work() -> None:
    past = weekdays_only(8, JUNE.first)
    past[40] = 500 * DAY
    usual = weekdays_only(8, JUNE.first)
    usual[40] = DAY
    assert asked(past) == asked(usual) != asked(weekdays_only(8, JUNE.first))


def test_what_is_spent_is_never_capped() -> None:
    past = [DAY] * 56
    past[-1] = 500 * DAY
    found = asked(past, date(2026, 6, 2))
    assert found.p10 is not None and found.p10 > 500 * DAY


def test_recent_days_say_more_than_old_ones() -> None:
    found = asked([DAY] * 28 + [2 * DAY] * 28)
    assert found.state is ForecastState.NORMAL
    assert found.p50 is not None and found.p50 > 30 * DAY * 1.6


def test_half_of_today_is_half_a_day() -> None:
    """30 June at noon: 290 in the days before, 4 today, and 5 of 10 to come."""
    found = asked([DAY] * 56, JUNE.last, spent_today=4 * NANO, ahead=0.5)
    assert near(found.p50, 299 * NANO, 0.002)


def test_only_today_is_partly_over() -> None:
    found = asked([DAY] * 56, date(2026, 6, 11), ahead=0.0)
    assert found.fan[0][5] == 100 * NANO
    assert near(found.p50, 290 * NANO)


def test_days_of_the_month_before_the_first_known_one_are_left_out() -> None:
    """First record on 8 June: on the 11th three days are known, and the week before them is not zero."""
    found = asked([DAY] * 3, date(2026, 6, 11))
    assert near(found.p50, 30 * NANO + 200 * NANO, 0.05)


def test_weeks_that_differ_widen_the_range() -> None:
    weeks = [DAY * (1 + 2 * (number // 7 % 2)) for number in range(56)]
    mixed = [DAY * (1 + 2 * (number % 2)) for number in range(56)]
    apart, together = asked(weeks), asked(mixed)
    assert apart.p90 - apart.p10 > 1.5 * (together.p90 - together.p10)


def test_a_level_that_does_not_vary_is_not_made_to() -> None:
    """Ten and 30 a day by turns, but every week about the same: only the days' own scatter is left."""
    found = asked([DAY * (1 + 2 * (number % 2)) for number in range(56)])
    assert found.p90 - found.p10 < 0.45 * found.p50


@pytest.mark.parametrize(
    ("month", "days"),
    [(date(2026, 2, 1), 28), (date(2024, 2, 1), 29), (date(2026, 4, 1), 30), (date(2026, 5, 1), 31)],
)
def test_a_month_has_as_many_days_as_it_has(month: date, days: int) -> None:
    found = asked([DAY] * 56, month)
    assert len(found.fan) == days
    assert near(found.p50, days * DAY)


def test_spending_against_the_budget() -> None:
    certain = asked([DAY] * 56, date(2026, 6, 11), budget=150 * NANO)
    assert certain.chance_over_budget == 1.0
    # 100 are spent; the fifth day from today passes 150, give or take the level.
    assert certain.earliest_over in (date(2026, 6, 15), date(2026, 6, 16))
    never = asked([DAY] * 56, date(2026, 6, 11), budget=1000 * NANO)
    assert never.chance_over_budget == 0.0 and never.earliest_over is None
    even = asked([DAY] * 56, date(2026, 6, 11), budget=300 * NANO)
    assert even.chance_over_budget is not None and 0.35 < even.chance_over_budget < 0.65
    assert even.earliest_over is not None and even.earliest_over > date(2026, 6, 27)


def test_one_draw_in_ten_lies_beyond_the_range_on_each_side() -> None:
    past = weekdays_only(8, JUNE.first)
    found = asked(past)
    assert found.p10 is not None and found.p90 is not None

    def over(budget: int) -> float | None:
        return asked(past, budget=budget).chance_over_budget

    assert (over(found.p10 - 1), over(found.p10)) == (0.9 + 1 / DRAWS, 0.9)
    assert (over(found.p90 - 1), over(found.p90)) == (0.1, 0.1 - 1 / DRAWS)


def test_exactly_the_budget_is_not_over_it() -> None:
    found = asked([DAY] * 29, JUNE.last, ahead=0.0, budget=290 * NANO)
    assert found.p50 == 290 * NANO
    assert found.chance_over_budget == 0.0 and found.earliest_over is None


def test_another_seed_gives_about_the_same() -> None:
    past = weekdays_only(8, JUNE.first)
    one, other = asked(past, seed=1), asked(past, seed=2)
    assert one != other
    assert near(one.p50, other.p50 or 0, 0.05)


# A month that is over


def test_a_month_that_is_over_is_its_total() -> None:
    found = settled(412 * NANO, 450 * NANO, None)
    assert set(percentiles(found)) == {412 * NANO}
    assert found.state is ForecastState.NORMAL and found.fan == ()
    assert found.chance_over_budget == 0.0 and found.earliest_over is None


def test_a_month_that_went_over_says_when() -> None:
    found = settled(463 * NANO, 450 * NANO, date(2026, 6, 28))
    assert found.chance_over_budget == 1.0 and found.earliest_over == date(2026, 6, 28)


@pytest.mark.parametrize("budget", [None, 0])
def test_without_a_budget_nothing_is_over(budget: int | None) -> None:
    found = settled(463 * NANO, budget, None)
    assert found.chance_over_budget is None and found.earliest_over is None


def test_a_period_may_be_any_days() -> None:
    """The method does not rely on calendar months."""
    period = Period(date(2026, 6, 15), date(2026, 7, 14))
    found = forecast([DAY] * 56, date(2026, 6, 20), period, spent_today=0, ahead=1.0, fees=0, budget=None, seed=SEED)
    assert near(found.p50, 300 * NANO) and len(found.fan) == 25
