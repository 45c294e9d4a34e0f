"""The program under test, as it is started."""

from __future__ import annotations

import sys
from pathlib import Path


def tokenwatch() -> list[str]:
    """The installed command of this environment."""
    return [str(Path(sys.executable).with_name("tokenwatch"))]


def python() -> str:
    return sys.executable
