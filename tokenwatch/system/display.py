"""Whether a window can be shown here: is there a display that answers, and what the Qt wheels need beside it.

Owns that judgement, so that the program can say what is missing in a sentence; Qt itself would end the process.
Does not load Qt.
"""

from __future__ import annotations

import contextlib
import ctypes
import re
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_SECONDS: Final = 2.0
_X_PORT: Final = 6000
_NO_WINDOW: Final = ("offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs")
"""Platforms of Qt that need no display server (Qt documentation, "Qt Platform Abstraction")."""

_LIBRARIES: Final = (("libEGL.so.1", "libegl1"), ("libfontconfig.so.1", "libfontconfig1"))
_X_LIBRARIES: Final = (("libxcb-cursor.so.0", "libxcb-cursor0"), ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"))
"""(library, Debian package) that Qt loads and its wheels do not contain."""


def trouble(environment: Mapping[str, str], platform: str) -> str:
    """Why no window can be shown, as one plain sentence; empty if one can. Takes two seconds at most."""
    if not platform.startswith("linux"):
        return ""
    chosen = environment.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if chosen not in _NO_WINDOW:
        wayland, x = environment.get("WAYLAND_DISPLAY", ""), environment.get("DISPLAY", "")
        if not wayland and not x:
            return "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set."
        if not (wayland and _wayland_answers(environment, wayland)):
            if not x:
                return "The display cannot be reached: nothing answers at WAYLAND_DISPLAY."
            if not _x_answers(x):
                return "The display cannot be reached: nothing answers at DISPLAY."
            return _missing(_LIBRARIES + _X_LIBRARIES)
    return _missing(_LIBRARIES)


def _missing(libraries: tuple[tuple[str, str], ...]) -> str:
    missing = [(name, package) for name, package in libraries if not _loads(name)]
    if not missing:
        return ""
    names = " and ".join(name for name, _ in missing)
    packages = " ".join(package for _, package in missing)
    return f"Qt cannot show a window without {names}. On Debian: apt-get install {packages}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _wayland_answers(environment: Mapping[str, str], name: str) -> bool:
    path = Path(environment.get("XDG_RUNTIME_DIR", "")) / name  # an absolute name stays as it is
    return path.is_absolute() and _answers(socket.AF_UNIX, str(path))


def _x_answers(display: str) -> bool:
    """``display`` is [protocol/][host]:number[.screen] (X(7), "Display names")."""
    found = re.fullmatch(r"(?:(?P<protocol>[a-z]+)/)?(?P<host>.*):(?P<number>\d{1,5})(?:\.\d+)?", display)
    if found is None:
        return False
    host, number = found["host"], int(found["number"])
    if host.startswith("/"):  # macOS and some servers: the path of a socket
        return _answers(socket.AF_UNIX, f"{host}:{number}") or _answers(socket.AF_UNIX, host)
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where every X server listens
        return _answers(socket.AF_UNIX, path) or _answers(socket.AF_UNIX, f"\0{path}")
    return _X_PORT + number < 65536 and _answers(socket.AF_INET, (host.strip("[]"), _X_PORT + number))


def _answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with contextlib.suppress(OSError, ValueError):
        if family is socket.AF_INET:
            assert isinstance(address, tuple)
            socket.create_connection(address, timeout=_SECONDS).close()
            return True
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(_SECONDS)
            probe.connect(address)
            return True
    return False
