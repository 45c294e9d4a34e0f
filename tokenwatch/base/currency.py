"""Currency: money shown in another one than the dollars it is counted in.

Owns the numerals that a person's currency and rate give. Does not own formats (base/format.py) or where a rate comes
from: the settings, or what was fetched (remote). Without a rate money is shown in dollars, as it is counted.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from tokenwatch.base.billing import DOLLARS
from tokenwatch.base.format import ENGLISH, Numerals
from tokenwatch.base.settings import Settings

_SYMBOLS: Final = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩", "BRL": "R$", "ILS": "₪",
    "VND": "₫", "UAH": "₴", "TRY": "₺", "PLN": "zł", "CZK": "Kč", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$",
}  # fmt: skip
"""Others are written by their three letters."""


_written = ENGLISH


def write_as(locale: Numerals) -> None:
    """From now on sentences have their numbers as a locale writes them; a face that has one says so."""
    global _written
    _written = locale


def written() -> Numerals:
    """How sentences have their numbers: in English unless a face said otherwise."""
    return _written


def numerals(settings: Settings, locale: Numerals | None = None) -> Numerals:
    """``locale``, else :func:`written`, with the user's currency, as far as its rate is known."""
    locale = locale or _written
    rate = settings.known_rates.get(settings.currency)
    if settings.currency == DOLLARS or not rate:
        return locale
    symbol = _SYMBOLS.get(settings.currency, settings.currency)
    gap = locale.currency_gap or ("\N{NO-BREAK SPACE}" if symbol.isalpha() else "")
    return replace(locale, currency=symbol, currency_gap=gap, rate=rate)
