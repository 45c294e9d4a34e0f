"""Shortcut row: whether keys show the panel from any program, which ones, and why not.

Owns that row and its words. Does not own asking the desktop (gui/global_shortcut.py) or the setting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject

from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.global_shortcut import GlobalShortcut, Keys, Standing
from tokenwatch.gui.widgets.form import Form
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.switch import Switch

_WORDS: Final = {
    Standing.UNKNOWN: mark("keys that show the panel from any program; your desktop asks you for them"),
    Standing.OFF: mark("keys that show the panel from any program; your desktop asks you for them"),
    Standing.ASKING: mark("your desktop asks you now"),
    Standing.ON: mark("the keys that your desktop gave show the panel"),
    Standing.REFUSED: mark("your desktop gave no keys; switch it off and on to ask again"),
    Standing.ABSENT: mark("this desktop gives programs no keys; in its settings, give some to “tokenwatch”"),
    Standing.ELSEWHERE: mark("keys that show the panel from any program; so far only on Linux"),
}
_CANNOT: Final = frozenset({Standing.ABSENT, Standing.ELSEWHERE})


class ShortcutRow(QObject):
    """``shortcut`` None: nobody can be asked here. ``change`` gets what was chosen. It ends with its form."""

    def __init__(
        self, look: Look, form: Form, shortcut: GlobalShortcut | None, change: Callable[[bool], object]
    ) -> None:
        super().__init__(form)
        self.switch = Switch(look, tr("Shortcut"))
        self.switch.clicked.connect(change)
        self.hint = form.add(tr("Shortcut"), self.switch, hint=tr(_WORDS[Standing.UNKNOWN]))
        self._keys = Keys(Standing.UNKNOWN)
        self._show(shortcut.keys if shortcut is not None else self._keys)
        if shortcut is not None:
            shortcut.told.connect(self._show)
            shortcut.ask()

    def choose(self, on: bool) -> None:
        self.switch.setChecked(on)
        self._show(self._keys)

    def _show(self, keys: Keys) -> None:
        self._keys = keys
        # What was switched on can be switched off, also where it is of no use.
        self.switch.setEnabled(keys.standing not in _CANNOT or self.switch.isChecked())
        named = keys.standing is Standing.ON and bool(keys.name)
        words = tr("{keys} shows the panel", keys=keys.name) if named else tr(_WORDS[keys.standing])
        self.hint.say(words, "warn" if keys.standing is Standing.REFUSED else "t2")
