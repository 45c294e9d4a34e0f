"""Autostart: the entry by which the system starts TokenWatch at login.

Owns where that entry stands on each system, what is in it, and reading it back. Does not own the choice: a face asks.
Sources: the Desktop Application Autostart Specification and the quoting of ``Exec`` in the Desktop Entry
Specification 1.5; launchd.plist(5); Microsoft's page on the ``Run`` registry keys.
"""

from __future__ import annotations

import contextlib
import os
import plistlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tokenwatch.base.paths import APP, Paths
from tokenwatch.base.translation import tr

BACKGROUND: Final = "--background"
_RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
_ENV: Final = "/usr/bin/env"
_LABEL: Final = "io.github.tokenwatch.tokenwatch"


def own_command() -> tuple[str, ...]:
    """What starts this very program again: the packaged one, the installed command, or this interpreter."""
    if getattr(sys, "frozen", False):
        return (sys.executable, BACKGROUND)
    installed = Path(sys.executable).with_name("tokenwatch.exe" if sys.platform == "win32" else "tokenwatch")
    if installed.exists():
        return (str(installed), BACKGROUND)
    return (sys.executable, "-m", "tokenwatch", BACKGROUND)


class Autostart:
    """``command`` is what is to be started, as a list of arguments. Every method may raise OSError."""

    def __init__(self, paths: Paths, command: Sequence[str] | None = None) -> None:
        self._paths = paths
        self._command = tuple(command or own_command())

    @property
    def place(self) -> Path | None:
        """The file of the entry; None on Windows, where it stands in the registry."""
        paths = self._paths
        if paths.platform == "win32":
            return None
        if paths.platform == "darwin":
            return paths.home / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
        return paths.xdg_config() / "autostart" / f"{APP}.desktop"

    @property
    def on(self) -> bool:
        """Whether the system will start just this program; read back from the entry."""
        return self.command_in_entry() == self._command

    def switch(self, on: bool) -> None:
        """Write or remove the entry."""
        place = self.place
        if place is None:
            _write_run(self._command if on else None)
        elif not on:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            data = _plist(self._command) if self._paths.platform == "darwin" else _desktop_entry(self._command)
            _replace(place, data)

    def command_in_entry(self) -> tuple[str, ...] | None:
        """What the entry starts; None without one, or if it is switched off or not understood."""
        place = self.place
        if place is None:
            return _read_run()
        try:
            data = place.read_bytes()
        except FileNotFoundError:
            return None
        return _of_plist(data) if self._paths.platform == "darwin" else _of_desktop_entry(data)


# Linux


def quoted(command: Sequence[str]) -> str:
    """The value of ``Exec``: each argument in quotes, with what is special in them, in the value and to ``%``."""
    words = []
    for argument in command:
        for special in '\\"`$':
            argument = argument.replace(special, f"\\{special}")
        words.append('"' + argument.replace("\\", "\\\\").replace("%", "%%") + '"')
    return " ".join(words)


def unquoted(value: str) -> tuple[str, ...] | None:
    """The arguments again; None for what :func:`quoted` does not write."""
    text = value.replace("\\\\", "\\")
    words, at = [], 0
    while at < len(text):
        if text[at] != '"':
            return None
        word, at = "", at + 1
        while at < len(text) and text[at] != '"':
            if text[at] == "\\":
                at += 1
            if at >= len(text):
                return None
            word, at = word + text[at], at + 1
        if at >= len(text):
            return None
        words.append(word.replace("%%", "%"))
        at += 1
        if at < len(text):
            if text[at] != " ":
                return None
            at += 1
    return tuple(words)


def _desktop_entry(command: Sequence[str]) -> bytes:
    if "%" in command[0]:
        command = (_ENV, *command)  # GLib looks for a program of that name before it takes %% for %
    if any(ord(sign) < 32 for argument in command for sign in argument):
        raise OSError(tr("the program stands in a folder whose name cannot be written into an entry"))
    return (
        "[Desktop Entry]\nType=Application\nName=TokenWatch\n"
        f"Exec={quoted(command)}\nIcon={APP}\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"
    ).encode()


def _of_desktop_entry(data: bytes) -> tuple[str, ...] | None:
    keys = dict(line.split("=", 1) for line in data.decode(errors="replace").splitlines() if "=" in line)
    if keys.get("Hidden") == "true" or keys.get("X-GNOME-Autostart-enabled") == "false":
        return None
    command = unquoted(keys.get("Exec", ""))
    return command[1:] if command and command[0] == _ENV else command


# macOS


def _plist(command: Sequence[str]) -> bytes:
    entry = {"Label": _LABEL, "ProgramArguments": list(command), "RunAtLoad": True, "ProcessType": "Interactive"}
    return plistlib.dumps(entry)


def _of_plist(data: bytes) -> tuple[str, ...] | None:
    try:
        entry = plistlib.loads(data)
        arguments = tuple(entry["ProgramArguments"])
    except Exception:  # noqa: BLE001 - the parser raises whatever its parts do
        return None
    return arguments if all(isinstance(argument, str) for argument in arguments) else None


# Windows


def _write_run(command: Sequence[str] | None) -> None:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN, 0, winreg.KEY_SET_VALUE) as key:
            if command is not None:
                winreg.SetValueEx(key, APP, 0, winreg.REG_SZ, subprocess.list2cmdline(command))
            else:
                with contextlib.suppress(FileNotFoundError):
                    winreg.DeleteValue(key, APP)


def _read_run() -> tuple[str, ...] | None:
    if sys.platform == "win32":
        import winreg

        with (
            contextlib.suppress(FileNotFoundError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN) as key,
        ):
            value = str(winreg.QueryValueEx(key, APP)[0])
            own = own_command()
            return own if value == subprocess.list2cmdline(own) else (value,)
    return None


def _replace(place: Path, data: bytes) -> None:
    """Whole or not at all, and in place of a link, never through it."""
    part = place.with_name(f".{place.name}.part")
    part.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(part, flags, 0o644), "wb") as file:
        file.write(data)
    part.replace(place)
