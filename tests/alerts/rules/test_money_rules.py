"""The rules about money: silent, starting, going on, ending, and their words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tokenwatch.alerts.evaluate import Evaluator
from tokenwatch.alerts.rule import DAY, GO, HOUR, MINUTE, PRICE
from tokenwatch.alerts.rules import budget, day, forecast, price_missing, runaway, source_lost
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.money import NANO, from_dollars
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import (
    BudgetUse,
    Burn,
    Confidence,
    DaySpend,
    Figures,
    Forecast,
    ForecastState,
    Session,
    State,
    Usual,
)

SETTINGS = Settings(budget=450 * NANO)
ATLAS = Session("claude-code", "s1", State.WORKING, Confidence.EXACT, agent_name="Claude Code", project="atlas-api")


def outlook(p10: int, p50: int | None, p90: int, state: ForecastState = ForecastState.NORMAL) -> Forecast:
    return Forecast(state, p10=p10 * NANO, p50=None if p50 is None else p50 * NANO, p90=p90 * NANO)


# Projection over the budget


@pytest.mark.parametrize(
    ("found", "fields", "starts", "goes_on"),
    [
        (outlook(441, 478, 522), {}, True, True),
        (outlook(400, 449, 522), {}, False, True),
        (outlook(400, 427, 522), {}, False, False),
        (outlook(441, 478, 522), {"today": date(2026, 6, 2)}, False, False),
        (outlook(441, 478, 522), {"spent": 450 * NANO}, False, False),
        (outlook(441, None, 522), {}, False, False),
        (outlook(441, 478, 522, ForecastState.LOW), {}, True, True),
        (Forecast(), {}, False, False),
    ],
)
def test_projection_starts_at_the_budget_and_goes_on_until_it_is_clearly_below(june, found, fields, starts, goes_on):
    figures = june(292, forecast=found, **fields)
    assert bool(forecast.RULE.check(figures, SETTINGS)) is starts
    assert bool(forecast.RULE.keep(figures, SETTINGS)) is goes_on


def test_projection_in_words(june):
    (alert,) = forecast.RULE.check(june(292, forecast=outlook(441, 478, 522)), SETTINGS)
    assert alert.title == "June is heading for $478"
    assert alert.body == "Budget $450, range $441–$522."
    assert [action.words for action in alert.actions] == ["See why", "Not this month"]


def test_projection_says_how_likely_it_is_and_who_doubled(june):
    days = tuple(
        DaySpend(date(2026, 6, 1) + timedelta(days=number), by_agent=(("codex", cost * NANO), ("pi", 3 * NANO)))
        for number, cost in enumerate([5] * 7 + [12] * 7)
    )
    figures = june(292, forecast=outlook(451, 478, 522), today=date(2026, 6, 15), days=days)
    (alert,) = forecast.RULE.check(figures, SETTINGS)
    assert alert.body == "Budget $450, range $451–$522. It will likely be passed. codex doubled this week."


def test_projection_is_told_after_half_an_hour_once_a_day_and_twice_a_month(june, store):
    over, under = (june(292, forecast=outlook(441, p50, 522)) for p50 in (478, 400))
    told = []
    table = [(0, over), (29, over), (30, over), (31, under), (32, over), (100, over), (1500, over), (1501, under)]
    table += [(3000, over), (3100, over), (9000, over)]
    for minute, figures in table:
        evaluated = Evaluator([forecast.RULE], store).evaluate(figures, SETTINGS, minute * MINUTE + 1, False)
        told += [minute] * len(evaluated.new)
    assert told == [30, 1500]


# A day dearer than usual


@pytest.mark.parametrize(
    ("today", "usual", "starts"),
    [
        ("25.10", Usual(day=13 * NANO, dear_day=20 * NANO), True),
        ("20.00", Usual(day=13 * NANO, dear_day=20 * NANO), False),
        ("19.00", Usual(day=13 * NANO, dear_day=18 * NANO), False),
        ("0.99", Usual(day=0, dear_day=0), False),
        ("25.10", Usual(), False),
    ],
)
def test_day_is_dear_above_what_is_usual(june, today, usual, starts):
    figures = june(100, spent_today=from_dollars(today), usual=usual)
    assert bool(day.RULE.check(figures, SETTINGS)) is starts


def test_dear_day_in_words_and_once_a_day(june, store):
    figures = june(100, spent_today=from_dollars("25.10"), usual=Usual(day=13 * NANO, dear_day=20 * NANO))
    (alert,) = day.RULE.check(figures, SETTINGS)
    assert alert.title == "Today is dearer than usual: $25.10"
    assert alert.body == "$25.10 metered so far; a usual working day costs $13.00."
    told = [len(Evaluator([day.RULE], store).evaluate(figures, SETTINGS, at, False).new) for at in (1, 2, 5 * HOUR)]
    assert told == [1, 0, 0]


# Money that runs away

PACE = 450 * NANO // 720  # an hour's part of the budget in June


def burning(june, times: float, *, short: float = 0.0, **fields: object) -> Figures:
    """The last hour at so many times the budget's pace, the last five minutes at ``short`` times."""
    burn = Burn(hours_1=round(PACE * times), minutes_5=round(PACE * short / 12), **fields)
    return replace(june(100), burn=burn, sessions=(ATLAS,))


@pytest.mark.parametrize(
    ("times", "short", "starts", "goes_on"),
    [(14.5, 14.5, True, True), (14.5, 14.0, False, True), (14.0, 20.0, False, True), (7.0, 20.0, False, False)],
)
def test_fast_burn_needs_both_windows(june, times, short, starts, goes_on):
    figures = burning(june, times, short=short)
    assert bool(runaway.RULE.check(figures, SETTINGS)) is starts
    assert bool(runaway.RULE.keep(figures, SETTINGS)) is goes_on


def test_slow_burn_needs_both_windows(june):
    for hours_6, minutes_30, starts in ((37, 3.1, True), (37, 2.9, False), (35, 9, False)):
        burn = Burn(hours_6=round(PACE * hours_6), minutes_30=round(PACE * minutes_30))
        assert bool(runaway.RULE.check(replace(june(100), burn=burn), SETTINGS)) is starts


def test_small_sums_are_no_runaway(june):
    burn = Burn(hours_1=NANO - 1, minutes_5=NANO)
    assert runaway.RULE.check(replace(june(0), burn=burn), Settings(budget=NANO)) == ()


def test_without_a_budget_only_the_usual_hour_counts(june):
    usual = Usual(hour=2 * NANO, dear_hour=12 * NANO)
    for dollars, starts in ((13, True), (11, False)):
        figures = replace(june(0, usual=usual), burn=Burn(hours_1=dollars * NANO))
        assert bool(runaway.RULE.check(figures, Settings())) is starts
    assert runaway.RULE.check(replace(june(0), burn=Burn(hours_1=10**15)), Settings()) == ()


def test_runaway_names_the_session_and_how_long_the_budget_lasts(june):
    figures = burning(june, 20, short=20, most=("claude-code", "s1"), most_cost=11 * NANO)
    (alert,) = runaway.RULE.check(figures, SETTINGS)
    assert alert.title == "Spending $12.50 an hour"
    assert alert.body == (
        "Most: atlas-api (Claude Code), $11.00 in the last hour. At this pace the budget of $450 lasts 28 hours."
    )
    actions = [(action.verb, action.words) for action in alert.actions]
    assert actions == [(GO, "Go to terminal"), ("snooze", "It is fine")]


def test_runaway_is_told_again_only_after_a_pause_and_two_hours(june, store):
    hot, calm = burning(june, 20, short=20), burning(june, 0)
    told = []
    for minute, figures in [
        (0, hot),
        (5, calm),
        (20, hot),
        (30, calm),
        (61, calm),
        (70, hot),
        (119, hot),
        (120, hot),
    ]:
        evaluated = Evaluator([runaway.RULE], store).evaluate(figures, SETTINGS, minute * MINUTE + 1, False)
        told += [minute] * len(evaluated.new)
    assert told == [0, 120]


# Prices and sources


def test_missing_price_is_told_once_a_month_for_each_model(june, store):
    figures = replace(june(1), unpriced=(("new-model", 12), ("tried", 4)))
    (alert,) = price_missing.RULE.check(figures, SETTINGS)
    assert (alert.title, alert.actions[0].verb, alert.actions[0].value) == (
        "No price for new-model",
        PRICE,
        "new-model",
    )
    for at, expected in ((1, 1), (2, 0), (3 * DAY, 0)):
        evaluated = Evaluator([price_missing.RULE], store).evaluate(figures, SETTINGS, at, False)
        assert len(evaluated.new) == expected


def test_lost_source_is_told_after_a_minute_and_anew_when_it_is_lost_again(june, store):
    lost, again = (
        replace(june(1), lost=(Health("codex", HealthState.FAILING, "Permission denied.", since=since),))
        for since in (1, 100_001)
    )
    told = []
    for second, figures in [(0, lost), (59, lost), (60, lost), (90, june(1)), (100, again), (161, again)]:
        evaluated = Evaluator([source_lost.RULE], store).evaluate(figures, SETTINGS, second * 1000 + 1, False)
        told += [(second, alert.title, alert.body) for alert in evaluated.new]
    words = "codex’s logs cannot be read", "Permission denied. Numbers leave it out until this is fixed."
    assert told == [(60, *words), (161, *words)]


# Other budgets


def use(**fields: object) -> BudgetUse:
    given = {"id": "b", "amount": 50 * NANO, "used": 41 * NANO, "span": "week", "label": "2026-W24"}
    given |= {"first": date(2026, 6, 8), "last": date(2026, 6, 14), "thresholds": (50, 80, 100)}
    return BudgetUse(**(given | fields))


@pytest.mark.parametrize(
    ("fields", "title", "body"),
    [
        ({}, "80% of this week’s budget used", "$41.00 of $50 this week."),
        ({"project": "/home/me/acme"}, "80% of acme’s budget used", "$41.00 of $50 this week."),
        ({"agent": "codex", "used": 26 * NANO}, "Half codex’s budget used", "$26.00 of $50 this week."),
        ({"used": 51 * NANO, "span": "day"}, "Today passed $50", "$51.00 today."),
        ({"used": 51 * NANO}, "This week’s budget used up", "$51.00 this week."),
        ({"basis": "listed"}, "80% of this week’s budget used", "$41.00 of $50 at list prices this week."),
    ],
)
def test_other_budgets_in_words(june, fields, title, body):
    figures = replace(june(1), budgets=(use(**fields),))
    alert = budget.RULE.check(figures, Settings())[-1]
    assert (alert.title, alert.body) == (title, body)


def test_each_budget_is_told_of_its_own(june, store):
    figures = replace(june(370), budgets=(use(id="a"), use(id="b", used=55 * NANO)))
    evaluated = Evaluator([budget.RULE], store).evaluate(figures, SETTINGS, 1, False)
    assert sorted(alert.key for alert in evaluated.new) == [
        "budget/2026-06/450000000000/80",
        "budget:a/2026-W24/50000000000/80",
        "budget:b/2026-W24/50000000000/100",
    ]


def test_amounts_are_in_the_currency_that_is_shown(june):
    settings = Settings(budget=450 * NANO, currency="EUR", rates=(("EUR", 500_000_000),))
    (alert,) = budget.RULE.check(june(225, forecast=outlook(371, 412, 468)), settings)
    assert alert.body == "€112.50 of €225 on day 11. Projected €206, range €186–€234."


@pytest.mark.parametrize("rule", [budget, forecast, day, runaway, price_missing, source_lost])
def test_list_of_rules_has_words_for_every_rule_at_any_time(rule, june):
    for figures in (
        Figures(at=1),
        june(0),
        june(100, forecast=outlook(1, 2, 3), usual=Usual(NANO, NANO, NANO, NANO)),
    ):
        for settings in (Settings(), SETTINGS):
            words = rule.RULE.words, rule.RULE.details(figures, settings), rule.RULE.stand(figures, settings)
            assert all(isinstance(word, str) and len(word) < 60 for word in words)
            assert words[0]


@pytest.mark.parametrize("rule", [budget, forecast, day, runaway, price_missing, source_lost])
def test_titles_and_actions_fit_a_notification(rule, june):
    hostile = "\x1b[31m<b>" + "x" * 200
    figures = replace(
        june(449, forecast=outlook(441, 478, 522), spent_today=10**13, usual=Usual(NANO, NANO, NANO, NANO)),
        burn=Burn(10**13, 10**13, 10**13, 10**14, ("codex", "s"), 10**13),
        budgets=(use(project=hostile), use(id="c", agent=hostile), use(id="d", used=10**17)),
        unpriced=((hostile, 10**6), ("", 9)),
        lost=(Health(hostile, HealthState.FAILING, hostile),),
    )
    found = rule.RULE.check(figures, SETTINGS)
    assert found
    for alert in found:
        assert len(alert.title) <= 40
        assert len(alert.body) <= 200
        assert len(alert.actions) <= 2
        assert "\x1b" not in alert.title + alert.body
