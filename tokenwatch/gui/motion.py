"""Motion: a fade that runs once and rests, and whether this system wants any.

Owns the time of a fade. Does not own what fades, nor the desktop's wish that comes through its portal (portal.py).
Nothing here runs while nothing fades, and what is hidden does not.
"""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QObject, QVariantAnimation, Signal
from PySide6.QtGui import QGuiApplication

_CLIENT_AREA_ANIMATION: Final = 0x1042
"""SPI_GETCLIENTAREAANIMATION of Windows' SystemParametersInfo."""
_WITH_OPACITY: Final = frozenset({"xcb", "windows", "cocoa"})
"""Qt's platforms whose windows can be made see-through; the others warn of it."""


def windows_fade() -> bool:
    """Whether this platform can fade a whole window in."""
    return QGuiApplication.platformName() in _WITH_OPACITY


def system_is_still(platform: str = sys.platform) -> bool:
    """Whether Windows was told to show no animations. Other systems say so elsewhere, or not."""
    if platform != "win32":
        return False
    import ctypes

    shown = ctypes.c_int(1)
    user32 = ctypes.CDLL("user32")  # with one convention of calls on 64-bit Windows, the only one there is
    asked = user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(shown), 0)
    return bool(asked) and not shown.value


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
