"""Estimated parts are marked in rows, totals, details and notes, and said in words; exact ones are not."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.money import NANO
from tokenwatch.base.usage import Tokens
from tokenwatch.gui.widgets.breakdown_detail import BreakdownDetail
from tokenwatch.gui.widgets.breakdown_rows import Column, as_file, estimated_words, lines_of, total_of
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.spend_notes import estimated_lines
from tokenwatch.insight.breakdown import Breakdown, Detail, Question, Row, SessionUse

EXACT = Row("/work/a", 1, Tokens(input=1000, output=200), 3 * NANO, 3 * NANO, agents=(("codex", 3 * NANO),))
ABOUT = replace(EXACT, key="/work/b", estimated=4, estimated_tokens=900)


@pytest.fixture
def found() -> Breakdown:
    totals = replace(ABOUT, tokens=Tokens(input=2000, output=400), listed=6 * NANO, metered=6 * NANO)
    return Breakdown(Question(), date(2026, 6, 1), date(2026, 6, 2), (EXACT, ABOUT), totals, 0)


def test_only_rows_with_estimates_carry_the_sign(look: Look, found: Breakdown) -> None:
    exact, about = lines_of(found, look)
    columns = (Column.NEW, Column.OUTPUT, Column.LISTED, Column.PAID)
    assert [exact.text(column, look) for column in columns] == ["1.2k", "200", "$3.00", "$3.00"]
    assert [about.text(column, look) for column in columns] == ["~1.2k", "~200", "~$3.00", "~$3.00"]


def test_a_row_says_how_much_of_it_is_estimated(look: Look, found: Breakdown) -> None:
    exact, about = lines_of(found, look)
    assert estimated_words(exact.row, look) == ""
    assert about.sentence(look).endswith(", 900 tokens of 4 requests are estimates")
    assert "estimate" not in exact.sentence(look)


def test_a_lower_bound_stays_one(look: Look, found: Breakdown) -> None:
    (line,) = lines_of(replace(found, rows=(replace(ABOUT, unpriced=1),)), look)
    assert line.listed == "≥ $3.00"


def test_totals_of_some_rows_count_theirs(look: Look, found: Breakdown) -> None:
    exact, about = lines_of(found, look)
    assert total_of((exact,), found).estimated_tokens == 0
    assert total_of((about,), found).estimated_tokens == 900


def test_the_file_counts_them_apart(look: Look, found: Breakdown) -> None:
    title, *rows = as_file(lines_of(found, look), found).splitlines()
    assert title.endswith(",estimated_requests,estimated_tokens")
    assert [row.rsplit(",", 2)[1:] for row in rows] == [["0", "0"], ["4", "900"]]


def test_a_detail_marks_its_parts(qtbot, look: Look) -> None:
    detail = BreakdownDetail(look)
    qtbot.addWidget(detail)
    parts = (("codex", "m1", 3 * NANO), ("aider", "m2", NANO))
    use = SessionUse("aider", "s1", "/work/a", "m2", 0, 0, NANO, estimated=True)
    found = Detail(
        Question(), "/work/a", parts, frozenset({("aider", "m2")}), (), (use, replace(use, estimated=False))
    )
    detail.show_detail(found)
    assert [cost for _, _, cost in detail.parts.texts()] == ["$3.00", "~$1.00"]
    assert [detail.sessions.texts(use)[-1] for use in found.sessions] == ["~$1.00", "$1.00"]


def test_the_month_says_how_much_of_it_is_estimated(look: Look) -> None:
    month = replace(samples.month(), tokens=10_000, estimated_tokens=0)
    assert estimated_lines(month, look) == ()
    assert estimated_lines(None, look) == ()
    (line,) = estimated_lines(replace(month, estimated_tokens=2_500), look)
    assert line.text == "~2.5k tokens are estimates: their agents do not write enough to be exact"
    assert line.right == "25% of all"
