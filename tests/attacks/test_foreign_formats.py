"""What other programs wrote is read as data only: nothing of ours can run what it reads."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "tokenwatch"
MODULES = {
    "pickle",
    "cPickle",
    "dill",
    "shelve",
    "marshal",
    "copyreg",
    "yaml",
    "jsonpickle",
    "code",
    "codeop",
    "runpy",
}
CALLS = {"eval", "exec", "compile", "__import__"}


def dangers(source: str) -> list[str]:
    """Imports and calls that turn what is read into what runs."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [each.name.partition(".")[0] for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [(node.module or "").partition(".")[0]]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            found.append(f"line {node.lineno}: {node.func.id}")
        found += [f"line {node.lineno}: {name}" for name in names if name in MODULES]
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_runs_what_it_reads(path: Path) -> None:
    assert dangers(path.read_text(encoding="utf-8")) == []


def test_a_danger_is_found() -> None:
    assert dangers("import pickle") and dangers("from yaml import load") and dangers("eval(text)")
    assert dangers("import json\nre.compile(text)") == []
