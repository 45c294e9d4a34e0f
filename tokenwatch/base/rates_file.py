"""The rates of currencies that were fetched, with their day.

Owns the file's form. Does not own fetching (remote/rates_feed.py) or which rate counts (base/settings.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
from msgspec.structs import replace

from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.settings_values import CURRENCY
from tokenwatch.base.text_file import replace_file


class FetchedRates(msgspec.Struct, frozen=True):
    """``rates``: nano-units of a currency for a dollar, as of ``day``."""

    day: date | None = None
    rates: Mapping[str, int] | None = None


def read(path: Path) -> FetchedRates:
    """What was fetched; nothing if there is no such file or it is damaged."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return FetchedRates()
    import json  # only for a file: it would delay every start

    try:
        content = json.loads(text)
        day = date.fromisoformat(content["day"])
        rates = {str(name): int(rate) for name, rate in content["rates"].items()}
    except (ValueError, LookupError, TypeError, AttributeError):
        return FetchedRates()
    return FetchedRates(day, {name: rate for name, rate in rates.items() if rate > 0 and CURRENCY.fullmatch(name)})


def write(path: Path, fetched: FetchedRates) -> None:
    """Raises OSError."""
    import json

    day = fetched.day.isoformat() if fetched.day else ""
    replace_file(path, json.dumps({"day": day, "rates": dict(fetched.rates or {})}, sort_keys=True) + "\n")


def with_fetched(settings: Settings, paths: Paths) -> Settings:
    """``settings`` with the rates that were fetched; without them where none are wanted."""
    known = read(paths.fetched_rates).rates if settings.update_rates != "never" else None
    return replace(settings, fetched_rates=tuple(sorted((known or {}).items())))
