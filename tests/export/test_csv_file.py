"""Comma-separated values: read back as they were, and dead in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.export.csv_file import csv_text

SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_titles_come_first_and_lines_end_as_the_standard_has_it() -> None:
    assert csv_text(["day", "total"], [["2026-11-01", 5]]) == "day,total\r\n2026-11-01,5\r\n"


@pytest.mark.parametrize("sign", SIGNS)
def test_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert read(csv_text(["a"], [[f"{sign}1+2"]]))[1] == [f"'{sign}1+2"]


def test_a_formula_behind_blanks_gets_an_apostrophe() -> None:
    assert read(csv_text(["a"], [["  =1+2"]]))[1] == ["'  =1+2"]


def test_a_negative_number_stays_a_number() -> None:
    assert read(csv_text(["a"], [[-5]]))[1] == ["-5"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=4))
def test_every_text_can_be_read_back(cells: list[str]) -> None:
    back = read(csv_text(["a"] * len(cells), [cells]))[1]
    assert [one.removeprefix("'") if one != two else one for one, two in zip(back, cells, strict=True)] == cells


@given(st.text(min_size=1))
def test_no_cell_begins_with_a_sign_of_formulas(cell: str) -> None:
    assert not read(csv_text(["a", "b"], [[cell.replace("\0", ""), "x"]]))[1][0].startswith(SIGNS)
