"""Key names: what keys are called in the language of the face and on this system.

Owns the one door from a key to its name: German keyboards have "Strg", macOS shows "⌘". Does not own which key does
what. The names are Qt's, in whose translation they are kept, so that a menu of Qt's own says the same.
"""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtGui import QKeySequence

INTERRUPT: Final = "Meta+C" if sys.platform == "darwin" else "Ctrl+C"
"""What interrupts a program in a terminal: on macOS, too, it is the control key, which Qt calls Meta there."""

_ARROWS: Final = "←→↑↓ "


def key_name(keys: str) -> str:
    """Of keys as Qt writes them in files ("Ctrl+Shift+S"). Arrows, which it does not know, stay as they are."""
    arrows = keys[len(keys.rstrip(_ARROWS)) :]
    if not arrows:
        return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    with_them = keys.removesuffix(arrows)
    return (key_name(f"{with_them}1").removesuffix("1") if with_them else "") + arrows
