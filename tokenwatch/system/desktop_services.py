"""What this desktop offers: a place for tray icons, notifications, a store for secrets, and enough file watches.

Owns asking for them, for ``doctor``, and one plain sentence about each that is missing. Does not use them, starts
nothing, and waits a bounded time. On Windows and macOS all of them are parts of the system.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tokenwatch.base.health import Health, HealthState

SECONDS: Final = 2.0
"""For each answer from the session bus."""

_WATCHER: Final = "org.kde.StatusNotifierWatcher"
_NO_BUS: Final = "No session bus answers, so {what}."
_WITHOUT: Final = {
    "tray": "no desktop can be asked for a place for the icon; the window opens instead",
    "notifications": "desktop notifications cannot be shown; alerts are listed in the window",
    "keyring": "keys of providers cannot be kept; everything else works",
}


def look(
    environment: Mapping[str, str], platform: str, directories: int = 0, root: Path = Path("/")
) -> tuple[Health, ...]:
    """Health of ``tray``, ``notifications``, ``keyring`` and ``watcher``. ``directories`` are to be watched.

    Without a graphical session the first three are fine with a reason: nothing is broken, there is just none.
    """
    if not platform.startswith("linux"):
        return tuple(Health(part) for part in (*_WITHOUT, "watcher"))
    return (*_of_session(environment), watches(directories, root))


def watches(directories: int, root: Path = Path("/")) -> Health:
    """Whether the kernel's limit of file watches leaves room for ``directories`` (inotify(7))."""
    limit = _number(root / "proc/sys/fs/inotify/max_user_watches")
    if limit is None or directories < limit:
        return Health("watcher")
    return Health(
        "watcher",
        HealthState.DEGRADED,
        f"{directories:,} folders are to be watched and this system allows {limit:,}, so changes are looked for "
        "every few seconds instead. Allow more with: sysctl fs.inotify.max_user_watches=524288",
    )


def _of_session(environment: Mapping[str, str]) -> tuple[Health, ...]:
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        words = "There is no graphical session here, so this was not looked for."
        return tuple(Health(part, HealthState.FINE, words) for part in _WITHOUT)
    with contextlib.ExitStack() as held:
        bus = _Bus.connect(environment)
        if bus is None:
            return tuple(
                Health(part, HealthState.DEGRADED, _NO_BUS.format(what=what)) for part, what in _WITHOUT.items()
            )
        held.callback(bus.close)
        return (_tray(bus), _notifications(bus), _keyring(bus))


def _tray(bus: _Bus) -> Health:
    if bus.property(_WATCHER, "/StatusNotifierWatcher", _WATCHER, "IsStatusNotifierHostRegistered") is True:
        return Health("tray")
    return Health(
        "tray",
        HealthState.DEGRADED,
        "This desktop shows no tray icons of applications, so the window opens instead. On GNOME the extension "
        '"AppIndicator and KStatusNotifierItem Support" adds them.',
    )


def _notifications(bus: _Bus) -> Health:
    if bus.offered("org.freedesktop.Notifications"):
        return Health("notifications")
    return Health(
        "notifications",
        HealthState.DEGRADED,
        "No program here shows desktop notifications, so alerts are only listed in the window. Any notification "
        "daemon will do, for instance dunst.",
    )


def _keyring(bus: _Bus) -> Health:
    if bus.offered("org.freedesktop.secrets"):
        return Health("keyring")
    return Health(
        "keyring",
        HealthState.DEGRADED,
        "No store for secrets (Secret Service) runs here, so keys of providers cannot be kept; everything else "
        "works. GNOME Keyring and KWallet are such stores.",
    )


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


class _Bus:
    """The session bus, asked one question at a time. What it does not answer in time counts as not there."""

    _NAME: Final = "org.freedesktop.DBus"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    @classmethod
    def connect(cls, environment: Mapping[str, str]) -> _Bus | None:
        from jeepney.bus import get_bus
        from jeepney.io.blocking import DBusConnection, prep_socket

        class Bounded(DBusConnection):  # type: ignore[misc]
            """The library waits for ever for the answer to its first call; something silent may listen there."""

            def send_and_get_reply(self, message: Any, *, timeout: float | None = None) -> Any:
                return super().send_and_get_reply(message, timeout=SECONDS if timeout is None else timeout)

        address = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
        folder = environment.get("XDG_RUNTIME_DIR", "")
        if not address and folder:
            address = f"unix:path={folder}/bus"
        if not address:
            return None
        with contextlib.ExitStack() as held:
            try:
                reached = held.enter_context(prep_socket(get_bus(address), timeout=SECONDS))
                connection = Bounded(reached)
            except Exception:  # noqa: BLE001 - whatever stands in the variable or listens there is not ours
                return None
            held.pop_all()
        return cls(connection)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._connection.close()

    def offered(self, name: str) -> bool:
        """Whether somebody owns ``name``, or the bus can start its owner when it is needed."""
        if self._ask(self._NAME, "/org/freedesktop/DBus", self._NAME, "NameHasOwner", "s", (name,)) is True:
            return True
        names = self._ask(self._NAME, "/org/freedesktop/DBus", self._NAME, "ListActivatableNames", "", ())
        return isinstance(names, list) and name in names

    def property(self, name: str, path: str, interface: str, what: str) -> object:
        answer = self._ask(name, path, "org.freedesktop.DBus.Properties", "Get", "ss", (interface, what))
        return answer[1] if isinstance(answer, tuple) and len(answer) == 2 else None

    def _ask(
        self, name: str, path: str, interface: str, method: str, signature: str, body: tuple[object, ...]
    ) -> object:
        from jeepney import DBusAddress, MessageFlag, MessageType, new_method_call

        address = DBusAddress(path, bus_name=name, interface=interface)
        call = new_method_call(address, method, signature or None, body)
        call.header.flags |= MessageFlag.no_auto_start
        try:
            reply = self._connection.send_and_get_reply(call)
        except Exception:  # noqa: BLE001 - closed, too late, or no D-Bus at all
            return None
        if reply.header.message_type is not MessageType.method_return or not reply.body:
            return None
        return reply.body[0]
