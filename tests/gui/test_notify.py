"""New alerts are passed on to the desktop's service, clicks come back, and all of it without waiting."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.clock import FixedClock
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.snapshot import Action, Alert, Snapshot
from tokenwatch.gui.notify import Notifier, service_for
from tokenwatch.gui.notify_freedesktop import FreedesktopService
from tokenwatch.gui.notify_native import NativeService
from tokenwatch.gui.notify_service import CLICK, PART, page_of, unavailable


def told(*keys: str) -> Snapshot:
    """A snapshot with new alerts of different kinds, which hold."""
    alerts = tuple(replace(samples.alert(), key=key, rule=key, replaces="") for key in keys)
    return replace(samples.usual(), alerts=alerts, new_alerts=alerts)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(samples.NOW)


@pytest.fixture
def notifier(qtbot, service, clock: FixedClock) -> Notifier:
    return Notifier(service, clock, enabled=True)


def test_new_alert_is_shown(notifier: Notifier, service) -> None:
    notifier.show_snapshot(told("a"))
    assert [each.alert.key for each in service.shown] == ["a"]


def test_alert_that_is_not_new_is_not_shown(notifier: Notifier, service) -> None:
    notifier.show_snapshot(replace(told("a"), new_alerts=()))
    assert service.shown == []


def test_second_alert_follows_when_its_minute_has_come(notifier: Notifier, service, clock: FixedClock) -> None:
    notifier.show_snapshot(told("a", "b"))
    assert len(service.shown) == 1
    clock.advance(60)
    notifier.show_snapshot(replace(told("a", "b"), new_alerts=()))
    assert [each.alert.key for each in service.shown] == ["a", "b"]


def test_waiting_alert_needs_no_snapshot_to_be_shown(qtbot, notifier: Notifier, service, clock: FixedClock) -> None:
    notifier.show_snapshot(told("a"))
    clock.advance(59.99)
    notifier.show_snapshot(told("a", "b"))
    clock.advance(0.02)
    qtbot.waitUntil(lambda: len(service.shown) == 2)


def test_alert_that_holds_no_more_is_withdrawn(notifier: Notifier, service) -> None:
    notifier.show_snapshot(told("a"))
    notifier.show_snapshot(told())
    assert service.withdrawn == ["a"]


def test_what_is_neither_true_nor_replaced_is_withdrawn_before_its_successor(
    notifier: Notifier, service, clock: FixedClock
) -> None:
    first, second = (replace(samples.alert(), key=key, rule="rate", replaces="") for key in "ab")
    notifier.show_snapshot(replace(samples.usual(), alerts=(first,), new_alerts=(first,)))
    clock.advance(700)
    notifier.show_snapshot(replace(samples.usual(), alerts=(second,), new_alerts=(second,)))
    assert service.withdrawn == ["rate"]
    assert [each.alert.key for each in service.shown] == ["a", "b"]


def test_switched_off_nothing_is_shown_or_kept(qtbot, service, clock: FixedClock) -> None:
    notifier = Notifier(service, clock, enabled=False)
    notifier.show_snapshot(told("a"))
    assert not service.started
    notifier.set_enabled(True)
    assert service.started
    notifier.show_snapshot(replace(told("a"), new_alerts=()))
    assert service.shown == []


def test_switching_off_drops_what_waits(notifier: Notifier, service, clock: FixedClock) -> None:
    notifier.show_snapshot(told("a", "b"))
    notifier.set_enabled(False)
    clock.advance(120)
    notifier.show_snapshot(told())
    assert len(service.shown) == 1


def test_click_asks_for_the_page_that_explains(qtbot, notifier: Notifier, service) -> None:
    with qtbot.waitSignal(notifier.page_wanted) as signal:
        service.choose(Alert("k", "budget", "", ""), CLICK)
    assert signal.args == ["spend"]


def test_click_does_the_first_action(qtbot, notifier: Notifier, service) -> None:
    alert = Alert("k", "budget", "", "", actions=(Action("raise-budget", "Raise budget…", "b"),))
    with qtbot.waitSignal(notifier.asked) as signal:
        service.choose(alert, CLICK)
    assert signal.args == ["raise-budget", "b"]


@pytest.mark.parametrize(
    ("actions", "key", "args"),
    [
        ((), "snooze:1", ["forecast", "3600"]),
        ((Action("snooze", "Not this month", "month"),), CLICK, ["forecast", "month"]),
    ],
)
def test_snooze_is_asked_for_the_rule(qtbot, notifier: Notifier, service, actions, key, args) -> None:
    with qtbot.waitSignal(notifier.snooze_requested) as signal, qtbot.assertNotEmitted(notifier.page_wanted):
        service.choose(Alert("k", "forecast", "", "", actions=actions), key)
    assert signal.args == args


def test_key_that_no_button_has_does_nothing(qtbot, notifier: Notifier, service) -> None:
    with (
        qtbot.assertNotEmitted(notifier.page_wanted, wait=50),
        qtbot.assertNotEmitted(notifier.asked),
        qtbot.assertNotEmitted(notifier.snooze_requested),
    ):
        service.choose(Alert("k", "forecast", "", ""), "hostile")


def test_health_of_the_service_is_passed_on(qtbot, notifier: Notifier, service) -> None:
    with qtbot.waitSignal(notifier.health_changed) as signal:
        service.say(Health(PART))
    assert signal.args == [Health(PART)]


def test_stopping_stops_the_service(notifier: Notifier, service) -> None:
    notifier.stop()
    assert service.stopped


def test_service_that_was_never_started_is_not_stopped(qtbot, service, clock: FixedClock) -> None:
    Notifier(service, clock, enabled=False).stop()
    assert not service.stopped


@pytest.mark.parametrize(
    ("rule", "page"),
    [("budget", "spend"), ("quota_pace", "limits"), ("waiting", "live"), ("something new", "alerts")],
)
def test_rules_lead_to_pages(rule: str, page: str) -> None:
    assert page_of(rule) == page


def test_desktop_without_notifications_is_degraded_and_says_what_to_do_instead() -> None:
    health = unavailable("nobody\nanswers")
    assert (health.part, health.state) == (PART, HealthState.DEGRADED)
    assert health.reason == ("Notifications cannot be shown: nobody answers. Alerts are listed in the window.")


@pytest.mark.parametrize(
    ("platform", "kind"), [("linux", FreedesktopService), ("darwin", NativeService), ("win32", NativeService)]
)
def test_each_system_has_its_service(platform: str, kind: type) -> None:
    service = service_for(platform, {})
    assert isinstance(service, kind)
    service.stop()
