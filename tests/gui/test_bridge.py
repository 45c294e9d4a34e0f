"""Snapshots cross to the Qt thread, at most two a second, the first at once, and no alert is lost on the way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.errors import LedgerBusy, LedgerError
from tokenwatch.base.health import Health
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.gui.bridge import INTERVAL_MS, Bridge
from tokenwatch.insight.breakdown import Question

SHORT_MS = 40


def numbered(*numbers: int) -> list[Snapshot]:
    return [replace(samples.loading(), sources=number) for number in numbers]


@pytest.fixture
def bridge(qtbot, engine) -> Bridge:
    return Bridge(engine, interval_ms=SHORT_MS)


@pytest.fixture
def came(bridge: Bridge) -> list[Snapshot]:
    found: list[Snapshot] = []
    bridge.snapshot_changed.connect(found.append)
    return found


def test_at_most_ten_snapshots_a_second() -> None:
    assert INTERVAL_MS >= 100


def test_first_snapshot_comes_without_waiting(qtbot, engine) -> None:
    bridge = Bridge(engine, interval_ms=3_600_000)
    with qtbot.waitSignal(bridge.snapshot_changed):
        engine.publish(*numbered(1))


def test_the_first_snapshot_that_says_who_runs_comes_without_waiting_too(qtbot, engine) -> None:
    bridge = Bridge(engine, interval_ms=3_600_000)
    came: list[Snapshot] = []
    bridge.snapshot_changed.connect(came.append)
    known, later = numbered(1, 2)
    unknown = replace(known, figures=replace(known.figures, looked=False))
    for snapshot in (unknown, known, later):
        with qtbot.waitSignal(bridge.snapshot_changed, timeout=5000 if snapshot is not later else 200, raising=False):
            engine.publish(snapshot)
    assert came == [unknown, known]


def test_snapshot_comes_on_the_qt_thread(qtbot, engine, bridge: Bridge) -> None:
    threads = []
    bridge.snapshot_changed.connect(lambda _: threads.append(threading.current_thread()))
    engine.publish(*numbered(1))
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]


def test_latest_wins_and_those_between_are_passed_over(qtbot, engine, bridge: Bridge, came) -> None:
    engine.publish(*numbered(*range(100)))
    qtbot.waitUntil(lambda: bool(came) and came[-1].sources == 99)
    assert len(came) < 5


def test_alerts_of_passed_over_snapshots_are_kept_in_order(qtbot, engine, bridge: Bridge, came) -> None:
    alerts = [replace(samples.alert(), key=f"k{number}") for number in range(4)]
    first, second, third = numbered(1, 2, 3)
    engine.publish(replace(first, new_alerts=(alerts[0],)), replace(second, new_alerts=(alerts[1], alerts[2])), third)
    qtbot.waitUntil(lambda: bool(came) and came[-1].sources == 3)
    engine.publish(replace(first, new_alerts=(alerts[3],)))
    qtbot.waitUntil(lambda: came[-1].sources == 1)
    assert [alert.key for snapshot in came for alert in snapshot.new_alerts] == ["k0", "k1", "k2", "k3"]


def test_snapshot_from_before_the_bridge_is_shown_but_not_told_again(qtbot, engine) -> None:
    engine.publish(replace(samples.usual(), new_alerts=(samples.alert(),)))
    bridge = Bridge(engine)
    with qtbot.waitSignal(bridge.snapshot_changed) as signal:
        pass
    assert signal.args[0].sources == 4
    assert signal.args[0].new_alerts == ()


def test_nothing_comes_after_closing(qtbot, engine, bridge: Bridge, came) -> None:
    engine.publish(*numbered(1))
    bridge.close()
    engine.publish(*numbered(2))
    other = Bridge(engine)
    with qtbot.waitSignal(other.snapshot_changed):
        pass
    assert came == []


@pytest.mark.parametrize(
    ("command", "call"),
    [
        (Bridge.refresh, "refresh"),
        (Bridge.pause, "pause"),
        (Bridge.resume, "resume"),
        (Bridge.snooze, "snooze"),
        (lambda bridge: bridge.set_visible(True), "visible True"),
    ],
)
def test_commands_reach_the_engine(engine, bridge: Bridge, command: Callable[[Bridge], None], call: str) -> None:
    command(bridge)
    assert engine.calls == [call]


def test_settings_and_health_reach_the_engine(engine, bridge: Bridge) -> None:
    settings, health = Settings(budget=5), Health("tray")
    bridge.change_settings(settings)
    bridge.report(health)
    assert engine.settings == [settings]
    assert engine.reports == [health]


def test_asked_month_comes_on_the_qt_thread(qtbot, engine, bridge: Bridge) -> None:
    first = date(2026, 5, 1)
    engine.months[first] = samples.month()
    with qtbot.waitSignal(bridge.month_ready) as signal:
        bridge.month(first)
    assert signal.args == [samples.month()]


def test_month_that_cannot_be_had_says_why(qtbot, engine, bridge: Bridge) -> None:
    first = date(2026, 5, 1)
    engine.months[first] = LedgerBusy("Another program writes the ledger.")
    with qtbot.waitSignal(bridge.month_failed) as signal:
        bridge.month(first)
    assert signal.args == ["Another program writes the ledger."]


def test_an_answer_about_some_days_comes_on_the_qt_thread(qtbot, engine) -> None:
    bridge = Bridge(engine)
    with qtbot.waitSignal(bridge.found) as told:
        bridge.ask(Question("model"))
    assert told.args[0].question == Question("model")
    with qtbot.waitSignal(bridge.found) as told:
        bridge.ask(Question("model"), "m1")
    assert told.args[0].key == "m1"


def test_an_answer_that_cannot_be_had_says_why(qtbot, engine) -> None:
    engine.breakdown = LedgerError("The ledger is damaged.")
    bridge = Bridge(engine)
    with qtbot.waitSignal(bridge.ask_failed) as told:
        bridge.ask(Question())
    assert told.args == ["The ledger is damaged."]
