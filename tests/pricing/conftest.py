"""Records by model and day, prices from a text, and the price package's own answers to hold ours against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from genai_prices import types
from genai_prices.data_snapshot import get_snapshot

from tokenwatch.base.usage import Context, Record
from tokenwatch.pricing.cost import Pricer
from tokenwatch.pricing.table import Table

DAY = "2026-11-20"
EPOCH = date(1970, 1, 1).toordinal()

Prices = Callable[..., Pricer]


def use(model: str, provider: str = "", at: str = DAY, **more: object) -> Record:
    """A record at ``at`` (a UTC day, or a moment); ``more`` are fields of the record or of its context."""
    of_context = {name: value for name, value in more.items() if name in Context.__struct_fields__}
    of_record = {name: value for name, value in more.items() if name not in of_context}
    context = Context(agent="toy", session="s1", model=model, provider=provider)
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    made = Record(
        context=msgspec.structs.replace(context, **of_context),
        family=1,
        variant=2,
        time=int(moment.timestamp() * 1000),
    )
    return msgspec.structs.replace(made, **of_record)


def day_number(day: str) -> int:
    return date.fromisoformat(day).toordinal() - EPOCH


def nano(dollars: str) -> int:
    exact = Fraction(dollars) * 10**9
    assert exact.denominator == 1
    return int(exact)


def rates(pricer: Pricer, model: str, provider: str = "", at: str = DAY, **more: object) -> list[str] | None:
    """Input, cache read, 5-minute and 1-hour write, output: dollars per million tokens, of the first band."""
    row = pricer.row(use(model, provider, at, **more).context, day_number(at))
    if row is None:
        return None
    first = row.bands[0].rates
    return [
        "-" if rate is None else f"{float(rate):g}"
        for rate in (first.input, first.cache_read, first.cache_write_5m, first.cache_write_1h, first.output)
    ]


@pytest.fixture
def prices(tmp_path: Path) -> Prices:
    """Makes a pricer from the texts of the user's file and, if not the usual one, of ours."""

    def make(yours: str = "", shipped: str | None = None) -> Pricer:
        (tmp_path / "prices.toml").write_text(yours, encoding="utf-8")
        if shipped is None:
            return Pricer(tmp_path / "prices.toml")
        (tmp_path / "shipped.toml").write_text(shipped, encoding="utf-8")
        return Pricer(tmp_path / "prices.toml", shipped=tmp_path / "shipped.toml")

    return make


@pytest.fixture(scope="session")
def pricer(tmp_path_factory: pytest.TempPathFactory) -> Pricer:
    """As after installing: no prices of the user."""
    return Pricer(tmp_path_factory.mktemp("config") / "prices.toml")


@pytest.fixture(scope="session")
def table() -> Table:
    return Table()


@pytest.fixture(scope="session")
def package() -> dict[str, types.Provider]:
    """The price package's own data."""
    return {provider.id: provider for provider in get_snapshot().providers}


TIERS = {
    "standard": ({},),
    "fast": ({"speed": "fast"}, {"service_tier": "fast"}),
    "priority": ({"service_tier": "priority"},),
    "flex": ({"service_tier": "flex"},),
    "batch": ({"processing": "batch"},),
}
"""Ours -> the package's words, of which the first that is priced counts."""


def constraint_holds(
    constraint: types.StartDateConstraint | types.TimeOfDateConstraint | None, moment: datetime
) -> bool:
    return constraint is None or constraint.active(moment)


def context_of(model: types.ModelInfo, moment: datetime, tier: str) -> dict[str, str] | None:
    """The package's context for ``tier`` if the model has a price of it at ``moment``, else None."""
    return next(
        (
            context
            for context in TIERS[tier]
            if any(
                variant.when == context and constraint_holds(variant.constraint, moment)
                for variant in model.price_variants or ()
            )
        ),
        None,
    )


def usage_of(record: Record) -> types.Usage:
    """What the package calls the same tokens: cached ones are a part of input."""
    write = record.cache_write_5m + record.cache_write_1h
    return types.Usage(
        input_tokens=record.input + record.cache_read + write,
        cache_read_tokens=record.cache_read,
        cache_write_tokens=write,
        cache_write_5m_tokens=record.cache_write_5m,
        cache_write_1h_tokens=record.cache_write_1h,
        output_tokens=record.output,
        output_reasoning_tokens=record.reasoning,
        web_searches=record.web_search,
    )


def half_even(dollars: Decimal) -> int:
    """Nano-dollars, as Python rounds fractions."""
    return round(Fraction(dollars) * 10**9)
