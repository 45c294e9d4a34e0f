"""What is said to org.freedesktop.Notifications, what follows its signals, and that its absence harms nothing."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.snapshot import Urgency
from tokenwatch.gui.notify_freedesktop import CLICK_IS_A_BUTTON, FreedesktopService, message
from tokenwatch.gui.pacing import Notification
from tokenwatch.gui.session_bus import BusError

ALL = frozenset({"actions", "body", "body-markup"})


def notification(slot: str = "waiting", *, replaces: bool = True, **changes: Any) -> Notification:
    return Notification(replace(samples.alert(), **changes), slot, replaces)


class FakeBus:
    """A connection whose other end is the test."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.fail: BusError | None = None
        self.closed = False
        self.name = "dunst"
        self._next = 40
        self._waiting: list[tuple[str, tuple[Any, ...]]] = []
        self._reader, self._writer = socket.socketpair()

    def fileno(self) -> int:
        return self._reader.fileno()

    def listen(self, *where: str) -> None:
        pass

    def call(
        self, service: str, path: str, interface: str, member: str, signature: str = "", body: tuple = ()
    ) -> tuple:
        if self.fail is not None:
            raise self.fail
        self.calls.append((member, body))
        if member == "GetCapabilities":
            return (sorted(ALL),)
        if member == "GetServerInformation":
            return (self.name, "vendor", "1", "1.2")
        if member == "Notify":
            self._next += 1
            return (body[1] or self._next,)
        return ()

    def signals(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        if select.select([self._reader], [], [], 0)[0]:
            self._reader.recv(64)
        waiting, self._waiting = self._waiting, []
        yield from waiting

    def send(self, member: str, *body: Any) -> None:
        self._waiting.append((member, body))
        self._writer.send(b"\0")

    def close(self) -> None:
        self.closed = True
        self._reader.close()
        self._writer.close()

    def said(self, member: str) -> list[tuple[Any, ...]]:
        return [body for name, body in self.calls if name == member]


class Desktop:
    """A service with its fake bus, and what came back from it."""

    def __init__(self) -> None:
        self.buses: list[FakeBus] = []
        self.refuse: BusError | None = None
        self.health: list[Health] = []
        self.chosen: list[tuple[str, str]] = []
        self.changed = threading.Condition()
        self.service = FreedesktopService("unix:path=/nowhere", self._connect)  # type: ignore[arg-type]

    def _connect(self, address: str) -> FakeBus:
        if self.refuse is not None:
            raise self.refuse
        self.buses.append(FakeBus())
        return self.buses[-1]

    def start(self) -> None:
        self.service.start(lambda alert, action: self.chosen.append((alert.rule, action)), self.health.append)


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    desktop = Desktop()
    yield desktop
    desktop.service.stop()
    assert all(bus.closed for bus in desktop.buses)


@pytest.fixture
def until(qtbot) -> Callable[[Callable[[], object]], None]:
    return lambda holds: qtbot.waitUntil(lambda: bool(holds()))


def test_message_says_what_the_specification_asks() -> None:
    name, replaces, icon, title, body, actions, hints, expires = message(notification(), 7, ALL)
    assert (name, replaces, icon, expires) == ("TokenWatch", 7, "tokenwatch", -1)
    assert title == "mobile-app is waiting for you"
    assert body == "Claude Code wants to run: db migrate. Waiting 4 minutes."
    assert actions == ["default", "Open", "open:0", "Open", "snooze:1", "Snooze 1 hour"]
    assert hints == {"urgency": ("y", 2), "desktop-entry": ("s", "tokenwatch")}


@pytest.mark.parametrize(("urgency", "level"), [(Urgency.LOW, 0), (Urgency.NORMAL, 1), (Urgency.CRITICAL, 2)])
def test_urgency_is_passed_on(urgency: Urgency, level: int) -> None:
    assert message(notification(urgency=urgency), 0, ALL)[6]["urgency"] == ("y", level)


def test_where_a_click_is_drawn_as_a_button_the_first_action_is_not_drawn_twice() -> None:
    assert message(notification(), 0, ALL | {CLICK_IS_A_BUTTON})[5] == [
        "default",
        "Open",
        "snooze:1",
        "Snooze 1 hour",
    ]


def test_service_without_actions_gets_none() -> None:
    assert message(notification(), 0, frozenset())[5] == []


def test_markup_is_escaped_only_where_it_would_be_read() -> None:
    hostile = notification(body="<b>x</b> & y", title="<i>t</i>")
    assert message(hostile, 0, ALL)[4] == "&lt;b&gt;x&lt;/b&gt; &amp; y"
    assert message(hostile, 0, frozenset({"body"}))[4] == "<b>x</b> & y"
    assert message(hostile, 0, ALL)[3] == "<i>t</i>"  # a summary is never markup


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_text_is_cleaned_and_cut(text: str) -> None:
    said = message(notification(title=text * 9, body=text * 99), 0, frozenset())
    assert len(said[3]) <= 60
    assert len(said[4]) <= 200
    assert (said[3] + said[4]).isprintable()


def test_shown_and_healthy(desktop: Desktop, until) -> None:
    desktop.start()
    desktop.service.show(notification())
    until(lambda: desktop.buses and desktop.buses[0].said("Notify"))
    assert desktop.health == [Health("notifications")]


def test_same_slot_replaces_by_id_and_another_does_not(desktop: Desktop, until) -> None:
    desktop.start()
    for each in (
        notification("budget"), notification("other"), notification("budget"), notification("budget", replaces=False),
    ):  # fmt: skip
        desktop.service.show(each)
    until(lambda: desktop.buses and len(desktop.buses[0].said("Notify")) == 4)
    assert [body[1] for body in desktop.buses[0].said("Notify")] == [0, 0, 41, 0]


def test_withdrawn_is_closed_once(desktop: Desktop, until) -> None:
    desktop.start()
    desktop.service.show(notification("budget"))
    desktop.service.withdraw("budget")
    desktop.service.withdraw("budget")
    desktop.service.withdraw("never shown")
    desktop.service.show(notification("last"))
    until(lambda: desktop.buses and len(desktop.buses[0].said("Notify")) == 2)
    assert desktop.buses[0].said("CloseNotification") == [(41,)]


def test_chosen_action_comes_back_with_the_rule(desktop: Desktop, until) -> None:
    desktop.start()
    desktop.service.show(notification())
    until(lambda: desktop.buses and desktop.buses[0].said("Notify"))
    desktop.buses[0].send("ActionInvoked", 41, "snooze")
    until(lambda: desktop.chosen)
    assert desktop.chosen == [("waiting", "snooze")]


def test_signals_about_other_programs_notifications_are_ignored(desktop: Desktop, until) -> None:
    desktop.start()
    desktop.service.show(notification())
    until(lambda: desktop.buses and desktop.buses[0].said("Notify"))
    for signal in (("ActionInvoked", 7, "default"), ("NotificationClosed", 7, 1), ("ActionInvoked",), ("Other", 41)):
        desktop.buses[0].send(*signal)
    desktop.buses[0].send("ActionInvoked", 41, "default")
    until(lambda: desktop.chosen)
    assert desktop.chosen == [("waiting", "default")]


def test_closed_notification_is_not_replaced(desktop: Desktop, until) -> None:
    desktop.start()
    desktop.service.show(notification())
    until(lambda: desktop.buses and desktop.buses[0].said("Notify"))
    desktop.buses[0].send("NotificationClosed", 41, 2)
    desktop.buses[0].send("ActionInvoked", 41, "default")
    desktop.service.show(notification())
    until(lambda: len(desktop.buses[0].said("Notify")) == 2)
    assert desktop.buses[0].said("Notify")[1][1] in (0, 41)
    desktop.service.show(notification("new"))
    until(lambda: len(desktop.buses[0].said("Notify")) == 3)
    assert desktop.chosen == []


def test_without_a_bus_the_health_says_so_once_and_the_next_one_tries_again(desktop: Desktop, until) -> None:
    desktop.refuse = BusError("there is no session bus", gone=True)
    desktop.start()
    desktop.service.show(notification())
    desktop.service.show(notification())
    until(lambda: desktop.health)
    assert desktop.health[0].state is HealthState.DEGRADED
    assert "there is no session bus" in desktop.health[0].reason
    desktop.refuse = None
    desktop.service.show(notification("later"))
    until(lambda: desktop.buses and desktop.buses[0].said("Notify"))
    assert [health.state for health in desktop.health] == [HealthState.DEGRADED, HealthState.FINE]


@pytest.mark.parametrize("gone", [True, False])
def test_service_that_fails_is_tried_again(desktop: Desktop, until, gone: bool) -> None:
    desktop.start()
    until(lambda: desktop.health)
    desktop.buses[0].fail = BusError("it does not answer", gone=gone)
    desktop.service.show(notification())
    until(lambda: len(desktop.health) == 2)
    desktop.buses[0].fail = None
    desktop.service.show(notification())
    until(lambda: desktop.buses[-1].said("Notify"))
    assert len(desktop.buses) == (2 if gone else 1)
    assert desktop.buses[0].closed is gone


def test_stopping_without_having_started_is_harmless(desktop: Desktop) -> None:
    desktop.service.stop()


def test_real_socket_without_a_bus_behind_it_is_an_absent_bus(until) -> None:
    health: list[Health] = []
    service = FreedesktopService("unix:path=/nonexistent/bus")
    service.start(lambda rule, action: None, health.append)
    until(lambda: health)
    assert "cannot be reached" in health[0].reason
    service.stop()
