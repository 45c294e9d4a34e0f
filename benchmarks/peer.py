"""The tool to compare with: ccusage, in a pinned version from the npm registry, kept in the untracked folder.

Owns getting it. Where it cannot be had, figures are absolute.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from benchmarks.corpora import KEPT

VERSION = "20.0.24"


@cache
def ccusage() -> Path | None:
    """Its command, or None with a word why."""
    command = KEPT / "ccusage" / "node_modules" / ".bin" / "ccusage"
    if command.exists():
        return command
    npm = shutil.which("npm")
    if npm is None:
        print("npm is not here, so there is nothing to compare with: figures are absolute.", file=sys.stderr)
        return None
    folder = KEPT / "ccusage"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text("{}")
    done = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", f"ccusage@{VERSION}"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    if done.returncode or not command.exists():
        why = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        print(f"ccusage could not be had ({' '.join(why)}): figures are absolute.", file=sys.stderr)
        return None
    return command
