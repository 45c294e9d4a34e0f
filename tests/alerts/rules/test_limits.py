"""The three rules about limits: silent, starting, holding, ending, told once for each window, and their words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tokenwatch.alerts.evaluate import Evaluator
from tokenwatch.alerts.rule import level_of, rules
from tokenwatch.alerts.rules.limit_reset import RULE as RESET
from tokenwatch.alerts.rules.limit_runs_out import RULE as RUNS_OUT
from tokenwatch.alerts.rules.limit_used import RULE as USED
from tokenwatch.base.limits import LimitWindow, PastWindow
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Figures, Urgency

MINUTE, HOUR = 60_000, 3_600_000
NOW = 1_770_000_000_000
SETTINGS = Settings()


def week(used: float | None, **more: object) -> LimitWindow:
    fields = {"resets_at": NOW + 90 * HOUR, "as_of": NOW, "identity": "1", **more}
    return LimitWindow("openai", "plus", "7d", used, **fields)  # type: ignore[arg-type]


def figures(*windows: LimitWindow, at: int = NOW) -> Figures:
    return Figures(at=at, limits=windows)


def levels(*windows: LimitWindow) -> list[int]:
    return [level_of(alert.key) for alert in USED.check(figures(*windows), SETTINGS)]


@pytest.mark.parametrize(
    ("used", "expected"), [(79.9, []), (80, [80]), (94.9, [80]), (95, [80, 95]), (100, [80, 95, 100]), (None, [])]
)
def test_used_begins_exactly_at_its_levels(used: float | None, expected: list[int]) -> None:
    assert levels(week(used)) == expected


def test_used_says_when_it_resets_and_whether_it_lasts() -> None:
    (alert,) = USED.check(figures(week(81, lasts=True)), SETTINGS)
    assert alert.title == "80% of the Codex week limit used"
    assert alert.body == "Resets in 3d 18h. At this pace it lasts until then."
    assert len(alert.title) <= 40
    (alert,) = USED.check(figures(week(81, runs_out_at=NOW + 30 * HOUR)), SETTINGS)
    assert alert.body == "Resets in 3d 18h. At this pace it lasts 1d 6h."


def test_used_up_is_critical_and_told_in_quiet_hours() -> None:
    alert = USED.check(figures(week(100)), SETTINGS)[-1]
    assert (alert.title, alert.urgency, alert.passes_quiet) == ("Codex week limit used up", Urgency.CRITICAL, True)


def test_two_windows_are_two_things() -> None:
    short = replace(week(85), window="5h", identity="2")
    assert len({alert.replaces for alert in USED.check(figures(week(85), short), SETTINGS)}) == 2


def test_an_estimate_has_no_alert() -> None:
    block = week(None, estimated=True, tokens=10**9)
    assert [rule.check(figures(block), SETTINGS) for rule in (USED, RUNS_OUT, RESET)] == [(), (), ()]


def test_each_level_is_told_once_a_window_also_after_a_restart(store) -> None:
    told = []
    for used, identity in [(81, "1"), (83, "1"), (96, "1"), (82, "1"), (96, "1"), (10, "2"), (85, "2")]:
        evaluated = Evaluator([USED], store).evaluate(figures(week(used, identity=identity)), SETTINGS, NOW, False)
        told += [alert.title for alert in evaluated.new]
    assert told == [
        "80% of the Codex week limit used", "95% of the Codex week limit used", "80% of the Codex week limit used",
    ]  # fmt: skip


def ahead(used: float, **more: object) -> LimitWindow:
    return week(used, runs_out_at=NOW + 28 * HOUR, pace_points=27.0, **more)


def test_running_out_needs_enough_use_to_be_believed() -> None:
    found = {used: len(RUNS_OUT.check(figures(ahead(used)), SETTINGS)) for used in (24, 25, 94, 95)}
    assert found == {24: 0, 25: 1, 94: 1, 95: 0}


def test_running_out_is_silent_on_pace() -> None:
    assert RUNS_OUT.check(figures(week(60, pace_points=1.0)), SETTINGS) == ()


def test_running_out_goes_on_until_the_pace_is_even() -> None:
    assert len(RUNS_OUT.keep(figures(week(60, pace_points=2.0)), SETTINGS)) == 1
    assert RUNS_OUT.keep(figures(week(60, pace_points=-0.5)), SETTINGS) == ()


def test_running_out_says_when() -> None:
    (alert,) = RUNS_OUT.check(figures(ahead(74)), SETTINGS)
    assert alert.title == "Codex week limit runs out early"
    assert alert.body == "74% used. At this pace it is used up in ~1d 4h, 2d 14h before reset."


def test_running_out_is_told_once_after_it_has_held(store) -> None:
    evaluator, told = Evaluator([RUNS_OUT], store), []
    for minutes in (0, 5, 11, 20, 40):
        now = NOW + minutes * MINUTE
        told.append(len(evaluator.evaluate(figures(ahead(74), at=now), SETTINGS, now, False).new))
    assert sum(told) == 1
    assert told[0] == 0


def ended(peak: float, minutes_ago: float) -> LimitWindow:
    return week(3.0, identity="2", past=(PastWindow(NOW - int(minutes_ago * MINUTE), peak, "1"),))


@pytest.mark.parametrize(
    ("peak", "minutes_ago", "expected"), [(100, 1, 1), (99.4, 1, 0), (100, 119, 1), (100, 121, 0), (60, 1, 0)]
)
def test_reset_of_a_used_up_window_is_news_for_a_while(peak: float, minutes_ago: float, expected: int) -> None:
    assert len(RESET.check(figures(ended(peak, minutes_ago)), SETTINGS)) == expected


def test_reset_is_told_once(store) -> None:
    evaluator = Evaluator([RESET], store)
    told = [len(evaluator.evaluate(figures(ended(100, ago)), SETTINGS, NOW, False).new) for ago in (1, 5, 60)]
    assert told == [1, 0, 0]


def test_reset_says_that_work_may_go_on() -> None:
    (alert,) = RESET.check(figures(ended(100, 1)), SETTINGS)
    assert (alert.title, alert.urgency) == ("Codex week limit has reset", Urgency.LOW)
    assert alert.at == NOW - MINUTE


def test_hostile_names_stay_out_of_keys_and_titles() -> None:
    evil = replace(ahead(100), provider="a/b\n\u202e<img>" * 9, window="../\x1b[0m" * 9)
    for rule in (USED, RUNS_OUT):
        for alert in rule.check(figures(evil), SETTINGS):
            assert alert.title.isprintable()
            assert len(alert.title) <= 60
            assert alert.key.count("/") == 3


def test_the_rules_are_found() -> None:
    assert {rule.id for rule in rules()} >= {"limit", "limit-runs-out", "limit-reset"}
