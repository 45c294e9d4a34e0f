"""Status line bridge: what Claude Code runs for its status line once the user agreed to it.

Owns that one run: have the figures kept that the status line is given, then become the command that was there before,
with the same input, so that its output, its errors and its end are what Claude Code sees. Does not own what is kept
(statusline_figures.py) or switching it on and off (statusline_setup.py).

Started by its path with ``-I -S``, many times a minute and while somebody waits for a line of text. Nothing is
imported before the command runs, not even ``os``: that takes longer than all that is done here.
"""

from __future__ import annotations

import sys

PREVIOUS = "previous"
"""The file beside the kept figures with the command that was there before; empty or absent: none."""

_LARGEST = 1 << 20


def main(folder: str) -> None:
    """Have the figures from standard input kept in ``folder``, and do what was done before. Ends the process."""
    try:
        import posix
    except ImportError:
        _on_windows(folder)
    data = _all_of(0)
    try:
        command = _all_of(posix.open(f"{folder}/{PREVIOUS}", posix.O_RDONLY)).strip()
    except OSError:
        command = b""
    out, into = posix.pipe()
    child = posix.fork()
    if child == 0:
        _beside(folder, data, out, into)
    posix.waitpid(child, 0)
    posix.close(into)
    posix.dup2(out, 0)
    posix.close(out)
    if command:
        _heed_closed_pipes(True)
        # The user's own command, from the user's own settings.
        posix.execv("/bin/sh", [b"sh", b"-c", command])
    posix._exit(0)


def _all_of(number: int) -> bytes:
    import posix

    pieces, size = [], 0
    while size < _LARGEST:
        piece = posix.read(number, 1 << 16)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _heed_closed_pipes(heed: bool) -> None:
    """Python ignores SIGPIPE, and what is ignored stays so in the command, which would not end with its reader."""
    import _signal  # type: ignore[import-not-found]  # the part without enums

    _signal.signal(_signal.SIGPIPE, _signal.SIG_DFL if heed else _signal.SIG_IGN)


def _beside(folder: str, data: bytes, out: int, into: int) -> None:
    """In a process that is not the command's child: give the command its input, then have the figures kept."""
    import posix

    try:
        posix.close(out)
        if posix.fork():
            posix._exit(0)
        posix.setsid()
        nothing = posix.open("/dev/null", posix.O_RDWR)
        for number in (0, 1, 2):  # whoever reads the command's output must not wait for this
            posix.dup2(nothing, number)
        left = memoryview(data)
        try:
            while left:
                left = left[posix.write(into, left) :]
        except BrokenPipeError:
            pass  # the command did not want it
        posix.close(into)
        _keep(folder, data)
    finally:
        posix._exit(0)


def _on_windows(folder: str) -> None:
    import os
    import subprocess

    data = sys.stdin.buffer.read(_LARGEST)
    try:
        with open(os.path.join(folder, PREVIOUS), encoding="utf-8") as file:
            command = file.read().strip()
    except (OSError, UnicodeDecodeError):
        command = ""
    _keep(folder, data)
    sys.exit(subprocess.run(command, shell=True, input=data).returncode if command else 0)  # noqa: S602


def _keep(folder: str, data: bytes) -> None:
    if __package__:
        from tokenwatch.system.statusline_figures import keep
    else:  # started by its path
        sys.path.insert(0, __file__.rpartition("statusline_bridge")[0])
        from statusline_figures import keep  # type: ignore[import-not-found, no-redef]
    keep(folder, data)


if __name__ == "__main__":
    main(sys.argv[1])
