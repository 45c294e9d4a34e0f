"""Cost: from a record to nano-dollars at list price.

Owns which price holds (yours, ours, the table's), tiers and places that the table does not know, and the cache of
rates. Does not own the table (table.py), the files of overrides (overrides.py) or arithmetic (rates.py).

Decisions
---------
*Rates are resolved once per model, provider, tier, place and span of days without a change of price.* Context: a
first import prices several hundred thousand records of a year. Decision: bounded dictionaries of finished rows, by
span and, in front, by day. Consequence: a record costs about half a microsecond; of a model whose price depends on
the time of day, a few.

*The version covers everything that decides a price:* the package's version, the usable entries of both files and
:data:`RULES`. A comment in a file does not change it, so it does not reprice the ledger.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from msgspec.structs import replace

from tokenwatch.base.clock import DAY_MS
from tokenwatch.base.digest import blake2b
from tokenwatch.base.paths import resources
from tokenwatch.base.usage import STANDARD, Context, Estimate, Record
from tokenwatch.pricing import overrides
from tokenwatch.pricing.listing import Listing
from tokenwatch.pricing.names import Wanted, wanted
from tokenwatch.pricing.overrides import Factor, Overrides, Price
from tokenwatch.pricing.rates import UNPRICED, Priced, RateRow
from tokenwatch.pricing.table import Found, Table

RULES: Final = 1
"""Raised when this package would price the same record otherwise from the same data."""

# Dollars per thousand searches, from the providers' price pages; for models whose search fee the table lacks.
_SEARCH_FEE: Final = {"anthropic": Fraction(10), "openai": Fraction(10)}

_STANDARD_TIERS: Final = frozenset(("", STANDARD, "default", "auto", "standard_only"))
_SERVICE_TIERS: Final = frozenset(("fast", "priority", "flex"))
_LATEST: Final = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp() * 1000)
_ROWS: Final = 20_000
_SPANS: Final = 4_000
_MODELS: Final = 4_000

_LONGEST_KEY: Final = 1_000

K = TypeVar("K", bound=tuple[object, ...])
V = TypeVar("V")
_Key = tuple[str, str, int, str, str]
"""Model, provider, UTC day, tier and place, as logged."""


class _State:
    """Everything that :meth:`Pricer.reload` exchanges at once."""

    __slots__ = ("meant", "rows", "shipped", "spans", "table", "version", "yours")

    def __init__(self, table: Table, yours: Overrides, shipped: Overrides) -> None:
        self.table = table
        self.yours = yours
        self.shipped = shipped
        usable = [(each.prices, each.factors, each.aliases) for each in (yours, shipped)]
        content = repr((RULES, table.version, usable)).encode("utf-8", "surrogatepass")
        self.version = f"genai-prices {table.version} {blake2b(content, digest_size=6).hexdigest()}"
        self.meant: dict[tuple[str, str], _Meant] = {}
        self.rows: dict[_Key, RateRow | None] = {}
        self.spans: dict[tuple[str, str, str, str, int, tuple[bool, ...]], RateRow | None] = {}


class _Meant(msgspec.Struct, frozen=True):
    """How a logged id is read, the table's model, whether an alias led there.

    ``days``: ordinals of the days on which its price may change, rising.
    """

    logged: Wanted
    found: Found | None
    by_alias: bool
    days: tuple[int, ...]


class Pricer:
    """Gives records their listed cost. Safe to use from any thread; reads its files when made and on reload."""

    def __init__(
        self, overrides: Path, *, shipped: Path | None = None, table: Path | None = None, fetched: Path | None = None
    ) -> None:
        """``overrides`` is the user's file, which need not exist; ``shipped`` and ``table`` ours, if others.

        ``fetched`` is where newer prices lie, if any were fetched.
        """
        self._paths = (overrides, shipped or resources() / "price_overrides.toml")
        self._tables = (table, fetched)
        self._table = Table(*self._tables)
        self._lock = threading.Lock()
        self._state = self._read()

    def reload(self) -> None:
        """Read all files again. Compare :attr:`version` before and after to see whether prices changed."""
        self._table = Table(*self._tables)
        self._state = self._read()

    @property
    def version(self) -> str:
        """Equal as long as every record would get the same price."""
        return self._state.version

    @property
    def listing(self) -> Listing:
        """The table that holds."""
        return self._state.table.listing

    @property
    def problems(self) -> tuple[str, ...]:
        """Plain sentences: entries that are not used, with their lines, and a table that is not what it should be."""
        state = self._state
        table = (state.table.problem,) if state.table.problem else ()
        return (*table, *state.yours.problems, *state.shipped.problems)

    def cost(self, record: Record) -> Priced:
        """What ``record`` costs at the prices of its UTC day; ``nano`` is None if no price is known."""
        context = record.context
        state, time = self._state, record.time
        key = (context.model, context.provider, time // DAY_MS, context.tier, context.geo)
        try:
            row = state.rows[key]
        except KeyError:
            row = self._resolve(state, key, time)
        if row is None:
            return UNPRICED
        return (row.of_sums() if context.estimated == Estimate.SUM else row).price(record)

    def row(self, context: Context, day: int) -> RateRow | None:
        """The rates of all records of ``context`` on one UTC day, None if no price is known: for pricing in bulk.

        ``day`` counts from 1970, as ``record.time // DAY_MS`` does. If the row is not ``steady``, it holds at the
        day's first instant only; ask :meth:`cost` for each record.
        """
        state = self._state
        key = (context.model, context.provider, day, context.tier, context.geo)
        try:
            row = state.rows[key]
        except KeyError:
            row = self._resolve(state, key, day * DAY_MS)
        return row.of_sums() if row is not None and context.estimated == Estimate.SUM else row

    def rates(self, context: Context, day: int) -> RateRow | None:
        """As :meth:`row`; None also if prices change within the day: then ask :meth:`cost` for each record."""
        row = self.row(context, day)
        return row if row is not None and row.steady else None

    def context_window(self, model: str, provider: str = "") -> int | None:
        """How many tokens ``model`` can be given, None if unknown. A dictionary look-up after the first time."""
        state = self._state
        meant = state.meant.get((model, provider))
        if meant is None:
            with self._lock:
                meant = _meant(state, model, provider)
        if meant.logged.window:
            return meant.logged.window
        return (meant.found.entry.window or None) if meant.found else None

    def _read(self) -> _State:
        yours, shipped = self._paths
        return _State(self._table, overrides.read(yours), overrides.read(shipped))

    def _resolve(self, state: _State, key: _Key, time: int) -> RateRow | None:
        with self._lock:
            if key in state.rows:
                return state.rows[key]
            model, provider, _, tier, geo = key
            meant = _meant(state, model, provider)
            moment = datetime.fromtimestamp(min(max(time, 0), _LATEST) / 1000, UTC)
            hours = meant.found.entry.hours(moment) if meant.found else ()
            span = (model, provider, tier, geo, bisect_right(meant.days, moment.toordinal()), hours)
            if span in state.spans:
                row = state.spans[span]
            else:
                row = _row(state, meant, moment, tier.strip().lower(), geo.strip().lower())
                _remember(state.spans, span, row, _SPANS)
            if not hours or (row is not None and row.steady):
                _remember(state.rows, key, row, _ROWS)
            return row


def _remember(memory: dict[K, V], key: K, value: V, limit: int) -> None:
    # Logs decide how many keys there are, and how long. Starting over is rare and costs a few milliseconds.
    if sum(len(part) for part in key if isinstance(part, str)) > _LONGEST_KEY:
        return
    if len(memory) >= limit:
        memory.clear()
    memory[key] = value


def _meant(state: _State, model: str, provider: str) -> _Meant:
    known = state.meant.get((model, provider))
    if known is None:
        logged = wanted(model, provider)
        target = state.yours.alias(logged.names) or state.shipped.alias(logged.names)
        if target:
            meant = wanted(target)
            logged = replace(meant, fast=meant.fast or logged.fast, window=logged.window or meant.window)
        found = state.table.find(logged.attempts)
        days = {*state.yours.days, *state.shipped.days, *(found.entry.days if found else ())}
        known = _Meant(logged, found, bool(target), tuple(sorted(day.toordinal() for day in days)))
        _remember(state.meant, (model, provider), known, _MODELS)
    return known


def _row(state: _State, meant: _Meant, moment: datetime, tier: str, geo: str) -> RateRow | None:
    logged, found = meant.logged, meant.found
    day = moment.date()
    if tier in _STANDARD_TIERS:
        # Where the fast tier is a model of its own, its price is already the fast one.
        tier = "fast" if logged.fast and not (found and found.model.endswith("-fast")) else STANDARD
    names = (*logged.names, found.model.lower()) if found else logged.names
    providers = (*logged.providers, found.provider) if found else logged.providers
    # Our own rules are about a provider's own price list: only the table's word for who serves the model counts.
    home = (found.provider,) if found else logged.providers
    row = _base(state, found, names, providers, home, moment, tier)
    if row is None:
        return None
    if meant.by_alias:
        row = replace(row, confidence="override")
    # Places and discounts: a factor of yours replaces ours of the same kind.
    for wish in ({"geo": geo}, {}) if geo else ({},):
        factor = state.yours.factor(names, providers, day, **wish) or state.shipped.factor(names, home, day, **wish)
        if factor:
            row = replace(row, bands=_multiplied(row, factor).bands)
    return row


def _base(
    state: _State,
    found: Found | None,
    names: tuple[str, ...],
    providers: tuple[str, ...],
    home: tuple[str, ...],
    moment: datetime,
    tier: str,
) -> RateRow | None:
    """The rates at the tier: an entry or factor of yours, an entry of ours, the table, a factor of ours."""
    day = moment.date()
    own = state.yours.price(names, providers, day, tier)
    ours = None if own else state.shipped.price(names, home, day, tier)
    entry = own or ours
    if entry:
        row = _from_entry(entry, found, names, providers)
        row = replace(
            row, source="yours" if own else "shipped", tier_priced=tier == STANDARD or bool(entry.scope.tier)
        )
    else:
        prices = state.table.prices(found, moment, tier) if found else None
        if found is None or prices is None:
            return None
        row = RateRow(
            model=found.model,
            provider=found.provider,
            confidence=found.confidence,
            bands=prices.bands,
            tier_priced=prices.tiered or tier == STANDARD,
            web_search=_SEARCH_FEE.get(found.provider) if prices.web_search is None else prices.web_search,
            request=prices.request,
            flat_above=prices.flat_above,
            steady=prices.steady,
        )
        if prices.tiered and state.yours.factor(names, providers, day, tier=tier):
            standard = state.table.prices(found, moment, STANDARD)
            row = replace(row, bands=standard.bands if standard else row.bands, flat_above=None, tier_priced=False)
    if bool(entry and entry.scope.tier) or (row.tier_priced and tier != STANDARD):
        return row
    factor = state.yours.factor(names, providers, day, tier=tier) or state.shipped.factor(names, home, day, tier=tier)
    return replace(_multiplied(row, factor), tier_priced=True) if factor else row


def _from_entry(entry: Price, found: Found | None, names: tuple[str, ...], providers: tuple[str, ...]) -> RateRow:
    provider = entry.scope.provider or (found.provider if found else next(iter(providers), ""))
    fee = entry.web_search if entry.web_search is not None else _SEARCH_FEE.get(provider)
    return RateRow(
        model=found.model if found else names[0],
        provider=provider,
        confidence="override",
        bands=entry.bands,
        web_search=fee,
    )


def _multiplied(row: RateRow, factor: Factor) -> RateRow:
    """All token rates times a factor; fees for searches and requests stay.

    A service tier of OpenAI without long-context prices does not serve such requests, as far as its price list says.
    """
    bands = row.bands[:1] if factor.flat else row.bands
    limit = row.flat_above
    if factor.flat and len(row.bands) > 1 and row.provider == "openai" and factor.scope.tier in _SERVICE_TIERS:
        limit = row.bands[1].above
    changed = []
    for band in bands:
        rates = band.rates.times(factor.times)
        if factor.keep_cache_read:
            rates = replace(rates, cache_read=band.rates.cache_read)
        changed.append(replace(band, rates=rates))
    return replace(row, bands=tuple(changed), flat_above=limit)
