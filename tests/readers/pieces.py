"""Pieces of sources: lines, documents and rows as readers get them, and ways to cut them that may change nothing.

Owns taking a fixture home apart. Does not own the laws (test_contract.py).
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.agent_homes import install
from tokenwatch.base.paths import Paths
from tokenwatch.readers.database.pages import Cursors, Database
from tokenwatch.readers.protocol import AsksDatabases, Kind, Reader, Source, readers

MODIFIED = 1_795_500_000_000


class Document(bytes):
    """All of a document."""


class Rows(dict[str, list[tuple[Any, ...]]]):
    """Rows of a database, by query or look-up."""

    def __init__(self, rows: dict[str, list[tuple[Any, ...]]], queries: Sequence[str] = ()) -> None:
        super().__init__(rows)
        self.queries = tuple(queries)


Content = bytes | Rows
"""Whole lines unless it is one of the above."""

Pieces = Iterable[tuple[str, Content]]
"""(path below the agent's root, content), in the order of reading."""


def kind_of(content: Content) -> Kind:
    if isinstance(content, Rows):
        return Kind.DATABASE
    return Kind.DOCUMENT if isinstance(content, Document) else Kind.LINES


def pieces_of(reader: Reader, home: Path) -> list[tuple[str, Content]]:
    """What the reader's sources in a fixture home hold, whole."""
    return list(_pieces(reader.agent.id, home))


@cache
def _pieces(agent: str, home: Path) -> tuple[tuple[str, Content], ...]:
    reader = readers()[agent]
    found: list[tuple[str, Content]] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.below(install(home, Path(folder) / "home"))
        for root in reader.roots(paths):
            for path in sorted(root.path.rglob("*")):
                relative = path.relative_to(root.path).as_posix() if path.is_file() else ""
                if relative and relative.count("/") <= root.depth and root.accepts(relative):
                    found.append((relative, _content(reader, path, relative, root.kind)))
    return tuple(found)


def _content(reader: Reader, path: Path, relative: str, kind: Kind) -> Content:
    if kind is Kind.DATABASE:
        assert isinstance(reader, AsksDatabases)
        queries = reader.queries(Source(reader.agent.id, str(path), relative, kind=kind))
        rows: dict[str, list[tuple[Any, ...]]] = {}
        cursors, last = Cursors(), False
        with Database(str(path), time.monotonic) as opened:
            while not last:
                page = opened.page(queries, cursors, MODIFIED)
                last = page.last
                for name, came in page.rows.items():
                    rows.setdefault(name, []).extend(came)
        return Rows(rows, [query.name for query in queries if query.name in rows])
    data = path.read_bytes()
    return Document(data) if kind is Kind.DOCUMENT else data


def steps_of(content: Content) -> list[Content]:
    """The smallest steps in which a reader may get it: lines, rows, or a document that is not written to its end."""
    if isinstance(content, Rows):
        looked_up = {name: rows for name, rows in content.items() if name not in content.queries}
        return [Rows({name: [row], **looked_up}, [name]) for name in content.queries for row in content[name]]
    if isinstance(content, Document):
        return [*(Document(content[: len(content) * part // 4]) for part in range(4)), content]
    return [line + b"\n" for line in content.split(b"\n")[:-1]]


def joined(steps: Sequence[Content]) -> Content:
    """Steps that come at once."""
    last = steps[-1]
    if isinstance(last, Document):
        return last
    if isinstance(last, Rows):
        rows: dict[str, list[tuple[Any, ...]]] = {}
        queries: dict[str, None] = {}
        for step in steps:
            assert isinstance(step, Rows)
            for name, came in step.items():
                if name in step.queries:
                    queries[name] = None
                    rows.setdefault(name, []).extend(came)
                else:
                    rows[name] = came
        return Rows(rows, list(queries))
    return b"".join(step for step in steps if isinstance(step, bytes))
