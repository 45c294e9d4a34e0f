"""Settings store: what the settings dialog asks the disk - whether TokenWatch starts at login, what a folder holds.

Owns what is asked and told. Does not own the entry that the system starts from
(system/autostart.py) or the search for logs (collect).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.translation import tr
from tokenwatch.gui.store import Store
from tokenwatch.system.autostart import Autostart


class SettingsStore(Store):
    login = Signal(bool, str)
    """Whether the system starts TokenWatch at login, read back, and why that could not be changed or told."""
    folder = Signal(str, str, bool, int)
    """An agent, a folder that the settings name for it, whether that exists, and how many logs are in it."""

    def __init__(self, paths: Paths, parent: QObject | None = None, autostart: Autostart | None = None) -> None:
        super().__init__("tokenwatch-settings", parent)
        self._paths = paths
        self._autostart = autostart or Autostart(paths)

    def ask_login(self) -> None:
        self.submit(lambda: self._tell_login(""))

    def start_at_login(self, on: bool) -> None:
        self.submit(lambda: self._switch(on))

    def look_into(self, agent: str, folder: str) -> None:
        """Tell what a folder holds for an agent."""
        self.submit(lambda: self._look(agent, folder))

    # On the thread

    def _switch(self, on: bool) -> None:
        try:
            self._autostart.switch(on)
        except OSError as error:
            self._tell_login(tr("That could not be changed: {why}.", why=error.strerror or str(error)))
        else:
            self._tell_login("")

    def _tell_login(self, trouble: str) -> None:
        try:
            on = self._autostart.on
        except OSError as error:
            on, trouble = False, trouble or tr("That could not be read: {why}.", why=error.strerror or str(error))
        self.tell(self.login, on, trouble)

    def _look(self, agent: str, folder: str) -> None:
        from tokenwatch.collect.discover import sources_in_named_folders
        from tokenwatch.collect.places import looked_in
        from tokenwatch.readers.places import expanded
        from tokenwatch.readers.protocol import readers

        reader = readers().get(agent)
        paths = looked_in(self._paths, Settings(folders=((agent, (folder,)),)))
        exists = expanded(folder, self._paths).is_dir()
        found = sources_in_named_folders(reader, paths) if reader is not None and exists else 0
        self.tell(self.folder, agent, folder, exists, found)
