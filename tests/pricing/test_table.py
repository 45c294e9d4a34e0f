"""The table gives the price package's own answers without importing it, and says so when it cannot."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from importlib.metadata import version
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import genai_prices
import pytest
from genai_prices import types
from hypothesis import given
from hypothesis import strategies as st

from tests.pricing.conftest import TIERS, constraint_holds, context_of, half_even, usage_of, use
from tokenwatch.pricing.listing import Model, listing_of, models_of
from tokenwatch.pricing.names import PROVIDERS, Attempt
from tokenwatch.pricing.rates import HIGHEST, RateRow
from tokenwatch.pricing.table import Found, Table, installed_version, package_data, prices_file

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = json.loads(prices_file().read_bytes())
MODELS = [(provider[0], model[0]) for provider in SHIPPED["providers"] for model in provider[3]]
each_provider = pytest.mark.parametrize("provider", [provider[0] for provider in SHIPPED["providers"]])


def found(table: Table, provider: str, model: str) -> Found | None:
    return table.find([Attempt(provider, model, "exact")])


# The file and the package


def test_the_file_is_what_the_installed_package_gives() -> None:
    """If this fails, a newer version of the package is installed: run make prices."""
    assert prices_file().read_bytes() == package_data()


def test_the_file_is_small() -> None:
    assert len(prices_file().read_bytes()) < 300_000


def test_every_provider_that_an_id_may_lead_to_is_in_it(package: dict[str, types.Provider]) -> None:
    ids = {provider[0] for provider in SHIPPED["providers"]}
    assert set(PROVIDERS.values()) <= ids
    assert {provider.id for provider in package.values() if provider.model_match} <= ids


def test_the_package_has_no_tier_that_is_overlooked(package: dict[str, types.Provider]) -> None:
    known = [context for contexts in TIERS.values() for context in contexts]
    others = {
        tuple(variant.when.items())
        for provider in package.values()
        for model in provider.models
        for variant in model.price_variants or ()
        if variant.when not in known
    }
    assert {key for pairs in others for key, _ in pairs} <= {"service_tier", "route", "search_type"}
    assert {value for pairs in others for key, value in pairs if key == "service_tier"} <= {"default"}


def refs_of(provider: types.Provider) -> Iterator[str]:
    """Ids that may lead to a model of the provider, and some near to them that may not."""
    for model in provider.models:
        texts = {
            model.id.lower(),
            *re.findall(r"(?:equals|starts_with|ends_with|contains)='([^']*)'", str(model.match)),
        }
        for expression in re.findall(r"regex='((?:[^'\\]|\\.)*)'", str(model.match)):
            plain = expression.replace(r"\\", "\\").replace(r"\d{8}", "20260102").replace(r"\d{4}", "2026")
            texts.add(re.sub(r"[\^$()?!]|\[-@\]", "", plain.replace(r"\d{2}", "01").replace("\\", "")))
        for text in map(str.lower, texts):
            yield from (text, f"{text}-20250929", f"{text}-2026-01-02", f"{text}-latest", f"x{text}", text[:-1])
            yield f"us.anthropic.{text}-v1:0"


@each_provider
def test_models_are_found_as_the_package_finds_them(
    table: Table, package: dict[str, types.Provider], provider: str
) -> None:
    theirs = package[provider]
    everyone = list(package.values())
    asked = 0
    for ref in sorted({ref for ref in refs_of(theirs) if ref}):
        expected = theirs.find_model(ref, all_providers=everyone)
        ours = found(table, provider, ref)
        assert (ours and (ours.provider, ours.model)) == (expected and (provider, expected.id)), ref
        assert ours is None or ours.own == any(model is expected for model in theirs.models)
        asked += ours is not None
    assert asked >= len(theirs.models) - 3  # an earlier model may cover a later one


def test_ids_without_a_provider_are_found_as_the_package_finds_them(
    table: Table, package: dict[str, types.Provider]
) -> None:
    hits = 0
    for ref in sorted({ref for provider in package.values() for ref in refs_of(provider) if ref}):
        try:
            home, model = genai_prices.data_snapshot.get_snapshot().find_provider_model(ref, None, None, None)
        except LookupError:
            expected = None
        else:
            expected = (home.id, model.id)
        ours = found(table, "", ref)
        assert (ours and (ours.provider, ours.model)) == expected, ref
        hits += ours is not None
    assert hits > 1_000


@given(st.sampled_from(MODELS), st.text("abc0123456789-.:@/[]", max_size=4), st.text("-v1:0mini20", max_size=6))
def test_any_id_is_found_as_the_package_finds_it(pair: tuple[str, str], before: str, after: str) -> None:
    provider, model = pair
    ref = f"{before}{model.lower()}{after}"
    snapshot = {each.id: each for each in genai_prices.data_snapshot.get_snapshot().providers}
    expected = snapshot[provider].find_model(ref, all_providers=list(snapshot.values()))
    ours = found(SHARED, provider, ref)
    assert (ours and ours.model) == (expected and expected.id)


SHARED = Table()


def moments_of(model: types.ModelInfo) -> list[datetime]:
    """Around everything that may change its prices, and long before and after."""
    parts = [*(model.prices if isinstance(model.prices, list) else ()), *(model.price_variants or ())]
    moments = {datetime(2023, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)}
    days = {part.constraint.start_date for part in parts if hasattr(part.constraint, "start_date")}
    hours = {
        edge
        for part in parts
        if hasattr(part.constraint, "start_time")
        for edge in (part.constraint.start_time, part.constraint.end_time)
    }
    for day in days:
        begin = datetime.combine(day, time(), UTC)
        moments |= {begin - timedelta(microseconds=1), begin - timedelta(days=1), begin, begin + timedelta(days=1)}
    for hour in hours:
        for moment in list(moments):
            edge = datetime.combine(moment, hour.replace(tzinfo=None), UTC)
            moments |= {edge - timedelta(microseconds=1), edge, edge + timedelta(hours=1)}
    return sorted(moments)


MILLION = 1_000_000
KINDS = (
    {"input": 1},
    {"cache_read": 1},
    {"cache_write_5m": 1},
    {"cache_write_1h": 1},
    {"output": 1},
    {"output": 1, "reasoning": 1},
    {"input": MILLION},
    {"cache_read": MILLION, "output": 7},
    {"cache_write_5m": 300_001, "cache_write_1h": MILLION, "output": 11, "reasoning": 5},
)
"""A token of each kind has its rate as price; the long prompts are in the highest band."""


@each_provider
def test_prices_are_the_packages_at_every_day_and_tier(
    table: Table, package: dict[str, types.Provider], provider: str
) -> None:
    theirs = package[provider]
    compared = 0
    for model, entry in zip(theirs.models, models_in_file(provider), strict=True):
        listed = Found(provider, model.id, "exact", entry)
        for moment, tier in product(moments_of(model), TIERS):
            context = context_of(model, moment, tier)
            ours = table.prices(listed, moment, tier)
            if context is None and tier != "standard":
                assert ours == table.prices(listed, moment, "standard")
                continue
            package_price = model.get_prices(moment, context)
            tokens = {key for key, value in vars(package_price).items() if value is not None}
            if ours is None:
                assert tokens and not tokens & {"input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok"}
                continue
            assert ours.tiered == (context is not None)
            assert ours.steady == (not any(hasattr(each, "start_time") for each in constraints(model)))
            starts = {
                tier.start
                for key, price in vars(package_price).items()
                if key in PRICED and isinstance(price, types.TieredPrices)
                for tier in price.tiers
            }
            assert {band.above for band in ours.bands} == {0, *starts}
            fees = [vars(package_price).get(key) for key in ("web_searches_kcount", "requests_kcount")]
            assert ours.web_search == (None if fees[0] is None else Fraction(fees[0]))
            assert ours.request == Fraction(fees[1] or 0) / 1000
            row = RateRow("m", "p", "exact", ours.bands, web_search=ours.web_search, request=ours.request)
            edges = [{"input": start + more} for start in starts for more in (0, 1)]
            for kinds in (*KINDS, *edges):
                record = use("m", **kinds, web_search=3 if fees[0] is not None else 0)
                priced = row.price(record).nano
                if priced is None:
                    assert "output_mtok" not in tokens if "output" in kinds else "input_mtok" not in tokens
                    continue
                theirs_price = package_price.calc_price(usage_of(record))["total_price"]
                assert priced == half_even(theirs_price), (model.id, moment, tier, kinds)
                compared += 1
    assert compared or provider in ("elevenlabs", "voyageai")


PRICED = {
    "input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok", "cache_write_5m_mtok", "cache_write_1h_mtok",
    "output_reasoning_mtok",
}  # fmt: skip


def constraints(model: types.ModelInfo) -> list[object]:
    parts = [*(model.prices if isinstance(model.prices, list) else ()), *(model.price_variants or ())]
    return [part.constraint for part in parts]


def models_in_file(provider: str) -> list[Model]:
    (home,) = (each for each in listing_of(prices_file().read_bytes()).providers if each.id == provider)
    return models_of(home)


def test_every_price_is_in_the_range_of_prices() -> None:
    amounts = [
        text
        for provider in SHIPPED["providers"]
        for model in provider[3]
        for part in (*model[3], *([variant[1:] for variant in model[4]] if len(model) > 4 else ()))
        for amount in part[0]
        if isinstance(amount, str | list)
        for text in ([amount] if isinstance(amount, str) else [amount[0], *(step[1] for step in amount[1])])
    ]
    assert len(amounts) > 5_000
    assert all(0 <= Fraction(text) <= HIGHEST for text in amounts)


def test_constraint_words_of_the_oracle_can_fail() -> None:
    start = types.StartDateConstraint(datetime(2026, 1, 2, tzinfo=UTC).date())
    assert [constraint_holds(start, datetime(2026, 1, day, tzinfo=UTC)) for day in (1, 2)] == [False, True]


# Where the data comes from


@pytest.fixture
def other_version(tmp_path: Path) -> Path:
    """Our file, as if made from an older package with other prices."""
    data = prices_file().read_bytes().replace(version("genai-prices").encode(), b"0.1.0", 1)
    file = tmp_path / "prices.json"
    file.write_bytes(data.replace(b'"25"', b'"26"'))
    return file


def input_and_output(table: Table, model: str = "claude-opus-5") -> tuple[Fraction | None, Fraction | None]:
    listed = found(table, "anthropic", model)
    assert listed is not None
    prices = table.prices(listed, datetime(2026, 11, 20, tzinfo=UTC), "standard")
    assert prices is not None
    return prices.bands[0].rates.input, prices.bands[0].rates.output


def test_a_file_made_from_another_version_is_not_used(other_version: Path) -> None:
    table = Table(other_version)
    assert (table.version, table.problem) == (version("genai-prices"), "")
    assert input_and_output(table) == (5, 25)


@pytest.mark.parametrize("content", [None, b"", b"{", b'{"version":"0.2.3"}', b"\xff\x00"])
def test_without_a_usable_file_the_package_is_asked(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "prices.json"
    if content is not None:
        file.write_bytes(content)
    table = Table(file)
    assert (table.version, table.problem) == (version("genai-prices"), "")
    assert input_and_output(table) == (5, 25)


def test_damaged_models_are_told_and_the_others_hold(tmp_path: Path) -> None:
    file = tmp_path / "prices.json"
    first = SHIPPED["providers"][0]
    assert first[0] == "anthropic"
    first = [*first[:3], [["claude", 5]]]
    file.write_text(json.dumps({**SHIPPED, "providers": [first, *SHIPPED["providers"][1:]]}), encoding="utf-8")
    table = Table(file)
    assert found(table, "openai", "gpt-5") and table.problem == ""
    assert found(table, "anthropic", "claude-opus-5") is None
    assert table.problem.startswith("The price table is damaged (")


def test_a_sure_hit_is_taken_before_one_by_the_beginning_of_the_id(table: Table) -> None:
    by_beginning, sure = Attempt("google", "gemini-2.5-pro-ultra", "exact"), Attempt("openai", "gpt-5", "alias")
    both = table.find([by_beginning, sure])
    only = table.find([by_beginning])
    assert both is not None and only is not None
    assert (both.model, both.confidence) == ("gpt-5", "alias")
    assert (only.model, only.confidence) == ("gemini-2.5-pro", "prefix")
    assert table.find([]) is None


def test_of_two_hits_by_the_beginning_of_the_id_the_first_counts(table: Table) -> None:
    attempts = [
        Attempt("google", "gemini-2.5-pro-ultra", "exact"),
        Attempt("anthropic", "claude-opus-4-5-x", "exact"),
    ]
    hit = table.find(attempts)
    assert hit is not None and hit.model == "gemini-2.5-pro"


def test_a_model_that_another_provider_lists_has_no_tiers_here(table: Table) -> None:
    lent = found(table, "azure", "gpt-5.4")
    own = found(table, "openai", "gpt-5.4")
    assert lent is not None and own is not None
    assert (lent.provider, lent.own, own.own) == ("azure", False, True)
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    priority = [table.prices(each, moment, "priority") for each in (lent, own)]
    assert [each is not None and each.tiered for each in priority] == [False, True]


def test_many_threads_get_the_same_answers() -> None:
    shared, alone = Table(), Table()
    asked = [pair for pair in MODELS if pair[0] != "openrouter"] * 2
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda pair: found(shared, *pair), asked))
    assert together == [found(alone, *pair) for pair in asked]


# The installed version


def describe(folder: Path, name: str, version: str = "0.5") -> str:
    (folder / name).mkdir(parents=True)
    (folder / name / "METADATA").write_text(f"Metadata-Version: 2.1\nName: genai-prices\nVersion: {version}\n")
    return str(folder)


def test_the_version_is_what_is_installed() -> None:
    assert installed_version() == version("genai-prices") == genai_prices.__version__


def test_a_bundle_does_not_look_for_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds none, and looking costs at every start."""
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert installed_version() == ""


def test_the_version_is_read_from_the_name_of_the_description(tmp_path: Path) -> None:
    folder = describe(tmp_path / "a", "genai_prices-0.9.9.dist-info")
    describe(tmp_path / "a", "genai_prices_other-1.0.dist-info")
    assert installed_version([str(tmp_path / "missing"), folder]) == "0.9.9"


def test_the_first_folder_with_the_package_counts(tmp_path: Path) -> None:
    folders = [describe(tmp_path / name, f"genai_prices-{name}.dist-info") for name in ("1.0", "2.0")]
    assert installed_version(folders) == "1.0"


@pytest.mark.parametrize("name", ["genai_prices-0.5.egg-info", "GenAI_Prices-0.5.dist-info"])
def test_a_description_with_another_name_is_found_the_slow_way(tmp_path: Path, name: str) -> None:
    if name.endswith("egg-info"):
        describe(tmp_path, name)
        (tmp_path / name / "METADATA").rename(tmp_path / name / "PKG-INFO")
    else:
        describe(tmp_path, name)
    assert installed_version([str(tmp_path)]) == "0.5"


def test_two_descriptions_in_one_folder_are_decided_the_slow_way(tmp_path: Path) -> None:
    folder = describe(tmp_path / "a", "genai_prices-0.5.dist-info", "0.7")
    describe(tmp_path / "a", "genai_prices-0.6.dist-info", "0.7")
    other = describe(tmp_path / "b", "genai_prices-0.8.dist-info", "0.8")
    assert installed_version([folder, other]) == "0.7"


def test_nothing_installed_has_no_version(tmp_path: Path) -> None:
    assert installed_version([str(tmp_path)]) == ""


# Whole programs: what they import, and other states of the installation

PROGRAM = """
import json, sys
from datetime import datetime, UTC
from pathlib import Path
from tokenwatch.pricing.names import Attempt
from tokenwatch.pricing.table import Table
table = Table(Path(FILE) if FILE else None)
asked = [("anthropic", "claude-opus-5"), ("", "gpt-5"), ("openai", "no such model"), ("openrouter", "x/y"),
         ("deepseek", "deepseek-chat")]
found = [table.find([Attempt(*each, "exact")]) for each in asked]
prices = [each and table.prices(each, datetime(2026, 11, 20, tzinfo=UTC), "batch") for each in found]
print(json.dumps({"version": table.version, "problem": table.problem, "imported": "genai_prices" in sys.modules,
    "pydantic": "pydantic" in sys.modules, "inputs": [each and str(each.bands[0].rates.input) for each in prices]}))
"""
NEEDED = ("msgspec", "platformdirs")


@pytest.fixture
def installation(tmp_path: Path) -> SimpleNamespace:
    """A folder of packages with what pricing needs, but no price package; ``run`` gives what PROGRAM says there."""
    folder = tmp_path / "packages"
    folder.mkdir()
    for name in NEEDED:
        (folder / name).symlink_to(Path(sys.modules[name].__file__ or "").parent)  # type: ignore[arg-type]

    def run(site: Path = folder, file: str = "") -> dict:
        program = f"import sys\nsys.path += {[str(site), str(ROOT)]!r}\n{PROGRAM.replace('FILE', repr(file))}"
        done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return SimpleNamespace(folder=folder, run=run)


EXPECTED = {"problem": "", "inputs": ["5/2", "5/8", None, None, "27/200"]}


def test_a_usual_start_never_imports_the_package(installation: SimpleNamespace) -> None:
    said = installation.run(Path(genai_prices.__file__).parent.parent)
    assert said == {**EXPECTED, "version": version("genai-prices"), "imported": False, "pydantic": False}


def test_without_the_package_the_file_is_used(installation: SimpleNamespace) -> None:
    said = installation.run()
    assert said == {**EXPECTED, "version": version("genai-prices"), "imported": False, "pydantic": False}


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("raise ImportError('libfoo is missing')", "libfoo is missing"),
        ("", "No module named 'genai_prices.data_snapshot'"),
    ],
)
def test_a_package_that_cannot_be_used_leaves_the_shipped_prices(
    installation: SimpleNamespace, module: str, reason: str
) -> None:
    describe(installation.folder, "genai_prices-9.0.dist-info", "9.0")
    (installation.folder / "genai_prices").mkdir()
    (installation.folder / "genai_prices" / "__init__.py").write_text(module)
    said = installation.run()
    ours = SHIPPED["version"]
    assert said["problem"] == f"genai-prices 9.0 cannot be used ({reason}): the prices of {ours} hold."
    assert (said["version"], said["inputs"]) == (ours, EXPECTED["inputs"])


def test_a_package_with_data_of_another_shape_leaves_the_shipped_prices(installation: SimpleNamespace) -> None:
    describe(installation.folder, "genai_prices-9.0.dist-info", "9.0")
    package = installation.folder / "genai_prices"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "data_snapshot.py").write_text(
        "class Thing:\n    id = 'anthropic'\n    model_match = 5\n    fallback_model_providers = None\n"
        "    models = []\n    providers = []\n"
        "def get_snapshot():\n    thing = Thing()\n    thing.providers = [Thing()]\n    return thing\n"
    )
    said = installation.run()
    assert said["problem"].startswith("genai-prices 9.0 cannot be used (")
    assert said["inputs"] == EXPECTED["inputs"]


def test_without_the_package_and_without_the_file_it_is_said_that_no_cost_is_known(
    installation: SimpleNamespace, tmp_path: Path
) -> None:
    said = installation.run(file=str(tmp_path / "missing.json"))
    assert said["problem"] == (
        "The price table cannot be read (No module named 'genai_prices'): no cost is known. Install TokenWatch anew."
    )
    assert (said["version"], said["inputs"]) == ("", [None] * 5)
