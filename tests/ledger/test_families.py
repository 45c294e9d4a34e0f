"""Families under the rules of the real readers: what counts depends on what was read and on nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import HOUR, NOW, FlatPrice, reading, record
from tests.ledger.sound import Counted, check, counted
from tokenwatch.base.usage import Amendment, Rank, Record, identity
from tokenwatch.ledger.change import Settle
from tokenwatch.ledger.checkpoint import Reading
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.readers import claude_code_family, codex_cli_family
from tokenwatch.readers.codex_cli_family import BURST, FORKED, SPAWNED, SURE

MINUTE = 60_000
Piece = tuple[str, Record | Amendment]
"""An entry, and the source in which it stands."""


def claude_rule(family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
    return claude_code_family.settle(family)


RULES: dict[str, Settle] = {"claude": claude_rule, "codex": codex_cli_family.settle}


# Entries as Claude Code's transcripts have them


@st.composite
def _response(draw: st.DrawFn, family: int, number: int, named: bool, mixed: bool) -> list[Piece]:
    """One response: snapshots of it in several transcripts, and perhaps what its parent was told that it came to."""
    session = draw(st.sampled_from(["s1", "s2"]))
    sub = draw(st.sampled_from(["", "a1", "a2"]))
    lane = identity("lane", session, sub) if sub else 0
    prompt = 100 * family + 10 * number + 1
    output = draw(st.integers(40, 60))
    ended = draw(st.booleans())
    pieces: list[Piece] = []
    for source in draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3)):
        whole = ended and draw(st.booleans())
        nameless = not named or (mixed and draw(st.integers(0, 3)) == 0)
        entry = record(
            0,
            agent="claude",
            session=session,
            agent_id=sub,
            rank=draw(st.sampled_from([Rank.COPY, Rank.SUB_AGENT])) if sub else Rank.MAIN,
            lane=lane,
            origin=identity(source),
            family=identity("claude", family),
            variant=-prompt if nameless else prompt,
            mark=-1 - draw(st.integers(0, 2)) if nameless else 0,
            time=NOW - draw(st.integers(0, 40)) * HOUR + draw(st.integers(0, 3)),
            input=prompt,
            cache_read=0,
            output=output if whole else draw(st.integers(0, 29)),
            final=whole,
            uncertain=not whole,
        )
        pieces.append((source, entry))
    if lane and draw(st.booleans()):
        pieces.append((draw(st.sampled_from(["a", "d"])), Amendment("claude", lane, prompt, 0, 0, 0, output)))
    return pieces


@st.composite
def _transcripts(draw: st.DrawFn) -> list[Piece]:
    pieces: list[Piece] = []
    for family in range(draw(st.integers(1, 3))):
        # Among several responses with request ids, one without would be taken for any of them, and then two entries
        # of a sub-agent could have the same prompt, which no two of its responses have.
        number, named = draw(st.integers(1, 3)), draw(st.booleans())
        mixed = number == 1
        for response in range(number):
            pieces += draw(_response(family, response, named, mixed))
    return pieces


# Entries as Codex's rollouts have them

THREADS = {"root": "", "fork": "root", "scout": "root", "orphan": "lost", "other orphan": "lost", "deep": "scout"}
"""Threads and their parents; the rollout of "lost" was deleted."""

MARKS = {
    "root": [0],
    "fork": [0, FORKED, FORKED | SURE, FORKED | BURST | SURE],
    "scout": [0, SPAWNED, SPAWNED | SURE, SPAWNED | BURST],
    "orphan": [0, FORKED | SURE, FORKED | BURST | SURE],
    "other orphan": [0, SPAWNED | SURE, FORKED | SURE],
    "deep": [0, SPAWNED, SPAWNED | SURE],
}


@st.composite
def _rollouts(draw: st.DrawFn) -> list[Piece]:
    pieces: list[Piece] = []
    for family in range(draw(st.integers(1, 4))):
        for thread in draw(st.lists(st.sampled_from(sorted(THREADS)), min_size=1, max_size=4, unique=True)):
            for mark in draw(st.lists(st.sampled_from(MARKS[thread]), min_size=1, max_size=2)):
                entry = record(
                    0,
                    agent="codex",
                    session=thread,
                    parent_session=THREADS[thread],
                    agent_id=thread if thread in ("scout", "deep") else "",
                    family=identity("codex", family),
                    variant=identity(thread),
                    mark=mark,
                    time=NOW - draw(st.integers(0, 5)) * MINUTE,
                    input=family,
                    output=10 + family,
                )
                pieces.append((thread, entry))
    return pieces


# Reading


def batch(pieces: Sequence[Piece]) -> list[Reading]:
    return [
        msgspec.structs.replace(
            reading(source, amendments=[entry]) if isinstance(entry, Amendment) else reading(source, entry),
            agent="claude" if isinstance(entry, Amendment) else entry.agent,
        )
        for source, entry in pieces
    ]


def enter(path: Path, lives: Sequence[Sequence[Sequence[Piece]]]) -> Counted:
    """Each life of the program enters its batches; halfway it forgets what only a first import needs."""
    for life in lives:
        ledger = Ledger(path, FlatPrice(), RULES)
        for number, pieces in enumerate(life):
            ledger.enter(batch(pieces), NOW, hold=number % 2 == 0)
            if number == len(life) // 2:
                ledger.rest()
        ledger.close()
    check(path, RULES, NOW)
    return counted(path)


def cut(draw: st.DataObject, things: Sequence[object]) -> list[Sequence[object]]:
    """In parts, in their order."""
    places = sorted(draw.draw(st.lists(st.integers(0, len(things)), max_size=3)))
    return [things[begin:end] for begin, end in zip([0, *places], [*places, len(things)], strict=True)]


@pytest.mark.parametrize("world", [_transcripts(), _rollouts()], ids=["claude code", "codex"])
@given(data=st.data())
@settings(max_examples=60)
def test_order_repetition_cuts_and_restarts_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, world: st.SearchStrategy[list[Piece]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("law")
    pieces = data.draw(world)
    once = enter(folder / "once.sqlite", [[pieces]])
    again = data.draw(st.permutations(pieces))[: data.draw(st.integers(0, 4))]
    lives = [cut(data, life) for life in cut(data, data.draw(st.permutations([*pieces, *again])))]
    assert enter(folder / "again.sqlite", lives) == once  # type: ignore[arg-type]


@pytest.mark.parametrize("world", [_transcripts(), _rollouts()], ids=["claude code", "codex"])
@given(data=st.data())
@settings(max_examples=20)
def test_reading_everything_again_for_a_newer_reader_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, world: st.SearchStrategy[list[Piece]], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("law") / "ledger.sqlite"
    pieces = data.draw(world)
    once = enter(path, [[pieces]])
    ledger = Ledger(path, FlatPrice(), RULES)
    ledger.start_over(sorted(ledger.marks))
    assert counted(path) == once  # nobody sees less in between
    for part in cut(data, data.draw(st.permutations(pieces))):
        ledger.enter(batch(part), NOW)  # type: ignore[arg-type]
    ledger.started_over()
    ledger.close()
    check(path, RULES, NOW)
    assert counted(path) == once
