"""Icon: the tray icon for a state, in all sizes at once, in the colours that fit the panel.

Owns which colours are used where, and a cache of drawn icons. Does not own shapes (icon_drawing.py), what a
snapshot shows (icon_state.py) or when the icon is set (tray.py).

Decisions
---------
*The flow dots do not take turns.* Context: the design lets them move once a second while tokens flow, but every
change sends all sizes over the session bus. Decision: only the number of dots shows the flow. Consequence: an icon
is sent when a number crosses a threshold, not each second.

*Automatic colours on Linux bring their own dark plate where the panel's colour cannot be known.* Context: no desktop
tells a tray item what is behind it, and a white figure on a white panel would be invisible. An outline was tried and
left nothing to read at 16 pixels. Consequence: on a dark panel the plate is hardly seen, on a light one it is a tile.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSettings
from PySide6.QtGui import QIcon

from tokenwatch.base.settings import Icon as IconChoice
from tokenwatch.gui.icon_drawing import Look, draw
from tokenwatch.gui.icon_state import IconState

SIZES: Final = (16, 20, 22, 24, 32, 44, 48, 64)
_MOST_CACHED: Final = 32

FOR_DARK_PANEL: Final = Look("#F4F5F7", "#FFB84D", "#FF6B7A")
FOR_LIGHT_PANEL: Final = Look("#1B1D22", "#C97A00", "#CC2440")
FOR_ANY_PANEL: Final = Look("#F4F5F7", "#FFB84D", "#FF6B7A", plate="#23262D")
MONO_ON_DARK: Final = Look("#F4F5F7", "#F4F5F7", "#F4F5F7")
MONO_ON_ANY: Final = Look("#F4F5F7", "#F4F5F7", "#F4F5F7", plate="#23262D")
TEMPLATE: Final = Look("#000000", "#000000", "#000000", mask=True)


def look_for(choice: IconChoice, platform: str, environment: Mapping[str, str], dark: bool) -> Look:
    """The colours for the user's ``choice``. ``dark``: whether the panel's theme, as far as known, is dark."""
    if choice == "light":
        return FOR_DARK_PANEL
    if choice == "dark":
        return FOR_LIGHT_PANEL
    if platform == "darwin":
        return TEMPLATE
    # GNOME's top bar is dark with any theme.
    known_dark = dark or "gnome" in environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    if choice == "mono":
        return MONO_ON_DARK if known_dark else MONO_ON_ANY
    if platform == "win32":
        return FOR_DARK_PANEL if dark else FOR_LIGHT_PANEL
    return FOR_DARK_PANEL if known_dark else FOR_ANY_PANEL


def panel_is_dark(platform: str, system_dark: bool) -> bool:
    """Whether the panel is dark, as far as the system tells: on Windows it has a setting of its own."""
    if platform != "win32":
        return system_dark
    folder = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
    light = QSettings(folder, QSettings.Format.NativeFormat).value("SystemUsesLightTheme", 0)
    return str(light) != "1"


class Icons:
    """Draws each state once for each look and keeps the latest ones."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[tuple[IconState, Look], QIcon] = OrderedDict()

    def icon(self, state: IconState, look: Look) -> QIcon:
        key = (state, look)
        icon = self._drawn.get(key)
        if icon is None:
            icon = QIcon()
            for size in SIZES:
                icon.addPixmap(draw(state, size, look))
            if look.mask:
                for points in (18, 22):
                    sharp = draw(state, points * 2, look)
                    sharp.setDevicePixelRatio(2)
                    icon.addPixmap(sharp)
                icon.setIsMask(True)
            self._drawn[key] = icon
            while len(self._drawn) > _MOST_CACHED:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return icon
