"""Short numbers: amounts where room is short - beside a chart's lines, in cells and headlines.

Owns which short form stands where. Does not own the forms (base/format.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.format import ENGLISH, Numerals, money, money_round, tokens
from tokenwatch.base.money import NANO

_LONG: Final = 10_000 * NANO
"""From here on an amount in a cell or headline is rounded: nobody reads so many digits at a glance."""


def money_short(nano: int, numerals: Numerals = ENGLISH) -> str:
    """$412.07, $1,204, $123k."""
    return money(nano, numerals) if abs(nano) < _LONG else money_round(nano, numerals)


def axis_tokens(count: int, numerals: Numerals = ENGLISH) -> str:
    """0, 500, 15k, 2.5M."""
    return _bare(tokens(count, numerals), numerals)


def axis_money(nano: int, numerals: Numerals = ENGLISH) -> str:
    """$0, $0.05, $400, $1.5k."""
    if 0 < nano < NANO:
        return money_round(nano, numerals)
    return _bare(money_round(nano, numerals), numerals)


def _bare(text: str, numerals: Numerals) -> str:
    """Without zeros behind the point: 15.0k is 15k, 2.50M is 2.5M."""
    before, point, after = text.partition(numerals.decimal)
    if not point:
        return text
    digits = len(after) - len(after.lstrip("0123456789"))
    kept = after[:digits].rstrip("0")
    return before + (point + kept if kept else "") + after[digits:]
