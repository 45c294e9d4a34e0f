"""The portal of the tests keeps the rules that a desktop's portal documents, as another program's client sees it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.gui.shortcut_portal import NAME, PATH, SHORTCUTS, ShortcutPortal, real_bus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has portals")
REGISTRY = "org.freedesktop.host.portal.Registry"


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
def client(address: str, portal: ShortcutPortal) -> Iterator[DBusConnection]:
    with open_dbus_connection(address) as client:
        rule = MatchRule(type="signal", sender=NAME)
        client.send_and_get_reply(message_bus.AddMatch(rule))
        yield client


def call(
    client: DBusConnection, interface: str, member: str, signature: str = "", *body: Any, path: str = PATH
) -> Any:
    """What it answers: its body, or the name of the error."""
    message = new_method_call(DBusAddress(path, NAME, interface), member, signature or None, body)
    answer: Message = client.send_and_get_reply(message, timeout=5)
    failed = answer.header.message_type is MessageType.error
    return answer.header.fields[4] if failed else answer.body


def session(client: DBusConnection) -> str:
    call(client, REGISTRY, "Register", "sa{sv}", "org.example.App", {})
    call(client, SHORTCUTS, "CreateSession", "a{sv}", {"session_handle_token": ("s", "one")})
    return f"{PATH}/session/{client.unique_name[1:].replace('.', '_')}/one"


def test_another_program_reads_its_version(address: str, portal: ShortcutPortal) -> None:
    if shutil.which("gdbus") is None:
        pytest.skip("gdbus is not installed: no other client to ask with")
    asked = ["gdbus", "call", "--address", address, "--dest", NAME, "--object-path", PATH]
    asked += ["--method", "org.freedesktop.DBus.Properties.Get", SHORTCUTS, "version"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False)
    assert done.stdout.strip() == "(<uint32 1>,)", done.stderr


def test_without_a_backend_there_is_no_such_interface(client: DBusConnection, portal: ShortcutPortal) -> None:
    portal.offers = False
    given = call(client, "org.freedesktop.DBus.Properties", "Get", "ss", SHORTCUTS, "version")
    assert given == "org.freedesktop.DBus.Error.UnknownMethod"


def test_a_session_is_only_for_a_program_with_an_id(client: DBusConnection, portal: ShortcutPortal) -> None:
    options = {"session_handle_token": ("s", "one")}
    refused = call(client, SHORTCUTS, "CreateSession", "a{sv}", options)
    assert refused == "org.freedesktop.portal.Error.NotAllowed"
    portal.wants_id = False
    assert call(client, SHORTCUTS, "CreateSession", "a{sv}", options)[0].startswith(f"{PATH}/request/")
    assert call(client, SHORTCUTS, "CreateSession", "a{sv}", options) == "org.freedesktop.portal.Error.Exists"


def test_the_id_is_to_be_told_once_and_before_all_else(client: DBusConnection) -> None:
    assert call(client, REGISTRY, "Register", "sa{sv}", "org.example.App", {}) == ()
    late = call(client, REGISTRY, "Register", "sa{sv}", "org.example.App", {})
    assert late == "org.freedesktop.portal.Error.Failed"


def test_the_id_is_refused_after_another_call(client: DBusConnection) -> None:
    call(client, "org.freedesktop.DBus.Properties", "Get", "ss", SHORTCUTS, "version")
    late = call(client, REGISTRY, "Register", "sa{sv}", "org.example.App", {})
    assert late == "org.freedesktop.portal.Error.Failed"


def test_a_request_may_answer_before_its_call(client: DBusConnection) -> None:
    call(client, REGISTRY, "Register", "sa{sv}", "org.example.App", {})
    options = {"session_handle_token": ("s", "one"), "handle_token": ("s", "two")}
    message = new_method_call(DBusAddress(PATH, NAME, SHORTCUTS), "CreateSession", "a{sv}", (options,))
    client.send(message)
    first, second = client.receive(timeout=5), client.receive(timeout=5)
    assert first.header.message_type is MessageType.signal
    assert first.body[0] == 0
    assert second.body == (f"{PATH}/request/{client.unique_name[1:].replace('.', '_')}/two",)


def test_shortcuts_of_a_session_are_bound_once(client: DBusConnection, portal: ShortcutPortal) -> None:
    where = session(client)
    wanted = [("a", {"description": ("s", "A"), "preferred_trigger": ("s", "CTRL+a")})]
    body = (where, wanted, "", {})
    assert call(client, SHORTCUTS, "BindShortcuts", "oa(sa{sv})sa{sv}", *body)[0].startswith(f"{PATH}/request/")
    assert portal.bound == [wanted]
    again = call(client, SHORTCUTS, "BindShortcuts", "oa(sa{sv})sa{sv}", *body)
    assert again == "org.freedesktop.portal.Error.Failed"


def test_a_closed_session_is_none(client: DBusConnection) -> None:
    where = session(client)
    call(client, "org.freedesktop.portal.Session", "Close", path=where)
    given = call(client, SHORTCUTS, "ListShortcuts", "oa{sv}", where, {})
    assert given == "org.freedesktop.DBus.Error.AccessDenied"


def test_a_token_that_is_none_is_refused(client: DBusConnection) -> None:
    given = call(client, SHORTCUTS, "CreateSession", "a{sv}", {"handle_token": ("s", "a/b")})
    assert given == "org.freedesktop.portal.Error.InvalidArgument"
