"""Cold import: ``tokenwatch report --json`` with an empty ledger, against ``ccusage daily --json --offline``."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from benchmarks.corpora import BIG, HUGE, MANY, SMALL, Corpus, check_totals
from benchmarks.pairs import Figure, Run, in_turn, ratios, run
from benchmarks.peer import ccusage
from benchmarks.program import tokenwatch


def measure(rounds: int, *, quick: bool = False) -> list[Figure]:
    if quick:
        return against_peer(SMALL, rounds, goal_wall=0.70)
    figures = against_peer(SMALL, rounds, goal_wall=0.70)
    figures += against_peer(BIG, rounds, goal_wall=0.45, goal_cpu=0.45)
    figures += against_peer(MANY, rounds, goal_wall=0.85)
    return figures


def against_peer(
    corpus: Corpus, rounds: int, *, goal_wall: float | None = None, goal_cpu: float | None = None
) -> list[Figure]:
    check(corpus)
    command = ccusage()
    other = None
    if command is not None:
        other = lambda: run([str(command), "daily", "--json", "--offline"], corpus.environment())  # noqa: E731
    ones, others = in_turn(lambda: import_once(corpus), other, rounds)
    name = f"cold import, {corpus.name}"
    figures = [
        Figure(f"{name}: wall", "s", tuple(entry.wall for entry in ones)),
        Figure(f"{name}: CPU", "s", tuple(entry.cpu for entry in ones)),
        Figure(f"{name}: peak of the largest process", "MiB", tuple(entry.peak / 1024 for entry in ones)),
    ]
    if others:
        figures += [
            Figure(f"{name}: ccusage wall", "s", tuple(entry.wall for entry in others)),
            Figure(f"{name}: ccusage CPU", "s", tuple(entry.cpu for entry in others)),
            Figure(f"{name}: wall / ccusage", "", ratios(ones, others, "wall"), goal_wall),
            Figure(f"{name}: CPU / ccusage", "", ratios(ones, others, "cpu"), goal_cpu),
        ]
    return figures


def import_once(corpus: Corpus, *arguments: str, output: str | None = None) -> Run:
    """A report with an empty ledger, whose folder is thrown away."""
    home = tempfile.mkdtemp()
    try:
        return run([*tokenwatch(), "report", "--json", *arguments], corpus.environment(Path(home)), output=output)
    finally:
        shutil.rmtree(home)


def check(corpus: Corpus) -> None:
    """Totals first: a fast wrong answer is void."""
    corpus.made()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report.json"
        import_once(corpus, "--by", "agent,model", output=str(output))
        check_totals(json.loads(output.read_text()), corpus)


def growth(rounds: int) -> list[Figure]:
    """How the time grows with four times the bytes."""
    for corpus in (BIG, HUGE):
        check(corpus)
    four, one = in_turn(lambda: import_once(HUGE), lambda: import_once(BIG), rounds)
    return [Figure("growth: cold import of 4 GB / of 1 GB, wall", "", ratios(four, one, "wall"), 4.4)]
