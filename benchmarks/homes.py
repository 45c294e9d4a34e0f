"""Homes: a user's home for the app, with a corpus in it that may be added to, and the ledger filled or not.

Owns making them. The corpus's files are the same files under other names (hard links), so they must not be changed;
new ones may stand beside them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import KEPT, Corpus
from benchmarks.pairs import Run, run
from benchmarks.program import tokenwatch


@dataclass(frozen=True)
class Home:
    path: Path

    @property
    def claude(self) -> Path:
        return self.path / ".claude"

    @property
    def ledger(self) -> Path:
        return self.path / ".local" / "share" / "tokenwatch" / "ledger.sqlite"

    def environment(self) -> dict[str, str]:
        return {"HOME": str(self.path), "TZ": "UTC"}

    def report(self, *arguments: str, output: str | None = None) -> Run:
        """``tokenwatch report --json``, which brings the ledger up to date unless the app runs."""
        here = {**self.environment(), "LANG": "C.UTF-8"}
        return run([*tokenwatch(), "report", "--json", *arguments], here, output=output)

    def forget(self) -> None:
        """As if the app had never run."""
        for folder in (".local", ".config", ".cache"):
            shutil.rmtree(self.path / folder, ignore_errors=True)


@contextmanager
def home(corpus: Corpus | None = None, *, filled: bool = False) -> Iterator[Home]:
    """A home until the block ends. ``filled``: its ledger holds the corpus."""
    folder = KEPT / "homes"
    folder.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(dir=folder))
    try:
        for name in (".claude", ".codex"):
            if corpus is not None and (corpus.made() / name).is_dir():
                shutil.copytree(corpus.home / name, path / name, copy_function=os.link)
        made = Home(path)
        if filled:
            made.report()
        yield made
    finally:
        shutil.rmtree(path)
