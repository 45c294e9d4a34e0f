"""``tokenwatch prices``: models in use without a price, one's own prices, and fetching newer ones.

Owns the words. Does not own prices (pricing), fetching (remote) or repricing (engine).
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date

import msgspec

from tokenwatch.base.errors import LedgerError
from tokenwatch.base.format import money
from tokenwatch.base.text import plain
from tokenwatch.cli.given import Given
from tokenwatch.cli.output import clean, counted, progress, write
from tokenwatch.remote.transport import HttpsTransport, Transport


class Wish(msgspec.Struct, frozen=True):
    """``model`` with ``same_as`` or ``rates``: give it a price. ``update``: fetch. ``restate``: closed months too."""

    model: str = ""
    same_as: str = ""
    rates: Mapping[str, str] = msgspec.field(default_factory=dict)
    since: date | None = None
    update: bool = False
    restate: bool = False


def run(given: Given, wish: Wish, transport: Transport | None = None) -> tuple[str, ...]:
    """Do what is wished and say what it changed. Raises a SettingsError, a RemoteError or a LedgerError.

    Returns the sentences that belong to standard error.
    """
    from tokenwatch.engine.once import bring_up_to_date
    from tokenwatch.pricing.overrides_file import add_alias, add_price
    from tokenwatch.remote.price_feed import fetch_prices

    if wish.same_as:
        add_alias(given.paths.price_overrides, wish.model, wish.same_as)
    elif wish.model:
        add_price(given.paths.price_overrides, wish.model, wish.rates, wish.since)
    with progress() as on_progress, bring_up_to_date(given.paths, given.clock, given.settings, on_progress) as once:
        books = once.books
        if once.queries is None:
            raise LedgerError(next(iter(once.warnings), "The ledger cannot be opened."))
        lines = []
        if wish.update:
            transport = transport or HttpsTransport(threading.Event().wait)
            version = fetch_prices(transport, books.pricer.listing, given.clock.now(), given.paths.fetched_prices)
            lines.append(f"Fetched the prices of {version}.")
            books.reload_prices()
        if wish.restate:
            before = len(once.queries.restatements())
            books.reprice(everything=True)
            changed = once.queries.restatements()[before:]
            lines += [
                f"{each.month}: {money(each.before)} became {money(each.after)} "
                f"({counted(each.requests, 'request')})."
                for each in changed
            ] or ["No closed month would cost anything else."]
        missing = once.queries.unpriced_models(0)
        lines += [
            f"{plain(model, 80) or 'unnamed'}: {counted(number, 'request')} without a price"
            for model, number in missing
        ]
        lines.append(
            f"Prices: {books.pricer.version}." if missing else f"Every request has a price: {books.pricer.version}."
        )
        if not once.owner and (wish.model or wish.update or wish.restate):
            lines.append("TokenWatch is running; it takes new prices over at its next refresh.")
        warnings = tuple(clean(sentence) for sentence in (*given.mistakes, *once.warnings))
    write("\n".join(lines) + "\n")
    return warnings
