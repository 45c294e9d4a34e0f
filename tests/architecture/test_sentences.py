"""No sentence for people is written past the translator: neither as a plain literal nor as an f-string.

Every literal that reads like words must stand in ``tr`` or ``mark``, unless it is one of the things below that nobody
reads in the window. The command line stays English, as its contract says.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tokenwatch"

ENGLISH = (
    "cli/", "demo/", "__main__.py",
    "base/errors.py",  # titles that only a log shows
    "base/settings_file.py",  # the comments of the settings file
    "system/desktop_services.py", "system/display.py",  # said by doctor, and by a start that has no window
    "gui/problem_report.py",  # for those who mend the program
    "system/log_file.py", "live/doing.py",  # a traceback; names of tools
)  # fmt: skip

WORDS = re.compile(r"[a-z]{2,}[,;:]? [a-z({]")
MACHINE = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|FROM|WHERE|PRAGMA|JOIN|ORDER BY)\b|\w+, \w+_\w+\b|\b[a-z]\.[a-z]+\b"
)
COMMAND = re.compile(r"(chmod|sudo|import) |first application process|tell application ")

LOGGED = {"debug", "info", "warning", "error", "exception", "critical"}
UNSEEN = {
    "ValueError", "TypeError", "OSError", "RuntimeError", "AssertionError", "NotImplementedError", "OperationalError",
    "compile", "search", "split", "startswith", "write", "join", "replace",
    "Agent", "Programs", "Query",  # names of commands, and what ``doctor`` says is not known of an agent
}  # fmt: skip
"""Calls whose texts no window shows: mistakes of programmers, patterns, and descriptions of agents."""

FIELDS = ("gui/", "remote/secrets.py")
"""Where a ValueError is what a field says of what was typed."""

KNOWN = {
    "own use", "this computer", "web search", "cached input", "cache write", "tool or approval", "session messages",
    "sessions of the second format", "parts of messages without counts", "Could not decode", "end of document",
    "[Request interrupted by user", "when the thread is inactive", "process {}", "hatch {} {}", "genai-prices {} {}",
    "Bearer {}",
}  # fmt: skip
"""Words of machines: keys of tables, states in JSON, and what others write."""

SPEAKING = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if not path.relative_to(PACKAGE).as_posix().startswith(ENGLISH)
]  # fmt: skip


def text_of(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def reads_like_words(text: str) -> bool:
    machine = MACHINE.search(text) or COMMAND.search(text) or "\\" in text
    return bool(WORDS.search(text)) and not machine and text.strip() not in KNOWN


def untranslated(node: ast.AST, unseen: set[str] = UNSEEN) -> Iterator[tuple[int, str]]:
    """(line, text) of every literal below ``node`` that reads like words and passes no translator."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):  # a docstring
        return
    if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "StrEnum" for base in node.bases):
        return
    if isinstance(node, ast.Call):
        name = name_of(node)
        if name in ("tr", "mark"):
            for value in (*node.args[1:], *(word.value for word in node.keywords)):
                yield from untranslated(value, unseen)
            return
        if name in unseen or (name in LOGGED and isinstance(node.func, ast.Attribute)):
            return
    text = text_of(node)
    if text is not None:
        if reads_like_words(text):
            yield node.lineno, text  # type: ignore[attr-defined]
        if isinstance(node, ast.JoinedStr):
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    yield from untranslated(part.value, unseen)
        return
    for child in ast.iter_child_nodes(node):
        yield from untranslated(child, unseen)


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_sentence_passes_the_translator(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    unseen = UNSEEN - {"ValueError"} if name.startswith(FIELDS) else UNSEEN
    assert list(untranslated(ast.parse(path.read_text(encoding="utf-8")), unseen)) == []


@pytest.mark.parametrize(
    "line",
    [
        'raise RemoteError(f"{host} is not asked any more.")',
        'raise BillError("The file has no rows.")',
        'health = Health("ledger", state, f"{path} cannot be read.")',
        'skipped = {"not valid JSON": 1}',
        'NO_COUNTS = "answers without token counts"',
        'note.say(why or "of the budget")',
        'said = tr("{host} says {why}", why="it is not known")',
        'raise RemoteError("%s is not asked any more" % host)',
        "return f\"{tr('a text')} and some more\"",
    ],
)
def test_a_sentence_past_the_translator_is_found(line: str) -> None:
    assert len(list(untranslated(ast.parse(line)))) == 1


@pytest.mark.parametrize(
    "line",
    [
        'raise RemoteError(tr("{host} is not asked any more.", host=host))',
        'NO_COUNTS = mark("answers without token counts")',
        'log.info("it was asked and %s", said)',
        'def asked():\n    """What was asked of it."""',
        'rows = query("SELECT these from there WHERE it is so")',
    ],
)
def test_what_is_translated_or_nobody_reads_is_left_alone(line: str) -> None:
    assert list(untranslated(ast.parse(line))) == []
