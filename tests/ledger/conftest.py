"""Hand-made records and readings for the ledger's tests, and a price that needs no table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from tokenwatch.base.usage import Context, Record, identity
from tokenwatch.ledger.checkpoint import Checkpoint, Reading
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries, Sum

NOW = 1_764_000_000_000
HOUR = 3_600_000


@dataclass(frozen=True)
class Cost:
    nano: int | None


class FlatPrice:
    """One nano-dollar a token; models called "unknown" have no price."""

    version = "flat 1"
    factor = 1

    def cost(self, record: Record) -> Cost:
        return Cost(None if record.context.model == "unknown" else record.total * self.factor)

    def rates(self, context: Context, day: int) -> None:
        return None  # each record is asked for


def record(number: int, *, variant: int = 0, **changes: object) -> Record:
    """A record of the agent "toy"; ``changes`` are fields of the record or of its context."""
    context = Context(agent="toy", session="s1", model="m1", project="/work/acme")
    of_context = {name: value for name, value in changes.items() if name in Context.__struct_fields__}
    base = Record(
        context=msgspec.structs.replace(context, **of_context),
        family=identity("toy", number),
        variant=variant,
        time=NOW - HOUR,
        input=10,
        cache_read=5,
        output=number,
    )
    return msgspec.structs.replace(base, **{name: changes[name] for name in changes.keys() - of_context.keys()})


def reading(path: str, *records: Record, offset: int = 100, **more: object) -> Reading:
    checkpoint = Checkpoint(1, 2, b"h", 1, offset, 3, offset, b"t", b"", 1, None, {})
    return Reading(path, "toy", checkpoint, list(records), **more)  # type: ignore[arg-type]


@pytest.fixture
def price() -> FlatPrice:
    return FlatPrice()


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(ledger_path: Path, price: FlatPrice) -> Iterator[Ledger]:
    made = Ledger(ledger_path, price, {})
    yield made
    made.close()


@pytest.fixture
def total(ledger: Ledger, ledger_path: Path) -> Iterator[Callable[[], Sum]]:
    """The sum of everything, as faces see it."""
    queries = Queries(ledger_path)

    def ask() -> Sum:
        found = queries.sums()
        return found[0] if found else Sum(0, (), 0, record(0).tokens.__class__(), 0, 0, 0)

    yield ask
    queries.close()
