"""The price list names the models in use, those without a price first, at the prices that hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.conftest import HOUR, reading, record
from tokenwatch.base.money import NANO
from tokenwatch.insight.price_list import LATELY_MS, ModelPrice, price_list
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries
from tokenwatch.pricing.cost import Pricer

NOON = 1_795_176_000_000
OWN = """
[[price]]
model = "local-7b"
input = 0.5
output = 1.25
"""


@pytest.fixture
def pricer(tmp_path: Path) -> Pricer:
    return Pricer(tmp_path / "prices.toml")


@pytest.fixture
def asked(tmp_path: Path, pricer: Pricer) -> Iterator[Queries]:
    ledger = Ledger(tmp_path / "ledger.sqlite", pricer, {})
    used = (
        record(1, model="gpt-5.1", provider="openai", time=NOON),
        record(2, model="claude-opus-4-5", provider="anthropic", time=NOON, output=90_000),
        record(3, model="local-7b", provider="", time=NOON),
        record(4, model="gpt-4.1", provider="openai", time=NOON - LATELY_MS - 24 * HOUR),
    )
    ledger.enter([reading("/a", *used)], NOON)
    ledger.close()
    queries = Queries(tmp_path / "ledger.sqlite")
    yield queries
    queries.close()


def test_models_in_use_are_listed_without_a_price_first_then_the_dearest(asked: Queries, pricer: Pricer) -> None:
    found = price_list(asked, pricer, NOON, 8)
    assert [price.model for price in found] == ["local-7b", "claude-opus-4-5", "gpt-5.1"]
    assert found[0] == ModelPrice("local-7b")
    assert found[1] == ModelPrice("claude-opus-4-5", 5 * NANO, 25 * NANO, NANO // 2, 6_250_000_000)
    assert [price.known for price in found] == [False, True, True]


def test_only_so_many_are_listed(asked: Queries, pricer: Pricer) -> None:
    assert [price.model for price in price_list(asked, pricer, NOON, 1)] == ["local-7b"]


def test_price_of_ones_own_is_marked(asked: Queries, tmp_path: Path, pricer: Pricer) -> None:
    (tmp_path / "prices.toml").write_text(OWN)
    pricer.reload()
    own = next(price for price in price_list(asked, pricer, NOON, 8) if price.model == "local-7b")
    assert (own.input, own.output, own.own) == (NANO // 2, 1_250_000_000, True)
