"""Money rows: in which currency money is shown, and whether newer prices and rates are fetched every week.

Owns these rows. Does not own fetching (engine/updates.py) or prices.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from tokenwatch.base.billing import DOLLARS
from tokenwatch.base.money import from_dollars, to_dollars
from tokenwatch.base.settings import Settings
from tokenwatch.base.settings_values import MAX_RATE, Mistake
from tokenwatch.base.settings_values import currency as read_currency
from tokenwatch.base.translation import tr
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.form import Form
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.switch import Switch


class MoneyRows:
    def __init__(self, look: Look, page: SettingsPage, form: Form) -> None:
        self._page = page
        self._settings = Settings()
        self.prices = Switch(look, tr("Fetch newer prices every week"))
        self.prices.clicked.connect(lambda on: page.change(update_prices="weekly" if on else "never"))
        self.currency = Field(look, tr("Currency"), 70, self._read_currency, str)
        self.currency.entered.connect(lambda currency: page.change(currency=currency))
        self.rate = Field(look, tr("How much of it a dollar is"), 96, self._read_rate, self._write_rate)
        self.rate.entered.connect(self._enter_rate)
        self.rates = Switch(look, tr("Fetch rates of currencies every week"))
        self.rates.clicked.connect(lambda on: page.change(update_rates="weekly" if on else "never"))
        form.add(tr("Newer prices"), self.prices, hint=tr("weekly, from genai-prices on GitHub"))
        form.rule()
        form.add(tr("Shown in"), self.currency, hint=tr("three letters, such as EUR"))
        form.add(tr("A dollar is"), self.rate, hint=tr("of it; empty: as fetched"))
        form.add(tr("Rates"), self.rates, hint=tr("weekly, from frankfurter.dev"))

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.currency.set_value(settings.currency)
        self.rate.set_value(dict(settings.rates).get(settings.currency))
        self.rate.setEnabled(settings.currency != DOLLARS)
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

    def _enter_rate(self, rate: int | None) -> None:
        rates = dict(self._settings.rates)
        rates.pop(self._settings.currency, None)
        if rate is not None:
            rates[self._settings.currency] = rate
        self._page.change(rates=tuple(sorted(rates.items())))
