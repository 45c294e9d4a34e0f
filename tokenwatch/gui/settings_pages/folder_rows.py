"""Folder rows: more folders in which an agent's logs are looked for, what is in them, and adding or removing one.

Owns the rows. Does not own looking into a folder, which happens on a thread (gui/settings_store.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tokenwatch.base.format import whole
from tokenwatch.base.settings_values import MAX_FOLDERS
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.settings_store import SettingsStore
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.choice_button import ChoiceButton
from tokenwatch.gui.widgets.form import Form
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.text import Text
from tokenwatch.gui.widgets.tips import tip

Folders = tuple[tuple[str, tuple[str, ...]], ...]
"""(agent id, its folders as the user wrote them), in the order of ids."""


class FolderRows(QWidget):
    """``agents`` are (id, name) of those that keep logs."""

    changed = Signal(object, str)
    """The Folders with one more, or one less; then also a sentence about what is lost."""

    def __init__(self, look: Look, agents: Sequence[tuple[str, str]], store: SettingsStore | None) -> None:
        super().__init__()
        self._look, self._store = look, store
        self._names = dict(agents)
        self._folders: Folders = ()
        self.notes: dict[tuple[str, str], Text] = {}
        """What was found, by agent and folder."""
        self.removals: dict[tuple[str, str], Button] = {}
        self._known: dict[tuple[str, str], tuple[bool, int]] = {}
        self._rows: Form | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._head = Form(look)
        self._head.say(tr("More folders"), ink="t1", weight=600, most=1)
        self._head.say(tr("Another home, an agent’s folder in one, or its folder of logs: a backup, another user’s."))
        self._foot = Form(look)
        self.agent = ChoiceButton(look, agents)
        self.agent.setAccessibleDescription(tr("The agent whose logs are in the folder"))
        self.add = Button(look, tr("Add a folder…"), icon="folder")
        self.add.clicked.connect(self._choose)
        self.agent.setVisible(bool(agents))
        self.add.setEnabled(bool(agents))
        self._foot.put(self.agent, self.add)
        self._column.addWidget(self._head)
        self._column.addWidget(self._foot)
        if store is not None:
            store.folder.connect(self._show_found)

    def show_folders(self, folders: Folders) -> None:
        if folders == self._folders and self._rows is not None:
            return
        self._folders = folders
        if self._rows is not None:
            self._rows.hide()
            self._rows.deleteLater()
        self.notes, self.removals = {}, {}
        self._rows = form = Form(self._look)
        for agent, paths in folders:
            for path in paths:
                self._row(form, agent, path)
        self._column.insertWidget(1, form)
        for key in self.notes:
            if self._store is not None and key not in self._known:
                self._store.look_into(*key)

    def take(self, folder: str) -> None:
        """Add a folder for the agent that is chosen."""
        agent = self.agent.value()
        known = dict(self._folders)
        paths = known.get(agent, ())
        if folder and agent and folder not in paths and len(paths) < MAX_FOLDERS:
            self._known.pop((agent, folder), None)
            known[agent] = (*paths, folder)
            self.changed.emit(tuple(sorted(known.items())), "")

    def _row(self, form: Form, agent: str, path: str) -> None:
        key = (agent, path)
        remove = Button(self._look, tr("Remove"), kind="link")
        remove.setAccessibleName(tr("Remove {folder}", folder=plain(path, 80)))
        remove.clicked.connect(lambda: self._remove(*key))
        words = Text(self._look, plain(path, 200), px=11.5, mono=True)
        words.setMaximumWidth(self._look.px(250))
        words.setToolTip(tip(plain(path, 400)))
        self.removals[key] = remove
        self.notes[key] = form.add(plain(self._names.get(agent, agent), 40), words, remove)
        if key in self._known:
            self._say(key)

    def _remove(self, agent: str, path: str) -> None:
        left = {name: tuple(one for one in paths if (name, one) != (agent, path)) for name, paths in self._folders}
        folders = tuple((name, paths) for name, paths in sorted(left.items()) if paths)
        self.changed.emit(folders, tr("{folder} is not looked in any more.", folder=plain(path, 80)))

    def _show_found(self, agent: str, folder: str, exists: bool, sources: int) -> None:
        self._known[(agent, folder)] = (exists, sources)
        if (agent, folder) in self.notes:
            self._say((agent, folder))

    def _say(self, key: tuple[str, str]) -> None:
        exists, sources = self._known[key]
        if not exists:
            self.notes[key].say(tr("This folder does not exist."), "bad")
        elif not sources:
            self.notes[key].say(tr("No logs of this agent are in it."), "warn")
        else:
            several = tr("{count} logs", count=whole(sources, self._look.numerals))
            self.notes[key].say(tr("1 log") if sources == 1 else several, "t2")

    def _choose(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, tr("Add a folder"), "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: Any) -> None:
        self.take(str(Path(path)))
