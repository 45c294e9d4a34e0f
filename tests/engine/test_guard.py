"""Once a day the ledger is checked and copied, beside whoever writes it."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from tests.engine.conftest import DAY, Desk, Hurry, Start
from tokenwatch.base.health import HealthState
from tokenwatch.engine import engine
from tokenwatch.engine.guard import Guard
from tokenwatch.ledger.rescue import backups

from .conftest import health_of


def guard(desk: Desk, heard: list[str] | None = None, first: float = 0.0) -> Guard:
    return Guard(desk.paths, desk.clock, (heard if heard is not None else []).append, first)


def spoil(desk: Desk) -> None:
    connection = sqlite3.connect(desk.paths.ledger, isolation_level=None)
    connection.execute("UPDATE slots SET output = output + 1000000")
    connection.close()


def test_a_backup_is_made_once_a_day(desk: Desk) -> None:
    desk.use(1, 10)
    desk.opened().close()
    guarding = guard(desk)
    for _ in range(2):
        guarding.look()
    assert len(backups(desk.paths.backups)) == 1
    desk.clock.advance(DAY)
    guarding.look()
    assert len(backups(desk.paths.backups)) == 2


def test_a_backup_of_the_future_keeps_nothing_from_being_made(desk: Desk) -> None:
    desk.opened().close()
    guard(desk).look()
    desk.clock.advance(-10 * DAY)
    guard(desk).look()
    assert len(backups(desk.paths.backups)) == 2


@pytest.mark.expected_logs("found damaged: The ledger's sums")
def test_of_a_damaged_ledger_no_backup_is_made_and_it_is_told(desk: Desk) -> None:
    desk.use(1, 10)
    desk.opened().close()
    spoil(desk)
    heard: list[str] = []
    guard(desk, heard).look()
    assert heard == ["The ledger's sums are not those of its records."]
    assert not backups(desk.paths.backups)


def test_without_a_ledger_there_is_nothing_to_guard(desk: Desk) -> None:
    heard: list[str] = []
    guard(desk, heard).look()
    assert (heard, backups(desk.paths.backups)) == ([], [])


def test_its_thread_looks_and_ends_when_it_is_told_to(desk: Desk) -> None:
    desk.opened().close()
    guarding = guard(desk)
    guarding.start()
    waiting = threading.Event()
    for _ in range(500):
        if backups(desk.paths.backups):
            break
        waiting.wait(0.02)
    guarding.stop()
    guarding.thread.join(5)
    assert backups(desk.paths.backups)
    assert not guarding.thread.is_alive()


@pytest.mark.expected_logs("found damaged", "set aside")
def test_what_the_guard_finds_is_replaced_while_the_app_runs(
    desk: Desk, start: Start, hurry: Hurry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "Guard", lambda paths, clock, told: Guard(paths, clock, told, 0.0))
    desk.use(1, 10)
    desk.opened().close()
    spoil(desk)
    running = start()
    running.until_trouble("The ledger was damaged and has been set aside as ledger-damaged-")
    running.until_tokens(10)
    assert health_of(running.nudge(), "ledger").state is HealthState.DEGRADED
