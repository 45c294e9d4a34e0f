"""Permissions as another user meets them: tests may run as the super-user, whom no mode stops."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

NOBODY = 65534

GIVE_UP_RIGHTS = f"""
import os
if os.getuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
"""


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
