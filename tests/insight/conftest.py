"""A real ledger in a file, into which tests enter uses at local times, at a price of one cent a token."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from tokenwatch.base.clock import to_ms
from tokenwatch.base.money import NANO
from tokenwatch.base.usage import Context, Record, identity
from tokenwatch.ledger.checkpoint import Checkpoint, Reading
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries

CENT = NANO // 100


@dataclass(frozen=True)
class Cost:
    nano: int | None


class CentPrice:
    """A token costs a cent; models called "unknown" have no price."""

    version = "cents 1"

    def cost(self, record: Record) -> Cost:
        return Cost(None if record.context.model == "unknown" else record.total * CENT)

    def rates(self, context: Context, day: int) -> None:
        return None  # each record is asked for


@dataclass
class Book:
    """The ledger and what was entered into it."""

    ledger: Ledger
    queries: Queries
    zone: tzinfo
    entered: list[Record] = field(default_factory=list)

    def ms(self, when: str) -> int:
        """A local time such as ``2026-06-03 14:30`` in milliseconds."""
        return to_ms(datetime.fromisoformat(when).replace(tzinfo=self.zone))

    def use(self, when: str | int, cents: int, agent: str = "ann", **more: object) -> None:
        """One response of so many cents (and tokens); ``more`` are fields of the record or of its context."""
        number = len(self.entered)
        uncertain = bool(more.pop("uncertain", False))
        parts = {name: more.pop(name) for name in ("input", "cache_read") if name in more}
        context = Context(**{"agent": agent, "session": "s1", "model": "m1", **more})  # type: ignore[arg-type]
        time = self.ms(when) if isinstance(when, str) else when
        record = Record(context, identity("book", number), 0, time, output=cents, uncertain=uncertain, **parts)  # type: ignore[arg-type]
        self.entered.append(record)
        point = Checkpoint(1, 2, b"h", 1, number + 1, 3, number + 1, b"t", b"", 1, None, {})
        self.ledger.enter([Reading(f"/logs/{agent}", agent, point, [record])], time)


@contextmanager
def book_in(folder: Path, zone: tzinfo = UTC) -> Iterator[Book]:
    path = folder / "ledger.sqlite"
    ledger = Ledger(path, CentPrice(), {})
    queries = Queries(path)
    try:
        yield Book(ledger, queries, zone)
    finally:
        queries.close()
        ledger.close()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Set ``book.zone`` first where the zone matters; it is UTC."""
    with book_in(tmp_path) as opened:
        yield opened
