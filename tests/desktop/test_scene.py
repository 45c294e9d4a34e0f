"""Ten agents of five kinds in a real desktop session are counted right by every face, step by step (scene.py)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCENE = Path(__file__).with_name("scene.py")
ROOT = SCENE.parents[2]


def alone() -> list[str]:
    """How a command line begins that runs a program among processes of its own; empty if that is not allowed."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    rest = ["--pid", "--fork", "--kill-child", "--mount-proc"]
    for user in ([], ["--user", "--map-root-user"]):
        words = [unshare, *user, *rest]
        if subprocess.run([*words, "true"], capture_output=True, timeout=60, check=False).returncode == 0:
            return words
    return []


@pytest.mark.skipif(os.name != "posix", reason="programs are made from the system's own sleep")
def test_every_face_counts_along(shared: Path, tmp_path: Path) -> None:
    options = ["-q", "-rs", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'scene'}"]
    done = subprocess.run(
        [*alone(), sys.executable, "-m", "pytest", *options, str(SCENE)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if "1 skipped" in done.stdout:
        pytest.skip(done.stdout.strip().splitlines()[-2])
    assert done.returncode == 0, done.stdout + done.stderr
