"""Motion: a fade that runs once and rests, and whether this system wants any.

Owns the time of a fade. Does not own what fades, nor the desktop's wish that comes through its portal (portal.py).
Nothing here runs while nothing fades, and what is hidden does not.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QVariantAnimation, Signal
from PySide6.QtGui import QGuiApplication

_CLIENT_AREA_ANIMATION: Final = 0x1042
"""SPI_GETCLIENTAREAANIMATION of Windows' SystemParametersInfo."""
_REMOTE_SESSION: Final = 0x1000
"""SM_REMOTESESSION of its GetSystemMetrics."""
_POWER_BYTES: Final = 12
_SAVER_AT: Final = 3
"""SystemStatusFlag in its SYSTEM_POWER_STATUS: 1 while the battery saver is on."""
_MAC_QUESTIONS: Final = (
    (b"NSWorkspace", b"sharedWorkspace", b"accessibilityDisplayShouldReduceMotion"),
    (b"NSProcessInfo", b"processInfo", b"isLowPowerModeEnabled"),
)
"""Class, its shared object, and what to ask it: since macOS 10.12 and 12, which Qt needs anyway."""
_WITH_OPACITY: Final = frozenset({"xcb", "windows", "cocoa"})
"""Qt's platforms whose windows can be made see-through; the others warn of it."""


def windows_fade() -> bool:
    """Whether this platform can fade a whole window in."""
    return QGuiApplication.platformName() in _WITH_OPACITY


def system_is_still(platform: str = sys.platform, environment: Mapping[str, str] | None = None) -> bool:
    """Whether nothing shall move as far as the system itself tells: by a setting, to save a battery, from afar.

    Desktops on Linux tell of their settings and of their battery elsewhere (portal.py).
    """
    if platform == "win32":
        return _windows_is_still()
    if platform == "darwin":
        return _mac_is_still()
    return screen_is_remote(os.environ if environment is None else environment)


def screen_is_remote(environment: Mapping[str, str]) -> bool:
    """Whether a Linux session is shown on another computer: by xrdp, or by X11 through ssh or a network."""
    if "XRDP_SESSION" in environment:
        return True
    host = environment.get("DISPLAY", "").rpartition(":")[0]
    return bool(host) and host != "unix" and not host.startswith("/") and not environment.get("WAYLAND_DISPLAY")


def _windows_is_still() -> bool:
    import ctypes

    shown, power = ctypes.c_int(1), ctypes.create_string_buffer(_POWER_BYTES)
    user32, kernel32 = ctypes.CDLL("user32"), ctypes.CDLL("kernel32")  # on 64-bit Windows there is one convention
    asked = user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(shown), 0)
    if (asked and not shown.value) or user32.GetSystemMetrics(_REMOTE_SESSION):
        return True
    return bool(kernel32.GetSystemPowerStatus(power)) and power.raw[_SAVER_AT] == 1


def _mac_is_still() -> bool:
    """Asked of the objects that Apple documents for it; a class that is not there answers no."""
    import ctypes
    import ctypes.util

    name = ctypes.util.find_library("objc")
    if name is None:
        return False
    objc = ctypes.CDLL(name)
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]
    # What a message gives depends on it, so it is sent as a function of that very kind.
    send = ctypes.cast(objc.objc_msgSend, ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p))
    ask = ctypes.cast(objc.objc_msgSend, ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p))
    return any(
        ask(send(objc.objc_getClass(owner), objc.sel_registerName(shared)), objc.sel_registerName(question))
        for owner, shared, question in _MAC_QUESTIONS
    )


class Fade(QObject):
    """:attr:`moved` gives how far it is, from 0 to 1; the last one is always 1."""

    moved = Signal(float)

    def __init__(self, milliseconds: int, parent: QObject) -> None:
        super().__init__(parent)
        self.strength = 1.0
        self._run = QVariantAnimation(self)
        self._run.setDuration(milliseconds)
        self._run.setStartValue(0.0)
        self._run.setEndValue(1.0)
        self._run.valueChanged.connect(self._move)

    @property
    def running(self) -> bool:
        return self._run.state() is QVariantAnimation.State.Running

    def start(self) -> None:
        """From nothing, also if it ran."""
        self._run.stop()
        self._move(0.0)
        self._run.start()

    def stop(self) -> None:
        """Be at the end at once."""
        self._run.stop()
        if self.strength < 1.0:
            self._move(1.0)

    def _move(self, strength: float) -> None:
        self.strength = strength
        self.moved.emit(strength)
