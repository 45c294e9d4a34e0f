"""What an older version of a reader wrote: replaced as a whole, or left where nobody can read it again."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable

import msgspec
import psutil
import pytest

from tests.collect.home import NOW, OLD, Home, TickingClock, Toy, tokens, toy_lines
from tests.readers.conftest import lines
from tokenwatch.base.errors import LedgerError
from tokenwatch.readers.claude_code import ClaudeCode
from tokenwatch.readers.protocol import Carry, Part, ReadResult

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MakeHome = Callable[..., Home]
SECOND = 1000


def older_home(make_home: MakeHome, sources: int = 10, **options: object) -> tuple[Home, Toy]:
    """Sources of ten lines that an older reader counted twice, and the newer reader, which has not looked yet."""
    home = make_home(readers={"toy": Toy(version=1, factor=2)}, **options)
    for number in range(sources):
        home.write(f"{number}.jsonl", toy_lines(10 * number, 10 * number + 9), OLD - number * SECOND)
    home.read()
    newer = Toy(version=2)
    home.readers["toy"] = newer  # type: ignore[assignment]
    home.restart()
    return home, newer


def twice(first: int, last: int) -> tuple[int, int]:
    number, sum_of_all = tokens(first, last)
    return number, 2 * sum_of_all


def both(*parts: tuple[int, int]) -> tuple[int, int]:
    return sum(part[0] for part in parts), sum(part[1] for part in parts)


def test_a_newer_reader_replaces_what_the_older_one_wrote_and_leaves_what_is_gone(make_home: MakeHome) -> None:
    home, _ = older_home(make_home)
    for number in range(5):
        home.path(f"{number}.jsonl").unlink()
    home.read()
    assert home.total == both(twice(0, 49), tokens(50, 99))


def test_a_newer_reader_reads_each_source_once(make_home: MakeHome) -> None:
    home, newer = older_home(make_home, 3)
    home.read()
    home.restart()
    home.read()
    assert sorted(newer.files) == ["0.jsonl", "1.jsonl", "2.jsonl"]


def test_nobody_sees_less_while_sources_are_read_again(make_home: MakeHome) -> None:
    home, _ = older_home(make_home, clock=TickingClock(NOW))
    home.scanner.plan()
    steps = 0
    while home.scanner.pending:
        assert home.total == twice(0, 99)
        home.scanner.step()
        steps += 1
    assert steps >= 10
    assert home.total == tokens(0, 99)


def test_what_is_read_again_is_not_told_as_new_but_as_taken_back(make_home: MakeHome) -> None:
    home, _ = older_home(make_home, 2)
    before = home.ledger.taken_back
    assert not home.read()
    assert home.ledger.taken_back == before + 1
    home.append("0.jsonl", toy_lines(500, 500))
    assert home.read()
    assert home.ledger.taken_back == before + 1


@pytest.mark.parametrize("steps", range(4))
def test_a_source_that_vanishes_before_it_is_read_again_keeps_its_records(make_home: MakeHome, steps: int) -> None:
    home, _ = older_home(make_home, clock=TickingClock(NOW))
    home.scanner.plan()
    home.steps(steps)
    home.path("7.jsonl").unlink()
    home.finish()
    home.read()
    assert home.total == both(tokens(0, 69), twice(70, 79), tokens(80, 99))


def test_a_source_that_is_missed_at_the_next_look_keeps_its_records(make_home: MakeHome) -> None:
    home, _ = older_home(make_home, clock=TickingClock(NOW))
    home.scanner.plan()
    home.steps(2)
    home.path("7.jsonl").unlink()
    home.read()
    assert home.total == both(tokens(0, 69), twice(70, 79), tokens(80, 99))


def test_looking_again_in_between_changes_nothing(make_home: MakeHome) -> None:
    home, newer = older_home(make_home, clock=TickingClock(NOW))
    home.scanner.plan()
    for _ in range(50):
        home.steps(1)
        home.scanner.plan()
    assert home.total == tokens(0, 99)
    assert len(newer.files) == 10


def test_a_source_that_cannot_be_read_again_keeps_its_records_and_is_told(make_home: MakeHome) -> None:
    home = make_home(readers={"toy": Toy(version=1, factor=2)})
    home.write("a.jsonl", toy_lines(0, 19))
    bad = home.write("b.jsonl.zst", zstd.compress(toy_lines(20, 29)))
    home.read()
    home.readers["toy"] = Toy(version=2)  # type: ignore[assignment]
    home.restart()
    home.write("b.jsonl.zst", b"this is not compressed")
    for _ in range(3):
        home.read()
        assert home.total == both(tokens(0, 19), twice(20, 29))
        assert list(home.scanner.failures) == [str(bad)]


def test_a_newer_reader_that_is_killed_leaves_all_as_it_was_and_ends_the_same(make_home: MakeHome) -> None:
    home, _ = older_home(make_home, clock=TickingClock(NOW))
    for _ in range(4):
        home.scanner.plan()
        home.steps(5)
        home.crash()
        assert home.total == twice(0, 99)
    home.read()
    assert home.total == tokens(0, 99)


def test_a_disk_that_is_full_in_between_leaves_all_as_it_was(make_home: MakeHome) -> None:
    home, _ = older_home(make_home, clock=TickingClock(NOW))
    sql: sqlite3.Connection = home.ledger._connection
    sql.execute("PRAGMA max_page_count = 1")  # as small as it is
    for number in range(10):
        home.append(f"{number}.jsonl", toy_lines(1000 * number + 100, 1000 * number + 400))
    with pytest.raises(LedgerError):
        home.read()
    assert home.total == twice(0, 99)
    sql.execute("PRAGMA max_page_count = 1000000")
    home.finish()
    assert home.total == both(tokens(0, 99), *(tokens(1000 * n + 100, 1000 * n + 400) for n in range(10)))


def test_when_something_else_made_the_ledger_undo_it_it_begins_again(make_home: MakeHome) -> None:
    home, _ = older_home(make_home, clock=TickingClock(NOW))
    home.scanner.plan()
    home.steps(3)
    home.ledger.undo()  # as when an alert could not be written
    home.finish()
    assert home.total == tokens(0, 99)


class Older(ClaudeCode):
    version = 0

    def read(self, part: Part, carry: Carry) -> ReadResult:
        result = super().read(part, carry)
        records = [msgspec.structs.replace(record, output=record.output + 1000) for record in result.records]
        return msgspec.structs.replace(result, records=records)


def transcript(home: Home, number: int) -> None:
    path = home.root / ".claude" / "projects" / "p" / f"s{number}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    entry = {
        "type": "assistant",
        "sessionId": f"s{number}",
        "timestamp": "2026-11-20T10:00:00.000Z",
        "requestId": f"req_{number}",
        "message": {
            "id": f"msg_{number}",
            "model": "claude-opus-4-5",
            "stop_reason": "end_turn",
            "usage": {"output_tokens": number},
        },
    }
    path.write_bytes(lines(entry))
    os.utime(path, ns=(OLD * 1_000_000, OLD * 1_000_000))


@pytest.mark.parametrize("vanish", [False, True])
def test_many_bytes_are_read_again_in_a_worker(make_home: MakeHome, vanish: bool) -> None:
    home = make_home(readers={"claude-code": Older()})
    for number in range(300):
        transcript(home, number)
    home.read()
    home.readers["claude-code"] = ClaudeCode()
    home.restart()
    home.new_scanner(worth_workers=1)
    home.scanner.plan()
    home.scanner.step()
    assert [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    if vanish:
        (home.root / ".claude" / "projects" / "p" / "s299.jsonl").unlink()
    home.finish()
    home.read()
    number, output = tokens(0, 299)
    # The worker may have read the last file before it was gone.
    assert home.total in ([(number, output), (number, output + 1000)] if vanish else [(number, output)])
