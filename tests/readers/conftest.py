"""A reader with a ledger behind it: what its sources come to, however they are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.readers.pieces import MODIFIED, Pieces, Rows, kind_of
from tokenwatch.base.usage import Context, Record, identity
from tokenwatch.ledger.checkpoint import Checkpoint, Reading
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.rows import SELECT_ROWS, Row
from tokenwatch.ledger.schema import open_for_reading
from tokenwatch.readers.protocol import Kind, Part, Reader, Source, readers

NOW = 1_795_600_000_000


class NoPrice:
    version = "none"
    nano = None

    def cost(self, record: Record) -> NoPrice:
        return self

    def rates(self, context: Context, day: int) -> None:
        return None  # each record is asked for


@dataclass
class Bench:
    """Reads pieces of sources one after another, each from where the one before it ended."""

    reader: Reader
    ledger_path: Path
    offsets: dict[str, int] = field(default_factory=dict)
    carries: dict[str, bytes] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    quotas: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.ledger_path, NoPrice(), {self.reader.agent.id: self.reader.settle})

    def read(self, pieces: Pieces) -> Bench:
        for relative, data in pieces:
            offset, carry = self.offsets.get(relative, 0), self.carries.get(relative, b"")
            source = Source(self.reader.agent.id, f"/root/{relative}", relative, kind=kind_of(data))
            if isinstance(data, Rows):
                part = Part(source, b"", 0, MODIFIED, data)
            else:
                part = Part(source, bytes(data), 0 if source.kind is Kind.DOCUMENT else offset, MODIFIED)
            result = self.reader.read(part, carry)
            self.offsets[relative] = part.offset + len(part.data)
            self.carries[relative] = result.carry
            for reason, number in result.skipped.items():
                self.skipped[reason] = self.skipped.get(reason, 0) + number
            self.quotas += result.quotas
            point = Checkpoint(1, identity(relative), b"", 0, -1, 0, self.offsets[relative], b"", result.carry, 1)
            reading = Reading(
                source.path, source.agent, point, list(result.records), list(result.amendments), list(result.quotas)
            )
            self.ledger.enter([reading], NOW)
        return self

    def again(self) -> Bench:
        """Forget how far everything was read."""
        self.offsets.clear()
        self.carries.clear()
        return self

    @property
    def records(self) -> list[Record]:
        """What counts, in the order of time."""
        connection = open_for_reading(self.ledger_path)
        try:
            found = [Row.of(row).record for row in connection.execute(SELECT_ROWS)]
        finally:
            connection.close()
        return sorted(found, key=lambda record: (record.time, record.session, record.total, record.family))

    @property
    def told(self) -> list[dict[str, Any]]:
        """The records as fixtures' ``expected.json`` tells them."""
        return [facts(record) for record in self.records]


def facts(record: Record) -> dict[str, Any]:
    context = record.context
    said = {
        "time": record.time,
        "session": context.session,
        "agent_id": context.agent_id,
        "model": context.model,
        "project": context.project,
        "tokens": [record.input, record.cache_read, record.cache_write_5m, record.cache_write_1h, record.output],
        "reasoning": record.reasoning,
        "uncertain": record.uncertain,
        "estimated": bool(context.estimated),
    }
    return {name: value for name, value in said.items() if value or name in ("time", "tokens")}


def lines(*objects: Mapping[str, Any] | bytes | str) -> bytes:
    """Objects as JSON lines; bytes and text stand as they are."""
    return b"".join(
        (line if isinstance(line, bytes) else line.encode() if isinstance(line, str) else json.dumps(line).encode())
        + b"\n"
        for line in objects
    )


@pytest.fixture
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Bench]]:
    """Makes benches for the agent of the test module, which names it in ``AGENT``."""
    made: list[Bench] = []

    def make(agent: str | None = None) -> Bench:
        reader = readers()[agent or request.module.AGENT]
        made.append(Bench(reader, tmp_path / f"ledger {len(made)}.sqlite"))
        return made[-1]

    yield make
    for one in made:
        one.ledger.close()
