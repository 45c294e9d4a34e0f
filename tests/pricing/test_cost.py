"""What a record costs: the known figures, which price holds, and the price package as the judge of all of it."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import genai_prices
import msgspec
import pytest
from genai_prices import types
from hypothesis import given
from hypothesis import strategies as st

from tests.pricing.conftest import (
    TIERS,
    Prices,
    context_of,
    day_number,
    half_even,
    nano,
    rates,
    usage_of,
    use,
)
from tokenwatch.base.clock import DAY_MS
from tokenwatch.base.usage import Estimate, Record
from tokenwatch.pricing import cost as costs
from tokenwatch.pricing.cost import Pricer
from tokenwatch.pricing.rates import UNPRICED
from tokenwatch.pricing.table import prices_file
from tokenwatch.readers.running_total import LONG_PROMPT

ROOT = Path(__file__).resolve().parents[2]


def total(all_input: int, read: int = 0, write: int = 0, long_write: int = 0, out: int = 0) -> dict[str, int]:
    """Counts that never overlap, from the input as providers' price pages count it."""
    fresh = all_input - read - write - long_write
    return {
        "input": fresh, "cache_read": read, "cache_write_5m": write, "cache_write_1h": long_write, "output": out,
    }  # fmt: skip


# Figures computed by hand from the providers' price pages

OPUS_5 = total(112_000, 100_000, 4_000, 6_000, 3_000)
OPUS_4_6 = total(250_000, 240_000, out=1_000)


@pytest.mark.parametrize(
    ("model", "at", "counts", "dollars"),
    [
        ("claude-opus-5", "2026-11-20", OPUS_5, "0.22"),
        ("claude-opus-5", "2026-11-20", OPUS_5 | {"tier": "fast"}, "0.44"),
        ("claude-opus-4-6", "2026-02-20", OPUS_4_6, "0.3775"),
        ("claude-opus-4-6", "2026-04-20", OPUS_4_6, "0.195"),
        ("gpt-5.4", "2026-11-20", total(272_000, out=1_000), "0.695"),
        ("gpt-5.4", "2026-11-20", total(272_001, out=1_000), "1.382505"),
        ("claude-fable-5-1", "2026-11-20", total(1_000_000, 1_000_000), "0.25"),
        ("gpt-5-codex", "2026-11-20", total(1_000_000, 900_000, out=10_000), "0.3375"),
        ("gpt-5.6-sol", "2026-11-20", total(100_000, 90_000, 9_000, out=1_000), "0.105"),
        ("gpt-5.6-luna", "2026-07-29", total(100_000, out=1_000), "0.106"),
        ("gpt-5.6-luna", "2026-07-30", total(100_000, out=1_000), "0.0212"),
        ("gpt-5.6-sol", "2026-08-20", total(100_000, out=1_000), "0.53"),
        ("gpt-5.6-sol", "2026-08-21", total(100_000, out=1_000), "0.42"),
        ("gemini-2.5-pro", "2026-11-20", total(200_000, out=1_000), "0.26"),
        ("gemini-2.5-pro", "2026-11-20", total(200_001, out=1_000), "0.5150025"),
        ("o3", "2025-06-01", total(1_000_000), "10"),
        ("o3", "2025-07-01", total(1_000_000), "2"),
        ("claude-sonnet-4-5", "2026-11-20", total(200_000, out=1_000), "0.615"),
        ("claude-sonnet-4-5", "2026-11-20", total(200_001, out=1_000), "1.222506"),
    ],
)
def test_known_requests_cost_what_they_should(
    pricer: Pricer, model: str, at: str, counts: dict[str, int], dollars: str
) -> None:
    priced = pricer.cost(use(model, at=at, **counts))
    assert (priced.nano, priced.confidence, priced.tier_priced) == (
        nano(dollars), "alias" if model == "gpt-5-codex" else "exact", True,
    )  # fmt: skip


OPUS, SONNET = ["5", "0.5", "6.25", "10", "25"], ["3", "0.3", "3.75", "6", "15"]


@pytest.mark.parametrize(
    ("model", "at", "expected"),
    [
        ("claude-opus-4", "2026-11-20", ["15", "1.5", "18.75", "30", "75"]),
        ("claude-opus-4-1", "2026-11-20", ["15", "1.5", "18.75", "30", "75"]),
        *((f"claude-opus-{each}", "2026-11-20", OPUS) for each in ("4-5", "4-6", "4-7", "4-8", "5")),
        ("claude-opus-5-5", "2026-11-20", ["4", "0.2", "5", "8", "20"]),
        *((f"claude-sonnet-{each}", "2026-11-20", SONNET) for each in ("4", "4-5", "4-6")),
        ("claude-sonnet-5", "2026-11-20", ["2", "0.2", "2.5", "4", "10"]),
        ("claude-haiku-4-5", "2026-11-20", ["1", "0.1", "1.25", "2", "5"]),
        ("claude-fable-5-1", "2026-11-20", ["10", "0.25", "12.5", "20", "50"]),
        # OpenAI bills cache writes from GPT-5.6 on; before, they cost what input does.
        *(
            (each, "2026-11-20", ["1.25", "0.125", "1.25", "1.25", "10"])
            for each in ("gpt-5", "gpt-5-codex", "gpt-5.1-codex-max")
        ),
        *((each, "2026-11-20", ["1.75", "0.175", "1.75", "1.75", "14"]) for each in ("gpt-5.2", "gpt-5.3-codex")),
        ("gpt-5.4", "2026-11-20", ["2.5", "0.25", "2.5", "2.5", "15"]),
        ("gpt-5.5", "2026-11-20", ["5", "0.5", "5", "5", "30"]),
        ("gpt-5.6-sol", "2026-08-20", ["5", "0.5", "6.25", "6.25", "30"]),
        ("gpt-5.6-sol", "2026-08-21", ["4", "0.4", "5", "5", "20"]),
        ("gpt-5.6-luna", "2026-07-29", ["1", "0.1", "1.25", "1.25", "6"]),
        ("gpt-5.6-luna", "2026-07-30", ["0.2", "0.02", "0.25", "0.25", "1.2"]),
        ("gemini-2.5-pro", "2026-11-20", ["1.25", "0.125", "1.25", "1.25", "10"]),
    ],
)
def test_rates_are_those_of_the_price_pages(pricer: Pricer, model: str, at: str, expected: list[str]) -> None:
    assert rates(pricer, model, at=at) == expected


@pytest.mark.parametrize(
    ("model", "above", "expected"),
    [
        ("gpt-5.4", 272_000, (5, Fraction(1, 2), Fraction(45, 2))),
        ("gpt-5.5", 272_000, (10, 1, 45)),
        ("gemini-2.5-pro", 200_000, (Fraction(5, 2), Fraction(1, 4), 15)),
        ("claude-haiku-5-5", 100_000, (Fraction(1, 2), Fraction(1, 20), Fraction(5, 2))),
    ],
)
def test_long_prompts_have_their_own_rates(
    pricer: Pricer, model: str, above: int, expected: tuple[Fraction, ...]
) -> None:
    row = pricer.row(use(model).context, day_number("2026-11-20"))
    assert row is not None
    assert row.bands[-1].above == above
    last = row.bands[-1].rates
    assert (last.input, last.cache_read, last.output) == expected


@pytest.mark.parametrize("model", ["gpt-5.5", "gemini-2.5-pro", "claude-haiku-5-5"])
def test_a_sum_of_requests_is_not_priced_as_a_long_one(pricer: Pricer, model: str) -> None:
    record = use(model, input=1_000_000, output=1000)
    summed = msgspec.structs.replace(record, context=msgspec.structs.replace(record.context, estimated=Estimate.SUM))
    small = [use(model, input=10_000, output=10) for _ in range(100)]
    listed = pricer.cost(summed).nano
    assert listed == sum(pricer.cost(one).nano or 0 for one in small)
    assert listed < (pricer.cost(record).nano or 0)
    row = pricer.row(summed.context, summed.time // DAY_MS)
    assert row is not None
    assert row.nano(1_000_000, 0, 0, 0, 1000) == listed


def test_no_price_has_a_limit_below_which_sums_are_taken_as_one_request(pricer: Pricer) -> None:
    limits = {
        amount.start
        for provider in genai_prices.data_snapshot.get_snapshot().providers
        for model in provider.models
        for priced in (model.prices if isinstance(model.prices, list) else [model.prices])
        for rate in vars(getattr(priced, "prices", priced)).values()
        for amount in getattr(rate, "tiers", None) or ()
    }
    assert limits
    assert min(limits) >= LONG_PROMPT


# Ids as agents log them


@pytest.mark.parametrize(
    ("model", "provider", "found", "confidence"),
    [
        ("claude-opus-4-5-20251101", "anthropic", "anthropic/claude-opus-4-5", "dated"),
        ("claude-sonnet-4-5@20250929", "", "anthropic/claude-sonnet-4-5", "dated"),
        ("claude-sonnet-4-5-20250929[1m]", "anthropic", "anthropic/claude-sonnet-4-5", "dated"),
        ("claude-haiku-4-5-20251001", "", "anthropic/claude-haiku-4-5", "dated"),
        ("claude-3-7-sonnet-20250219", "", "anthropic/claude-3-7-sonnet-latest", "dated"),
        ("claude-opus-4-1", "", "anthropic/claude-opus-4-1", "exact"),
        ("claude-4-sonnet", "", "anthropic/claude-sonnet-4-0", "alias"),
        ("gpt-5", "openai", "openai/gpt-5", "exact"),
        ("gpt-5-codex", "openai", "openai/gpt-5", "alias"),
        ("gpt-5.1-codex-max", "", "openai/gpt-5.1", "alias"),
        ("gpt-5.1-codex-mini", "", "openai/gpt-5.1-codex-mini", "exact"),
        ("gpt-5.2", "", "openai/gpt-5.2", "exact"),
        ("gpt-5.2-codex", "", "openai/gpt-5.2", "alias"),
        ("gpt-5.3-codex", "", "openai/gpt-5.3-codex", "exact"),
        ("gpt-5.4", "", "openai/gpt-5.4", "exact"),
        ("gpt-5.4-mini", "", "openai/gpt-5.4-mini", "exact"),
        ("gpt-5.5", "", "openai/gpt-5.5", "exact"),
        ("gpt-5.6", "", "openai/gpt-5.6-sol", "alias"),
        ("gpt-5.6-sol", "", "openai/gpt-5.6-sol", "exact"),
        ("o3", "", "openai/o3", "exact"),
        ("o4-mini", "", "openai/o4-mini", "exact"),
        ("gpt-4.1", "", "openai/gpt-4.1", "exact"),
        ("gemini-2.5-flash", "", "google/gemini-2.5-flash", "exact"),
        ("gemini-3-pro-preview", "", "google/gemini-3-pro-preview", "exact"),
        ("kimi-k2-thinking", "", "moonshotai/kimi-k2-thinking", "exact"),
        ("glm-4.5-air", "", "zai/GLM-4.5-Air", "exact"),
        ("glm-4.7", "", "zai/GLM-4.7", "exact"),
        ("deepseek-v4-flash", "", "deepseek/deepseek-v4-flash", "exact"),
        ("grok-code-fast-1", "", "x-ai/grok-code-fast-1", "exact"),
        ("minimax-m2", "", "minimax/MiniMax-M2", "exact"),
        # Misses of the bare id, each with its remedy.
        ("anthropic/claude-opus-5", "", "anthropic/claude-opus-5", "exact"),
        ("openai/gpt-5.4", "", "openai/gpt-5.4", "exact"),
        ("google/gemini-2.5-pro", "", "google/gemini-2.5-pro", "exact"),
        ("moonshotai/kimi-k2", "", "moonshotai/kimi-k2", "exact"),
        ("models/gemini-2.5-pro", "", "google/gemini-2.5-pro", "exact"),
        ("claude-4.5-sonnet", "", "anthropic/claude-sonnet-4-5", "alias"),
        ("claude-4.5-sonnet-thinking", "", "anthropic/claude-sonnet-4-5", "alias"),
        ("claude-4.5-opus-high-thinking", "", "anthropic/claude-opus-4-5", "alias"),
        ("gpt-5-high", "", "openai/gpt-5", "alias"),
        ("gpt-5-codex-high", "", "openai/gpt-5", "alias"),
        ("gpt-5.1-codex-max-xhigh", "", "openai/gpt-5.1", "alias"),
        ("glm-4.6", "", "zai/GLM-4.6", "exact"),
        ("codex-mini-latest", "", "openai/codex-mini", "dated"),
        ("qwen3-coder", "", "openrouter/qwen/qwen3-coder", "approximate"),
        ("qwen3-coder-plus", "", "openrouter/qwen/qwen3-coder-plus", "approximate"),
        ("qwen3-max", "", "openrouter/qwen/qwen3-max", "approximate"),
        # Who serves it, if the log says so; the maker's price is the nearest if that list lacks the model.
        ("anthropic/claude-sonnet-4.5", "openrouter", "openrouter/anthropic/claude-sonnet-4.5", "exact"),
        ("gpt-5-mini", "github-copilot", "github-copilot/gpt-5-mini", "exact"),
        ("claude-sonnet-4.5", "github-copilot", "anthropic/claude-sonnet-4-5", "approximate"),
        ("claude-sonnet-4-5", "some-proxy", "anthropic/claude-sonnet-4-5", "approximate"),
        # Only the beginning is known: it may be another model.
        ("claude-opus-4-5-mini", "", "anthropic/claude-opus-4-5", "prefix"),
        ("gemini-2.5-pro-ultra", "", "google/gemini-2.5-pro", "prefix"),
    ],
)
def test_a_logged_id_leads_to_its_model(
    pricer: Pricer, model: str, provider: str, found: str, confidence: str
) -> None:
    record = use(model, provider, input=1)
    row = pricer.row(record.context, day_number("2026-11-20"))
    assert row is not None
    assert (f"{row.provider}/{row.model}", row.confidence, row.source) == (found, confidence, "package")
    assert pricer.cost(record).confidence == confidence


@pytest.mark.parametrize("provider", ["", "anthropic"])
@pytest.mark.parametrize(
    ("model", "rate"),
    [
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "3.3"),
        ("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "3.3"),
        ("global.anthropic.claude-sonnet-4-5-20250929-v1:0", "3"),
        ("us.anthropic.claude-opus-4-5-20251101-v1:0", "5.5"),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0[1m]", "3.3"),
        ("arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-opus-4-5-20251101-v1:0", "5.5"),
    ],
)
def test_amazons_regional_ids_cost_a_tenth_more(pricer: Pricer, model: str, provider: str, rate: str) -> None:
    found = rates(pricer, model, provider)
    assert found is not None and found[0] == rate
    row = pricer.row(use(model, provider).context, day_number("2026-11-20"))
    assert row is not None and row.provider == "aws" and row.confidence in ("exact", "dated")


@pytest.mark.parametrize(
    ("model", "provider"),
    [
        ("gpt-5.3-codex-spark", "openai"),
        ("codex-auto-review", "openai"),
        ("kimi-for-coding", ""),
        ("composer-1", "cursor"),
        ("auto", "cursor"),
        ("big-pickle", "opencode"),
        ("raptor-mini", "github-copilot"),
        ("swe-1.5", ""),
        ("opus", "anthropic"),
        ("sonnet", "anthropic"),
        ("default", ""),
        ("<synthetic>", "anthropic"),
        ("llama3.1:8b", ""),
        ("qwen3-coder:30b", ""),
        ("gpt-oss:20b", ""),
        ("", ""),
        ("", "openai"),
    ],
)
def test_what_has_no_price_stays_unpriced(pricer: Pricer, model: str, provider: str) -> None:
    assert pricer.cost(use(model, provider, input=10, output=10)) is UNPRICED


@pytest.mark.parametrize(
    ("model", "provider"), [("qwen3:8b", "ollama"), ("gpt-5", "lmstudio"), ("gpt-oss:20b", "vllm")]
)
def test_models_on_one_s_own_computer_cost_nothing_by_rule(pricer: Pricer, model: str, provider: str) -> None:
    priced = pricer.cost(use(model, provider, input=10, output=10))
    assert (priced.nano, priced.confidence) == (0, "override")


def test_a_free_model_costs_nothing_which_is_not_unknown(pricer: Pricer) -> None:
    priced = pricer.cost(use("gpt-4.1", "github-copilot", input=10, output=10))
    assert (priced.nano, priced.confidence) == (0, "exact")


HOSTILE = ["x" * 1_000_000, "\x00\x1b[31m", "\ud800\udfff", "‮gpt-5", "gpt-5\n", "%s{0}", "../" * 60, "claude-" * 28,
           "a:" * 100, "-low" * 50, "[1m]" * 50, "é" * 200]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_have_no_effect_but_their_own_price(prices: Prices, text: str) -> None:
    pricer = prices()
    for record in (use(text, input=1), use("gpt-5", text, input=1), use("gpt-5", tier=text, geo=text, input=1)):
        priced = pricer.cost(record)
        assert priced == pricer.cost(record)
        assert priced.nano in (None, 1_250)
        assert pricer.context_window(record.context.model, record.context.provider) in (None, 400_000, 1_000_000)
    assert pricer.cost(use("gpt-5", input=1)).nano == 1_250


@pytest.mark.parametrize("time", [-(10**15), -1, 0, 10**15, 10**20])
def test_impossible_times_have_a_price(pricer: Pricer, time: int) -> None:
    assert pricer.cost(use("claude-opus-4", input=1, time=time)).nano == 15_000


# Service tiers


@pytest.mark.parametrize(
    ("model", "at", "tier", "times"),
    [
        # Anthropic
        ("claude-opus-4-6", "2026-02-20", "fast", 6),
        ("claude-opus-4-7", "2026-05-20", "fast", 6),
        ("claude-opus-4-8", "2026-11-20", "fast", 2),
        ("claude-opus-5", "2026-11-20", "fast", 2),
        ("claude-opus-5-5", "2026-11-20", "fast", 2),
        ("claude-fable-5-2", "2026-11-20", "fast", 2),
        ("claude-opus-4-5", "2025-12-01", "batch", Fraction(1, 2)),
        ("claude-opus-4-5", "2026-11-20", "batch", Fraction(1, 2)),
        # OpenAI: from the table since October 2026, by rule before.
        ("gpt-5", "2025-12-01", "flex", Fraction(1, 2)),
        ("gpt-5", "2026-10-11", "flex", Fraction(1, 2)),
        ("gpt-5", "2026-10-12", "flex", Fraction(1, 2)),
        ("gpt-5", "2026-10-13", "batch", Fraction(1, 2)),
        ("gpt-5", "2026-10-14", "batch", Fraction(1, 2)),
        ("gpt-5", "2025-12-01", "priority", 2),
        ("gpt-5", "2026-11-20", "priority", 2),
        ("gpt-4.1", "2026-05-01", "priority", Fraction(7, 4)),
        ("o4-mini", "2026-05-01", "priority", Fraction(20, 11)),
        ("gpt-4o-mini", "2026-05-01", "priority", Fraction(5, 3)),
        ("gpt-5-mini", "2026-05-01", "priority", Fraction(9, 5)),
        ("gpt-5.4", "2026-05-01", "priority", 2),
        ("gpt-5.4", "2026-11-20", "priority", 2),
        ("gpt-5.5", "2026-09-01", "priority", Fraction(5, 2)),
        ("gpt-5.5", "2026-11-20", "priority", Fraction(5, 2)),
        ("gpt-5.5", "2026-11-20", "fast", Fraction(5, 2)),
        ("gpt-5.6-sol", "2026-11-20", "fast", 2),
        ("o3", "2026-01-01", "flex", Fraction(1, 2)),
        # Google
        ("gemini-2.5-pro", "2026-01-01", "batch", Fraction(1, 2)),
        ("gemini-2.5-pro", "2026-01-01", "flex", Fraction(1, 2)),
    ],
)
@pytest.mark.parametrize("kind", ["input", "output"])
def test_a_tier_multiplies_the_price(
    pricer: Pricer, model: str, at: str, tier: str, times: Fraction, kind: str
) -> None:
    standard = pricer.cost(use(model, at=at, **{kind: 1_000}))
    priced = pricer.cost(use(model, at=at, **{kind: 1_000}, tier=tier))
    assert standard.nano is not None
    assert (priced.nano, priced.tier_priced) == (standard.nano * times, True)


# Where the table rounds a rate of a tier (0.125 to 0.13), has a tier that no rule of ours covers, or has an unusual
# price of a model that agents do not use.
_KNOWN_STEPS = {
    "batch": {"gpt-5.4", "gpt-image-1", "gpt-image-1.5", "gpt-3.5-turbo-1106", "ft:gpt-3.5-turbo-", "ft:gpt-4o-mini",
              "gemini-3.5-flash-lite"},
    "flex": {"gpt-5.4", "o4-mini"},
    "priority": {"gemini-3.8-flash-tts", "gemini-3.8-flash-lite-tts"},
    "fast": {"gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "gpt-4o", "gpt-4o-2024-05-13", "gpt-4o-mini", "o3",
             "o4-mini"},
}  # fmt: skip


@pytest.mark.parametrize("provider", ["anthropic", "openai", "google"])
@pytest.mark.parametrize("tier", [tier for tier in TIERS if tier != "standard"])
def test_our_prices_of_a_tier_are_the_tables_on_the_day_it_takes_over(
    pricer: Pricer, package: dict[str, types.Provider], provider: str, tier: str
) -> None:
    compared = 0
    for model in package[provider].models:
        days = [
            variant.constraint and variant.constraint.start_date
            for variant in model.price_variants or ()
            if variant.when in TIERS[tier]
        ]
        if not days or None in days or model.id in _KNOWN_STEPS[tier]:
            continue
        first = day_number(str(min(days)))
        before, after = (pricer.row(use(model.id, provider, tier=tier).context, first + step) for step in (-1, 0))
        assert before is not None and after is not None
        assert (before.bands, before.flat_above, before.tier_priced) == (after.bands, after.flat_above, True), (
            model.id
        )
        compared += 1
    assert compared or (provider, tier) in {
        ("anthropic", "fast"), ("anthropic", "flex"), ("anthropic", "priority"), ("google", "fast"),
        ("google", "priority"),
    }  # fmt: skip


@pytest.mark.parametrize("model", ["o3", "gpt-4.1", "gemini-2.5-pro"])
@pytest.mark.parametrize("at", ["2026-10-13", "2026-10-14"])
def test_some_batches_have_no_discount_on_cache_reads(pricer: Pricer, model: str, at: str) -> None:
    for kind, times in (("input", Fraction(1, 2)), ("cache_read", 1), ("output", Fraction(1, 2))):
        standard = pricer.cost(use(model, at=at, **{kind: 1_000})).nano
        assert standard is not None
        assert pricer.cost(use(model, at=at, **{kind: 1_000}, tier="batch")).nano == standard * times


@pytest.mark.parametrize("tier", ["", "standard", "default", "auto", "standard_only", " Standard "])
def test_names_of_the_standard_tier_are_the_standard_tier(pricer: Pricer, tier: str) -> None:
    assert pricer.cost(use("gpt-5", input=1_000, tier=tier)) == pricer.cost(use("gpt-5", input=1_000))


@pytest.mark.parametrize(
    ("model", "provider", "tier"),
    [
        ("claude-opus-4-5", "anthropic", "priority"),
        ("claude-opus-4-5", "anthropic", "fast"),
        ("gpt-5", "openai", "scale"),
        ("gpt-5", "azure", "priority"),
        ("openai/gpt-5", "openrouter", "flex"),
        ("kimi-k2", "", "batch"),
    ],
)
def test_a_tier_without_a_price_is_priced_as_standard_and_told(
    pricer: Pricer, model: str, provider: str, tier: str
) -> None:
    priced = pricer.cost(use(model, provider, input=1_000, tier=tier))
    standard = pricer.cost(use(model, provider, input=1_000))
    assert (priced.nano, priced.tier_priced, standard.tier_priced) == (standard.nano, False, True)


@pytest.mark.parametrize(
    "model", ["claude-opus-4-6-fast", "anthropic/claude-opus-4.6-fast", "claude-opus-4-6-fast[1m]"]
)
def test_fast_in_the_id_is_the_fast_tier(pricer: Pricer, model: str) -> None:
    assert rates(pricer, model, at="2026-04-20") == ["30", "3", "37.5", "60", "150"]
    assert pricer.cost(use(model, at="2026-04-20", input=1, tier="fast")).nano == 30_000


def test_a_list_that_has_the_fast_tier_as_a_model_is_not_multiplied_again(pricer: Pricer) -> None:
    assert pricer.cost(use("claude-opus-4.8-fast", "github-copilot", input=1)) == pricer.cost(
        use("claude-opus-4-8", "anthropic", tier="fast", input=1)
    )


def test_fast_has_no_long_price(pricer: Pricer) -> None:
    long = pricer.cost(use("claude-opus-4-6", at="2026-02-20", input=300_000, tier="fast"))
    assert (long.nano, long.tier_priced) == (300_000 * 30_000, True)


@pytest.mark.parametrize("at", ["2026-09-01", "2026-11-20"])
@pytest.mark.parametrize(("prompt", "priced_at_tier"), [(272_000, True), (272_001, False)])
def test_openai_serves_no_long_prompts_with_priority(
    pricer: Pricer, at: str, prompt: int, priced_at_tier: bool
) -> None:
    priced = pricer.cost(use("gpt-5.4", at=at, input=prompt, tier="priority"))
    assert (priced.nano, priced.tier_priced) == (prompt * 5_000, priced_at_tier)


@pytest.mark.parametrize(("prompt", "rate"), [(272_000, 1_250), (272_001, 2_500)])
def test_flex_keeps_the_long_price(pricer: Pricer, prompt: int, rate: int) -> None:
    assert pricer.cost(use("gpt-5.4", at="2026-09-01", input=prompt, tier="flex")).nano == prompt * rate


# Places and searches


@pytest.mark.parametrize("model", ["claude-opus-4-6", "claude-sonnet-4-6", "claude-opus-5-5", "claude-fable-5-1"])
def test_inference_kept_in_the_us_costs_a_tenth_more_on_every_kind(pricer: Pricer, model: str) -> None:
    everywhere, here = (pricer.row(use(model, geo=geo).context, day_number("2026-11-20")) for geo in ("", "us"))
    assert everywhere is not None and here is not None
    assert here.bands[0].rates == everywhere.bands[0].rates.times(Fraction(11, 10))


@pytest.mark.parametrize(
    ("model", "provider", "geo"),
    [
        ("claude-opus-4-5", "anthropic", "us"),
        ("claude-sonnet-4-5", "anthropic", "us"),
        ("claude-opus-5", "anthropic", "global"),
        ("claude-opus-5", "anthropic", "not_available"),
        ("claude-opus-5", "google-vertex", "us"),
        ("anthropic/claude-opus-5", "openrouter", "us"),
        ("us.anthropic.claude-opus-4-6-v1:0", "anthropic", "us"),
        ("gpt-5.5", "openai", "us"),
    ],
)
def test_other_models_places_and_providers_cost_no_more(pricer: Pricer, model: str, provider: str, geo: str) -> None:
    assert rates(pricer, model, provider, geo=geo) == rates(pricer, model, provider) is not None


def test_place_and_tier_are_multiplied(pricer: Pricer) -> None:
    assert rates(pricer, "claude-opus-5", tier="fast", geo="US") == ["11", "1.1", "13.75", "22", "55"]
    assert rates(pricer, "claude-opus-5", at="2026-09-01", tier="batch", geo="us") == [
        "2.75", "0.275", "3.4375", "5.5", "13.75",
    ]  # fmt: skip


@pytest.mark.parametrize("model", ["claude-opus-5", "claude-opus-4-5", "gpt-5", "gpt-5.3-codex"])
def test_a_web_search_costs_a_cent(pricer: Pricer, model: str) -> None:
    priced = pricer.cost(use(model, web_search=3))
    assert (priced.nano, priced.confidence) == (30_000_000, "exact")


def test_tiers_and_places_do_not_change_the_fee_of_a_search(pricer: Pricer) -> None:
    for more in ({"tier": "batch", "at": "2026-09-01"}, {"tier": "fast"}, {"geo": "us"}):
        assert pricer.cost(use("claude-opus-5", web_search=1, **more)).nano == 10_000_000


def test_a_search_without_a_known_fee_makes_the_cost_approximate(pricer: Pricer) -> None:
    with_search, without = (pricer.cost(use("kimi-k2", input=1_000, web_search=count)) for count in (1, 0))
    assert with_search.nano == without.nano
    assert (with_search.confidence, without.confidence) == ("approximate", "exact")


# Days and hours


def test_the_utc_day_decides(pricer: Pricer) -> None:
    at = [f"2026-08-2{day}" for day in ("0T00:00:00", "0T23:59:59.999", "1T00:00:00", "1T23:59:59.999")]
    assert [pricer.cost(use("gpt-5.6-sol", at=each, input=1)).nano for each in at] == [5_000, 5_000, 4_000, 4_000]


def test_days_may_be_asked_in_any_order(prices: Prices) -> None:
    days = [f"2026-08-{day:02}" for day in range(10, 30)]
    random.Random(1).shuffle(days)
    pricer = prices()
    for day in days:
        assert pricer.cost(use("gpt-5.6-sol", at=day, input=1)).nano == (5_000 if day < "2026-08-21" else 4_000)


def test_prices_that_change_within_a_day_are_those_of_the_hour(pricer: Pricer) -> None:
    day = datetime(2026, 11, 20, tzinfo=UTC)
    nanos = set()
    for hour in (*range(24), *range(24)):
        at = day + timedelta(hours=hour)
        priced = pricer.cost(use("deepseek-v4-flash", at=at.isoformat()[:19], input=10**6))
        expected = genai_prices.calc_price(
            types.Usage(input_tokens=10**6), "deepseek-v4-flash", genai_request_timestamp=at
        )
        assert priced.nano == half_even(expected.total_price)
        nanos.add(priced.nano)
    assert len(nanos) > 1
    row = pricer.row(use("deepseek-v4-flash").context, day_number("2026-11-20"))
    assert row is not None and not row.steady


@pytest.mark.parametrize("model", ["deepseek-chat", "deepseek-reasoner"])
@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2025-09-05", ["0.56", "0.07", "0.56", "0.56", "1.68"]),
        ("2025-09-28T23:59:59", ["0.56", "0.07", "0.56", "0.56", "1.68"]),
        ("2025-09-29", ["0.28", "0.028", "0.28", "0.28", "0.42"]),
        ("2026-11-20T17:00:00", ["0.28", "0.028", "0.28", "0.28", "0.42"]),
    ],
)
def test_deepseeks_own_prices_are_corrected(pricer: Pricer, model: str, at: str, expected: list[str]) -> None:
    assert rates(pricer, model, "deepseek", at[:10]) == expected
    priced = pricer.cost(use(model, "deepseek", at=at, input=10**6))
    assert (priced.nano, priced.confidence) == (nano(expected[0]), "override")


def test_before_the_correction_and_at_other_providers_the_table_holds(pricer: Pricer) -> None:
    day = use("deepseek-chat", "deepseek", at="2025-09-04T12:00:00", input=10**6)
    assert pricer.cost(day).confidence == "exact"
    other = pricer.row(use("deepseek/deepseek-chat", "openrouter").context, day_number("2026-11-20"))
    assert other is not None and (other.provider, other.source) == ("openrouter", "package")


# The user's prices

PLAIN = '[[price]]\nmodel = "gpt-5"\ninput = 7\noutput = 70\n'


def test_yours_win_over_ours_and_ours_over_the_table(prices: Prices) -> None:
    ours = '[[price]]\nmodel = "gpt-5"\ninput = 8\noutput = 80\n'
    both, shipped, neither = prices(PLAIN, ours), prices("", ours), prices("", "")
    made = [pricer.row(use("gpt-5").context, day_number("2026-11-20")) for pricer in (both, shipped, neither)]
    assert [row and row.source for row in made] == ["yours", "shipped", "package"]
    assert [row and row.confidence for row in made] == ["override", "override", "exact"]
    assert [row and row.bands[0].rates.input for row in made] == [7, 8, Fraction(5, 4)]


@pytest.mark.parametrize("name", ["gpt-5-codex", "openai/gpt-5-codex", "GPT-5-CODEX", "gpt-5", "gpt-*", "*codex"])
def test_a_price_may_name_the_logged_id_or_the_model_that_it_is(prices: Prices, name: str) -> None:
    pricer = prices(PLAIN.replace('"gpt-5"', f'"{name}"'))
    assert pricer.cost(use("openai/gpt-5-codex", input=1)).nano == 7_000


def test_a_price_of_another_provider_does_not_hold(prices: Prices) -> None:
    pricer = prices(PLAIN + 'provider = "azure"\n')
    assert pricer.cost(use("gpt-5", "azure", input=1)).nano == 7_000
    assert pricer.cost(use("gpt-5", "openai", input=1)).nano == 1_250


def test_a_price_holds_on_its_days(prices: Prices) -> None:
    pricer = prices(PLAIN + "from = 2026-03-01\nuntil = 2026-03-03\n")
    days = [f"2026-0{day}" for day in ("2-28", "3-01", "3-02", "3-03")]
    assert [pricer.cost(use("gpt-5", at=day, input=1)).nano for day in days] == [1_250, 7_000, 7_000, 1_250]


def test_a_price_of_a_tier_is_only_of_it_and_needs_no_factor(prices: Prices) -> None:
    pricer = prices(PLAIN + 'tier = "batch"\n')
    batch = pricer.cost(use("gpt-5", input=1, tier="batch"))
    assert (batch.nano, batch.tier_priced) == (7_000, True)
    assert pricer.cost(use("gpt-5", input=1)).nano == 1_250


def test_a_price_of_the_standard_tier_is_not_multiplied_by_its_factor(prices: Prices) -> None:
    factor = '[[factor]]\nmodel = "gpt-5"\ntier = "standard"\ntimes = 2\n'
    assert prices(PLAIN + 'tier = "standard"\n' + factor).cost(use("gpt-5", input=1)).nano == 7_000
    assert prices(PLAIN + factor).cost(use("gpt-5", input=1)).nano == 14_000


def test_a_price_of_any_tier_is_multiplied_for_tiers(prices: Prices) -> None:
    pricer = prices(PLAIN)
    assert pricer.cost(use("gpt-5", "openai", input=2, tier="flex")).nano == 7_000
    unknown = pricer.cost(use("gpt-5", "openai", input=1, tier="scale"))
    assert (unknown.nano, unknown.tier_priced) == (7_000, False)


def test_long_prices_of_yours_count_for_the_whole_request(prices: Prices) -> None:
    pricer = prices(PLAIN + "long_above = 10\nlong_input = 14\nlong_output = 140\n")
    assert [pricer.cost(use("gpt-5", input=count, output=1)).nano for count in (10, 11)] == [
        10 * 7_000 + 70_000,
        11 * 14_000 + 140_000,
    ]


def test_models_of_your_own_have_the_price_you_give_them(prices: Prices) -> None:
    pricer = prices('[[price]]\nmodel = ["llama3*", "house-model"]\ninput = 0\noutput = 0\n')
    for model, provider in (("llama3.1:8b", ""), ("llama3.1:8b", "ollama"), ("house-model", "ours"), ("Llama3", "x")):
        priced = pricer.cost(use(model, provider, input=1, output=1))
        assert (priced.nano, priced.confidence) == (0, "override")
    assert pricer.cost(use("qwen3:8b", input=1)) is UNPRICED


def test_a_search_fee_of_yours_holds_and_else_the_providers(prices: Prices) -> None:
    assert prices(PLAIN + "web_search = 1\n").cost(use("gpt-5", web_search=1)).nano == 1_000_000
    assert prices(PLAIN).cost(use("gpt-5", web_search=1)).nano == 10_000_000
    own = prices('[[price]]\nmodel = "mine"\ninput = 1\noutput = 1\n').cost(use("mine", input=1, web_search=1))
    assert (own.nano, own.confidence) == (1_000, "approximate")


def test_the_provider_that_a_price_names_decides_the_fee_of_a_search(prices: Prices) -> None:
    pricer = prices('[[price]]\nmodel = "mine"\nprovider = "openai"\ninput = 1\noutput = 1\n')
    priced = pricer.cost(use("mine", "openai-codex", web_search=1))
    assert (priced.nano, priced.confidence) == (10_000_000, "override")


def test_a_discount_multiplies_every_price_and_keeps_the_label(prices: Prices) -> None:
    pricer = prices('[[factor]]\nprovider = "anthropic"\ntimes = 0.5\n')
    assert rates(pricer, "claude-opus-5") == ["2.5", "0.25", "3.125", "5", "12.5"]
    assert rates(pricer, "claude-opus-5", tier="fast", geo="us") == ["5.5", "0.55", "6.875", "11", "27.5"]
    assert rates(pricer, "gpt-5") == rates(prices(), "gpt-5")
    assert pricer.cost(use("claude-opus-5", input=1, web_search=1)).nano == 2_500 + 10_000_000


def test_a_discount_may_leave_cache_reads_alone(prices: Prices) -> None:
    pricer = prices('[[factor]]\nprovider = "anthropic"\ntimes = 0.5\nkeep_cache_read = true\n')
    assert rates(pricer, "claude-opus-5") == ["2.5", "0.5", "3.125", "5", "12.5"]


def test_a_discount_may_take_the_long_prices_away(prices: Prices) -> None:
    pricer = prices('[[factor]]\nmodel = "claude-*"\nprovider = "anthropic"\ntimes = 1\nflat = true\n')
    assert pricer.cost(use("claude-sonnet-4-5", input=200_001)).nano == 200_001 * 3_000


@pytest.mark.parametrize("tier", ["standard", "fast", "priority", "flex", "batch"])
def test_a_factor_of_a_tier_replaces_what_is_known_of_it(prices: Prices, tier: str) -> None:
    pricer = prices(f'[[factor]]\nmodel = "gpt-5"\nprovider = "openai"\ntier = "{tier}"\ntimes = 3\n')
    for at in ("2026-05-01", "2026-11-20"):
        priced = pricer.cost(use("gpt-5", "openai", at=at, input=1, tier=tier))
        assert (priced.nano, priced.tier_priced) == (3_750, True)
        other = "batch" if tier != "batch" else "standard"
        assert pricer.cost(use("gpt-5", "openai", at=at, input=1, tier=other)).nano in (625, 1_250)


def test_a_factor_of_a_place_replaces_ours(prices: Prices) -> None:
    pricer = prices('[[factor]]\nmodel = "claude-opus-5"\ngeo = "us"\ntimes = 2\n')
    assert pricer.cost(use("claude-opus-5", input=1, geo="us")).nano == 10_000
    assert pricer.cost(use("claude-opus-4-6", input=1, geo="us")).nano == 5_500


def test_an_alias_gives_a_name_its_price(prices: Prices) -> None:
    pricer = prices(
        '[aliases]\n"team-*" = "anthropic/claude-opus-4-5"\n"swift" = "claude-opus-4-6-fast"\n"odd" = "nothing"\n'
    )
    priced = pricer.cost(use("team-proxy-large", "proxy", input=1))
    assert (priced.nano, priced.confidence) == (5_000, "override")
    assert pricer.cost(use("swift", input=1)).nano == 30_000
    assert pricer.cost(use("odd", input=1)) is UNPRICED
    assert pricer.context_window("team-proxy-large") == 200_000


def test_what_the_logged_id_asks_for_goes_on_to_the_model_behind_the_alias(prices: Prices) -> None:
    pricer = prices('[aliases]\n"claude-team" = "claude-opus-4-6"\n"small" = "claude-sonnet-4-5"\n')
    assert pricer.cost(use("claude-team-fast", input=1)).nano == 30_000
    assert (pricer.context_window("small[1m]"), pricer.context_window("small")) == (1_000_000, 200_000)


def test_an_alias_may_stand_for_a_model_with_a_price_of_yours(prices: Prices) -> None:
    pricer = prices(PLAIN + '[aliases]\n"mine" = "gpt-5"\n')
    assert pricer.cost(use("mine", input=1)).nano == 7_000


def test_mistakes_are_told_and_the_rest_holds(prices: Prices) -> None:
    pricer = prices("[[price]]\n" + PLAIN)
    assert pricer.problems == (
        "prices.toml, line 1: model must be a name, or a list of names, in quotes; this price is not used.",
    )
    assert pricer.cost(use("gpt-5", input=1)).nano == 7_000


def test_without_mistakes_nothing_is_told(pricer: Pricer) -> None:
    pricer.cost(use("gpt-5", input=1))
    assert pricer.problems == ()


def test_a_table_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "prices.json"
    data = prices_file().read_bytes()
    file.write_bytes(data.replace(b'["claude-2",', b'["claude-2",5,', 1))
    pricer = Pricer(tmp_path / "none.toml", table=file)
    assert pricer.cost(use("gpt-5", input=1)).nano == 1_250
    assert pricer.cost(use("claude-opus-5", "anthropic", input=1)) is UNPRICED
    assert pricer.problems[0].startswith("The price table is damaged (")


# The version


def test_the_version_names_the_package(pricer: Pricer) -> None:
    assert pricer.version.startswith(f"genai-prices {genai_prices.__version__} ")


def test_the_version_changes_when_prices_do_and_only_then(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    pricer = Pricer(file)
    versions = {"nothing": pricer.version}

    def after(name: str, text: str) -> str:
        file.write_text(text, encoding="utf-8")
        pricer.reload()
        versions[name] = pricer.version
        return pricer.version

    assert after("comment", "# a comment\n") == versions["nothing"]
    assert after("mistake", "[[price]]\ninput = 5\n") == versions["nothing"]
    first = after("price", PLAIN)
    assert first != versions["nothing"]
    assert after("comment and mistake", "# a comment\n[[price]]\n\n" + PLAIN) == first
    assert after("written otherwise", PLAIN.replace("7\n", "7.0\n")) == first
    assert after("other rate", PLAIN.replace("7\n", "8\n")) not in (first, versions["nothing"])
    assert after("factor", '[[factor]]\nmodel = "m"\ntimes = 2\n') not in (first, versions["nothing"])
    assert after("alias", '[aliases]\n"m" = "n"\n') not in (first, versions["nothing"], versions["factor"])
    file.unlink()
    pricer.reload()
    assert pricer.version == versions["nothing"] == Pricer(file).version


def test_after_a_reload_new_prices_hold_at_once(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    pricer = Pricer(file)
    assert pricer.cost(use("gpt-5", input=1)).nano == 1_250
    file.write_text(PLAIN, encoding="utf-8")
    assert pricer.cost(use("gpt-5", input=1)).nano == 1_250
    pricer.reload()
    assert pricer.cost(use("gpt-5", input=1)).nano == 7_000


def test_the_rules_of_this_program_are_a_part_of_the_version(pricer: Pricer, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pricer.version
    monkeypatch.setattr(costs, "RULES", costs.RULES + 1)
    assert Pricer(Path("none.toml")).version != before


# Context windows


@pytest.mark.parametrize(
    ("model", "provider", "tokens"),
    [
        ("claude-sonnet-4-5-20250929", "anthropic", 200_000),
        ("claude-sonnet-4-5-20250929[1m]", "anthropic", 1_000_000),
        ("claude-opus-4-6", "", 1_000_000),
        ("gpt-5-codex", "", 400_000),
        ("gpt-5.4", "openai", 1_050_000),
        ("gemini-2.5-flash", "", 1_048_576),
        ("us.anthropic.claude-opus-4-5-20251101-v1:0", "", 200_000),
        ("gemini-2.5-pro", "", None),
        ("no such model", "", None),
        ("llama3.1:8b", "", None),
        ("", "", None),
    ],
)
def test_context_windows_are_known_or_not(pricer: Pricer, model: str, provider: str, tokens: int | None) -> None:
    assert pricer.context_window(model, provider) == pricer.context_window(model, provider) == tokens


# Bulk, bounds and threads


def test_a_row_prices_all_records_of_its_context_and_day(pricer: Pricer) -> None:
    record = use("claude-opus-5", "anthropic", **OPUS_5, web_search=2)
    row = pricer.row(record.context, record.time // DAY_MS)
    assert row is not None and row.steady
    counts = (record.input, record.cache_read, record.cache_write_5m, record.cache_write_1h, record.output)
    assert row.nano(*counts, record.reasoning, record.web_search) == pricer.cost(record).nano == nano("0.24")
    assert pricer.row(use("unknown").context, 20_000) is None


def test_memory_is_bounded_whatever_names_logs_hold(prices: Prices) -> None:
    pricer = prices()
    state = pricer._state
    for number in range(costs._MODELS + 500):
        pricer.cost(use(f"no-model-{number}", input=1))
    assert 0 < len(state.meant) <= costs._MODELS
    assert 0 < len(state.spans) <= costs._SPANS
    for day in range(costs._ROWS + 500):
        pricer.row(use("gpt-5").context, day)
    assert 0 < len(state.rows) <= costs._ROWS
    for number in range(20):
        pricer.cost(use("gpt-5", geo="x" * 100_000 + str(number), input=1))
        pricer.context_window("x" * 100_000 + str(number))
    kept = [part for memory in (state.rows, state.spans, state.meant) for key in memory for part in key]
    assert max(len(part) for part in kept if isinstance(part, str)) < 1_000
    assert pricer.cost(use("gpt-5", input=1)).nano == 1_250


def test_many_threads_get_the_same_prices_while_files_are_read_again(prices: Prices) -> None:
    models = ["claude-opus-5", "gpt-5-codex", "gemini-2.5-pro", "deepseek-v4-flash", "glm-4.6", "unknown", "o3"]
    records = [
        use(model, at=f"2026-{month:02}-{day:02}", input=250_000, output=day)
        for model in models for month in range(1, 13) for day in range(1, 28, 5)
    ]  # fmt: skip
    alone = prices()
    expected = [alone.cost(record) for record in records]
    shared = prices()

    def price(seed: int) -> list[object]:
        if seed % 4 == 0:
            shared.reload()
        order = list(enumerate(records))
        random.Random(seed).shuffle(order)
        found = {index: shared.cost(record) for index, record in order}
        return [found[index] for index in range(len(records))]

    with ThreadPoolExecutor(8) as pool:
        assert all(found == expected for found in pool.map(price, range(16)))


def test_pricing_never_imports_the_package() -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom tokenwatch.base.usage import Context, Record\n"
        "from tokenwatch.pricing.cost import Pricer\npricer = Pricer(Path('none.toml'))\n"
        "for model in ('claude-opus-5', 'gpt-5-codex', 'nobody knows', 'deepseek-chat', 'x/y', 'qwen3-max'):\n"
        "    for provider in ('', 'anthropic', 'openrouter', 'proxy'):\n"
        "        context = Context(agent='a', session='s', model=model, provider=provider, tier='batch')\n"
        "        pricer.cost(Record(context, 1, 2, 1764000000000, input=5))\n"
        "        pricer.context_window(model, provider)\n"
        "print(*(name for name in ('genai_prices', 'pydantic', 'httpx2') if name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout.split(), done.stderr) == ([], "")


# The price package as the judge

FIRST_PARTY = ("anthropic", "openai", "google", "x-ai", "moonshotai", "zai", "deepseek", "mistral", "minimax")
counts = st.integers(0, 400_000) | st.integers(0, 10**9)


@pytest.fixture(scope="session")
def plain_pricer(tmp_path_factory: pytest.TempPathFactory) -> Pricer:
    """Without overrides of any kind: the table alone."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "empty.toml").write_text("", encoding="utf-8")
    return Pricer(folder / "none.toml", shipped=folder / "empty.toml")


@given(data=st.data())
def test_every_cost_is_what_the_package_calculates(
    plain_pricer: Pricer, package: dict[str, types.Provider], data: st.DataObject
) -> None:
    provider = package[data.draw(st.sampled_from(FIRST_PARTY))]
    # A few models cannot be found by their own id.
    model = data.draw(st.sampled_from([each for each in provider.models if provider.find_model(each.id)]))
    tier = data.draw(st.sampled_from(sorted(TIERS)))
    second = data.draw(st.integers(1_672_531_200, 1_830_297_600))
    moment = datetime.fromtimestamp(second, UTC)
    record = use(
        model.id,
        provider.id,
        at=moment.isoformat()[:19],
        tier=tier,
        **{
            name: data.draw(counts, label=name)
            for name in ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning")
        },
    )
    record = msgspec.structs.replace(record, reasoning=min(record.reasoning, record.output))
    entry = provider.find_model(model.id)
    assert entry is not None
    context = context_of(entry, moment, tier)
    priced = plain_pricer.cost(record)
    if priced.nano is None:
        assert not priceable(entry.get_prices(moment, context), record)
        return
    expected = genai_prices.calc_price(
        usage_of(record),
        model.id,
        provider_id=provider.id,
        genai_request_timestamp=moment,
        price_context=context,
    )
    assert priced.nano == half_even(expected.total_price)
    assert priced.tier_priced == (tier == "standard" or context is not None) or entry_is_flat(plain_pricer, record)


def priceable(price: types.ModelPrice, record: Record) -> bool:
    """Whether the package has a price for each kind of token that was used."""
    known = {key for key, value in vars(price).items() if value is not None}
    if not known:
        return True
    if not known & {"input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok"}:
        return False
    parents = {
        "input": {"input_mtok"},
        "cache_read": {"cache_read_mtok", "input_mtok"},
        "cache_write_5m": {"cache_write_5m_mtok", "cache_write_mtok", "input_mtok"},
        "cache_write_1h": {"cache_write_1h_mtok", "cache_write_mtok", "input_mtok"},
        "output": {"output_mtok"},
    }
    return all(known & keys for kind, keys in parents.items() if getattr(record, kind))


def entry_is_flat(pricer: Pricer, record: Record) -> bool:
    """A long prompt at a tier that has no long price."""
    row = pricer.row(record.context, record.time // DAY_MS)
    prompt = record.input + record.cache_read + record.cache_write_5m + record.cache_write_1h
    return row is not None and row.flat_above is not None and prompt > row.flat_above
