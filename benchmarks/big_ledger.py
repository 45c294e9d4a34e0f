"""A ledger of millions of records, made through the ledger's own writer from made-up ones; kept for later runs.

Owns what is in it: two years of a person with many agents, source by source. Its sums are added up beside it and
have to be what the ledger answers.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from benchmarks.corpora import KEPT
from tokenwatch.base.usage import Context, Rank, Record, identity
from tokenwatch.ledger.checkpoint import Checkpoint, Reading
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries
from tokenwatch.ledger.schema import MIGRATIONS
from tokenwatch.pricing.cost import Pricer

END_MS = 1_764_547_200_000
"""2025-12-01, the end of the last day."""

_DAYS = 730
_DAY_MS = 86_400_000
_MODELS = (
    ("claude-code", "anthropic", "claude-opus-4-5-20251101", 30),
    ("claude-code", "anthropic", "claude-sonnet-4-5-20250929", 22),
    ("claude-code", "anthropic", "claude-haiku-4-5-20251001", 8),
    ("codex", "openai", "gpt-5.1-codex", 40),
)
_PROJECTS = 40
_A_SOURCE = 25
"""Records of a source; and below: as in the corpora, which are made after a published profile of a real home."""
_STEP_MS = 75_000
"""Between two records of a source: 12 in a quarter of an hour."""
_AT_ONCE = 100
"""Sources that are entered together."""


@dataclass(frozen=True)
class BigLedger:
    path: Path
    records: int
    bytes: int


def big_ledger(records: int) -> BigLedger:
    """Made unless it is there in the present format. Fails if its sums are not those that went in."""
    folder = KEPT / "ledgers"
    path = folder / f"{records}-format{len(MIGRATIONS)}.sqlite"
    told = path.with_suffix(".json")
    if not told.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{path.name}*"):
            old.unlink()
        print(f"making a ledger of {records:,} records ...", file=sys.stderr, flush=True)
        told.write_text(json.dumps(_make(path, records)))
    true = json.loads(told.read_text())
    queries = Queries(path)
    try:
        (found,) = queries.sums()
    finally:
        queries.close()
    tokens = found.tokens
    said = [found.requests, tokens.input, tokens.cache_read, tokens.cache_write_5m, tokens.output, tokens.reasoning]
    if said != true:
        raise SystemExit(f"void: the ledger says {said}, and {true} went in")
    return BigLedger(path, records, path.stat().st_size)


def _make(path: Path, records: int) -> list[int]:
    """Enter them; requests, input, cache reads and writes, output and reasoning of all."""
    sums = [0] * 6
    ledger = Ledger(path, Pricer(path.with_suffix(".none")), {})
    try:
        for number, batch in enumerate(_batches(records, sums)):
            ledger.enter(batch, END_MS, hold=number % 20 != 0)
        ledger.commit()
    finally:
        ledger.close()
    return sums


def _batches(records: int, sums: list[int]) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    for reading in _readings(records, sums):
        batch.append(reading)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    yield batch


def _readings(records: int, sums: list[int]) -> Iterator[Reading]:
    """A source each, from the oldest on; what is in it is added up in ``sums``."""
    chance = random.Random(1)
    sources = -(-records // _A_SOURCE)
    for number in range(sources):
        session = str(UUID(int=chance.getrandbits(128)))
        agent, provider, model, _ = chance.choices(_MODELS, weights=[entry[3] for entry in _MODELS])[0]
        project = f"/home/dev/code/project-{chance.randrange(_PROJECTS)}"
        helper = f"agent-{chance.getrandbits(32):08x}" if agent == "claude-code" and number % 6 == 0 else ""
        context = Context(
            agent,
            session,
            model,
            agent_id=helper,
            project=project,
            branch="main",
            provider=provider,
            rank=Rank.SUB_AGENT if helper else Rank.MAIN,
            origin=chance.getrandbits(62) if agent == "claude-code" else 0,
        )
        begin = END_MS - _DAYS * _DAY_MS + number * _DAYS * _DAY_MS // (sources + 10)
        count = min(_A_SOURCE, records - number * _A_SOURCE)
        made = [
            _record(chance, context, f"{number}.{at}", begin + at * _STEP_MS, first=at == 0) for at in range(count)
        ]
        for record in made:
            for place, count_of in enumerate(
                (1, record.input, record.cache_read, record.cache_write_5m, record.output, record.reasoning)
            ):
                sums[place] += count_of
        folder = ".claude/projects/-home-dev-code" if agent == "claude-code" else ".codex/sessions/2025/11/07/rollout"
        point = Checkpoint(
            device=2049,
            number=1_000_000 + number,
            head=chance.randbytes(8),
            head_size=4096,
            size=400_000 + number,
            modified=begin * 1_000_000 + number,
            offset=400_000 + number,
            tail=chance.randbytes(8),
            carry=chance.randbytes(12 if agent == "claude-code" else 200),
            reader=1,
            newest=made[-1].time,
        )
        yield Reading(f"/home/dev/{folder}-{project[-12:]}/{session}.jsonl", agent, point, made)


def _record(chance: random.Random, context: Context, name: str, time: int, *, first: bool) -> Record:
    """The first of a source is marked, so that it is kept twice: a family that a later entry may change."""
    output = chance.randrange(5, 2000)
    return Record(
        context,
        identity("family", name),
        identity("variant", name) if context.agent == "codex" else chance.getrandbits(32),
        time,
        input=chance.randrange(1, 500),
        cache_read=chance.randrange(5_000, 150_000),
        cache_write_5m=chance.randrange(0, 4_000) if context.agent == "claude-code" else 0,
        output=output,
        reasoning=output // 3 if context.agent == "codex" else 0,
        mark=int(first),
    )
