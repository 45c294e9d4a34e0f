"""Comma-separated values that are safe to open in a spreadsheet.

Owns quoting and the guard against formulas. Does not own which columns there are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters with which spreadsheets begin a formula (OWASP, "CSV Injection"), full-width forms included."""


def csv_text(titles: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """Titles and rows as RFC 4180 has it. Text that a spreadsheet would calculate gets an apostrophe before it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(titles)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return buffer.getvalue()


def guarded(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would calculate it."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_SIGNS) else text
