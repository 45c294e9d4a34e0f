"""The program as a user runs it: another process with a home directory of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.pinned_clock import command_at

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ended:
    """What a command printed, and how it ended."""

    code: int
    out: str
    errors: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def sentences(self) -> list[str]:
        return self.errors.splitlines()


Run = Callable[..., Ended]


def environment_of(home: Path, **more: str) -> dict[str, str]:
    """Nothing of the tester's own: no folders, no desktop, no time zone."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "TZ": "UTC", "LANG": "C.UTF-8", **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tokenwatch", *arguments]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home directory."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


@pytest.fixture
def run() -> Run:
    """``run(home, "report", "--json")``; more environment by keyword. ``at``: the command's time of day, in ms."""

    def start(home: Path, *arguments: str, at: int | None = None, **environment: str) -> Ended:
        done = subprocess.run(
            command(*arguments) if at is None else command_at(at, *arguments),
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=environment_of(home, **environment),
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return start


@pytest.fixture(scope="session")
def truth(shared: Path) -> list[Mapping[str, Any]]:
    """The calls whose numbers reached the logs of the recorded home."""
    return list(json.loads((shared / "recordings" / "truth.json").read_text(encoding="utf-8"))["logged"])
