"""What if: rows that are read one by one with the keyboard, and all at once by whoever listens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.what_if import WhatIf, WhatIfLine

LINES = (WhatIfLine("As now", "Plus", "$412"), WhatIfLine("No plans", "same tokens", "≈ $1,221"))


@pytest.fixture
def rows(qtbot, look: Look) -> WhatIf:
    rows = WhatIf(look)
    qtbot.addWidget(rows)
    rows.show_lines(LINES)
    rows.resize(400, 200)
    rows.show()
    return rows


def test_every_row_is_painted_and_told(rows: WhatIf, painted) -> None:
    painted.texts.clear()
    rows.grab()
    assert painted.texts == ["$412", "As now", "Plus", "≈ $1,221", "No plans", "same tokens"]
    assert rows.accessibleName() == "As now, Plus: $412"
    assert rows.accessibleDescription() == "As now, Plus: $412; No plans, same tokens: ≈ $1,221"


def test_arrows_go_from_row_to_row(rows: WhatIf, qtbot) -> None:
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert rows.accessibleName() == "No plans, same tokens: ≈ $1,221"
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Up)
    assert rows.accessibleName() == "As now, Plus: $412"


def test_fewer_rows_keep_a_row_that_is_there(rows: WhatIf, qtbot) -> None:
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    rows.show_lines(LINES[:1])
    assert rows.accessibleName() == "As now, Plus: $412"
    rows.show_lines(())
    assert rows.accessibleName() == ""


def test_it_is_as_tall_as_its_rows(rows: WhatIf) -> None:
    both = rows.sizeHint().height()
    rows.show_lines(LINES[:1])
    assert rows.sizeHint().height() == both // 2
