"""Keys that show the panel from any program: asked of the desktop's portal, heard, given back, and done without."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from tests.gui.shortcut_portal import ShortcutPortal, real_bus
from tokenwatch.gui.global_shortcut import SHORTCUT, GlobalShortcut, Keys, Standing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has portals")
Make = Callable[..., GlobalShortcut]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with real_bus(tmp_path) as found:
        yield found


@pytest.fixture
def portal(address: str) -> Iterator[ShortcutPortal]:
    portal = ShortcutPortal(address)
    yield portal
    portal.close()


@pytest.fixture
def make(qtbot, address: str) -> Iterator[Make]:
    made: list[GlobalShortcut] = []

    def shortcut(platform: str = "linux", where: str | None = None) -> GlobalShortcut:
        bus = {"DBUS_SESSION_BUS_ADDRESS": address if where is None else where}
        made.append(GlobalShortcut(platform, bus, "tokenwatch", "Show the panel"))
        return made[-1]

    yield shortcut
    for each in made:
        each.stop()
        each.stop()
    assert "tokenwatch-shortcut" not in {thread.name for thread in threading.enumerate()}


def become(qtbot, shortcut: GlobalShortcut, standing: Standing) -> Keys:
    qtbot.waitUntil(lambda: shortcut.keys.standing is standing)
    return shortcut.keys


def test_keys_are_asked_for_and_heard(qtbot, portal: ShortcutPortal, make: Make) -> None:
    shortcut = make()
    shortcut.follow(True)
    assert become(qtbot, shortcut, Standing.ON).name == "Ctrl+Alt+T"
    assert list(portal.apps.values()) == ["tokenwatch"]
    ((name, wanted),) = portal.bound[0]
    assert (name, wanted["preferred_trigger"][1], wanted["description"][1]) == (
        SHORTCUT,
        "CTRL+ALT+t",
        "Show the panel",
    )
    for _ in range(2):
        with qtbot.waitSignal(shortcut.pressed):
            portal.press(SHORTCUT)


def test_other_keys_and_other_sessions_are_not_ours(qtbot, portal: ShortcutPortal, make: Make) -> None:
    shortcut = make()
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.ON)
    spy = QSignalSpy(shortcut.pressed)
    portal.press("another")
    portal.press(SHORTCUT, "/org/freedesktop/portal/desktop/session/1_99/other")
    with qtbot.waitSignal(shortcut.pressed):
        portal.press(SHORTCUT)
    assert spy.count() == 1


def test_keys_of_an_earlier_run_are_taken_up_without_a_question(qtbot, portal: ShortcutPortal, make: Make) -> None:
    portal.remembered = {SHORTCUT: "Meta+W"}
    shortcut = make()
    shortcut.follow(True)
    assert become(qtbot, shortcut, Standing.ON).name == "Meta+W"
    assert portal.bound == []


def test_while_the_desktop_asks_nothing_waits(qtbot, portal: ShortcutPortal, make: Make) -> None:
    portal.answer = None
    shortcut = make()
    began = time.monotonic()
    shortcut.follow(True)
    assert time.monotonic() - began < 1.0
    qtbot.waitUntil(lambda: bool(portal.bound))
    assert shortcut.keys.standing is Standing.ASKING
    portal.decide(0)
    become(qtbot, shortcut, Standing.ON)


@pytest.mark.parametrize("answer", [1, 2])
def test_a_no_is_told_and_not_asked_again(qtbot, portal: ShortcutPortal, make: Make, answer: int) -> None:
    portal.answer = answer
    shortcut = make()
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.REFUSED)
    shortcut.follow(True)
    shortcut.ask()
    assert shortcut.keys.standing is Standing.REFUSED
    assert len(portal.bound) == 1
    qtbot.waitUntil(lambda: portal.sessions == {})


def test_switched_off_the_keys_are_given_back(qtbot, portal: ShortcutPortal, make: Make) -> None:
    shortcut = make()
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.ON)
    shortcut.follow(False)
    become(qtbot, shortcut, Standing.OFF)
    qtbot.waitUntil(lambda: portal.sessions == {})
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.ON)


def test_switched_off_while_the_desktop_asks_the_question_goes(qtbot, portal: ShortcutPortal, make: Make) -> None:
    portal.answer = None
    shortcut = make()
    shortcut.follow(True)
    qtbot.waitUntil(lambda: bool(portal.bound))
    shortcut.follow(False)
    qtbot.waitUntil(lambda: len(portal.closed_requests) == 1)
    qtbot.waitUntil(lambda: portal.sessions == {})
    assert become(qtbot, shortcut, Standing.OFF)


def test_the_end_gives_the_keys_back(qtbot, portal: ShortcutPortal, make: Make) -> None:
    shortcut = make()
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.ON)
    shortcut.stop()
    qtbot.waitUntil(lambda: portal.sessions == {})


def test_other_keys_are_told(qtbot, portal: ShortcutPortal, make: Make) -> None:
    shortcut = make()
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.ON)
    portal.change({SHORTCUT: "Strg+Alt+W\u202e"})
    qtbot.waitUntil(lambda: shortcut.keys == Keys(Standing.ON, "Strg+Alt+W"))
    portal.change({})
    become(qtbot, shortcut, Standing.REFUSED)


def test_a_session_that_the_desktop_ends_is_told(qtbot, portal: ShortcutPortal, make: Make) -> None:
    shortcut = make()
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.ON)
    portal.end_sessions()
    become(qtbot, shortcut, Standing.REFUSED)


def test_a_portal_that_begins_again_is_asked_again(qtbot, address: str, portal: ShortcutPortal, make: Make) -> None:
    shortcut = make()
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.ON)
    portal.close()
    second = ShortcutPortal(address)
    try:
        qtbot.waitUntil(lambda: any(second.sessions.values()))
        become(qtbot, shortcut, Standing.ON)
        with qtbot.waitSignal(shortcut.pressed):
            second.press(SHORTCUT)
    finally:
        second.close()


def test_an_older_portal_without_a_registry_needs_no_id(qtbot, portal: ShortcutPortal, make: Make) -> None:
    portal.wants_id = False
    shortcut = make()
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.ON)


def test_whether_keys_can_be_had_is_found_out_without_asking_for_them(
    qtbot, portal: ShortcutPortal, make: Make
) -> None:
    shortcut = make()
    shortcut.ask()
    become(qtbot, shortcut, Standing.OFF)
    assert (portal.bound, portal.sessions) == ([], {})


def test_a_portal_without_shortcuts_is_none(qtbot, portal: ShortcutPortal, make: Make) -> None:
    portal.offers = False
    shortcut = make()
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.ABSENT)


@pytest.mark.parametrize("where", ["", "unix:path=/nonexistent/bus"])
def test_without_a_bus_there_is_none(qtbot, make: Make, where: str) -> None:
    shortcut = make(where=where)
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.ABSENT)


def test_without_a_portal_there_is_none(qtbot, make: Make) -> None:
    shortcut = make()
    shortcut.follow(True)
    become(qtbot, shortcut, Standing.ABSENT)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_on_other_systems_nobody_is_asked(qtbot, make: Make, platform: str) -> None:
    shortcut = make(platform)
    shortcut.follow(True)
    shortcut.ask()
    assert shortcut.keys == Keys(Standing.ELSEWHERE)
    assert shortcut._worker is None
