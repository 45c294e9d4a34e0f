"""The Value page: the present month as it changes, past ones on request, and what there is to say without a plan."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy

from tests.gui import samples
from tests.gui.faces import settle
from tokenwatch.base.settings import Settings
from tokenwatch.gui.panels.value import PANEL, ValuePage
from tokenwatch.gui.widgets.look import Look
from tokenwatch.insight.explain import Why
from tokenwatch.insight.value import Value, Worth

JUNE = Worth(date(2026, 6, 1))


@pytest.fixture
def page(qtbot, look: Look) -> ValuePage:
    page = ValuePage(look)
    qtbot.addWidget(page)
    page.resize(912, 720)
    page.show()
    return page


@pytest.fixture
def shown(page: ValuePage) -> ValuePage:
    page.show_snapshot(samples.usual())
    page.show_answer(samples.value())
    return page


def past() -> Value:
    found = replace(samples.value(), first=date(2026, 5, 1), last=date(2026, 5, 31), as_now=None, switches=())
    return replace(found, months=found.months[:2])


def test_panel_describes_the_page() -> None:
    assert (PANEL.id, PANEL.title, PANEL.order, PANEL.widget) == ("value", "Value", 50, ValuePage)


def test_the_present_month_is_asked_for_once_until_it_changes(page: ValuePage, monkeypatch) -> None:
    asked = QSignalSpy(page.asked)
    page.show_snapshot(samples.usual())
    page.show_snapshot(samples.usual())
    assert [asked.at(0)[0], asked.count()] == [JUNE, 1]
    figures = samples.usual().figures
    more = replace(samples.month(), listed=samples.month().listed + 1)
    grown = replace(samples.usual(), figures=replace(figures, month=more))
    page.show_snapshot(grown)
    assert asked.count() == 1, "not again at once"
    monkeypatch.setattr("tokenwatch.gui.panels.value._EVERY_MS", 0)
    page.show_snapshot(grown)
    assert asked.count() == 2


def test_nothing_is_said_before_the_answer_came(page: ValuePage) -> None:
    page.show_snapshot(samples.usual())
    settle()
    assert {cell.value for cell in page.headlines.cells()} == {"··"}
    assert not page.nothing_card.isVisible()
    assert not page.uses.isVisible()
    assert not page.copy.isEnabled()


def test_what_was_paid_stands_beside_list_prices(shown: ValuePage) -> None:
    cells = shown.headlines.cells()
    assert [(cell.label, cell.value) for cell in cells] == [
        ("You pay, so far", "$292.07"),
        ("Same work at API prices", "$719.67"),
        ("You get", "2.5×"),
        ("Plans alone", "4.1×"),
    ]
    assert cells[0].notes[0].text == "$120 plans + $172.07 metered"


def test_every_plan_has_a_card_and_no_other_is_there(shown: ValuePage) -> None:
    settle()
    assert [card.isVisible() for card in shown.plans] == [True, True, False, False]
    assert [card.head.title() for card in shown.plans[:2]] == ["Claude Max 5x", "ChatGPT Plus"]
    assert shown.plans[0].head.legend()[0].text == "4.3× the fee, at API prices"


def test_what_if_is_only_of_a_month_that_goes_on(shown: ValuePage) -> None:
    settle()
    assert shown.what_if_card.isVisible()
    assert shown.what_if.lines()[0].amount == "$412"
    shown.stepper.before.click()
    shown.show_answer(past())
    settle()
    assert not shown.what_if_card.isVisible()
    assert shown.headlines.cells()[0].label == "You paid"


def test_past_month_is_asked_for_and_an_answer_to_another_question_is_not_shown(shown: ValuePage) -> None:
    asked = QSignalSpy(shown.asked)
    shown.stepper.before.click()
    assert [asked.at(0)[0], asked.count()] == [Worth(date(2026, 5, 1)), 1]
    assert shown.shown() is None
    shown.show_answer(samples.value())
    assert shown.shown() is None
    shown.show_answer(past())
    assert shown.shown() == past()
    shown.stepper.after.click()
    assert asked.at(1)[0] == JUNE


def test_without_a_plan_it_is_said_where_to_name_one(page: ValuePage) -> None:
    page.show_snapshot(samples.usual())
    page.show_answer(replace(samples.value(), plans=(), fees=0))
    settle()
    assert page.nothing_card.isVisible()
    assert "No plan is set" in page.nothing.accessibleName()
    assert page.headlines.cells()[3].value == "—"
    assert page.uses.isVisible()


def test_a_month_before_the_first_log_is_not_known(page: ValuePage) -> None:
    page.show_snapshot(samples.usual())
    page.stepper.before.click()
    page.show_answer(Value(date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 18), known=False))
    settle()
    assert "Nothing is known of this month" in page.nothing.accessibleName()
    assert not page.copy.isEnabled()
    assert not page.uses.isVisible()


def test_a_present_month_without_use_waits_for_it(page: ValuePage) -> None:
    page.show_snapshot(samples.usual())
    page.show_answer(Value(date(2026, 6, 1), date(2026, 6, 30), date(2026, 6, 18), known=False))
    assert "as it comes" in page.nothing.accessibleName()


def test_other_settings_ask_again(shown: ValuePage) -> None:
    asked = QSignalSpy(shown.asked)
    shown.show_settings(Settings(month_start=1, budget=5))
    assert asked.count() == 1
    shown.show_settings(Settings(month_start=1, budget=5))
    assert asked.count() == 1


def test_summary_is_copied(shown: ValuePage) -> None:
    shown.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("June 2026\nYou pay, so far: $292.07 ($120 plans + $172.07 metered)\n")
    assert "Claude Max 5x: 4.3× the fee, at API prices" in text


def test_a_click_on_the_numbers_tells_where_they_come_from(shown: ValuePage) -> None:
    asked = QSignalSpy(shown.asked)
    shown.headlines.opened.emit(0)
    assert asked.at(0)[0] == Why(date(2026, 6, 1), date(2026, 6, 18))


def test_cards_stand_below_each_other_where_it_is_narrow(shown: ValuePage) -> None:
    first, second = shown.plans[0], shown.plans[1]
    settle()
    assert first.y() == second.y()
    shown.resize(560, 900)
    settle()
    assert second.y() > first.y()
