"""Conditions with a past: what must hold for a while, end for a while, or is told anew when it starts again.

Each table is a day of a fake clock: (minute, what holds, what is told); "restart" puts a new evaluator on the store.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tokenwatch.alerts.evaluate import Evaluator
from tokenwatch.alerts.rule import MINUTE, Rule
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Alert, Figures

START, KEEP = Settings(theme="dark"), Settings(theme="light")
"""Settings stand in for figures: the made-up rule starts under one and goes on under the other."""


def alert(settings: Settings, *themes: str) -> tuple[Alert, ...]:
    return (Alert("made-up/2026-11/x", "made-up", "It holds", ""),) if settings.theme in themes else ()


RULE = Rule(
    "made-up",
    "made up",
    lambda figures, settings: alert(settings, "dark"),
    keep=lambda figures, settings: alert(settings, "dark", "light"),
)


def told(rule: Rule, store, table, *, restart: bool) -> list[tuple[int, int]]:
    """(minute, told) and so on: what the evaluator says along ``table`` of (minute, state)."""
    evaluator, result = Evaluator([rule], store), []
    for minute, state in table:
        if restart:
            evaluator = Evaluator([rule], store)
        settings = {"start": START, "keep": KEEP}.get(state, Settings())
        evaluated = evaluator.evaluate(Figures(at=1), settings, minute * MINUTE + 1, False)
        result.append((len(evaluated.active), len(evaluated.new)))
    return result


@pytest.mark.parametrize("restart", [False, True])
class TestTables:
    def test_condition_must_hold_for_a_while_at_two_evaluations(self, store, restart):
        rule = replace(RULE, after=30 * MINUTE, episodes=True)
        table = [(0, "start"), (29, "start"), (30, "start"), (31, "start")]
        assert told(rule, store, table, restart=restart) == [(0, 0), (0, 0), (1, 1), (1, 0)]

    def test_break_begins_the_wait_anew(self, store, restart):
        rule = replace(RULE, after=30 * MINUTE, episodes=True)
        table = [(0, "start"), (10, ""), (20, "start"), (40, "start"), (50, "start")]
        assert told(rule, store, table, restart=restart) == [(0, 0), (0, 0), (0, 0), (0, 0), (1, 1)]

    def test_looser_condition_does_not_start_but_lets_it_go_on(self, store, restart):
        rule = replace(RULE, episodes=True)
        table = [(0, "keep"), (1, "start"), (2, "keep"), (3, ""), (4, "keep"), (5, "start")]
        expected = [(0, 0), (1, 1), (1, 0), (0, 0), (0, 0), (1, 1)]
        assert told(rule, store, table, restart=restart) == expected

    def test_it_must_be_over_for_a_while_before_it_is_told_again(self, store, restart):
        rule = replace(RULE, clear=30 * MINUTE, episodes=True)
        table = [(0, "start"), (10, ""), (39, "start"), (40, ""), (69, ""), (70, ""), (71, "start")]
        expected = [(1, 1), (0, 0), (1, 0), (0, 0), (0, 0), (0, 0), (1, 1)]
        assert told(rule, store, table, restart=restart) == expected

    def test_episodes_are_told_no_more_often_than_allowed(self, store, restart):
        rule = replace(RULE, episodes=True, again=120 * MINUTE)
        table = [(0, "start"), (1, ""), (60, "start"), (61, ""), (119, "start"), (120, "start"), (121, "start")]
        expected = [(1, 1), (0, 0), (1, 0), (0, 0), (1, 0), (1, 1), (1, 0)]
        assert told(rule, store, table, restart=restart) == expected

    def test_episodes_are_told_no_more_times_than_allowed(self, store, restart):
        rule = replace(RULE, episodes=True, most=2)
        table = [(0, "start"), (1, ""), (2, "start"), (3, ""), (4, "start"), (5, "start")]
        expected = [(1, 1), (0, 0), (1, 1), (0, 0), (1, 0), (1, 0)]
        assert told(rule, store, table, restart=restart) == expected

    def test_what_is_told_once_only_is_not_told_again_when_it_starts_again(self, store, restart):
        table = [(0, "start"), (1, ""), (2, "start")]
        assert told(RULE, store, table, restart=restart) == [(1, 1), (0, 0), (1, 0)]


def test_condition_that_was_judged_only_after_a_sleep_starts_at_its_second_evaluation(store):
    rule = replace(RULE, after=30 * MINUTE, episodes=True)
    assert told(rule, store, [(0, "start"), (600, "start")], restart=False) == [(0, 0), (1, 1)]


def test_clock_that_is_set_back_does_not_keep_a_condition_from_starting(store):
    rule = replace(RULE, after=30 * MINUTE, episodes=True)
    assert told(rule, store, [(100, "start"), (10, "start"), (40, "start")], restart=False)[-1] == (1, 1)


def test_store_that_fails_keeps_nothing_from_being_judged(store):
    rule = replace(RULE, after=30 * MINUTE, episodes=True)
    evaluator = Evaluator([rule], store)
    store.broken = "mark"
    evaluator.evaluate(Figures(at=1), START, 1, False)
    assert evaluator.evaluate(Figures(at=1), START, 31 * MINUTE, False).active
    store.broken = ""
    assert evaluator.evaluate(Figures(at=1), START, 32 * MINUTE, False).new
    assert store.held
