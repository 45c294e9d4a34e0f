"""How commands write: JSON, tables of text, and the progress of long work.

Owns the form. Does not own what stands in it. The table library is imported only when a table is drawn, and
everything that comes from a log is cleaned here once more, however it got into a cell.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import msgspec

from tokenwatch.base.format import whole
from tokenwatch.base.progress import Progress
from tokenwatch.base.text import plain
from tokenwatch.base.usage import Tokens

SCHEMA: Final = 1
"""Of all JSON that commands print. Fields are added within one number, never renamed."""

LONGEST_TEXT: Final = 4096
"""Characters of one text in JSON; a path may be long, a hostile one may not be endless."""

_LONGEST_CELL: Final = 60
_SHORTEST_CELL: Final = 5
_GAP: Final = 2
_PIPE_WIDTH: Final = 100_000


class Column(msgspec.Struct, frozen=True):
    """``number``: set to the right and never shortened. ``whole``: not shortened either."""

    title: str
    number: bool = False
    whole: bool = False


def write(text: str) -> None:
    """To standard output at once, so that whoever reads a pipe need not wait."""
    sys.stdout.write(text)
    sys.stdout.flush()


def json_text(value: Any, *, line: bool = False) -> str:
    """ASCII only, so that no control character reaches a terminal; on one line, or indented for people."""
    encoded = msgspec.json.format(msgspec.json.encode(value), indent=0 if line else 2)
    if not encoded.isascii() or b"\x7f" in encoded:
        import json  # slower, and seldom needed

        return json.dumps(value, indent=None if line else 2) + "\n"
    return encoded.decode() + "\n"


def clean(text: str) -> str:
    """Text from a log as it may stand in JSON."""
    return plain(text, LONGEST_TEXT)


def counted(number: int, what: str) -> str:
    """1 request, 1,204 requests"""
    return f"{whole(number)} {what}{'' if number == 1 else 's'}"


def tokens_json(tokens: Tokens) -> dict[str, int]:
    return {
        "input": tokens.input,
        "cache_read": tokens.cache_read,
        "cache_write_5m": tokens.cache_write_5m,
        "cache_write_1h": tokens.cache_write_1h,
        "output": tokens.output,
        "reasoning": tokens.reasoning,
        "total": tokens.total,
    }


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    totals: Sequence[str] = (),
    short: Callable[[], tuple[Sequence[Sequence[str]], Sequence[str]]] | None = None,
) -> str:
    """Rows under their titles, with ``totals`` below a line. As wide as the terminal, or as needed in a pipe.

    ``short`` gives rows and totals with shorter numbers, for a terminal that is too narrow for the others.
    """
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    drawn = Table(box=SIMPLE, show_footer=bool(totals), pad_edge=False, padding=(0, 0, 0, 1))
    buffer = io.StringIO()
    # Without a terminal rich would assume 80 columns and cut what does not fit.
    console = Console(file=buffer, width=None if terminal else _PIPE_WIDTH, force_terminal=terminal, highlight=False)
    widths, fits = _widths(columns, [*rows, totals] if totals else rows, console.width)
    if short is not None and not fits:
        rows, totals = short()
        widths, _ = _widths(columns, [*rows, totals] if totals else rows, console.width)
    for index, column in enumerate(columns):
        drawn.add_column(
            column.title,
            Text(plain(totals[index], _LONGEST_CELL)) if totals else "",
            justify="right" if column.number else "left",
            width=widths[index],
            no_wrap=not column.number,
            overflow="fold" if column.number else "ellipsis",
        )
    for row in rows:
        drawn.add_row(*(Text(plain(cell, LONGEST_TEXT if not terminal else _LONGEST_CELL)) for cell in row))
    console.print(drawn)
    lines = [line.rstrip() for line in buffer.getvalue().splitlines()]
    return "".join(f"{line}\n" for line in lines if line)  # the box has an empty line above and below


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> tuple[list[int], bool]:
    """Each column's width, and whether all fit.

    Where room is scarce the titles of numbers take two lines and texts are cut, the longest first; numbers never.
    """
    cells = [[row[index] for row in rows] for index in range(len(columns))]
    natural = [max(map(len, [column.title, *texts])) for column, texts in zip(columns, cells, strict=True)]
    if sum(natural) + _GAP * len(columns) <= room:
        return natural, True
    titles = [column.title.split() if column.number else [column.title] for column in columns]
    widths = [max(map(len, [*words, *texts])) for words, texts in zip(titles, cells, strict=True)]
    texts = [index for index, column in enumerate(columns) if not (column.number or column.whole)]
    gaps = _GAP * len(columns)
    while texts and sum(widths) + gaps > room:
        longest = max(texts, key=lambda index: widths[index])
        if widths[longest] <= _SHORTEST_CELL:
            return widths, False
        widths[longest] -= 1
    return widths, True


@contextmanager
def progress() -> Iterator[Callable[[Progress | None], None] | None]:
    """A bar on standard error while logs are read, if that is a terminal and the work is long; else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("Reading logs", total=None, visible=False)

    def show(state: Progress | None) -> None:
        if state is None:
            bar.update(task, visible=False)
            return
        bar.start()
        bar.update(task, completed=state.done, total=state.total, visible=True)

    try:
        yield show
    finally:
        bar.stop()
