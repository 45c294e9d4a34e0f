"""Places: all folders in which an agent's sources may stand, those that the user named included.

Owns adding folders of the settings, and homes inside WSL, to the places that readers know. Does not walk them
(discover.py).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PureWindowsPath
from typing import Final

from msgspec.structs import replace

from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.readers.places import expanded
from tokenwatch.readers.protocol import Reader, Root

log = logging.getLogger(__name__)

SHARES: Final = ("\\\\wsl.localhost", "\\\\wsl$")
"""Under which Windows shows the files of WSL; older versions know only the second."""


def looked_in(paths: Paths, settings: Settings) -> Paths:
    """``paths`` with what the settings add to the places of agents."""
    folders = {agent: tuple(expanded(name, paths) for name in names) for agent, names in settings.folders}
    return replace(paths, folders=folders, wsl=settings.wsl, off=frozenset(settings.agents_off))


def roots_of(reader: Reader, paths: Paths) -> tuple[Root, ...] | None:
    """Where an agent keeps its sources: nowhere if it is switched off; None if its reader fails."""
    if paths.off and reader.agent.id in paths.off:
        return ()
    try:
        own = tuple(reader.roots(paths))
        if paths.folders or paths.wsl:
            own = (*own, *named(reader, paths), *_inside_wsl(reader, paths))
        return own
    except Exception:
        # A plug-in may fail; the other agents are counted.
        log.exception("reader %s failed on the places of its logs", reader.agent.id)
        return None


def named(reader: Reader, paths: Paths) -> Iterator[Root]:
    """Folders of the settings. Each may be a home, an agent's folder as in one, or a folder of sources itself."""
    folders = paths.folders.get(reader.agent.id, ())
    if not folders:
        return
    usual = list(reader.roots(replace(paths, environment={})))
    for folder in folders:
        known = [(root, _place(folder, root.path, paths)) for root in usual]
        found = [replace(root, path=place) for root, place in known if place is not None]
        yield from found or [replace(root, path=folder) for root in usual]


def _place(folder: Path, usual: Path, paths: Paths) -> Path | None:
    """Where a root that is usually at ``usual`` is below ``folder``, if it is there.

    Of ``~/.agent/logs`` that may be ``.agent/logs``, or ``logs``, or the folder itself if it is called so.
    """
    parts = usual.relative_to(paths.home).parts if usual.is_relative_to(paths.home) else usual.parts[-2:]
    for begin in range(len(parts)):
        place = folder.joinpath(*parts[begin:])
        if place.is_dir() and (begin == 0 or folder.name == parts[begin - 1]):
            return place
    return folder if parts and folder.name == parts[-1] else None


def _inside_wsl(reader: Reader, paths: Paths) -> Iterator[Root]:
    """As in any home, but agents there run on Linux and do not see the variables of Windows."""
    for home in wsl_homes(paths):
        yield from reader.roots(replace(paths, home=home, environment={}, platform="linux"))


def wsl_homes(paths: Paths, distributions: Callable[[], Iterable[str]] | None = None) -> tuple[Path, ...]:
    """The home folders inside WSL, if they are to be looked through. Looking starts the distributions."""
    if not paths.wsl or paths.platform != "win32":
        return ()
    homes: dict[Path, None] = {}
    for name in (distributions or _distributions)():
        for share in SHARES:
            base = Path(share) / name
            try:
                found = [entry for entry in sorted((base / "home").iterdir()) if entry.is_dir()]
                if (base / "root").is_dir():
                    found.append(base / "root")
            except OSError:
                continue  # not under this name, or it does not start
            homes.update(dict.fromkeys(found))
            break
    return tuple(homes)


def is_inside_wsl(path: Path) -> bool:
    """Whether changes of these files cannot be watched: Windows is told of none."""
    return PureWindowsPath(path).drive.lower().startswith(SHARES)


def _distributions() -> list[str]:
    """The names of the installed distributions, as the registry has them; on Windows only."""
    names: list[str] = []
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Software\Microsoft\Windows\CurrentVersion\Lxss") as key:
                for number in range(winreg.QueryInfoKey(key)[0]):
                    with winreg.OpenKey(key, winreg.EnumKey(key, number)) as entry:
                        names.append(str(winreg.QueryValueEx(entry, "DistributionName")[0]))
        except OSError:
            pass  # there is none
    return names
