"""Every fault and attack has a row, and every row names tests that exist or says why it has none."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.faults.matrix import ATTACKS, FAULTS, Row

TESTS = Path(__file__).resolve().parents[1]


def missing(row: Row) -> list[str]:
    """The tests of the row that do not exist."""
    found = []
    for name in row.tests:
        file, _, function = name.partition("::")
        path = TESTS / file
        if not path.is_file():
            found.append(name)
        elif function:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if function not in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}:
                found.append(name)
    return found


def test_every_row_is_there() -> None:
    assert [row.id for row in FAULTS] == [str(number) for number in range(1, 31)]
    assert [row.id for row in ATTACKS] == [f"S{number}" for number in range(1, 22)]


@pytest.mark.parametrize("row", [*FAULTS, *ATTACKS], ids=lambda row: row.id)
def test_a_row_names_tests_that_exist_or_says_why_not(row: Row) -> None:
    assert missing(row) == []
    assert row.tests or row.open


def test_a_test_that_does_not_exist_is_noticed() -> None:
    assert missing(Row("x", "", ("faults/nowhere.py", "faults/test_matrix.py::test_nothing"))) != []
