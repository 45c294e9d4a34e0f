"""The worker: frames in and out, and the process that reads whole sources."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.collect.home import Home, Toy, toy_lines
from tests.readers.conftest import lines
from tokenwatch.collect import source_worker as worker
from tokenwatch.collect.discover import Found
from tokenwatch.collect.frames import MOST_FRAME, read_frame, write_frame
from tokenwatch.collect.packing import unpack
from tokenwatch.collect.source_worker import read_whole
from tokenwatch.collect.source_worker_process import command
from tokenwatch.collect.tail import SLICE
from tokenwatch.readers.protocol import readers


def frame(data: bytes) -> bytes:
    target = io.BytesIO()
    write_frame(target, data)
    return target.getvalue()


# Frames


@given(st.lists(st.binary(max_size=300)))
def test_frames_come_out_as_they_went_in(contents: list[bytes]) -> None:
    source = io.BytesIO(b"".join(frame(data) for data in contents))
    assert [read_frame(source) for _ in contents] == contents
    assert read_frame(source) is None


@given(st.binary(max_size=300), st.data())
def test_a_frame_that_is_cut_is_none(content: bytes, data: st.DataObject) -> None:
    whole = frame(content)
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert read_frame(io.BytesIO(whole[:cut])) is None


def test_a_frame_that_says_it_is_huge_is_none_and_is_not_read() -> None:
    source = io.BytesIO((MOST_FRAME + 1).to_bytes(4, "big") + b"x" * 100)
    assert read_frame(source) is None
    assert source.tell() == 4


def test_words_of_a_program_are_no_frame() -> None:
    assert read_frame(io.BytesIO(b"Fatal Python error: the interpreter says something")) is None


# Reading whole sources


def test_sources_are_read_from_their_beginning_and_what_fails_is_named(home: Home) -> None:
    home.write("a.jsonl", toy_lines(1, 2))
    bad = home.write("b.jsonl.zst", b"not compressed")
    home.write("c.jsonl", toy_lines(3, 4))
    gone = home.write("d.jsonl", b"")
    found = [home.found(name) for name in ("a.jsonl", "b.jsonl.zst", "c.jsonl", "d.jsonl")]
    gone.unlink()
    brought = read_whole(found, {"toy": home.toy})  # type: ignore[dict-item]
    assert [record.output for reading in brought.readings for record in reading.records] == [1, 2, 3, 4]
    assert list(brought.failures) == [str(bad), str(gone)]
    assert "decompressed" in brought.failures[str(bad)] and "vanished" in brought.failures[str(gone)]


def test_slices_of_a_source_stay_in_order(home: Home) -> None:
    home.write("a.jsonl", toy_lines(1, 3 * SLICE // 100_000, padding=100_000))
    brought = read_whole([home.found("a.jsonl")], {"toy": Toy()})  # type: ignore[dict-item]
    offsets = [reading.checkpoint.offset for reading in brought.readings]
    assert len(offsets) >= 3 and offsets == sorted(offsets)
    assert [reading.checkpoint.size >= 0 for reading in brought.readings] == [False] * (len(offsets) - 1) + [True]


# The process


def run(data: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(), input=data, capture_output=True, timeout=60, check=False)


@pytest.fixture
def found(tmp_path: Path) -> list[Found]:
    home = Home(tmp_path, readers=readers())
    usage = {"input_tokens": 3, "output_tokens": 4}
    message = {"id": "msg_1", "model": "claude-opus-4-5", "stop_reason": "end_turn", "usage": usage}
    line = {"type": "assistant", "sessionId": "s1", "timestamp": "2026-11-20T10:00:00Z", "message": message}
    for name in ("a", "b"):
        path = tmp_path / ".claude" / "projects" / "p" / f"{name}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(lines(line, {**line, "requestId": f"req_{name}"}))
    home.scanner.plan()
    seen = list(home.scanner.discovery.found)
    home.end()
    return seen


def test_the_process_answers_each_job_in_its_order(found: list[Found]) -> None:
    jobs = [frame(msgspec.msgpack.encode([entry])) for entry in found]
    done = run(b"".join(jobs))
    assert (done.returncode, done.stderr) == (0, b"")
    source = io.BytesIO(done.stdout)
    answers = [unpack(answer) for answer in iter(lambda: read_frame(source), None)]
    assert answers == [read_whole([entry], readers()) for entry in found]
    assert [len(answer.readings[0].records) for answer in answers] == [2, 2]


@pytest.mark.parametrize("rest", [b"", b"\0", b"\0\0\1\0half a job"])
def test_the_process_ends_with_its_input(rest: bytes) -> None:
    done = run(rest)
    assert (done.returncode, done.stdout) == (0, b"")


def test_a_job_that_is_none_ends_the_process_without_an_answer() -> None:
    done = run(frame(b"\xc1"))
    assert done.returncode != 0
    assert done.stdout == b""


def test_a_worker_knows_no_table_and_no_window() -> None:
    """Nothing that it does not need is loaded: it starts while a first import waits."""
    program = (
        "import sys, tokenwatch.collect.source_worker as worker; worker.readers(); "
        "print([name for name in ('sqlite3', 'PySide6', 'watchdog', 'psutil') if name in sys.modules])"
    )
    done = subprocess.run([*command()[:-1], program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_program_is_where_the_command_says() -> None:
    assert f"from {worker.__name__} import main" in command()[-1]
