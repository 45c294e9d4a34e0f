"""What holds for every reader: the same records however its sources are read, and nothing from nonsense."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.readers.conftest import Bench, Pieces, fixture_homes
from tokenwatch.base.paths import Paths
from tokenwatch.readers.process_only import ProcessOnly
from tokenwatch.readers.protocol import Part, Reader, Source, readers

Make = Callable[..., Bench]

GARBAGE = [
    b"\x00" * 40,
    b"panic: write interrupted",
    b'{"type":"assistant","message":{"usage":{"input_tokens":',
    b'{"usage":1}',
    b'{"type":"assistant","message":{"id":[],"usage":"none"}}',
    b'{"type":"event_msg","payload":{"type":"token_count","info":7}}',
    b'{"type":"token_usage_record","payload":null,"x":"token_"}',
    b'"usage"',
    b"[1,2",
    b"\xff\xfe\xfa",
    b'{"usage":' + b"[" * 3000 + b"]" * 3000 + b"}",
]

HOSTILE_NUMBERS = [
    b"-5",
    b'"12"',
    b"1.5",
    b"1e400",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"9" * 5000,
    b"9223372036854775808",
]


def pieces_of(reader: Reader, home: Path) -> list[tuple[str, bytes]]:
    found = []
    for root in reader.roots(Paths.below(home)):
        for path in sorted(root.path.rglob("*")):
            relative = path.relative_to(root.path).as_posix() if path.is_file() else ""
            if relative and root.accepts(relative):
                found.append((relative, path.read_bytes()))
    return found


homes = pytest.mark.parametrize(("agent", "home"), fixture_homes(), ids=lambda value: getattr(value, "name", value))
each_reader = pytest.mark.parametrize("agent", sorted(readers()))
quick = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def whole_lines(data: bytes) -> list[bytes]:
    return [line + b"\n" for line in data.split(b"\n")[:-1]]


@each_reader
def test_every_reader_of_sources_has_a_fixture(agent: str) -> None:
    if not isinstance(readers()[agent], ProcessOnly):
        assert agent in {name for name, _ in fixture_homes()}


@homes
def test_records_are_the_expected_ones(bench: Make, agent: str, home: Path) -> None:
    read = bench(agent).read(pieces_of(readers()[agent], home))
    assert read.told == json.loads((home / "expected.json").read_text(encoding="utf-8"))
    assert read.skipped == {}


@homes
def test_line_by_line_is_as_whole(bench: Make, agent: str, home: Path) -> None:
    whole = pieces_of(readers()[agent], home)
    cut = [(relative, line) for relative, data in whole for line in whole_lines(data)]
    assert bench(agent).read(cut).records == bench(agent).read(whole).records


@homes
def test_twice_is_once(bench: Make, agent: str, home: Path) -> None:
    whole = pieces_of(readers()[agent], home)
    read = bench(agent).read(whole)
    once = read.records
    assert read.again().read(whole).records == once


@homes
@quick
@given(data=st.data())
def test_any_order_of_sources_and_any_chunks_are_as_whole(
    tmp_path_factory: pytest.TempPathFactory, agent: str, home: Path, data: st.DataObject
) -> None:
    reader = readers()[agent]
    whole = pieces_of(reader, home)
    waiting = {relative: whole_lines(content) for relative, content in whole}
    cut: list[tuple[str, bytes]] = []
    while waiting:
        relative = data.draw(st.sampled_from(sorted(waiting)))
        number = data.draw(st.integers(1, len(waiting[relative])))
        cut.append((relative, b"".join(waiting[relative][:number])))
        waiting[relative] = waiting[relative][number:]
        if not waiting[relative]:
            del waiting[relative]
    folder = tmp_path_factory.mktemp("chunks")
    assert contents(reader, folder / "cut.sqlite", cut) == contents(reader, folder / "whole.sqlite", whole)


def contents(reader: Reader, path: Path, pieces: Pieces) -> list[Any]:
    made = Bench(reader, path).read(pieces)
    try:
        return made.records
    finally:
        made.ledger.close()


@homes
def test_a_copy_of_the_folder_adds_nothing(bench: Make, agent: str, home: Path) -> None:
    whole = pieces_of(readers()[agent], home)
    copy = [(f"backup/{relative}", data) for relative, data in whole]
    assert counts(bench(agent).read([*whole, *copy])) == counts(bench(agent).read(whole))


def counts(read: Bench) -> list[Any]:
    """Without the places where copies may differ."""
    return [(record.time, record.session, record.context.model, record.tokens) for record in read.records]


@homes
def test_garbage_between_lines_changes_nothing(bench: Make, agent: str, home: Path) -> None:
    whole = pieces_of(readers()[agent], home)
    dirty = []
    for relative, data in whole:
        mixed = [GARBAGE[number % len(GARBAGE)] + b"\n" + line for number, line in enumerate(whole_lines(data))]
        dirty.append((relative, b"".join(mixed)))
    read = bench(agent).read(dirty)
    assert counts(read) == counts(bench(agent).read(whole))
    assert all(number > 0 for number in read.skipped.values())


@homes
def test_carriage_returns_and_a_mark_at_the_begin_change_nothing(bench: Make, agent: str, home: Path) -> None:
    whole = pieces_of(readers()[agent], home)
    windows = [(relative, b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")) for relative, data in whole]
    assert counts(bench(agent).read(windows)) == counts(bench(agent).read(whole))


@homes
@pytest.mark.parametrize("number", HOSTILE_NUMBERS, ids=lambda number: number[:12].decode())
def test_absurd_numbers_give_no_absurd_counts(bench: Make, agent: str, home: Path, number: bytes) -> None:
    import re

    whole = pieces_of(readers()[agent], home)
    hostile = [(relative, re.sub(rb'(_tokens":)\d+', rb"\g<1>" + number, data)) for relative, data in whole]
    for record in bench(agent).read(hostile).records:
        assert all(
            0 <= value <= 10**10 for value in (record.input, record.cache_read, record.output, record.reasoning)
        )


@homes
@quick
@given(data=st.data())
def test_damaged_bytes_raise_nothing(agent: str, home: Path, data: st.DataObject) -> None:
    reader = readers()[agent]
    relative, content = data.draw(st.sampled_from(pieces_of(reader, home)))
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
    part = Part(Source(agent, f"/root/{relative}", relative), bytes(damaged))
    reader.read(part, b"")
    list(reader.turns(part, b""))


@homes
def test_turns_carry_no_content(agent: str, home: Path) -> None:
    reader = readers()[agent]
    for relative, data in pieces_of(reader, home):
        for event in reader.turns(Part(Source(agent, f"/root/{relative}", relative), data), b""):
            assert not {"Answer", "filler", "echo"} & set(repr(event).replace("'", " ").split())


@each_reader
def test_nothing_is_read_from_nothing(bench: Make, agent: str) -> None:
    read = bench(agent).read([("a.jsonl", b""), ("a.jsonl", b"\n\n")])
    assert (read.records, read.skipped) == ([], {})
