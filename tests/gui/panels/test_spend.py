"""The Spend page: the present month, past ones on request, and what is paid or what API prices would be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtTest import QSignalSpy

from tests.gui import samples
from tests.gui.faces import settle
from tokenwatch.base.snapshot import Month
from tokenwatch.gui.panels.spend import PANEL, SpendPage
from tokenwatch.gui.widgets.look import Look


@pytest.fixture
def page(qtbot, look: Look) -> SpendPage:
    page = SpendPage(look)
    qtbot.addWidget(page)
    page.resize(912, 720)
    page.show()
    return page


def labels(page: SpendPage) -> list[str]:
    return [cell.label for cell in page.headlines.cells()]


def values(page: SpendPage) -> list[str]:
    return [cell.value for cell in page.headlines.cells()]


def may() -> Month:
    return replace(samples.month(), label="2026-05", first=date(2026, 5, 1), last=date(2026, 5, 31), days=())


def test_panel_describes_the_page() -> None:
    assert (PANEL.id, PANEL.title, PANEL.widget) == ("spend", "Spend", SpendPage)


def test_present_month(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    assert labels(page) == ["So far", "Projected for June", "Budget", "Chance of going over"]
    assert values(page) == ["$292.07", "$412", "$450", "13%"]
    assert page.stepper.label.text() == "June 2026"
    assert not page.stepper.after.isEnabled()
    assert page.chart_head.title() == "This month, day by day"
    assert [entry.text for entry in page.bars_head.legend()] == ["Claude Code", "opencode"]


def test_api_prices_are_labelled_and_have_neither_budget_nor_forecast(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    page.prices._buttons[1].click()
    assert labels(page) == ["At API prices", "Of it inside plans", "You pay", "Today"]
    assert page.chart_head._note == "at API prices, from the 1st"
    assert page.bars_head.title() == "Per day, at API prices"
    assert [entry.text for entry in page.chart_head.legend()] == ["so far"]
    assert "Codex" in [entry.text for entry in page.bars_head.legend()]


def test_past_month_is_asked_for_and_shown_when_it_comes(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    asked = QSignalSpy(page.month_wanted)
    page.stepper.before.click()
    assert [asked.at(0)[0], asked.count()] == [date(2026, 5, 1), 1]
    assert page.shown() is None
    assert page.stepper.label.text() == "May 2026"
    assert values(page) == ["··"] * 4
    page.show_month(replace(may(), first=date(2026, 4, 1)))  # an answer to another question
    assert page.shown() is None
    page.show_month(may())
    assert labels(page) == ["Spent in May", "Tokens", "Budget"]
    assert page.chart_head.title() == "The month, day by day"


def test_past_month_stays_while_snapshots_come(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    page.stepper.before.click()
    page.show_month(may())
    page.show_snapshot(samples.near_budget())
    assert page.shown() == may()


def test_stepping_forward_leads_back_to_the_present_month(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    for _ in range(6):
        page.stepper.before.click()
    assert page.stepper.label.text() == "December 2025"
    for _ in range(6):
        page.stepper.after.click()
    assert page.stepper.label.text() == "June 2026"
    assert page.shown() == samples.month()
    assert not page.stepper.after.isEnabled()


def test_nothing_is_known_at_first(page: SpendPage) -> None:
    page.show_snapshot(samples.loading())
    assert values(page) == ["··"] * 4
    assert not page.stepper.before.isEnabled()
    assert page.chart.legend() == ()
    page.stepper.stepped.emit(-1)
    assert page.stepper.label.text() == ""


def test_month_without_a_projection_says_so(page: SpendPage) -> None:
    page.show_snapshot(samples.too_early())
    assert values(page)[1] == "—"
    assert page.headlines.cells()[1].notes[0].text == "too early to project"


def test_month_over_budget(page: SpendPage) -> None:
    page.show_snapshot(samples.over_budget())
    last = page.headlines.cells()[3]
    assert (last.label, last.value, last.ink) == ("Over budget by", "$13.18", "bad")


def test_incomplete_month_is_at_least(page: SpendPage) -> None:
    page.show_snapshot(samples.error())
    assert values(page)[:2] == ["≥ $292.07", "≥ $412"]


def test_lower_cards_stand_below_each_other_where_it_is_narrow(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    settle()
    assert page.calendar.mapTo(page, page.calendar.rect().topLeft()).x() > page.bars.width()
    page.resize(500, 900)
    settle()
    assert page.calendar.mapTo(page, page.calendar.rect().topLeft()).y() > page.bars.height()


def test_huge_month_keeps_its_numbers_whole(page: SpendPage) -> None:
    page.show_snapshot(samples.huge())
    assert values(page) == ["$9,876,543", "$13.0M", "$10,000,000", "13%"]
