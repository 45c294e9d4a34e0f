"""Places: the folders that many agents' logs have in common, on each system.

Owns reading a variable as folders, where data and editors' folders are, and reading the small files in which agents
name places. Touches nothing else but to ask whether a folder exists. Does not own where any one agent keeps its logs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tokenwatch.base.paths import Paths

EDITORS: Final = (
    "Code",
    "Code - Insiders",
    "VSCodium",
    "Cursor",
    "Windsurf",
    "Trae",
    "Antigravity",
    "Kiro",
    "Positron",
)
"""Programs with the folders of Visual Studio Code."""

_SMALL: Final = 1024 * 1024

_SERVERS: Final = (
    ".vscode-server",
    ".vscode-server-insiders",
    ".vscodium-server",
    ".cursor-server",
    ".windsurf-server",
)


def expanded(value: str, paths: Paths) -> Path:
    """A path as a user writes it; ``~`` is the home folder."""
    if value == "~" or value.startswith(("~/", "~\\")):
        return paths.home / value[2:]
    return Path(value)


def folders_of(paths: Paths, variable: str) -> list[Path]:
    """The folders that a variable names: one path or, as other tools take it, several with commas between them."""
    value = paths.variable(variable).strip()
    if not value:
        return []
    whole = expanded(value, paths)
    if whole.is_dir():
        return [whole]
    found = [expanded(part.strip(), paths) for part in value.split(",")]
    return [folder for folder in found if folder != Path()]


def homes(paths: Paths, *variables: str, default: Path) -> list[Path]:
    """The folders of the first variable that is set, else ``default``."""
    for variable in variables:
        found = folders_of(paths, variable)
        if found:
            return found
    return [default]


def xdg_data(paths: Paths) -> Path:
    """``~/.local/share``; several agents use it on every system."""
    value = paths.variable("XDG_DATA_HOME")
    return Path(value) if value and Path(value).is_absolute() else paths.home / ".local" / "share"


def editor_users(paths: Paths) -> Iterator[Path]:
    """The folder ``User`` of every editor of Visual Studio Code's family, on this computer and for remote ones."""
    for name in EDITORS:
        yield editor_folder(paths, name) / "User"
    for name in _SERVERS:
        yield paths.home / name / "data" / "User"


def extension_folders(paths: Paths, *extensions: str) -> Iterator[Path]:
    """Where extensions of those editors keep their own files: in each editor that is there, and in its profiles.

    The first editor's folder always, so that there is a place to name.
    """
    for number, user in enumerate(editor_users(paths)):
        there = user.is_dir()
        if number and not there:
            continue
        profiles = sorted((user / "profiles").glob("*/globalStorage")) if there else []
        for storage in (user / "globalStorage", *profiles):
            for extension in extensions:
                yield storage / extension


def editor_folder(paths: Paths, name: str) -> Path:
    """Where a program of that family keeps its settings and data."""
    if paths.platform == "darwin":
        return paths.home / "Library" / "Application Support" / name
    if paths.platform == "win32":
        roaming = paths.variable("APPDATA")
        return (Path(roaming) if roaming else paths.home / "AppData" / "Roaming") / name
    return paths.xdg_config() / name


def small_file(path: Path) -> bytes:
    """What a file says in which an agent names its places; nothing if there is none, or none that is small."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            data = file.read(_SMALL + 1)
    except (OSError, ValueError):
        return b""
    return data if len(data) <= _SMALL else b""
