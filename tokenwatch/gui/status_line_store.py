"""Status line store: the bridge in Claude Code's settings, looked at and changed on a thread for files.

Owns what is asked and told. Does not own the change (system/statusline_setup.py) or asking
for consent (the page).
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from tokenwatch.base.errors import SettingsError
from tokenwatch.base.paths import Paths
from tokenwatch.gui.store import Store
from tokenwatch.system.statusline_setup import Bridge, bridge, install, remove


class StatusLineStore(Store):
    known = Signal(object)
    """The Bridge as it is now; its ``trouble`` says why something was not done."""

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__("tokenwatch-statusline", parent)
        self._paths = paths

    def ask(self) -> None:
        self._do(bridge)

    def install(self) -> None:
        """Put the bridge in. The user must have agreed."""
        self._do(install)

    def remove(self) -> None:
        """Take it out again, as the user wants."""
        self._do(remove)

    def _do(self, deed: Callable[[Paths], Bridge]) -> None:
        self.submit(lambda: self.tell(self.known, self._done(deed)))

    # On the thread

    def _done(self, deed: Callable[[Paths], Bridge]) -> Bridge:
        try:
            return deed(self._paths)
        except SettingsError as error:
            return replace(bridge(self._paths), trouble=str(error))
