"""Feed: newer prices from the price package's own file (genai-prices, MIT), made ours and checked before they count.

Owns the address, turning that file into the shape of listing.py without the package, and what makes it credible. Does
not own the network (remote/transport.py), or which table holds (table.py).

Decisions
---------
*Prices of the past do not change.* Context: a damaged or forged file could make money vanish. Decision: a new file is
refused unless nearly all models that are known cost in the past what they did, and hardly any is gone. Consequence: a
mistake in today's prices can still come in, one in history cannot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, product
from typing import Any, Final

import msgspec

from tokenwatch.base.translation import tr
from tokenwatch.pricing import listing
from tokenwatch.pricing.listing import Listing, Provider
from tokenwatch.pricing.names import PROVIDERS

HOST: Final = "raw.githubusercontent.com"
PATH: Final = "/pydantic/genai-prices/refs/heads/main/prices/new_data/v2/data.json"

_PRICES: Final = (
    "input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok", "cache_write_1h_mtok", "web_searches_kcount",
    "cache_write_5m_mtok", "output_reasoning_mtok", "requests_kcount",
)  # fmt: skip
"""The file's names of the fields of :class:`listing.Amounts`."""

_CLAUSES: Final = (("=", "equals"), ("^", "starts_with"), ("$", "ends_with"), ("~", "contains"))
_KEPT: Final = 0.9
"""The part of known models that must still be there, and of those the part that must cost the same in the past."""

_PAST: Final = timedelta(days=60)


class Refused(ValueError):
    """The file is not used; the words say why, as the rest of a sentence."""


def converted(raw: Any, version: str) -> bytes:
    """The file's content as ``resources/prices.json`` has it. Raises :class:`Refused`."""
    try:
        providers = {provider["id"]: provider for provider in raw}
        reached = {*PROVIDERS.values(), *(name for name, each in providers.items() if each.get("model_match"))}
        for name in tuple(reached):
            reached.update(providers.get(name, {}).get("fallback_model_providers") or ())
        written = []
        for provider in providers.values():
            if provider["id"] in reached:
                match = _clauses(provider["model_match"]) if provider.get("model_match") else []
                head = [provider["id"], match, provider.get("fallback_model_providers") or []]
                models = b",\n".join(msgspec.json.encode(_model(model)) for model in provider["models"])
                written.append(msgspec.json.encode(head)[:-1] + b",[\n" + models + b"]]")
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise Refused(tr("it has another shape than expected ({why})", why=type(error).__name__)) from error
    return b'{"version":' + msgspec.json.encode(version) + b',"providers":[' + b",\n".join(written) + b"]}\n"


def check(data: bytes, present: Listing, now: datetime) -> None:
    """Raise :class:`Refused` unless ``data`` is a whole table that says of the past what ``present`` does."""
    try:
        new = listing.listing_of(data)
        models = _standard(new, now - _PAST)
    except msgspec.DecodeError as error:
        raise Refused(tr("it cannot be read")) from error
    known = _standard(present, now - _PAST)
    kept = [key for key in known if key in models]
    if len(kept) < _KEPT * len(known):
        raise Refused(tr("{missing} of {count} models are missing", missing=len(known) - len(kept), count=len(known)))
    same = sum(models[key] == known[key] for key in kept)
    if same < _KEPT * len(kept):
        raise Refused(tr("{count} models would have cost something else in the past", count=len(kept) - same))


def _standard(table: Listing, moment: datetime) -> dict[tuple[str, str], Any]:
    """The price of every model at one moment, without tiers."""
    return {
        (provider.id, model.id): listing.prices_at(model, moment, "")
        for provider in table.providers
        for model in _models(provider)
    }


def _models(provider: Provider) -> list[listing.Model]:
    return listing.models_of(provider)


def _model(model: Mapping[str, Any]) -> list[Any]:
    prices = model["prices"]
    if isinstance(prices, list):
        dated = [[_amounts(part["prices"]), _when(part.get("constraint"))] for part in prices]
    else:
        dated = [[_amounts(prices), None]]
    words = {word for words in listing.WORDS.values() for word in words}
    variants = [
        [word, _amounts(variant["prices"]), _when(variant.get("constraint"))]
        for variant in model.get("price_variants") or ()
        if (word := ",".join(f"{key}={value}" for key, value in variant["when"].items())) in words
    ]
    window = model.get("context_window") or 0
    return [model["id"], _clauses(model["match"]), window, dated, *([variants] if variants else [])]


def _when(constraint: Mapping[str, Any] | None) -> Any:
    if not constraint:
        return None
    if "start_date" in constraint:
        return constraint["start_date"]
    return [_utc(constraint["start_time"]), _utc(constraint["end_time"])]


def _utc(text: str) -> time:
    """Without a zone, which the file takes as UTC."""
    value = time.fromisoformat(text)
    return datetime.combine(date(1970, 1, 2), value).astimezone(UTC).time() if value.tzinfo else value


def _amounts(prices: Mapping[str, Any]) -> list[Any]:
    given = {key: value for key, value in prices.items() if value is not None}
    amounts: list[Any] = [_amount(given.pop(key, None)) for key in _PRICES]
    amounts.append(bool(given))
    while amounts and not amounts[-1]:
        amounts.pop()
    return amounts


def _amount(price: Any) -> Any:
    if price is None:
        return None
    if isinstance(price, Mapping):
        return [_text(price["base"]), [[tier["start"], _text(tier["price"])] for tier in price["tiers"]]]
    return _text(price)


def _text(amount: Any) -> str:
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        raise TypeError
    return f"{Decimal(amount):f}"


def _clauses(match: Mapping[str, Any]) -> list[Any]:
    """See :data:`~tokenwatch.pricing.matching.Clause`."""
    return [parts[0] if len(parts) == 1 else parts for parts in _alternatives(match)]


def _alternatives(match: Mapping[str, Any]) -> Sequence[list[str]]:
    """The rules of which one must hold, each as the parts that all must."""
    if "or" in match:
        return [parts for each in match["or"] for parts in _alternatives(each)]
    if "and" in match:
        return [list(chain(*parts)) for parts in product(*map(_alternatives, match["and"]))]
    for kind, name in _CLAUSES:
        if name in match:
            return [[kind + match[name].lower()]]
    return [["/" + match["regex"]]]
