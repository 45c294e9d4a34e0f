"""The page Breakdown over a real ledger: groups, filters, order, search, totals, detail and the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from tests.gui.faces import Painted, picture, settle
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.usage import Tokens
from tokenwatch.demo.stage import SETTINGS, Stage
from tokenwatch.gui.panels.breakdown import PANEL, BreakdownPage, span_of, span_words
from tokenwatch.gui.widgets.breakdown_rows import Column
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.page import MARGIN
from tokenwatch.insight.breakdown import Breakdown, Question, breakdown, detail
from tokenwatch.insight.explain import Why, explain
from tokenwatch.ledger.queries import Queries
from tokenwatch.pricing.cost import Pricer

TODAY = date(2026, 6, 18)


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[tuple[Queries, Snapshot]]:
    stage = Stage(tmp_path_factory.mktemp("demo"))
    stage.open()
    queries = Queries(stage.paths.ledger)
    yield queries, stage.snapshot()
    queries.close()
    stage.close()


@pytest.fixture
def page(qtbot, look: Look, demo: tuple[Queries, Snapshot]) -> BreakdownPage:
    queries, snapshot = demo
    made = BreakdownPage(look)
    qtbot.addWidget(made)
    made.resize(900, 700)

    def answer(question: Question | Why, key: str | None) -> None:
        if isinstance(question, Why):
            return
        if key is None:
            made.show_answer(breakdown(queries, question, UTC, SETTINGS))
        else:
            made.show_answer(detail(queries, question, key, TODAY, UTC, SETTINGS))

    made.asked.connect(answer)
    look.know(snapshot.agents)
    made.show()
    made.show_snapshot(snapshot)
    return made


def found(page: BreakdownPage) -> Breakdown:
    shown = page.table.found()
    assert shown is not None
    return shown


def names(page: BreakdownPage) -> list[str]:
    return [line.name for line in page.table.model.lines]


def test_it_begins_with_this_month_by_project(page: BreakdownPage, demo: tuple[Queries, Snapshot]) -> None:
    assert page.question == Question("project", date(2026, 6, 1), TODAY)
    assert page.span.text() == "1–18 June"
    assert len(names(page)) == 8
    month = demo[1].figures.month
    assert month is not None
    assert found(page).totals.listed == month.listed
    assert found(page).totals.metered == month.metered
    assert found(page).totals.sessions == month.sessions


def test_the_foot_has_the_sum_of_what_is_shown(page: BreakdownPage) -> None:
    whole = page.table.totals().listed
    first = page.table.model.lines[0]
    page.search.setText(first.name[:6])
    assert 0 < len(names(page)) < 8
    assert page.table.totals().listed == sum(line.row.listed for line in page.table.model.lines) < whole
    assert page.table.foot.texts()[Column.NAME].startswith(str(len(names(page))))
    page.search.clear()
    assert page.table.totals().listed == whole


def test_shares_add_up_to_a_hundred(page: BreakdownPage) -> None:
    assert sum(float(line.share.rstrip("%")) for line in page.table.model.lines) == pytest.approx(100)


@pytest.mark.parametrize("key", ["project", "model", "agent", "session", "day"])
def test_every_grouping_has_the_same_totals(page: BreakdownPage, key: str) -> None:
    before = page.table.totals()
    page.keys.choose(key)
    page.keys.chosen.emit(key)
    after = page.table.totals()
    assert (after.listed, after.metered, after.tokens) == (before.listed, before.metered, before.tokens)
    assert page.table.model.rowCount() == len(found(page).rows)


def test_a_click_on_a_title_sorts_and_a_second_one_turns_it_round(page: BreakdownPage) -> None:
    page.table.model.sort_by(Column.NAME)
    assert names(page) == sorted(names(page))
    page.table.model.sort_by(Column.NAME)
    assert names(page) == sorted(names(page), reverse=True)
    page.table.model.sort_by(Column.NEW)
    new = [line.row.tokens.new for line in page.table.model.lines]
    assert new == sorted(new, reverse=True)


def test_sorting_by_keyboard(page: BreakdownPage) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    page.table.view.setFocus()
    QTest.keyClick(page.table.view, Qt.Key.Key_Right, alt)
    assert page.table.model.sorted_by is Column.PAID
    paid = [line.row.metered for line in page.table.model.lines]
    assert paid == sorted(paid, reverse=True)
    QTest.keyClick(page.table.view, Qt.Key.Key_Down, alt)
    assert [line.row.metered for line in page.table.model.lines] == sorted(paid)


def test_filters_ask_for_a_part(page: BreakdownPage) -> None:
    whole = page.table.totals().listed
    page.paid.chosen.emit("plan")
    inside = page.table.totals().listed
    assert {agent for row in found(page).rows for agent, _ in row.agents} == {"codex"}
    page.paid.chosen.emit("metered")
    assert page.table.totals().listed + inside == whole
    page.paid.chosen.emit("any")
    page.agent.chosen.emit("gemini-cli")
    assert {agent for row in found(page).rows for agent, _ in row.agents} == {"gemini-cli"}
    assert page.agent.choices()[0][0] == ""


def test_the_first_row_is_chosen_and_its_detail_adds_up(page: BreakdownPage) -> None:
    row = page.table.model.lines[0].row
    assert page.table.chosen() == row.key
    shown = page.detail.parts._found
    assert shown is not None and sum(cost for _, _, cost in shown.parts) == row.listed
    assert page.detail_head.title() == page.table.model.lines[0].name
    page.table.view.selectRow(2)
    assert page.detail_head.title() == page.table.model.lines[2].name
    assert page.detail.days.stops()[-1].sentence.startswith("18 Jun")


def test_a_row_stays_chosen_when_numbers_change(page: BreakdownPage, demo: tuple[Queries, Snapshot]) -> None:
    page.table.view.selectRow(3)
    chosen = page.table.chosen()
    page._ask()
    assert page.table.chosen() == chosen


def test_while_nobody_chose_a_row_it_is_the_first(page: BreakdownPage) -> None:
    before = found(page)
    last = before.rows[-1]
    page.table.show_breakdown(replace(before, rows=(last,)))  # all that was read so far
    assert page.table.chosen() == last.key
    page.table.show_breakdown(before)
    assert page.table.chosen() == before.rows[0].key
    page.table.model.sort_by(Column.NAME)
    assert page.table.chosen() == page.table.model.lines[0].row.key
    page.table.view.selectRow(3)
    page.table.show_breakdown(replace(before, rows=before.rows[::-1]))
    assert page.table.chosen() == page.table.model.lines[3].row.key


def test_a_row_of_many_agents_says_how_many_more(page: BreakdownPage, painted: Painted) -> None:
    before = found(page)
    agents = tuple((agent, 1) for agent in ("codex", "claude-code", "opencode", "gemini-cli", "amp"))
    page.table.show_breakdown(replace(before, rows=(replace(before.rows[0], agents=agents), *before.rows[1:])))
    picture(page)
    assert painted.texts.count("+2") == 1


def test_days_without_use_say_so(page: BreakdownPage) -> None:
    page._use_span("own", date(2020, 1, 1), date(2020, 1, 31))
    assert not page.nothing_card.isHidden() and page.table_card.isHidden()
    assert not page.save.isEnabled()
    page._choose_span("month")
    assert page.nothing_card.isHidden()


def test_a_ledger_that_cannot_be_read_says_why(page: BreakdownPage) -> None:
    page.show_failure("The ledger is damaged.")
    assert "The ledger is damaged." in page.nothing.accessibleDescription() + page.nothing.accessibleName()


def test_the_file_has_every_digit_of_what_is_shown(page: BreakdownPage, qtbot) -> None:
    with qtbot.waitSignal(page.export_wanted) as told:
        page.export()
    name, text = told.args
    assert name == "tokenwatch-project-2026-06-01-2026-06-18.csv"
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 8
    assert sum(int(row["new_tokens"]) for row in rows) == page.table.totals().tokens.new
    cents = sum(round(float(row["at_api_prices_usd"]) * 10**9) for row in rows)
    assert cents == pytest.approx(page.table.totals().listed, abs=8)


def test_a_row_is_spoken_as_one_sentence(page: BreakdownPage) -> None:
    index = page.table.model.index(0, 0)
    said = page.table.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert str(said).startswith(f"{names(page)[0]}, ") and "at API prices" in str(said)


@pytest.mark.parametrize("width", [640, 900, 1400])
def test_it_is_painted_at_any_width(page: BreakdownPage, width: int) -> None:
    page.resize(width, 700)
    assert not picture(page).isNull()


@pytest.mark.parametrize(
    ("choice", "first", "last"),
    [
        ("month", date(2026, 6, 1), TODAY),
        ("before", date(2026, 5, 1), date(2026, 5, 31)),
        ("7", date(2026, 6, 12), TODAY),
        ("30", date(2026, 5, 20), TODAY),
        ("year", date(2026, 1, 1), TODAY),
        ("all", None, TODAY),
    ],
)
def test_spans(choice: str, first: date | None, last: date) -> None:
    assert span_of(choice, TODAY) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 6, 1), TODAY, "1–18 June"),
        (TODAY, TODAY, "18 June"),
        (date(2026, 5, 20), TODAY, "20 May–18 June"),
        (date(2025, 12, 1), date(2026, 1, 2), "1 December 2025–2 January 2026"),
        (None, TODAY, "All days"),
    ],
)
def test_span_words(first: date | None, last: date, words: str) -> None:
    assert span_words(first, last) == words


def test_it_is_a_panel() -> None:
    assert (PANEL.id, PANEL.order) == ("breakdown", 30)


@pytest.mark.parametrize("by", ["project", "model", "agent", "session", "day"])
def test_each_row_is_explained_to_the_last_token(
    page: BreakdownPage, demo: tuple[Queries, Snapshot], by: str
) -> None:
    page.keys.chosen.emit(by)
    pricer = Pricer(Path("none"))
    spy = QSignalSpy(page.asked)
    rows = [line.row for line in page.table.model.lines]
    assert rows
    for row in rows:
        page.table.view.setCurrentIndex(page.table.model.index(page.table.model.place(row.key), 0))
        page.why.click()
        why = spy.at(spy.count() - 1)[0]
        assert isinstance(why, Why)
        told = explain(demo[0], pricer, why, UTC)
        assert sum((part.tokens for part in told.parts), Tokens()) == row.tokens
        assert (told.listed, told.unpriced) == (row.listed, row.unpriced)


def test_a_part_of_a_row_is_not_explained(page: BreakdownPage) -> None:
    assert not page.why.isHidden()
    page.paid.chosen.emit("metered")
    assert page.why.isHidden()


@pytest.mark.parametrize("wide", [640, 720, 760, 800, 860, 1100])
def test_filters_stay_within_the_page(page: BreakdownPage, wide: int) -> None:
    page.agent.offer([("", "any agent with quite a long name"), ("codex", "Codex")])
    page.agent.choose("")
    page.resize(wide, 700)
    settle()
    right = page.search.mapTo(page, page.search.rect().topRight()).x()
    assert right <= page.width() - MARGIN
    assert page.search.width() >= page.look.px(110)
