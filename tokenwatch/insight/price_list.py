"""Price list: what the models that were used lately cost, per million tokens.

Owns which models those are. Does not own prices (pricing) or how they are written.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import msgspec

from tokenwatch.base.clock import DAY_MS
from tokenwatch.base.money import NANO
from tokenwatch.base.usage import Context
from tokenwatch.ledger.queries import Queries
from tokenwatch.pricing.cost import Pricer

LATELY_MS: Final = 60 * DAY_MS
_QUARTER_MS: Final = 900_000


class ModelPrice(msgspec.Struct, frozen=True):
    """Nano-dollars per million tokens of small requests, None where there is no price. ``own``: set by the user."""

    model: str
    input: int | None = None
    output: int | None = None
    cache_read: int | None = None
    cache_write: int | None = None
    own: bool = False

    @property
    def known(self) -> bool:
        return self.input is not None or self.output is not None


def price_list(queries: Queries, pricer: Pricer, now: int, most: int) -> tuple[ModelPrice, ...]:
    """Of the ``most`` models whose use was dearest, at today's prices; used ones without a price come first.

    One line for a model, whoever sold it: at the prices of the seller of most of its tokens. Raises a LedgerError.
    """
    used = queries.sums((now - LATELY_MS) // _QUARTER_MS * _QUARTER_MS, None, by=("model", "provider"))
    sold: dict[str, tuple[int, str]] = {}
    spent: dict[str, int] = {}
    for entry in used:
        model, provider = entry.group
        sold[model] = max(sold.get(model, (-1, "")), (entry.tokens.new, provider))
        spent[model] = spent.get(model, 0) + entry.listed
    listed = [_price(pricer, model, sold[model][1], now) for model in spent if model]
    listed.sort(key=lambda price: (price.known, -spent[price.model], price.model))
    return tuple(listed[:most])


def _price(pricer: Pricer, model: str, provider: str, now: int) -> ModelPrice:
    row = pricer.row(Context(agent="", session="", model=model, provider=provider), now // DAY_MS)
    if row is None:
        return ModelPrice(model)
    rates = row.bands[0].rates
    return ModelPrice(
        model,
        input=_nano(rates.input),
        output=_nano(rates.output),
        cache_read=_nano(rates.cache_read),
        cache_write=_nano(rates.cache_write_5m),
        own=row.source == "yours",
    )


def _nano(dollars: Fraction | None) -> int | None:
    return None if dollars is None else round(dollars * NANO)
