"""The worker's process: which way it is started, and how a forked one lives and ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import psutil
import pytest

from tokenwatch.collect.frames import read_frame
from tokenwatch.collect.source_worker_process import Forked, WorkerProcess, started
from tokenwatch.collect.source_worker_process import end as ended

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


@pytest.fixture
def process() -> Iterator[Forked]:
    process = started(may_fork=True)
    assert isinstance(process, Forked)
    forked = process
    yield forked
    end(forked)


def end(process: WorkerProcess) -> None:
    process.kill()
    process.wait(30)
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        pipe.close()


@pytest.mark.parametrize(("may_fork", "forked"), [(True, True), (False, False)])
def test_a_worker_is_forked_only_if_it_may_be(may_fork: bool, forked: bool) -> None:
    process = started(may_fork=may_fork)
    end(process)
    assert isinstance(process, Forked) is forked


def test_beside_another_thread_nothing_is_forked() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    process = started(may_fork=True)
    done.set()
    other.join()
    end(process)
    assert not isinstance(process, Forked)


def test_it_ends_when_there_are_no_more_jobs(process: Forked) -> None:
    process.stdin.close()
    assert process.wait(30) == 0
    assert read_frame(process.stdout) is None


def test_it_ends_with_the_one_who_started_it() -> None:
    program = (
        "import os, sys; from tokenwatch.collect.source_worker_process import started; "
        "forked = started(may_fork=True); print(forked.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    with contextlib.suppress(psutil.NoSuchProcess):  # it was gone before it could be waited for
        psutil.Process(int(done.stdout)).wait(30)


def test_a_killed_one_tells_the_signal_and_may_be_killed_again(process: Forked) -> None:
    process.kill()
    assert process.wait(30) == -signal.SIGKILL
    process.kill()
    assert process.wait() == -signal.SIGKILL


def test_whoever_waits_for_one_that_lives_waits_no_longer_than_said(process: Forked) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.02)


def test_the_key_that_interrupts_a_command_does_not_end_it(process: Forked) -> None:
    os.kill(process.pid, signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.2)
    process.stdin.close()
    assert process.wait(30) == 0


def test_it_says_nothing_where_its_parent_speaks(capfd: pytest.CaptureFixture[str]) -> None:
    process = started(may_fork=True)
    assert isinstance(process, Forked)
    forked = process
    forked.stdin.write((5).to_bytes(4, "big") + b"hello")  # no job
    forked.stdin.flush()
    assert read_frame(forked.stdout) is None
    assert forked.wait(30) != 0
    end(forked)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("may_fork", [True, False])
def test_one_that_is_ended_is_gone_with_its_listener_and_its_pipes(may_fork: bool) -> None:
    process = started(may_fork=may_fork)
    assert process.stdin is not None and process.stdout is not None
    heard: list[bytes | None] = []
    output = process.stdout
    listener = threading.Thread(target=lambda: heard.append(read_frame(output)))
    listener.start()
    ended(process, listener)
    assert process.wait(0) == -signal.SIGKILL
    assert not listener.is_alive() and heard == [None]
    assert process.stdin.closed and process.stdout.closed
