"""Portal: whether the desktop wants dark colours, high contrast and no motion, or saves its battery; and later.

Owns that question, asked on a thread that sleeps until the portal speaks. Does not own what is made of the answer
(theme.py). Source: org.freedesktop.portal.Settings, namespaces org.freedesktop.appearance and, of GNOME,
org.gnome.desktop.interface; and org.freedesktop.portal.PowerProfileMonitor.

Qt asks the same portal, but only on some desktops; with its GTK theme it forgets an answer that comes before the
first window, and where it knows nothing else (KDE, Sway) it never asks.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from tokenwatch.gui.session_bus import BusError, SessionBus

_SERVICE: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_INTERFACE: Final = "org.freedesktop.portal.Settings"
_APPEARANCE: Final = "org.freedesktop.appearance"
_GNOME: Final = "org.gnome.desktop.interface"
_POWER: Final = "org.freedesktop.portal.PowerProfileMonitor"
_SAVES: Final = "power-saver-enabled"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_TRIES: Final = 6
_BETWEEN_SECONDS: Final = 5.0
_DARK: Final = {1: True, 2: False}
"""What "color-scheme" means; 0 and numbers to come are no preference."""


class Wishes(msgspec.Struct, frozen=True):
    """What the desktop wants. ``dark`` None: it has no preference, or cannot tell."""

    dark: bool | None = None
    high_contrast: bool = False
    reduced_motion: bool = False
    animations: bool = True
    """What GNOME calls the same, the other way round."""
    saves_power: bool = False

    @property
    def still(self) -> bool:
        """Nothing shall move."""
        return self.reduced_motion or not self.animations or self.saves_power


class Portal(QObject):
    """:attr:`told` comes on the Qt thread with the present :class:`Wishes`, and again whenever they change."""

    told = Signal(object)

    def __init__(self, platform: str, environment: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = environment.get("DBUS_SESSION_BUS_ADDRESS", "") if platform.startswith("linux") else ""
        self._woken, self._wake = os.pipe()
        self._thread = threading.Thread(target=self._follow, name="tokenwatch-portal", daemon=True)

    def start(self) -> None:
        if self._address:
            self._thread.start()

    def stop(self) -> None:
        """Listen no more. Harmless the second time."""
        if self._wake < 0:
            return
        os.close(self._wake)
        if self._thread.ident is not None:
            self._thread.join(3.0)
        if not self._thread.is_alive():  # else it still waits for an answer, and looks at its end of the pipe then
            os.close(self._woken)
        self._wake = -1

    def _follow(self) -> None:
        try:
            bus = SessionBus.connect(self._address)
        except BusError:
            return
        try:
            self._listen(bus)
        except (BusError, ValueError):  # the bus is gone: Qt's own signs are all that is left
            return
        finally:
            bus.close()

    def _listen(self, bus: SessionBus) -> None:
        bus.listen(_SERVICE, _PATH, _INTERFACE)  # before asking, so that no change is lost between the two
        bus.listen(_SERVICE, _PATH, _PROPERTIES, _POWER)
        wishes, tries = Wishes(), _TRIES
        while True:
            if tries:
                answer = _ask(bus)
                tries = 0 if answer is not None else tries - 1
                if answer is not None:
                    wishes = answer
                    self.told.emit(wishes)
            for member, body in bus.signals():
                newer = changed(wishes, member, body)
                if newer != wishes:
                    wishes = newer
                    self.told.emit(wishes)
            ready, _, _ = select.select([bus.fileno(), self._woken], [], [], _BETWEEN_SECONDS if tries else None)
            if self._woken in ready:
                return


def _ask(bus: SessionBus) -> Wishes | None:
    """What the portal says; None when it does not answer yet, as while somebody logs in."""
    try:
        wishes = _read(bus.call(_SERVICE, _PATH, _INTERFACE, "ReadAll", "as", ([_APPEARANCE, _GNOME],)))
    except BusError as error:
        if error.gone:
            raise
        return None
    try:
        (saves,) = bus.call(_SERVICE, _PATH, _PROPERTIES, "Get", "ss", (_POWER, _SAVES))
    except (BusError, ValueError) as error:  # a portal or a computer without profiles
        if isinstance(error, BusError) and error.gone:
            raise
        return wishes
    return _with(wishes, _POWER, _SAVES, saves)


def changed(wishes: Wishes, member: str, body: tuple[Any, ...]) -> Wishes:
    """``wishes`` after a signal of the portal; anything that is not about them changes nothing."""
    if member == "PropertiesChanged" and len(body) == 3 and body[0] == _POWER and isinstance(body[1], dict):
        return _with(wishes, _POWER, _SAVES, body[1].get(_SAVES))
    if member != "SettingChanged" or len(body) != 3:
        return wishes
    return _with(wishes, body[0], body[1], body[2])


def _read(answer: tuple[Any, ...]) -> Wishes:
    wishes = Wishes()
    found = answer[0] if answer and isinstance(answer[0], dict) else {}
    for namespace in (_APPEARANCE, _GNOME):
        for key, value in (found.get(namespace) or {}).items():
            wishes = _with(wishes, namespace, key, value)
    return wishes


def _with(wishes: Wishes, namespace: object, key: object, value: object) -> Wishes:
    number = value[1] if isinstance(value, tuple) and len(value) == 2 else None  # (signature, value)
    if not isinstance(number, int):
        return wishes
    if namespace == _POWER:
        return replace(wishes, saves_power=bool(number))
    if namespace == _GNOME:
        return replace(wishes, animations=bool(number)) if key == "enable-animations" else wishes
    if namespace != _APPEARANCE:
        return wishes
    if key == "color-scheme":
        return replace(wishes, dark=_DARK.get(number))
    if key == "contrast":
        return replace(wishes, high_contrast=number == 1)
    return replace(wishes, reduced_motion=number == 1) if key == "reduced-motion" else wishes
