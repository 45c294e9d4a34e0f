"""Rights: what of a path its user may not open, and the command that allows it.

Owns looking at owners and rights on the disk, and the sentence about them. Does not own opening anything.
"""

from __future__ import annotations

import os
import shlex
import stat
from pathlib import Path

from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr


def closed_part(path: Path) -> tuple[Path, os.stat_result] | None:
    """The first of the folders above the path, or itself, that is there and may not be opened."""
    for part in (*reversed(path.parents), path):
        try:
            info = part.stat()
        except OSError:  # not there, or hidden by the one above, which was looked at before
            continue
        if not os.access(part, os.R_OK | os.X_OK if stat.S_ISDIR(info.st_mode) else os.R_OK):
            return part, info
    return None


def command_to_read(part: Path, info: os.stat_result, shown: str = "") -> str:
    """What a shell needs to be told, about ``shown`` if given; "" where no command is safe to offer.

    Another's folder is only asked for where it lies in one of the user's own, as after a run with ``sudo``: to take
    over what others keep elsewhere is theirs to decide.
    """
    if os.name != "posix":
        return ""
    name, folder = shown or shlex.quote(str(part)), stat.S_ISDIR(info.st_mode)
    if info.st_uid == os.getuid():
        return f"chmod {'u+rX' if folder else 'u+r'} {name}"
    try:
        in_own = part.parent.stat().st_uid == os.getuid()
    except OSError:
        return ""
    return f'sudo chown {"-R " if folder else ""}"$USER" {name}' if in_own else ""


def owner_of(info: os.stat_result) -> str:
    """The name, or the number of one that has none; "" where the system has no such thing."""
    if os.name != "posix":
        return ""
    import pwd

    try:
        return plain(pwd.getpwuid(info.st_uid).pw_name, 40)
    except KeyError:
        return str(info.st_uid)


def may_not_be_read(path: str) -> str:
    """A plain sentence, for after the system has refused the path. Looks at the disk."""
    found = closed_part(Path(path))
    if found is not None:
        command = command_to_read(*found)
        if command:
            return tr("{path} may not be read. Allow it with: {command}", path=path, command=command)
        if owner := owner_of(found[1]):
            return tr("{path} may not be read: it belongs to {owner}.", path=path, owner=owner)
    return tr("{path} may not be read.", path=path)
