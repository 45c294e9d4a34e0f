"""The budget rule: silent, starting, holding, ending, and its words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tokenwatch.alerts.rule import level_of
from tokenwatch.alerts.rules.budget import RULE
from tokenwatch.base.money import NANO, from_dollars
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Confidence, DaySpend, Figures, Forecast, ForecastState, Session, State, Urgency

BUDGET = Settings(budget=450 * NANO)


def dollars(amount: str) -> int:
    return from_dollars(amount)


def projected(p10: str, p50: str | None, p90: str) -> Forecast:
    return Forecast(ForecastState.NORMAL, p10=dollars(p10), p50=p50 and dollars(p50), p90=dollars(p90))


def passed(figures: Figures, settings: Settings) -> list[int]:
    return [level_of(alert.key) for alert in RULE.check(figures, settings)]


def highest(figures: Figures, settings: Settings = BUDGET):
    return RULE.check(figures, settings)[-1]


def test_silent_before_the_ledger_was_asked():
    assert RULE.check(Figures(at=1), BUDGET) == ()
    assert RULE.scopes(Figures(at=1), BUDGET) == ()


def test_silent_without_a_budget(june):
    assert RULE.check(june(1000), Settings()) == ()
    assert RULE.scopes(june(1000), Settings()) == ()


def test_silent_below_the_first_threshold(june):
    assert passed(june("224.999999999"), BUDGET) == []


def test_starts_exactly_at_the_threshold(june):
    assert passed(june("225"), BUDGET) == [50]


def test_holds_above_it_and_gains_the_next(june):
    assert [passed(june(spent), BUDGET) for spent in (359, 360, 450)] == [[50], [50, 80], [50, 80, 100]]


def test_ends_when_spending_turns_out_lower(june):
    assert [passed(june(spent), BUDGET) for spent in (225, 224)] == [[50], []]


def test_key_names_month_budget_and_threshold(june):
    assert highest(june(225)).key == "budget/2026-06/450000000000/50"


def test_keys_begin_with_the_scope(june):
    figures = june(450)
    assert all(alert.key.startswith(RULE.scopes(figures, BUDGET)) for alert in RULE.check(figures, BUDGET))


def test_half_the_budget(june):
    alert = highest(june("225.14", forecast=projected("350", "405", "480")))
    assert alert.title == "Half the June budget used"
    assert alert.body == "$225.14 of $450 on day 11. Projected $405, range $350–$480."
    assert alert.urgency is Urgency.NORMAL


def test_eighty_percent(june):
    alert = highest(june("360.40", today=date(2026, 6, 24), forecast=projected("430", "447", "466")))
    assert alert.title == "80% of the June budget used"
    assert alert.body == "$360.40 of $450 on day 24. Projected $447, range $430–$466."
    assert alert.urgency is Urgency.NORMAL


def test_budget_used_up(june):
    day = DaySpend(date(2026, 6, 29), by_agent=(("claude-code", dollars("9.80")), ("codex", dollars("1"))))
    session = Session("claude-code", "s", State.WORKING, Confidence.EXACT, agent_name="Claude Code")
    figures = replace(june("450.12", today=date(2026, 6, 29), days=(day,)), sessions=(session,))
    alert = highest(figures)
    assert alert.title == "June budget used up"
    assert alert.body == "$450.12 on day 29. Most today: Claude Code, $9.80."
    assert alert.urgency is Urgency.CRITICAL


def test_agent_without_an_open_session_goes_by_its_id(june):
    day = DaySpend(date(2026, 6, 11), by_agent=(("codex", NANO),))
    assert highest(june(450, days=(day,))).body.endswith("Most today: codex, $1.00.")


def test_beyond_the_budget(june):
    alert = highest(june(540), Settings(budget=450 * NANO, thresholds=(100, 120)))
    assert alert.title == "120% of the June budget used"
    assert alert.body == "$540.00 of $450 on day 11."
    assert alert.urgency is Urgency.CRITICAL


def test_no_projection_while_it_is_too_early(june):
    assert highest(june(225)).body == "$225.00 of $450 on day 11."


def test_projection_without_a_median_is_its_range(june):
    figures = june(225, forecast=projected("300", None, "600"))
    assert highest(figures).body == "$225.00 of $450 on day 11. Projected $300–$600."


def test_gap_in_the_data_makes_it_a_lower_bound(june):
    assert highest(june(225, incomplete_since=1)).body.startswith("≥ $225.00 of $450")


@pytest.mark.parametrize(("requests", "words"), [(1, "1 request has no price."), (12, "12 requests have no price.")])
def test_requests_without_a_price_are_said(june, requests, words):
    assert highest(june(225, unpriced_requests=requests)).body.endswith(words)


def test_hostile_agent_id_is_cleaned(june):
    day = DaySpend(date(2026, 6, 11), by_agent=(("\x1b]8;;x\u202e" * 50, NANO),))
    body = highest(june(450, days=(day,))).body
    assert "\x1b" not in body and "\u202e" not in body and len(body) < 100


def test_defaults_are_those_of_the_settings():
    assert {name: getattr(Settings(), name) for name, _ in RULE.defaults} == dict(RULE.defaults)


thresholds = st.sets(st.integers(1, 1000), max_size=10).map(lambda found: tuple(sorted(found)))


@given(
    spent=st.integers(0, 10**18),
    budget=st.integers(1, 10**16),
    thresholds=thresholds,
    month=st.integers(1, 12),
    unpriced=st.integers(0, 10**6),
)
def test_title_and_body_fit_a_notification(spent, budget, thresholds, month, unpriced, june):
    figures = june(
        0,
        spent=spent,
        first=date(2026, month, 1),
        unpriced_requests=unpriced,
        forecast=Forecast(ForecastState.NORMAL, p10=spent, p50=spent * 2, p90=spent * 3),
        incomplete_since=1,
    )
    for alert in RULE.check(figures, Settings(budget=budget, thresholds=thresholds)):
        assert len(alert.title) <= 40
        assert len(alert.body) <= 200


@given(spent=st.integers(0, 10**15), budget=st.integers(1, 10**13), thresholds=thresholds)
def test_passed_thresholds_are_exactly_those_reached(spent, budget, thresholds, june):
    found = passed(june(0, spent=spent), Settings(budget=budget, thresholds=thresholds))
    assert found == [each for each in thresholds if spent * 100 >= each * budget]
