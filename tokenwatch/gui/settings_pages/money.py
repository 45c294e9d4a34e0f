"""Money page: in which currency it is shown, when a month begins, and whether newer prices and rates are fetched.

Owns these. Does not own fetching (engine/updates.py) or prices.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from tokenwatch.base.billing import DOLLARS
from tokenwatch.base.money import from_dollars, to_dollars
from tokenwatch.base.settings import Settings
from tokenwatch.base.settings_values import MAX_RATE, MAX_START_DAY, Mistake
from tokenwatch.base.settings_values import currency as read_currency
from tokenwatch.base.translation import tr
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.rows_dialog import RowsDialog, budgets_dialog, plans_dialog
from tokenwatch.gui.widgets.switch import Switch


class MoneyPage(SettingsPage):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Money"), "spend")
        self._settings = Settings()
        self.currency = Field(look, tr("Currency"), 70, self._read_currency, str)
        self.currency.entered.connect(lambda currency: self.change(currency=currency))
        self.rate = Field(look, tr("How much of it a dollar is"), 96, self._read_rate, self._write_rate)
        self.rate.entered.connect(self._enter_rate)
        self.start = Field(look, tr("First day of a month"), 52, self._read_start, str)
        self.start.entered.connect(lambda day: self.change(month_start=day))
        self.prices = Switch(look, tr("Fetch newer prices every week"))
        self.prices.clicked.connect(lambda on: self.change(update_prices="weekly" if on else "never"))
        self.rates = Switch(look, tr("Fetch rates of currencies every week"))
        self.rates.clicked.connect(lambda on: self.change(update_rates="weekly" if on else "never"))
        self.plans = Button(look, tr("Plans with dates…"))
        self.plans.clicked.connect(self._open_plans)
        self.budgets = Button(look, tr("More budgets…"))
        self.budgets.clicked.connect(self._open_budgets)
        self.form.add(tr("Shown in"), self.currency, hint=tr("three letters, such as EUR"))
        self.form.add(tr("A dollar is"), self.rate, hint=tr("of it; empty: as fetched"))
        self.form.add(tr("Months begin on"), self.start, hint=tr("day of the month, 1 to 28"))
        self.form.rule()
        self.form.add(tr("Newer prices"), self.prices, hint=tr("weekly, from genai-prices on GitHub"))
        self.form.add(tr("Rates"), self.rates, hint=tr("weekly, from frankfurter.dev"))
        self.form.rule()
        self.form.put(self.plans, self.budgets)

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.currency.set_value(settings.currency)
        self.rate.set_value(dict(settings.rates).get(settings.currency))
        self.rate.setEnabled(settings.currency != DOLLARS)
        self.start.set_value(settings.month_start)
        self.prices.setChecked(settings.update_prices == "weekly")
        self.rates.setChecked(settings.update_rates == "weekly")

    def _read_currency(self, text: str) -> str:
        try:
            return read_currency(text.strip().upper() or DOLLARS)
        except Mistake:
            raise ValueError(tr("Three letters, such as EUR")) from None

    def _read_rate(self, text: str) -> int | None:
        if not text.strip():
            return None
        try:
            rate = Decimal(text.strip().replace(",", "."))
        except InvalidOperation:
            rate = Decimal("NaN")
        if not rate.is_finite() or not 0 < rate <= MAX_RATE:
            raise ValueError(tr("A number, such as 0.92"))
        return max(1, from_dollars(rate))

    def _write_rate(self, rate: int | None) -> str:
        return "" if rate is None else f"{to_dollars(rate):f}".rstrip("0").rstrip(".")

    def _read_start(self, text: str) -> int:
        day = text.strip() or "1"
        if not (day.isascii() and day.isdigit() and 1 <= int(day) <= MAX_START_DAY):
            raise ValueError(tr("A day from 1 to 28"))
        return int(day)

    def _enter_rate(self, rate: int | None) -> None:
        rates = dict(self._settings.rates)
        rates.pop(self._settings.currency, None)
        if rate is not None:
            rates[self._settings.currency] = rate
        self.change(rates=tuple(sorted(rates.items())))

    def _open_plans(self) -> None:
        self.show_dialog(plans_dialog(self.look, self._settings.plans, self), "plans")

    def _open_budgets(self) -> None:
        self.show_dialog(budgets_dialog(self.look, self._settings.budgets, self), "budgets")

    def show_dialog(self, dialog: RowsDialog, what: str) -> None:
        def take() -> None:
            if what == "plans":
                self.change(plans=dialog.plans())
            else:
                self.change(budgets=dialog.budgets())

        dialog.accepted.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
