"""The short pieces of a session's row, from any log."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.money import NANO
from tokenwatch.base.snapshot import State
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.session_text import (
    age_text,
    context_text,
    cost_text,
    details_text,
    last_words,
    rate_text,
    short_model,
    since_text,
)

WAITING, ATLAS, LEDGER, _, IDLE = samples.sessions()


@pytest.mark.parametrize(
    ("model", "short"),
    [
        ("claude-sonnet-4-5", "Sonnet 4.5"),
        ("claude-opus-4-5-20251101", "Opus 4.5"),
        ("claude-opus-4-1@20250805", "Opus 4.1"),
        ("claude-3-5-sonnet-20241022", "Sonnet 3.5"),
        ("claude-3-opus-20240229", "Opus 3"),
        ("claude-3-7-sonnet-latest", "Sonnet 3.7"),
        ("anthropic/claude-haiku-4.5", "Haiku 4.5"),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "Sonnet 4.5"),
        ("gpt-5.1-codex", "GPT-5.1-Codex"),
        ("gpt-4.1-2025-04-14", "GPT-4.1"),
        ("gemini-2.5-flash-lite", "Gemini 2.5 Flash Lite"),
        ("claude-sonnet-4-5[1m]", "sonnet-4-5[1m]"),
        ("qwen3-coder:30b", "qwen3-coder:30b"),
        ("claude-", "claude-"),
        ("", ""),
        ("<b>gpt-5</b>", "<b>gpt-5</b>"),
    ],
)
def test_models_as_people_say_them(model: str, short: str) -> None:
    assert short_model(model) == short


@given(st.text(max_size=200))
def test_any_model_name_gives_a_short_plain_line(model: str) -> None:
    found = short_model(model)
    assert len(found) <= 60
    assert found.isprintable()


def test_numbers_of_a_row() -> None:
    assert rate_text(18_600.0) == "18.6k"
    assert rate_text(0.4) == "—"
    assert cost_text(ATLAS) == "$6.42"
    assert cost_text(replace(ATLAS, cost=None)) == "no price"
    assert cost_text(replace(ATLAS, cost=123_456 * NANO)) == "$123k"
    assert age_text(ATLAS, samples.NOW) == "47m"
    assert age_text(replace(ATLAS, started_at=None), samples.NOW) == ""
    assert context_text(ATLAS) == "76%"
    assert context_text(LEDGER) == ""


def test_only_waiting_and_idle_say_since_when() -> None:
    assert since_text(WAITING, samples.NOW) == "4m"
    assert since_text(IDLE, samples.NOW) == "11m"
    assert since_text(ATLAS, samples.NOW) == ""
    assert since_text(replace(WAITING, since=samples.NOW + 5000), samples.NOW) == "0s"


def test_details_are_the_question_or_the_branch() -> None:
    assert details_text(WAITING) == "Asks: db migrate"
    assert details_text(ATLAS) == "feature/session-store"
    assert details_text(replace(WAITING, state=State.WORKING)) == "main"


def test_last_session_in_words(look: Look) -> None:
    ended = replace(ATLAS, state=State.ENDED, last_activity=samples.day_ms(18, 11))
    assert last_words(ended, samples.NOW, look) == "Last: atlas-api, Claude Code, last active 11:00, $6.42"
    bare = replace(ended, agent_name="", last_activity=None, cost=None)
    assert last_words(bare, samples.NOW, look) == "Last: atlas-api, Claude Code"
    assert last_words(replace(bare, in_plan=True), samples.NOW, look) == "Last: atlas-api, Claude Code, in plan"
