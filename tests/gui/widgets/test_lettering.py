"""Lines of text never grow over their room: they are cut, made smaller or broken, and shown as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from tests.gui import samples
from tokenwatch.base.text import plain
from tokenwatch.gui.widgets.lettering import (
    SMALLEST,
    Run,
    cut,
    draw,
    draw_centre,
    draw_right,
    fit,
    middle,
    run_width,
    width,
    wrap,
    wrap_evenly,
)
from tokenwatch.gui.widgets.look import Look

words = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=60)


@pytest.fixture(scope="module")
def fonts(qapp) -> Look:
    """One for the laws, which ask it many times."""
    from tokenwatch.gui.theme import Theme

    return Look(Theme("light"))


@given(st.lists(words, max_size=4), st.floats(0, 400))
def test_cut_runs_fit(fonts: Look, texts: list[str], limit: float) -> None:
    kept = cut(fonts, [Run(text, gap=4) for text in texts], limit)
    assert width(fonts, kept) <= limit + 0.5 or not kept


def test_what_fits_is_not_cut(look: Look) -> None:
    runs = (Run("atlas-api"), Run("Claude Code", gap=6))
    assert cut(look, runs, 1000) == runs


def test_last_run_is_cut_first_and_ends_in_an_ellipsis(look: Look) -> None:
    runs = (Run("atlas-api"), Run("Claude Code for everyone", gap=6))
    kept = cut(look, runs, width(look, runs) - 30)
    assert kept[0] == runs[0]
    assert kept[1].text.endswith("…")
    assert cut(look, runs, width(look, runs[:1]) + 8) == runs[:1]


def test_smaller_type_before_a_cut_number(look: Look) -> None:
    number = (Run("$12,345,678", 24, 650),)
    smaller = fit(look, number, width(look, number) * 0.8)
    assert smaller[0].text == number[0].text
    assert SMALLEST <= smaller[0].px < 24
    assert width(look, smaller) <= width(look, number) * 0.8
    assert fit(look, number, 5)[0].px >= SMALLEST


@given(st.lists(st.sampled_from(["a", "of", "logs", "permission", "denied."]), max_size=40), st.integers(1, 4))
def test_wrapped_lines_hold_all_words_in_order(fonts: Look, texts: list[str], most: int) -> None:
    text = " ".join(texts)
    for wrapped in (wrap, wrap_evenly):
        lines = wrapped(fonts, text, 12.5, 400, 200, most)
        assert " ".join(lines).split() == texts
        assert len(lines) <= most


@pytest.mark.parametrize("limit", [60, 100, 200])
def test_chinese_is_broken_between_characters_and_keeps_its_signs(fonts: Look, limit: int) -> None:
    text = "从缓存读取的费用约为新输入的十分之一。如果您支付“固定费用”，请填写 API 价格（按月）。"
    lines = wrap(fonts, text, 12.5, 400, limit, 40)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line in text for line in lines), "nothing is put between characters"
    assert len(lines) > 2
    assert all(run_width(fonts, Run(line)) <= limit for line in lines)
    assert not any(line[0] in "，。”）" or line[-1] in "“（" for line in lines)


def test_even_lines_leave_no_single_word(look: Look) -> None:
    text = "Logs written meanwhile are counted on resume. Nothing is lost."
    limit = look.metrics(12.5).horizontalAdvance(text) - 10
    assert wrap(look, text, 12.5, 400, limit, 3)[-1] == "lost."
    assert len(wrap_evenly(look, text, 12.5, 400, limit, 3)[-1].split()) > 2


def test_names_with_a_hyphen_have_no_digits_of_equal_width() -> None:
    assert not Run("mobile-app-2").tabular
    assert Run("$371–$468").tabular
    assert Run("\N{MINUS SIGN}5").tabular


@pytest.mark.parametrize("text", [plain(text) for text in samples.HOSTILE])
def test_hostile_text_is_drawn_within_its_room(look: Look, text: str) -> None:
    image = QImage(300, 40, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    room = QRectF(50, 0, 120, 40)
    end = draw(painter, look, 50, middle(look, room, 13), (Run(text, 13),), 120)
    start = draw_right(painter, look, 170, 30, (Run(text, 13),), 120)
    draw_centre(painter, look, 110, 30, (Run(text, 13),), 120)
    painter.end()
    assert end <= 171
    assert start >= 49
    assert all(image.pixelColor(x, y).alpha() == 0 for y in range(40) for x in (*range(30), *range(200, 300)))
