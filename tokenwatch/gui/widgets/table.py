"""Table: what a chart or an explanation shows, as a table of texts.

Owns nothing but that shape. Does not own showing it (table_dialog.py, explanation_table.py).
"""

from __future__ import annotations

import msgspec


class Table(msgspec.Struct, frozen=True):
    """A chart's data as a table of texts."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
