"""A price that was asked for stands in the person's file, and nothing else in it changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tokenwatch.base.errors import SettingsError
from tokenwatch.pricing.overrides import parse, read
from tokenwatch.pricing.overrides_file import add_alias, add_price


def test_first_price_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config" / "prices.toml"
    add_price(path, "my-model", {"input": "1.25", "output": "$10"}, since=date(2026, 11, 1))
    found = read(path)
    assert found.problems == ()
    (price,) = found.prices
    assert (price.scope.models, price.scope.since) == (("my-model",), date(2026, 11, 1))
    assert (price.bands[0].rates.input, price.bands[0].rates.output) == (Decimal("1.25"), 10)
    assert path.stat().st_mode & 0o077 == 0


def test_comments_and_entries_stay(tmp_path: Path) -> None:
    path = tmp_path / "prices.toml"
    before = '# mine\n[[price]]\nmodel = "a"\ninput = 1\noutput = 2  # dear\n\n[aliases]\n"x" = "y"\n'
    path.write_text(before)
    add_alias(path, 'team "large"', "claude-opus-4-5")
    add_price(path, "b", {"input": "0", "output": "0"})
    text = path.read_text()
    assert "# mine" in text and "# dear" in text
    found = parse(text, "prices.toml")
    assert [price.scope.models for price in found.prices] == [("a",), ("b",)]
    assert [(alias.pattern, alias.model) for alias in found.aliases] == [
        ("x", "y"),
        ('team "large"', "claude-opus-4-5"),
    ]


@pytest.mark.parametrize(
    ("rates", "words"),
    [
        ({"input": "a lot", "output": "1"}, "not a number"),
        ({"input": "-1", "output": "1"}, "not a number"),
        ({"input": "1"}, "output is missing"),
        ({"input": "1", "output": "2", "extra": "3"}, "not a known key"),
    ],
)
def test_price_that_would_not_be_understood_is_refused(tmp_path: Path, rates: dict[str, str], words: str) -> None:
    path = tmp_path / "prices.toml"
    path.write_text("# mine\n")
    with pytest.raises(SettingsError, match=words):
        add_price(path, "b", rates)
    assert path.read_text() == "# mine\n"


def test_file_with_a_mistake_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "prices.toml"
    path.write_text("[[price\n")
    with pytest.raises(SettingsError, match="has a mistake"):
        add_alias(path, "a", "b")
    assert path.read_text() == "[[price\n"
