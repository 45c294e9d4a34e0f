"""Cost: from a record to nano-dollars at list price.

Owns which price holds (yours, ours, the table's), tiers and places that the table does not know, and the cache of
rates. Does not own the table (table.py), the files of overrides (overrides.py) or arithmetic (rates.py).

Decisions
---------
*Rates are resolved once per model, provider, UTC day, tier and place.* Context: a first import prices several
hundred thousand records. Decision: a bounded dictionary of finished rows. Consequence: a record costs about 2 µs;
only models whose price depends on the time of day are resolved each time.

*The version covers everything that decides a price:* the package's version, the usable entries of both files and
:data:`RULES`. A comment in a file does not change it, so it does not reprice the ledger.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeVar

from tokenwatch.base.clock import DAY_MS
from tokenwatch.base.paths import resources
from tokenwatch.base.usage import STANDARD, Record
from tokenwatch.pricing import overrides
from tokenwatch.pricing.names import Wanted, wanted
from tokenwatch.pricing.overrides import Overrides, Price
from tokenwatch.pricing.rates import UNPRICED, Priced, RateRow
from tokenwatch.pricing.table import Found, Table, installed_version

RULES: Final = 1
"""Raised when this package would price the same record otherwise from the same data."""

# Dollars per thousand searches, from the providers' price pages; for models whose search fee the table lacks.
_SEARCH_FEE: Final = {"anthropic": Fraction(10), "openai": Fraction(10)}

_STANDARD_TIERS: Final = frozenset(("", STANDARD, "default", "auto", "standard_only"))
_LATEST: Final = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp() * 1000)
_ROWS: Final = 20_000
_MODELS: Final = 4_000

K = TypeVar("K")
V = TypeVar("V")
_Key = tuple[str, str, int, str, str]
_Model = tuple[Wanted, Found | None, bool]


class _State:
    """Everything that :meth:`Pricer.reload` exchanges at once."""

    __slots__ = ("models", "rows", "shipped", "table", "version", "yours")

    def __init__(self, yours: Overrides, shipped: Overrides) -> None:
        self.yours = yours
        self.shipped = shipped
        self.table = Table()
        package = installed_version()
        content = repr((RULES, package, yours, shipped)).encode("utf-8", "surrogatepass")
        self.version = f"genai-prices {package} {blake2b(content, digest_size=6).hexdigest()}"
        self.rows: dict[_Key, RateRow | None] = {}
        self.models: dict[tuple[str, str], _Model] = {}


class Pricer:
    """Gives records their listed cost. Safe to use from any thread; opens its two files when made and on reload."""

    def __init__(self, overrides: Path, *, shipped: Path | None = None) -> None:
        """``overrides`` is the user's file, which need not exist; ``shipped`` ours, if not the usual one."""
        self._paths = (overrides, shipped or resources() / "price_overrides.toml")
        self._lock = threading.Lock()
        self._state = self._read()

    def reload(self) -> None:
        """Read the files again. Compare :attr:`version` before and after to see whether prices changed."""
        self._state = self._read()

    @property
    def version(self) -> str:
        """Equal as long as every record would get the same price."""
        return self._state.version

    @property
    def problems(self) -> tuple[str, ...]:
        """Plain sentences: entries that are not used, with their lines, and a table that cannot be loaded."""
        state = self._state
        table = (state.table.problem,) if state.table.problem else ()
        return (*table, *state.yours.problems, *state.shipped.problems)

    def cost(self, record: Record) -> Priced:
        """What ``record`` costs at the prices of its UTC day; ``nano`` is None if no price is known."""
        state = self._state
        time = record.time
        key = (record.model, record.provider, time // DAY_MS, record.tier, record.geo)
        try:
            row = state.rows[key]
        except KeyError:
            row = self._resolve(state, key, time)
        return UNPRICED if row is None else row.price(record)

    def rate_row(self, model: str, provider: str, day: date, tier: str = STANDARD, geo: str = "") -> RateRow | None:
        """The rates of one model on one UTC day (its first instant, if they change within it); None if unknown."""
        time = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
        return self._resolve(self._state, (model, provider, time // DAY_MS, tier, geo), time)

    def _read(self) -> _State:
        yours, shipped = self._paths
        return _State(overrides.read(yours), overrides.read(shipped))

    def _resolve(self, state: _State, key: _Key, time: int) -> RateRow | None:
        with self._lock:
            if key in state.rows:
                return state.rows[key]
            model, provider, _, tier, geo = key
            known = state.models.get((model, provider))
            if known is None:
                known = _model(state, model, provider)
                _remember(state.models, (model, provider), known, _MODELS)
            moment = datetime.fromtimestamp(min(max(time, 0), _LATEST) / 1000, UTC)
            row = _row(state, known, moment, tier.strip().lower(), geo.strip().lower())
            if row is None or row.steady:
                _remember(state.rows, key, row, _ROWS)
            return row


def _remember(memory: dict[K, V], key: K, value: V, limit: int) -> None:
    # Logs decide how many keys there are. Starting over is rare and costs a few milliseconds.
    if len(memory) >= limit:
        memory.clear()
    memory[key] = value


def _model(state: _State, model: str, provider: str) -> _Model:
    """How the logged id is read, the table's model, and whether an alias led there."""
    logged = wanted(model, provider)
    target = state.yours.alias(logged.names) or state.shipped.alias(logged.names)
    if target:
        meant = wanted(target)
        return replace(meant, fast=meant.fast or logged.fast), state.table.find(meant.attempts), True
    return logged, state.table.find(logged.attempts), False


def _row(state: _State, model: _Model, moment: datetime, tier: str, geo: str) -> RateRow | None:
    logged, found, by_alias = model
    day = moment.date()
    if tier in _STANDARD_TIERS:
        tier = "fast" if logged.fast else STANDARD
    names = (*logged.names, found.model.lower()) if found else logged.names
    providers = (*logged.providers, found.provider) if found else logged.providers
    # Our own rules are about a provider's own price list: only the table's word for who serves the model counts.
    home = (found.provider,) if found else logged.providers
    row = _base(state, found, names, providers, home, moment, tier)
    if row is None:
        return None
    if by_alias:
        row = replace(row, confidence="override")
    # Places and discounts: a factor of yours replaces ours of the same kind.
    for wish in ({"geo": geo}, {}) if geo else ({},):
        factor = state.yours.factor(names, providers, day, **wish) or state.shipped.factor(
            names, providers, day, **wish
        )
        if factor:
            row = replace(row, bands=_multiplied(row, factor.times, factor.flat).bands)
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
    if row.tier_priced:
        return row
    factor = state.yours.factor(names, providers, day, tier=tier) or state.shipped.factor(names, home, day, tier=tier)
    return replace(_multiplied(row, factor.times, factor.flat), tier_priced=True) if factor else row


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


def _multiplied(row: RateRow, times: Fraction, flat: bool) -> RateRow:
    """All token rates times a factor; fees for searches and requests stay.

    A tier of OpenAI without long-context prices does not serve such requests, as far as its price list says.
    """
    bands = row.bands[:1] if flat else row.bands
    limit = row.flat_above
    if flat and len(row.bands) > 1 and row.provider == "openai":
        limit = row.bands[1].above
    bands = tuple(replace(band, rates=band.rates.times(times)) for band in bands)
    return replace(row, bands=bands, flat_above=limit)
