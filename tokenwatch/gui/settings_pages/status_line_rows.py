"""Status line rows: the switch that has Claude Code's limits read from its status line, and the consent it needs.

Owns what is said before anything is changed, and that nothing is changed without a second press. Does not own the
change (system/statusline_setup.py) or the thread it happens on (gui/status_line_store.py).
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.status_line_store import StatusLineStore
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.form import Form
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.system.statusline_setup import Bridge


class StatusLineRows:
    """A switch, how things stand, and, before anything is changed, what would be: the user agrees, or not."""

    def __init__(self, look: Look, form: Form, store: StatusLineStore | None) -> None:
        self._store = store
        self._now: Bridge | None = None
        self.switch = Switch(look, tr("Read Claude Code’s limits from its status line"))
        self.switch.setEnabled(False)
        self.switch.clicked.connect(self._ask)
        form.add(tr("Claude’s limits"), self.switch, hint=tr("from Claude Code’s status line"))
        self.words = form.say("", most=6)
        self.agree = Button(look, tr("Change it"), kind="primary")
        self.agree.clicked.connect(self._agreed)
        self.leave = Button(look, tr("Not now"))
        self.leave.clicked.connect(self._left)
        form.put(self.agree, self.leave)
        self._wait(asking=False)
        if store is not None:
            store.known.connect(self._show)
            store.ask()

    def _show(self, now: Bridge) -> None:
        self._now = now
        self.switch.setEnabled(True)
        self.switch.setChecked(now.installed)
        self._wait(asking=False)
        if now.trouble:
            self.words.say(plain(now.trouble, 400), "bad")
        elif now.installed and now.previous:
            self.words.say(
                tr("On. Your own status line still runs: {command}", command=plain(now.previous, 120)), "t2"
            )
        else:
            self.words.say(tr("On.") if now.installed else "", "t2")

    def _ask(self, on: bool) -> None:
        if self._now is None:
            return
        file = plain(str(self._now.file), 200)
        before = plain(self._now.previous, 120)
        if not on:
            back = before or tr("nothing")
            words = tr("In {file} the status line gets back what was there before: {back}.", file=file, back=back)
        elif before:
            words = tr(
                "In {file} the status line gets a command of TokenWatch, which keeps the limits, the context and the "
                "cost it is told, and then runs your own: {command}. Nothing else changes, a backup is kept, and "
                "nothing goes online.",
                file=file,
                command=before,
            )
        else:
            words = tr(
                "In {file} a status line is set that keeps the limits, the context and the cost it is told, and "
                "shows nothing. Nothing else changes, a backup is kept, and nothing goes online.",
                file=file,
            )
        self.words.say(words, "t1")
        self._wait(asking=True)
        self.agree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _agreed(self) -> None:
        if self._store is not None:
            (self._store.install if self.switch.isChecked() else self._store.remove)()
        self._wait(asking=False)

    def _left(self) -> None:
        if self._now is not None:
            self._show(self._now)

    def _wait(self, *, asking: bool) -> None:
        self.agree.setVisible(asking)
        self.leave.setVisible(asking)
