"""Licences: the packages that TokenWatch is made of, as the file that is shipped with it lists them.

Owns reading that file (resources/licences.json, made by scripts/licences). Does not own showing it. A file that is
missing or cannot be understood is an empty list, for the program works without it.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from tokenwatch.base.paths import resources

NAME = "licences.json"


class Package(msgspec.Struct, frozen=True):
    """``texts`` are numbers of texts in the file."""

    name: str
    version: str
    licence: str
    texts: tuple[int, ...] = ()


class Bill(msgspec.Struct, frozen=True):
    """The bill of materials."""

    own: str = ""
    """The text of TokenWatch's own licence."""
    packages: tuple[Package, ...] = ()
    texts: tuple[str, ...] = ()

    def text_of(self, package: Package) -> str:
        """Every licence text of a package, one after the other."""
        return "\n\n".join(self.texts[number] for number in package.texts if 0 <= number < len(self.texts))


def bill(folder: Path | None = None) -> Bill:
    """What is shipped. ``folder``: another one than :func:`resources`."""
    try:
        return msgspec.json.decode(((folder or resources()) / NAME).read_bytes(), type=Bill)
    except (OSError, msgspec.MsgspecError):
        return Bill()
