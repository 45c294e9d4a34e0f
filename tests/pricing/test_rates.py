"""From tokens to nano-dollars: exact, rounded once, and unknown where a price is missing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pricing.conftest import use
from tokenwatch.base.usage import Record
from tokenwatch.pricing.rates import UNPRICED, Band, Priced, RateRow, Rates

PLAIN = Rates(*map(Fraction, (5, "0.5", "6.25", 10, 25)))
COUNTS = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output")


def row(*bands: Band, **more: object) -> RateRow:
    return RateRow("m", "p", "exact", bands, **{"web_search": Fraction(10), **more})  # type: ignore[arg-type]


def plain(**more: object) -> RateRow:
    return row(Band(0, PLAIN), **more)


def long(**more: object) -> RateRow:
    return row(Band(0, PLAIN), Band(200_000, PLAIN.times(Fraction(2))), **more)


def nano_of(rates: RateRow, record: Record) -> int | None:
    return rates.nano(*(getattr(record, name) for name in (*COUNTS, "reasoning", "web_search")))


@pytest.mark.parametrize(("count", "nano"), list(zip(COUNTS, (5_000, 500, 6_250, 10_000, 25_000), strict=True)))
def test_a_token_of_each_kind_costs_its_rate(count: str, nano: int) -> None:
    assert plain().price(use("m", **{count: 1})) == Priced(nano, "exact")


def test_kinds_are_added_up() -> None:
    record = use("m", input=2, cache_read=3, cache_write_5m=5, cache_write_1h=7, output=11)
    assert plain().price(record).nano == 2 * 5_000 + 3 * 500 + 5 * 6_250 + 7 * 10_000 + 11 * 25_000


def test_nothing_costs_nothing() -> None:
    assert plain().price(use("m")) == Priced(0, "exact")


def test_reasoning_is_a_part_of_output() -> None:
    assert plain().price(use("m", output=10, reasoning=10)) == plain().price(use("m", output=10))


@pytest.mark.parametrize(("reasoning", "nano"), [(0, 20_000), (4, 6 * 2_000 + 4 * 3_000), (10, 30_000), (99, 30_000)])
def test_reasoning_with_a_price_of_its_own_replaces_that_of_output(reasoning: int, nano: int) -> None:
    rates = row(Band(0, Rates(*map(Fraction, (1, 1, 1, 1, 2, 3)))))
    assert rates.price(use("m", output=10, reasoning=reasoning)).nano == nano


def test_rounding_is_half_to_even_and_happens_once() -> None:
    rates = row(Band(0, Rates(*map(Fraction, ("0.0005", "0.0005", 0, 0, 0)))))  # half a nano-dollar a token
    assert [rates.price(use("m", input=count)).nano for count in (1, 2, 3, 4, 5)] == [0, 1, 2, 2, 2]
    assert rates.price(use("m", input=1, cache_read=1)).nano == 1


def test_rates_that_no_decimal_number_can_hold_stay_exact() -> None:
    rates = row(Band(0, Rates(*(Fraction(1, 3),) * 5)))
    assert rates.price(use("m", input=3_000)).nano == 1_000_000


@pytest.mark.parametrize(("prompt", "times"), [(200_000, 1), (200_001, 2)])
def test_the_long_price_is_for_every_token_of_a_prompt_above_the_limit(prompt: int, times: int) -> None:
    priced = long().price(use("m", input=prompt, output=100))
    assert priced.nano == times * (prompt * 5_000 + 100 * 25_000)


@pytest.mark.parametrize("count", ["input", "cache_read", "cache_write_5m", "cache_write_1h"])
def test_cached_tokens_belong_to_the_prompt(count: str) -> None:
    below, above = (long().price(use("m", **{count: tokens})).nano for tokens in (200_000, 200_001))
    assert below is not None and above is not None and above > 1.9 * below


def test_output_does_not_belong_to_the_prompt() -> None:
    assert long().price(use("m", input=1, output=300_000)).nano == 5_000 + 300_000 * 25_000


def test_the_highest_band_below_the_prompt_counts() -> None:
    rates = row(*(Band(above, PLAIN.times(Fraction(above + 1))) for above in (0, 10, 20)))
    assert [rates.price(use("m", input=count)).nano for count in (10, 11, 21)] == [
        10 * 5_000,
        11 * 5_000 * 11,
        21 * 5_000 * 21,
    ]


def test_a_prompt_longer_than_the_tier_allows_is_priced_but_not_at_its_tier() -> None:
    rates = plain(flat_above=200_000)
    assert rates.price(use("m", input=200_000)).tier_priced
    assert rates.price(use("m", input=200_001)) == Priced(200_001 * 5_000, "exact", False)


def test_the_limit_itself_is_still_within_the_tier_also_of_fractions_of_a_nano_dollar() -> None:
    third = Rates(*(Fraction(1, 3),) * 5)
    priced = [row(Band(0, third), flat_above=9).price(use("m", input=count)) for count in (9, 10)]
    assert priced == [Priced(3_000, "exact"), Priced(3_333, "exact", False)]


def test_a_tier_without_a_price_is_told() -> None:
    assert not plain(tier_priced=False).price(use("m", input=1)).tier_priced


def test_web_searches_cost_their_fee_per_thousand() -> None:
    assert plain().price(use("m", web_search=3)) == Priced(3 * 10_000_000, "exact")


def test_searches_without_a_known_fee_leave_the_tokens_priced_and_the_cost_approximate() -> None:
    rates = plain(web_search=None)
    assert rates.price(use("m", input=1, web_search=3)) == Priced(5_000, "approximate")
    assert rates.price(use("m", input=1)) == Priced(5_000, "exact")


def test_a_fee_per_request_is_added_once() -> None:
    assert plain(request=Fraction(1, 1000)).price(use("m", input=1)).nano == 1_000_000 + 5_000


@pytest.mark.parametrize("missing", range(5))
def test_tokens_without_a_price_make_the_record_unpriced(missing: int) -> None:
    values: list[Fraction | None] = [Fraction(1)] * 5
    values[missing] = None
    rates = row(Band(0, Rates(*values)))
    with_tokens = use("m", **{COUNTS[missing]: 1})
    without = use("m", **{name: 1 for name in COUNTS if name != COUNTS[missing]})
    assert rates.price(with_tokens) is UNPRICED
    assert nano_of(rates, with_tokens) is None
    assert rates.price(without).nano == 4_000


def test_unpriced_is_not_free() -> None:
    free = row(Band(0, Rates(*(Fraction(0),) * 5)))
    assert free.price(use("m", input=9)) == Priced(0, "exact")
    assert Priced(None, "none") == UNPRICED


def test_rates_times_a_factor_keep_what_is_unknown() -> None:
    half = Rates(Fraction(2), None, Fraction(4), None, Fraction(6), Fraction(8)).times(Fraction(1, 2))
    assert half == Rates(Fraction(1), None, Fraction(2), None, Fraction(3), Fraction(4))


dollars = st.fractions(min_value=0, max_value=100, max_denominator=10_000)
maybe = st.none() | dollars
count = st.integers(0, 10**10)
some_rates = st.builds(Rates, maybe, maybe, maybe, maybe, maybe, maybe)
some_rows = st.builds(
    lambda first, rest, search, request, flat: row(
        Band(0, first), *(Band(above, rates) for above, rates in sorted(rest.items())), web_search=search,
        request=request, flat_above=flat,
    ),
    some_rates,
    st.dictionaries(st.integers(1, 10**6), some_rates, max_size=2),
    maybe,
    dollars,
    st.none() | st.integers(1, 10**6),
)  # fmt: skip
some_records = st.builds(
    lambda counts, reasoning, searches: use(
        "m", **dict(zip(COUNTS, counts, strict=True)), reasoning=reasoning, web_search=searches
    ),
    st.lists(count | st.integers(0, 10**6), min_size=5, max_size=5),
    count,
    st.integers(0, 100),
)


@given(some_rows, some_records)
def test_price_is_the_sum_of_its_products(rates: RateRow, record: Record) -> None:
    counts = [getattr(record, name) for name in COUNTS]
    prompt = sum(counts[:4])
    band = [each for each in rates.bands if each.above == 0 or prompt > each.above][-1].rates
    values = (band.input, band.cache_read, band.cache_write_5m, band.cache_write_1h, band.output)
    if any(tokens and rate is None for tokens, rate in zip(counts, values, strict=True)):
        expected = None
    else:
        exact = sum(tokens * (rate or 0) for tokens, rate in zip(counts, values, strict=True)) / 10**6
        if band.reasoning is not None and band.output is not None:
            exact += min(record.reasoning, record.output) * (band.reasoning - band.output) / 10**6
        exact += record.web_search * (rates.web_search or 0) / 1000 + rates.request
        expected = round(exact * 10**9)
    assert rates.price(record).nano == expected


@given(some_rows, some_records)
def test_pricing_in_bulk_gives_the_same_as_a_record_at_a_time(rates: RateRow, record: Record) -> None:
    assert nano_of(rates, record) == rates.price(record).nano
