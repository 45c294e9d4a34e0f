"""No widget of ours takes a name from a log for markup: every label shows plain text."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "tokenwatch"
GUESSERS = {"QLabel", "QMessageBox", "QToolTip", "QTextBrowser", "QTextEdit", "QStaticText", "QTextDocument"}
"""They take text for markup if it looks like some; ours are told not to, or not used."""
TOLD = {"QLabel", "QMessageBox"}
TIPS = {"setToolTip": 0, "setWhatsThis": 0, "setStatusTip": 0, "showText": 1}
"""They guess, too: the place of their text, which is our own words or made plain by gui/widgets/tips.py."""
ON_THE_BUS = {"gui/tray.py"}
"""The icon's tip is no widget's: test_tray.py sees to it."""


def ours(node: ast.expr) -> bool:
    """Whether a tip's text is written in the program, or made plain."""
    if isinstance(node, ast.IfExp):
        return ours(node.body) and ours(node.orelse)
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in ("tr", "tip")
    return isinstance(node, ast.Constant)


def guesses(source: str, *, on_the_bus: bool = False) -> list[str]:
    """Lines at which a widget that guesses is made, unless the same module makes it plain at once."""
    found = []
    plain = "PlainText" in source
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rsplit(".", 1)[-1]
        guessed = name in GUESSERS and not (name in TOLD and plain)
        if guessed or (name in TIPS and not on_the_bus and not ours(node.args[TIPS[name]])):
            found.append(f"line {node.lineno}: {name}")
    return found


@pytest.mark.parametrize("path", sorted((PACKAGE / "gui").rglob("*.py")), ids=lambda path: path.name)
def test_nothing_guesses_whether_a_name_is_markup(path: Path) -> None:
    on_the_bus = path.relative_to(PACKAGE).as_posix() in ON_THE_BUS
    assert guesses(path.read_text(encoding="utf-8"), on_the_bus=on_the_bus) == []


def test_a_guesser_is_found() -> None:
    assert guesses("QLabel(name)") and guesses("QToolTip(name)") and guesses("QMessageBox(name)")
    assert guesses("part.setToolTip(name)") and guesses('QToolTip.showText(place, f"{name}", part)')
    assert guesses('part.setToolTip(tr("Find") if short else tip(name))') == []
    assert guesses("label = QLabel(name)\nlabel.setTextFormat(Qt.TextFormat.PlainText)") == []
