"""Hints: files that are said to have changed, kept until it is time to look at them.

Owns which they are and when that is: the first at once, then many lines in one reading. Does not own reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tokenwatch.engine.schedule import Due


class Hints:
    """Used by one thread."""

    def __init__(self) -> None:
        self._paths: dict[Path, None] = {}
        self._at = Due()

    def add(self, path: Path) -> None:
        self._paths[path] = None

    @property
    def waiting(self) -> bool:
        """Whether there are any."""
        return bool(self._paths)

    def clear(self) -> None:
        self._paths.clear()

    def soon(self) -> None:
        """Somebody looks now."""
        self._at.soon()

    def wait(self, now: float, otherwise: float) -> float:
        """Seconds until they are to be looked at; ``otherwise`` if there are none."""
        return self._at.left(now) if self._paths else otherwise

    def take(self, now: float, pause: float) -> Iterable[Path]:
        """Those to look at now, perhaps none; the next ones after ``pause`` seconds."""
        if not self._paths or not self._at.passed(now):
            return ()
        taken, self._paths = self._paths, {}
        self._at.after(now, pause)
        return taken
