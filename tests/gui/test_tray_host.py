"""Waiting for the tray: at once where it is a part of the system, in vain where there is no bus."""

from __future__ import annotations

import threading

import pytest

from tokenwatch.gui import tray_host
from tokenwatch.gui.tray_host import WAIT_SECONDS, TrayHost, host_registered


@pytest.fixture
def answers(monkeypatch) -> list[bool]:
    """What the bus says about a host, one answer a question; the last one stays."""
    given = [False]
    monkeypatch.setattr(tray_host, "_BETWEEN_SECONDS", 0.01)
    monkeypatch.setattr(tray_host, "host_registered", lambda address: given.pop(0) if len(given) > 1 else given[0])
    return given


def settled(qtbot, host: TrayHost) -> bool:
    with qtbot.waitSignal(host.settled) as signal:
        host.start()
    host.stop()
    return bool(signal.args[0])


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_tray_that_is_a_part_of_the_system_is_not_waited_for(qtbot, platform: str) -> None:
    assert settled(qtbot, TrayHost(platform, {}))


def test_host_that_is_there_is_found(qtbot, answers: list[bool]) -> None:
    answers[:] = [True]
    assert settled(qtbot, TrayHost("linux", {}))


def test_host_that_comes_later_is_waited_for(qtbot, answers: list[bool]) -> None:
    answers[:] = [False, False, False, True]
    assert settled(qtbot, TrayHost("linux", {}))
    assert answers == [True]


def test_host_that_never_comes_is_given_up(qtbot, answers: list[bool]) -> None:
    assert not settled(qtbot, TrayHost("linux", {}, wait_seconds=0.05))


def test_it_is_waited_for_half_a_minute() -> None:
    assert WAIT_SECONDS == 30


def test_stopping_ends_the_wait(qtbot, answers: list[bool]) -> None:
    host = TrayHost("linux", {})
    host.start()
    host.stop()
    assert "tokenwatch-tray-host" not in {thread.name for thread in threading.enumerate()}


def test_stopping_without_having_started_is_harmless(qtbot) -> None:
    TrayHost("linux", {}).stop()


@pytest.mark.parametrize("address", ["", "unix:path=/nonexistent/bus", "nonsense"])
def test_without_a_bus_there_is_no_host(address: str) -> None:
    assert not host_registered(address)
