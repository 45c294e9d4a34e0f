"""The first import in a program of its own: everything is counted once, whoever ends when, and nothing is left."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import psutil
import pytest

from tests.engine.conftest import NOW, PATIENCE, Desk, MovableClock, Running, Start
from tests.engine.test_engine_stop import ROOT, SETTINGS, children, gone, stop
from tests.engine.test_once import claude_line, log_of
from tokenwatch.base.clock import DAY_MS
from tokenwatch.base.paths import Paths
from tokenwatch.base.progress import READING, Progress
from tokenwatch.collect.frames import read_frame
from tokenwatch.collect.importer import WORTH_IT
from tokenwatch.collect.source_worker_process import end
from tokenwatch.engine import first_look as first_look_module
from tokenwatch.engine import import_apart as import_apart_module
from tokenwatch.engine import live_thread as live_thread_module
from tokenwatch.engine.begun import Begun
from tokenwatch.engine.engine import Engine
from tokenwatch.engine.first_look import first_look
from tokenwatch.engine.import_apart import ImportApart, worth_it
from tokenwatch.engine.import_frames import Told
from tokenwatch.engine.import_process import begin_early
from tokenwatch.engine.import_program import run
from tokenwatch.engine.later import LaterEngine
from tokenwatch.ledger.queries import Queries

# The library warns when a folder is made while it looks for folders.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")

FILES, LINES = 24, 2_500
ALL = FILES * LINES * 51
"""Tokens of a response of :func:`claude_line`: 1 and 50."""


@pytest.fixture(scope="module")
def much(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with more logs than are read in passing."""
    paths = Paths.below(tmp_path_factory.mktemp("much"), TZ="UTC")
    for name in range(FILES):
        path = log_of(paths, f"log {name}")
        path.write_text("".join(claude_line(name * 1_000_000 + number, 1_000) for number in range(LINES)))
        os.utime(path, (NOW / 1000 - 7200, NOW / 1000 - 7200))
    assert sum(path.stat().st_size for path in paths.home.rglob("*.jsonl")) > WORTH_IT
    yield paths.home
    shutil.rmtree(paths.home)


@pytest.fixture
def paths(much: Path, tmp_path: Path) -> Paths:
    """The logs, which may be added to, with a ledger of their own."""
    home = tmp_path / "home"
    shutil.copytree(much, home, copy_function=os.link)
    return Paths(home, {"TZ": "UTC"}, tmp_path / "data", tmp_path / "config")


@pytest.fixture
def begin(paths: Paths, start: Start, monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[Running, set[int]]]:
    """Starts an engine; it and the processes that import, as soon as there are any."""
    processes: set[int] = set()

    class Known(ImportApart):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            processes.add(self._process.pid)

    monkeypatch.setattr(import_apart_module, "ImportApart", Known)

    def begun() -> tuple[Running, set[int]]:
        running = start(Engine(paths, MovableClock(), SETTINGS, apart=True))
        # Not until a snapshot tells of it: on a fast computer all may be read before the next one.
        end = time.monotonic() + PATIENCE
        while not processes and time.monotonic() < end:
            time.sleep(0.01)
        assert processes
        return running, processes | children()

    return begun


def requests(paths: Paths) -> int:
    queries = Queries(paths.ledger)
    try:
        return sum(entry.requests for entry in queries.sums())
    finally:
        queries.close()


def test_everything_is_counted_and_reading_goes_on_here(paths: Paths, begin) -> None:
    running, processes = begin()
    running.until_tokens(ALL)
    running.until_read()
    assert gone(processes)
    with log_of(paths, "new").open("w") as file:
        file.write(claude_line(99_000_000))
    running.until_tokens(ALL + 51)
    assert running.said.seen[-1].progress is None
    assert requests(paths) == FILES * LINES + 1


def test_figures_grow_while_it_imports(begin) -> None:
    running, _ = begin()
    running.until_tokens(ALL)
    seen = [one.figures.month.tokens for one in running.said.seen if one.figures.month is not None]
    assert seen == sorted(seen)
    assert running.said.seen[0].figures.month is None  # not known is not nothing
    assert all(not one.alerts and not one.new_alerts for one in running.said.seen if one.progress is not None)


def test_who_works_is_known_before_the_import_is_over(begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_thread_module, "FIRST_SECONDS", 600.0)
    running, processes = begin()
    importing = []
    for pid in processes:
        with contextlib.suppress(psutil.NoSuchProcess):  # it may be that fast
            importing.append(psutil.Process(pid))
            importing[-1].suspend()
    running.until(lambda one: one.figures.looked)
    for process in importing:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.resume()
    running.until_tokens(ALL)


def test_a_program_that_is_lost_is_made_up_for_here(paths: Paths, begin) -> None:
    running, processes = begin()
    for pid in processes:
        with contextlib.suppress(psutil.NoSuchProcess):  # it may be that fast
            psutil.Process(pid).kill()
    running.until_tokens(ALL)
    running.until_read()
    assert requests(paths) == FILES * LINES


def test_stopping_in_the_middle_leaves_no_process_and_a_ledger_to_go_on_with(paths: Paths, begin, start) -> None:
    running, processes = begin()
    stop(running.engine)
    assert gone(processes)
    again = start(Engine(paths, MovableClock(), SETTINGS, apart=True))
    again.until_tokens(ALL)
    assert requests(paths) == FILES * LINES


def test_a_pause_ends_it_and_the_rest_is_read_afterwards(paths: Paths, begin) -> None:
    running, processes = begin()
    running.engine.pause()
    running.until(lambda one: one.paused_since is not None)
    assert gone(processes)
    running.engine.resume()
    running.until_tokens(ALL)
    running.until_read()
    assert requests(paths) == FILES * LINES


def test_few_logs_and_a_ledger_that_is_there_are_read_here(paths: Paths, desk: Desk, start: Start) -> None:
    before = children()
    engine = Engine(desk.paths, desk.clock, desk.settings, by_id=desk.readers, apart=True)
    desk.use(1, 10)
    start(engine).until_tokens(10)
    assert children() == before
    running = start(Engine(paths, MovableClock(), SETTINGS))
    running.until_tokens(ALL)
    stop(running.engine)
    assert not worth_it(paths, running.engine._core.books.found)


PARENT = """
import psutil, sys, threading
from pathlib import Path
from tests.engine.conftest import MovableClock
from tests.engine.test_engine_stop import SETTINGS
from tokenwatch.base.paths import Paths
from tokenwatch.engine.engine import Engine
home, data = map(Path, sys.argv[1:3])
engine = Engine(Paths(home, {"TZ": "UTC"}, data, data), MovableClock(), SETTINGS, apart=True)
engine.start()
found = []
while len(found) < 2:  # the program and its worker
    found = psutil.Process().children(recursive=True)
for process in found:
    process.suspend()  # else all may be read before somebody can kill anything
print("importing", flush=True)
threading.Event().wait()
"""


def test_a_parent_that_is_killed_leaves_no_process(paths: Paths) -> None:
    command = [sys.executable, "-c", PARENT, str(paths.home), str(paths.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None and process.stdout.readline() == "importing\n"
            below = psutil.Process(process.pid).children(recursive=True)
            assert len(below) == 2
            process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
            process.wait(PATIENCE)
            for child in below:
                child.resume()
            assert gone({child.pid for child in below})
        finally:
            process.kill()


def test_what_was_written_today_is_committed_before_the_rest_is_read(paths: Paths) -> None:
    """With a clock that stands still nothing else is committed before the end."""
    now = NOW + DAY_MS
    today = log_of(paths, "today")
    today.write_text(claude_line(99_000_000))
    os.utime(today, (now / 1000 - 1, now / 1000 - 1))
    target = io.BytesIO()
    assert run(paths, MovableClock(now), target) == 0
    target.seek(0)
    told = [msgspec.msgpack.decode(frame, type=Told) for frame in iter(lambda: read_frame(target), None)]
    committed = [one for one in told if one.committed]
    assert len(committed) == 1
    assert 0 < committed[0].done < committed[0].total
    assert requests(paths) == FILES * LINES + 1


def test_it_ends_by_itself_while_its_parent_lives(paths: Paths) -> None:
    ended = threading.Event()
    apart = ImportApart(paths, lambda progress, _: ended.set() if progress is None else None)
    try:
        assert ended.wait(PATIENCE)
        assert apart._process.wait(PATIENCE) == 0
    finally:
        apart.close()


def test_it_needs_no_window_system() -> None:
    code = "import tokenwatch.engine.import_program, sys; print([m for m in sys.modules if m.startswith('PySide6')])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout == "[]\n"


def test_one_that_was_begun_before_there_was_an_engine_is_taken_over(paths: Paths, start: Start) -> None:
    process = begin_early(paths)
    assert process is not None
    shown = Progress(5, 10, READING)
    running = start(Engine(paths, MovableClock(), SETTINGS, begun=Begun(importing=process, progress=shown)))
    first = running.until(lambda _: True)
    assert first.progress is not None and first.progress.what == READING
    running.until_tokens(ALL)
    running.until_read()
    assert process.wait(PATIENCE) is not None
    assert requests(paths) == FILES * LINES


def test_one_that_nobody_takes_over_is_ended(paths: Paths) -> None:
    process = begin_early(paths)
    assert process is not None
    engine = LaterEngine(paths, MovableClock(), SETTINGS, importing=process)
    engine.stop(PATIENCE)
    assert process.wait(PATIENCE) is not None
    assert process.stdin is not None and process.stdin.closed


def test_without_logs_one_that_was_begun_early_ends_at_once_and_all_is_well(desk: Desk, start: Start) -> None:
    process = begin_early(desk.paths)
    assert process is not None
    running = start(desk.engine(begun=Begun(importing=process)))
    assert running.until_read().progress is None
    desk.use(1, 10)
    running.engine.refresh()
    running.until_tokens(10)


def test_the_first_look_shows_what_was_written_today_while_the_rest_is_read(paths: Paths) -> None:
    today = log_of(paths, "today")
    today.write_text(claude_line(99_000_000))
    os.utime(today, (NOW / 1000 - 1, NOW / 1000 - 1))
    process = begin_early(paths)
    assert process is not None
    snapshot, _ = first_look(paths, MovableClock(), filling=True)
    end(process, None)
    assert snapshot is not None and snapshot.figures.month is not None
    assert snapshot.figures.month.tokens >= 51
    assert snapshot.progress is not None and snapshot.progress.done >= today.stat().st_size
    assert snapshot.progress.total > WORTH_IT


def test_a_first_look_waits_only_so_long_for_an_import(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_look_module, "_COMMIT_SECONDS", 0.01)
    assert first_look(paths, MovableClock(), filling=True)[0] is None
