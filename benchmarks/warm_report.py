"""Warm report: ``tokenwatch report --json`` when nothing has changed since the last one."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.cold_import import check
from benchmarks.corpora import MANY, QUARTER, SMALL, Corpus
from benchmarks.pairs import Figure, Run, in_turn, ratios, run
from benchmarks.peer import ccusage
from benchmarks.program import tokenwatch


def measure(rounds: int, *, quick: bool = False) -> list[Figure]:
    corpus = SMALL if quick else MANY
    check(corpus)
    command = ccusage()
    with _filled(corpus) as home:
        other = None
        if command is not None:
            other = lambda: run([str(command), "daily", "--json", "--offline"], corpus.environment())  # noqa: E731
        ones, others = in_turn(lambda: _report(corpus, home.path), other, rounds)
    name = f"warm report, {corpus.name}"
    figures = [
        Figure(f"{name}: wall", "s", tuple(entry.wall for entry in ones)),
        Figure(f"{name}: CPU", "s", tuple(entry.cpu for entry in ones)),
    ]
    if others:
        goal = None if quick else 0.25
        figures.append(Figure(f"{name}: wall / ccusage", "", ratios(ones, others, "wall"), goal))
        figures.append(Figure(f"{name}: CPU / ccusage", "", ratios(ones, others, "cpu")))
    return figures


def growth(rounds: int) -> list[Figure]:
    """How a start with nothing new grows with four times the files."""
    for corpus in (MANY, QUARTER):
        check(corpus)
    with _filled(MANY) as many, _filled(QUARTER) as few:
        ones, others = in_turn(lambda: _report(MANY, many.path), lambda: _report(QUARTER, few.path), rounds)
    return [Figure("growth: warm start with 4x the files, wall", "", ratios(ones, others, "wall"), 4.2)]


class _filled:
    """A home with a ledger that holds the corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.path = Path(tempfile.mkdtemp())

    def __enter__(self) -> _filled:
        _report(self._corpus, self.path)
        return self

    def __exit__(self, *rest: object) -> None:
        shutil.rmtree(self.path)


def _report(corpus: Corpus, home: Path) -> Run:
    return run([*tokenwatch(), "report", "--json"], corpus.environment(home))
