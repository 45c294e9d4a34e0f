"""Commands: what a person asks for on a page that concerns the whole app, passed up as (name, what with).

Owns the names and the types of what goes with them. Does not own pages, nor what follows (app.py, alert_actions.py).
"""

from __future__ import annotations

from typing import Final

import msgspec

ACT: Final = "act"
"""(verb, value) of an alert's action, as ``alerts/rule.py`` lists them."""
SNOOZE: Final = "snooze"
"""(rule, span) as :meth:`tokenwatch.engine.core.Core.snooze` takes them."""
READ: Final = "read"
"""None: the alerts that began were looked at."""
SETTINGS: Final = "settings"
"""The new Settings."""
PRICE: Final = "price"
"""A :class:`PriceGiven`."""
UPDATE_PRICES: Final = "update-prices"
"""None: fetch newer prices now."""
CHECK_BILLS: Final = "check-bills"
"""None: ask the providers now; or the path of a file that one of them exported."""
TEST: Final = "test"
"""None: show a notification as a test."""


READ_AGAIN: Final = "read-again"
"""None: read every log from its beginning."""


class PriceGiven(msgspec.Struct, frozen=True):
    """A person's price for a model: another model's, or dollars per million tokens as they were typed."""

    model: str
    alias: str = ""
    rates: tuple[tuple[str, str], ...] = ()
    """(name as in the file of prices, amount)"""
