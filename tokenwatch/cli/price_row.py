"""A row of prices, as JSON and in words, for whoever asks where a cost comes from.

Owns both forms. Does not own which row counts (pricing/table.py).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from tokenwatch.base.format import whole
from tokenwatch.pricing.rates import RateRow

_SOURCES: Final = {"yours": "your price", "shipped": "correction shipped", "package": "price table"}
_CONFIDENCE: Final = {
    "exact": "",
    "dated": "",
    "alias": "known by another name",
    "prefix": "only the beginning of the name is known",
    "approximate": "another provider’s price",
    "override": "",
}


def row_json(row: RateRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "model": row.model,
        "provider": row.provider,
        "source": row.source,
        "confidence": row.confidence,
        "usd_per_million": [
            {
                "above_prompt_tokens": band.above,
                "input": _rate(band.rates.input),
                "cache_read": _rate(band.rates.cache_read),
                "cache_write_5m": _rate(band.rates.cache_write_5m),
                "cache_write_1h": _rate(band.rates.cache_write_1h),
                "output": _rate(band.rates.output),
            }
            for band in row.bands
        ],
    }


def price_words(row: RateRow | None) -> str:
    """$5 in, $0.50 read, $6.25/$10 write, $25 out (price table)"""
    if row is None:
        return "no price is known"
    rates = row.bands[0].rates
    amounts = [
        f"{_amount(rates.input)} in",
        f"{_amount(rates.cache_read)} read",
        f"{_amount(rates.cache_write_5m)}/{_amount(rates.cache_write_1h)} write",
        f"{_amount(rates.output)} out",
    ]
    notes = [_SOURCES.get(row.source, row.source), _CONFIDENCE.get(row.confidence, row.confidence)]
    notes += [f"dearer above {whole(row.bands[1].above)}"] if len(row.bands) > 1 else []
    return f"{', '.join(amounts)} ({'; '.join(filter(None, notes))})"


def _rate(rate: Fraction | None) -> float | None:
    return None if rate is None else float(rate)


def _amount(rate: Fraction | None) -> str:
    return "—" if rate is None else f"${float(rate):g}"
