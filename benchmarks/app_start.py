"""App start: from the start of the process to three numbers painted, with a full ledger."""

from __future__ import annotations

import sys
import time

from benchmarks.corpora import until_today
from benchmarks.desktop import desktop
from benchmarks.homes import home
from benchmarks.pairs import Figure
from benchmarks.watching import app

_REST_SECONDS = 1.0


def measure(rounds: int, *, quick: bool = False) -> list[Figure]:
    corpus = until_today("100MB" if quick else "1GB")
    taken: list[float] = []
    with desktop() as screen, home(corpus, filled=True) as place:
        for number in range(rounds + 1):
            with app(screen, place.environment()) as started:
                whole = started.wait(lambda paint: paint.whole, "three numbers painted")
                if number:
                    taken.append((whole.at - started.started) / 1e6)
                started.listen(_REST_SECONDS)  # what goes on after the first paint is no part of the next start
            print(".", end="", file=sys.stderr, flush=True)
            time.sleep(_REST_SECONDS)
    print(file=sys.stderr)
    goal = None if quick else 250.0
    return [Figure(f"app start, ledger of {corpus.size}: three numbers painted", "ms", tuple(taken), goal)]
