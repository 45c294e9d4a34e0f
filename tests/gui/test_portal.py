"""What the desktop's portal wants: read at the start, followed, and done without where there is none."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from jeepney import DBusAddress, HeaderFields, Message, new_error, new_method_return, new_signal

from tests.gui.tiny_bus import TinyBus
from tokenwatch.gui import portal as portal_module
from tokenwatch.gui.portal import Portal, Wishes, changed

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="D-Bus is spoken over local sockets")

APPEARANCE = "org.freedesktop.appearance"


def answer(call: Message, scheme: int, contrast: int = 0) -> Message:
    found = {APPEARANCE: {"color-scheme": ("u", scheme), "contrast": ("u", contrast), "accent-color": ("s", "red")}}
    return new_method_return(call, "a{sa{sv}}", (found,))


def setting_changed(key: str, value: int) -> Message:
    where = DBusAddress("/org/freedesktop/portal/desktop", interface="org.freedesktop.portal.Settings")
    return new_signal(where, "SettingChanged", "ssv", (APPEARANCE, key, ("u", value)))


@pytest.fixture
def portal(qtbot, tiny: TinyBus) -> Iterator[Portal]:
    portal = Portal("linux", {"DBUS_SESSION_BUS_ADDRESS": tiny.address})
    yield portal
    portal.stop()
    assert "tokenwatch-portal" not in {thread.name for thread in threading.enumerate()}


def replies(tiny: TinyBus, *answers: tuple[int, int] | None) -> None:
    """What the portal answers, one after the other; None is no service."""
    given = list(answers)

    def reply(call: Message) -> list[Message]:
        if call.header.fields[HeaderFields.member] != "ReadAll":
            return [new_method_return(call)]
        next_one = given.pop(0)
        return [
            new_error(call, "org.freedesktop.DBus.Error.ServiceUnknown")
            if next_one is None
            else answer(call, *next_one)
        ]

    tiny.reply = reply


@pytest.mark.parametrize(("scheme", "dark"), [(0, None), (1, True), (2, False), (7, None)])
def test_wishes_are_told_at_the_start(qtbot, tiny: TinyBus, portal: Portal, scheme: int, dark: bool | None) -> None:
    replies(tiny, (scheme, 1))
    with qtbot.waitSignal(portal.told) as told:
        portal.start()
    assert told.args == [Wishes(dark, high_contrast=True)]


def test_changes_are_told_at_once(qtbot, tiny: TinyBus, portal: Portal) -> None:
    replies(tiny, (2, 0))
    with qtbot.waitSignal(portal.told):
        portal.start()
    with qtbot.waitSignal(portal.told) as told:
        tiny.send(setting_changed("color-scheme", 1))
    assert told.args == [Wishes(dark=True)]
    with qtbot.waitSignal(portal.told) as told:
        tiny.send(setting_changed("contrast", 1))
    assert told.args == [Wishes(dark=True, high_contrast=True)]


def test_portal_that_starts_later_is_asked_again(qtbot, tiny: TinyBus, portal: Portal, monkeypatch) -> None:
    monkeypatch.setattr(portal_module, "_BETWEEN_SECONDS", 0.01)
    replies(tiny, None, None, (1, 0))
    with qtbot.waitSignal(portal.told) as told:
        portal.start()
    assert told.args == [Wishes(dark=True)]


def test_bus_that_hangs_up_ends_the_search(qtbot, tiny: TinyBus, portal: Portal) -> None:
    replies(tiny, (1, 0))
    with qtbot.waitSignal(portal.told):
        portal.start()
    tiny.hang_up()
    qtbot.waitUntil(lambda: "tokenwatch-portal" not in {thread.name for thread in threading.enumerate()})


@pytest.mark.parametrize(
    ("member", "body"),
    [
        ("SettingChanged", (APPEARANCE, "accent-color", ("u", 1))),
        ("SettingChanged", ("org.example", "color-scheme", ("u", 1))),
        ("SettingChanged", (APPEARANCE, "color-scheme", ("s", "dark"))),
        ("SettingChanged", (APPEARANCE, "color-scheme")),
        ("SettingChanged", ()),
        ("Other", (APPEARANCE, "color-scheme", ("u", 1))),
        ("PropertiesChanged", ("org.freedesktop.portal.PowerProfileMonitor", {}, [])),
        ("PropertiesChanged", ("org.freedesktop.portal.PowerProfileMonitor", {"power-saver-enabled": 1}, [])),
        ("PropertiesChanged", ("org.example", {"power-saver-enabled": ("b", True)}, [])),
        ("PropertiesChanged", ()),
    ],
)
def test_other_signals_change_nothing(member: str, body: tuple[object, ...]) -> None:
    assert changed(Wishes(dark=False), member, body) == Wishes(dark=False)


@pytest.mark.parametrize(
    ("platform", "environment"),
    [
        ("linux", {}),
        ("linux", {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}),
        ("win32", {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}),
        ("darwin", {}),
    ],
)
def test_where_there_is_no_bus_nothing_is_told(qtbot, platform: str, environment: dict[str, str]) -> None:
    portal = Portal(platform, environment)
    with qtbot.assertNotEmitted(portal.told):
        portal.start()
        portal.stop()
    portal.stop()


@pytest.mark.parametrize(
    ("namespace", "key", "value", "still"),
    [
        (APPEARANCE, "reduced-motion", ("u", 1), True),
        (APPEARANCE, "reduced-motion", ("u", 0), False),
        ("org.gnome.desktop.interface", "enable-animations", ("b", False), True),
        ("org.gnome.desktop.interface", "enable-animations", ("b", True), False),
        ("org.gnome.desktop.interface", "contrast", ("u", 1), False),
    ],
)
def test_wish_for_no_motion_is_heard(namespace: str, key: str, value: tuple[str, object], still: bool) -> None:
    assert changed(Wishes(dark=True), "SettingChanged", (namespace, key, value)).still is still


POWER = "org.freedesktop.portal.PowerProfileMonitor"
SAVES = "power-saver-enabled"


def test_a_battery_that_is_saved_keeps_all_still(qtbot, tiny: TinyBus, portal: Portal) -> None:
    def reply(call: Message) -> list[Message]:
        member = call.header.fields[HeaderFields.member]
        if member == "Get":
            assert call.body == (POWER, SAVES)
            return [new_method_return(call, "v", (("b", True),))]
        return [answer(call, 1)] if member == "ReadAll" else [new_method_return(call)]

    tiny.reply = reply
    with qtbot.waitSignal(portal.told) as told:
        portal.start()
    assert told.args == [Wishes(dark=True, saves_power=True)]
    assert told.args[0].still
    where = DBusAddress("/org/freedesktop/portal/desktop", interface="org.freedesktop.DBus.Properties")
    with qtbot.waitSignal(portal.told) as told:
        tiny.send(new_signal(where, "PropertiesChanged", "sa{sv}as", (POWER, {SAVES: ("b", False)}, [])))
    assert told.args == [Wishes(dark=True)]


def test_a_computer_without_power_profiles_is_as_any_other(qtbot, tiny: TinyBus, portal: Portal) -> None:
    def reply(call: Message) -> list[Message]:
        member = call.header.fields[HeaderFields.member]
        if member == "Get":
            return [new_error(call, "org.freedesktop.DBus.Error.InvalidArgs")]
        return [answer(call, 1)] if member == "ReadAll" else [new_method_return(call)]

    tiny.reply = reply
    with qtbot.waitSignal(portal.told) as told:
        portal.start()
    assert told.args == [Wishes(dark=True)]


def test_motion_is_wanted_again_only_when_both_say_so() -> None:
    wishes = changed(
        Wishes(reduced_motion=True, animations=False), "SettingChanged", (APPEARANCE, "reduced-motion", ("u", 0))
    )
    assert wishes.still
