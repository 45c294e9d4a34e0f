"""Rates: what a million tokens cost, and the exact arithmetic from tokens to nano-dollars.

Owns the value that holds the rates of one model on one day, and the rounding. Does not know where rates come
from (table.py, overrides.py) or how a model is recognised (names.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Final, Literal

import msgspec

from tokenwatch.base.usage import Record

Confidence = Literal["exact", "dated", "alias", "prefix", "approximate", "override", "none"]
"""How sure a price is:

``exact`` the logged id is the model's id; ``dated`` it is, but for a date or version at its end; ``alias`` a known
other name of it; ``prefix`` only the beginning of the id was recognised, it may be another model; ``approximate``
the price of another provider of the same model; ``override`` from a file of overrides; ``none`` no price is known.
"""

_NANO_PER_MILLION: Final = 1000
"""A dollar per million tokens is 1000 nano-dollars per token."""


class Priced(msgspec.Struct, frozen=True, gc=False):
    """What a record costs. ``nano`` is nano-dollars, None if no price is known; 0 only for what is free.

    ``tier_priced`` is False if the record's service tier has no known price and the standard one was used.
    """

    nano: int | None
    confidence: Confidence
    tier_priced: bool = True


UNPRICED: Final = Priced(None, "none")


@dataclass(frozen=True, slots=True)
class Rates:
    """Dollars per million tokens. None: this kind of tokens has no price.

    ``reasoning`` is None when reasoning costs what other output costs, which is nearly always so.
    """

    input: Fraction | None
    cache_read: Fraction | None
    cache_write_5m: Fraction | None
    cache_write_1h: Fraction | None
    output: Fraction | None
    reasoning: Fraction | None = None

    def times(self, factor: Fraction) -> Rates:
        return Rates(
            _times(self.input, factor),
            _times(self.cache_read, factor),
            _times(self.cache_write_5m, factor),
            _times(self.cache_write_1h, factor),
            _times(self.output, factor),
            _times(self.reasoning, factor),
        )


def _times(rate: Fraction | None, factor: Fraction) -> Fraction | None:
    return None if rate is None else rate * factor


@dataclass(frozen=True, slots=True)
class Band:
    """Rates of every token of a request whose prompt, cache included, has more than ``above`` tokens."""

    above: int
    rates: Rates


class _Whole:
    """One band as whole numbers: nano-dollars are a sum of products divided by ``divisor``."""

    __slots__ = ("above", "complete", "divisor", "factors")

    def __init__(self, band: Band, web_search: Fraction, request: Fraction) -> None:
        rates = band.rates
        reasoning = Fraction(0)
        if rates.reasoning is not None and rates.output is not None:
            reasoning = rates.reasoning - rates.output
        per_million = (
            rates.input,
            rates.cache_read,
            rates.cache_write_5m,
            rates.cache_write_1h,
            rates.output,
            reasoning,
            # Dollars per thousand, brought to the same unit: a million tokens.
            web_search * 1000,
            request * 1_000_000,
        )
        exact = [(rate or Fraction(0)) * _NANO_PER_MILLION for rate in per_million]
        self.above = band.above
        self.complete = None not in per_million
        self.divisor = lcm(*(rate.denominator for rate in exact))
        self.factors = tuple(int(rate * self.divisor) for rate in exact)


@dataclass(frozen=True, slots=True)
class RateRow:
    """The rates of one model on one UTC day, at one service tier and place.

    ``bands`` begin with the one from 0 tokens and rise; at least one. ``web_search`` is dollars per thousand
    searches, None if unknown; ``request`` dollars per request. ``flat_above``: prompts longer than this have no
    known price at this tier. ``steady`` is False if rates change within the day. ``source`` is "package",
    "shipped" or "yours".
    """

    model: str
    provider: str
    confidence: Confidence
    bands: tuple[Band, ...]
    tier_priced: bool = True
    web_search: Fraction | None = None
    request: Fraction = Fraction(0)
    flat_above: int | None = None
    steady: bool = True
    source: Literal["package", "shipped", "yours"] = "package"
    _whole: tuple[_Whole, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        search = self.web_search or Fraction(0)
        whole = tuple(_Whole(band, search, self.request) for band in self.bands)
        object.__setattr__(self, "_whole", whole)

    def price(self, record: Record) -> Priced:
        """Exact, rounded once, half to even. Counts are whole numbers from 0."""
        whole = self._whole[0]
        tier_priced = self.tier_priced
        fresh, read, write, long_write, output = (
            record.input,
            record.cache_read,
            record.cache_write_5m,
            record.cache_write_1h,
            record.output,
        )
        if len(self._whole) > 1 or self.flat_above is not None:
            prompt = fresh + read + write + long_write
            for higher in self._whole[1:]:
                if prompt > higher.above:
                    whole = higher
            if self.flat_above is not None and prompt > self.flat_above:
                tier_priced = False
        if not whole.complete and self._lacks_price(whole, record):
            return UNPRICED
        f_input, f_read, f_write, f_long, f_output, f_reasoning, f_search, f_request = whole.factors
        total = (
            fresh * f_input + read * f_read + write * f_write + long_write * f_long + output * f_output + f_request
        )
        if f_reasoning:
            total += min(record.reasoning, output) * f_reasoning
        confidence = self.confidence
        if record.web_search:
            total += record.web_search * f_search
            if self.web_search is None:
                # The searches' own fee is not known: the tokens are priced, and the label says it is not all.
                confidence = "approximate"
        return Priced(_half_even(total, whole.divisor), confidence, tier_priced)

    def _lacks_price(self, whole: _Whole, record: Record) -> bool:
        rates = next(band.rates for band in self.bands if band.above == whole.above)
        return any(
            count and rate is None
            for count, rate in (
                (record.input, rates.input),
                (record.cache_read, rates.cache_read),
                (record.cache_write_5m, rates.cache_write_5m),
                (record.cache_write_1h, rates.cache_write_1h),
                (record.output, rates.output),
            )
        )


def _half_even(total: int, divisor: int) -> int:
    whole, rest = divmod(total, divisor)
    twice = rest * 2
    if twice > divisor or (twice == divisor and whole & 1):
        whole += 1
    return whole
