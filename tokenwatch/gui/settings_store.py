"""Settings store: what the settings dialog asks the disk - start at login, what a folder holds, prices in use.

Owns what is asked and told. Does not own the entry that the system starts from
(system/autostart.py), the search for logs (collect) or prices (insight/price_list.py).
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

from tokenwatch.base.clock import SystemClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.translation import tr
from tokenwatch.gui.store import Store
from tokenwatch.system.autostart import Autostart

MOST_PRICES: Final = 8
"""Models whose prices are listed."""


class SettingsStore(Store):
    login = Signal(bool, str)
    """Whether the system starts TokenWatch at login, read back, and why that could not be changed or told."""
    folder = Signal(str, str, bool, int)
    """An agent, a folder that the settings name for it, whether that exists, and how many logs are in it."""

    prices = Signal(object, str)
    """What ``insight/price_list.py`` says of the models in use, and the version of the list of all prices."""

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

    def ask_prices(self) -> None:
        self.submit(self._tell_prices)

    # On the thread

    def _tell_prices(self) -> None:
        from tokenwatch.base.errors import LedgerError
        from tokenwatch.insight.price_list import price_list
        from tokenwatch.ledger.queries import Queries
        from tokenwatch.pricing.cost import Pricer

        pricer = Pricer(self._paths.price_overrides, fetched=self._paths.fetched_prices)
        version = pricer.listing.version
        try:
            queries = Queries(self._paths.ledger)
        except LedgerError:
            self.tell(self.prices, (), version)
            return
        try:
            self.tell(self.prices, price_list(queries, pricer, SystemClock().now(), MOST_PRICES), version)
        except LedgerError:
            self.tell(self.prices, (), version)
        finally:
            queries.close()

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
