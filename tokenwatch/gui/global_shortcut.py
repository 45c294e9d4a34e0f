"""Global shortcut: keys that show the panel from any program, where the desktop gives such keys.

Owns asking the desktop's portal for them and hearing when they are pressed, on a thread that sleeps meanwhile. Does
not own the setting, or what the keys do. Source: org.freedesktop.portal.GlobalShortcuts (version 1), Request and
Session, and org.freedesktop.host.portal.Registry of xdg-desktop-portal.

Facts: the portal answers a call with a request, and the request later with a signal, when the person has decided.
Since 1.21 it gives shortcuts only to programs whose id it knows, which one outside a sandbox registers before any
other call. KDE gives the keys of an earlier run back to a session with the same token; others remember them by the
program's id and then ask nobody. A portal without a backend for shortcuts has no such interface.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec
from PySide6.QtCore import QObject, Signal

from tokenwatch.base.text import plain
from tokenwatch.gui.session_bus import BusError, SessionBus

SERVICE: Final = "org.freedesktop.portal.Desktop"
PATH: Final = "/org/freedesktop/portal/desktop"
INTERFACE: Final = "org.freedesktop.portal.GlobalShortcuts"
SHORTCUT: Final = "show-panel"
PREFERRED: Final = "CTRL+ALT+t"
"""As the shortcuts specification of freedesktop.org writes keys; the desktop may choose others."""

_REQUEST: Final = "org.freedesktop.portal.Request"
_SESSION: Final = "org.freedesktop.portal.Session"
_OUR_SESSION: Final = "tokenwatch"
_LONGEST: Final = 60


class Standing(StrEnum):
    """How it stands with the keys."""

    UNKNOWN = "unknown"
    ELSEWHERE = "elsewhere"
    """Not Linux: nobody is asked."""
    ABSENT = "absent"
    """No portal answers that gives keys."""
    OFF = "off"
    """They could be had."""
    ASKING = "asking"
    """The desktop asks the person."""
    ON = "on"
    REFUSED = "refused"
    """The person, or the desktop, said no."""


class Keys(msgspec.Struct, frozen=True):
    """``name`` is what the desktop calls the keys, in its language; empty if it does not say."""

    standing: Standing
    name: str = ""


class GlobalShortcut(QObject):
    """:attr:`told` and :attr:`pressed` come on the Qt thread. ``description`` is what the desktop shows for them."""

    pressed = Signal()
    told = Signal(object)
    """The present :class:`Keys`."""
    _came = Signal(object, object)
    """A worker and its keys: those of a former one are old news."""

    def __init__(
        self,
        platform: str,
        environment: Mapping[str, str],
        app_id: str,
        description: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._linux = platform.startswith("linux")
        self._address = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
        self._app_id, self._description = app_id, description
        self.keys = Keys(Standing.UNKNOWN if self._linux else Standing.ELSEWHERE)
        self._worker: _Worker | None = None
        self._former: list[_Worker] = []
        """Those that are on their way out."""
        self._came.connect(self._take)

    def follow(self, wanted: bool) -> None:
        """Have the keys, or give them back. Returns at once."""
        running = self._worker is not None and self._worker.wanted
        if self._linux and wanted != running:
            self._begin(wanted=wanted)

    def ask(self) -> None:
        """Find out whether they could be had, unless that is known better. Returns at once."""
        if self._linux and (self._worker is None or not self._worker.wanted):
            self._begin(wanted=False)

    def stop(self) -> None:
        """Give the keys back. Harmless the second time."""
        workers = [*self._former, *((self._worker,) if self._worker is not None else ())]
        self._worker, self._former = None, []
        for worker in workers:
            worker.leave()
        for worker in workers:
            worker.thread.join(3.0)

    def _begin(self, *, wanted: bool) -> None:
        if self._worker is not None:
            self._worker.leave()
            self._former = [each for each in (*self._former, self._worker) if each.thread.is_alive()]
        self._worker = _Worker(self, wanted=wanted)
        self._worker.thread.start()

    def _take(self, worker: object, keys: Keys) -> None:
        if worker is self._worker:
            self.keys = keys
            self.told.emit(keys)


class _Worker:
    """One try, on a thread and a connection of its own: the portal takes a program's keys back with that."""

    def __init__(self, owner: GlobalShortcut, *, wanted: bool) -> None:
        self.wanted = wanted
        self._owner = owner
        self._address, self._app_id, self._description = owner._address, owner._app_id, owner._description
        self._woken, self._wake = os.pipe()
        self._left = False
        self.thread = threading.Thread(target=self._run, name="tokenwatch-shortcut", daemon=True)

    def leave(self) -> None:
        if not self._left:
            self._left = True
            os.close(self._wake)

    def _run(self) -> None:
        again = True
        while again:
            again = False
            try:
                with contextlib.closing(SessionBus.connect(self._address)) as bus:
                    self._work(bus)
            except (BusError, ValueError):  # no bus, no such interface, or no answer
                self._tell(Standing.ABSENT)
            except _Refused:
                self._tell(Standing.REFUSED)
            except _Restarted:
                again = True
        os.close(self._woken)

    def _work(self, bus: SessionBus) -> None:
        self._register(bus)
        # Asking for the version finds out whether anybody gives keys, and changes nothing.
        bus.call(SERVICE, PATH, "org.freedesktop.DBus.Properties", "Get", "ss", (INTERFACE, "version"))
        if not self.wanted:
            self._tell(Standing.OFF)
            return
        self._tell(Standing.ASKING)
        bus.listen(SERVICE, PATH, INTERFACE)
        options = {"session_handle_token": ("s", _OUR_SESSION)}
        session = _text(self._asked(bus, "CreateSession", "", (), options).get("session_handle"))
        if session is None:
            return  # it was left meanwhile
        if not session.startswith("/"):
            raise _Refused
        bus.listen(SERVICE, session, _SESSION)
        bus.listen("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", SERVICE)
        try:
            known = self._known(bus, session)
            if known is None and not self._left:  # only then the desktop may ask the person
                wanted = {"description": ("s", self._description), "preferred_trigger": ("s", PREFERRED)}
                bound = self._asked(bus, "BindShortcuts", "oa(sa{sv})s", (session, [(SHORTCUT, wanted)], ""), {})
                known = _ours(bound.get("shortcuts"))
                if known is None and not self._left:
                    raise _Refused
            if known is not None:
                self._tell(Standing.ON, known)
                self._listen(bus, session)
        finally:
            with contextlib.suppress(BusError):
                bus.call(SERVICE, session, _SESSION, "Close")

    def _known(self, bus: SessionBus, session: str) -> str | None:
        """What the keys are called that the desktop gave this session already."""
        try:
            return _ours(self._asked(bus, "ListShortcuts", "o", (session,), {}).get("shortcuts"))
        except _Refused:
            return None

    def _register(self, bus: SessionBus) -> None:
        """Tell the portal who this is. Older portals and those of a sandbox know it otherwise, or need it not."""
        try:
            bus.call(SERVICE, PATH, "org.freedesktop.host.portal.Registry", "Register", "sa{sv}", (self._app_id, {}))
        except BusError as error:
            if error.gone:
                raise

    def _asked(
        self, bus: SessionBus, member: str, signature: str, body: tuple[Any, ...], options: dict[str, Any]
    ) -> dict[str, Any]:
        """Call the portal and wait for the request's answer, as long as the person takes; empty when it was left.

        Raises _Refused, BusError.
        """
        token = f"tokenwatch_{os.urandom(8).hex()}"
        # The request may answer before the call does, so it is listened to at the place where it will be.
        request = f"{PATH}/request/{bus.name.lstrip(':').replace('.', '_')}/{token}"
        bus.listen(SERVICE, request, _REQUEST)
        options = {**options, "handle_token": ("s", token)}
        try:
            (handle,) = bus.call(SERVICE, PATH, INTERFACE, member, f"{signature}a{{sv}}", (*body, options))
        except BusError as error:
            if error.gone:
                raise
            raise _Refused from error
        if handle != request:  # a portal from before 0.9 makes up its own
            bus.listen(SERVICE, handle, _REQUEST)
        while True:
            for name, given in bus.signals():
                if name == "Response" and len(given) == 2:
                    if given[0] != 0 or not isinstance(given[1], dict):
                        raise _Refused
                    return given[1]
                if name == "Closed":
                    raise _Refused
            if not self._waited(bus):
                with contextlib.suppress(BusError):
                    bus.call(SERVICE, handle, _REQUEST, "Close")
                return {}

    def _listen(self, bus: SessionBus, session: str) -> None:
        while True:
            for name, given in bus.signals():
                if name == "Activated" and given[:2] == (session, SHORTCUT):
                    self._press()
                elif name == "ShortcutsChanged" and len(given) == 2 and given[0] == session:
                    name_now = _ours(given[1])
                    self._tell(Standing.ON if name_now is not None else Standing.REFUSED, name_now or "")
                elif name == "Closed":
                    raise _Refused
                elif name == "NameOwnerChanged" and given[-1]:
                    raise _Restarted
            if not self._waited(bus):
                return

    def _waited(self, bus: SessionBus) -> bool:
        """Sleep until something comes. False: it is to end."""
        ready, _, _ = select.select([bus.fileno(), self._woken], [], [])
        return self._woken not in ready

    def _tell(self, standing: Standing, name: str = "") -> None:
        if not self._left:
            self._owner._came.emit(self, Keys(standing, name))

    def _press(self) -> None:
        if not self._left:
            self._owner.pressed.emit()


class _Refused(Exception):
    """The person or the desktop said no."""


class _Restarted(Exception):
    """Another portal answers now, which knows nothing of us."""


def _text(value: object) -> str | None:
    """Of a D-Bus variant (signature, value), its text."""
    found = value[1] if isinstance(value, tuple) and len(value) == 2 else None
    return found if isinstance(found, str) else None


def _ours(shortcuts: object) -> str | None:
    """What our shortcut's keys are called, from a list of shortcuts or a variant of one; None if it is not there."""
    found = shortcuts[1] if isinstance(shortcuts, tuple) and len(shortcuts) == 2 else shortcuts
    for entry in found if isinstance(found, list) else ():
        if isinstance(entry, tuple) and len(entry) == 2 and entry[0] == SHORTCUT and isinstance(entry[1], dict):
            return plain(_text(entry[1].get("trigger_description")) or "", _LONGEST)
    return None
