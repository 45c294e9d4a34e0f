"""Logs of absurd lines, in absurd numbers: bounded memory, nothing lost, nothing absurd counted."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.agent_homes import fixture_homes
from tests.collect.home import Home, tokens, toy_lines
from tests.faults.conftest import Figure, times
from tests.readers.pieces import MODIFIED, Rows, kind_of, pieces_of
from tokenwatch.collect.soundness import check
from tokenwatch.readers.jsonl import MAX_COUNT
from tokenwatch.readers.protocol import Part, Source, readers

ROOT = Path(__file__).resolve().parents[2]
FUZZ, FILES, LINE_MIB = times("FUZZ", 3000), times("FILES", 3000), times("LINE_MIB", 48)

ABSURD = [
    b"-5", b'"12"', b"1.5", b"1e400", b"null", b"true", b"[]", b"{}", b"9" * 5000, b"9223372036854775808",
    b"4611686018427387904", b"NaN", b"-0", b"10000000001", b'"\\ud800"', b"\x00", b"\xff\xfe", b"\xef\xbb\xbf",
    b'"1970-01-01T00:00:00Z"', b'"9999-12-31T23:59:59Z"', b"[" * 3000, b'{"a":' * 3000, b"\r", b'"\\u0000"',
]  # fmt: skip


def mutated(chance: random.Random, line: bytes, other: bytes) -> bytes:
    """The line flipped, cut, joined to another, with a part repeated, nested, or a value of another type."""
    data = bytearray(line)
    for _ in range(chance.randrange(1, 4)):
        at, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        what = chance.randrange(7)
        if what == 0 and data:
            data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
        elif what == 1:
            del data[at:end]
        elif what == 2:
            data[at:at] = other[: chance.randrange(len(other) + 1)]
        elif what == 3:
            data[end:end] = data[at : min(end, at + 300)]
        elif what == 4:
            data = bytearray(b'{"a":' * 40 + bytes(data) + b"}" * 40)
        else:
            digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57] or [at]
            begin = chance.choice(digits)
            stop = begin
            while stop < len(data) and 48 <= data[stop] <= 57:
                stop += 1
            data[begin:stop] = chance.choice(ABSURD)
    return bytes(data)


def absurd(record: Any) -> bool:
    counts = (record.input, record.cache_read, record.cache_write_5m, record.cache_write_1h, record.output)
    return not all(0 <= count <= MAX_COUNT for count in (*counts, record.reasoning))


def test_mutated_lines_of_every_agent_raise_nothing_and_count_nothing_absurd(figure: Figure) -> None:
    chance = random.Random(20261128)
    sources = []
    for agent, home in fixture_homes():
        for relative, content in pieces_of(readers()[agent], home):
            if not isinstance(content, Rows):
                whole = [bytes(content)] if kind_of(content) is not kind_of(b"") else bytes(content).splitlines()
                sources.append(
                    (readers()[agent], Source(agent, f"/r/{relative}", relative, kind=kind_of(content)), whole)
                )
    every = [line for _, _, whole in sources for line in whole if line]
    tried = counted = 0
    while tried < FUZZ:
        for reader, source, whole in sources:
            came = [mutated(chance, line, chance.choice(every)) for line in whole if chance.random() < 0.5]
            if not came:
                continue
            data = b"\n".join(came) + b"\n"
            result = reader.read(Part(source, data, 0, MODIFIED), b"")
            check(result)
            assert not any(absurd(record) for record in result.records)
            list(reader.turns(Part(source, data, 0, MODIFIED), b""))
            tried += len(came)
            counted += len(result.records)
            if tried >= FUZZ:
                break
    assert counted
    figure(f"{tried:,} lines: 0 exceptions, 0 absurd counts, {counted:,} records")


MEASURE = """
import sys
from pathlib import Path
from tests.collect.home import Home

def peak():
    # Of this program alone: what getrusage tells begins with the peak of whoever started it.
    (line,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
    return int(line.split()[1])

home = Home(Path(sys.argv[1]))
before = peak()
home.read()
print(peak() - before, *home.total, sum(sum(each.values()) for each in home.skipped.values()))
home.end()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux is the peak of memory told in KiB")
def test_a_line_without_end_is_skipped_in_bounded_memory_and_its_neighbours_are_kept(
    tmp_path: Path, figure: Figure
) -> None:
    folder = tmp_path / "toy"
    folder.mkdir()
    with (folder / "a.jsonl").open("wb") as file:
        file.write(toy_lines(1, 50))
        file.write(b"k100 7 ")
        for _ in range(LINE_MIB):
            file.write(b"x" * (1 << 20))
        file.write(b"\n" + toy_lines(51, 60))
    os.utime(folder / "a.jsonl", (1_700_000_000, 1_700_000_000))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    kib, requests, total, skipped = map(int, done.stdout.split())
    assert ((requests, total), skipped) == (tokens(1, 60), 1)
    assert kib < 72 * 1024  # two of the longest lines that are read, for a moment
    figure(f"a line of {LINE_MIB} MiB: {kib / 1024:.0f} MiB more memory, neighbours kept")


def test_a_burst_of_files_without_any_event_is_found_by_the_next_scan(
    make_home: Callable[..., Home], figure: Figure
) -> None:
    """What an overflow of the kernel's queue of events (16,384 here) leaves to do."""
    home = make_home()
    home.read()
    for number in range(1, FILES + 1):
        home.write(f"{number % 50}/{number}.jsonl", toy_lines(number, number))
    home.read()
    assert home.total == tokens(1, FILES)
    figure(f"{FILES:,} files, no event told: all found")


@pytest.fixture
def make_home(tmp_path: Path) -> Any:
    made: list[Home] = []

    def make(**options: Any) -> Home:
        made.append(Home(tmp_path / f"home {len(made)}", **options))
        return made[-1]

    yield make
    for home in made:
        home.end()
