"""No widget of ours takes a name from a log for markup: every label shows plain text."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "tokenwatch"
GUESSERS = {"QLabel", "QMessageBox", "QToolTip", "QTextBrowser", "QTextEdit"}
"""They take text for markup if it looks like some; ours are told not to, or not used."""
TOLD = {"QLabel", "QMessageBox"}
DOORS = {"gui/widgets/text.py"}
"""Where labels and tool tips are made plain."""


def guesses(source: str) -> list[str]:
    """Lines at which a widget that guesses is made, unless the same module makes it plain at once."""
    found = []
    plain = "PlainText" in source
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rsplit(".", 1)[-1]
            if name in GUESSERS and not (name in TOLD and plain):
                found.append(f"line {node.lineno}: {name}")
    return found


@pytest.mark.parametrize("path", sorted((PACKAGE / "gui").rglob("*.py")), ids=lambda path: path.name)
def test_nothing_guesses_whether_a_name_is_markup(path: Path) -> None:
    if path.relative_to(PACKAGE).as_posix() not in DOORS:
        assert guesses(path.read_text(encoding="utf-8")) == []


def test_a_guesser_is_found() -> None:
    assert guesses("QLabel(name)") and guesses("QToolTip(name)") and guesses("QMessageBox(name)")
    assert guesses("label = QLabel(name)\nlabel.setTextFormat(Qt.TextFormat.PlainText)") == []
