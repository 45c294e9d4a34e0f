"""Numbers where room is short: no needless digit, and none that is missing."""

from __future__ import annotations

import pytest

from tokenwatch.base.format import Numerals
from tokenwatch.base.money import NANO
from tokenwatch.gui.widgets.short_numbers import axis_money, axis_tokens, money_short

GERMAN = Numerals(decimal=",", group=".", currency_first=False, currency_gap=" ")


@pytest.mark.parametrize(
    ("nano", "text"),
    [(412_070_000_000, "$412.07"), (1_204 * NANO, "$1,204"), (9_999 * NANO, "$9,999"), (123_456 * NANO, "$123k")],
)
def test_amounts_in_cells(nano: int, text: str) -> None:
    assert money_short(nano) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (500, "500"), (15_000, "15k"), (2_500_000, "2.5M"), (3_000_000, "3M"), (1_200, "1.2k")],
)
def test_tokens_beside_an_axis(count: int, text: str) -> None:
    assert axis_tokens(count) == text


@pytest.mark.parametrize(
    ("nano", "text"),
    [
        (0, "$0"),
        (NANO // 20, "$0.05"),
        (NANO // 10, "$0.10"),
        (400 * NANO, "$400"),
        (1_500 * NANO, "$1.5k"),
        (2_000 * NANO, "$2k"),
    ],
)
def test_money_beside_an_axis(nano: int, text: str) -> None:
    assert axis_money(nano) == text


def test_other_numerals_lose_the_same_zeros() -> None:
    assert axis_tokens(15_000, GERMAN) == "15k"
    assert axis_money(2_000 * NANO, GERMAN) == "2k $"
    assert axis_money(1_500 * NANO, GERMAN) == "1,5k $"
