"""Logged ids are read in every sensible way, best first, and nothing else is made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.pricing.names import LOCAL, LONGEST, PROVIDERS, Attempt, Wanted, regionless, shortened, wanted


def tried(model: str, provider: str = "") -> list[tuple[str, str]]:
    return [(attempt.provider, attempt.model) for attempt in wanted(model, provider).attempts]


def kind_of(attempt: tuple[str, str], model: str, provider: str = "") -> str:
    (kind,) = (each.kind for each in wanted(model, provider).attempts if (each.provider, each.model) == attempt)
    return kind


def test_a_bare_id_is_tried_as_it_is() -> None:
    assert wanted("gpt-5").attempts == (Attempt("", "gpt-5", "exact"),)


def test_the_logged_provider_is_asked_before_one_that_the_id_suggests() -> None:
    assert tried("gpt-5", "azure") == [("azure", "gpt-5"), ("", "gpt-5")]
    assert kind_of(("azure", "gpt-5"), "gpt-5", "azure") == "exact"
    assert kind_of(("", "gpt-5"), "gpt-5", "azure") == "approximate"


def test_the_maker_in_front_of_the_id_is_not_who_served_it() -> None:
    assert kind_of(("anthropic", "claude-opus-5"), "anthropic/claude-opus-5", "azure") == "approximate"
    assert kind_of(("anthropic", "claude-opus-5"), "anthropic/claude-opus-5", "openrouter") == "exact"


@pytest.mark.parametrize("provider", ["someone", "unknown proxy", "<script>"])
def test_a_provider_nobody_knows_makes_the_makers_price_approximate(provider: str) -> None:
    assert wanted("gpt-5", provider).attempts == (Attempt("", "gpt-5", "approximate"),)


@pytest.mark.parametrize(
    ("model", "provider", "attempt"),
    [
        ("anthropic/claude-opus-5", "", ("anthropic", "claude-opus-5")),
        ("openai/gpt-5", "", ("openai", "gpt-5")),
        ("vertex_ai/gemini-2.5-pro", "", ("google", "gemini-2.5-pro")),
        ("moonshotai/kimi-k2", "", ("moonshotai", "kimi-k2")),
        ("z-ai/glm-4.6", "", ("zai", "glm-4.6")),
        ("anthropic/claude-sonnet-4.5", "openrouter", ("openrouter", "anthropic/claude-sonnet-4.5")),
        ("models/gemini-2.5-pro", "", ("", "gemini-2.5-pro")),
        ("publishers/google/models/gemini-2.5-pro", "google", ("google", "gemini-2.5-pro")),
        ("projects/p/locations/l/publishers/google/models/gemini-2.5-pro", "", ("", "gemini-2.5-pro")),
        ("us.anthropic.claude-opus-5-v1:0", "anthropic", ("aws", "us.anthropic.claude-opus-5-v1:0")),
        ("arn:aws:bedrock:us-east-1:1:x/eu.amazon.nova-pro-v1:0", "", ("aws", "eu.amazon.nova-pro-v1:0")),
        ("glm-4.6", "", ("zai", "glm-4.6")),
        ("codex-mini-latest", "", ("openai", "codex-mini-latest")),
        ("chatgpt-4o-latest", "", ("openai", "chatgpt-4o-latest")),
    ],
)  # fmt: skip
def test_who_served_the_model_is_read_from_the_id(model: str, provider: str, attempt: tuple[str, str]) -> None:
    assert tried(model, provider)[0] == attempt


@pytest.mark.parametrize(
    ("model", "form", "kind"),
    [
        ("Claude-Opus-5", "claude-opus-5", "exact"),
        ("  gpt-5 ", "gpt-5", "exact"),
        ("claude-opus-4-5-20251101", "claude-opus-4-5", "dated"),
        ("claude-opus-4-5@20251101", "claude-opus-4-5-20251101", "exact"),
        ("claude-opus-4-5@20251101", "claude-opus-4-5", "dated"),
        ("gpt-5-2025-08-07", "gpt-5", "dated"),
        ("mistral-large-latest", "mistral-large", "dated"),
        ("claude-sonnet-4-5[1m]", "claude-sonnet-4-5", "exact"),
        ("gpt-5-high", "gpt-5", "alias"),
        ("gpt-5-codex-xhigh", "gpt-5-codex", "alias"),
        ("gpt-5:minimal", "gpt-5", "alias"),
        ("claude-4.5-sonnet", "claude-sonnet-4-5", "alias"),
        ("claude-4.5-opus-high-thinking", "claude-opus-4-5", "alias"),
        ("claude-4-sonnet", "claude-sonnet-4", "alias"),
        ("claude-opus-4-5-20251101-thinking", "claude-opus-4-5", "alias"),
    ],
)
def test_decorations_are_taken_off(model: str, form: str, kind: str) -> None:
    assert kind_of(("", form), model) == kind


@pytest.mark.parametrize("model", ["gpt-5-mini", "gpt-5-nano", "gpt-5-pro", "gpt-5.1-codex-max", "grok-4-fast"])
def test_what_names_another_model_stays_on(model: str) -> None:
    assert wanted(model).attempts == (Attempt("", model, "exact"),)


def test_third_generation_names_keep_their_order() -> None:
    assert tried("claude-3.5-sonnet") == [("", "claude-3.5-sonnet"), ("", "claude-3-5-sonnet")]


@pytest.mark.parametrize(
    "model", ["claude-opus-4-6-fast", "anthropic/claude-opus-4-6-fast", "claude-opus-4-6-fast[1m]"]
)
def test_fast_at_the_end_of_claude_is_a_tier(model: str) -> None:
    found = wanted(model)
    assert found.fast
    assert all(not attempt.model.endswith("-fast") for attempt in found.attempts if attempt.provider != "openrouter")


def test_a_list_may_have_the_fast_tier_as_a_model() -> None:
    assert tried("claude-opus-4.8-fast", "github-copilot")[0] == ("github-copilot", "claude-opus-4.8-fast")


@pytest.mark.parametrize(("model", "tokens"), [
    ("claude-sonnet-4-5[1m]", 1_000_000), ("claude-opus-4-6[200k]", 200_000), ("x[1M]", 1_000_000),
    ("claude-sonnet-4-5", 0), ("x[0m]", 0), ("x[thinking]", 0), ("x[12345678m]", 0), ("x[1m]y", 0),
])  # fmt: skip
def test_a_context_window_in_the_id_is_read(model: str, tokens: int) -> None:
    assert wanted(model).window == tokens


@pytest.mark.parametrize("provider", sorted(LOCAL))
def test_what_runs_on_this_computer_has_no_listed_price(provider: str) -> None:
    assert wanted("gpt-oss", provider).attempts == ()
    assert wanted(f"{provider}/gpt-oss").attempts == ()
    assert wanted("openai/gpt-oss", provider).attempts == ()


@pytest.mark.parametrize("model", ["llama3.1:8b", "qwen3-coder:30b", "gpt-oss:20b", "gemma3:latest", "mixtral:8x7b",
                                   "gemma3n:e4b", "llama3:8b-instruct-q4_0", "phi4:q8_0"])  # fmt: skip
def test_tags_of_local_servers_are_recognised(model: str) -> None:
    assert wanted(model).attempts == ()
    assert model in wanted(model).names


def test_a_local_name_from_a_named_provider_is_looked_up() -> None:
    assert ("openrouter", "deepseek-r1:8b") in tried("deepseek-r1:8b", "openrouter")


def test_models_whose_maker_has_no_list_are_tried_at_a_router() -> None:
    assert kind_of(("openrouter", "qwen/qwen3-max"), "qwen3-max") == "approximate"


def test_rules_may_name_the_id_with_or_without_its_decoration_and_the_provider_by_any_name() -> None:
    found = wanted("Anthropic/Claude-Opus-4-5-20251101", "Bedrock")
    assert {"anthropic/claude-opus-4-5-20251101", "claude-opus-4-5-20251101", "claude-opus-4-5"} <= set(found.names)
    assert set(found.providers) == {"bedrock", "aws", "anthropic"}


@pytest.mark.parametrize("model", ["", "   ", "\t\n", "x" * (LONGEST + 1), "x" * 1_000_000])
def test_what_cannot_be_a_name_gives_nothing(model: str) -> None:
    assert wanted(model, "openai") == Wanted((), ())


@pytest.mark.parametrize(
    ("model", "whole", "undated"),
    [
        ("claude-opus-5", "claude-opus-5", "claude-opus-5"),
        ("claude-opus-4-5-20251101", "claude-opus-4-5-20251101", "claude-opus-4-5"),
        ("a.claude-x-20250929-v1:0", "a.claude-x-20250929", "a.claude-x"),
        ("x-v2:0[1m]", "x", "x"),
        ("x@2025-01-31", "x-2025-01-31", "x"),
        ("x-latest", "x-latest", "x"),
    ],
)
def test_ids_are_shortened_from_the_end(model: str, whole: str, undated: str) -> None:
    assert shortened(model) == (whole, undated)


@pytest.mark.parametrize("model", ["us.anthropic.x", "anthropic.x", "us-gov.anthropic.x", "global.anthropic.x"])
def test_a_clouds_region_and_maker_are_cut_off(model: str) -> None:
    assert regionless(model) == "x"


def test_only_a_maker_the_cloud_serves_is_cut_off() -> None:
    assert regionless("foo.bar.x") == "foo.bar.x"


pieces = st.sampled_from(
    ["claude", "gpt-5", "-4-5", "[1m]", "@20250101", "-high", ":8b", "/", "us.anthropic.", "-v1:0"]
)
names = st.text(max_size=30) | st.lists(pieces, max_size=30).map("".join)


@given(names, names | st.sampled_from(sorted(PROVIDERS)))
def test_any_text_is_read_without_an_error(model: str, provider: str) -> None:
    found = wanted(model, provider)
    assert len(set(found.attempts)) == len(found.attempts) <= 600
    assert all(attempt.model and attempt.model == attempt.model.lower() for attempt in found.attempts)


@given(names)
def test_upper_case_changes_nothing(model: str) -> None:
    assert wanted(model.lower().upper()) == wanted(model.lower().upper().lower())
