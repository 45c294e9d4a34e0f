"""Stopping: within its time in every state, with no thread and no process left, and the ledger whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic

import psutil
import pytest

from tests.engine.conftest import NOW, PATIENCE, Desk, Listener, MovableClock, Running, Start
from tests.engine.test_once import claude_line, log_of
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.collect.importer import WORTH_IT
from tokenwatch.engine.engine import Engine
from tokenwatch.engine.once import bring_up_to_date

# The library warns when a folder is made while it looks for folders.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = Settings(timezone="UTC")
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    before = children()
    yield
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("tokenwatch")] == []
    assert children() <= before


def children() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}


def alive(engine: Engine) -> list[str]:
    return [thread.name for thread in (engine._thread, engine._live.thread) if thread.is_alive()]


def stop(engine: Engine) -> None:
    """As the app does: whatever still lives after its time is a failure."""
    engine.stop()
    assert alive(engine) == []
    # The thread that answered a month ends by itself as soon as it is idle.
    for thread in threading.enumerate():
        if thread.name.startswith("tokenwatch-query"):
            thread.join(PATIENCE)


def whole(paths: Paths) -> bool:
    connection = sqlite3.connect(paths.ledger)
    try:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        connection.close()


# States


def test_when_it_is_idle(desk: Desk, start: Start) -> None:
    desk.use(1, 10)
    running = start()
    running.until_read()
    stop(running.engine)
    assert whole(desk.paths)
    assert not desk.paths.ledger.with_name("ledger.sqlite-wal").exists()


def test_at_once_after_the_start(desk: Desk, start: Start) -> None:
    desk.use(1, 10)
    for _ in range(5):
        running = start()
        stop(running.engine)
    start().until_tokens(10)


def test_before_the_start_and_twice(desk: Desk, start: Start) -> None:
    engine = desk.engine()
    engine.stop()
    running = start()
    running.until_read()
    running.engine.stop()
    stop(running.engine)


def test_when_it_is_paused(desk: Desk, start: Start) -> None:
    running = start()
    running.engine.pause()
    running.nudge()
    stop(running.engine)


def test_with_a_ledger_in_trouble(desk: Desk, start: Start) -> None:
    desk.paths.ensure(desk.paths.data)
    desk.paths.ledger.mkdir()
    running = start()
    running.until_trouble("Is a directory")
    stop(running.engine)


def test_while_another_program_holds_the_ledger(desk: Desk, start: Start) -> None:
    running = start()
    running.until_read()
    other = sqlite3.connect(desk.paths.ledger, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    desk.use(1, 10)
    entering = threading.Event()
    running.engine._core.books.ledger._connection.set_trace_callback(  # type: ignore[union-attr]
        lambda statement: entering.set() if statement.startswith("BEGIN") else None
    )
    assert entering.wait(PATIENCE)
    stop(running.engine)
    other.execute("ROLLBACK")
    other.close()


def test_with_a_question_for_a_month_on_its_way(desk: Desk, start: Start) -> None:
    desk.use(1, 10)
    running = start()
    running.until_read()
    futures = [running.engine.month(MONTH) for _ in range(20)]
    stop(running.engine)
    assert all(future.cancelled() or future.result(PATIENCE).tokens == 10 for future in futures)


def test_a_question_after_the_end_is_answered_with_an_error(desk: Desk, start: Start) -> None:
    running = start()
    running.until_read()
    stop(running.engine)
    with pytest.raises(RuntimeError):
        running.engine.month(MONTH)


def test_what_was_read_before_is_in_the_ledger(desk: Desk, start: Start) -> None:
    for number in range(50):
        desk.use(number, 10, log=f"log {number}")
    running = start()
    running.until(lambda one: one.figures.month is not None and one.figures.month.tokens > 0)
    stop(running.engine)
    core = desk.opened()
    month = core.snapshot(()).figures.month
    assert month is not None and month.tokens == 500
    core.close()


# The first import, with its worker


@pytest.fixture(scope="module")
def much(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paths]:
    """More logs than one process should read alone."""
    paths = Paths.below(tmp_path_factory.mktemp("much"), TZ="UTC")
    for name in range(20):
        path = log_of(paths, f"log {name}")
        path.write_text("".join(claude_line(name * 1_000_000 + number, 1_000) for number in range(3_000)))
        os.utime(path, (NOW / 1000 - 7200, NOW / 1000 - 7200))
    assert sum(path.stat().st_size for path in paths.home.rglob("*.jsonl")) > WORTH_IT
    yield paths
    shutil.rmtree(paths.home)


@pytest.fixture
def importing(much: Paths, tmp_path: Path) -> Paths:
    """The same logs with a ledger of their own."""
    return Paths(much.home, {"TZ": "UTC"}, tmp_path / "data", tmp_path / "config")


def begin(paths: Paths) -> Running:
    engine = Engine(paths, MovableClock(), SETTINGS)
    running = Running(engine, Listener(engine))
    engine.start()
    running.until(lambda one: one.progress is not None and one.progress.done > 0, "an import under way")
    return running


def test_while_it_imports_with_a_worker(importing: Paths) -> None:
    before = children()
    running = begin(importing)
    workers = children() - before
    assert len(workers) == 1
    stop(running.engine)
    assert not any(psutil.pid_exists(pid) for pid in workers)
    assert whole(importing)


LIVES = """
import sys, threading
from pathlib import Path
from tests.engine.conftest import Listener, MovableClock
from tests.engine.test_engine_stop import SETTINGS
from tokenwatch.base.paths import Paths
from tokenwatch.engine.engine import Engine
from tokenwatch.engine.once import bring_up_to_date
home, data = map(Path, sys.argv[1:3])
engine = Engine(Paths(home, {"TZ": "UTC"}, data, data), MovableClock(), SETTINGS)
said = Listener(engine)
engine.start()
said.until(lambda one: one.progress is not None and one.progress.done > 0)
print("importing", flush=True)
if sys.argv[3] == "wait":
    threading.Event().wait()
"""


@contextlib.contextmanager
def another_program(paths: Paths, then: str) -> Iterator[subprocess.Popen[str]]:
    """A program that has begun to import, and then ends without a word or waits."""
    command = [sys.executable, "-c", LIVES, str(paths.home), str(paths.data), then]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            yield process
        finally:
            process.kill()


def gone(pids: set[int]) -> bool:
    living = []
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):  # it may go at any moment
            living.append(psutil.Process(pid))
    _, left = psutil.wait_procs(living, timeout=PATIENCE)
    return not left


def test_a_program_that_is_killed_leaves_no_worker_and_a_ledger_to_go_on_with(importing: Paths) -> None:
    with another_program(importing, "wait") as process:
        assert process.stdout is not None and process.stdout.readline() == "importing\n"
        workers = {child.pid for child in psutil.Process(process.pid).children(recursive=True)}
        assert workers
        process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        process.wait(PATIENCE)
        assert gone(workers)
    assert whole(importing)
    with bring_up_to_date(importing, MovableClock(), SETTINGS) as once:
        assert once.queries is not None
        assert [entry.requests for entry in once.queries.sums()] == [20 * 3_000]


def test_a_program_that_ends_without_stopping_it_leaves_no_worker(importing: Paths) -> None:
    with another_program(importing, "end") as process:
        assert process.stdout is not None and process.stdout.readline() == "importing\n"
        with contextlib.suppress(psutil.NoSuchProcess):
            workers = {child.pid for child in psutil.Process(process.pid).children(recursive=True)}
            began = monotonic()
            assert process.wait(PATIENCE) == 0
            assert gone(workers), f"a worker lives {monotonic() - began:.0f} seconds after the end"
    assert whole(importing)
