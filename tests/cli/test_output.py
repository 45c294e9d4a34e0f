"""Words and shapes that every command uses."""

from __future__ import annotations

import pytest

from tokenwatch.cli.output import counted


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 requests"), (1, "1 request"), (2, "2 requests"), (1204, "1,204 requests")]
)
def test_what_is_counted_is_one_or_several(number: int, words: str) -> None:
    assert counted(number, "request") == words
