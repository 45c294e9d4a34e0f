"""Listing: all prices by date as TokenWatch keeps them, and what they are at one moment and tier.

Owns the shape of ``resources/prices.json`` and the rules of dates, hours, tiers and long-context bands in it. Does
not own making that data or looking for models in it (table.py), or recognising ids (matching.py).

Decisions
---------
*The data is the price package's, rewritten.* Context: importing the package takes 0.25 s and 27 MB, which every start
would pay. Decision: the same matching rules and prices as short arrays, decoded one provider at a time. Consequence:
every id has the answer that the package gives, not only ids somebody thought of; the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Final

import msgspec

from tokenwatch.pricing.matching import Clause
from tokenwatch.pricing.rates import HIGHEST, Band, Rates

# The words under which the data has a tier: Anthropic's by speed, OpenAI's and Google's by service tier.
WORDS: Final = {
    "fast": ("speed=fast", "service_tier=fast"),
    "priority": ("service_tier=priority",),
    "flex": ("service_tier=flex",),
    "batch": ("processing=batch",),
}

When = date | tuple[time, time] | None
"""When a price holds: from a UTC day on, between two UTC times of each day (the second excluded), or always."""


class Stepped(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An amount that grows with the prompt: ``base``, then (tokens, amount of prompts with more than that)."""

    base: str
    steps: tuple[tuple[int, str], ...]


Amount = str | Stepped | None
"""Dollars as a decimal number in text. None: no price of its own."""


class Amounts(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Prices of a model: per million tokens, per thousand searches and requests.

    ``other`` is True if the model has prices of things that agents' logs do not tell (images, audio, characters).
    """

    input: Amount = None
    output: Amount = None
    cache_read: Amount = None
    cache_write: Amount = None
    cache_write_1h: Amount = None
    web_search: Amount = None
    cache_write_5m: Amount = None
    reasoning: Amount = None
    request: Amount = None
    other: bool = False


class Dated(msgspec.Struct, frozen=True, gc=False, array_like=True):
    amounts: Amounts
    when: When = None


class Variant(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What differs at a tier, under one of :data:`WORDS`."""

    word: str
    amounts: Amounts
    when: When = None


class Model(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One model at one provider. Of ``prices`` the last that holds counts, or the first if none does.

    ``window`` is how many tokens the model can be given, 0 if unknown.
    """

    id: str
    match: tuple[Clause, ...]
    window: int
    prices: tuple[Dated, ...]
    variants: tuple[Variant, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """The UTC days from which on some price of it holds."""
        return tuple(when for when in self._whens() if isinstance(when, date))

    @property
    def steady(self) -> bool:
        """Whether its prices stay the same for a whole day."""
        return not any(isinstance(when, tuple) for when in self._whens())

    def hours(self, moment: datetime) -> tuple[bool, ...]:
        """Which of its times of day ``moment`` is in: of two equal answers on one day, prices are equal too."""
        return tuple(_holds(when, moment) for when in self._whens() if isinstance(when, tuple))

    def _whens(self) -> Iterator[When]:
        yield from (dated.when for dated in self.prices)
        yield from (variant.when for variant in self.variants)


class Provider(msgspec.Struct, frozen=True, array_like=True):
    """``match``: ids that are this provider's without naming it. ``others``: providers whose models it serves too."""

    id: str
    match: tuple[Clause, ...]
    others: tuple[str, ...]
    models: msgspec.Raw


class Listing(msgspec.Struct, frozen=True):
    """The whole data. ``version`` is the price package's."""

    version: str
    providers: tuple[Provider, ...]


_listing: Final = msgspec.json.Decoder(Listing)
_models: Final = msgspec.json.Decoder(list[Model])


def listing_of(data: bytes) -> Listing:
    """Decode all but the models. Raises ``msgspec.DecodeError``."""
    return _listing.decode(data)


def models_of(provider: Provider) -> list[Model]:
    """Raises ``msgspec.DecodeError``."""
    return _models.decode(provider.models)


class Prices(msgspec.Struct, frozen=True):
    """What the listing says for one moment and tier.

    ``tiered`` is False if it has no price of the tier at that moment: the bands are then the standard ones.
    ``flat_above``, ``web_search`` and ``request`` as in :class:`~tokenwatch.pricing.rates.RateRow`.
    """

    bands: tuple[Band, ...]
    tiered: bool
    web_search: Fraction | None
    request: Fraction
    flat_above: int | None
    steady: bool


def prices_at(model: Model, moment: datetime, tier: str) -> Prices | None:
    """Prices of ``moment`` (aware) at ``tier``; None if the listing has the model but no price for tokens.

    A price outside 0 to 10,000 dollars is an error of the data: the model then has no price at all.
    """
    if not model.prices:
        return None
    moment = moment.astimezone(UTC)
    standard = _standard(model, moment)
    try:
        bands = _bands(standard)
        if bands is None:
            return None
        used, word = standard, _active_word(model, moment, tier)
        flat_above = None
        if word:
            used = _overlaid(model, moment, word, standard)
            in_tier = _bands(used) or bands
            if len(bands) > 1 and len(in_tier) == 1 and word.startswith("service_tier"):
                flat_above = bands[1].above
            bands = in_tier
        searches, requests = _dollars(used.web_search, 0), _dollars(used.request, 0) or Fraction(0)
    except ValueError:
        return None
    return Prices(bands, bool(word), searches, requests / 1000, flat_above, model.steady)


def _holds(when: When, moment: datetime) -> bool:
    if when is None:
        return True
    if isinstance(when, tuple):
        begin, end = when
        now = moment.time()
        return begin <= now < end if begin <= end else now >= begin or now < end
    return moment.date() >= when


def _standard(model: Model, moment: datetime) -> Amounts:
    for dated in reversed(model.prices):
        if _holds(dated.when, moment):
            return dated.amounts
    return model.prices[0].amounts


def _active_word(model: Model, moment: datetime, tier: str) -> str:
    for word in WORDS.get(tier, ()):
        if any(variant.word == word and _holds(variant.when, moment) for variant in model.variants):
            return word
    return ""


def _overlaid(model: Model, moment: datetime, word: str, standard: Amounts) -> Amounts:
    """The standard prices under those of the tier, each from the first variant that holds and has it."""
    result = {name: getattr(standard, name) for name in Amounts.__struct_fields__}
    for variant in reversed(model.variants):
        if variant.word == word and _holds(variant.when, moment):
            for name in Amounts.__struct_fields__:
                result[name] = getattr(variant.amounts, name) or result[name]
    return Amounts(**result)


def _bands(amounts: Amounts) -> tuple[Band, ...] | None:
    if amounts == Amounts():
        # The listing has a free model without any price.
        free = Fraction(0)
        return (Band(0, Rates(free, free, free, free, free)),)
    if not any((amounts.input, amounts.cache_read, amounts.cache_write, amounts.output)):
        return None
    stepped = [value for value in msgspec.structs.astuple(amounts) if isinstance(value, Stepped)]
    starts = sorted({start for value in stepped for start, _ in value.steps if start})
    return tuple(Band(start, _rates(amounts, start)) for start in [0, *starts])


def _rates(amounts: Amounts, above: int) -> Rates:
    """Rates of a prompt just above ``above``; what has no price of its own costs what its parent does."""

    def rate(amount: Amount, parent: Fraction | None) -> Fraction | None:
        return parent if amount is None else _dollars(amount, above)

    fresh = rate(amounts.input, None)
    write = rate(amounts.cache_write, fresh)
    return Rates(
        input=fresh,
        cache_read=rate(amounts.cache_read, fresh),
        cache_write_5m=rate(amounts.cache_write_5m, write),
        cache_write_1h=rate(amounts.cache_write_1h, write),
        output=rate(amounts.output, None),
        reasoning=rate(amounts.reasoning, None),
    )


def _dollars(amount: Amount, above: int) -> Fraction | None:
    """Raises ValueError for what cannot be a price."""
    if amount is None:
        return None
    if isinstance(amount, Stepped):
        text = amount.base
        for start, higher in amount.steps:
            if start <= above:
                text = higher
    else:
        text = amount
    dollars = Fraction(text)
    if not 0 <= dollars <= HIGHEST:
        raise ValueError(text)
    return dollars
