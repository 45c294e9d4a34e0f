"""Text for people passes one door: English without a translator, else what it says, with values kept as they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tokenwatch.base.translation import mark, speak, tr


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    speak(None)


def test_without_a_translator_it_is_english() -> None:
    assert tr("Pause") == "Pause"
    assert tr("{count} more", count=3) == "3 more"


def test_a_translator_says_it_in_its_own_order() -> None:
    speak({"{spent} of {budget}": "von {budget} sind {spent} weg"}.get)
    assert tr("{spent} of {budget}", spent="$3", budget="$4") == "von $4 sind $3 weg"


def test_what_a_value_holds_is_never_a_pattern() -> None:
    assert tr("Last: {project}", project="{project.__class__} %s") == "Last: {project.__class__} %s"


def test_a_mark_changes_nothing() -> None:
    speak(str.upper)
    assert mark("Agent") == "Agent"
    assert tr(mark("Agent")) == "AGENT"
