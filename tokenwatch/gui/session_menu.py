"""Session menu: what a person may do about one session, in the table of the window and the rows of the panel.

Owns the menu, its questions and what it says. Does not own finding windows or signals (system). What may take time
happens on a thread of the pool; nothing is stopped without having been asked for, and its identity is checked again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from tokenwatch.base.session import Session
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.key_names import INTERRUPT, key_name

PATIENCE_MS: Final = 10_000
"""After an interrupt an agent may tidy up for so long; then it is offered to terminate it."""


class SessionMenu(QObject):
    """Actions on one session. ``parent`` is the widget over which questions are asked."""

    why_wanted = Signal(object)
    """The session of which it is asked where its figures come from."""
    said = Signal(str)
    """A plain sentence: why something could not be done."""
    _unheard = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.said.connect(self._say)
        self._unheard.connect(self._offer_to_terminate)
        self._name = ""

    def menu(self, session: Session, facts: Sequence[str] = ()) -> QMenu:
        """What is impossible for this session is greyed, so that the menu is the same for all."""
        menu = QMenu(self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def add(words: str, possible: bool, what: Callable[[], None]) -> None:
            action = menu.addAction(words)
            action.setEnabled(possible)
            action.triggered.connect(lambda: what())

        for fact in facts:
            menu.addAction(fact.replace("&", "&&")).setEnabled(False)
        if facts:
            menu.addSeparator()
        pid, started_at = session.pid, session.started_at
        add(tr("Where its figures come from"), bool(session.session), lambda: self.why_wanted.emit(session))
        add(tr("Copy session id"), bool(session.session), lambda: self.copy(session))
        add(tr("Open project folder"), _local(session.cwd), lambda: self.open_folder(session.cwd))
        add(tr("Show log"), _local(session.log), lambda: self.open_folder(str(Path(session.log).parent)))
        add(tr("Go to its terminal"), pid is not None, lambda: self.go(session))
        menu.addSeparator()
        add(tr("Stop…"), pid is not None and started_at is not None, lambda: self.stop(session))
        return menu

    def copy(self, session: Session) -> None:
        QGuiApplication.clipboard().setText(session.session)

    def open_folder(self, folder: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
            self.said.emit(tr("The folder could not be opened."))

    def go(self, session: Session) -> None:
        pid = session.pid

        def work() -> str:
            from tokenwatch.system.terminal import go_to

            return "" if pid is None else go_to(pid, dict(os.environ), sys.platform)

        self._do(work)

    def stop(self, session: Session) -> None:
        pid, started_at = session.pid, session.started_at
        self._name = f"{plain(session.agent_name or session.agent, 30)}, {plain(session.project, 40)}"
        if (
            pid is None
            or started_at is None
            or not self._asks(
                tr("Stop this agent?"), tr("It is interrupted as by {keys}.", keys=key_name(INTERRUPT)), tr("Stop")
            )
        ):
            return

        def work() -> str:
            from tokenwatch.system.stopping import stop

            return stop(pid, started_at)

        self._do(work)
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._look_after(pid, started_at))

    def _look_after(self, pid: int, started_at: int) -> None:
        def work() -> str:
            from tokenwatch.system.stopping import alive

            if alive(pid, started_at):
                self._unheard.emit(pid, started_at)
            return ""

        self._do(work)

    def _offer_to_terminate(self, pid: int, started_at: int) -> None:
        if not self._asks(tr("It still runs."), tr("Terminate it? What it was doing is lost."), tr("Terminate")):
            return

        def work() -> str:
            from tokenwatch.system.stopping import stop

            return stop(pid, started_at, hard=True)

        self._do(work)

    def _do(self, work: Callable[[], str]) -> None:
        def run() -> None:
            words = work()
            if words:
                self.said.emit(words)

        QThreadPool.globalInstance().start(QRunnable.create(run))

    def _asks(self, title: str, words: str, yes: str) -> bool:
        box = self._box(title, words)
        button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is button

    def _say(self, words: str) -> None:
        box = self._box(words, "")
        box.addButton(QMessageBox.StandardButton.Ok)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _box(self, title: str, words: str) -> QMessageBox:
        box = QMessageBox(self._over)
        box.setWindowTitle(tr("TokenWatch"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(title)
        box.setInformativeText("\n".join(filter(None, (self._name if words else "", words))))
        return box


def _local(path: str) -> bool:
    """Whether a path from a log may be opened: another computer's share would be told who asks."""
    return bool(path) and not path.startswith(("\\\\", "//")) and Path(path).is_absolute()
