"""Fetching newer prices, and rates of currencies: two public files, asked for without any key.

Owns which address is asked for what, and that nothing incredible is kept. Does not own consent (whoever calls),
the table's form (pricing/feed.py) or the network (transport.py). Raises a :class:`RemoteError`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from tokenwatch.base.errors import RemoteError
from tokenwatch.base.rates_file import FetchedRates
from tokenwatch.base.rates_file import write as write_rates
from tokenwatch.base.settings_values import CURRENCY
from tokenwatch.base.text_file import replace_bytes
from tokenwatch.base.translation import tr
from tokenwatch.pricing.feed import HOST, PATH, Refused, check, converted
from tokenwatch.pricing.listing import Listing
from tokenwatch.remote.transport import RATES_HOST, Transport

_RATES_PATH: Final = "/v1/latest"
_MOST: Final = Decimal(10_000_000)


def fetch_prices(transport: Transport, present: Listing, now: int, path: Path) -> str:
    """Put the newest prices where ``path`` leads, if they are credible; their version. ``now`` is milliseconds."""
    moment = datetime.fromtimestamp(now / 1000, UTC)
    version = f"{present.version.partition('+')[0]}+{moment.date().isoformat()}"
    raw = transport.get(HOST, PATH, (), {})
    try:
        data = converted(raw, version)
        check(data, present, moment)
    except Refused as error:
        raise RemoteError(tr("The prices that were fetched are not used: {error}.", error=error)) from error
    try:
        replace_bytes(path, data)
    except OSError as error:
        raise RemoteError(
            tr("The prices that were fetched could not be kept ({why}).", why=error.strerror or error)
        ) from error
    return version


def fetch_rates(transport: Transport, path: Path) -> FetchedRates:
    """Put today's rates of currencies where ``path`` leads (reference rates of the European Central Bank)."""
    fetched = _rates(transport.get(RATES_HOST, _RATES_PATH, (("base", "USD"),), {}))
    try:
        write_rates(path, fetched)
    except OSError as error:
        raise RemoteError(
            tr("The rates that were fetched could not be kept ({why}).", why=error.strerror or error)
        ) from error
    return fetched


def _rates(answer: Any) -> FetchedRates:
    try:
        day = date.fromisoformat(answer["date"])
        if answer["base"] != "USD":
            raise ValueError
        rates = {}
        for name, rate in answer["rates"].items():
            if CURRENCY.fullmatch(name) and not isinstance(rate, bool) and 0 < Decimal(rate) <= _MOST:
                rates[name] = max(1, round(Decimal(rate) * 10**9))
        if not rates:
            raise ValueError
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
        raise RemoteError(
            tr("The rates of currencies that were fetched are not used: they have another form.")
        ) from None
    return FetchedRates(day, rates)
