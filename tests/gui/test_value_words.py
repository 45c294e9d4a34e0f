"""Words of what a month gave for its money: unknown stays unknown, and estimates are marked as such."""

from __future__ import annotations

from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.billing import Plan
from tokenwatch.base.money import from_dollars
from tokenwatch.gui.value_words import plan_title, summary, times_words, use_cells, value_cells, what_if_lines
from tokenwatch.gui.widgets.look import Look
from tokenwatch.insight.value import PlanValue


def test_a_plan_is_called_as_the_user_or_its_seller_does(look: Look) -> None:
    def title(plan: Plan) -> str:
        return plan_title(PlanValue(plan, plan.fee, ()), look)

    assert title(Plan("codex", name="mine", fee=from_dollars(20))) == "mine"
    assert title(Plan("codex", fee=from_dollars(20))) == "ChatGPT Plus"
    assert title(Plan("codex", fee=from_dollars(21))) == "Plan of Codex"


def test_a_fee_that_is_not_known_gives_no_number(look: Look) -> None:
    assert times_words(PlanValue(Plan("codex"), None, (5,)), look) == "its fee is not known"


def test_nothing_is_divided_by_nothing(look: Look) -> None:
    free = replace(samples.value(), fees=0, metered=0, plans=(), months=())
    assert [cell.value for cell in value_cells(free, look, past=False)][2:] == ["—", "—"]
    assert [cell.value for cell in use_cells(free, look)] == ["—", "—", "—"]


def test_use_is_compared_with_the_month_before(look: Look) -> None:
    cells = use_cells(samples.value(), look)
    assert [(cell.label, cell.value) for cell in cells] == [
        ("Cache hit ratio", "98%"),
        ("A session at API prices", "$3.33"),
        ("New tokens a session", "88.9k"),
    ]
    assert [note.text for note in cells[1].notes] == ["in 180 sessions", "May: $3.33"]
    assert [cell.spark is not None for cell in cells] == [True, False, False]


def test_a_single_month_has_no_course(look: Look) -> None:
    found = replace(samples.value(), months=samples.value().months[-1:])
    assert [cell.spark for cell in use_cells(found, look)] == [None, None, None]


def test_what_if_names_each_way_of_paying_and_marks_estimates(look: Look) -> None:
    lines = what_if_lines(samples.value(), look)
    assert [(line.title, line.amount) for line in lines] == [
        ("As now", "$412"),
        ("Without Claude Max 5x", "≈ $1.0k"),
        ("Without ChatGPT Plus", "≈ $440"),
        ("No plans, everything metered", "≈ $1.2k"),
        ("ChatGPT Pro 20x for Codex", "≈ $336"),
    ]


def test_what_if_waits_for_a_projection(look: Look) -> None:
    (line,) = what_if_lines(replace(samples.value(), as_now=None), look)
    assert line.amount == "—"


def test_summary_leaves_out_what_is_not_known(look: Look) -> None:
    text = summary(replace(samples.value(), fees=0, plans=()), look)
    assert "Plans alone" not in text and "You get" in text
