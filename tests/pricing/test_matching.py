"""Matching rules: of several models that match, the first counts, and it is told how sure the match is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.pricing.matching import Clause, Finder, dashed_dates, holds, label


@pytest.mark.parametrize(
    ("clause", "ref", "held"),
    [
        ("=gpt-5", "gpt-5", True),
        ("=gpt-5", "gpt-5-mini", False),
        ("^gpt-5", "gpt-5-mini", True),
        ("^gpt-5", "a-gpt-5", False),
        ("$-pro", "gpt-5-pro", True),
        ("$-pro", "gpt-5-pro-1", False),
        ("~claude", "us.claude-1", True),
        ("~claude", "cloud", False),
        (r"/^gpt-5\.6-\d{4}$", "gpt-5.6-2026", True),
        (r"/^gpt-5\.6-\d{4}$", "gpt-5x6-2026", False),
        (r"/-\d{8}", "opus-20250101", True),
        (("^gpt", "$-pro"), "gpt-5-pro", True),
        (("^gpt", "$-pro"), "gpt-5", False),
        (("^gpt", "$-pro"), "o3-pro", False),
        ("", "gpt-5", False),
        ("?gpt-5", "gpt-5", False),
    ],
)
def test_a_rule_holds_or_not(clause: Clause, ref: str, held: bool) -> None:
    assert holds(clause, ref) is held


@pytest.mark.parametrize(
    ("expression", "ref"),
    [
        (r"^(?:a|b)-1$", "b-1"),
        (r"^ab*c", "ac"),
        (r"^ab?c", "ac"),
        (r"^ab{0}c", "ac"),
        (r"^ab+c", "abbc"),
        (r"^a|b", "xb"),
        (r"^(?!.*-tts)", "anything"),
        (r"^a\.b", "a.b"),
        (r"^", ""),
        (r"b$", "ab"),
    ],
)
def test_expressions_hold_however_they_begin(expression: str, ref: str) -> None:
    assert holds("/" + expression, ref)


@pytest.mark.parametrize(
    ("ref", "dashed"),
    [
        ("gpt-5.2-20251211", "gpt-5.2-2025-12-11"),
        ("gpt-5.2-20251211:free", "gpt-5.2-2025-12-11:free"),
        ("gpt-5.2-20251211-x", "gpt-5.2-2025-12-11-x"),
        ("gpt-5.2-20251311", "gpt-5.2-20251311"),
        ("gpt-5.2-20250230", "gpt-5.2-20250230"),
        ("gpt-5.2-20251211x", "gpt-5.2-20251211x"),
        ("gpt-5.2-19991211", "gpt-5.2-19991211"),
        ("gpt-5.220251211", "gpt-5.220251211"),
    ],
)
def test_dates_are_written_with_dashes_if_they_are_days(ref: str, dashed: str) -> None:
    assert dashed_dates(ref) == dashed


@pytest.mark.parametrize(
    ("ref", "confidence"),
    [
        ("claude-x", "exact"),
        ("claude-x-20250101", "dated"),
        ("claude-x-latest", "dated"),
        ("us.claude-x-20250101-v1:0", "dated"),
        ("claude-ex", "alias"),
        ("us.anthropic.claude-ex-v1:0", "alias"),
        ("claude-x-preview-12", "alias"),
        ("claude-x-preview-123", "prefix"),
        ("claude-x-mini", "prefix"),
    ],
)
def test_a_match_is_called_by_how_much_of_the_id_was_recognised(ref: str, confidence: str) -> None:
    match: list[Clause] = ["^claude-x", "=claude-ex", ("~us.claude-x-20250101", "$0"), r"/^claude-x-preview-\d\d$"]
    assert label(ref, "Claude-X", match) == confidence


def test_a_model_whose_own_id_has_a_date_is_met_exactly_without_it() -> None:
    assert label("kimi-k2", "kimi-k2-20250711", ["^kimi-k2"]) == "exact"


atoms = st.builds(str.__add__, st.sampled_from("=^$~"), st.text("ab-", max_size=3)) | st.sampled_from(
    ["/^a+b", "/^ab", "/b$", "/^a|^b", "/a-b"]
)
clauses = atoms | st.lists(atoms, min_size=1, max_size=3).map(tuple)


@given(st.lists(st.lists(clauses, max_size=4), max_size=8), st.text("ab-", max_size=5))
def test_the_first_model_of_which_a_rule_holds_is_found(models: list[list[Clause]], ref: str) -> None:
    matching = [index for index, match in enumerate(models) if any(holds(clause, ref) for clause in match)]
    assert Finder(models).first(ref) == (matching[0] if matching else None)
