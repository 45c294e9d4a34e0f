"""How PySide6 is loaded: as a library, not as a part of every import."""

from __future__ import annotations

import subprocess
import sys

SEEN = """
import builtins, linecache
import tokenwatch.gui.starting
print(builtins.__import__.__name__, [file for file in linecache.cache if "tokenwatch" in file])
"""


def test_no_import_is_looked_into_and_no_source_text_is_kept() -> None:
    done = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True, check=False)
    name, _, texts = done.stdout.strip().partition(" ")
    assert (name == "__feature_import__", texts, done.stderr) == (False, "[]", "")
