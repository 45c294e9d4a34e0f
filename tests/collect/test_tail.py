"""Reading on in a file: whole lines, each once, whatever happens to the file in between."""

from __future__ import annotations

import os
import sys
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.collect.conftest import give_to_nobody
from tokenwatch.base.errors import SourceError, UnreadableSource
from tokenwatch.collect import tail
from tokenwatch.collect.discover import Found
from tokenwatch.collect.tail import Slice, read_range, slices, unchanged
from tokenwatch.ledger.checkpoint import Checkpoint
from tokenwatch.readers.protocol import Encoding, Source

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and file numbers that are used again are POSIX")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.jsonl"


@pytest.fixture
def short_lines(monkeypatch: pytest.MonkeyPatch) -> int:
    """The longest line that is read, for tests that need no 32 MiB."""
    monkeypatch.setattr(tail, "MAX_LINE", 20)
    return 20


def found(path: Path) -> Found:
    state = path.stat()
    encoding = Encoding.ZSTD if path.suffix == ".zst" else Encoding.PLAIN
    source = Source("toy", str(path), path.name, encoding)
    return Found(source, state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)


def checkpoint(part: Slice) -> Checkpoint:
    size, modified = (part.size, part.modified) if part.last else (-1, -1)
    return Checkpoint(
        part.device, part.number, part.head, part.head_size, size, modified, part.end, part.tail, b"", 1
    )


class Reading:
    """What a collector has of one file: it reads on from its checkpoint, and forgets all when told to."""

    def __init__(self, path: Path, limit: int = tail.SLICE) -> None:
        self.path = path
        self.limit = limit
        self.data = b""
        self.too_long = 0
        self.restarts = 0
        self.checkpoint: Checkpoint | None = None

    def on(self) -> bytes:
        """What has come since."""
        before, restarts = len(self.data), self.restarts
        for part in slices(found(self.path), self.checkpoint, self.limit):
            if part.first:
                self.data, self.too_long = b"", 0
                self.restarts += 1
            assert part.data == b"" or part.data.endswith(b"\n")
            self.data += part.data
            self.too_long += part.too_long
            self.checkpoint = checkpoint(part)
        return self.data if restarts != self.restarts else self.data[before:]


def later(path: Path) -> None:
    """Make sure the modification time differs from the one before."""
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000_000))


def append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


def lines_up_to(data: bytes, most: int) -> bytes:
    """The whole lines of ``data`` that are not too long."""
    return b"".join(line + b"\n" for line in data.split(b"\n")[:-1] if len(line) <= most)


# Growing


def test_new_file_is_read_from_its_beginning(log):
    log.write_bytes(b"one\ntwo\n")
    (part,) = slices(found(log), None)
    assert (part.data, part.offset, part.end, part.first, part.last) == (b"one\ntwo\n", 0, 8, True, True)


def test_only_what_was_appended_is_read(log):
    log.write_bytes(b"one\n")
    reading = Reading(log)
    reading.on()
    append(log, b"two\n")
    assert reading.on() == b"two\n"
    assert reading.restarts == 1


def test_partial_last_line_waits_for_its_end(log):
    log.write_bytes(b"one\ntw")
    reading = Reading(log)
    assert reading.on() == b"one\n"
    assert reading.on() == b""
    append(log, b"o\n")
    assert reading.on() == b"two\n"


def test_file_written_byte_by_byte_gives_each_line_once(log):
    log.touch()
    reading = Reading(log)
    for byte in b"one\n\ntwo\r\n\x00three\n":
        append(log, bytes([byte]))
        reading.on()
    assert reading.data == b"one\n\ntwo\r\n\x00three\n"


def test_empty_file_gives_nothing_and_is_remembered(log):
    log.touch()
    (part,) = slices(found(log), None)
    assert (part.data, part.end, part.last) == (b"", 0, True)
    assert unchanged(found(log), checkpoint(part))


def test_nul_bytes_are_bytes_like_others(log):
    log.write_bytes(b"\x00" * 3000 + b"\n{}\n")
    assert Reading(log).on() == log.read_bytes()


def test_slices_join_to_the_file(log):
    log.write_bytes(b"".join(b"line %d\n" % number for number in range(100)))
    reading = Reading(log, limit=30)
    assert reading.on() == log.read_bytes()
    assert reading.restarts == 1


def test_each_slice_says_where_it_stands(log):
    log.write_bytes(b"one\ntwo\nthree\n")
    parts = list(slices(found(log), None, 5))
    assert [log.read_bytes()[part.offset : part.end] for part in parts] == [part.data for part in parts]
    assert [part.last for part in parts] == [False] * (len(parts) - 1) + [True]
    assert [part.first for part in parts] == [True] + [False] * (len(parts) - 1)


def test_line_longer_than_a_slice_is_read_whole(log):
    log.write_bytes(b"x" * 1000 + b"\nshort\n")
    assert Reading(log, limit=10).on() == log.read_bytes()


def test_interrupted_reading_goes_on_after_the_last_slice(log):
    log.write_bytes(b"one\ntwo\nthree\n")
    first = next(slices(found(log), None, 5))
    rest = b"".join(part.data for part in slices(found(log), checkpoint(first)))
    assert first.data + rest == log.read_bytes()


def test_file_that_grows_between_two_slices_is_read_to_its_new_end(log):
    log.write_bytes(b"one\ntwo\n")
    parts = slices(found(log), None, 5)
    first = next(parts)
    append(log, b"three\n")
    assert first.data + b"".join(part.data for part in parts) == log.read_bytes()


def test_short_file_that_grows_is_still_the_same(log):
    log.write_bytes(b"1\n")
    reading = Reading(log)
    for number in range(2, 2000):
        append(log, b"%d\n" % number)
        if number % 100 == 0:
            reading.on()
    reading.on()
    assert (reading.data, reading.restarts) == (log.read_bytes(), 1)


def test_identity_covers_more_as_a_short_file_grows(log):
    log.write_bytes(b"1\n")
    reading = Reading(log)
    reading.on()
    append(log, b"x" * 2000 + b"\n")
    reading.on()
    assert reading.checkpoint.head_size == tail.HEAD


# Unchanged


def test_file_read_to_its_end_is_unchanged(log):
    log.write_bytes(b"one\npart")
    reading = Reading(log)
    reading.on()
    assert unchanged(found(log), reading.checkpoint)


@pytest.mark.parametrize("change", [lambda log: append(log, b"x"), later, lambda log: log.write_bytes(b"")])
def test_file_that_changed_is_not_unchanged(log, change):
    log.write_bytes(b"one\n")
    reading = Reading(log)
    reading.on()
    change(log)
    assert not unchanged(found(log), reading.checkpoint)


def test_file_never_read_or_read_in_part_is_not_unchanged(log):
    log.write_bytes(b"one\ntwo\n")
    first = next(slices(found(log), None, 5))
    assert not unchanged(found(log), None)
    assert not unchanged(found(log), checkpoint(first))


# Replaced


def read_then(log: Path, change) -> Reading:
    log.write_bytes(b"".join(b"old line %d\n" % number for number in range(200)))
    reading = Reading(log)
    reading.on()
    change()
    reading.on()
    return reading


def test_truncated_file_is_read_again(log):
    reading = read_then(log, lambda: log.write_bytes(b"new\n"))
    assert (reading.data, reading.restarts) == (b"new\n", 2)


def test_file_truncated_to_more_than_was_read_is_read_again(log):
    new = b"".join(b"new line %d\n" % number for number in range(500))
    reading = read_then(log, lambda: log.write_bytes(new))
    assert (reading.data, reading.restarts) == (new, 2)


def test_replaced_file_is_read_again(log):
    def replace() -> None:
        other = log.with_name("other")
        other.write_bytes(log.read_bytes() + b"one more\n")
        other.replace(log)

    reading = read_then(log, replace)
    assert reading.restarts == 2
    assert reading.data == log.read_bytes()


def test_file_rewritten_in_place_with_equal_length_is_read_again(log):
    def rewrite() -> None:
        log.write_bytes(log.read_bytes().replace(b"old line 7\n", b"new line 7\n"))
        later(log)

    reading = read_then(log, rewrite)
    assert (reading.data, reading.restarts) == (log.read_bytes(), 2)


@pytest.mark.parametrize("at", [0, -3], ids=["first bytes", "bytes before the offset"])
def test_file_rewritten_and_grown_is_read_again(log, at):
    def rewrite() -> None:
        data = bytearray(log.read_bytes())
        data[at] ^= 1
        log.write_bytes(bytes(data) + b"one more\n")

    reading = read_then(log, rewrite)
    assert (reading.data, reading.restarts) == (log.read_bytes(), 2)


def test_file_read_again_goes_on_from_there(log):
    reading = read_then(log, lambda: log.write_bytes(b"new\n"))
    append(log, b"more\n")
    assert reading.on() == b"more\n"
    assert reading.restarts == 2


def test_file_replaced_between_two_slices_is_begun_again(log):
    log.write_bytes(b"one\ntwo\n")
    parts = slices(found(log), None, 5)
    next(parts)
    log.write_bytes(b"new\nand longer\n")
    rest = list(parts)
    assert rest[0].first
    assert b"".join(part.data for part in rest) == log.read_bytes()


def test_file_truncated_between_two_slices_ends_the_reading(log):
    log.write_bytes(b"one\ntwo\n")
    parts = slices(found(log), None, 5)
    next(parts)
    log.write_bytes(b"")
    assert [(part.first, part.data) for part in parts] == [(True, b"")]


@posix
def test_file_number_used_again_is_another_file(log):
    """Told by the first bytes, since a new file may get the number of the one that was deleted."""
    log.write_bytes(b"old\n" * 100)
    reading = Reading(log)
    reading.on()
    log.unlink()
    log.write_bytes(b"new\n" * 200)
    number = log.stat().st_ino
    reading.checkpoint = Checkpoint(
        *(number if name == "number" else getattr(reading.checkpoint, name) for name in Checkpoint.__struct_fields__)
    )
    assert reading.on() == log.read_bytes()


# Lines that are too long


@pytest.mark.parametrize("limit", [3, 7, 20, 1000])
@pytest.mark.parametrize("length", [19, 20, 21, 22, 41, 500])
def test_line_over_the_limit_is_skipped_and_counted_and_its_neighbours_are_kept(log, short_lines, limit, length):
    log.write_bytes(b"before\n" + b"x" * length + b"\nafter\n")
    reading = Reading(log, limit)
    assert reading.on() == lines_up_to(log.read_bytes(), short_lines)
    assert reading.too_long == (length > short_lines)


def test_line_over_the_limit_waits_for_its_end(log, short_lines):
    log.write_bytes(b"before\n" + b"x" * 100)
    reading = Reading(log, 10)
    assert reading.on() == b"before\n"
    append(log, b"x" * 100)
    assert reading.on() == b""
    append(log, b"\nafter\n")
    assert reading.on() == b"after\n"
    assert (reading.too_long, reading.restarts) == (1, 1)


def test_line_over_the_limit_is_counted_though_another_is_not_finished(log, short_lines):
    log.write_bytes(b"x" * 100 + b"\n" + b"y" * 100)
    reading = Reading(log, 10)
    assert reading.on() == b""
    assert reading.too_long == 1
    append(log, b"\nafter\n")
    assert reading.on() == b"after\n"
    assert reading.too_long == 2


def test_limit_as_shipped_keeps_a_line_just_below_and_skips_one_just_above(log):
    kept, skipped = b"x" * tail.MAX_LINE + b"\n", b"y" * (tail.MAX_LINE + 1) + b"\n"
    log.write_bytes(kept + skipped + b"after\n")
    reading = Reading(log)
    reading.on()
    assert blake2b(reading.data).digest() == blake2b(kept + b"after\n").digest()
    assert reading.too_long == 1


# Laws

pieces = st.lists(st.sampled_from([b"a", b"bb\n", b"\n", b"\x00", b"c" * 25, b"d" * 60 + b"\n"]), max_size=8).map(
    b"".join
)


@pytest.mark.parametrize("suffix", ["", ".zst"])
@given(steps=st.lists(st.tuples(st.booleans(), pieces), max_size=8), limit=st.integers(1, 90))
def test_whatever_is_written_in_whatever_steps_the_lines_of_the_file_are_read(steps, limit, suffix, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tail, "MAX_LINE", 20)
        log = tmp_path_factory.mktemp("law") / f"log{suffix}"
        content = b""
        reading = Reading(log, limit)
        for number, (rewrite, piece) in enumerate(steps):
            content = piece if rewrite else content + piece
            log.write_bytes(zstd.compress(content) if suffix else content)
            os.utime(log, ns=(0, (number + 1) * 10**9))
            reading.on()
            ended = content + b"\n" if suffix and content and not content.endswith(b"\n") else content
            assert reading.data == lines_up_to(ended, 20)
            assert reading.too_long == sum(len(line) > 20 for line in ended.split(b"\n")[:-1])
            assert unchanged(found(log), reading.checkpoint)


# Files that are none


def test_file_that_vanished_is_a_source_error(log):
    log.touch()
    seen = found(log)
    log.unlink()
    with pytest.raises(SourceError, match="vanished"):
        list(slices(seen, None))


@posix
@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.zst"])
@pytest.mark.parametrize(
    "make", [os.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["folder", "pipe", "link"]
)
def test_what_took_the_place_of_a_file_is_not_read(tmp_path, make, suffix):
    log = tmp_path / f"log{suffix}"
    log.touch()
    seen = found(log)
    log.unlink()
    make(log)
    with pytest.raises(SourceError, match=r"not a regular file|cannot be opened"):
        list(slices(seen, None))


@posix
def test_link_put_in_the_place_of_a_file_is_not_followed(log, tmp_path):
    log.touch()
    seen = found(log)
    log.unlink()
    (tmp_path / "secret").write_bytes(b"secret\n")
    log.symlink_to(tmp_path / "secret")
    with pytest.raises(SourceError):
        list(slices(seen, None))
    with pytest.raises(SourceError):
        read_range(seen, 0, 10)


IMPORTS = """
import sys
from pathlib import Path
from tokenwatch.base.errors import UnreadableSource
from tokenwatch.collect.discover import Found
from tokenwatch.collect.tail import slices
from tokenwatch.readers.protocol import Encoding, Source
if sys.version_info >= (3, 14):
    import compression.zstd
else:
    import backports.zstd
"""
READ = """
path = Path(sys.argv[1])
encoding = Encoding.ZSTD if path.suffix == ".zst" else Encoding.PLAIN
try:
    list(slices(Found(Source("toy", str(path), path.name, encoding), 0, 0, 0, 0), None))
except UnreadableSource as error:
    print(error)
"""


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.zst"])
def test_file_that_may_not_be_read_says_how_to_allow_it(open_folder, as_nobody, suffix):
    log = open_folder / f"my log{suffix}"
    log.touch()
    log.chmod(0)
    give_to_nobody(log)
    assert as_nobody(IMPORTS, READ, log) == f"{log} may not be read. Allow it with: chmod u+r '{log}'\n"


def test_unreadable_source_is_a_source_error():
    assert issubclass(UnreadableSource, SourceError)


@posix
def test_no_file_stays_open(log):
    folder = Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("this system does not list a process's open files")
    log.write_bytes(b"one\ntwo\n")
    before = len(list(folder.iterdir()))
    next(slices(found(log), None, 5))
    log.unlink()
    log.mkdir()
    with pytest.raises(SourceError):
        tail.read_slice(found(log), None)
    assert len(list(folder.iterdir())) == before


# Ranges


def test_range_of_a_file_is_read(log):
    log.write_bytes(b"0123456789")
    data, modified = read_range(found(log), 3, 4)
    assert (data, modified) == (b"3456", log.stat().st_mtime_ns)


def test_range_beyond_the_end_is_what_is_there(log):
    log.write_bytes(b"0123456789")
    assert read_range(found(log), 8, 100)[0] == b"89"
    assert read_range(found(log), 100, 1)[0] == b""


def test_compressed_file_has_no_ranges(tmp_path):
    path = tmp_path / "log.jsonl.zst"
    path.write_bytes(zstd.compress(b"one\n"))
    assert read_range(found(path), 0, 10)[0] == b""


# Compressed files


@pytest.fixture
def compressed(tmp_path: Path) -> Path:
    return tmp_path / "log.jsonl.zst"


def test_compressed_file_is_read_from_its_start_each_time(compressed):
    compressed.write_bytes(zstd.compress(b"one\n"))
    reading = Reading(compressed)
    reading.on()
    compressed.write_bytes(zstd.compress(b"one\ntwo\n"))
    assert reading.on() == b"one\ntwo\n"
    assert reading.restarts == 2


def test_last_line_of_a_compressed_file_needs_no_end(compressed):
    compressed.write_bytes(zstd.compress(b"one\ntwo"))
    assert Reading(compressed).on() == b"one\ntwo\n"


def test_compressed_slices_say_where_they_stand(compressed):
    content = b"one\ntwo\nthree\nfour\n"
    compressed.write_bytes(zstd.compress(content))
    parts = list(slices(found(compressed), None, 6))
    assert [content[part.offset : part.end] for part in parts] == [part.data for part in parts]
    assert [part.first for part in parts] == [True] + [False] * (len(parts) - 1)
    assert [part.last for part in parts] == [False] * (len(parts) - 1) + [True]


def test_several_frames_are_one_file(compressed):
    compressed.write_bytes(zstd.compress(b"one\nt") + zstd.compress(b"wo\n"))
    assert Reading(compressed).on() == b"one\ntwo\n"


def test_cut_compressed_file_gives_what_is_whole_and_then_an_error(compressed):
    content = b"".join(b"%d %s\n" % (number, os.urandom(100).hex().encode()) for number in range(5000))
    compressed.write_bytes(zstd.compress(content)[:-1000])
    read = b""
    with pytest.raises(SourceError, match="cannot be decompressed"):
        for part in slices(found(compressed), None, 10_000):
            assert not part.last
            read += part.data
    assert content.startswith(read)
    assert len(read) > len(content) // 2


@pytest.mark.parametrize("content", [b"", b"no frame at all\n", zstd.compress(b"x" * 100)[:5]])
def test_what_is_not_compressed_is_a_source_error(compressed, content):
    compressed.write_bytes(content)
    with pytest.raises(SourceError, match="cannot be decompressed"):
        list(slices(found(compressed), None))


@pytest.mark.parametrize("limit", [3, 7, 20, 1000])
def test_compressed_line_over_the_limit_is_skipped_and_counted(compressed, short_lines, limit):
    content = b"before\n" + b"x" * 20 + b"\n" + b"y" * 21 + b"\n" + b"z" * 500 + b"\nafter\n"
    compressed.write_bytes(zstd.compress(content))
    reading = Reading(compressed, limit)
    assert reading.on() == lines_up_to(content, short_lines)
    assert reading.too_long == 2
