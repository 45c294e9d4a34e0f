"""The command: which benchmarks run, and where their figures go.

python -m benchmarks                          every row; corpora and ccusage are got first (about 40 minutes)
python -m benchmarks --quick                  smaller corpora, fewer rounds, no goals: within two minutes
python -m benchmarks --only app_start idle    these rows
python -m benchmarks --json FILE              also as JSON; figures of other rows in it stay
python -m benchmarks --readme FILE            no run: write the README's table from such a file
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks import (
    app_start,
    append,
    cold_import,
    first_start,
    frames,
    idle,
    memory,
    queries,
    warm_report,
)
from benchmarks.corpora import ROOT
from benchmarks.machine import Machine
from benchmarks.pairs import Figure
from benchmarks.peer import ccusage
from benchmarks.table import as_json, from_json, markdown, text, write_readme

Measure = Callable[[int, bool], list[Figure]]

ROWS: dict[str, Measure] = {
    "cold_import": lambda rounds, quick: cold_import.measure(rounds, quick=quick),
    "warm_report": lambda rounds, quick: warm_report.measure(rounds, quick=quick),
    "cold_growth": lambda rounds, quick: [] if quick else cold_import.growth(max(1, rounds // 2)),
    "warm_growth": lambda rounds, quick: [] if quick else warm_report.growth(rounds),
    "app_start": lambda rounds, quick: app_start.measure(rounds, quick=quick),
    "first_start": lambda rounds, quick: first_start.measure(rounds, quick=quick),
    "append": lambda rounds, quick: append.measure(rounds, quick=quick),
    "frames": lambda rounds, quick: frames.measure(rounds, quick=quick),
    "idle": lambda rounds, quick: idle.measure(rounds, quick=quick),
    "memory": lambda rounds, quick: memory.measure(rounds, quick=quick),
    "queries": lambda rounds, quick: queries.measure(rounds, quick=quick),
}
_ROUNDS, _QUICK_ROUNDS = 7, 2


def main() -> int:
    options = _parser().parse_args()
    if options.readme is not None:
        figures, machine, day = from_json(json.loads(options.readme.read_text(encoding="utf-8")))
        write_readme(ROOT / "README.md", markdown(figures, machine, day, _without(figures)))
        return 0
    rounds = options.rounds or (_QUICK_ROUNDS if options.quick else _ROUNDS)
    machine, day = Machine.here(), datetime.now(UTC).date()
    found: list[Figure] = []
    for name in options.only or ROWS:
        print(f"{name} ", end="", file=sys.stderr, flush=True)
        came = ROWS[name](rounds, options.quick)
        if options.quick:  # never to be taken for the whole
            came = [replace(figure, name=f"quick: {figure.name}", goal=None) for figure in came]
        found += came
        if options.json is not None:
            _keep(options.json, came, machine, day)
    print(f"{machine.words}; {day.isoformat()}")
    without = _without(found)
    if without:
        print(without)
    print(text(found))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure TokenWatch.")
    parser.add_argument("--quick", action="store_true", help="smaller and without goals: within two minutes")
    parser.add_argument("--only", nargs="+", choices=ROWS, metavar="ROW", help=f"of: {', '.join(ROWS)}")
    parser.add_argument("--rounds", type=int, help=f"times that each is measured (usually {_ROUNDS})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write or renew the figures there")
    parser.add_argument("--readme", type=Path, metavar="FILE", help="no run: the README's table from such a file")
    return parser


def _keep(path: Path, figures: list[Figure], machine: Machine, day: date) -> None:
    """After each row, so that a run that is cut off is not lost."""
    names = {figure.name for figure in figures}
    kept: list[Figure] = []
    if path.is_file():
        before, _, _ = from_json(json.loads(path.read_text(encoding="utf-8")))
        kept = [figure for figure in before if figure.name not in names]
    path.write_text(json.dumps(as_json([*kept, *figures], machine, day), indent=1) + "\n", encoding="utf-8")


def _without(figures: list[Figure]) -> str:
    compared = any("ccusage" in figure.name for figure in figures)
    tried = any(figure.name.removeprefix("quick: ").startswith(("cold import", "warm report")) for figure in figures)
    return "" if compared or not tried or ccusage() else "ccusage could not be had: there is nothing to compare with."


if __name__ == "__main__":
    sys.exit(main())
