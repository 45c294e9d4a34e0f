"""Consent: what would happen, in plain words, and two buttons - nothing happens without the first.

Owns the asking. Does not own what is asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent

from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.form import Form
from tokenwatch.gui.widgets.look import Look

_MOST_LINES = 7


class Consent:
    """Rows of a form that are seen only while something is asked. The safe answer has the focus."""

    def __init__(self, look: Look, form: Form) -> None:
        self.words = form.say("", ink="t1", most=_MOST_LINES)
        self.agree = Button(look, "", kind="danger")
        self.leave = Button(look, tr("Not now"))
        self.agree.clicked.connect(lambda: self._end(agreed=True))
        self.leave.clicked.connect(lambda: self._end(agreed=False))
        form.put(self.agree, self.leave)
        self._deed: Callable[[], None] | None = None
        self._left: Callable[[], None] | None = None
        self._show(asking=False)

    def ask(self, words: str, verb: str, deed: Callable[[], None], left: Callable[[], None] | None = None) -> None:
        """Say ``words``; do the ``deed`` when the button ``verb`` is pressed, else what ``left`` says."""
        self._deed, self._left = deed, left
        self.words.say(words)
        self.agree.set_face(verb, "")
        self._show(asking=True)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
        QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))

    def withdraw(self) -> None:
        self._end(agreed=False)

    def asking(self) -> bool:
        return self._deed is not None

    def _end(self, *, agreed: bool) -> None:
        deed, left = self._deed, self._left
        self._deed = self._left = None
        self._show(asking=False)
        if agreed and deed is not None:
            deed()
        elif left is not None:
            left()

    def _show(self, *, asking: bool) -> None:
        for part in (self.words, self.agree, self.leave):
            part.setVisible(asking)
