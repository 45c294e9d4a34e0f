"""Newer prices and rates of currencies: kept when they are credible, refused in words when not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tokenwatch.base.errors import RemoteError
from tokenwatch.base.paths import Paths
from tokenwatch.base.rates_file import read, with_fetched
from tokenwatch.base.settings import Settings
from tokenwatch.pricing.feed import HOST, PATH
from tokenwatch.pricing.listing import listing_of
from tokenwatch.pricing.table import prices_file
from tokenwatch.remote.price_feed import fetch_prices, fetch_rates
from tokenwatch.remote.transport import RATES_HOST

NOW = 1_795_431_041_000
GOOD = {"amount": 1, "base": "USD", "date": "2026-11-20", "rates": {"EUR": Decimal("0.8657"), "JPY": 156, "bad": 1}}


class Answers:
    """A transport whose answers were given; remembers what it was asked."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str]] = []

    def get(self, host: str, path: str, query: Iterable[tuple[str, str]], headers: Mapping[str, str]) -> Any:
        assert not headers
        self.asked.append((host, path))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_rates_are_kept_with_their_day(tmp_path: Path) -> None:
    transport = Answers(GOOD)
    fetch_rates(transport, tmp_path / "rates.json")
    kept = read(tmp_path / "rates.json")
    assert transport.asked == [(RATES_HOST, "/v1/latest")]
    assert (str(kept.day), kept.rates) == ("2026-11-20", {"EUR": 865_700_000, "JPY": 156 * 10**9})


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        GOOD | {"base": "EUR"},
        GOOD | {"date": "now"},
        GOOD | {"rates": {}},
        GOOD | {"rates": {"EUR": "x"}},
    ],
)
def test_rates_of_another_form_are_refused_and_the_former_stay(tmp_path: Path, answer: Any) -> None:
    path = tmp_path / "rates.json"
    fetch_rates(Answers(GOOD), path)
    with pytest.raises(RemoteError, match="another form"):
        fetch_rates(Answers(answer), path)
    assert read(path).rates


@pytest.mark.parametrize("text", ["", "[]", '{"day": "2026-11-20", "rates": {"EUR": "x"}}', '{"rates": {}}', "\xff"])
def test_damaged_file_of_rates_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "rates.json").write_text(text, encoding="latin-1")
    assert read(tmp_path / "rates.json").rates is None


def test_fetched_rates_count_after_consent_and_after_one_s_own(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    fetch_rates(Answers(GOOD), paths.fetched_rates)
    assert with_fetched(Settings(), paths).known_rates == {}
    settings = with_fetched(Settings(update_rates="weekly", rates=(("EUR", 900_000_000),)), paths)
    assert settings.known_rates == {"EUR": 900_000_000, "JPY": 156 * 10**9}


def test_prices_that_are_not_credible_are_not_kept(tmp_path: Path) -> None:
    present = listing_of(prices_file().read_bytes())
    transport = Answers(json.loads("[]"))
    with pytest.raises(RemoteError, match="models are missing"):
        fetch_prices(transport, present, NOW, tmp_path / "prices.json")
    assert transport.asked == [(HOST, PATH)]
    assert not (tmp_path / "prices.json").exists()


def test_silent_network_is_said(tmp_path: Path) -> None:
    with pytest.raises(RemoteError, match="no answer"):
        fetch_rates(Answers(RemoteError("no answer")), tmp_path / "rates.json")
