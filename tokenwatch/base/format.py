"""Formats for people: tokens, money, rates, durations, percentages and ranges, the same on every face.

Owns how a number is rounded and written, and how rounded parts are made to add up. Does not own what a
number means, which locale the user has (a face passes its :class:`Numerals`), or numbers in files, which are
exact (base/money.py). Pure: the same number and numerals give the same text.

Rounding is half up and done once, on whole numbers, so a value that rounds over a border is written on the
other side of it: 999,600 tokens are "1.00M", never "1000k".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from tokenwatch.base.money import NANO
from tokenwatch.base.translation import tr

NOTHING: Final = "—"
"""What stands in a row for a number that is not known or not there."""

_CENT: Final = NANO // 100
_MOST_PLACES: Final = 4
"""Of a list price."""
_MINUS: Final = "\N{MINUS SIGN}"
_UNITS: Final = (("k", 10**3), ("M", 10**6), ("G", 10**9), ("T", 10**12))


class Numerals(msgspec.Struct, frozen=True):
    """How the user's locale writes numbers. The default is English."""

    decimal: str = "."
    group: str = ","
    """Between groups of three digits; empty for none."""
    currency: str = "$"
    currency_first: bool = True
    currency_gap: str = ""
    """Between symbol and number, for instance a no-break space."""
    rate: int = NANO
    """Nano-units of the currency for a dollar; every amount of money is converted by it."""

    hidden: bool = False
    """Whether no amount of money is to be seen."""

    def convert(self, nano: int) -> int:
        """Nano-dollars to nano-units of the currency."""
        if self.rate == NANO:
            return nano
        sign, amount = (-1, -nano) if nano < 0 else (1, nano)
        return sign * ((amount * self.rate + NANO // 2) // NANO)


ENGLISH: Final = Numerals()
HIDDEN: Final = "•••"
"""What stands for an amount that is not to be seen."""


def scaled(count: float, numerals: Numerals = ENGLISH) -> tuple[str, str]:
    """Tokens as number and unit, ("31.8", "k"), for faces that draw the unit smaller. The unit may be ""."""
    return _signed_scaled(count, numerals, fine=True)


def tokens(count: int, numerals: Numerals = ENGLISH) -> str:
    """847, 1.2k, 31.8k, 212k, 1.24M, 79.4M, 683M, 1.08G."""
    return "".join(scaled(count, numerals))


def rate(per_minute: float, numerals: Numerals = ENGLISH) -> str:
    """Tokens per minute without the "/min": 31.8k, 1.2M, and "0" for nothing (rows write NOTHING instead)."""
    return "".join(_signed_scaled(per_minute, numerals, fine=False))


def byte_size(number: int, numerals: Numerals = ENGLISH) -> str:
    """``41 MB``: decimal units as systems show them; one decimal below ten."""
    size, unit = float(number), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if size < 999.5 or unit == "TB":
            break
        size /= 1000
    text = f"{size:.1f}" if unit != "B" and size < 9.95 else f"{size:.0f}"
    return f"{text.replace('.', numerals.decimal)} {unit}"


def whole(count: int, numerals: Numerals = ENGLISH) -> str:
    """Every digit, grouped: 1,240,331."""
    sign = _MINUS if count < 0 else ""
    return sign + _grouped(abs(count), numerals)


def money(nano: int, numerals: Numerals = ENGLISH) -> str:
    """Nano-dollars with cents below $1,000 ($412.07), whole from there ($1,204), "<1¢" below one cent."""
    if numerals.hidden:
        return HIDDEN
    sign, amount = _sign(numerals.convert(nano))
    if 0 < amount < _CENT:
        return _less_than_a_cent(sign, numerals)
    cents = _half_up(amount, _CENT)
    if cents < 100_000:
        return sign + _with_symbol(_decimal(cents, 2, numerals), numerals)
    return sign + _with_symbol(_grouped(_half_up(amount, NANO), numerals), numerals)


def money_round(nano: int, numerals: Numerals = ENGLISH) -> str:
    """Nano-dollars for headlines and axes: $412, $1.2k, $18.4k. Below one dollar the cents stay: $0.42."""
    if numerals.hidden:
        return HIDDEN
    sign, amount = _sign(numerals.convert(nano))
    if 0 < amount < _CENT:
        return _less_than_a_cent(sign, numerals)
    cents = _half_up(amount, _CENT)
    if 0 < cents < 100:
        return sign + _with_symbol(_decimal(cents, 2, numerals), numerals)
    return sign + _with_symbol("".join(_scaled(amount, NANO, numerals, fine=True)), numerals)


def money_set(nano: int, numerals: Numerals = ENGLISH) -> str:
    """An amount that a person set, such as a budget: $450, $19.99. As :func:`money`, but whole dollars lack cents."""
    if numerals.hidden:
        return HIDDEN
    shown = numerals.convert(nano)
    if abs(shown) < 1000 * NANO and shown % NANO == 0:
        sign, amount = _sign(shown)
        return sign + _with_symbol(str(amount // NANO), numerals)
    return money(nano, numerals)


def money_price(nano: int, numerals: Numerals = ENGLISH) -> str:
    """A list price in nano-dollars: cents, and further digits where it has some ($0.125). Public, so never hidden."""
    sign, amount = _sign(numerals.convert(nano))
    places, unit = 2, _CENT
    while places < _MOST_PLACES and amount % unit:
        places, unit = places + 1, unit // 10
    if amount >= 1000 * NANO:
        return sign + _with_symbol(_grouped(_half_up(amount, NANO), numerals), numerals)
    return sign + _with_symbol(_decimal(_half_up(amount, unit), places, numerals), numerals)


def money_forecast(nano: int, numerals: Numerals = ENGLISH) -> str:
    """A projected amount: never cents. "<$1" for what would round to nothing."""
    if numerals.hidden:
        return HIDDEN
    sign, amount = _sign(numerals.convert(nano))
    if 0 < amount < NANO // 2:
        return f"{sign}<{_with_symbol('1', numerals)}"
    return sign + _with_symbol("".join(_scaled(amount, NANO, numerals, fine=True)), numerals)


def money_range(low: int, high: int, numerals: Numerals = ENGLISH) -> str:
    """A projected range of nano-dollars, en dash without spaces: $371–$468. Never cents.

    An upper end that would round to nothing is written as one dollar, so that a range never hides spending.
    """
    if numerals.hidden:
        return HIDDEN
    shown = replace(numerals, rate=NANO)
    low, high = numerals.convert(low), numerals.convert(high)
    top = NANO if 0 < high < NANO else high
    bottom = 0 if 0 <= low < NANO // 2 else low
    return f"{money_forecast(bottom, shown)}–{money_forecast(top, shown)}"


def duration(seconds: float) -> str:
    """40s, 4m, 47m, 1h 12m, 2d 14h: the whole units that have passed, two at most."""
    if not math.isfinite(seconds):
        return NOTHING
    passed = max(0, int(seconds))
    if passed < 60:
        return f"{passed}s"
    minutes = passed // 60
    if minutes < 60:
        return f"{minutes}m"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours}h {minutes}m" if minutes else f"{hours}h"
    days, hours = divmod(hours, 24)
    return f"{days}d {hours}h" if hours else f"{days}d"


def percent(fraction: float) -> str:
    """A fraction (1.0 is all) as a whole percentage: 13%."""
    if not math.isfinite(fraction * 100):
        return NOTHING
    hundredths = math.floor(abs(fraction) * 100 + 0.5)
    return f"{_MINUS if fraction < 0 and hundredths else ''}{hundredths}%"


def chance(probability: float) -> str:
    """A probability 0..1 as a whole percentage; "under 1%" and "over 99%" at the ends, for it is an estimate."""
    if not math.isfinite(probability):
        return NOTHING
    if probability < 0.01:
        return tr("under 1%")
    if probability > 0.99:
        return tr("over 99%")
    return percent(probability)


def shares(parts: Sequence[int], numerals: Numerals = ENGLISH) -> tuple[str, ...]:
    """Each part's share with one decimal, rounded so that the column adds up to 100.0%; all "0.0%" of nothing."""
    return tuple(f"{_decimal(tenths, 1, numerals)}%" for tenths in largest_remainder(parts, 1000))


def ratio(value: float, numerals: Numerals = ENGLISH) -> str:
    """4.9×; from 100 on without a decimal."""
    if not math.isfinite(value * 10):
        return NOTHING
    sign = _MINUS if value <= -0.05 else ""
    tenths = math.floor(abs(value) * 10 + 0.5)
    if tenths < 1000:
        return f"{sign}{_decimal(tenths, 1, numerals)}×"
    return f"{sign}{_grouped(math.floor(abs(value) + 0.5), numerals)}×"


def largest_remainder(parts: Sequence[int], total_units: int) -> tuple[int, ...]:
    """Share ``total_units`` whole units among ``parts`` in proportion, so that they add up exactly.

    Each part gets its share rounded down; what is left goes, one unit each, to the largest remainders (ties:
    the earlier part), so no result is a whole unit or more away from its exact share. Parts that are all zero
    get nothing. Raises ValueError for a negative part or total.
    """
    if total_units < 0 or any(part < 0 for part in parts):
        raise ValueError("parts and total must not be negative")
    whole_sum = sum(parts)
    if whole_sum == 0:
        return (0,) * len(parts)
    shared = [divmod(part * total_units, whole_sum) for part in parts]
    left = total_units - sum(units for units, _ in shared)
    order = sorted(range(len(parts)), key=lambda index: (-shared[index][1], index))
    favoured = set(order[:left])
    return tuple(units + (index in favoured) for index, (units, _) in enumerate(shared))


def _signed_scaled(count: float, numerals: Numerals, *, fine: bool) -> tuple[str, str]:
    if not math.isfinite(count):
        return NOTHING, ""
    sign, amount = _sign(math.floor(abs(count) + 0.5) * (-1 if count < 0 else 1))
    number, unit = _scaled(amount, 1, numerals, fine=fine)
    return sign + number, unit


def _scaled(amount: int, one: int, numerals: Numerals, *, fine: bool) -> tuple[str, str]:
    """``amount`` in units of 1/``one`` with three digits at most; ``fine`` gives 1.24M instead of 1.2M."""
    if _half_up(amount, one) < 1000:
        return str(_half_up(amount, one)), ""
    for letter, size in _UNITS:
        unit = one * size
        if fine and letter != "k":
            hundredths = _half_up(amount * 100, unit)
            if hundredths < 1000:
                return _decimal(hundredths, 2, numerals), letter
        tenths = _half_up(amount * 10, unit)
        if tenths < 1000:
            return _decimal(tenths, 1, numerals), letter
        if _half_up(amount, unit) < 1000:
            return str(_half_up(amount, unit)), letter
    letter, size = _UNITS[-1]
    return _grouped(_half_up(amount, one * size), numerals), letter


def _less_than_a_cent(sign: str, numerals: Numerals) -> str:
    if numerals.rate == NANO and numerals.currency == "$":
        return f"{sign}<1¢"
    return f"{sign}<{_with_symbol(_decimal(1, 2, numerals), numerals)}"


def _half_up(amount: int, unit: int) -> int:
    return (2 * amount + unit) // (2 * unit)


def _sign(amount: int) -> tuple[str, int]:
    return (_MINUS if amount < 0 else ""), abs(amount)


def _decimal(amount: int, places: int, numerals: Numerals) -> str:
    """``amount`` in units of the last place, not negative, below 1,000 whole."""
    before, after = divmod(amount, 10**places)
    return f"{before}{numerals.decimal}{after:0{places}d}"


def _grouped(amount: int, numerals: Numerals) -> str:
    return f"{amount:,}".replace(",", numerals.group)


def _with_symbol(number: str, numerals: Numerals) -> str:
    if numerals.currency_first:
        return f"{numerals.currency}{numerals.currency_gap}{number}"
    return f"{number}{numerals.currency_gap}{numerals.currency}"
