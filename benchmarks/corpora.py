"""Corpora: big homes of logs with their true totals, made once into an untracked folder.

Owns which there are and where. Does not own how they are made: that is ../shared/corpus/make_corpus.py.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".benchmarks"
MAKER = ROOT.parent / "shared" / "corpus" / "make_corpus.py"


@dataclass(frozen=True)
class Corpus:
    """``size`` and ``files`` as the maker takes them; ``files`` 0: the usual mixture of sizes."""

    name: str
    size: str
    files: int = 0
    end: str = "2025-11-30"

    @property
    def home(self) -> Path:
        # A comma would separate two places in the variables that name them.
        return KEPT / "corpora" / self.name.replace(",", "")

    def made(self) -> Path:
        """The home, made if it is not there, or made for another last day."""
        if (self.home / "truth.json").is_file() and self.truth()["args"]["end"] != self.end:
            shutil.rmtree(self.home)
        if not (self.home / "truth.json").is_file():
            if not MAKER.is_file():
                raise SystemExit(
                    f"{MAKER} makes the corpora and is not there. Put the folder shared beside the checkout."
                )
            self.home.mkdir(parents=True, exist_ok=True)
            command = [sys.executable, str(MAKER), "--out", str(self.home), "--size", self.size, "--seed", "1"]
            command += ["--days", "60", "--end", self.end]
            if self.files:
                command += ["--files", str(self.files)]
            print(f"making {self.name} ...", file=sys.stderr, flush=True)
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        return self.home

    def truth(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.home / "truth.json").read_text(encoding="utf-8"))
        return found

    def environment(self, home: Path | None = None) -> dict[str, str]:
        """For a program that is to read this corpus and keep its own files below ``home``."""
        return {
            "HOME": str(home or self.home),
            "CLAUDE_CONFIG_DIR": str(self.home / ".claude"),
            "CODEX_HOME": str(self.home / ".codex"),
            "TZ": "UTC",
            "LANG": "C.UTF-8",
        }


SMALL = Corpus("100MB", "100MB")
BIG = Corpus("1GB", "1GB")
MANY = Corpus("1GB in 20,000 files", "1GB", files=32_000)
HUGE = Corpus("4GB", "4GB")
QUARTER = Corpus("250MB in 5,000 files", "250MB", files=8_000)

_DAY_SECONDS = 86_400


_FULL_BEFORE_END = {"100MB": 19, "1GB": 22}
"""Days from the last one with much in it to the last that the maker could fill, before it has enough."""


def until_today(size: str) -> Corpus:
    """A corpus whose last full day is today (UTC), as in logs of an agent that works now; see :func:`today`.

    Some of what its truth says of today, and little of tomorrow, is yet to come. The files' times are brought back to
    before now, each day anew, because no file was written in the future.
    """
    now = time.time()
    end = today() + timedelta(days=_FULL_BEFORE_END[size])
    corpus = Corpus(f"{size} until today", size, end=end.isoformat())
    corpus.made()
    midnight = now // _DAY_SECONDS * _DAY_SECONDS
    for path in corpus.home.rglob("*.jsonl"):
        modified = path.stat().st_mtime
        if modified > now:
            share = min(1.0, (modified - midnight) / _DAY_SECONDS)
            earlier = midnight + share * (now - midnight)
            os.utime(path, (earlier, earlier))
    return corpus


def today() -> date:
    return datetime.now(UTC).date()


def check_totals(said: dict[str, Any], corpus: Corpus) -> None:
    """Void the figure if a report by agent and model is not what the corpus is known to hold."""
    truth = corpus.truth()["agents"]
    for name, agent in (("claude", "claude-code"), ("codex", "codex")):
        if name not in truth:
            continue
        for model, true in truth[name]["by_model"].items():
            group = next((g for g in said["groups"] if g["by"] == {"agent": agent, "model": model}), None)
            tokens = group["tokens"] if group else {}
            if name == "claude":
                found = {
                    "input_tokens": tokens.get("input"),
                    "output_tokens": tokens.get("output"),
                    "cache_creation_5m": tokens.get("cache_write_5m"),
                    "cache_creation_1h": tokens.get("cache_write_1h"),
                    "cache_read": tokens.get("cache_read"),
                }
            else:
                found = {
                    "input_tokens": tokens.get("input", 0)
                    + tokens.get("cache_read", 0)
                    + tokens.get("cache_write_5m", 0),
                    "cached_input_tokens": tokens.get("cache_read"),
                    "output_tokens": tokens.get("output"),
                    "reasoning_output_tokens": tokens.get("reasoning"),
                }
            if found != true:
                raise SystemExit(f"void: {agent} {model} in {corpus.name} is {found}, truth is {true}")
