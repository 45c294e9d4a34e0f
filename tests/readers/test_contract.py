"""What holds for every reader: the same records however its sources are read, and nothing from nonsense."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.agent_homes import fixture_homes
from tests.readers.conftest import Bench
from tests.readers.pieces import MODIFIED, Content, Document, Pieces, Rows, joined, kind_of, pieces_of, steps_of
from tokenwatch.collect.soundness import check
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


homes = pytest.mark.parametrize(("agent", "home"), fixture_homes(), ids=lambda value: getattr(value, "name", value))
each_reader = pytest.mark.parametrize("agent", sorted(readers()))
quick = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


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
def test_line_by_line_and_row_by_row_is_as_whole(bench: Make, agent: str, home: Path) -> None:
    whole = pieces_of(readers()[agent], home)
    cut = [(relative, step) for relative, content in whole for step in steps_of(content)]
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
    waiting = {relative: steps_of(content) for relative, content in whole}
    cut: list[tuple[str, Content]] = []
    while waiting:
        relative = data.draw(st.sampled_from(sorted(waiting)))
        number = data.draw(st.integers(1, len(waiting[relative])))
        cut.append((relative, joined(waiting[relative][:number])))
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
def test_garbage_before_each_line_or_document_changes_nothing(bench: Make, agent: str, home: Path) -> None:
    whole = pieces_of(readers()[agent], home)
    dirty: list[tuple[str, Content]] = []
    for relative, content in whole:
        if isinstance(content, Document):
            dirty += [(relative, Document(garbage)) for garbage in GARBAGE]
            dirty.append((relative, content))
        elif isinstance(content, Rows):
            junk = {name: [nonsense_like(content[name][0])] for name in content.queries if content[name]}
            dirty += [(relative, Rows({**content, **junk}, content.queries)), (relative, content)]
        else:
            steps = [
                GARBAGE[number % len(GARBAGE)] + b"\n" + line
                for number, line in enumerate(steps_of(content))
                if isinstance(line, bytes)
            ]
            dirty.append((relative, b"".join(steps)))
    read = bench(agent).read(dirty)
    assert counts(read) == counts(bench(agent).read(whole))
    assert all(number > 0 for number in read.skipped.values())


def nonsense_like(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Values of any type but none that is right."""
    return tuple((b"\xff", -1, "{", None, 1.5)[number % 5] for number in range(len(row)))


@homes
def test_carriage_returns_and_a_mark_at_the_begin_change_nothing(bench: Make, agent: str, home: Path) -> None:
    whole = pieces_of(readers()[agent], home)
    windows = [(relative, windows_of(content)) for relative, content in whole]
    assert counts(bench(agent).read(windows)) == counts(bench(agent).read(whole))


def windows_of(content: Content) -> Content:
    if isinstance(content, Rows):
        return content
    data = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
    return Document(data) if isinstance(content, Document) else data


@homes
def test_a_document_cut_at_any_byte_gives_nothing_and_loses_nothing(agent: str, home: Path) -> None:
    reader = readers()[agent]
    for relative, content in pieces_of(reader, home):
        if isinstance(content, Document):
            source = Source(agent, f"/root/{relative}", relative, kind=kind_of(content))
            before = reader.read(Part(source, bytes(content)), b"")
            for end in range(len(content.rstrip())):
                read = reader.read(Part(source, bytes(content[:end])), before.carry)
                assert (list(read.records), read.carry) == ([], before.carry)


@homes
@pytest.mark.parametrize("number", HOSTILE_NUMBERS, ids=lambda number: number[:12].decode())
def test_absurd_numbers_give_no_absurd_counts(bench: Make, agent: str, home: Path, number: bytes) -> None:
    hostile = [(relative, with_numbers(content, number)) for relative, content in pieces_of(readers()[agent], home)]
    for record in bench(agent).read(hostile).records:
        assert all(
            0 <= value <= 10**10
            for value in (
                record.input,
                record.cache_read,
                record.cache_write_5m,
                record.cache_write_1h,
                record.output,
                record.reasoning,
            )
        )
        assert record.reasoning <= record.output


NUMBER = re.compile(
    rb'(\\?"[a-z_]*(?:token|input|output|cache|thought|reasoning|prompt|completion|candidate|read|write|total|tool)'
    rb'[a-z_]*\\?": ?)\d+',
    re.IGNORECASE,
)
"""Of fields that look like counts of tokens, also in JSON within JSON."""


def with_numbers(content: Content, number: bytes) -> Content:
    """The content with every count replaced."""
    if isinstance(content, Rows):
        return Rows(
            {name: [hostile_row(row, number) for row in rows] for name, rows in content.items()}, content.queries
        )
    data = NUMBER.sub(rb"\g<1>" + number, content)
    return Document(data) if isinstance(content, Document) else data


def hostile_row(row: tuple[Any, ...], number: bytes) -> tuple[Any, ...]:
    """What SQLite can hold of it: whole numbers up to 64 bits, fractions, text, bytes or nothing."""
    values: dict[bytes, Any] = {b"-5": -5, b"1.5": 1.5, b"1e400": float("inf"), b"null": None, b"true": b"\x01"}
    value = values.get(number, 2**63 - 1 if number.isdigit() else number.decode()[:40])
    return tuple(
        value
        if isinstance(entry, int | float)
        else NUMBER.sub(rb"\g<1>" + number, entry.encode()).decode()
        if isinstance(entry, str)
        else entry
        for entry in row
    )


@homes
@quick
@given(data=st.data())
def test_damage_raises_nothing(agent: str, home: Path, data: st.DataObject) -> None:
    reader = readers()[agent]
    relative, content = data.draw(st.sampled_from(pieces_of(reader, home)))
    source = Source(agent, f"/root/{relative}", relative, kind=kind_of(content))
    if isinstance(content, Rows):
        value = st.one_of(
            st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.text(max_size=9), st.binary(max_size=9)
        )
        rows = {
            name: [tuple(data.draw(value) if data.draw(st.booleans()) else entry for entry in row) for row in came]
            for name, came in content.items()
        }
        part = Part(source, b"", 0, MODIFIED, rows)
    else:
        damaged = bytearray(content)
        for _ in range(data.draw(st.integers(1, 12))):
            at = data.draw(st.integers(0, len(damaged) - 1))
            damaged[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
        part = Part(source, bytes(damaged), 0, MODIFIED)
    check(reader.read(part, b""))
    list(reader.turns(part, b""))


@homes
def test_turns_carry_no_content(agent: str, home: Path) -> None:
    reader = readers()[agent]
    for relative, content in pieces_of(reader, home):
        source = Source(agent, f"/root/{relative}", relative, kind=kind_of(content))
        rows = content if isinstance(content, Rows) else {}
        data = b"" if isinstance(content, Rows) else bytes(content)
        for event in reader.turns(Part(source, data, 0, MODIFIED, rows), b""):
            assert not {"Answer", "filler", "echo"} & set(repr(event).replace("'", " ").split())


@each_reader
def test_nothing_is_read_from_nothing(bench: Make, agent: str) -> None:
    nothing = [("a", b""), ("a", b"\n\n"), ("b", Document(b"")), ("b", Document(b" \n")), ("c", Rows({}))]
    read = bench(agent).read(nothing)
    assert (read.records, read.skipped) == ([], {})
