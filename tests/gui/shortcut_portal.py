"""A desktop's portal for global shortcuts, on a real D-Bus: what xdg-desktop-portal documents, and refuses.

It speaks org.freedesktop.host.portal.Registry and version 1 of org.freedesktop.portal.GlobalShortcuts with requests
and sessions of its own. Each rule it keeps has a test in test_shortcut_portal.py.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

PATH: Final = "/org/freedesktop/portal/desktop"
SHORTCUTS: Final = "org.freedesktop.portal.GlobalShortcuts"
NAME: Final = "org.freedesktop.portal.Desktop"
_ERROR: Final = "org.freedesktop.portal.Error"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_]+")


@contextmanager
def real_bus(folder: Path) -> Iterator[str]:
    """The address of a message bus of its own."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed: no message bus to speak over")
    address = f"unix:path={folder / 'bus'}"
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1", f"--address={address}"], stdout=subprocess.PIPE
    )
    try:
        assert daemon.stdout is not None
        daemon.stdout.readline()  # it listens now
        yield address
    finally:
        daemon.terminate()
        daemon.communicate()


class ShortcutPortal:
    """``answer`` is what the person says to a request: 0 yes, 1 no, None nothing yet; see :meth:`decide`.

    ``remembered`` are keys by shortcut that a session is given back without a question, as KDE does.
    """

    def __init__(self, address: str, *, offers: bool = True, wants_id: bool = True) -> None:
        self.offers, self.wants_id = offers, wants_id
        self.answer: int | None = 0
        self.remembered: dict[str, str] = {}
        self.bound: list[list[tuple[str, dict[str, Any]]]] = []
        self.apps: dict[str, str] = {}
        """Who registered, by the name on the bus."""
        self.sessions: dict[str, bool] = {}
        """Whether shortcuts were bound, by open session."""
        self.closed_requests: list[str] = []
        self._spoke: set[str] = set()
        self._waiting: list[tuple[str, str, list[tuple[str, dict[str, Any]]]]] = []
        self._connection = open_dbus_connection(address)
        reply = self._connection.send_and_get_reply(message_bus.RequestName(NAME))
        assert reply.body == (1,)
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stopping.set()
        self._thread.join(5)
        self._connection.close()

    # What happens on the desktop

    def press(self, shortcut: str, session: str = "") -> None:
        where = session or next(iter(self.sessions))
        self._signal(PATH, SHORTCUTS, "Activated", "osta{sv}", (where, shortcut, 17, {}))

    def change(self, shortcuts: dict[str, str]) -> None:
        """The person gives other keys, or takes them away."""
        listed = [(name, _described(name, keys)) for name, keys in shortcuts.items()]
        for session in self.sessions:
            self._signal(PATH, SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", (session, listed))

    def end_sessions(self) -> None:
        for session in list(self.sessions):
            del self.sessions[session]
            self._signal(session, "org.freedesktop.portal.Session", "Closed", "a{sv}", ({},))

    def decide(self, answer: int) -> None:
        """The person answers what is being asked."""
        with self._lock:
            self.answer = answer
            waiting, self._waiting = self._waiting, []
        for request, session, shortcuts in waiting:
            self._bind(request, session, shortcuts)

    # What programs ask

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                call = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            except OSError:
                return
            if call.header.message_type is MessageType.method_call:
                with self._lock:
                    self._send(*self._reply(call))

    def _send(self, *messages: Message) -> None:
        for message in messages:
            self._connection.send(message)

    def _signal(self, path: str, interface: str, member: str, signature: str, body: tuple[Any, ...]) -> None:
        self._send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def _reply(self, call: Message) -> list[Message]:
        fields = call.header.fields
        path, interface = fields[HeaderFields.path], fields.get(HeaderFields.interface, "")
        sender, member = fields[HeaderFields.sender], fields[HeaderFields.member]
        if (interface, member) == ("org.freedesktop.host.portal.Registry", "Register"):
            if sender in self._spoke or sender in self.apps:
                return [new_error(call, f"{_ERROR}.Failed", "s", ("Connection already associated",))]
            self.apps[sender] = call.body[0]
            return [new_method_return(call)]
        self._spoke.add(sender)
        if interface == "org.freedesktop.portal.Session" and member == "Close":
            self.sessions.pop(path, None)
            return [new_method_return(call)]
        if interface == "org.freedesktop.portal.Request" and member == "Close":
            self.closed_requests.append(path)
            self._waiting = [each for each in self._waiting if each[0] != path]
            return [new_method_return(call)]
        asks_version = (interface, member, call.body[:1]) == ("org.freedesktop.DBus.Properties", "Get", (SHORTCUTS,))
        if not self.offers or not (asks_version or interface == SHORTCUTS):
            return [new_error(call, "org.freedesktop.DBus.Error.UnknownMethod", "s", ("No such interface",))]
        if asks_version:
            return [new_method_return(call, "v", (("u", 1),))]
        return self._shortcuts(call, sender, member)

    def _shortcuts(self, call: Message, sender: str, member: str) -> list[Message]:
        options = call.body[-1]
        token = options.get("handle_token", ("s", "made_up"))[1]
        if not _TOKEN.fullmatch(token):
            return [new_error(call, f"{_ERROR}.InvalidArgument", "s", ("Invalid token",))]
        place = sender.lstrip(":").replace(".", "_")
        request = f"{PATH}/request/{place}/{token}"
        accepted = new_method_return(call, "o", (request,))
        if member == "CreateSession":
            if self.wants_id and not self.apps.get(sender):
                return [new_error(call, f"{_ERROR}.NotAllowed", "s", ("An app id is required",))]
            session = f"{PATH}/session/{place}/{options['session_handle_token'][1]}"
            if session in self.sessions:
                return [new_error(call, f"{_ERROR}.Exists", "s", ("Session already exists",))]
            self.sessions[session] = False
            # The signal goes first, as it may: whoever listens only after the call has missed it.
            return [_response(request, 0, {"session_handle": ("s", session)}), accepted]
        session = call.body[0]
        if session not in self.sessions:
            return [new_error(call, "org.freedesktop.DBus.Error.AccessDenied", "s", ("Invalid session",))]
        if member == "ListShortcuts":
            listed = [(name, _described(name, keys)) for name, keys in self.remembered.items()]
            return [accepted, _response(request, 0, {"shortcuts": ("a(sa{sv})", listed)})]
        if member != "BindShortcuts":
            return [new_error(call, "org.freedesktop.DBus.Error.UnknownMethod")]
        if self.sessions[session]:
            return [new_error(call, f"{_ERROR}.Failed", "s", ("Session already bound",))]
        self.bound.append(call.body[1])
        if self.answer is None:
            self._waiting.append((request, session, call.body[1]))
            return [accepted]
        self._send(accepted)
        self._bind(request, session, call.body[1])
        return []

    def _bind(self, request: str, session: str, shortcuts: list[tuple[str, dict[str, Any]]]) -> None:
        given: list[tuple[str, dict[str, Any]]] = []
        if self.answer == 0:
            self.sessions[session] = True
            given = [
                (name, _described(wanted["description"][1], wanted["preferred_trigger"][1].title()))
                for name, wanted in shortcuts
            ]
        self._send(_response(request, self.answer or 0, {"shortcuts": ("a(sa{sv})", given)}))


def _described(description: str, keys: str) -> dict[str, Any]:
    return {"description": ("s", description), "trigger_description": ("s", keys)}


def _response(request: str, code: int, results: dict[str, Any]) -> Message:
    where = DBusAddress(request, interface="org.freedesktop.portal.Request")
    return new_signal(where, "Response", "ua{sv}", (code, results))
