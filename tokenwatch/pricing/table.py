"""The price table: finds models and their prices; the only module that knows the price package (genai-prices, MIT).

Owns where the data comes from (``resources/prices.json``, or the package if its version is another), finding a model
in it, and writing that file: ``python -m tokenwatch.pricing.table``, or ``make prices``. Does not own the data's
shape (listing.py), overrides, our own fallbacks for tiers, or caching (cost.py).

Decisions
---------
*The file is used if it was made from the installed version of the package, or if none is installed.* Context:
importing the package takes 0.25 s and 27 MB. Decision: only a version that the file was not made from is asked
itself, and read through the same code. Consequence: usual starts never import it. Where the package's description is
missing (some bundles), it cannot be imported anyway, as it asks for its own version: the file is then all there is.

*Sums are made by us.* Context: the package's calculation takes 0.1 to 0.6 ms a call. Decision: take prices as exact
fractions; the tests hold our sums to its calculation. Long-context tiers count for the whole request, as the package
and the providers define them.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from tokenwatch.base.paths import resources
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.pricing import listing
from tokenwatch.pricing.listing import Model, Prices, Provider
from tokenwatch.pricing.matching import Finder, dashed_dates, holds, label
from tokenwatch.pricing.names import PROVIDERS, Attempt
from tokenwatch.pricing.rates import Confidence

if TYPE_CHECKING:
    from genai_prices import types

log = logging.getLogger(__name__)

_WORST: Final[tuple[Confidence, ...]] = ("exact", "dated", "alias", "approximate", "prefix")
_DESCRIPTION: Final = ("genai_prices-", ".dist-info")


class Found(msgspec.Struct, frozen=True):
    """A model of the table, under the table's own names, and how sure it is that it is the one meant."""

    provider: str
    model: str
    confidence: Confidence
    entry: Model
    own: bool = True
    """False if the entry is another provider's, which says nothing about this one's tiers."""


def prices_file() -> Path:
    return resources() / "prices.json"


def installed_version(folders: Sequence[str] | None = None) -> str:
    """Version of the price package, empty if it is not there. Does not import it.

    Looks at the names of the folders that hold packages' descriptions, in ``folders`` or else wherever modules are
    imported from. ``importlib.metadata`` does the same, but importing it takes longer than everything else here; it
    is asked only where the names do not tell.
    """
    if folders is None and getattr(sys, "frozen", False):
        return ""  # build.spec leaves it out
    begin, end = _DESCRIPTION
    folders = sys.path if folders is None else folders
    for folder in folders:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - a path's own method is slower, and this is about time
        except OSError:
            continue
        versions = [name[len(begin) : -len(end)] for name in names if name.startswith(begin) and name.endswith(end)]
        if len(versions) == 1:
            return versions[0]
        if versions:
            break
    from importlib.metadata import distributions

    return next((found.version for found in distributions(name="genai-prices", path=list(folders))), "")


class Table:
    """The table's data, read when made; models when first looked for. Safe to ask from any thread."""

    def __init__(self, file: Path | None = None, fetched: Path | None = None) -> None:
        """``file`` is the data, if not the one we ship; ``fetched`` what was fetched later, if it is there."""
        data, self.problem = _data(file or prices_file())
        data = _fetched(fetched, data) or data
        self.listing = data
        self.version = data.version
        """The price package's version that the prices are of, empty if there are none."""
        self._providers = {provider.id: provider for provider in data.providers}
        self._models: dict[str, tuple[list[Model], Finder]] = {}
        self._lock = threading.Lock()

    def find(self, attempts: Iterable[Attempt]) -> Found | None:
        """The first attempt that hits, but a sure hit before one that only knows how the id begins."""
        best: Found | None = None
        with self._lock:
            for attempt in attempts:
                provider = self._home(attempt)
                hit = self._find(provider, attempt.model) if provider else None
                if provider is None or hit is None:
                    continue
                model, own = hit
                sure = max((label(attempt.model, model.id, model.match), attempt.kind), key=_WORST.index)
                if sure != "prefix":
                    return Found(provider.id, model.id, sure, model, own)
                best = best or Found(provider.id, model.id, sure, model, own)
        return best

    def prices(self, found: Found, moment: datetime, tier: str) -> Prices | None:
        """Prices of ``moment`` (aware) at ``tier``; None if the table has the model but no price for tokens."""
        return listing.prices_at(found.entry, moment, tier if found.own else "")

    def _home(self, attempt: Attempt) -> Provider | None:
        if attempt.provider:
            return self._providers.get(attempt.provider)
        ref = attempt.model
        homes = (each for each in self._providers.values() if any(holds(clause, ref) for clause in each.match))
        return next(homes, None)

    def _find(self, provider: Provider, ref: str) -> tuple[Model, bool] | None:
        others = [other for name in provider.others if (other := self._providers.get(name))]
        for text in dict.fromkeys((ref, dashed_dates(ref))):
            for home in (provider, *others):
                models, finder = self._models_of(home)
                index = finder.first(text)
                if index is not None:
                    return models[index], home is provider
        return None

    def _models_of(self, provider: Provider) -> tuple[list[Model], Finder]:
        known = self._models.get(provider.id)
        if known is None:
            try:
                models = listing.models_of(provider)
            except msgspec.DecodeError as error:
                models = []
                self.problem = tr(
                    "The price table is damaged ({error}): some costs are missing. Install TokenWatch anew.",
                    error=error,
                )
            known = self._models[provider.id] = models, Finder(model.match for model in models)
        return known


def _data(file: Path) -> tuple[listing.Listing, str]:
    """The data, and a plain sentence if it is not what it should be."""
    shipped = None
    try:
        shipped = listing.listing_of(file.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        log.info("%s cannot be used: %s", file.name, error)
    installed = installed_version()
    if shipped is not None and installed in ("", shipped.version):
        return shipped, ""
    try:
        return listing.listing_of(package_data()), ""
    # What a newer version of the package, with data of another shape, may lead to.
    except (ImportError, AttributeError, LookupError, TypeError, ValueError) as error:
        reason = plain(error)
    if shipped is not None:
        return shipped, tr(
            "genai-prices {installed} cannot be used ({reason}): the prices of {version} hold.",
            installed=installed,
            reason=reason,
            version=shipped.version,
        )
    return listing.Listing("", ()), tr(
        "The price table cannot be read ({reason}): no cost is known. Install TokenWatch anew.", reason=reason
    )


def _fetched(file: Path | None, shipped: listing.Listing) -> listing.Listing | None:
    """What was fetched, unless it is gone, damaged or older than what we ship by now."""
    if file is None:
        return None
    try:
        found = listing.listing_of(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        log.info("%s cannot be used: %s", file.name, error)
        return None
    return found if found.version.partition("+")[0] == shipped.version else None


# From the package to the data


def package_data() -> bytes:
    """The installed package's prices, as far as any id leads to them, in the shape of :class:`listing.Listing`.

    One model a line, so that a change of prices can be read. Raises ImportError if the package cannot be used.
    """
    from genai_prices.data_snapshot import get_snapshot

    providers = {provider.id: provider for provider in get_snapshot().providers}
    reached = {*PROVIDERS.values(), *(provider.id for provider in providers.values() if provider.model_match)}
    for provider in map(providers.get, tuple(reached)):
        reached.update((provider.fallback_model_providers if provider else None) or ())
    written = []
    for provider in providers.values():
        if provider.id in reached:
            match = _clauses(provider.model_match) if provider.model_match else []
            models = [_model(model) for model in provider.models]
            head = msgspec.json.encode([provider.id, match, provider.fallback_model_providers or []])[:-1]
            written.append(head + b",[\n" + b",\n".join(map(msgspec.json.encode, models)) + b"]]")
    version = msgspec.json.encode(installed_version())
    return b'{"version":' + version + b',"providers":[' + b",\n".join(written) + b"]}\n"


def _model(model: types.ModelInfo) -> list[Any]:
    if isinstance(model.prices, list):
        dated = [[_amounts(part.prices), _when(part.constraint)] for part in model.prices]
    else:
        dated = [[_amounts(model.prices), None]]
    words = {word for words in listing.WORDS.values() for word in words}
    variants = [
        [word, _amounts(variant.prices), _when(variant.constraint)]
        for variant in model.price_variants or ()
        if (word := ",".join(f"{key}={value}" for key, value in variant.when.items())) in words
    ]
    return [model.id, _clauses(model.match), model.context_window or 0, dated, *([variants] if variants else [])]


def _when(constraint: types.StartDateConstraint | types.TimeOfDateConstraint | None) -> Any:
    if constraint is None:
        return None
    if hasattr(constraint, "start_date"):
        return constraint.start_date
    return [_utc(constraint.start_time), _utc(constraint.end_time)]


def _utc(value: time) -> time:
    """Without a zone, which the package takes as UTC."""
    return datetime.combine(date(1970, 1, 2), value).astimezone(UTC).time() if value.tzinfo else value


_PRICES: Final = (
    "input_mtok",
    "output_mtok",
    "cache_read_mtok",
    "cache_write_mtok",
    "cache_write_1h_mtok",
    "web_searches_kcount",
    "cache_write_5m_mtok",
    "output_reasoning_mtok",
    "requests_kcount",
)
"""The package's names of the fields of :class:`listing.Amounts`."""


def _amounts(prices: types.ModelPrice) -> list[Any]:
    given = {key: value for key, value in vars(prices).items() if value is not None}
    amounts: list[Any] = [_amount(given.pop(key, None)) for key in _PRICES]
    amounts.append(bool(given))
    while amounts and not amounts[-1]:
        amounts.pop()
    return amounts


def _amount(price: Any) -> Any:
    if price is None or not hasattr(price, "tiers"):
        return None if price is None else f"{price:f}"
    return [f"{price.base:f}", [[tier.start, f"{tier.price:f}"] for tier in price.tiers]]


def _clauses(match: Any) -> list[Any]:
    """See :data:`~tokenwatch.pricing.matching.Clause`."""
    return [parts[0] if len(parts) == 1 else parts for parts in _alternatives(match)]


def _alternatives(match: Any) -> list[list[str]]:
    """The rules of which one must hold, each as the parts that all must."""
    if hasattr(match, "or_"):
        return [parts for each in match.or_ for parts in _alternatives(each)]
    if hasattr(match, "and_"):
        return [list(chain(*parts)) for parts in product(*map(_alternatives, match.and_))]
    for kind, name in (("=", "equals"), ("^", "starts_with"), ("$", "ends_with"), ("~", "contains")):
        if hasattr(match, name):
            return [[kind + getattr(match, name).lower()]]
    return [["/" + match.regex]]


if __name__ == "__main__":
    prices_file().write_bytes(package_data())
