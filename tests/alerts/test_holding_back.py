"""What is held back: snoozes over restarts, quiet hours that urgent alerts pass, rules that are off; and the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tokenwatch.alerts.evaluate import ALL, Evaluated, Evaluator
from tokenwatch.alerts.rule import Rule, level_of
from tokenwatch.alerts.rules.budget import RULE as BUDGET
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Alert, Figures

SETTINGS = Settings(budget=100 * NANO)
Judge = Callable[..., Evaluated]


@pytest.fixture(params=[False, True], ids=["running", "restarted"])
def judge(request: pytest.FixtureRequest, store, june) -> Judge:
    """Judges so many dollars at a time; in the second run every time after a restart."""
    evaluators = [Evaluator([BUDGET], store)]

    def judge(dollars: int, now: int, *, quiet: bool = False, snooze: tuple[str, int] | None = None) -> Evaluated:
        if request.param:
            evaluators.append(Evaluator([BUDGET], store))
        evaluated = evaluators[-1].evaluate(june(dollars), SETTINGS, now, False, quiet)
        if snooze:
            evaluators[-1].snooze(*snooze)
        return evaluated

    return judge


def levels(evaluated: Evaluated) -> tuple[list[int], list[int]]:
    return [level_of(alert.key) for alert in evaluated.active], [level_of(alert.key) for alert in evaluated.new]


def test_quiet_hours_hold_back_until_they_are_over(judge: Judge):
    assert levels(judge(50, 1, quiet=True)) == ([50], [])
    assert levels(judge(50, 2, quiet=True)) == ([50], [])
    assert levels(judge(50, 3)) == ([50], [50])
    assert levels(judge(50, 4)) == ([50], [])


def test_quiet_hours_end_with_the_highest_only(judge: Judge):
    assert levels(judge(50, 1, quiet=True)) == ([50], [])
    assert levels(judge(80, 2, quiet=True)) == ([80], [])
    assert levels(judge(80, 3)) == ([80], [80])


def test_budget_that_is_used_up_passes_quiet_hours(judge: Judge):
    assert levels(judge(80, 1, quiet=True)) == ([80], [])
    assert levels(judge(100, 2, quiet=True)) == ([100], [100])


def test_what_is_true_no_more_after_quiet_hours_is_not_told(judge: Judge):
    assert levels(judge(50, 1, quiet=True)) == ([50], [])
    assert levels(judge(40, 2)) == ([], [])


def test_snooze_of_a_rule_lets_a_higher_level_through(judge: Judge):
    judge(50, 1, snooze=("budget", 1000))
    assert levels(judge(80, 2)) == ([80], [80])


def test_snooze_of_everything_holds_back_until_it_is_over(judge: Judge):
    judge(0, 1, snooze=(ALL, 1000))
    assert levels(judge(100, 2)) == ([100], [])
    assert levels(judge(100, 999)) == ([100], [])
    assert levels(judge(100, 1000)) == ([100], [100])


def test_snoozes_that_hold_are_said(judge: Judge):
    judge(0, 1, snooze=("budget", 1000))
    assert judge(0, 2).snoozed == (("budget", 1000),)
    assert judge(0, 1000).snoozed == ()


def test_snoozed_rule_without_levels_is_told_afterwards_if_still_true(store):
    holds = [True]
    alert = Alert("waiting/one", "waiting", "One waits", "")
    rule = Rule("waiting", "waiting", lambda figures, settings: (alert,) if holds[0] else ())
    evaluator = Evaluator([rule], store)
    evaluator.snooze("waiting", 10)
    assert evaluator.evaluate(Figures(at=1), Settings(), 1, False).new == ()
    assert len(evaluator.evaluate(Figures(at=1), Settings(), 10, False).new) == 1
    evaluator.snooze("waiting", 30)
    evaluator.wake("waiting")
    assert evaluator.evaluate(Figures(at=1), Settings(), 11, False).snoozed == ()


def test_rule_that_is_off_is_not_judged(store, june):
    evaluator = Evaluator([BUDGET], store)
    off = Settings(budget=100 * NANO, alerts_off=("budget",))
    assert evaluator.evaluate(june(90), off, 1, False).active == ()
    assert levels(evaluator.evaluate(june(90), SETTINGS, 2, False)) == ([80], [80])


# The list of what began


def test_list_holds_what_was_told_latest_first(judge: Judge):
    judge(50, 1)
    past = judge(80, 2).past
    assert [(level_of(entry.alert.key), entry.told, entry.read) for entry in past] == [
        (80, True, False),
        (50, True, False),
    ]
    assert [entry.alert.at for entry in past] == [2, 1]


def test_list_holds_what_is_held_back_from_the_begin_and_once(judge: Judge):
    assert [entry.told for entry in judge(50, 1, quiet=True).past] == [False]
    assert [(entry.told, entry.alert.at) for entry in judge(50, 2).past] == [(True, 1)]


def test_list_says_when_it_ended(judge: Judge):
    judge(50, 1)
    assert [entry.ended for entry in judge(40, 7).past] == [7]


def test_level_that_was_passed_by_a_higher_one_has_not_ended(judge: Judge):
    judge(50, 1)
    judge(80, 2)
    assert [entry.ended for entry in judge(80, 3).past] == [None, None]
    assert [entry.ended for entry in judge(60, 4).past] == [4, None]
    assert [entry.ended for entry in judge(0, 5).past] == [4, 5]


def test_silent_import_is_not_in_the_list(store, june):
    evaluator = Evaluator([BUDGET], store)
    assert evaluator.evaluate(june(90), SETTINGS, 1, True).past == ()
    assert evaluator.evaluate(june(90), SETTINGS, 2, False).past == ()


def test_read_alerts_stay_read_after_a_restart(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(50), SETTINGS, 1, False)
    evaluator.read()
    for each in (evaluator, Evaluator([BUDGET], store)):
        assert [entry.read for entry in each.evaluate(june(50), SETTINGS, 2, False).past] == [True]


def test_alert_is_dated_by_its_event_and_never_in_the_future(store):
    def dated(at: int) -> Rule:
        alert = Alert(f"made-up/{at}", "made-up", "", "", at=at)
        return Rule("made-up", "", lambda figures, settings: (alert,))

    for at, expected in ((5, 5), (50, 10)):
        evaluated = Evaluator([dated(at)], store).evaluate(Figures(at=1), Settings(), 10, False)
        assert evaluated.new[0].at == expected


# One thing of a rule


def test_a_muted_thing_is_silent_and_its_likes_are_not(store):
    def rule_of(*things: str) -> Rule:
        alerts = tuple(
            Alert(key=f"loop/ann/{thing}/0", rule="loop", title=thing, body="", replaces=f"loop/ann/{thing}")
            for thing in things
        )
        return Rule("loop", "A loop", lambda figures, settings: alerts, episodes=True)

    evaluator = Evaluator([rule_of("s1", "s2")], store)
    evaluator.snooze("loop/ann/s1", 10**15)
    told = evaluator.evaluate(Figures(at=1), Settings(), 1, silent=False)
    assert ([alert.title for alert in told.new], len(told.active)) == (["s2"], 2)
    again = Evaluator([rule_of("s1")], store).evaluate(Figures(at=9), Settings(), 9, silent=False)
    assert again.new == (), "also after a restart"
