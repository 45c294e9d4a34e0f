"""``tokenwatch statusline install | remove | status``: the bridge in the user's settings of Claude Code.

Owns asking for consent on a terminal and what is printed. Does not own the change (system/statusline_setup.py) or the
bridge itself, which ``tokenwatch/__main__.py`` starts before anything of the command line is loaded.
"""

from __future__ import annotations

import sys
from typing import Literal

from tokenwatch.base.text import plain
from tokenwatch.cli.given import Given
from tokenwatch.cli.output import write
from tokenwatch.system.statusline_setup import Bridge, bridge, command_of, install, remove

What = Literal["status", "install", "remove"]


def run(given: Given, what: What, *, agreed: bool) -> bool:
    """Do it, after asking if nobody agreed yet; whether it was done. Raises SettingsError."""
    now = bridge(given.paths)
    if what == "status":
        write(_stands(now))
        return not now.trouble
    if now.trouble:
        write(_stands(now))
        return False
    if now.installed == (what == "install"):
        write(_stands(now))
        return True
    if not agreed and not _asked(_what_changes(given, now, what)):
        write("Nothing was changed.\n")
        return False
    write(_stands(install(given.paths) if what == "install" else remove(given.paths)))
    return True


def _what_changes(given: Given, now: Bridge, what: What) -> str:
    if what == "remove":
        before = f"the command that was there before: {plain(now.previous, 200)}" if now.previous else "nothing"
        return f"In {now.file}, statusLine gets back {before}."
    then = f" and then runs your own: {plain(now.previous, 200)}" if now.previous else ""
    return (
        f"In {now.file}, statusLine gets the command\n  {command_of(given.paths)}\n"
        f"It keeps limits, context and cost in {given.paths.status_lines}{then}. A backup of the file is kept there, "
        "too; nothing else in it changes."
    )


def _asked(sentence: str) -> bool:
    if not sys.stdin.isatty():
        write(f"{sentence}\nNobody can be asked here; give --yes if you agree.\n")
        return False
    write(f"{sentence}\nChange it? [y/N] ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _stands(now: Bridge) -> str:
    if now.trouble:
        return f"{now.trouble}\n"
    if not now.installed:
        return f"Off: {now.file} does not name TokenWatch.\n"
    after = f", and then runs {plain(now.previous, 200)}" if now.previous else ""
    return f"On: Claude Code's status line tells its limits to TokenWatch{after}.\n"
