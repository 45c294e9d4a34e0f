"""Documents through the collector: whole each time, with what the version before left, and never without bounds."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.collect.home import NOW, Home
from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Record, identity
from tokenwatch.collect import tail
from tokenwatch.readers.document import decoded, not_decoded
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.protocol import MALFORMED, Carry, Kind, Part, ReadResult, Root, Source


class Documents(LogReader):
    """A document is an object of keys and tokens; the carry is how often it was read."""

    agent = Agent(id="doc", name="Doc", letter="D", provider="acme")

    def __init__(self) -> None:
        self.given: list[tuple[bytes, Carry]] = []

    def roots(self, paths: Paths) -> Iterable[Root]:
        yield Root("doc", paths.home / "doc", lambda relative: relative.endswith(".json"), Kind.DOCUMENT, depth=1)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        self.given.append((part.data, carry))
        found = decoded(part.data)
        if found is None:
            return not_decoded(part.data, carry)
        context = Context("doc", part.source.relative, "m1")
        records = [Record(context, identity("doc", key), 0, NOW, output=tokens) for key, tokens in found.items()]
        return ReadResult(records, str(int(carry or b"0") + 1).encode())


@pytest.fixture
def home(tmp_path: Path) -> Iterable[Home]:
    made = Home(tmp_path, {"doc": Documents()})
    (tmp_path / "doc" / "a").mkdir(parents=True)
    yield made
    made.end()


def write(home: Home, data: bytes, moment: int, name: str = "a/x.json") -> Path:
    path = home.root / "doc" / name
    path.write_bytes(data)
    os.utime(path, ns=(moment * 1_000_000_000, moment * 1_000_000_000))
    return path


def test_a_document_is_read_whole_each_time_it_changes_and_what_vanished_stays_counted(home: Home) -> None:
    write(home, b'{"k1":1,"k2":2}', 1)
    home.read()
    write(home, b'{"k2":5,"k3":3}', 2)
    home.read()
    assert home.total == (3, 9)
    home.read()
    reader = home.readers["doc"]
    assert isinstance(reader, Documents)
    assert [carry for _, carry in reader.given] == [b"", b"1"]


def test_a_torn_document_keeps_what_was_known_and_is_read_when_it_is_whole(home: Home) -> None:
    write(home, b'{"k1":1}', 1)
    home.read()
    write(home, b'{"k1":1,"k', 2)
    home.read()
    assert (home.total, home.skipped) == ((1, 1), {"doc": {MALFORMED: 1}})
    write(home, b'{"k1":1,"k2":2}', 3)
    home.read()
    assert (home.total, home.skipped.get("doc", {})) == ((2, 3), {})


def test_a_document_that_another_file_is_put_in_the_place_of_goes_on(home: Home) -> None:
    path = write(home, b'{"k1":1}', 1)
    home.read()
    os.replace(write(home, b'{"k1":2}', 2, "a/x.tmp"), path)
    home.read()
    reader = home.readers["doc"]
    assert isinstance(reader, Documents)
    assert (home.total, reader.given[-1]) == ((1, 2), (b'{"k1":2}', b"1"))


def test_a_document_that_is_too_large_is_told_and_left_out(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "MOST_DOCUMENT", 20)
    write(home, b'{"k1":1}', 1)
    write(home, b'{"k2":2,"k3":3,"k4":4}', 1, "a/large.json")
    home.read()
    assert home.total == (1, 1)
    assert ["larger than" in failure.reason for failure in home.scanner.failures.values()] == [True]


def test_what_stands_deeper_than_the_agent_puts_it_is_not_looked_at(home: Home) -> None:
    (home.root / "doc" / "a" / "b").mkdir()
    path = write(home, b'{"k1":1}', 1, "a/b/deep.json")
    home.read()
    assert home.total == (0, 0)
    assert not home.scanner.hint([path])


def test_nothing_is_forgotten_with_the_checkpoints(home: Home) -> None:
    write(home, b'{"k1":1,"k2":2}', 1)
    home.read()
    home.ledger.forget_checkpoints()
    home.read()
    assert home.total == (2, 3)


class Beside(Documents):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.seen: list[bytes] = []

    def file_beside(self, source: Source) -> Path:
        if not self.name:
            raise ValueError("a mistake")
        return Path(source.path).with_name(self.name)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        self.seen.append(part.beside)
        return super().read(part, carry)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("small", b"/home/ana/shop"), ("none", b""), ("large", b""), ("pipe", b""), ("link", b""), ("folder", b"")],
)
def test_a_small_file_beside_a_source_is_given_with_it(tmp_path: Path, name: str, expected: bytes) -> None:
    reader = Beside(name)
    home = Home(tmp_path, {"doc": reader})
    folder = tmp_path / "doc" / "a"
    (folder / "folder").mkdir(parents=True)
    (folder / "small").write_bytes(b"/home/ana/shop")
    (folder / "large").write_bytes(b"x" * 70_000)
    (folder / "link").symlink_to(folder / "small")
    os.mkfifo(folder / "pipe")
    try:
        write(home, b'{"k1":1}', 1)
        home.read()
        assert (reader.seen, home.total) == ([expected], (1, 1))
    finally:
        home.end()


@pytest.mark.expected_logs(r"reader doc failed on what stands beside a/x\.json")
def test_a_reader_that_fails_on_what_stands_beside_still_reads(tmp_path: Path) -> None:
    reader = Beside("")
    home = Home(tmp_path, {"doc": reader})
    (tmp_path / "doc" / "a").mkdir(parents=True)
    try:
        write(home, b'{"k1":1}', 1)
        home.read()
        assert home.total == (1, 1)
    finally:
        home.end()
