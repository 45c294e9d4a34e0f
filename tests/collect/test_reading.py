"""From a source to readings: slices through a reader, whose mistakes cost its own source only."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.collect.home import NOT_A_LINE, NOW, OLD, Toy, toy_lines
from tokenwatch.base.errors import SourceError
from tokenwatch.base.limits import Quota
from tokenwatch.base.usage import Amendment
from tokenwatch.collect import reading as reading_module
from tokenwatch.collect import tail
from tokenwatch.collect.discover import Found
from tokenwatch.collect.reading import READER_FAILED, last_part, readings
from tokenwatch.collect.tail import TOO_LONG
from tokenwatch.ledger.checkpoint import Checkpoint, Reading
from tokenwatch.readers.jsonl import MAX_TIME, MIN_TIME
from tokenwatch.readers.protocol import Carry, Encoding, Part, ReadResult, Source

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.jsonl"


def found(path: Path) -> Found:
    state = path.stat()
    encoding = Encoding.ZSTD if path.suffix == ".zst" else Encoding.PLAIN
    source = Source("toy", str(path), path.name, encoding)
    return Found(source, state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)


def read(reader: Toy, path: Path, checkpoint: Checkpoint | None = None, limit: int = tail.SLICE) -> list[Reading]:
    return [reading for reading, _, _ in readings(reader, found(path), checkpoint, limit)]  # type: ignore[arg-type]


def outputs(came: Sequence[Reading]) -> list[int]:
    return [record.output for reading in came for record in reading.records]


def test_a_reading_holds_records_and_how_far_the_source_was_read(log: Path) -> None:
    log.write_bytes(toy_lines(1, 3) + b"half a li")
    (came,) = read(Toy(version=7), log)
    state = log.stat()
    point = came.checkpoint
    assert (came.path, came.agent, outputs([came])) == (str(log), "toy", [1, 2, 3])
    assert (point.offset, point.size, point.modified) == (len(toy_lines(1, 3)), state.st_size, state.st_mtime_ns)
    assert (point.number, point.device, point.reader, point.carry) == (state.st_ino, state.st_dev, 7, b"3")


class Telling(Toy):
    """Brings what the simple log does not hold."""

    def read(self, part: Part, carry: Carry) -> ReadResult:
        at = part.offset
        return ReadResult(
            amendments=[Amendment("toy", 1, 2, 3, 4, 5, 6 + at)],
            quotas=[Quota("acme", "pro", "5h", 12.5, None, NOW + at)],
        )


def test_a_reading_holds_amendments_and_quotas(log: Path) -> None:
    log.write_bytes(toy_lines(1, 4))
    one, other = read(Telling(), log, limit=10)
    assert [came.amendments[0].output for came in (one, other)] == [6, 16]
    assert [came.quotas[0].as_of for came in (one, other)] == [NOW, NOW + 10]


def test_each_slice_comes_with_its_part_and_the_carry_from_before(log: Path) -> None:
    log.write_bytes(toy_lines(1, 6))
    came = list(readings(Toy(), found(log), None, 10))  # type: ignore[arg-type]
    assert b"".join(part.data for _, part, _ in came) == log.read_bytes()
    assert [part.offset for _, part, _ in came] == [0, 10, 20]
    assert [carry for _, _, carry in came] == [b"", b"2", b"4"]
    assert [reading.checkpoint.carry for reading, _, _ in came] == [b"2", b"4", b"6"]


def test_only_the_last_slice_says_that_the_source_was_read(log: Path) -> None:
    log.write_bytes(toy_lines(1, 6))
    assert [came.checkpoint.size for came in read(Toy(), log, limit=10)] == [-1, -1, log.stat().st_size]


def test_parts_tell_when_the_source_was_modified_in_milliseconds(log: Path) -> None:
    log.write_bytes(toy_lines(1, 1))
    os.utime(log, ns=(0, NOW * 1_000_000 + 999_999))
    ((_, part, _),) = readings(Toy(), found(log), None)  # type: ignore[arg-type]
    assert part.modified == NOW


def test_reading_goes_on_with_the_carry_and_the_skipped_of_the_checkpoint(log: Path) -> None:
    log.write_bytes(b"?\n" + toy_lines(1, 3))
    (first,) = read(Toy(), log)
    with log.open("ab") as file:
        file.write(b"?\n?\n" + toy_lines(4, 4))
    reader = Toy()
    (second,) = read(reader, log, first.checkpoint)
    assert reader.given == [("log.jsonl", first.checkpoint.offset, b"4")]
    assert second.checkpoint.skipped == {NOT_A_LINE: 3}
    assert first.checkpoint.skipped == {NOT_A_LINE: 1}


def test_each_slice_tells_what_was_skipped_up_to_its_end(log: Path) -> None:
    log.write_bytes(b"?\n?\n" + toy_lines(1, 1) + b"?\n")
    first, second = read(Toy(), log, limit=4)
    assert first.checkpoint.skipped == {NOT_A_LINE: 2}
    assert second.checkpoint.skipped == {NOT_A_LINE: 3}


def test_a_source_that_was_replaced_begins_with_nothing(log: Path) -> None:
    log.write_bytes(b"?\n" + toy_lines(1, 3))
    (first,) = read(Toy(), log)
    log.write_bytes(toy_lines(8, 9))
    reader = Toy()
    (second,) = read(reader, log, first.checkpoint)
    assert reader.given == [("log.jsonl", 0, b"")]
    assert (second.checkpoint.skipped, second.checkpoint.carry) == ({}, b"2")


def test_another_version_of_the_reader_begins_with_nothing(log: Path) -> None:
    log.write_bytes(b"?\n" + toy_lines(1, 3))
    (first,) = read(Toy(version=1), log)
    reader = Toy(version=2)
    (second,) = read(reader, log, first.checkpoint)
    assert reader.given == [("log.jsonl", 0, b"")]
    assert second.checkpoint.skipped == {NOT_A_LINE: 1}


def test_the_time_of_the_newest_record_is_kept(log: Path) -> None:
    log.write_bytes(toy_lines(1, 1))
    os.utime(log, ns=(0, NOW * 1_000_000))
    (first,) = read(Toy(), log)
    with log.open("ab") as file:
        file.write(toy_lines(2, 2))
    os.utime(log, ns=(0, OLD * 1_000_000))
    (second,) = read(Toy(), log, first.checkpoint)
    assert (first.checkpoint.newest, second.checkpoint.newest) == (NOW, NOW)


def test_nothing_new_asks_no_reader(log: Path) -> None:
    log.write_bytes(toy_lines(1, 1) + b"half")
    reader = Toy()
    (first,) = read(reader, log)
    (second,) = read(reader, log, first.checkpoint)
    assert len(reader.given) == 1
    assert second.checkpoint == first.checkpoint


def test_a_line_that_is_too_long_is_counted(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "MAX_LINE", 20)
    log.write_bytes(toy_lines(1, 1) + b"x" * 50 + b"\n" + toy_lines(2, 2))
    came = read(Toy(), log, limit=10)
    assert outputs(came) == [1, 2]
    assert came[-1].checkpoint.skipped == {TOO_LONG: 1}


def test_a_compressed_source_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl.zst"
    path.write_bytes(zstd.compress(toy_lines(1, 6)))
    came = read(Toy(), path, limit=10)
    assert outputs(came) == [1, 2, 3, 4, 5, 6]
    assert came[-1].checkpoint.carry == b"6"


def test_a_source_that_cannot_be_opened_is_a_source_error(log: Path) -> None:
    log.write_bytes(b"")
    seen = found(log)
    log.unlink()
    with pytest.raises(SourceError):
        list(readings(Toy(), seen, None))  # type: ignore[arg-type]


class FailsAt(Toy):
    """Raises at a part that holds the word "fail"."""

    def read(self, part: Part, carry: Carry) -> ReadResult:
        if b"fail" in part.data:
            raise RuntimeError("a mistake")
        return super().read(part, carry)


@pytest.mark.expected_logs("reader toy failed on log.jsonl")
def test_the_entries_of_a_slice_on_which_the_reader_fails_are_counted_as_left_out(log: Path) -> None:
    log.write_bytes(toy_lines(1, 2) + b"fail 1\nk3 3\n" + toy_lines(4, 5))
    came = read(FailsAt(), log, limit=12)
    assert outputs(came) == [1, 2, 4, 5]
    last = came[-1].checkpoint
    assert last.skipped == {READER_FAILED: 2}
    assert last.size == log.stat().st_size
    # The carry of before goes on.
    assert last.carry == b"4"


@given(st.lists(st.sampled_from([b"k1 1\n", b"k2 22\n", b"nonsense\n", b"\n"]), max_size=30), st.integers(1, 60))
def test_any_slices_come_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], limit: int
) -> None:
    path = tmp_path_factory.mktemp("slices") / "log.jsonl"
    path.write_bytes(b"".join(lines))
    whole, sliced = read(Toy(), path), read(Toy(), path, limit=limit)
    assert outputs(sliced) == outputs(whole)
    assert sliced[-1].checkpoint == whole[-1].checkpoint


@given(cuts=st.lists(st.integers(0, 60), max_size=5), limit=st.integers(1, 30))
def test_reading_on_from_any_checkpoint_comes_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], limit: int
) -> None:
    path = tmp_path_factory.mktemp("cuts") / "log.jsonl"
    content = toy_lines(1, 4) + b"nonsense\n" + toy_lines(5, 8)
    came: list[Reading] = []
    point = None
    for cut in [*sorted(cuts), len(content)]:
        with path.open("ab") as file:
            file.write(content[path.stat().st_size : cut])
        came += read(Toy(), path, point, limit)
        point = came[-1].checkpoint
    assert outputs(came) == list(range(1, 9))
    (whole,) = read(Toy(), path)
    assert msgspec.structs.replace(point, head=b"", head_size=0) == msgspec.structs.replace(
        whole.checkpoint, head=b"", head_size=0
    )


# The end of a source


def test_the_last_part_of_a_small_source_is_all_of_it(log: Path) -> None:
    log.write_bytes(b"first\nsecond\nhalf")
    part = last_part(Toy(), found(log))
    assert (part.data, part.offset) == (b"first\nsecond\n", 0)
    assert part.modified == log.stat().st_mtime_ns // 1_000_000


def test_the_last_part_is_the_first_line_and_the_last_whole_ones(log: Path) -> None:
    log.write_bytes(b"first\n" + b"between\n" * 100 + b"last 1\nlast 2\nhalf")
    part = last_part(Toy(), found(log), limit=20)
    assert part.data == b"first\nlast 1\nlast 2\n"
    assert log.read_bytes()[part.offset :] == b"last 1\nlast 2\nhalf"


def test_the_last_part_begins_after_the_first_line_where_both_meet(log: Path) -> None:
    log.write_bytes(b"a long first line\nsecond\nthird\n")
    part = last_part(Toy(), found(log), limit=25)
    assert part.data == b"a long first line\nsecond\nthird\n"
    assert part.offset == len(b"a long first line\n")


def test_a_long_first_line_stands_before_a_short_end(log: Path) -> None:
    first = b"x" * 100 + b"\n"
    log.write_bytes(first + b"between\n" * 10 + b"last\n")
    assert last_part(Toy(), found(log), limit=10).data == first + b"last\n"


def test_a_first_line_longer_than_usual_is_read_on(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "_SHORT_HEAD", 20)
    first = b"x" * 100 + b"\n"
    log.write_bytes(first + b"between\n" * 20 + b"last\n")
    assert last_part(Toy(), found(log), limit=10).data == first + b"last\n"


def test_a_first_line_without_end_is_left_out(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "_SHORT_HEAD", 20)
    monkeypatch.setattr(reading_module, "_HEAD", 50)
    log.write_bytes(b"x" * 100 + b"\nlast\n")
    part = last_part(Toy(), found(log), limit=10)
    assert (part.data, part.offset) == (b"last\n", 101)


def test_a_last_line_over_the_limit_leaves_only_the_first(log: Path) -> None:
    log.write_bytes(b"first\n" + b"x" * 100)
    assert last_part(Toy(), found(log), limit=10).data == b"first\n"
    log.write_bytes(b"first\n" + b"x" * 100 + b"\n")
    assert last_part(Toy(), found(log), limit=10).data == b"first\n"


@pytest.mark.parametrize("content", [b"", b"half a line", b"\n", b"a\n\n\nb\n"])
def test_the_last_part_of_little_is_its_whole_lines(log: Path, content: bytes) -> None:
    log.write_bytes(content)
    assert last_part(Toy(), found(log)).data == content[: content.rfind(b"\n") + 1]


def test_a_compressed_source_has_no_last_part(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl.zst"
    path.write_bytes(zstd.compress(toy_lines(1, 6)))
    assert last_part(Toy(), found(path), limit=10).data == b""


def test_the_last_part_of_a_file_that_vanished_is_a_source_error(log: Path) -> None:
    log.write_bytes(b"first\n")
    seen = found(log)
    log.unlink()
    with pytest.raises(SourceError):
        last_part(Toy(), seen)


@given(st.lists(st.binary(max_size=12).filter(lambda line: b"\n" not in line), max_size=8), st.integers(1, 40))
def test_the_last_part_is_always_whole_lines_the_first_one_in_front(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], limit: int
) -> None:
    path = tmp_path_factory.mktemp("last") / "log.jsonl"
    content = b"\n".join(lines)
    path.write_bytes(content)
    part = last_part(Toy(), found(path), limit)
    whole = content[: content.rfind(b"\n") + 1]
    first = whole[: whole.find(b"\n") + 1]
    rest = part.data
    if part.offset:
        assert rest.startswith(first)
        rest = rest[len(first) :]
    assert rest == whole[part.offset :]
    assert part.offset == 0 or content[part.offset - 1 : part.offset] == b"\n" or not rest


@pytest.mark.parametrize(("modified", "time"), [(5, MIN_TIME), (5 * 10**12, MAX_TIME), (NOW, NOW)])
def test_a_file_of_an_impossible_time_has_the_nearest_possible_one(log: Path, modified: int, time: int) -> None:
    log.write_bytes(b"k1 5\n")
    os.utime(log, ns=(modified * 1_000_000, modified * 1_000_000))
    ((_, part, _),) = readings(Toy(), found(log), None)  # type: ignore[arg-type]
    assert part.modified == time
