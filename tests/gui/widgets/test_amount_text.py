"""What a person types for an amount is understood as meant, or refused; never taken for something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.format import ENGLISH, Numerals, money_set
from tokenwatch.base.money import NANO
from tokenwatch.gui.widgets.amount_text import read_amount, read_percentage

GERMAN = Numerals(decimal=",", group=".", currency_first=False, currency_gap=" ")
FRENCH = Numerals(decimal=",", group="\u202f", currency_first=False, currency_gap="\u00a0")
MOST = 10_000_000


@pytest.mark.parametrize(
    ("text", "numerals", "dollars"),
    [
        ("450", ENGLISH, 450),
        ("$1,204", ENGLISH, 1204),
        (" $ 1,234,567 ", ENGLISH, 1_234_567),
        ("1’204", ENGLISH, 1204),
        ("0", ENGLISH, 0),
        ("", ENGLISH, 0),
        ("   ", ENGLISH, 0),
        ("1.204 $", GERMAN, 1204),
        ("1\u202f204\u00a0$", FRENCH, 1204),
    ],
)
def test_whole_amounts(text: str, numerals: Numerals, dollars: int) -> None:
    assert read_amount(text, MOST, numerals) == dollars * NANO


@pytest.mark.parametrize(
    ("text", "numerals"),
    [("19.99", ENGLISH), ("$19.99", ENGLISH), ("19,99 $", GERMAN), ("19,99", FRENCH), ("19.99", FRENCH)],
)
def test_cents(text: str, numerals: Numerals) -> None:
    assert read_amount(text, MOST, numerals) == 19_990_000_000


@pytest.mark.parametrize(
    "text", ["abc", "-5", "1,23", "1,2345", "1.2.3", "5e3", "٤٥٠", "½", "inf", "nan", "4 50 euros", "<b>5</b>", "."]
)
def test_nonsense_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"^Not an amount, such as \$450$"):
        read_amount(text, MOST)


def test_group_that_looks_like_cents_is_not_guessed() -> None:
    assert read_amount("1.204", MOST, GERMAN) == 1204 * NANO
    with pytest.raises(ValueError, match="Not an amount"):
        read_amount("19.99", MOST, GERMAN)


def test_too_much_is_refused() -> None:
    assert read_amount("10,000,000", MOST) == MOST * NANO
    with pytest.raises(ValueError, match=r"^At most \$10,000,000$"):
        read_amount("10,000,000.01", MOST)
    with pytest.raises(ValueError, match="At most"):
        read_amount("9" * 5000, MOST)


@given(st.integers(0, MOST * 100), st.sampled_from([ENGLISH, GERMAN, FRENCH]))
def test_what_is_shown_is_read_back(cents: int, numerals: Numerals) -> None:
    nano = cents * NANO // 100
    if nano >= 1000 * NANO:
        nano -= nano % NANO  # from there on only whole dollars are shown
    assert read_amount(money_set(nano, numerals), MOST, numerals) == nano


@given(st.text(max_size=30))
def test_any_text_gives_an_amount_or_a_sentence(text: str) -> None:
    try:
        found = read_amount(text, MOST)
    except ValueError as error:
        assert str(error).startswith(("Not an amount", "At most"))
    else:
        assert 0 <= found <= MOST * NANO


@pytest.mark.parametrize(("text", "found"), [("80", 80), ("80%", 80), (" 100 % ", 100), ("", None), ("%", None)])
def test_percentages(text: str, found: int | None) -> None:
    assert read_percentage(text, 1000) == found


@pytest.mark.parametrize("text", ["0", "1001", "50.5", "-3", "a", "٨٠", "0000000080000", "9" * 5000])
def test_no_percentage(text: str) -> None:
    with pytest.raises(ValueError, match=r"^A whole number from 1 to 1000$"):
        read_percentage(text, 1000)
