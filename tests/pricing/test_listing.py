"""What the listing's data means: dates, hours, tiers, long-context bands, and what is free or unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from fractions import Fraction

import msgspec
import pytest

from tokenwatch.pricing.listing import (
    Amounts,
    Dated,
    Listing,
    Model,
    Stepped,
    Variant,
    listing_of,
    models_of,
    prices_at,
)
from tokenwatch.pricing.rates import HIGHEST

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BASE = Amounts("5", "25", "0.5", "6.25", "10", "10")


def model(*prices: Dated, variants: tuple[Variant, ...] = ()) -> Model:
    return Model("m", ("=m",), 0, prices, variants)


def at(moment: datetime, *prices: Dated) -> str:
    """The input rate that holds."""
    found = prices_at(model(*prices), moment, "standard")
    assert found is not None
    return str(found.bands[0].rates.input)


def rates(amounts: Amounts, band: int = 0) -> list[str]:
    found = prices_at(model(Dated(amounts)), NOON, "standard")
    assert found is not None
    return [str(value) for value in (getattr(found.bands[band].rates, name) for name in RATES)]


RATES = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning")


def test_prices_are_exact_fractions() -> None:
    assert rates(BASE) == ["5", "1/2", "25/4", "10", "25", "None"]
    assert rates(Amounts("0.1", "0.30000000000000004"))[4] == str(Fraction("0.30000000000000004"))


def test_what_has_no_price_of_its_own_costs_what_its_parent_does() -> None:
    assert rates(Amounts("1", "2")) == ["1", "1", "1", "1", "2", "None"]
    assert rates(Amounts("1", "2", cache_write="3")) == ["1", "1", "3", "3", "2", "None"]
    assert rates(Amounts("1", "2", cache_write="3", cache_write_5m="4", cache_write_1h="5")) == [
        "1", "1", "4", "5", "2", "None",
    ]  # fmt: skip
    assert rates(Amounts("1", "2", reasoning="9"))[5] == "9"


def test_output_has_no_parent() -> None:
    assert rates(Amounts("1")) == ["1", "1", "1", "1", "None", "None"]
    assert rates(Amounts(None, "2")) == ["None", "None", "None", "None", "2", "None"]


def test_a_model_without_any_price_is_free() -> None:
    assert rates(Amounts()) == ["0", "0", "0", "0", "0", "None"]


@pytest.mark.parametrize("amounts", [Amounts(other=True), Amounts(web_search="1"), Amounts(request="1")])
def test_a_model_with_prices_of_other_things_only_is_unknown(amounts: Amounts) -> None:
    assert prices_at(model(Dated(amounts)), NOON, "standard") is None
    assert prices_at(model(), NOON, "standard") is None


@pytest.mark.parametrize("text", [str(HIGHEST + 1), "-1", "1e9", "many", "nan", ""])
@pytest.mark.parametrize("field", ["input", "output", "cache_read", "cache_write_1h", "web_search"])
def test_a_price_out_of_range_leaves_the_model_without_any(field: str, text: str) -> None:
    wrong = msgspec.structs.replace(BASE, **{field: text})
    assert prices_at(model(Dated(wrong)), NOON, "standard") is None
    high = msgspec.structs.replace(BASE, **{field: Stepped("1", ((10, text),))})
    assert field == "web_search" or prices_at(model(Dated(high)), NOON, "standard") is None


def test_the_highest_price_is_still_one() -> None:
    assert rates(Amounts(str(HIGHEST), "0"))[0] == str(HIGHEST)


# Dates and hours

DATED = (Dated(Amounts("1")), Dated(Amounts("2"), date(2026, 3, 2)), Dated(Amounts("3"), date(2026, 5, 1)))


@pytest.mark.parametrize(
    ("moment", "rate"),
    [
        (datetime(2020, 1, 1, tzinfo=UTC), "1"),
        (datetime(2026, 3, 1, 23, 59, 59, 999_999, tzinfo=UTC), "1"),
        (datetime(2026, 3, 2, tzinfo=UTC), "2"),
        (datetime(2026, 3, 2, 1, tzinfo=timezone(timedelta(hours=2))), "1"),
        (datetime(2026, 3, 1, 23, tzinfo=timezone(timedelta(hours=-2))), "2"),
        (datetime(2026, 4, 30, 23, 59, tzinfo=UTC), "2"),
        (datetime(2026, 5, 1, tzinfo=UTC), "3"),
        (datetime(9999, 12, 31, tzinfo=UTC), "3"),
    ],
)
def test_a_price_holds_from_its_utc_day_on(moment: datetime, rate: str) -> None:
    assert at(moment, *DATED) == rate


def test_before_the_first_day_the_first_price_holds() -> None:
    assert at(NOON, Dated(Amounts("1"), date(2027, 1, 1)), Dated(Amounts("2"), date(2028, 1, 1))) == "1"


@pytest.mark.parametrize(("hour", "rate"), [(0, "2"), (1, "1"), (15, "1"), (16, "2"), (23, "2")])
def test_a_time_of_day_may_go_over_midnight(hour: int, rate: str) -> None:
    night = Dated(Amounts("2"), (time(16, 0), time(0, 30)))
    assert at(NOON.replace(hour=hour), Dated(Amounts("1")), night) == rate


@pytest.mark.parametrize(
    ("moment", "rate"),
    [(time(8, 59, 59, 999_999), "1"), (time(9), "2"), (time(16, 59, 59), "2"), (time(17), "1")],
)
def test_a_time_of_day_ends_before_its_end(moment: time, rate: str) -> None:
    office = Dated(Amounts("2"), (time(9), time(17)))
    assert at(datetime.combine(NOON, moment, UTC), Dated(Amounts("1")), office) == rate


def test_a_model_tells_when_its_prices_change() -> None:
    hours = (time(9), time(17))
    made = model(*DATED, variants=(Variant("speed=fast", Amounts("9"), hours),))
    assert made.days == (date(2026, 3, 2), date(2026, 5, 1))
    assert (made.steady, made.hours(NOON), made.hours(NOON.replace(hour=20))) == (False, (True,), (False,))
    assert (model(*DATED).steady, model(*DATED).hours(NOON)) == (True, ())


# Tiers and long prompts

LONG = Amounts(
    Stepped("2", ((200_000, "4"),)), Stepped("10", ((200_000, "15"),)), Stepped("0.2", ((200_000, "0.4"),))
)


def test_a_long_prompt_has_a_band_of_its_own() -> None:
    found = prices_at(model(Dated(LONG)), NOON, "standard")
    assert found is not None
    assert [band.above for band in found.bands] == [0, 200_000]
    assert rates(LONG, 1) == ["4", "2/5", "4", "4", "15", "None"]


def test_bands_begin_wherever_some_rate_changes() -> None:
    amounts = Amounts(Stepped("1", ((10, "2"), (30, "3"))), Stepped("5", ((20, "6"),)))
    found = prices_at(model(Dated(amounts)), NOON, "standard")
    assert found is not None
    assert [(band.above, int(band.rates.input or 0), int(band.rates.output or 0)) for band in found.bands] == [
        (0, 1, 5), (10, 2, 5), (20, 2, 6), (30, 3, 6),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tier", "word"),
    [
        ("fast", "speed=fast"),
        ("fast", "service_tier=fast"),
        ("priority", "service_tier=priority"),
        ("flex", "service_tier=flex"),
        ("batch", "processing=batch"),
    ],
)
def test_a_tier_changes_what_its_variant_names_and_nothing_else(tier: str, word: str) -> None:
    made = model(Dated(BASE), variants=(Variant(word, Amounts("7", "70")),))
    found = prices_at(made, NOON, tier)
    assert found is not None
    assert found.tiered
    first = found.bands[0].rates
    assert (first.input, first.output, first.cache_read, found.web_search) == (7, 70, Fraction(1, 2), 10)


def test_a_tier_without_a_variant_has_the_standard_price() -> None:
    made = model(Dated(BASE), variants=(Variant("speed=fast", Amounts("7", "70")),))
    standard = prices_at(made, NOON, "standard")
    assert standard is not None and not standard.tiered
    assert [prices_at(made, NOON, tier) for tier in ("batch", "flex", "priority", "nonsense", "")] == [standard] * 5


def test_a_variant_holds_from_its_day_on() -> None:
    made = model(Dated(BASE), variants=(Variant("processing=batch", Amounts("2.5"), date(2026, 3, 2)),))
    before, after = (prices_at(made, NOON + timedelta(days=days), "batch") for days in (-1, 0))
    assert before is not None and after is not None
    assert (before.tiered, before.bands[0].rates.input) == (False, 5)
    assert (after.tiered, after.bands[0].rates.input) == (True, Fraction(5, 2))


def test_of_several_variants_the_first_that_holds_gives_each_price() -> None:
    word = "processing=batch"
    made = model(
        Dated(BASE),
        variants=(
            Variant(word, Amounts("1"), date(2030, 1, 1)),
            Variant(word, Amounts("2")),
            Variant(word, Amounts("3", "4")),
        ),
    )
    found = prices_at(made, NOON, "batch")
    assert found is not None
    assert (found.bands[0].rates.input, found.bands[0].rates.output) == (2, 4)


def test_a_service_tier_without_long_prices_says_up_to_where_it_holds() -> None:
    flat = Amounts("4", "20", "0.4")
    made = model(Dated(LONG), variants=(Variant("service_tier=priority", flat), Variant("speed=fast", flat)))
    priority, fast, standard = (prices_at(made, NOON, tier) for tier in ("priority", "fast", "standard"))
    assert priority is not None and fast is not None and standard is not None
    assert (priority.flat_above, len(priority.bands)) == (200_000, 1)
    assert (fast.flat_above, standard.flat_above) == (None, None)


def test_fees_are_per_thousand_searches_and_per_request() -> None:
    found = prices_at(model(Dated(Amounts("1", "1", web_search="35", request="5"))), NOON, "standard")
    assert found is not None
    assert (found.web_search, found.request) == (35, Fraction(1, 200))
    assert prices_at(model(Dated(Amounts("1"))), NOON, "standard").web_search is None  # type: ignore[union-attr]


# The file's shape


def test_data_is_decoded_with_its_types() -> None:
    data = (
        b'{"version":"1","providers":[["p",["~x",["^a","$b"]],["q"],'
        b'[["m",["=m"],200000,[[["1",["2",[[10,"3"]]]],null],[["4"],"2026-03-02"],[[],["16:30:00","00:30:00"]]],'
        b'[["speed=fast",["9",null,null,null,null,null,null,null,null,true],null]]]]]]}'
    )
    listing = listing_of(data)
    (provider,) = listing.providers
    assert (listing.version, provider.id, provider.match, provider.others) == ("1", "p", ("~x", ("^a", "$b")), ("q",))
    assert models_of(provider) == [
        Model(
            "m",
            ("=m",),
            200_000,
            (
                Dated(Amounts("1", Stepped("2", ((10, "3"),)))),
                Dated(Amounts("4"), date(2026, 3, 2)),
                Dated(Amounts(), (time(16, 30), time(0, 30))),
            ),
            (Variant("speed=fast", Amounts("9", other=True)),),
        )
    ]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"version":1,"providers":[]}', b'{"version":"1","providers":[[]]}']
)
def test_data_of_another_shape_is_refused(data: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        listing_of(data)


def test_models_of_another_shape_are_refused_when_asked_for() -> None:
    listing = listing_of(b'{"version":"1","providers":[["p",[],[],[["m",5]]]]}')
    assert isinstance(listing, Listing)
    with pytest.raises(msgspec.DecodeError):
        models_of(listing.providers[0])
