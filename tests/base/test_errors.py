"""Every error has a short title, a message, and its place in the tree."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tokenwatch.base import errors
from tokenwatch.base.errors import (
    LedgerError,
    LedgerFull,
    PartError,
    QuestionError,
    SettingsError,
    SourceError,
    TokenWatchError,
)


def all_errors(root: type[TokenWatchError] = TokenWatchError) -> Iterator[type[TokenWatchError]]:
    yield root
    for child in root.__subclasses__():
        yield from all_errors(child)


@pytest.mark.parametrize("error", list(all_errors()), ids=lambda error: error.__name__)
def test_error_has_a_title_and_says_its_message(error):
    assert 0 < len(error.title) <= 40
    assert str(error("The disk is full.")) == "The disk is full."


def test_every_error_is_drawn_in_the_tree():
    drawn = set((errors.__doc__ or "").split())
    assert {error.__name__ for error in all_errors()} <= drawn


def test_branches_tell_a_source_from_a_part_and_both_from_a_question():
    assert set(TokenWatchError.__subclasses__()) == {SourceError, PartError, QuestionError}
    assert issubclass(LedgerFull, LedgerError) and issubclass(LedgerError, PartError)


def test_title_may_be_given():
    assert LedgerFull("No space.", title="Nothing fits").title == "Nothing fits"
    assert LedgerFull("No space.").title == "The disk is full"


def test_mistake_in_settings_carries_its_line():
    assert SettingsError("No.", line=3).line == 3
    assert SettingsError("No.").line is None
