"""Rates: what a million tokens cost, and the exact arithmetic from tokens to nano-dollars.

Owns the value that holds the rates of one model on one day, and the rounding. Does not know where rates come
from (table.py, overrides.py) or how a model is recognised (names.py).
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Final, Literal

import msgspec
from msgspec.structs import force_setattr, replace

from tokenwatch.base.usage import Record

Confidence = Literal["exact", "dated", "alias", "prefix", "approximate", "override", "none"]
"""How sure a price is:

``exact`` the logged id is the model's id; ``dated`` it is, but for a date or version at its end; ``alias`` a known
other name of it; ``prefix`` only the beginning of the id was recognised, it may be another model; ``approximate``
the price of another provider of the same model; ``override`` from a file of overrides; ``none`` no price is known.
"""

HIGHEST: Final = 10_000
"""Dollars per million tokens (or per thousand searches) above which a price is a slip of the pen."""

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


class Rates(msgspec.Struct, frozen=True):
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


class Band(msgspec.Struct, frozen=True):
    """Rates of every token of a request whose prompt, cache included, has more than ``above`` tokens."""

    above: int
    rates: Rates


class _Whole(msgspec.Struct, frozen=True):
    """One band as whole numbers: nano-dollars are a sum of products divided by ``divisor``."""

    above: int
    rates: tuple[Fraction | None, ...]
    complete: bool
    divisor: int
    factors: tuple[int, ...]
    search: int
    request: int


def _in_whole_numbers(band: Band, web_search: Fraction, request: Fraction) -> _Whole:
    rates = band.rates
    reasoning = Fraction(0)
    if rates.reasoning is not None and rates.output is not None:
        reasoning = rates.reasoning - rates.output
    tokens = (rates.input, rates.cache_read, rates.cache_write_5m, rates.cache_write_1h, rates.output)
    # Dollars per thousand searches and per request, brought to the same unit: a million tokens.
    exact = [(rate or 0) * _NANO_PER_MILLION for rate in (*tokens, reasoning, web_search * 1000, request * 10**6)]
    divisor = lcm(*(rate.denominator for rate in exact))
    *factors, search, per_request = (int(rate * divisor) for rate in exact)
    return _Whole(band.above, tokens, None not in tokens, divisor, tuple(factors), search, per_request)


class RateRow(msgspec.Struct, frozen=True):
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
    # What follows from these, and is made anew whenever one of them is replaced:
    _whole: tuple[_Whole, ...] = ()
    _simple: tuple[int, ...] | None = None
    _simple_to: int | None = None

    def __post_init__(self) -> None:
        search = self.web_search or Fraction(0)
        whole = tuple(_in_whole_numbers(band, search, self.request) for band in self.bands)
        force_setattr(self, "_whole", whole)
        # Most prices are whole nano-dollars a token: those need no more than a sum, up to a longest prompt.
        first = whole[0]
        plain = first.complete and first.divisor == 1 and not first.request and not first.factors[5]
        force_setattr(self, "_simple", first.factors[:5] if plain else None)
        limits = [*(higher.above for higher in whole[1:]), *(() if self.flat_above is None else (self.flat_above,))]
        force_setattr(self, "_simple_to", min(limits, default=None))

    def of_sums(self) -> RateRow:
        """For counts of several requests, of which none is known to be a long one."""
        if len(self.bands) == 1 and self.flat_above is None:
            return self
        return replace(self, bands=self.bands[:1], flat_above=None)

    def price(self, record: Record) -> Priced:
        """Exact, rounded once, half to even. Counts are whole numbers from 0."""
        fresh, read, write, long_write, output, searches = (
            record.input,
            record.cache_read,
            record.cache_write_5m,
            record.cache_write_1h,
            record.output,
            record.web_search,
        )
        simple, limit = self._simple, self._simple_to
        if simple is not None and not searches and (limit is None or fresh + read + write + long_write <= limit):
            a, b, c, d, e = simple
            nano = fresh * a + read * b + write * c + long_write * d + output * e
            return Priced(nano, self.confidence, self.tier_priced)
        exact = self._sum(fresh, read, write, long_write, output, record.reasoning, searches)
        if exact is None:
            return UNPRICED
        confidence, tier_priced = self.confidence, self.tier_priced
        if searches and self.web_search is None:
            # The searches' own fee is not known: the tokens are priced, and the label says it is not all.
            confidence = "approximate"
        if self.flat_above is not None and fresh + read + write + long_write > self.flat_above:
            tier_priced = False
        return Priced(exact, confidence, tier_priced)

    def nano(
        self,
        input: int,
        cache_read: int,
        cache_write_5m: int,
        cache_write_1h: int,
        output: int,
        reasoning: int = 0,
        web_search: int = 0,
    ) -> int | None:
        """Only the ``nano`` of :meth:`price`, from the counts themselves: for pricing in bulk."""
        simple, limit = self._simple, self._simple_to
        if (
            simple is not None
            and not web_search
            and (limit is None or input + cache_read + cache_write_5m + cache_write_1h <= limit)
        ):
            a, b, c, d, e = simple
            return input * a + cache_read * b + cache_write_5m * c + cache_write_1h * d + output * e
        return self._sum(input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, web_search)

    def _sum(
        self, fresh: int, read: int, write: int, long_write: int, output: int, reasoning: int, searches: int
    ) -> int | None:
        whole = self._whole[0]
        if len(self._whole) > 1:
            prompt = fresh + read + write + long_write
            for higher in self._whole[1:]:
                if prompt > higher.above:
                    whole = higher
        if not whole.complete and any(
            count and rate is None
            for count, rate in zip((fresh, read, write, long_write, output), whole.rates, strict=True)
        ):
            return None
        a, b, c, d, e, f = whole.factors
        total = fresh * a + read * b + write * c + long_write * d + output * e + whole.request
        if f:
            total += min(reasoning, output) * f
        if searches:
            total += searches * whole.search
        return total if whole.divisor == 1 else _half_even(total, whole.divisor)


def _half_even(total: int, divisor: int) -> int:
    whole, rest = divmod(total, divisor)
    twice = rest * 2
    if twice > divisor or (twice == divisor and whole & 1):
        whole += 1
    return whole
