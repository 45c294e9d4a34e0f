"""Restatement: what other prices made of a month that was over.

Owns that value. Does not own when it comes about (ledger) or who tells of it (gui). Money is nano-dollars, time
milliseconds since 1970 UTC.
"""

from __future__ import annotations

import msgspec


class Restatement(msgspec.Struct, frozen=True):
    """A past month's value at list prices was changed by other prices."""

    at: int
    month: str
    before: int
    after: int
    requests: int
    """How many requests got another price."""
    prices: str
    """The version of the prices that hold since."""
