"""The importer: batches, the worker that reads them, and going on when there is none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.collect.home import Home
from tests.readers.conftest import lines
from tokenwatch.collect import source_worker_process
from tokenwatch.collect.discover import Found
from tokenwatch.collect.importer import Batch, Importer, Worker, batches
from tokenwatch.collect.packing import Brought, unpack
from tokenwatch.collect.source_worker import read_whole
from tokenwatch.collect.source_worker_process import command
from tokenwatch.readers.protocol import Source, readers

READERS = readers()
LONG = 30.0


@pytest.fixture
def found(tmp_path: Path) -> list[Found]:
    """More transcripts than go into two batches."""
    home = Home(tmp_path / "home", readers=READERS)
    folder = tmp_path / "home" / ".claude" / "projects" / "p"
    folder.mkdir(parents=True)
    for number in range(300):
        usage = {"input_tokens": number, "output_tokens": 4}
        message = {"id": f"msg_{number}", "model": "claude-opus-4-5", "stop_reason": "end_turn", "usage": usage}
        line = {"type": "assistant", "sessionId": "s1", "timestamp": "2026-11-20T10:00:00Z", "message": message}
        (folder / f"{number:03}.jsonl").write_bytes(lines(line))
    home.scanner.plan()
    seen = list(home.scanner.discovery.found)
    home.end()
    return seen


both_ways = pytest.mark.parametrize("may_fork", [False, True], ids=["program", "fork"])


@pytest.fixture
def may_fork() -> bool:
    return False


@pytest.fixture
def made(may_fork: bool) -> Iterator[Callable[..., Importer]]:
    all_of_them: list[Importer] = []

    def make(found: list[Found], worker: Worker | None = None) -> Importer:
        all_of_them.append(Importer(found, READERS, worker, may_fork=may_fork))
        return all_of_them[-1]

    yield make
    for one in all_of_them:
        one.close()


def everything(reading: Importer, *, helping: bool = False) -> list[tuple[Batch, Brought]]:
    came: list[tuple[Batch, Brought]] = []
    while not reading.done and not (reading.alone and not helping):
        came += reading.next(LONG, helping=helping)
    return came


def paths(came: list[tuple[Batch, Brought]]) -> list[str]:
    return [reading.path for _, brought in came for reading in brought.readings]


def workers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]


# Batches

sizes = st.lists(st.integers(0, 9 * 2**20) | st.integers(0, 1000), max_size=400)


@given(sizes)
def test_batches_hold_every_source_once_and_in_order(sizes: list[int]) -> None:
    found = [Found(Source("toy", f"/{at}", f"{at}"), 1, at, size, 0) for at, size in enumerate(sizes)]
    dealt = list(batches(found))
    assert [entry for batch in dealt for entry in batch.found] == found
    assert all(batch.bytes == sum(entry.size for entry in batch.found) for batch in dealt)


@given(sizes)
def test_no_batch_is_larger_than_it_must_be(sizes: list[int]) -> None:
    found = [Found(Source("toy", f"/{at}", f"{at}"), 1, at, size, 0) for at, size in enumerate(sizes)]
    for batch in batches(found):
        assert batch.found and len(batch.found) <= 128
        assert batch.bytes - batch.found[-1].size < 6 * 2**20


# Reading


def test_a_worker_brings_every_source_in_order(made: Callable[..., Importer], found: list[Found]) -> None:
    reading = made(found)
    came = everything(reading)
    assert paths(came) == [entry.source.path for entry in found]
    assert [brought for _, brought in came] == [read_whole(batch.found, READERS) for batch, _ in came]
    assert reading.done


@both_ways
def test_what_is_left_is_what_was_not_brought(made: Callable[..., Importer], found: list[Found]) -> None:
    reading = made(found)
    brought: list[str] = []
    everywhere = {entry.source.path for entry in found}
    while not reading.done:
        assert reading.paths == everywhere - set(brought)
        assert [entry.source.path for entry in reading.left()] == [
            entry.source.path for entry in found if entry.source.path not in brought
        ]
        brought += paths(reading.next(LONG, helping=False))
    assert reading.paths == frozenset()


@both_ways
def test_whoever_helps_reads_instead_of_waiting(made: Callable[..., Importer], found: list[Found]) -> None:
    reading = made(found)
    came = everything(reading, helping=True)
    assert sorted(paths(came)) == [entry.source.path for entry in found]


@both_ways
def test_a_worker_that_was_started_before_is_used(
    made: Callable[..., Importer], found: list[Found], may_fork: bool
) -> None:
    worker = Worker(may_fork=may_fork)
    before = workers()
    reading = made(found, worker)
    assert workers() == before and len(before) == 1
    assert len(paths(everything(reading))) == len(found)


def test_nothing_to_read_is_done_at_once(made: Callable[..., Importer]) -> None:
    reading = made([])
    assert reading.done
    assert reading.next(LONG, helping=False) == []


@both_ways
def test_closing_ends_the_process_and_forgets_the_rest(made: Callable[..., Importer], found: list[Found]) -> None:
    reading = made(found)
    reading.next(0.0, helping=False)
    assert workers()
    reading.close()
    reading.close()
    assert workers() == []
    assert reading.done and list(reading.left()) == []


@both_ways
@pytest.mark.parametrize("asked", [False, True], ids=["before it was asked", "while it reads"])
def test_what_a_killed_worker_did_not_bring_is_left(
    made: Callable[..., Importer], found: list[Found], asked: bool
) -> None:
    reading = made(found)
    if asked:
        reading.next(0.0, helping=False)
    (process,) = workers()
    process.kill()
    process.wait()
    came = everything(reading)
    assert reading.alone
    assert [*paths(came), *(entry.source.path for entry in reading.left())] == [entry.source.path for entry in found]
    assert workers() == []


@both_ways
def test_whoever_helps_reads_on_without_the_worker(made: Callable[..., Importer], found: list[Found]) -> None:
    reading = made(found)
    (process,) = workers()
    process.kill()
    assert sorted(paths(everything(reading, helping=True))) == [entry.source.path for entry in found]


def test_where_no_process_may_be_started_everything_is_left(
    made: Callable[..., Importer], found: list[Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_worker_process, "command", lambda: ["/no/such/program"])
    reading = made(found)
    assert reading.alone
    assert reading.next(LONG, helping=False) == []
    assert list(reading.left()) == found


PROGRAMS = {
    "answers nonsense": "sys.stdout.buffer.write(b'\\0\\0\\0\\5hello'); sys.stdout.flush(); sys.stdin.buffer.read()",
    "answers nothing": "sys.stdout.buffer.write(b'\\0\\0\\0\\0'); sys.stdout.flush(); sys.stdin.buffer.read()",
    "speaks": "print('Warning: something is old'); sys.stdout.flush(); sys.stdin.buffer.read()",
    "ends": "sys.exit(3)",
    "does not listen": "sys.stdin.close()",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_a_worker_that_is_none_is_given_up(
    made: Callable[..., Importer], found: list[Found], monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(source_worker_process, "command", lambda: [sys.executable, "-c", f"import sys; {program}"])
    reading = made(found)
    while not reading.alone:
        assert reading.next(LONG, helping=False) == []
    assert list(reading.left()) == found


# The process


@both_ways
def test_a_result_that_has_not_come_is_empty(may_fork: bool) -> None:
    worker = Worker(may_fork=may_fork)
    try:
        with pytest.raises(Empty):
            worker.result(0.0)
        with pytest.raises(Empty):
            worker.result(0.01)
    finally:
        worker.close()


@both_ways
def test_results_come_in_the_order_of_jobs(found: list[Found], may_fork: bool) -> None:
    worker = Worker(may_fork=may_fork)
    try:
        dealt = list(batches(found))
        assert all(worker.send(batch) for batch in dealt)
        for batch in dealt:
            answer = worker.result(LONG)
            assert answer is not None
            assert unpack(answer) == read_whole(batch.found, READERS)
    finally:
        worker.close()


def test_a_packaged_program_is_its_own_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command() == [sys.executable, "--worker"]


@pytest.mark.parametrize("name", ["msgspec", "tokenwatch", "queue", "json"])
def test_a_worker_loads_no_module_of_the_current_directory(tmp_path: Path, name: str) -> None:
    marker = tmp_path / "loaded"
    (tmp_path / f"{name}.py").write_text(f"open({str(marker)!r}, 'w')")
    done = subprocess.run(command(), cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert not marker.exists()
