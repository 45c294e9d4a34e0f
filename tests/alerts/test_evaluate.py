"""An alert starts, holds and ends; a person is told once, whatever happens in between."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.alerts.evaluate import Evaluated, Evaluator
from tokenwatch.alerts.rule import Rule, level_of, period_of, rules, scope_of
from tokenwatch.alerts.rules import budget as budget_rule
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Alert, Figures
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.pricing.cost import Pricer

BUDGET = budget_rule.RULE


def settings(dollars: int, *thresholds: int) -> Settings:
    return Settings(budget=dollars * NANO or None, thresholds=thresholds or (50, 80, 100))


def levels(alerts: tuple[Alert, ...]) -> list[int]:
    return [level_of(alert.key) for alert in alerts]


def seen(evaluated: Evaluated) -> tuple[list[int], list[int]]:
    return levels(evaluated.active), levels(evaluated.new)


def test_alert_starts_holds_and_ends(store, june):
    evaluator = Evaluator([BUDGET], store)
    assert seen(evaluator.evaluate(june(49), settings(100), 1, False)) == ([], [])
    assert seen(evaluator.evaluate(june(50), settings(100), 2, False)) == ([50], [50])
    assert seen(evaluator.evaluate(june(51), settings(100), 3, False)) == ([50], [])
    assert seen(evaluator.evaluate(june(49), settings(100), 4, False)) == ([], [])


def test_key_is_marked_before_the_alert_is_handed_out(store, june):
    evaluated = Evaluator([BUDGET], store).evaluate(june(50), settings(100), 7, False)
    assert store.keys[evaluated.new[0].key] == 7


def test_alert_that_starts_again_is_not_new(store, june):
    evaluator = Evaluator([BUDGET], store)
    for spent in (50, 49):
        evaluator.evaluate(june(spent), settings(100), 1, False)
    assert seen(evaluator.evaluate(june(50), settings(100), 2, False)) == ([50], [])


def test_alert_that_was_told_is_not_new_after_a_restart(store, june):
    Evaluator([BUDGET], store).evaluate(june(50), settings(100), 1, False)
    assert seen(Evaluator([BUDGET], store).evaluate(june(50), settings(100), 2, False)) == ([50], [])


def test_alert_keeps_the_time_at_which_it_began(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(50), settings(100), 5, False)
    assert [alert.at for alert in evaluator.evaluate(june(60), settings(100), 9, False).active] == [5]


def test_alert_that_begins_again_has_a_new_time(store, june):
    evaluator = Evaluator([BUDGET], store)
    for now, spent in ((5, 50), (6, 0)):
        evaluator.evaluate(june(spent), settings(100), now, False)
    assert [alert.at for alert in evaluator.evaluate(june(50), settings(100), 9, False).active] == [9]


def test_several_levels_at_once_give_the_highest_only(store, june):
    assert seen(Evaluator([BUDGET], store).evaluate(june(85), settings(100), 1, False)) == ([80], [80])


def test_levels_that_were_jumped_over_are_not_told_later(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(85), settings(100), 1, False)
    assert seen(evaluator.evaluate(june(60), settings(100), 2, False)) == ([50], [])


def test_next_level_replaces_the_one_before(store, june):
    evaluator = Evaluator([BUDGET], store)
    first = evaluator.evaluate(june(50), settings(100), 1, False)
    second = evaluator.evaluate(june(80), settings(100), 2, False)
    assert seen(second) == ([80], [80])
    assert first.new[0].replaces == second.new[0].replaces != ""


def test_silent_evaluation_is_active_but_tells_nothing(store, june):
    evaluator = Evaluator([BUDGET], store)
    assert seen(evaluator.evaluate(june(85), settings(100), 1, True)) == ([80], [])
    assert seen(evaluator.evaluate(june(85), settings(100), 2, False)) == ([80], [])
    assert seen(evaluator.evaluate(june(100), settings(100), 3, False)) == ([100], [100])


def test_what_was_silent_stays_so_after_a_restart(store, june):
    Evaluator([BUDGET], store).evaluate(june(85), settings(100), 1, True)
    assert seen(Evaluator([BUDGET], store).evaluate(june(85), settings(100), 2, False)) == ([80], [])


def test_new_month_tells_again(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(50), settings(100), 1, False)
    assert seen(evaluator.evaluate(june(50, label="2026-07"), settings(100), 2, False)) == ([50], [50])


@pytest.mark.parametrize("restart", [False, True])
def test_raised_budget_tells_nothing_at_once_and_higher_levels_later(store, june, restart):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(46), settings(45), 1, False)
    if restart:
        evaluator = Evaluator([BUDGET], store)
    assert seen(evaluator.evaluate(june(46), settings(90), 2, False)) == ([50], [])
    assert seen(evaluator.evaluate(june(72), settings(90), 3, False)) == ([80], [80])
    assert seen(evaluator.evaluate(june(90), settings(90), 4, False)) == ([100], [100])


def test_level_told_under_a_smaller_budget_is_told_again_when_it_is_reached_under_the_larger(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(50), settings(100), 1, False)
    assert seen(evaluator.evaluate(june(51), settings(200), 2, False)) == ([], [])
    assert seen(evaluator.evaluate(june(100), settings(200), 3, False)) == ([50], [50])


def test_lowered_budget_tells_one_thing_at_most(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(55), settings(100), 1, False)
    assert seen(evaluator.evaluate(june(55), settings(50), 2, False)) == ([100], [100])
    assert seen(evaluator.evaluate(june(55), settings(50), 3, False)) == ([100], [])


def test_lowered_budget_does_not_repeat_a_level(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(85), settings(100), 1, False)
    assert seen(evaluator.evaluate(june(85), settings(90), 2, False)) == ([80], [])


def test_budget_set_back_does_not_repeat_a_level(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(50), settings(100), 1, False)
    evaluator.evaluate(june(50), settings(1000), 2, False)
    assert seen(evaluator.evaluate(june(50), settings(100), 3, False)) == ([50], [])


def test_first_budget_below_what_is_spent_tells_one_thing(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(85), settings(0), 1, False)
    assert seen(evaluator.evaluate(june(85), settings(100), 2, False)) == ([80], [80])


def test_threshold_added_below_what_was_told_tells_nothing(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(85), settings(100), 1, False)
    assert seen(evaluator.evaluate(june(85), settings(100, 50, 60, 80, 100), 2, False)) == ([80], [])


@pytest.mark.parametrize("broken", ["fired", "mark"])
def test_store_that_fails_delays_the_notification(store, june, broken):
    evaluator = Evaluator([BUDGET], store)
    store.broken = broken
    assert seen(evaluator.evaluate(june(50), settings(100), 1, False)) == ([50], [])
    store.broken = ""
    assert seen(evaluator.evaluate(june(50), settings(100), 2, False)) == ([50], [50])


def test_store_that_fails_after_it_kept_the_key_never_leads_to_two_notifications(store, june):
    evaluator = Evaluator([BUDGET], store)
    store.broken = "after"
    told = levels(evaluator.evaluate(june(50), settings(100), 1, False).new)
    store.broken = ""
    told += levels(evaluator.evaluate(june(50), settings(100), 2, False).new)
    assert len(told) <= 1


def test_store_that_fails_once_told_changes_nothing(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(50), settings(100), 1, False)
    store.broken = "fired"
    assert seen(evaluator.evaluate(june(50), settings(100), 2, False)) == ([50], [])


def test_silent_keys_are_marked_when_the_store_works_again(store, june):
    evaluator = Evaluator([BUDGET], store)
    store.broken = "mark"
    assert seen(evaluator.evaluate(june(50), settings(100), 1, True)) == ([50], [])
    store.broken = ""
    assert seen(evaluator.evaluate(june(50), settings(100), 2, False)) == ([50], [])
    assert seen(Evaluator([BUDGET], store).evaluate(june(50), settings(100), 3, False)) == ([50], [])


def test_store_is_not_asked_while_nothing_changes(store, june):
    evaluator = Evaluator([BUDGET], store)
    evaluator.evaluate(june(50), settings(100), 1, False)
    store.fired = store.mark = None
    assert seen(evaluator.evaluate(june(51), settings(100), 2, False)) == ([50], [])


def made_up(name: str, *keys: str) -> Rule:
    """A rule that finds ``keys``, without terms, levels or a mind of its own."""
    alerts = tuple(Alert(key=f"{name}/{key}", rule=name, title=key, body="") for key in keys)
    return Rule(name, name, lambda figures, settings: alerts)


def test_things_of_one_rule_are_told_each(store):
    evaluated = Evaluator([made_up("waiting", "one", "two")], store).evaluate(Figures(at=1), Settings(), 1, False)
    assert [alert.title for alert in evaluated.new] == ["one", "two"]


def test_newest_alert_is_first(store, june):
    evaluator = Evaluator([made_up("waiting", "one"), BUDGET], store)
    evaluator.evaluate(june(0), settings(100), 1, False)
    evaluated = evaluator.evaluate(june(50), settings(100), 2, False)
    assert [alert.rule for alert in evaluated.active] == ["budget", "waiting"]


@pytest.mark.expected_logs("rule broken failed")
def test_rule_that_raises_leaves_the_others_alone_and_is_logged_once(store, expected_logs):
    def broken(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
        raise ZeroDivisionError

    evaluator = Evaluator([Rule("broken", "broken", broken), made_up("waiting", "one")], store)
    for now in (1, 2):
        assert len(evaluator.evaluate(Figures(at=now), Settings(), now, False).active) == 1
    assert len(expected_logs.records) == 1


def test_ledger_is_a_store(tmp_path: Path, june):
    told = []
    for now in (1, 2):
        ledger = Ledger(tmp_path / "ledger.sqlite", Pricer(tmp_path / "prices.toml"), {})
        told += levels(Evaluator([BUDGET], ledger.alerts).evaluate(june(85), settings(100), now, False).new)
        ledger.close()
    assert told == [80]


def test_rules_are_found():
    assert BUDGET in rules()


def test_ids_of_rules_are_unique():
    assert len({rule.id for rule in rules()}) == len(rules())


def test_parts_of_a_key_are_found_again():
    scope = scope_of("budget", "2026-06", 450 * NANO)
    assert period_of(scope) == "budget/2026-06/"
    assert level_of(scope + "80") == 80
    assert level_of(scope) == level_of("²/²") == 0


steps = st.lists(
    st.tuples(
        st.sampled_from(["2026-06", "2026-07"]),
        st.integers(0, 250),
        st.sampled_from([0, 50, 100, 200]),
        st.sets(st.integers(1, 150), max_size=4),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", "", "", "fired", "mark", "after"]),
    ),
    max_size=30,
)


@given(steps=steps)
def test_no_key_is_told_twice_in_any_sequence(steps, new_store, june):
    store = new_store()
    evaluator = Evaluator([BUDGET], store)
    told: Counter[str] = Counter()
    for now, (label, spent, budget, thresholds, silent, restart, broken) in zip(itertools.count(), steps):
        if restart:
            evaluator = Evaluator([BUDGET], store)
        store.broken = broken
        wanted = Settings(budget=budget * NANO or None, thresholds=tuple(sorted(thresholds)))
        figures = june(spent, label=label)
        evaluated = evaluator.evaluate(figures, wanted, now, silent)
        told.update(alert.key for alert in evaluated.new)
        assert len(evaluated.new) <= 1
        assert set(evaluated.new) <= set(evaluated.active)
        assert not (silent and evaluated.new)
        assert [alert.key for alert in evaluated.active] == [a.key for a in BUDGET.check(figures, wanted)][-1:]
        assert all(key in store.keys for key in told)
    assert all(times == 1 for times in told.values())


@given(spending=st.lists(st.integers(0, 30), max_size=20), thresholds=st.sets(st.integers(1, 300), min_size=1))
def test_no_highest_level_is_missed_while_spending_grows(spending, thresholds, new_store, june):
    evaluator = Evaluator([BUDGET], new_store())
    wanted = Settings(budget=100 * NANO, thresholds=tuple(sorted(thresholds)))
    passed = 0
    for now, spent in enumerate(itertools.accumulate(spending)):
        evaluated = evaluator.evaluate(june(spent), wanted, now, False)
        highest = max((level for level in thresholds if level <= spent), default=0)
        assert levels(evaluated.new) == ([highest] if highest > passed else [])
        passed = max(passed, highest)
