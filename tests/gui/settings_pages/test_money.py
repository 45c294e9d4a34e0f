"""Currency, rate and what may be fetched, on the page of plans and prices; and the tables of plans and budgets."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtTest import QSignalSpy

from tests.gui.faces import picture, settle, unspoken
from tokenwatch.base.billing import Budget, Plan
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.gui.commands import PRICE, UPDATE_PRICES
from tokenwatch.gui.settings_pages.budget import BudgetPage
from tokenwatch.gui.settings_pages.plans import PlansPage
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.price_dialog import PriceDialog
from tokenwatch.gui.widgets.rows_dialog import RowsDialog, budgets_dialog, plans_dialog
from tokenwatch.insight.price_list import ModelPrice

PLAN = Plan(
    "codex", "openai", "Plus", "overage", 19_990_000_000, "EUR", date(2026, 1, 1), date(2026, 7, 1), 70 * NANO
)
BUDGET = Budget("acme", 50 * NANO, "week", "listed", "codex", "acme", (50, 90))
PRICES = (
    ModelPrice("local-7b"),
    ModelPrice("claude-opus-4-5", 5 * NANO, 25 * NANO, NANO // 2, 6_250_000_000),
    ModelPrice("gpt-5.1-codex", 1_250_000_000, 10 * NANO, 125_000_000, None, own=True),
)


@pytest.fixture
def page(qtbot, look: Look) -> PlansPage:
    page = PlansPage(look, ())
    qtbot.addWidget(page)
    page.resize(560, 480)
    page.show()
    page.show_settings(Settings())
    return page


@pytest.fixture
def changed(page: PlansPage) -> QSignalSpy:
    return QSignalSpy(page.changed)


def enter(field, text: str) -> None:
    field.setText(text)
    field.take()


def test_shows_what_is_set_and_tells_nothing(page: PlansPage, changed: QSignalSpy) -> None:
    page.show_settings(Settings(currency="EUR", rates=(("EUR", 920_000_000),), update_prices="weekly"))
    money = page.money
    assert (money.currency.text(), money.rate.text()) == ("EUR", "0.92")
    assert (money.prices.isChecked(), money.rates.isChecked()) == (True, False)
    assert changed.count() == 0


def test_currency_and_rate_are_entered(page: PlansPage, changed: QSignalSpy) -> None:
    enter(page.money.currency, "eur")
    assert changed.at(0)[0] == {"currency": "EUR"}
    page.show_settings(Settings(currency="EUR"))
    enter(page.money.rate, "0,92")
    assert changed.at(1)[0] == {"rates": (("EUR", 920_000_000),)}
    page.show_settings(Settings(currency="EUR", rates=(("EUR", 920_000_000),)))
    enter(page.money.rate, "")
    assert changed.at(2)[0] == {"rates": ()}


@pytest.mark.parametrize(("field", "text"), [("currency", "euro"), ("rate", "-1"), ("rate", "much")])
def test_nonsense_is_refused(page: PlansPage, changed: QSignalSpy, field: str, text: str) -> None:
    page.show_settings(Settings(currency="EUR"))
    enter(getattr(page.money, field), text)
    assert changed.count() == 0


def test_fetching_is_off_until_it_is_switched_on(page: PlansPage, changed: QSignalSpy) -> None:
    assert not page.money.prices.isChecked() and not page.money.rates.isChecked()
    page.money.prices.click()
    page.money.rates.click()
    assert [changed.at(number)[0] for number in (0, 1)] == [{"update_prices": "weekly"}, {"update_rates": "weekly"}]


def test_tables_come_back_as_they_were(qtbot, look: Look) -> None:
    plans, budgets = plans_dialog(look, (PLAN,)), budgets_dialog(look, (BUDGET,))
    for dialog in (plans, budgets):
        qtbot.addWidget(dialog)
    assert plans.plans() == (PLAN,)
    assert budgets.budgets() == (BUDGET,)


def test_row_that_is_added_is_saved(page: PlansPage, changed: QSignalSpy) -> None:
    page.dated.click()
    dialog = page.findChild(RowsDialog)
    assert dialog is not None
    dialog.add.click()
    dialog.buttons.button(dialog.buttons.StandardButton.Save).click()
    assert changed.at(0)[0] == {"plans": (Plan("claude-code", fee=20 * NANO),)}


def test_row_with_a_mistake_is_not_saved_and_says_why(qtbot, look: Look) -> None:
    page = BudgetPage(look)
    qtbot.addWidget(page)
    page.show_settings(Settings())
    page.show()
    changed = QSignalSpy(page.changed)
    page.more.click()
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


def test_prices_of_models_in_use_stand_in_a_table(page: PlansPage) -> None:
    rows = page.prices
    assert not rows.table.isVisible()
    assert not rows.own.isEnabled()
    rows.show_prices(PRICES, "0.0.41")
    settle()
    assert rows.table.isVisible()
    assert rows.version.text() == "genai-prices 0.0.41"
    assert [rows.table.texts(price) for price in PRICES] == [
        ("no price",),
        ("$5.00", "$25.00", "$0.50", "$6.25"),
        ("$1.25", "$10.00", "$0.125", "—"),
    ]
    assert "Opus 4.5: Input $5.00, Output $25.00, Cache read $0.50" in rows.table.accessibleDescription()
    assert not picture(page).isNull()


def test_model_gets_a_price_of_ones_own(qtbot, page: PlansPage) -> None:
    page.prices.show_prices(PRICES, "1")
    told = QSignalSpy(page.command)
    menu = page.prices.menu()
    qtbot.addWidget(menu)
    menu.actions()[0].trigger()
    dialog = page.findChild(PriceDialog)
    assert dialog is not None
    dialog.alias.setText("claude-haiku-4-5")
    dialog.accept()
    name, given = told.at(0)
    assert (name, given.model, given.alias) == (PRICE, "local-7b", "claude-haiku-4-5")


def test_newer_prices_are_fetched_on_request_only(page: PlansPage) -> None:
    told = QSignalSpy(page.command)
    assert not page.prices.update.isVisible()  # there is no ledger here
    page.prices.show_prices((), "1")
    assert page.prices.update.isVisible()
    page.prices.update.click()
    assert list(told.at(0)) == [UPDATE_PRICES, None]


def test_everything_the_keyboard_reaches_is_spoken(page: PlansPage) -> None:
    page.prices.show_prices(PRICES, "1")
    settle()
    assert unspoken(page) == []
