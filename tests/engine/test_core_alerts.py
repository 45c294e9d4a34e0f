"""When a person is told of a budget: not of the past, each threshold once, over any restart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.engine.conftest import DOLLAR, Desk, read_all
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Alert, AlertCounts, Figures
from tokenwatch.engine import core as core_module
from tokenwatch.engine.core import Core

Keep = Callable[[Core], Core]
PERCENT = 10_000
"""Tokens that are a hundredth of the budget of a dollar."""


@pytest.fixture(autouse=True)
def budget(desk: Desk) -> None:
    off = tuple(rule.id for rule in core_module.rules() if rule.id != "budget")
    desk.settings = Settings(timezone="UTC", budget=DOLLAR, alerts_off=off)


def levels(alerts: tuple[Alert, ...]) -> list[str]:
    return [alert.key.rsplit("/", 1)[-1] for alert in alerts]


def told(core: Core) -> list[str]:
    return levels(core.snapshot(()).new_alerts)


def holding(core: Core) -> list[str]:
    return levels(core.snapshot(()).alerts)


def imported(desk: Desk, cores: Keep, percent: int = 0) -> Core:
    """A core that has read everything and judged it, with so much of the budget used."""
    if percent:
        desk.use(0, percent * PERCENT)
    core = cores(desk.opened())
    core.snapshot(())
    return core


def test_a_first_import_is_silent_and_its_alert_holds(desk: Desk, cores: Keep) -> None:
    desk.use(1, 90 * PERCENT)
    core = cores(desk.core())
    core.open()
    assert (core.first_import, told(core)) == (True, [])
    read_all(core)
    assert told(core) == []
    assert (core.first_import, holding(core)) == (False, ["80"])


def test_a_threshold_passed_later_is_told_once(desk: Desk, cores: Keep) -> None:
    core = imported(desk, cores, percent=40)
    desk.use(1, 15 * PERCENT)
    read_all(core)
    assert (told(core), told(core)) == (["50"], [])
    assert holding(core) == ["50"]


def test_several_thresholds_passed_at_once_are_told_as_the_highest(desk: Desk, cores: Keep) -> None:
    core = imported(desk, cores, percent=1)
    desk.use(1, 150 * PERCENT)
    read_all(core)
    assert (told(core), told(core)) == (["100"], [])
    assert holding(core) == ["100"]


def test_steps_that_pass_one_threshold_after_another_are_told_as_one(desk: Desk, cores: Keep) -> None:
    core = imported(desk, cores, percent=1)
    core.close()
    for number in range(1, 12):
        desk.use(number, 10 * PERCENT, log=f"log {number}", ago=number)
    core = cores(desk.core())
    core.open()
    core.plan()
    heard = []
    while core.books.pending:
        core.step(0.0)
        heard += told(core)
    assert heard == ["100"]


def test_what_was_told_is_not_told_again_after_a_restart_and_still_holds(desk: Desk, cores: Keep) -> None:
    core = imported(desk, cores)
    desk.use(1, 60 * PERCENT)
    read_all(core)
    assert told(core) == ["50"]
    core.close()
    core = cores(desk.opened())
    assert (told(core), holding(core)) == ([], ["50"])


def test_what_was_passed_while_nothing_ran_is_told_at_the_next_start(desk: Desk, cores: Keep) -> None:
    imported(desk, cores, percent=40).close()
    desk.use(1, 45 * PERCENT)
    core = cores(desk.core())
    core.open()
    assert told(core) == []  # not before all is read
    read_all(core)
    assert told(core) == ["80"]


def test_a_first_import_that_was_cut_off_is_silent_when_it_goes_on(desk: Desk, cores: Keep) -> None:
    for number in range(1, 10):
        desk.use(number, 10 * PERCENT, log=f"log {number}", ago=number)
    core = cores(desk.core())
    core.open()
    core.plan()
    core.step(0.0)
    assert core.books.pending
    assert told(core) == []
    core.close()
    core = cores(desk.opened())
    assert (told(core), holding(core)) == ([], ["80"])
    desk.use(20, 20 * PERCENT)
    read_all(core)
    assert told(core) == ["100"]


def test_on_a_computer_without_logs_the_first_use_is_told(desk: Desk, cores: Keep) -> None:
    core = imported(desk, cores)
    assert not core.first_import
    desk.use(1, 60 * PERCENT)
    read_all(core)
    assert told(core) == ["50"]


def test_a_new_month_begins_anew(desk: Desk, cores: Keep) -> None:
    core = imported(desk, cores, percent=90)
    assert holding(core) == ["80"]
    desk.clock.set(1_796_083_200_000)  # 2026-12-01 00:00 UTC
    assert holding(core) == []
    desk.use(1, 60 * PERCENT)
    read_all(core)
    assert told(core) == ["50"]


def test_a_budget_that_was_passed_before_it_was_set_is_told(desk: Desk, cores: Keep) -> None:
    core = imported(desk, cores, percent=40)
    core.change_settings(replace(desk.settings, budget=DOLLAR // 2))
    assert told(core) == ["80"]
    core.change_settings(replace(desk.settings, budget=None))
    assert (told(core), holding(core)) == ([], [])


def test_a_plan_does_not_use_the_budget(desk: Desk, cores: Keep) -> None:
    core = imported(desk, cores, percent=90)
    desk.plan()
    core.change_settings(replace(desk.settings, budget=DOLLAR))
    assert holding(core) == []


def test_what_the_ledger_cannot_remember_is_told_once_it_can(desk: Desk, cores: Keep) -> None:
    core = imported(desk, cores, percent=40)
    desk.use(1, 45 * PERCENT)
    read_all(core)
    assert core.books.ledger is not None
    core.books.ledger._connection.execute("PRAGMA query_only = 1")
    assert (told(core), told(core), holding(core)) == ([], [], ["80"])
    core.books.ledger._connection.execute("PRAGMA query_only = 0")
    assert (told(core), told(core)) == (["80"], [])


def test_a_rule_that_fails_is_logged_and_stops_nothing(
    desk: Desk, cores: Keep, monkeypatch: pytest.MonkeyPatch, expected_logs: Callable[[str], None]
) -> None:
    def broken(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
        raise RuntimeError("a rule")

    rules = core_module.rules()
    bad = replace(rules[0], id="bad", check=broken)
    monkeypatch.setattr(core_module, "rules", lambda: (bad, *rules))
    expected_logs("rule bad failed")
    core = imported(desk, cores)
    desk.use(1, 60 * PERCENT)
    read_all(core)
    assert told(core) == ["50"]


def test_one_that_only_reads_judges_nothing(desk: Desk, cores: Keep) -> None:
    imported(desk, cores, percent=90)
    other = cores(desk.core(write=False))
    other.open()
    assert (told(other), holding(other)) == ([], [])


def test_what_is_muted_stays_so_and_is_counted_in_its_month(desk: Desk, cores: Keep) -> None:
    core = imported(desk, cores)
    desk.use(1, 60 * PERCENT)
    read_all(core)
    assert core.snapshot(()).alert_counts == AlertCounts(begun=1)
    for _ in range(2):
        core.snooze("fan-out/toy/s1", "always")
        assert core.snapshot(()).alert_counts == AlertCounts(begun=1, muted=1)
    core.close()
    again = cores(desk.opened())
    assert [rule for rule, _ in again.snapshot(()).snoozed] == ["fan-out/toy/s1"]
    again.snooze("fan-out/toy/s1", "")
    later = again.snapshot(())
    assert (later.snoozed, later.alert_counts.muted) == ((), 1)
    desk.clock.advance(31 * 86_400)
    assert again.snapshot(()).alert_counts == AlertCounts()
