"""What every command is given: where things are, the time, and the user's settings.

Owns reading them once, from the real user. Does not own their meaning (base).
"""

from __future__ import annotations

from datetime import tzinfo

import msgspec

from tokenwatch.base.clock import Clock, SystemClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.rates_file import with_fetched
from tokenwatch.base.settings import Settings
from tokenwatch.base.settings_reading import load


class Given(msgspec.Struct, frozen=True):
    """``mistakes`` holds one plain sentence for each mistake in the settings file."""

    paths: Paths
    clock: Clock
    settings: Settings = msgspec.field(default_factory=Settings)
    mistakes: tuple[str, ...] = ()

    @classmethod
    def of_user(cls) -> Given:
        paths = Paths.of_user()
        settings, mistakes = load(paths.settings)
        return cls(paths, SystemClock(), with_fetched(settings, paths), mistakes)

    @property
    def zone(self) -> tzinfo:
        return self.settings.zone(self.paths)
