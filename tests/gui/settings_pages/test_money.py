"""The Money page: currency, rate, first day, what may be fetched, and the tables of plans and budgets."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtTest import QSignalSpy

from tests.gui.faces import settle, unspoken
from tokenwatch.base.billing import Budget, Plan
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.gui.settings_pages.money import MoneyPage
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.rows_dialog import RowsDialog, budgets_dialog, plans_dialog

PLAN = Plan(
    "codex", "openai", "Plus", "overage", 19_990_000_000, "EUR", date(2026, 1, 1), date(2026, 7, 1), 70 * NANO
)
BUDGET = Budget("acme", 50 * NANO, "week", "listed", "codex", "acme", (50, 90))


@pytest.fixture
def page(qtbot, look: Look) -> MoneyPage:
    page = MoneyPage(look)
    qtbot.addWidget(page)
    page.resize(560, 480)
    page.show()
    page.show_settings(Settings())
    return page


@pytest.fixture
def changed(page: MoneyPage) -> QSignalSpy:
    return QSignalSpy(page.changed)


def enter(field, text: str) -> None:
    field.setText(text)
    field.take()


def test_shows_what_is_set_and_tells_nothing(page: MoneyPage, changed: QSignalSpy) -> None:
    page.show_settings(
        Settings(currency="EUR", rates=(("EUR", 920_000_000),), month_start=15, update_prices="weekly")
    )
    assert (page.currency.text(), page.rate.text(), page.start.text()) == ("EUR", "0.92", "15")
    assert (page.prices.isChecked(), page.rates.isChecked()) == (True, False)
    assert changed.count() == 0


def test_currency_rate_and_first_day_are_entered(page: MoneyPage, changed: QSignalSpy) -> None:
    enter(page.currency, "eur")
    assert changed.at(0)[0] == {"currency": "EUR"}
    page.show_settings(Settings(currency="EUR"))
    enter(page.rate, "0,92")
    assert changed.at(1)[0] == {"rates": (("EUR", 920_000_000),)}
    page.show_settings(Settings(currency="EUR", rates=(("EUR", 920_000_000),)))
    enter(page.rate, "")
    assert changed.at(2)[0] == {"rates": ()}
    enter(page.start, "28")
    assert changed.at(3)[0] == {"month_start": 28}


@pytest.mark.parametrize(("field", "text"), [("currency", "euro"), ("start", "29"), ("start", "x"), ("rate", "-1")])
def test_nonsense_is_refused(page: MoneyPage, changed: QSignalSpy, field: str, text: str) -> None:
    page.show_settings(Settings(currency="EUR"))
    enter(getattr(page, field), text)
    assert changed.count() == 0


def test_fetching_is_off_until_it_is_switched_on(page: MoneyPage, changed: QSignalSpy) -> None:
    assert not page.prices.isChecked() and not page.rates.isChecked()
    page.prices.click()
    page.rates.click()
    assert [changed.at(number)[0] for number in (0, 1)] == [{"update_prices": "weekly"}, {"update_rates": "weekly"}]


def test_tables_come_back_as_they_were(qtbot, look: Look) -> None:
    plans, budgets = plans_dialog(look, (PLAN,)), budgets_dialog(look, (BUDGET,))
    for dialog in (plans, budgets):
        qtbot.addWidget(dialog)
    assert plans.plans() == (PLAN,)
    assert budgets.budgets() == (BUDGET,)


def test_row_that_is_added_is_saved(page: MoneyPage, changed: QSignalSpy) -> None:
    page.plans.click()
    dialog = page.findChild(RowsDialog)
    assert dialog is not None
    dialog.add.click()
    dialog.buttons.button(dialog.buttons.StandardButton.Save).click()
    assert changed.at(0)[0] == {"plans": (Plan("claude-code", fee=20 * NANO),)}


def test_row_with_a_mistake_is_not_saved_and_says_why(page: MoneyPage, changed: QSignalSpy) -> None:
    page.budgets.click()
    dialog = page.findChild(RowsDialog)
    assert dialog is not None
    dialog.add.click()
    dialog.grid.item(0, 2).setText("year")
    dialog.buttons.button(dialog.buttons.StandardButton.Save).click()
    assert changed.count() == 0
    assert dialog.wrong.text() == 'Row 1: period must be one of "month", "week", "day".'
    dialog.grid.setCurrentCell(0, 0)
    dialog.remove.click()
    dialog.buttons.button(dialog.buttons.StandardButton.Save).click()
    assert changed.at(0)[0] == {"budgets": ()}


def test_everything_the_keyboard_reaches_is_spoken(page: MoneyPage) -> None:
    settle()
    assert unspoken(page) == []
