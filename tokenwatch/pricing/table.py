"""The price table: the only module that knows the price package (genai-prices, MIT).

Owns finding a model in it, saying how it was found, and turning its prices of one moment into exact rates. Does not
own overrides, our own fallbacks for tiers, or caching (cost.py).

Decisions
---------
*Models are looked up without the package's own caches.* Context: its lookup remembers every id it was asked,
without bound, and ids come from logs. Decision: ask providers and models directly; cost.py keeps a bounded cache.
Consequence: a lookup takes tens of microseconds, once per model.

*Prices are resolved here, sums are made by us.* Context: its calculation takes 0.1 to 0.6 ms a call. Decision:
take the prices of a day once, as fractions; the tests hold our sums to its calculation.

*Long-context tiers count for the whole request*, as the package and the providers define them, so a row has bands.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from tokenwatch.pricing.names import Attempt, undated
from tokenwatch.pricing.rates import Band, Confidence, Rates

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, ModelPrice, PriceVariant, Provider

_WORST: Final[tuple[Confidence, ...]] = ("exact", "dated", "alias", "approximate", "prefix")

# How the package names a tier: Anthropic's by speed, OpenAI's and Google's by service tier, batch by processing.
_CONTEXTS: Final = {
    "fast": ({"speed": "fast"}, {"service_tier": "fast"}),
    "priority": ({"service_tier": "priority"},),
    "flex": ({"service_tier": "flex"},),
    "batch": ({"processing": "batch"},),
}
_TOKEN_PRICES: Final = ("input_mtok", "cache_read_mtok", "cache_write_mtok", "output_mtok")


@dataclass(frozen=True, slots=True)
class Found:
    """A model of the table, under the table's own names, and how sure it is that it is the one meant."""

    provider: str
    model: str
    confidence: Confidence
    entry: ModelInfo = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Prices:
    """What the table says for one moment and tier.

    ``tiered`` is False if it has no price of the tier at that moment: the bands are then the standard ones.
    ``flat_above``, ``web_search`` and ``request`` as in :class:`~tokenwatch.pricing.rates.RateRow`.
    """

    bands: tuple[Band, ...]
    tiered: bool
    web_search: Fraction | None
    request: Fraction
    flat_above: int | None
    steady: bool


def installed_version() -> str:
    """Version of the price package, empty if it is not there. Does not import it."""
    try:
        return version("genai-prices")
    except PackageNotFoundError:
        return ""


class Table:
    """The package's data. Imported at the first question, which takes 0.2 to 0.8 s; safe to ask from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._providers: list[Provider] | None = None
        self._by_id: dict[str, Provider] = {}
        self.problem = ""
        """A plain sentence if the package cannot be used; every question then finds nothing."""

    def find(self, attempts: Iterable[Attempt]) -> Found | None:
        """The first attempt that hits, but a sure hit before one that only knows how the id begins."""
        providers = self._load()
        best: Found | None = None
        for attempt in attempts:
            for provider in self._homes(attempt, providers):
                entry = provider.find_model(attempt.model, all_providers=providers)
                if entry is None:
                    continue
                sure = max((_label(attempt.model, entry), attempt.kind), key=_WORST.index)
                if sure != "prefix":
                    return Found(provider.id, entry.id, sure, entry)
                best = best or Found(provider.id, entry.id, sure, entry)
        return best

    def prices(self, found: Found, moment: datetime, tier: str) -> Prices | None:
        """Prices of ``moment`` (aware) at ``tier``; None if the table has the model but no price for tokens."""
        entry = found.entry
        standard = entry.get_prices(moment)
        bands = _bands(standard)
        if bands is None:
            return None
        used, tiered, flat_above = standard, False, None
        if context := _active_context(entry, moment, tier):
            used, tiered = entry.get_prices(moment, context), True
            in_tier = _bands(used) or bands
            if len(bands) > 1 and len(in_tier) == 1 and "service_tier" in context:
                flat_above = bands[1].above
            bands = in_tier
        searches = _plain(used, "web_searches_kcount")
        requests = _plain(used, "requests_kcount") or Fraction(0)
        return Prices(bands, tiered, searches, requests / 1000, flat_above, _steady(entry))

    def _homes(self, attempt: Attempt, providers: list[Provider]) -> Iterator[Provider]:
        if attempt.provider:
            if named := self._by_id.get(attempt.provider):
                yield named
            return
        for provider in providers:
            if provider.model_match is not None and provider.model_match.is_match(attempt.model):
                yield provider
                return

    def _load(self) -> list[Provider]:
        with self._lock:
            if self._providers is None:
                self._providers = []
                try:
                    from genai_prices.data_snapshot import get_snapshot
                except ImportError as error:
                    self.problem = (
                        f"The price table cannot be loaded ({error}): no cost can be computed. Install genai-prices."
                    )
                else:
                    self._providers = get_snapshot().providers
                    self._by_id = {provider.id: provider for provider in self._providers}
            return self._providers


def _label(ref: str, entry: ModelInfo) -> Confidence:
    """How the table's matching of ``ref`` is to be called; see the comments for the order."""
    own = entry.id.lower()
    short, own_short = undated(ref), undated(own)
    if ref in (own, own_short):
        return "exact"
    known = {own, own_short, *_texts(entry.match)}
    if short != ref and short in known:
        return "dated"
    # Another whole name that the table lists, or one that a pattern with an end covers.
    if ref in known or _whole_match(entry.match, ref):
        return "alias"
    return "prefix"


def _clauses(match: Any) -> Iterator[Any]:
    parts = getattr(match, "or_", None) or getattr(match, "and_", None)
    if parts is None:
        yield match
    else:
        for part in parts:
            yield from _clauses(part)


def _texts(match: Any) -> Iterator[str]:
    """The ids written out in a matching rule."""
    for clause in _clauses(match):
        for kind in ("equals", "starts_with", "ends_with", "contains"):
            if text := getattr(clause, kind, ""):
                yield str(text).lower()


def _whole_match(match: Any, ref: str) -> bool:
    return any(str(getattr(clause, "regex", "")).endswith("$") and clause.is_match(ref) for clause in _clauses(match))


def _active_context(entry: ModelInfo, moment: datetime, tier: str) -> dict[str, str] | None:
    """The package's own words for ``tier``, if it has a price for it at ``moment``.

    Asked beforehand because it prices an unknown context as standard without a word.
    """
    for context in _CONTEXTS.get(tier, ()):
        if any(variant.when == context and _active(variant, moment) for variant in entry.price_variants or ()):
            return context
    return None


def _active(variant: PriceVariant, moment: datetime) -> bool:
    return variant.constraint is None or variant.constraint.active(moment)


def _steady(entry: ModelInfo) -> bool:
    """Whether prices stay the same for a whole day: no condition on the time of day."""
    parts: list[Any] = [*(entry.prices if isinstance(entry.prices, list) else ()), *(entry.price_variants or ())]
    return not any(hasattr(part.constraint, "start_time") for part in parts)


def _bands(prices: ModelPrice) -> tuple[Band, ...] | None:
    known = {key: value for key, value in vars(prices).items() if value is not None}
    if not known:
        # The table lists a free model without any price.
        free = Fraction(0)
        return (Band(0, Rates(free, free, free, free, free)),)
    if not any(key in known for key in _TOKEN_PRICES):
        return None
    starts = sorted({tier.start for value in known.values() for tier in getattr(value, "tiers", ())})
    return tuple(Band(start, _rates(known, start)) for start in [0, *(start for start in starts if start)])


def _rates(known: dict[str, Any], start: int) -> Rates:
    """Rates of a prompt just above ``start``; what has no price of its own costs what its parent does."""

    def rate(key: str, parent: Fraction | None) -> Fraction | None:
        value = known.get(key)
        if value is None:
            return parent
        if isinstance(value, Decimal):
            return Fraction(value)
        price = value.base
        for tier in value.tiers:
            if tier.start <= start:
                price = tier.price
        return Fraction(price)

    fresh = rate("input_mtok", None)
    write = rate("cache_write_mtok", fresh)
    return Rates(
        input=fresh,
        cache_read=rate("cache_read_mtok", fresh),
        cache_write_5m=rate("cache_write_5m_mtok", write),
        cache_write_1h=rate("cache_write_1h_mtok", write),
        output=rate("output_mtok", None),
        reasoning=rate("output_reasoning_mtok", None),
    )


def _plain(prices: ModelPrice, key: str) -> Fraction | None:
    value = vars(prices).get(key)
    return Fraction(value) if isinstance(value, Decimal) else None
