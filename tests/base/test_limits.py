"""Windows of limits have names that tell their length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.limits import window_ms, window_name, window_words

HOUR = 3_600_000


@pytest.mark.parametrize(
    ("minutes", "name", "words"),
    [
        (300, "5h", "5-hour"),
        (10_080, "7d", "week"),
        (43_200, "30d", "30-day"),
        (60, "1h", "1-hour"),
        (90, "90m", "90-minute"),
    ],
)
def test_a_window_is_named_by_its_length(minutes: int, name: str, words: str) -> None:
    assert (window_name(minutes), window_words(name)) == (name, words)


@given(st.integers(1, 500_000))
def test_a_name_tells_the_length_again(minutes: int) -> None:
    found = window_ms(window_name(minutes))
    assert found == minutes * 60_000 or minutes > 99_999


@pytest.mark.parametrize("window", ["", "opus", "5-hour", "999999d", "-1h", "0h", "ع" * 50, "٣h"[::-1]])
def test_a_name_that_tells_no_length_has_none_and_stays(window: str) -> None:
    assert window_ms(window) is None


def test_a_name_of_the_providers_own_stays_as_it_is() -> None:
    assert window_words("opus") == "opus"
