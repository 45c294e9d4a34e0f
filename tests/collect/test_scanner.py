"""Scanning: newest first, in short steps, and nothing lost or counted twice whatever comes between."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import psutil
import pytest
from msgspec.structs import replace

from tests.collect.home import NOT_A_LINE, NOW, OLD, Home, TickingClock, Toy, tokens, toy_lines
from tests.readers.conftest import lines
from tokenwatch.base.clock import FixedClock
from tokenwatch.base.errors import LedgerError, LedgerFull
from tokenwatch.base.usage import Context, Record
from tokenwatch.collect import source_worker_process
from tokenwatch.collect.importer import WORTH_IT
from tokenwatch.collect.tail import SLICE
from tokenwatch.readers.claude_code import ClaudeCode
from tokenwatch.readers.codex_cli import CodexCli
from tokenwatch.readers.protocol import Carry, Part, Reader, ReadResult

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MakeHome = Callable[..., Home]

posix = pytest.mark.skipif(os.name != "posix", reason="only on POSIX")
SECOND = 1_000
PADDING = 20_000


# In which order, and what is not read at all


def test_a_log_is_entered(home: Home) -> None:
    home.write("a.jsonl", toy_lines(1, 3))
    home.scanner.plan()
    assert home.scanner.pending
    entered = home.finish()
    assert home.total == tokens(1, 3)
    assert entered.sessions == {("toy", "a.jsonl")}


def test_nothing_is_pending_where_nothing_is(home: Home) -> None:
    home.scanner.plan()
    assert not home.scanner.pending
    assert home.scanner.discovery.found == ()


def test_what_was_found_is_told(home: Home) -> None:
    home.write("a.jsonl", b"")
    home.scanner.plan()
    assert [found.source.relative for found in home.scanner.discovery.found] == ["a.jsonl"]
    assert [state.exists for state in home.scanner.discovery.roots] == [True]


def test_the_newest_source_is_read_first(make_home: MakeHome) -> None:
    home = make_home(clock=TickingClock(NOW))
    for number, age in enumerate((3, 1, 2)):
        home.write(f"{number}, {age} days old.jsonl", toy_lines(number, number), NOW - age * 86_400_000)
    home.read()
    assert home.toy.files == ["1, 1 days old.jsonl", "2, 2 days old.jsonl", "0, 3 days old.jsonl"]


def test_a_source_that_did_not_change_is_not_opened_again(home: Home, opened: list[str]) -> None:
    path = home.write("a.jsonl", toy_lines(1, 3) + b"half a li")
    home.read()
    assert str(path) in opened
    opened.clear()
    home.read()
    home.restart()
    home.read()
    assert str(path) not in opened


@posix
def test_a_log_in_the_place_of_another_of_the_same_size_and_time_is_read(home: Home) -> None:
    path = home.write("a.jsonl", toy_lines(1, 3))
    home.read()
    home.write("aside", toy_lines(4, 6)).replace(path)
    home.read()
    assert home.total == tokens(1, 6)


def test_an_empty_source_is_not_opened_again(home: Home, opened: list[str]) -> None:
    path = home.write("a.jsonl", b"")
    home.read()
    opened.clear()
    home.read()
    assert str(path) not in opened


def test_of_a_source_that_grew_only_the_new_lines_are_read(home: Home) -> None:
    home.write("a.jsonl", toy_lines(1, 3))
    home.read()
    home.append("a.jsonl", toy_lines(4, 5), OLD + SECOND)
    home.read()
    assert home.toy.given == [("a.jsonl", 0, b""), ("a.jsonl", len(toy_lines(1, 3)), b"3")]
    assert home.total == tokens(1, 5)


def test_a_deleted_log_stays_counted(home: Home) -> None:
    home.write("a.jsonl", toy_lines(1, 3)).unlink()
    path = home.write("a.jsonl", toy_lines(1, 3))
    home.read()
    path.unlink()
    home.read()
    home.restart()
    home.read()
    assert home.total == tokens(1, 3)


def test_reading_leaves_the_folder_of_the_agent_as_it_was(home: Home) -> None:
    """Times of folders tell also what was made and taken away again."""

    def everything() -> list[tuple[str, int, int, int]]:
        states = [(path, path.stat()) for path in (home.path(""), *sorted(home.path("").rglob("*")))]
        return [(str(path), state.st_ino, state.st_size, state.st_mtime_ns) for path, state in states]

    home.write("x/a.jsonl", toy_lines(1, 3) + b"half a li")
    home.write("y/b.jsonl.zst", zstd.compress(toy_lines(4, 6)))
    before = everything()
    home.read()
    home.ledger.forget_checkpoints()
    home.read()
    assert home.total == tokens(1, 6)
    assert everything() == before


# Hints


def test_a_hint_comes_before_what_is_queued(make_home: MakeHome) -> None:
    home = make_home(clock=TickingClock(NOW))
    for number in range(4):
        home.write(f"{number}.jsonl", toy_lines(number, number), OLD - number * SECOND)
    home.scanner.plan()
    assert home.scanner.hint([home.path("3.jsonl")])
    home.finish()
    assert home.toy.files == ["3.jsonl", "0.jsonl", "1.jsonl", "2.jsonl"]


def test_a_hint_makes_a_source_pending_that_was_read(home: Home) -> None:
    home.write("a.jsonl", toy_lines(1, 3))
    home.read()
    path = home.append("a.jsonl", toy_lines(4, 4), OLD + SECOND)
    assert home.scanner.hint([path])
    home.finish()
    assert home.total == tokens(1, 4)


def test_a_new_file_is_read_because_of_a_hint(home: Home) -> None:
    home.write("a.jsonl", toy_lines(1, 3))
    home.read()
    assert home.scanner.hint([home.write("new/b.jsonl", toy_lines(4, 4))])
    home.finish()
    assert home.total == tokens(1, 4)


def test_a_hint_at_what_is_no_source_or_did_not_change_is_none(home: Home) -> None:
    path = home.write("a.jsonl", toy_lines(1, 3))
    home.read()
    notes = home.write("notes.txt", b"k9 9\n")
    outside = home.root / "outside.jsonl"
    outside.write_bytes(b"k9 9\n")
    assert not home.scanner.hint([path, notes, outside, home.path("gone.jsonl"), home.root / "toy"])
    assert not home.scanner.pending


def test_a_hint_before_the_first_look_is_none(home: Home) -> None:
    assert not home.scanner.hint([home.write("a.jsonl", toy_lines(1, 3))])


# Steps


def big(home: Home, name: str = "big.jsonl", slices: int = 4, first: int = 1) -> tuple[int, int]:
    """Write a source of so many slices and a bit; (responses, tokens) in it."""
    line = len(toy_lines(1, 1, padding=PADDING)) + 8
    last = first + slices * SLICE // line + 10
    home.write(name, toy_lines(first, last, padding=PADDING))
    return tokens(first, last)


def test_a_step_ends_when_its_time_is_over_and_keeps_its_place(make_home: MakeHome) -> None:
    home = make_home(clock=TickingClock(NOW))
    all_of_it = big(home)
    home.scanner.plan()
    parts = []
    while home.scanner.pending:
        home.scanner.step()
        parts.append(len(home.toy.given))
    assert parts[:4] == [1, 2, 3, 4]
    offsets = [offset for _, offset, _ in home.toy.given]
    assert offsets == sorted(set(offsets))
    assert home.total == all_of_it


def test_a_step_that_has_time_reads_many_sources(home: Home) -> None:
    for number in range(50):
        home.write(f"{number}.jsonl", toy_lines(number, number))
    home.scanner.plan()
    home.scanner.step()
    assert not home.scanner.pending
    assert home.total == tokens(0, 49)


def test_a_step_with_nothing_to_do_does_nothing(home: Home) -> None:
    home.write("a.jsonl", toy_lines(1, 3))
    home.read()
    assert not home.scanner.step()
    assert home.total == tokens(1, 3)


def test_a_source_over_many_slices_has_the_carry_and_the_skipped_of_all(make_home: MakeHome) -> None:
    home = make_home(clock=TickingClock(NOW))
    number = 3 * SLICE // (PADDING + 20)
    home.write("a.jsonl", b"".join(b"%b%b\n" % (toy_lines(n, n), b"?" * PADDING) for n in range(number)))
    home.read()
    assert len(home.toy.given) >= 3
    (facts,) = home.sources
    assert (facts.checkpoint.carry, facts.checkpoint.skipped) == (str(2 * number).encode(), {NOT_A_LINE: number})
    assert home.skipped == {"toy": {NOT_A_LINE: number}}


@pytest.mark.parametrize("end", [Home.restart, Home.crash, Home.new_scanner], ids=["quit", "killed", "new scanner"])
def test_a_source_that_was_read_in_part_is_read_on_later(make_home: MakeHome, end: Callable[[Home], object]) -> None:
    home = make_home(clock=TickingClock(NOW))
    all_of_it = big(home)
    home.scanner.plan()
    home.steps(2)
    end(home)
    home.read()
    offsets = [offset for _, offset, _ in home.toy.given]
    assert offsets == sorted(set(offsets))
    assert home.total == all_of_it


def test_a_look_in_the_middle_of_a_source_does_not_begin_it_again(make_home: MakeHome) -> None:
    home = make_home(clock=TickingClock(NOW))
    all_of_it = big(home)
    home.scanner.plan()
    home.steps(2)
    home.read()
    offsets = [offset for _, offset, _ in home.toy.given]
    assert offsets == sorted(set(offsets))
    assert home.total == all_of_it


def test_a_source_that_is_replaced_in_the_middle_is_begun_again(make_home: MakeHome) -> None:
    home = make_home(clock=TickingClock(NOW))
    big(home)
    home.scanner.plan()
    home.steps(1)
    read, _ = home.total
    home.write("big.jsonl", toy_lines(1_000_001, 1_000_003))
    home.finish()
    home.read()
    assert home.total[0] == read + 3


def test_a_pause_in_the_middle_loses_nothing(make_home: MakeHome) -> None:
    home = make_home(clock=TickingClock(NOW))
    all_of_it = big(home)
    home.scanner.plan()
    home.steps(1)
    home.append("big.jsonl", b"kx 7\n", NOW)
    home.scanner.plan()
    home.finish()
    assert home.total == (all_of_it[0] + 1, all_of_it[1] + 7)


# What cannot be read


def cut_zst(home: Home, name: str = "a.jsonl.zst") -> Path:
    return home.write(name, b"not compressed at all\n")


def whole_zst(home: Home, data: bytes, name: str = "a.jsonl.zst") -> Path:
    return home.write(name, zstd.compress(data), OLD + SECOND)


def test_a_source_that_cannot_be_read_is_named_and_the_others_are_read(home: Home) -> None:
    path = cut_zst(home)
    home.write("b.jsonl", toy_lines(1, 3))
    home.read()
    (failure,) = home.scanner.failures.values()
    assert list(home.scanner.failures) == [str(path)]
    assert failure.agent == "toy"
    assert "cannot be decompressed" in failure.reason and str(path) in failure.reason
    assert home.total == tokens(1, 3)


def test_a_failed_source_is_tried_again_at_each_look_and_forgiven(home: Home, opened: list[str]) -> None:
    path = cut_zst(home)
    home.read()
    opened.clear()
    home.read()
    assert str(path) in opened
    assert home.scanner.failures
    whole_zst(home, toy_lines(1, 3))
    home.read()
    assert home.scanner.failures == {}
    assert home.total == tokens(1, 3)


def test_a_failed_source_is_forgiven_because_of_a_hint(home: Home) -> None:
    cut_zst(home)
    home.read()
    home.scanner.hint([whole_zst(home, toy_lines(1, 3))])
    home.finish()
    assert home.scanner.failures == {}


def test_a_failure_is_gone_with_its_file(home: Home) -> None:
    path = cut_zst(home)
    home.read()
    path.unlink()
    home.read()
    assert home.scanner.failures == {}


def test_a_file_that_vanishes_before_it_is_read_is_forgotten_at_the_next_look(home: Home) -> None:
    path = home.write("a.jsonl", toy_lines(1, 3))
    home.write("b.jsonl", toy_lines(4, 4))
    home.scanner.plan()
    path.unlink()
    home.finish()
    assert "vanished" in home.scanner.failures[str(path)].reason
    home.read()
    assert home.scanner.failures == {}
    assert home.total == tokens(4, 4)


def test_a_folder_in_the_place_of_a_log_for_a_while_loses_nothing(home: Home) -> None:
    path = home.write("a.jsonl", toy_lines(1, 3))
    home.read()
    home.append("a.jsonl", toy_lines(4, 4), OLD + SECOND)
    home.scanner.plan()
    path.rename(home.root / "aside")
    path.mkdir()
    home.finish()
    assert "not a regular file" in home.scanner.failures[str(path)].reason
    home.read()
    assert home.scanner.failures == {}
    path.rmdir()
    (home.root / "aside").rename(path)
    home.read()
    assert home.total == tokens(1, 4)


IMPORTS = """
import sys
from pathlib import Path
from tests.collect.home import Home, toy_lines, tokens
"""
READ = """
home = Home(Path(sys.argv[1]))
path = home.write("a.jsonl", toy_lines(1, 3))
path.chmod(0)
home.write("b.jsonl", toy_lines(4, 4))
home.read()
print(home.scanner.failures[str(path)].reason)
print(home.total == tokens(4, 4))
path.chmod(0o600)
home.read()
print(home.scanner.failures, home.total == tokens(1, 4))
home.end()
"""


def test_a_log_that_may_not_be_read_says_how_to_allow_it_and_is_found_when_it_may(
    open_folder: Path, as_nobody: Callable[..., str]
) -> None:
    open_folder.chmod(0o777)
    root = Path(__file__).resolve().parents[2]
    said = as_nobody(f"import sys\nsys.path.insert(0, {str(root)!r})\n{IMPORTS}", READ, open_folder)
    reason, others, after = said.splitlines()
    path = open_folder / "toy" / "a.jsonl"
    assert reason == f"{path} may not be read. Allow it with: chmod u+r {path}"
    assert (others, after) == ("True", "{} True")


# What a reader may do wrong


class Failing(Toy):
    """Of a file with "bad" in its name the reader does as it is told, the rest it reads."""

    def __init__(self, deed: Callable[[ReadResult], object]) -> None:
        super().__init__()
        self.deed = deed

    def read(self, part: Part, carry: Carry) -> ReadResult:
        result = super().read(part, carry)
        return self.deed(result) if "bad" in part.source.relative else result  # type: ignore[return-value]


def fails(result: ReadResult) -> object:
    raise KeyError("no such field")


def changed(**fields: object) -> Callable[[ReadResult], object]:
    def change(result: ReadResult) -> object:
        return msgspec.structs.replace(
            result, records=[msgspec.structs.replace(record, **fields) for record in result.records]
        )

    return change


def surrogate(result: ReadResult) -> object:
    context = msgspec.structs.replace(result.records[0].context, project="\ud800")
    return changed(context=context)(result)


DEEDS = {
    "raises": fails,
    "nothing": lambda result: None,
    "a list": lambda result: list(result.records),
    "no records": lambda result: ReadResult(records=[None]),  # type: ignore[list-item]
    "too large": changed(output=2**70),
    "below zero": changed(output=-5),
    "absurd": changed(output=10**11),
    "no number": changed(output="many"),
    "no text": surrogate,
    "a carry of text": lambda result: ReadResult(result.records, carry="1"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
@pytest.mark.expected_logs("reader toy failed on bad.jsonl")
def test_a_reader_that_fails_on_one_source_leaves_the_others_alone(
    make_home: MakeHome, deed: Callable[[ReadResult], object]
) -> None:
    home = make_home(readers={"toy": Failing(deed)})
    home.write("bad.jsonl", toy_lines(1, 3), OLD + SECOND)
    home.write("good.jsonl", toy_lines(4, 6))
    home.read()
    assert home.total == tokens(4, 6)
    ((reason, number),) = home.skipped["toy"].items()
    assert "a mistake in TokenWatch" in reason
    assert number == 3


# A newer reader


# The live state


class Grown:
    def __init__(self) -> None:
        self.came: list[tuple[str, int, bytes, Carry]] = []

    def __call__(self, reader: Reader, part: Part, carry: Carry) -> None:
        self.came.append((part.source.relative, part.offset, part.data, carry))


def test_parts_of_sources_that_grew_lately_are_passed_on_with_the_carry_from_before(make_home: MakeHome) -> None:
    grown = Grown()
    home = make_home(grown=grown, lately=600.0)
    home.write("now.jsonl", toy_lines(1, 2), NOW - 599 * SECOND)
    home.write("long ago.jsonl", toy_lines(3, 4), NOW - 601 * SECOND)
    home.read()
    home.append("now.jsonl", toy_lines(5, 5), NOW)
    home.read()
    begin = toy_lines(1, 2)
    assert grown.came == [("now.jsonl", 0, begin, b""), ("now.jsonl", len(begin), toy_lines(5, 5), b"2")]


def test_a_source_that_grew_by_half_a_line_has_nothing_to_pass_on(make_home: MakeHome) -> None:
    grown = Grown()
    home = make_home(grown=grown)
    home.write("a.jsonl", b"k1 ", NOW)
    home.read()
    assert grown.came == []


def test_parts_are_passed_on_after_they_were_entered(make_home: MakeHome) -> None:
    seen = []
    home = make_home(grown=lambda reader, part, carry: seen.append(home.total))
    home.write("a.jsonl", toy_lines(1, 3), NOW)
    home.read()
    assert seen == [tokens(1, 3)]


# Progress


def test_little_work_shows_no_progress(home: Home) -> None:
    home.write("a.jsonl", toy_lines(1, 3))
    home.scanner.plan()
    assert home.scanner.pending and home.scanner.progress is None


def test_progress_grows_to_its_total_and_vanishes(make_home: MakeHome) -> None:
    home = make_home(clock=TickingClock(NOW))
    big(home, slices=3)
    home.scanner.plan()
    seen = []
    while home.scanner.progress is not None:
        seen.append(home.scanner.progress)
        home.scanner.step()
    done = [progress.done for progress in seen]
    assert done[0] == 0 and done == sorted(set(done)) and len(done) > 3
    assert {progress.total for progress in seen} == {home.path("big.jsonl").stat().st_size}
    assert not home.scanner.pending


def test_progress_does_not_count_what_was_read_before(make_home: MakeHome) -> None:
    home = make_home(clock=TickingClock(NOW))
    big(home)
    home.read()
    home.append("big.jsonl", toy_lines(1, 1), OLD + SECOND)
    home.scanner.plan()
    assert home.scanner.pending and home.scanner.progress is None


def test_progress_does_not_pass_its_total_when_sources_grow(make_home: MakeHome) -> None:
    home = make_home(clock=TickingClock(NOW))
    big(home)
    home.scanner.plan()
    more = toy_lines(1_000_001, 1_000_001 + 2 * SLICE // PADDING, padding=PADDING)
    home.append("big.jsonl", more, OLD + SECOND)
    while home.scanner.progress is not None:
        assert home.scanner.progress.done <= home.scanner.progress.total
        home.scanner.step()
    assert not home.scanner.pending


# A ledger that cannot be written


@pytest.fixture
def small_disk() -> Iterator[Callable[[Home, int], None]]:
    """Leaves so many pages for a home's ledger."""

    def limit(home: Home, pages: int) -> None:
        connection: sqlite3.Connection = home.ledger._connection
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={used + pages}")

    return limit


def many_sources(home: Home, number: int = 40) -> tuple[int, int]:
    for at in range(number):
        home.write(f"{at}.jsonl", toy_lines(100 * at, 100 * at + 99), OLD - at * SECOND)
    return tokens(0, 100 * number - 1)


def read_until_it_fails(home: Home) -> None:
    for _ in range(1000):
        home.scanner.step()
    raise AssertionError("nothing failed")


@pytest.mark.parametrize("clock", [FixedClock, TickingClock], ids=["many sources a step", "one source a step"])
@pytest.mark.parametrize("pages", [0, 1, 7, 20])
def test_a_full_disk_loses_nothing_and_doubles_nothing(
    make_home: MakeHome, small_disk: Callable[[Home, int], None], clock: type[FixedClock], pages: int
) -> None:
    home = make_home(clock=clock(NOW))
    all_of_it = many_sources(home)
    small_disk(home, pages)
    home.scanner.plan()
    with pytest.raises(LedgerFull):
        read_until_it_fails(home)
    assert home.scanner.pending
    with pytest.raises(LedgerFull):
        read_until_it_fails(home)
    responses, _ = home.total
    assert responses < all_of_it[0]
    small_disk(home, 1_000_000)
    home.finish()
    assert home.total == all_of_it


def test_what_was_held_for_one_commit_is_read_again_when_it_is_undone(
    make_home: MakeHome, small_disk: Callable[[Home, int], None]
) -> None:
    """With a clock that stands still nothing of a long import is committed before its end."""
    home = make_home(clock=FixedClock(NOW))
    all_of_it = big(home, slices=5)
    assert home.path("big.jsonl").stat().st_size > WORTH_IT
    home.scanner.plan()
    home.steps(2)
    assert home.total == (0, 0)
    small_disk(home, 3)
    with pytest.raises(LedgerFull):
        read_until_it_fails(home)
    assert home.total == (0, 0)
    small_disk(home, 1_000_000)
    home.finish()
    assert home.total == all_of_it


def test_what_is_held_is_committed_when_a_look_finds_nothing_more_to_do(make_home: MakeHome) -> None:
    home = make_home(clock=FixedClock(NOW))
    all_of_it = big(home, slices=4)
    vanishing = home.write("small.jsonl", toy_lines(1, 1), OLD - SECOND)
    home.scanner.plan()
    while home.scanner.pending and len(home.toy.given) < 5:
        home.scanner.step(0.0)
    assert home.scanner.pending
    assert home.total == (0, 0)
    vanishing.unlink()
    home.scanner.plan()
    assert not home.scanner.pending
    assert home.total == all_of_it


class Broken:
    """A price that cannot be told at the n-th record."""

    version = "broken"
    nano = 0

    def __init__(self, at: int, error: BaseException) -> None:
        self.left = at
        self.error = error

    def cost(self, record: Record) -> Broken:
        self.left -= 1
        if self.left == 0:
            raise self.error
        return self

    def rates(self, context: Context, day: int) -> None:
        return None  # each record is asked for


@pytest.mark.parametrize("at", [1, 50, 101, 1234, 4000])
def test_an_error_at_any_record_undoes_what_was_not_committed(make_home: MakeHome, at: int) -> None:
    home = make_home(clock=TickingClock(NOW))
    home.price = Broken(at, LedgerError("the ledger is away"))
    home.restart()
    all_of_it = many_sources(home)
    home.scanner.plan()
    with pytest.raises(LedgerError, match="away"):
        read_until_it_fails(home)
    assert home.total == tokens(0, (at - 1) // 100 * 100 - 1)
    home.finish()
    assert home.total == all_of_it


# With a worker


def claude_home(make_home: MakeHome, sessions: int = 300, **options: object) -> Home:
    """Transcripts with copies of one another's responses, as resumed sessions have them."""
    home = make_home(readers={"claude-code": ClaudeCode()}, **options)
    for number in range(sessions):
        entries = [
            response(of * 10 + at, session=f"s{number}", output=10 + at + (number == of))
            for of in (number, max(0, number - 3))
            for at in range(5)
        ]
        path = home.root / ".claude" / "projects" / f"p{number % 7}" / f"s{number}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(lines(*entries))
        os.utime(path, ns=((OLD - number * SECOND) * 1_000_000,) * 2)
    return home


def response(number: int, *, session: str = "s", output: int = 10) -> dict[str, object]:
    return {
        "type": "assistant",
        "sessionId": session,
        "cwd": "/work/acme",
        "timestamp": f"2026-11-20T10:{number // 60 % 60:02d}:{number % 60:02d}.000Z",
        "uuid": f"u{number}-{session}",
        "requestId": f"req_{number}",
        "message": {
            "id": f"msg_{number}",
            "model": "claude-opus-4-5",
            "stop_reason": "end_turn",
            "usage": {"input_tokens": number, "output_tokens": output},
        },
    }


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]


def import_of(home: Home, **options: object) -> None:
    """Begin an import with a worker."""
    home.new_scanner(worth_workers=1, **options)
    home.scanner.plan()
    home.scanner.step()


def facts(home: Home) -> list[object]:
    """What the ledger knows, except that homes have different places."""
    sources = [replace(facts, path=Path(facts.path).name, checkpoint=facts.checkpoint.size) for facts in home.sources]
    return [home.contents, sorted(sources, key=repr)]


@pytest.fixture
def alone(make_home: MakeHome) -> list[object]:
    """What a home with transcripts comes to without a worker."""
    home = claude_home(make_home)
    home.read()
    return facts(home)


@pytest.mark.parametrize("helping", [False, True])
def test_a_worker_brings_the_same(make_home: MakeHome, alone: list[object], helping: bool) -> None:
    home = claude_home(make_home)
    import_of(home, helping=helping)
    assert children()
    home.finish()
    assert facts(home) == alone
    assert children() == []


def test_little_is_read_without_a_worker(make_home: MakeHome) -> None:
    home = claude_home(make_home, sessions=10)
    home.scanner.plan()
    home.scanner.step()
    assert children() == []
    assert not home.scanner.pending


def test_only_sources_that_were_never_read_go_to_a_worker(make_home: MakeHome, alone: list[object]) -> None:
    home = claude_home(make_home)
    home.read()
    home.ledger.forget_checkpoints()
    import_of(home)
    assert children() == []
    home.finish()
    assert facts(home) == alone


@posix
@pytest.mark.parametrize("results", [0, 1])
def test_a_worker_that_is_killed_is_missed_only_by_the_clock(
    make_home: MakeHome, alone: list[object], results: int
) -> None:
    home = claude_home(make_home)
    import_of(home)
    for _ in range(results):
        home.scanner.step(10.0)
    (worker,) = children()
    worker.kill()
    home.finish()
    assert facts(home) == alone


@posix
def test_after_a_worker_was_lost_the_next_look_may_start_another(make_home: MakeHome) -> None:
    home = claude_home(make_home, sessions=3)
    import_of(home)
    (worker,) = children()
    worker.kill()
    home.finish()
    path = home.root / ".claude" / "projects" / "p0" / "new.jsonl"
    path.write_bytes(lines(response(999_999, session="new")))
    home.scanner.plan()
    home.scanner.step()
    assert children()
    home.finish()
    assert home.total[0] == 3 * 5 + 1


def test_a_worker_that_cannot_be_started_is_done_without(
    make_home: MakeHome, alone: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = claude_home(make_home)
    monkeypatch.setattr(source_worker_process, "command", lambda: [str(home.root / "no such program")])
    import_of(home)
    home.finish()
    assert facts(home) == alone


def test_a_worker_that_does_not_know_an_agent_is_done_without(make_home: MakeHome) -> None:
    home = make_home()
    all_of_it = many_sources(home)
    import_of(home)
    home.finish()
    assert home.total == all_of_it


def test_a_full_disk_during_an_import_loses_nothing(
    make_home: MakeHome, alone: list[object], small_disk: Callable[[Home, int], None]
) -> None:
    home = claude_home(make_home)
    import_of(home)
    small_disk(home, 2)
    with pytest.raises(LedgerFull):
        home.finish()
    assert home.scanner.pending
    assert children() == []
    small_disk(home, 1_000_000)
    home.finish()
    assert facts(home) == alone


@pytest.mark.parametrize("end", [Home.restart, Home.crash], ids=["quit", "killed"])
def test_an_import_that_is_cut_short_is_ended_later(
    make_home: MakeHome, alone: list[object], end: Callable[[Home], None]
) -> None:
    home = claude_home(make_home)
    import_of(home)
    home.scanner.step(10.0)
    assert home.scanner.pending
    end(home)
    assert children() == []
    home.read()
    assert facts(home) == alone


def test_an_import_that_is_closed_in_the_middle_leaves_no_process(make_home: MakeHome) -> None:
    home = claude_home(make_home)
    import_of(home)
    home.scanner.close()
    home.scanner.close()
    assert children() == []


class Counting(ClaudeCode):
    """Notes what this process reads itself."""

    def __init__(self) -> None:
        self.read_here: list[str] = []

    def read(self, part: Part, carry: Carry) -> ReadResult:
        self.read_here.append(part.source.relative)
        return super().read(part, carry)


def test_a_look_during_an_import_does_not_read_its_sources_twice(make_home: MakeHome, alone: list[object]) -> None:
    home = claude_home(make_home)
    counting = Counting()
    home.readers["claude-code"] = counting
    import_of(home)
    home.scanner.plan()
    home.finish()
    assert counting.read_here == []
    assert facts(home) == alone


def test_a_hint_during_an_import_is_followed_at_once(make_home: MakeHome) -> None:
    home = claude_home(make_home)
    counting = Counting()
    home.readers["claude-code"] = counting
    import_of(home)
    path = home.root / ".claude" / "projects" / "p5" / "s299.jsonl"
    with path.open("ab") as file:
        file.write(lines(response(999_999, session="s299")))
    assert home.scanner.hint([path])
    home.scanner.step()
    assert counting.read_here == ["p5/s299.jsonl"]
    home.finish()
    home.read()
    assert home.total[0] == 300 * 5 + 1


def test_what_is_written_right_now_is_read_here(make_home: MakeHome) -> None:
    grown = Grown()
    home = claude_home(make_home, grown=grown)
    path = home.root / ".claude" / "projects" / "p0" / "now.jsonl"
    path.write_bytes(lines(response(999_999, session="now")))
    os.utime(path, ns=(NOW * 1_000_000,) * 2)
    import_of(home)
    home.scanner.step()
    assert [name for name, _, _, _ in grown.came] == ["p0/now.jsonl"]
    home.finish()


def test_a_source_that_a_worker_could_not_read_is_named_and_later_forgiven(make_home: MakeHome) -> None:
    home = make_home(readers={"codex": CodexCli()})
    name = "rollout-2026-11-20T10-00-00-0199aaaa-0000-7000-8000-000000000001.jsonl.zst"
    path = home.root / ".codex" / "sessions" / "2026" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not compressed\n")
    os.utime(path, ns=(OLD * 1_000_000,) * 2)
    import_of(home)
    home.finish()
    assert "cannot be decompressed" in home.scanner.failures[str(path)].reason
    aside = whole_zst(home, b"{}\n")
    aside.rename(path)
    home.scanner.plan()
    home.finish()
    assert home.scanner.failures == {}


def test_an_import_whose_worker_died_still_goes_by_short_steps(make_home: MakeHome) -> None:
    """The worker does not know the toy agent, so its batch, of a large source, is read here."""
    home = make_home(clock=TickingClock(NOW))
    all_of_it = big(home)
    import_of(home)
    while not home.toy.given:
        home.scanner.step(1.0)
    assert len(home.toy.given) == 1
    home.finish()
    assert home.total == all_of_it
