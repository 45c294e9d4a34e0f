"""Money is whole nano-dollars."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.money import from_dollars, json_dollars, to_dollars


@given(st.integers(-(10**20), 10**20))
def test_dollars_and_back_lose_nothing(nano):
    assert from_dollars(to_dollars(nano)) == nano


@pytest.mark.parametrize(
    ("dollars", "nano"), [("0.0000000005", 0), ("0.0000000015", 2), (3, 3_000_000_000), (Decimal("0.1"), 100_000_000)]
)
def test_dollars_become_whole_nano_dollars(dollars, nano):
    assert from_dollars(dollars) == nano


def test_float_is_refused():
    with pytest.raises(TypeError, match="exact"):
        from_dollars(0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize(("nano", "dollars"), [(187_654_321, 0.187654), (500, 0.0), (1_500, 0.000002), (0, 0.0)])
def test_json_has_six_decimals(nano, dollars):
    assert json_dollars(nano) == dollars
