"""Files of overrides: every key of the format, every mistake with its line, and which entry holds."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.paths import resources
from tokenwatch.pricing.overrides import Alias, Factor, Overrides, Price, Scope, parse, read
from tokenwatch.pricing.rates import HIGHEST, Band, Rates

DAY = date(2026, 3, 2)
SIMPLE = '[[price]]\nmodel = "m"\ninput = 1\noutput = 2\n'


def parsed(text: str) -> Overrides:
    found = parse(text, "prices.toml")
    assert found.problems == ()
    return found


def problem(text: str) -> str:
    (found,) = parse(text, "prices.toml").problems
    return found


def documented() -> str:
    """The example in the file that we ship, without its comment marks."""
    lines = (resources() / "price_overrides.toml").read_text(encoding="utf-8").splitlines()
    example = [line[4:] for line in lines if line.startswith("#   ")]
    return "\n".join(example)


# The format


def test_the_shipped_file_has_no_mistakes() -> None:
    shipped = read(resources() / "price_overrides.toml")
    assert shipped.problems == ()
    assert shipped.prices and shipped.factors


def test_the_documented_example_works() -> None:
    found = parsed(documented())
    long = Rates(*map(Fraction, (10, 10, 10, 10, "37.5")))
    assert found.prices == (
        Price(
            Scope(("claude-opus-4-5",), "anthropic", "priority", date(2026, 1, 1), date(2026, 7, 1)),
            (Band(0, Rates(*map(Fraction, (5, "0.5", "6.25", 10, 25)))), Band(200_000, long)),
            Fraction(10),
        ),
        Price(Scope(("llama3*", "qwen3:*")), (Band(0, Rates(*(Fraction(0),) * 5)),)),
    )
    assert found.factors == (
        Factor(
            Scope(("gpt-*",), "openai", since=date(2026, 1, 1)), Fraction("0.85"), flat=True, keep_cache_read=True
        ),
    )
    assert found.aliases == (Alias("team-proxy-large", "anthropic/claude-opus-4-5"),)


def test_the_documentation_names_every_key() -> None:
    from tokenwatch.pricing import overrides

    text = (resources() / "price_overrides.toml").read_text(encoding="utf-8")
    header = text[: text.index("# ---")]
    for key in overrides._PRICE_KEYS | overrides._FACTOR_KEYS:
        assert re.search(rf"\b{key}\b", header), f"{key} is not documented"


def test_a_price_needs_only_a_model_input_and_output() -> None:
    one = Fraction(1)
    assert parsed(SIMPLE).prices == (Price(Scope(("m",)), (Band(0, Rates(one, one, one, one, Fraction(2))),)),)


def test_one_hour_writes_cost_what_other_writes_do_if_nothing_else_is_said() -> None:
    (price,) = parsed(SIMPLE + "cache_write_5m = 3\n").prices
    assert price.bands[0].rates.cache_write_1h == 3
    (price,) = parsed(SIMPLE + "cache_write_5m = 3\ncache_write_1h = 4\n").prices
    assert price.bands[0].rates.cache_write_1h == 4


def test_long_prices_of_every_kind_make_a_band() -> None:
    (price,) = parsed(
        SIMPLE + "long_above = 10\nlong_input = 3\nlong_output = 4\nlong_cache_read = 5\nlong_cache_write_5m = 6\n"
        "long_cache_write_1h = 7\n"
    ).prices
    assert price.bands[1] == Band(10, Rates(*map(Fraction, (3, 5, 6, 7, 4))))


def test_decimals_are_exact() -> None:
    (price,) = parsed(SIMPLE.replace("1\n", "0.1\n").replace("2\n", "0.3\n")).prices
    assert (price.bands[0].rates.input, price.bands[0].rates.output) == (Fraction(1, 10), Fraction(3, 10))


def test_a_factor_with_a_provider_and_no_model_is_for_all_its_models() -> None:
    (factor,) = parsed('[[factor]]\nprovider = "openai"\ntimes = 2\n').factors
    assert factor.scope.covers(["anything"], ["openai"], DAY)
    assert not factor.scope.covers(["anything"], ["azure"], DAY)


def test_a_factor_may_be_of_a_tier_or_of_a_place() -> None:
    found = parsed(
        '[[factor]]\nmodel = "m"\ntier = "batch"\ntimes = 0.5\n[[factor]]\nmodel = "m"\ngeo = "US"\ntimes = 1.1\n'
    )
    assert [(each.scope.tier, each.geo) for each in found.factors] == [("batch", ""), ("", "us")]
    assert found.factor(["m"], [], DAY, tier="batch") is found.factors[0]
    assert found.factor(["m"], [], DAY, geo="us") is found.factors[1]
    assert found.factor(["m"], [], DAY) is None


def test_names_are_compared_in_lower_case() -> None:
    found = parsed(
        '[[price]]\nmodel = " GPT-5 "\nprovider = " OpenAI "\ninput = 1\noutput = 1\n[aliases]\n"Big" = "gpt-5"\n'
    )
    assert found.price(["gpt-5"], ["openai"], DAY, "standard")
    assert found.alias(["big"]) == "gpt-5"


# Which entry holds


def price_of(text: str, *, names: tuple[str, ...] = ("m",), day: date = DAY, tier: str = "standard") -> int | None:
    """The input rate of the entry that holds."""
    found = parsed(text).price(names, ["p"], day, tier)
    return None if found is None else int(found.bands[0].rates.input or 0)


def entry(rate: int, model: str = '"m"', more: str = "") -> str:
    return f"[[price]]\nmodel = {model}\ninput = {rate}\noutput = 1\n{more}\n"


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        (entry(1) + entry(2), 2),
        (entry(1, more="from = 2026-02-01") + entry(2), 1),
        (entry(1, more="from = 2026-02-01") + entry(2, more="from = 2026-01-01"), 1),
        (entry(1) + entry(2, '"*"', "from = 2026-02-01"), 1),
        (entry(1, '["x", "m"]') + entry(2, '"m*"'), 1),
        (entry(1, more='tier = "standard"') + entry(2, more="from = 2026-02-01"), 1),
        (entry(1, '"*"', 'tier = "standard"') + entry(2), 1),
        (entry(1, more='tier = "batch"'), None),
        (entry(1, more='provider = "other"'), None),
        (entry(1, more='provider = "p"'), 1),
        (entry(1, more="from = 2026-03-02"), 1),
        (entry(1, more="from = 2026-03-03"), None),
        (entry(1, more="until = 2026-03-03"), 1),
        (entry(1, more="until = 2026-03-02"), None),
        (entry(1, '"[mn]"'), 1),
        (entry(1, '"?"'), 1),
        (entry(1, '"mm"'), None),
    ],
)
def test_tier_then_name_then_day_then_place_in_the_file_decide(text: str, rate: int | None) -> None:
    assert price_of(text) == rate


def test_a_name_written_out_beats_a_pattern_also_among_aliases() -> None:
    found = parsed('[aliases]\n"team" = "a"\n"te*" = "b"\n"x*" = "c"\n"xy*" = "d"\n')
    assert [found.alias([name]) for name in ("team", "tea", "xyz", "other")] == ["a", "b", "d", ""]


def test_factors_are_chosen_like_prices() -> None:
    found = parsed(
        '[[factor]]\nmodel = "*"\ntimes = 2\n[[factor]]\nmodel = "m"\ntimes = 3\n'
        '[[factor]]\nmodel = "m"\nfrom = 2026-01-01\ntimes = 4\n'
    )
    chosen = [found.factor([name], [], day) for name, day in (("x", DAY), ("m", date(2025, 1, 1)), ("m", DAY))]
    assert [each and each.times for each in chosen] == [2, 3, 4]


def test_the_days_of_change_are_told() -> None:
    found = parsed(
        entry(1, more="from = 2026-01-01\nuntil = 2026-02-01")
        + entry(2)
        + '[[factor]]\nmodel = "m"\ntimes = 1\nfrom = 2026-03-01\n'
    )
    assert found.days == {date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)}


# Mistakes


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[price]]\ninput = 1\noutput = 1\n", "line 1: model must be a name, or a list of names, in quotes"),
        ("[[price]]\nmodel = 5\ninput = 1\noutput = 1\n", "line 2: model must be a name"),
        ('[[price]]\nmodel = ["a", ""]\ninput = 1\noutput = 1\n', "line 2: model must be a name"),
        ("[[price]]\nmodel = []\ninput = 1\noutput = 1\n", "line 2: model must be a name"),
        ('\n[[price]]\nmodel = "m"\noutput = 1\n', "line 2: input is missing"),
        ('[[price]]\nmodel = "m"\ninput = 1\n', "line 1: output is missing"),
        (SIMPLE + "inptu = 3\n", 'line 5: "inptu" is not a known key'),
        (SIMPLE + "times = 3\n", 'line 5: "times" is not a known key'),
        (SIMPLE + "provider = 3\n", "line 5: provider must be a name in quotes"),
        (SIMPLE + 'tier = "turbo"\n', "line 5: tier must be one of standard, fast, priority, flex, batch"),
        (SIMPLE + 'from = "2026-01-01"\n', "line 5: from must be a day such as 2026-01-31, without quotes"),
        (SIMPLE + "until = 2026-01-01T00:00:00Z\n", "line 5: until must be a day"),
        (SIMPLE + "from = 2026-01-02\nuntil = 2026-01-02\n", "line 6: until must be after from"),
        (SIMPLE + "cache_read = -0.1\n", "line 5: cache_read must be dollars per million tokens, from 0 to 10000"),
        (SIMPLE + 'cache_write_5m = "1"\n', "line 5: cache_write_5m must be dollars"),
        (SIMPLE + "cache_write_1h = true\n", "line 5: cache_write_1h must be dollars"),
        (SIMPLE + "web_search = -1\n", "line 5: web_search must be dollars per thousand searches, from 0 to 10000"),
        (SIMPLE + "web_search = nan\n", "line 5: web_search must be dollars"),
        (SIMPLE + "web_search = inf\n", "line 5: web_search must be dollars"),
        (SIMPLE + "long_input = 1\n", "line 5: long_input needs long_above"),
        (SIMPLE + "long_above = 10\nlong_input = 1\n", "line 5: long_above needs long_output"),
        (SIMPLE + "long_above = 0\n", "line 5: long_above must be a number of tokens"),
        (SIMPLE + "long_above = 1.5\n", "line 5: long_above must be a number of tokens"),
        (SIMPLE + "long_above = true\n", "line 5: long_above must be a number of tokens"),
        (SIMPLE + "long_above = 10_000_000_000\n", "line 5: long_above must be a number of tokens"),
        ('[[factor]]\nmodel = "m"\n', "line 1: times is missing"),
        ("[[factor]]\ntimes = 2\n", "line 1: model must be a name"),
        ('[[factor]]\nmodel = "m"\ntimes = 101\n', "line 3: times must be a number from 0 to 100"),
        ('[[factor]]\nmodel = "m"\ntimes = 1\ngeo = 5\n', "line 4: geo must be a name in quotes"),
        ('[[factor]]\nmodel = "m"\ntimes = 1\nflat = 1\n', "line 4: flat must be true or false"),
        ('[[factor]]\nmodel = "m"\ntimes = 1\nkeep_cache_read = ""\n', "line 4: keep_cache_read must be true or"),
        ('[[factor]]\nmodel = "m"\ntimes = 1\ngeo = "us"\ntier = "flex"\n', "line 4: a factor holds for a tier or"),
        ('[[factor]]\nmodel = "m"\ntimes = 1\ninput = 1\n', 'line 4: "input" is not a known key'),
        ('[price]\nmodel = "m"\n', 'line 1: "price" is not known here (write [[price]])'),
        ("price = 5\n", 'line 1: "price" is not known here (write [[price]])'),
        ("price = [5]\n", "line 1: an entry must be a table"),
        ("[prices]\nx = 1\n", 'line 1: "prices" is not known here'),
        ("aliases = 3\n", 'line 1: "aliases" is not known here'),
        ('[aliases]\nok = "m"\nbad = 5\n', 'line 3: "bad" must name a model, in quotes'),
        ('[aliases]\n"" = "m"\n', 'line 2: "" must name a model'),
        (SIMPLE + "cache_read = \n", "line 5: not valid TOML (Invalid value)"),
        (SIMPLE + "input = 3\n", "line 5: not valid TOML (Cannot overwrite a value)"),
        (SIMPLE + "cache_read = 1" + "0" * 5_000, "line 5: not valid TOML"),
        ('[[price]]\nmodel = "m\n', "line 2: not valid TOML"),
        ("[[price\n", "line 1: not valid TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(text: str, sentence: str) -> None:
    said = problem(text)
    assert said.startswith(f"prices.toml, {sentence}")
    assert said.endswith(" is not used.")


def test_a_mistake_costs_only_its_own_entry() -> None:
    found = parse(entry(1) + "[[price]]\nmodel = \n" + entry(3) + '[aliases]\na = 5\nb = "m"\n' + entry(-1), "p.toml")
    assert [int(price.bands[0].rates.input or 0) for price in found.prices] == [1, 3]
    assert found.aliases == (Alias("b", "m"),)
    assert [said.split(":")[0] for said in found.problems] == ["p.toml, line 7", "p.toml, line 14", "p.toml, line 18"]


def test_tables_may_be_written_twice_and_in_any_order() -> None:
    found = parsed('[aliases]\na = "m"\n' + SIMPLE + '[aliases]\nb = "m"\n' + SIMPLE)
    assert (len(found.aliases), len(found.prices)) == (2, 2)


def test_entries_of_other_systems_line_ends_and_marks_are_read(tmp_path: Path) -> None:
    (tmp_path / "prices.toml").write_bytes(b"\xef\xbb\xbf" + SIMPLE.replace("\n", "\r\n").encode())
    found = read(tmp_path / "prices.toml")
    assert (len(found.prices), found.problems) == (1, ())


@pytest.mark.parametrize("value", ["1e-999999", "1e-13", "0.0000000000001", "-0.0"])
def test_absurdly_small_prices_do_not_take_memory(value: str) -> None:
    (price,) = parsed(SIMPLE + f"cache_read = {value}\n").prices
    assert price.bands[0].rates.cache_read == 0


@pytest.mark.parametrize("value", ["10000.01", "1e999999", "-1", "10" * 30])
@pytest.mark.parametrize("key", ["cache_read", "cache_write_5m", "cache_write_1h", "web_search"])
def test_prices_out_of_range_are_refused(key: str, value: str) -> None:
    assert f"{key} must be dollars" in problem(SIMPLE + f"{key} = {value}\n")
    assert len(parsed(SIMPLE + f"{key} = {HIGHEST}\n").prices) == 1


def test_sentences_show_no_hostile_text() -> None:
    said = problem(SIMPLE + '"\\u001b[31m' + "x" * 500 + '" = 1\n')
    assert said.isprintable()
    assert len(said) < 200


def test_a_file_that_is_not_there_has_no_prices_and_no_problem(tmp_path: Path) -> None:
    assert read(tmp_path / "prices.toml") == Overrides()
    assert read(tmp_path / "prices.toml").problems == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xff\xfe", "is not UTF-8 text"), (b"#" * 1_000_001, "is larger than 1 MB")],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "prices.toml").write_bytes(content)
    assert read(tmp_path / "prices.toml").problems == (f"prices.toml {reason}: your prices are not used.",)


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "prices.toml").mkdir()
    (said,) = read(tmp_path / "prices.toml").problems
    assert said.startswith("prices.toml cannot be read (")


def test_problems_do_not_make_two_readings_differ() -> None:
    assert parse(SIMPLE, "a") == parse(SIMPLE + "[[price]]\n", "a")


lines = st.sampled_from(
    [
        "[[price]]",
        "[[factor]]",
        "[aliases]",
        'model = "m"',
        "input = 1",
        "output = 2",
        "times = 2",
        'a = "b"',
        "x",
        "=",
    ]
) | st.text(max_size=20)


@given(st.lists(lines, max_size=20).map("\n".join))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = parse(text, "prices.toml")
    last = text.replace("\r\n", "\n").count("\n") + 1
    numbers = [int(re.findall(r"line (\d+):", said)[0]) for said in found.problems]
    assert all(1 <= number <= last for number in numbers)


@given(st.binary(max_size=200))
def test_any_file_is_read_without_an_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)
    read(file)
