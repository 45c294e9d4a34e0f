"""Terminal: bring the window to the front in which a process runs, as far as the system lets one program do that.

Owns finding the window or the pane of tmux by the tree of processes above an agent. Does not own when (gui). X11
needs ``xdotool`` or ``wmctrl``; Wayland lets no program raise another one's window; Windows may only let it flash.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tokenwatch.base.translation import tr

SECONDS: Final = 3.0
"""For each program that is asked."""

_MOST_ABOVE: Final = 32
Ask = Callable[[Sequence[str]], str | None]
"""Runs a program; what it printed, or None if it is not there or failed."""


def go_to(pid: int, environment: Mapping[str, str], platform: str, ask: Ask | None = None) -> str:
    """Empty if the terminal was brought forward, else one plain sentence. May take seconds: not for the Qt thread."""
    asked = ask or _asking(environment)
    chain = above(pid)
    if not chain:
        return tr("The agent has ended.")
    if platform == "win32":
        return _windows(chain)
    if platform == "darwin":
        return _macos(chain, asked)
    pane = _tmux(chain, asked)
    raised = _x11(chain, environment, asked)
    if pane and raised:
        return f"{tr('Its pane in tmux was selected.')} {raised}"
    return raised


def above(pid: int) -> list[int]:
    """The process and those above it, nearest first; empty if it is gone."""
    import psutil

    try:
        process = psutil.Process(pid)
        return [pid, *(parent.pid for parent in process.parents()[:_MOST_ABOVE] if parent.pid > 1)]
    except (psutil.Error, OSError):
        return []


def _asking(environment: Mapping[str, str]) -> Ask:
    def ask(words: Sequence[str]) -> str | None:
        program = shutil.which(words[0], path=environment.get("PATH"))
        if program is None:
            return None
        try:
            done = subprocess.run(  # noqa: S603 - fixed words and numbers, no shell
                [program, *words[1:]],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout if done.returncode == 0 else None

    return ask


def _tmux(chain: list[int], ask: Ask) -> bool:
    """Select the pane in which the agent runs, and look on for the terminal in which tmux does."""
    panes = ask(["tmux", "list-panes", "-a", "-F", "#{pane_pid} #{pane_id} #{session_id}"])
    for line in (panes or "").splitlines():
        fields = line.split()
        if len(fields) == 3 and fields[0].isdigit() and int(fields[0]) in chain:
            ask(["tmux", "select-window", "-t", fields[1]])
            ask(["tmux", "select-pane", "-t", fields[1]])
            clients = ask(["tmux", "list-clients", "-t", fields[2], "-F", "#{client_pid}"]) or ""
            for client in clients.split():
                if client.isdigit():
                    chain += above(int(client))
            return True
    return False


def _x11(chain: Sequence[int], environment: Mapping[str, str], ask: Ask) -> str:
    if not environment.get("DISPLAY"):
        if environment.get("WAYLAND_DISPLAY"):
            return tr("Wayland lets no program bring another one’s window forward.")
        return tr("There is no graphical session here.")
    listed = ask(["wmctrl", "-lp"])
    windows = [line.split(None, 3) for line in (listed or "").splitlines()]
    for pid in chain:
        for fields in windows:
            if len(fields) >= 3 and fields[2] == str(pid):
                ask(["wmctrl", "-ia", fields[0]])
                return ""
        found = ask(["xdotool", "search", "--onlyvisible", "--pid", str(pid)])
        numbers = (found or "").split()
        if numbers:
            ask(["xdotool", "windowactivate", numbers[-1]])
            return ""
    if listed is None and ask(["xdotool", "version"]) is None:
        return tr("Install xdotool or wmctrl to let TokenWatch bring windows forward.")
    return tr("No window of the agent’s terminal was found.")


def _macos(chain: Sequence[int], ask: Ask) -> str:
    for pid in chain:
        which = f"first application process whose unix id is {pid}"
        if (
            ask(["osascript", "-e", f'tell application "System Events" to set frontmost of ({which}) to true'])
            is not None
        ):
            return ""
    return tr("macOS did not allow it. Allow TokenWatch under Privacy & Security, Accessibility.")


def _windows(chain: Sequence[int]) -> str:
    import ctypes
    from ctypes import wintypes

    user32 = ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]
    owners: dict[int, int] = {}

    def note(window: int, _: int) -> bool:
        owner = wintypes.DWORD()
        user32.GetWindowThreadProcessId(window, ctypes.byref(owner))
        if user32.IsWindowVisible(window):
            owners.setdefault(owner.value, window)
        return True

    kind = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)  # type: ignore[attr-defined,unused-ignore]
    user32.EnumWindows(kind(note), 0)
    for pid in chain:
        if pid in owners:
            return (
                "" if user32.SetForegroundWindow(owners[pid]) else tr("Windows let its button in the taskbar flash.")
            )
    return tr("No window of the agent’s terminal was found.")
