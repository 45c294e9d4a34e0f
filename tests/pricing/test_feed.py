"""Newer prices: the package's own file becomes our table without the package, and only if it is credible."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from genai_prices import data_snapshot

from tokenwatch.pricing import listing
from tokenwatch.pricing.feed import Refused, check, converted
from tokenwatch.pricing.table import package_data, prices_file

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def plain(value: Any) -> Any:
    """A value of the package as the JSON that it was made from."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, re.Pattern):
        return value.pattern
    if isinstance(value, (str, int, Decimal, dict, type(None))):
        return value
    fields = {name: each for name, each in vars(value).items() if each is not None and not name.startswith("_")}
    return {{"or_": "or", "and_": "and"}.get(name, name): plain(each) for name, each in fields.items()}


@pytest.fixture(scope="module")
def raw() -> list[Any]:
    keep = ("id", "model_match", "fallback_model_providers", "models")
    return [
        {name: plain(getattr(provider, name)) for name in keep if getattr(provider, name)}
        for provider in data_snapshot.get_snapshot().providers
    ]


@pytest.fixture(scope="module")
def shipped() -> listing.Listing:
    return listing.listing_of(prices_file().read_bytes())


def test_file_gives_the_same_table_as_the_package(raw: list[Any]) -> None:
    version = listing.listing_of(package_data()).version
    assert converted(raw, version) == package_data()


def test_same_prices_are_credible(raw: list[Any], shipped: listing.Listing) -> None:
    check(converted(raw, "0.2.3+2026-11-23"), shipped, NOW)


def test_new_price_of_today_is_credible(raw: list[Any], shipped: listing.Listing) -> None:
    changed = deepcopy(raw)
    day = (NOW + timedelta(days=1)).date().isoformat()
    for model in next(each for each in changed if each["id"] == "anthropic")["models"]:
        if not isinstance(model["prices"], list):
            new = {"constraint": {"start_date": day}, "prices": {"input_mtok": 1, "output_mtok": 2}}
            model["prices"] = [{"prices": model["prices"]}, new]
    check(converted(changed, "x"), shipped, NOW)


def test_other_prices_in_the_past_are_refused(raw: list[Any], shipped: listing.Listing) -> None:
    changed = deepcopy(raw)
    for provider in changed:
        for model in provider["models"]:
            model["prices"] = {"input_mtok": Decimal("0.01"), "output_mtok": Decimal("0.01")}
    with pytest.raises(Refused, match="would have cost something else in the past"):
        check(converted(changed, "x"), shipped, NOW)


def test_table_without_most_models_is_refused(raw: list[Any], shipped: listing.Listing) -> None:
    with pytest.raises(Refused, match="models are missing"):
        check(converted(raw[:3], "x"), shipped, NOW)


@pytest.mark.parametrize(
    "hostile",
    [
        None,
        {},
        [1],
        [{"id": "anthropic"}],
        [{"id": "anthropic", "models": [{"id": "m"}]}],
        [{"id": "anthropic", "models": [{"id": "m", "match": {"equals": "m"}, "prices": {"input_mtok": "free"}}]}],
        [{"id": "anthropic", "models": [{"id": "m", "match": {"equals": 1}, "prices": {}}]}],
        [{"id": "anthropic", "models": [{"id": "m", "match": {"equals": "m"}, "prices": {"input_mtok": True}}]}],
    ],
)
def test_file_of_another_shape_is_refused(hostile: Any, shipped: listing.Listing) -> None:
    with pytest.raises(Refused):
        check(converted(hostile, "x"), shipped, NOW)


def test_damaged_table_is_refused(shipped: listing.Listing) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        check(b'{"version":"x","providers":[["anthropic",[],[],[[1]]]]}', shipped, NOW)
    with pytest.raises(msgspec.DecodeError):
        listing.listing_of(b"[")
