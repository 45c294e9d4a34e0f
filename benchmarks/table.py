"""Tables of figures: for the terminal, as JSON, and in the README between two marks.

Owns how a figure is written. Does not measure anything. Pure, but for :func:`write_readme`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.machine import Machine
from benchmarks.pairs import Figure

BEGIN = "<!-- benchmarks: written by python -m benchmarks -->"
END = "<!-- end of benchmarks -->"
_HEADS = ("figure", "median", "min", "max", "goal", "")


def number(value: float) -> str:
    """Three digits that count: 0.004, 0.37, 1.45, 12.3, 248, 1,204."""
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    if size >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if size >= 0.1 or value == 0 else f"{value:.3f}"


def row(figure: Figure) -> tuple[str, ...]:
    """The cells of one figure; a median that is not what the goal judges is followed by what is."""
    middle = number(median(figure.values))
    if figure.of != "median":
        middle = f"{middle}, {figure.of} {number(figure.judged)}"
    unit = f", {figure.unit}" if figure.unit else ""
    goal = "" if figure.goal is None else f"≤ {number(figure.goal)}"
    verdict = {None: "", True: "reached", False: "missed"}[figure.met]
    return figure.name + unit, middle, number(min(figure.values)), number(max(figure.values)), goal, verdict


def text(figures: Sequence[Figure]) -> str:
    """For a terminal, in columns."""
    rows = [_HEADS, *map(row, figures)]
    widths = [max(len(cells[place]) for cells in rows) for place in range(len(_HEADS))]
    lines = []
    for cells in rows:
        first, *others = cells
        rest = [cell.rjust(wide) for cell, wide in zip(others[:-1], widths[1:-1], strict=True)]
        lines.append("  ".join([first.ljust(widths[0]), *rest, others[-1]]).rstrip())
    return "\n".join(lines)


def markdown(figures: Sequence[Figure], machine: Machine, day: date, without: str = "") -> str:
    """The README's part: what has a goal, with day and machine. ``without``: what could not be compared with."""
    lines = [f"Measured on {day.isoformat()}: {machine.words}. Medians, warm cache; goals as in `benchmarks/`."]
    if without:
        lines.append(without)
    lines += ["", "| figure | median | min | max | goal | |", "|---|--:|--:|--:|--:|---|"]
    lines += [f"| {' | '.join(row(figure))} |" for figure in figures if figure.goal is not None]
    return "\n".join(lines)


def write_readme(path: Path, content: str) -> None:
    """Put ``content`` between the README's marks. Raises ValueError if they are not there."""
    path.write_text(between_marks(path.read_text(encoding="utf-8"), content), encoding="utf-8")


def between_marks(readme: str, content: str) -> str:
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the README needs the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{content}\n{END}{after}"


def as_json(figures: Sequence[Figure], machine: Machine, day: date) -> dict[str, Any]:
    return {
        "schema": 1,
        "date": day.isoformat(),
        "machine": {
            "cpu": machine.cpu,
            "cores": machine.cores,
            "memory_gib": machine.memory_gib,
            "system": machine.system,
            "python": machine.python,
        },
        "figures": [
            {
                "name": figure.name,
                "unit": figure.unit,
                "median": median(figure.values),
                "min": min(figure.values),
                "max": max(figure.values),
                "judged": figure.judged,
                "by": figure.of,
                "goal": figure.goal,
                "reached": figure.met,
                "values": list(figure.values),
            }
            for figure in figures
        ],
    }


def from_json(said: dict[str, Any]) -> tuple[list[Figure], Machine, date]:
    """What :func:`as_json` wrote."""
    figures = [
        Figure(entry["name"], entry["unit"], tuple(entry["values"]), entry["goal"], entry["by"])
        for entry in said["figures"]
    ]
    return figures, Machine(**said["machine"]), date.fromisoformat(said["date"])
