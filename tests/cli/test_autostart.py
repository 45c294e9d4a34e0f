"""Starting at login is switched on and off, and what is said was read back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .conftest import Run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux may a test change the entry")


def test_it_is_switched_on_and_off(run: Run, home: Path) -> None:
    entry = home / ".config" / "autostart" / "tokenwatch.desktop"
    assert run(home, "autostart").out == "TokenWatch does not start at login.\n"
    assert run(home, "autostart", "on").out == f"TokenWatch starts at login ({entry}).\n"
    assert "--background" in entry.read_text(encoding="utf-8")
    assert run(home, "autostart", "off").out == "TokenWatch does not start at login.\n"
    assert not entry.exists()


def test_an_entry_that_cannot_be_written_is_one_sentence(run: Run, home: Path) -> None:
    (home / ".config").write_text("in the way")
    ended = run(home, "autostart", "on")
    assert (ended.code, len(ended.sentences)) == (1, 1)
