"""Where things are: the user's home and environment, our own folders, and the resources we ship.

Owns every path rule of TokenWatch. Does not open or create anything except through :meth:`Paths.ensure`.
Nothing else reads the environment; agents' variables are looked up here by their readers.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec
import platformdirs

APP = "tokenwatch"


class Paths(msgspec.Struct, frozen=True):
    """``home`` and ``environment`` of the user, and our data, config, state and runtime folders."""

    home: Path
    environment: Mapping[str, str]
    data: Path
    config: Path
    platform: str = sys.platform
    folders: Mapping[str, tuple[Path, ...]] = msgspec.field(default_factory=dict)
    """Agent id -> more folders in which its logs may be."""
    wsl: bool = False
    """Whether homes inside WSL are looked through."""
    off: frozenset[str] = frozenset()
    """Ids of agents that are not looked for."""

    @classmethod
    def of_user(cls) -> Paths:
        """The real ones. Called once, by the chosen face."""
        return cls(
            home=Path.home(),
            environment=dict(os.environ),
            data=Path(platformdirs.user_data_dir(APP, appauthor=False)),
            config=Path(platformdirs.user_config_dir(APP, appauthor=False)),
        )

    @classmethod
    def below(cls, root: Path, **environment: str) -> Paths:
        """Everything inside one folder: for tests and the demo."""
        return cls(
            home=root,
            environment=environment,
            data=root / ".local" / "share" / APP,
            config=root / ".config" / APP,
        )

    @property
    def ledger(self) -> Path:
        return self.data / "ledger.sqlite"

    @property
    def backups(self) -> Path:
        """Copies of the ledger."""
        return self.data / "backups"

    @property
    def log(self) -> Path:
        return self.data / "tokenwatch.log"

    @property
    def settings(self) -> Path:
        return self.config / "settings.toml"

    @property
    def fetched_prices(self) -> Path:
        """Newer prices than those we ship."""
        return self.data / "prices.json"

    @property
    def fetched_rates(self) -> Path:
        """Rates of currencies, with their day."""
        return self.data / "rates.json"

    @property
    def status_lines(self) -> Path:
        """What Claude Code's status lines told, a file for each session."""
        return self.data / "statusline"

    @property
    def claude_settings(self) -> Path:
        """The user's settings of Claude Code."""
        value = self.variable("CLAUDE_CONFIG_DIR").strip()
        folder = Path(value) if value and Path(value).is_absolute() else self.home / ".claude"
        return folder / "settings.json"

    @property
    def price_overrides(self) -> Path:
        return self.config / "prices.toml"

    def variable(self, name: str) -> str:
        return self.environment.get(name, "")

    def xdg_config(self) -> Path:
        value = self.variable("XDG_CONFIG_HOME")
        return Path(value) if value and Path(value).is_absolute() else self.home / ".config"

    def ensure(self, folder: Path) -> Path:
        """Make ``folder``, readable by its owner only, also when it existed with wider rights."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name == "posix" and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
        return folder


def resources() -> Path:
    """The folder ``resources``: beside the package in a source tree, inside it in a wheel, or in a bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    here = Path(__file__).resolve().parent.parent
    candidates = [here / "resources", here.parent / "resources"]
    if bundle:
        candidates.insert(0, Path(bundle) / "resources")
    for candidate in candidates:
        if (candidate / "price_overrides.toml").is_file():
            return candidate
    return candidates[-1]
