"""Money in the user's currency, and numbers of sentences as a face says that they are written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tokenwatch.base.currency import numerals, write_as, written
from tokenwatch.base.format import ENGLISH, Numerals, money
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings

GERMAN = Numerals(",", ".", "$", False, "\N{NO-BREAK SPACE}")
EUROS = Settings(currency="EUR", rates=(("EUR", NANO // 2),))


@pytest.fixture
def german() -> Iterator[None]:
    write_as(GERMAN)
    yield
    write_as(ENGLISH)


def test_sentences_are_english_unless_a_face_says_otherwise() -> None:
    assert written() == numerals(Settings()) == ENGLISH


def test_a_face_says_how_numbers_of_sentences_are_written(german: None) -> None:
    assert money(1_500_000_000, numerals(Settings())) == "1,50\N{NO-BREAK SPACE}$"
    assert money(1_500_000_000, numerals(EUROS)) == "0,75\N{NO-BREAK SPACE}€"


def test_a_locale_that_is_given_goes_before(german: None) -> None:
    assert money(1_500_000_000, numerals(Settings(), ENGLISH)) == "$1.50"


def test_without_a_rate_money_stays_in_dollars() -> None:
    assert numerals(Settings(currency="EUR")) == ENGLISH
