"""A tool tip shows exactly its text."""

from __future__ import annotations

import pytest
from PySide6.QtGui import Qt, QTextDocument

from tests.gui import samples
from tokenwatch.base.text import plain
from tokenwatch.gui.widgets.tips import tip

TEXTS = (*map(plain, samples.HOSTILE), "a < b & c > d", "&lt;b&gt;", "<b>x</b>\nand <i>more</i>", "&amp;\n&#60;", "")


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_shown_is_the_text(qtbot, text: str) -> None:
    """As Qt reads it: as markup if it looks like some, else as it stands."""
    found = tip(text)
    if Qt.mightBeRichText(found):
        document = QTextDocument()
        document.setHtml(found)
        found = document.toPlainText()
    assert found == text


def test_words_of_ours_stay_as_they_are() -> None:
    assert tip("Find (Ctrl+F)") == "Find (Ctrl+F)"
