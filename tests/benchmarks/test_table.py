"""How figures are written: in the terminal, as JSON and in the README."""

from __future__ import annotations

import json
from datetime import date

import pytest

from benchmarks.machine import Machine
from benchmarks.pairs import Figure
from benchmarks.table import BEGIN, END, as_json, between_marks, from_json, markdown, number, row, text

MACHINE = Machine("Some CPU", 2, 8, "Linux 6.1", "CPython 3.11.2")
DAY = date(2026, 11, 28)
FIGURES = [
    Figure("cold import: wall / ccusage", "", (0.4, 0.41, 0.39), 0.45),
    Figure("append: p95", "ms", tuple(map(float, range(1, 101))), 40.0, "p95"),
    Figure("peak", "MiB", (120.0,)),
]


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.0, "0.00"), (0.0042, "0.004"), (0.3721, "0.37"), (1.449, "1.45"), (12.34, "12.3"), (1203.6, "1,204")],
)
def test_three_digits_count(value: float, written: str) -> None:
    assert number(value) == written


def test_a_row_tells_what_was_judged_and_whether_the_goal_was_reached() -> None:
    assert row(FIGURES[0]) == ("cold import: wall / ccusage", "0.40", "0.39", "0.41", "≤ 0.45", "reached")
    assert row(FIGURES[1]) == ("append: p95, ms", "50.5, p95 95.0", "1.00", "100", "≤ 40.0", "missed")
    assert row(FIGURES[2])[4:] == ("", "")


def test_the_terminal_gets_columns() -> None:
    lines = text(FIGURES).splitlines()
    assert len(lines) == 4
    ends = {line.rindex(verdict) for line, verdict in zip(lines[1:3], ("reached", "missed"), strict=True)}
    assert len(ends) == 1


def test_json_holds_everything_and_can_be_read_back() -> None:
    said = json.loads(json.dumps(as_json(FIGURES, MACHINE, DAY)))
    assert from_json(said) == (FIGURES, MACHINE, DAY)
    assert [entry["reached"] for entry in said["figures"]] == [True, False, None]


def test_the_readme_shows_goals_with_day_and_machine_between_its_marks() -> None:
    content = markdown(FIGURES, MACHINE, DAY, "without a peer")
    assert "2026-11-28" in content and "Some CPU, 2 cores, 8 GiB" in content and "without a peer" in content
    assert "peak" not in content
    readme = f"# Name\n\n{BEGIN}\nold\n{END}\n\nrest\n"
    assert between_marks(readme, content) == f"# Name\n\n{BEGIN}\n{content}\n{END}\n\nrest\n"
    with pytest.raises(ValueError, match="needs the lines"):
        between_marks("# Name\n", content)


def test_the_machine_is_told_without_its_name() -> None:
    here = Machine.here()
    assert here.cores >= 1 and here.cpu and here.python
