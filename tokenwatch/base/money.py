"""Money as whole nano-dollars.

Owns the unit and its conversions. Does not own formats for people (see base/format.py) or prices.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

NANO: Final = 1_000_000_000
"""Nano-dollars in a dollar."""


def from_dollars(amount: Decimal | int | str) -> int:
    """Dollars to nano-dollars, rounded half to even. Floats are refused: they are not exact."""
    if isinstance(amount, float):
        raise TypeError("money from a float is not exact; pass a Decimal or text")
    return int((Decimal(amount) * NANO).to_integral_value(ROUND_HALF_EVEN))


def to_dollars(nano: int) -> Decimal:
    return Decimal(nano) / NANO


def json_dollars(nano: int) -> float:
    """Dollars to six decimals, as the JSON contract writes them (rounded half to even)."""
    return float(to_dollars(nano).quantize(Decimal("0.000001"), ROUND_HALF_EVEN))
