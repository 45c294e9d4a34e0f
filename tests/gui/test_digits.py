"""The digits' outlines: each fills its height, none is like another."""

from __future__ import annotations

import pytest

from tokenwatch.gui.digits import PLUS, outline

SIGNS = "123456789"


@pytest.mark.parametrize("digit", SIGNS)
def test_digit_fills_its_height(digit: str) -> None:
    bounds = outline(digit).boundingRect()
    assert bounds.top() == pytest.approx(0, abs=0.03)
    assert bounds.bottom() == pytest.approx(1, abs=0.03)
    assert 0.4 < bounds.width() < 0.85


def test_plus_is_raised_and_smaller() -> None:
    bounds = outline(PLUS).boundingRect()
    assert bounds.bottom() < 0.6
    assert bounds.width() < 0.5


def test_nine_is_six_turned() -> None:
    six, nine = outline("6").boundingRect(), outline("9").boundingRect()
    assert six.width() == pytest.approx(nine.width())
    assert six.height() == pytest.approx(nine.height())


def test_only_known_signs_have_an_outline() -> None:
    with pytest.raises(KeyError):
        outline("0")
