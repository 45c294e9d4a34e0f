"""Desktop: where the app's windows go - a real headless desktop session, or Qt's offscreen platform without one.

Owns starting the session of ../shared/desktop, which only the project's own checkout has, and the environment of a
program in it. Does not start the app (watching.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import ROOT

SESSION = ROOT.parent / "shared" / "desktop" / "session"
_START_SECONDS = 60.0


@dataclass(frozen=True)
class Desktop:
    """``environment`` is what a program needs to show windows; ``real``: there are a tray and a window manager."""

    environment: dict[str, str]
    real: bool


@contextmanager
def desktop() -> Iterator[Desktop]:
    """A desktop until the block ends; says so when it is not a real one."""
    if not SESSION.is_file():
        print(f"{SESSION} is not there: windows are drawn offscreen, without a tray.", file=sys.stderr)
        yield _offscreen()
        return
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "environment"
        keep = f'env -0 > "{told}.part" && mv "{told}.part" "{told}"; cat > /dev/null'
        process = subprocess.Popen(
            [str(SESSION), "--timeout", "7200", "--", "sh", "-c", keep],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdin is not None
        try:
            until = time.monotonic() + _START_SECONDS
            while not told.exists() and process.poll() is None and time.monotonic() < until:
                time.sleep(0.05)
            if told.exists():
                yield Desktop(_inside(told.read_bytes()), real=True)
            else:
                print(f"{SESSION} did not start: windows are drawn offscreen, without a tray.", file=sys.stderr)
                yield _offscreen()
        finally:
            process.stdin.close()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _offscreen() -> Desktop:
    return Desktop({"QT_QPA_PLATFORM": "offscreen", "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, real=False)


def _inside(told: bytes) -> dict[str, str]:
    """The session's environment without its home and folders, for each start of the app has its own, and without
    what was meant for the Python of the benchmarks."""
    pairs = (os.fsdecode(pair).split("=", 1) for pair in told.rstrip(b"\0").split(b"\0"))
    kept = ("XDG_RUNTIME_DIR", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")
    return {name: value for name, value in pairs if not name.startswith(("XDG_", "PYTHON")) or name in kept}
