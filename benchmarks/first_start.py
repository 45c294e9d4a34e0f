"""First ever start: an empty ledger and 1 GB of logs, of which a part was written today.

Owns two figures: when today's numbers are painted, all of them, and the longest gap between two frames while the rest
is imported. A frame is a small rectangle of the window that is painted every 16 ms.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise

from benchmarks.corpora import Corpus, check_totals, today, until_today
from benchmarks.desktop import Desktop, desktop
from benchmarks.homes import Home, home
from benchmarks.pairs import Figure
from benchmarks.watching import app

_IMPORT_SECONDS = 300.0
_BASE_SECONDS = 5.0


def measure(rounds: int, *, quick: bool = False) -> list[Figure]:
    corpus = until_today("100MB" if quick else "1GB")
    tokens = tokens_of(corpus, today().isoformat())
    first: list[float] = []
    gaps: list[float] = []
    quiet: list[float] = []
    late: list[float] = []
    with desktop() as screen, home(corpus) as place:
        for _ in range(rounds):
            found = _start(screen, place, corpus, tokens)
            for kept, value in zip((first, gaps, quiet, late), found, strict=True):
                kept.append(value)
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    name = f"first ever start, {corpus.size}"
    return [
        Figure(f"{name}: today's numbers painted", "ms", tuple(first), None if quick else 400.0),
        Figure(f"{name}: longest gap between frames during the import", "ms", tuple(gaps), None if quick else 20.0),
        Figure(f"{name}: the same with nothing to import", "ms", tuple(quiet)),
        Figure(f"{name}: everything imported", "s", tuple(late)),
    ]


def _start(screen: Desktop, place: Home, corpus: Corpus, tokens: int) -> tuple[float, float, float, float]:
    """Milliseconds to today's numbers, of the longest gap and of the longest one later; seconds to the end."""
    place.forget()
    with app(screen, place.environment(), frames=True) as started:
        seen = started.wait(lambda paint: paint.whole and paint.today == tokens, "today's numbers", _IMPORT_SECONDS)
        began = started.wait(lambda paint: paint.progress is not None, "an import that is shown", _IMPORT_SECONDS)
        ended = started.wait(
            lambda paint: paint.at > began.at and paint.progress is None, "the end of the import", _IMPORT_SECONDS
        )
        started.listen(_BASE_SECONDS)
        until = time.monotonic_ns()
    output = place.path / "report.json"
    place.report("--by", "agent,model", output=str(output))
    check_totals(json.loads(output.read_text()), corpus)
    opened = started.paints[0].at
    return (
        (seen.at - started.started) / 1e6,
        longest_gap(started.frames, opened, ended.at),
        longest_gap(started.frames, ended.at + 1_000_000_000, until),
        (ended.at - started.started) / 1e9,
    )


def longest_gap(frames: list[int], since: int, until: int) -> float:
    """Milliseconds between two frames that follow each other, of which one at least lies between the two moments."""
    gaps = [after - before for before, after in pairwise(frames) if after > since and before < until]
    if not gaps:
        raise SystemExit("void: no frames were painted")
    return max(gaps) / 1e6


def tokens_of(corpus: Corpus, day: str) -> int:
    """All tokens of a day, as the corpus's truth has them."""
    corpus.made()
    total = 0
    for name, agent in corpus.truth()["agents"].items():
        for tokens in agent["by_day"].get(day, {}).values():
            total += total_of(name, tokens)
    if not total:
        raise SystemExit(f"void: {corpus.name} holds nothing of {day}")
    return total


def total_of(agent: str, tokens: dict[str, int]) -> int:
    """The sum of the counts that do not overlap."""
    if agent == "claude":
        return sum(tokens.values())
    return tokens["input_tokens"] + tokens["output_tokens"]
