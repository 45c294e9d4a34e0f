"""A ledger of millions of records, made through the ledger's own writer from made-up ones; kept for later runs.

Owns what is in it: two years of a person with several agents, session by session. Its sums are added up beside it and
have to be what the ledger answers.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import KEPT
from tokenwatch.base.usage import Context, Record, identity
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
    ("claude-code", "anthropic", "claude-opus-4-5-20251101", 40),
    ("claude-code", "anthropic", "claude-sonnet-4-5-20250929", 30),
    ("claude-code", "anthropic", "claude-haiku-4-5-20251001", 10),
    ("codex", "openai", "gpt-5.1-codex", 20),
)
_PROJECTS = 40
_SESSIONS_A_DAY = 25
_AT_ONCE = 20
"""Sessions that are entered together."""


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
        batch: list[Reading] = []
        entered = 0
        for reading in _readings(records):
            batch.append(reading)
            for record in reading.records:
                sums[0] += 1
                sums[1] += record.input
                sums[2] += record.cache_read
                sums[3] += record.cache_write_5m
                sums[4] += record.output
                sums[5] += record.reasoning
            if len(batch) == _AT_ONCE:
                entered += 1
                ledger.enter(batch, END_MS, hold=entered % 50 != 0)
                batch = []
        ledger.enter(batch, END_MS)
    finally:
        ledger.close()
    return sums


def _readings(records: int) -> Iterator[Reading]:
    chance = random.Random(1)
    number = sum(1 for _ in _sessions())
    each, more = divmod(records, number)
    for index, (begin, session) in enumerate(_sessions()):
        agent, provider, model, _ = chance.choices(_MODELS, weights=[entry[3] for entry in _MODELS])[0]
        project = f"/home/dev/code/project-{chance.randrange(_PROJECTS)}"
        context = Context(agent, session, model, project=project, branch="main", provider=provider)
        helper = Context(
            agent, session, model, agent_id=f"helper-{session}", project=project, branch="main", provider=provider
        )
        count = each + (index < more)
        made = [
            _record(chance, helper if at % 4 == 3 and index % 3 == 0 else context, session, at, begin)
            for at in range(count)
        ]
        newest = made[-1].time if made else None
        point = Checkpoint(1, index, b"", 0, 1, 1, 1, b"", b"", 1, newest)
        yield Reading(f"/home/dev/logs/{session}.jsonl", agent, point, made)


def _sessions() -> Iterator[tuple[int, str]]:
    """(begin in milliseconds, id)"""
    for day in range(_DAYS):
        midnight = END_MS - (_DAYS - day) * _DAY_MS
        for number in range(_SESSIONS_A_DAY):
            yield midnight + (8 + number % 12) * 3_600_000, f"{day:04d}-{number:02d}"


def _record(chance: random.Random, context: Context, session: str, at: int, begin: int) -> Record:
    output = chance.randrange(5, 2000)
    return Record(
        context,
        identity(session, at),
        0,
        begin + at * 20_000,
        input=chance.randrange(1, 500),
        cache_read=chance.randrange(5_000, 150_000),
        cache_write_5m=chance.randrange(0, 4_000),
        output=output,
        reasoning=output // 3 if context.agent == "codex" else 0,
    )
