"""A home with a toy agent, and permissions as another user meets them: no mode stops the super-user."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.collect.home import Home

NOBODY = 65534

GIVE_UP_RIGHTS = f"""
import os
if os.getuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
"""


@pytest.fixture
def make_home(tmp_path: Path) -> Iterator[Callable[..., Home]]:
    """Makes homes with a ledger; see ``Home``."""
    made: list[Home] = []

    def make(**options: Any) -> Home:
        made.append(Home(tmp_path / f"home {len(made)}", **options))
        return made[-1]

    yield make
    for home in made:
        home.end()


@pytest.fixture
def home(make_home: Callable[..., Home]) -> Home:
    """A home with the toy agent and a clock that stands still."""
    return make_home()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of files as they are opened."""
    paths: list[str] = []
    really = os.open

    def note(path: Any, *arguments: Any, **more: Any) -> int:
        paths.append(os.fspath(path))
        return really(path, *arguments, **more)

    monkeypatch.setattr(os, "open", note)
    return paths


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach, unlike those that pytest makes."""
    folder = Path(tempfile.mkdtemp()).resolve()
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o700)
    shutil.rmtree(folder)


def give_to_nobody(path: Path) -> None:
    """Make the path belong to whom ``as_nobody`` runs as, which only root has to and can."""
    if os.name == "posix" and os.getuid() == 0:
        os.chown(path, NOBODY, NOBODY)


as_root = pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can give folders away")


@pytest.fixture
def as_nobody() -> Callable[..., str]:
    """What a program prints that imports as this user and then runs as one without rights."""
    if os.name != "posix":
        pytest.skip("file modes are POSIX")

    def run(imports: str, program: str, *arguments: object) -> str:
        code = f"{imports}\n{GIVE_UP_RIGHTS}\n{program}"
        command = [sys.executable, "-c", code, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
