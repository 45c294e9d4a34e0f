"""Only the process that was meant is asked to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest

from tokenwatch.system.stopping import alive, stop

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as here exist on POSIX only")

_WAITS = "import signal, time\nsignal.signal({which}, {how})\nprint(flush=True)\ntime.sleep(600)"


@pytest.fixture
def child(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    made = subprocess.Popen([sys.executable, "-c", request.param], stdout=subprocess.PIPE, text=True)
    assert made.stdout is not None
    made.stdout.readline()
    yield made
    made.kill()
    made.wait()
    made.stdout.close()


def began(process: subprocess.Popen[str]) -> int:
    return round(psutil.Process(process.pid).create_time() * 1000)


obeys = pytest.mark.parametrize("child", [_WAITS.format(which=2, how="signal.SIG_DFL")], indirect=True)
stubborn = pytest.mark.parametrize("child", [_WAITS.format(which=2, how="signal.SIG_IGN")], indirect=True)


@obeys
def test_it_is_interrupted(child) -> None:
    at = began(child)
    assert alive(child.pid, at)
    assert stop(child.pid, at) == ""
    assert child.wait(30) == -signal.SIGINT
    assert not alive(child.pid, at)
    assert stop(child.pid, at) == "It has ended already."


_AS_NOBODY = """
import os, sys, psutil
from tokenwatch.system.stopping import stop
if os.getuid() == 0:
    os.setuid(65534)
print(stop(1, round(psutil.Process(1).create_time() * 1000)))
"""


@pytest.mark.skipif(os.name == "posix" and psutil.Process(1).uids().real != 0, reason="no process of another user")
def test_somebody_elses_is_left_alone_and_that_is_said_in_words() -> None:
    done = subprocess.run([sys.executable, "-c", _AS_NOBODY], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("It could not be stopped: you may not.\n", "")


@stubborn
def test_one_that_does_not_listen_is_terminated(child) -> None:
    at = began(child)
    assert stop(child.pid, at) == ""
    time.sleep(0.2)
    assert alive(child.pid, at)
    assert stop(child.pid, at, hard=True) == ""
    assert child.wait(30) == -signal.SIGTERM


@obeys
def test_another_process_with_the_same_pid_is_left_alone(child) -> None:
    assert stop(child.pid, began(child) - 60_000) == "It has ended already."
    assert child.poll() is None
