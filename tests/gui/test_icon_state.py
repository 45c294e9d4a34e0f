"""What the icon shows of a snapshot: agents working, part of the budget, flow, and who needs you."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Digit
from tokenwatch.base.snapshot import AgentCounts, Month, Rate, Snapshot
from tokenwatch.gui.icon_state import GAUGE_STEPS, IconState, Level, icon_state


def month(spent: float, budget: float | None, last_month: float | None = None) -> Month:
    return replace(
        samples.month(),
        spent=round(spent * NANO),
        budget=None if budget is None else round(budget * NANO),
        last_month=None if last_month is None else round(last_month * NANO),
    )


def with_month(found: Month | None) -> Snapshot:
    return replace(samples.usual(), figures=replace(samples.usual().figures, month=found))


def with_rate(tokens: float, event_ms_ago: int | None = 0) -> Snapshot:
    event = None if event_ms_ago is None else samples.NOW - event_ms_ago
    return replace(
        samples.usual(), figures=replace(samples.usual().figures, rate=Rate(tokens_5m=tokens, last_event=event))
    )


def test_usual_moment() -> None:
    assert icon_state(samples.usual()) == IconState(working=3, gauge=77, level=Level.UNDER, flow=2, waiting=True)


def test_ten_and_more_look_the_same() -> None:
    states = set()
    for working in (10, 11, 300):
        counts = AgentCounts(open=working, working=working)
        states.add(icon_state(replace(samples.usual(), figures=replace(samples.usual().figures, counts=counts))))
    assert {state.working for state in states} == {10}
    assert len(states) == 1


@pytest.mark.parametrize(
    ("spent", "budget", "level"),
    [
        (0, 450, Level.UNDER),
        (359.99, 450, Level.UNDER),
        (360, 450, Level.NEAR),
        (450, 450, Level.NEAR),
        (450.000000001, 450, Level.OVER),
        (9_999, 450, Level.OVER),
    ],
)
def test_level_goes_by_the_budget(spent: float, budget: float, level: Level) -> None:
    assert icon_state(with_month(month(spent, budget))).level is level


def test_without_a_budget_the_gauge_compares_with_last_month_and_never_warns() -> None:
    state = icon_state(with_month(month(600, None, last_month=400)))
    assert (state.gauge, state.level) == (GAUGE_STEPS, Level.UNDER)
    assert icon_state(with_month(month(100, None, last_month=400))).gauge == GAUGE_STEPS // 4


@pytest.mark.parametrize("found", [None, month(100, None), month(100, None, last_month=0)])
def test_with_nothing_to_compare_the_gauge_is_empty(found: Month | None) -> None:
    state = icon_state(with_month(found))
    assert (state.gauge, state.level) == (0, Level.UNKNOWN)


@pytest.mark.parametrize(
    ("tokens", "dots"), [(0, 0), (0.4, 0), (0.5, 1), (9_999, 1), (10_000, 2), (49_999, 2), (50_000, 3), (9e9, 3)]
)
def test_dots_go_by_the_token_rate(tokens: float, dots: int) -> None:
    assert icon_state(with_rate(tokens)).flow == dots


@pytest.mark.parametrize(("before", "tokens", "dots"), [(2, 9_500, 2), (2, 8_999, 1), (3, 45_000, 3), (3, 44_999, 2)])
def test_dots_leave_later_than_they_come(before: int, tokens: float, dots: int) -> None:
    assert icon_state(with_rate(tokens), IconState(flow=before)).flow == dots


def test_a_fading_average_without_events_flows_no_more() -> None:
    assert icon_state(with_rate(5_000, 300_000)).flow == 1
    assert icon_state(with_rate(5_000, 300_001)).flow == 0
    assert icon_state(with_rate(5_000, None)).flow == 0


def test_one_unreadable_source_adds_a_mark() -> None:
    state = icon_state(samples.error())
    assert state.one_unreadable
    assert state.working == 2


def test_no_readable_source_wins_over_all() -> None:
    assert icon_state(samples.unreadable()) == IconState(none_readable=True)
    assert icon_state(replace(samples.unreadable(), paused_since=samples.NOW)) == IconState(none_readable=True)


def test_paused_hides_figures() -> None:
    assert icon_state(replace(samples.over_budget(), paused_since=samples.NOW)) == IconState(paused=True)


def test_nothing_found_is_not_unreadable() -> None:
    assert icon_state(samples.empty()) == IconState()


@pytest.mark.parametrize("part", ["tray", "notifications", "settings", "pricing", "watcher"])
def test_our_own_small_troubles_are_no_unreadable_source(part: str) -> None:
    troubled = replace(samples.usual(), health=(Health(part, HealthState.FAILING, "No."),))
    assert not icon_state(troubled).one_unreadable


def test_ledger_that_fails_is_marked() -> None:
    assert icon_state(
        replace(samples.usual(), health=(Health("ledger", HealthState.FAILING, "Full."),))
    ).one_unreadable


def test_what_is_not_shown_changes_nothing() -> None:
    usual = samples.usual()
    figures = replace(usual.figures, at=samples.NOW + 5_000, sessions=(), lanes=(), quotas=())
    assert icon_state(replace(usual, figures=figures, alerts=())) == icon_state(usual)


@pytest.mark.parametrize("name", samples.EVERY)
def test_every_snapshot_has_a_state(name: str) -> None:
    state = icon_state(samples.EVERY[name]())
    assert 0 <= state.working <= 10
    assert 0 <= state.gauge <= GAUGE_STEPS
    assert 0 <= state.flow <= 3


@pytest.mark.parametrize(("digit", "number"), [("working", 3), ("open", 5), ("sub_agents", 7)])
def test_the_number_counts_whom_the_user_chose(digit: Digit, number: int) -> None:
    counts = AgentCounts(open=5, working=3, waiting=1, idle=1, sub_agents=4)
    snapshot = samples.usual()
    figures = replace(snapshot.figures, counts=counts)
    assert icon_state(replace(snapshot, figures=figures), None, digit).working == number
