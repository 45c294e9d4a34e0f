"""Numbers for people: the same rounding and the same units everywhere."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base import format as formats
from tokenwatch.base.format import NOTHING, Numerals
from tokenwatch.base.money import NANO, from_dollars

GERMAN = Numerals(decimal=",", group=".", currency="€", currency_first=False, currency_gap="\u00a0")


def nano(dollars: str) -> int:
    return from_dollars(dollars)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (847, "847"),
        (999, "999"),
        (1_000, "1.0k"),
        (1_249, "1.2k"),
        (31_800, "31.8k"),
        (99_949, "99.9k"),
        (99_950, "100k"),
        (212_400, "212k"),
        (999_499, "999k"),
        (999_500, "1.00M"),
        (1_240_331, "1.24M"),
        (79_400_000, "79.4M"),
        (683_000_000, "683M"),
        (1_080_000_000, "1.08G"),
        (10**12, "1.00T"),
        (10**16, "10,000T"),
        (-1_249, "−1.2k"),
    ],
)
def test_tokens(count, text):
    assert formats.tokens(count) == text


def test_scaled_number_and_unit_come_apart():
    assert formats.scaled(31_800) == ("31.8", "k")


@pytest.mark.parametrize(
    ("per_minute", "text"), [(0, "0"), (0.4, "0"), (999.5, "1.0k"), (31_800, "31.8k"), (1_240_000, "1.2M")]
)
def test_rate(per_minute, text):
    assert formats.rate(per_minute) == text


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_shown_as_nothing(value):
    shown = {formats.rate(value), formats.duration(value), formats.percent(value), formats.ratio(value)}
    assert shown | {formats.chance(value), "".join(formats.scaled(value))} == {NOTHING}


def test_whole_numbers_are_grouped():
    assert [formats.whole(count) for count in (999, 1_240_331, -1_000)] == ["999", "1,240,331", "−1,000"]


@pytest.mark.parametrize(
    ("dollars", "text"),
    [
        ("0", "$0.00"),
        ("0.009999999", "<1¢"),
        ("0.01", "$0.01"),
        ("412.07", "$412.07"),
        ("999.994", "$999.99"),
        ("999.995", "$1,000"),
        ("1204.4", "$1,204"),
        ("-3.5", "−$3.50"),
    ],
)
def test_money(dollars, text):
    assert formats.money(nano(dollars)) == text


@pytest.mark.parametrize(
    ("dollars", "text"),
    [
        ("0", "$0"),
        ("0.001", "<1¢"),
        ("0.42", "$0.42"),
        ("0.996", "$1"),
        ("412.07", "$412"),
        ("999.5", "$1.0k"),
        ("1204", "$1.2k"),
        ("18400", "$18.4k"),
        ("1240000", "$1.24M"),
    ],
)
def test_money_for_headlines(dollars, text):
    assert formats.money_round(nano(dollars)) == text


@pytest.mark.parametrize(
    ("dollars", "text"), [("450", "$450"), ("19.99", "$19.99"), ("999", "$999"), ("1204", "$1,204"), ("0", "$0")]
)
def test_money_that_a_person_set(dollars, text):
    assert formats.money_set(nano(dollars)) == text


@pytest.mark.parametrize(("dollars", "text"), [("0", "$0"), ("0.3", "<$1"), ("0.5", "$1"), ("412.5", "$413")])
def test_projected_money_has_no_cents(dollars, text):
    assert formats.money_forecast(nano(dollars)) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [("371", "468", "$371–$468"), ("0.1", "0.4", "$0–$1"), ("0", "0", "$0–$0"), ("980", "1204", "$980–$1.2k")],
)
def test_projected_range(low, high, text):
    assert formats.money_range(nano(low), nano(high)) == text


def test_numerals_of_another_locale():
    assert formats.money(nano("412.07"), GERMAN) == "412,07\u00a0€"
    assert formats.whole(1_240_331, GERMAN) == "1.240.331"
    assert formats.tokens(31_800, GERMAN) == "31,8k"
    assert formats.ratio(4.9, GERMAN) == "4,9×"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0s"),
        (40.9, "40s"),
        (60, "1m"),
        (47 * 60 + 59, "47m"),
        (3600, "1h"),
        (4320, "1h 12m"),
        (86_400, "1d"),
        (2 * 86_400 + 14 * 3600 + 3599, "2d 14h"),
    ],
)
def test_duration(seconds, text):
    assert formats.duration(seconds) == text


@pytest.mark.parametrize(
    ("fraction", "text"), [(0, "0%"), (0.134, "13%"), (0.135, "14%"), (1, "100%"), (-0.2, "−20%"), (-0.001, "0%")]
)
def test_percent(fraction, text):
    assert formats.percent(fraction) == text


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0, "under 1%"), (0.0099, "under 1%"), (0.13, "13%"), (0.995, "over 99%"), (1, "over 99%")],
)
def test_chance(probability, text):
    assert formats.chance(probability) == text


@pytest.mark.parametrize(
    ("value", "text"), [(4.94, "4.9×"), (99.94, "99.9×"), (99.96, "100×"), (1234.4, "1,234×"), (-0.01, "0.0×")]
)
def test_ratio(value, text):
    assert formats.ratio(value) == text


def test_shares_add_up_to_all():
    assert formats.shares([1, 1, 1]) == ("33.4%", "33.3%", "33.3%")


def test_shares_of_nothing_are_nothing():
    assert formats.shares([0, 0]) == ("0.0%", "0.0%")


@pytest.mark.parametrize("parts", [[-1, 2], [1]])
def test_negative_parts_are_refused(parts):
    with pytest.raises(ValueError, match="negative"):
        formats.largest_remainder(parts, -1)


@given(st.lists(st.integers(0, 10**15), min_size=1), st.integers(0, 10**6))
def test_shared_units_add_up_and_no_part_is_off_by_a_unit(parts, units):
    shared = formats.largest_remainder(parts, units)
    assert sum(shared) == (units if sum(parts) else 0)
    assert all(
        abs(got * sum(parts) - part * units) < sum(parts)
        for got, part in zip(shared, parts, strict=True)
        if sum(parts)
    )


def value_of(text: str) -> float:
    units = {"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
    text = text.replace(",", "")
    return float(text[:-1]) * units[text[-1]] if text[-1] in units else float(text)


@given(st.integers(0, 10**15))
def test_tokens_are_off_by_half_of_the_last_digit_at_most(count):
    assert abs(value_of(formats.tokens(count)) - count) <= max(
        0.0, count * 0.0501 if count < 100_000 else count * 0.00501
    )


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_more_tokens_never_look_like_fewer(one, other):
    low, high = sorted((one, other))
    assert value_of(formats.tokens(low)) <= value_of(formats.tokens(high))


@given(st.integers(0, 10**20), st.integers(0, 10**20))
def test_more_money_never_looks_like_less(one, other):
    def amount(value: int) -> float:
        text = formats.money(value)
        return 0.005 if text == "<1¢" else float(text.removeprefix("$").replace(",", ""))

    low, high = sorted((one, other))
    assert amount(low) <= amount(high)


@given(st.integers(1, 10**20))
def test_spending_never_looks_like_nothing(amount):
    zero = {"$0", "$0.00"}
    assert not zero & {formats.money(amount), formats.money_round(amount), formats.money_forecast(amount)}
    assert not formats.money_range(0, amount).endswith("–$0")


@given(st.floats())
def test_no_float_is_too_much(value):
    for shown in (formats.rate, formats.duration, formats.percent, formats.chance, formats.ratio):
        assert shown(value)


def test_nano_is_a_billionth():
    assert formats.money(NANO) == "$1.00"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (9_949, "9.9 kB"),
        (9_951, "10 kB"),
        (41_300_000, "41 MB"),
        (999_600_000, "1.0 GB"),
        (3 * 10**15, "3000 TB"),
    ],
)
def test_sizes_have_a_decimal_only_while_they_are_small(number: int, text: str) -> None:
    assert formats.byte_size(number) == text


@pytest.mark.parametrize(
    ("dollars", "text"),
    [
        ("5", "$5.00"),
        ("0.125", "$0.125"),
        ("6.25", "$6.25"),
        ("0.0004", "$0.0004"),
        ("0", "$0.00"),
        ("1200", "$1,200"),
    ],
)
def test_list_price_has_the_digits_it_needs(dollars, text):
    assert formats.money_price(nano(dollars)) == text


def test_list_price_is_never_hidden():
    assert formats.money_price(nano("0.125"), Numerals(hidden=True)) == "$0.125"
    assert formats.money_price(nano("0.125"), GERMAN) == "0,125\u00a0€"
