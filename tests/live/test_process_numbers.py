"""Which numbers Linux gave to processes since the last time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from tokenwatch.live.process_numbers import LatestNumber, is_process

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the number it gave last")


@pytest.mark.parametrize(
    ("before", "text", "since"),
    [
        (100, b"0.20 0.18 0.12 1/80 102\n", range(101, 103)),
        (100, b"0.20 0.18 0.12 1/80 100\n", range(0)),
        (100, b"0.20 0.18 0.12 1/80 9000\n", None),
        (32_000, b"0.20 0.18 0.12 1/80 310\n", None),
        (-1, b"0.20 0.18 0.12 1/80 310\n", None),
        (100, b"nonsense\n", None),
    ],
    ids=["two", "none", "many", "around", "first", "nonsense"],
)
def test_numbers_given_since_the_last_time(tmp_path, before, text, since) -> None:
    path = tmp_path / "loadavg"
    path.write_bytes(text)
    latest = LatestNumber()
    os.close(latest._file)
    latest._file, latest._before = os.open(path, os.O_RDONLY), before
    found = latest.since()
    assert (None if found is None else list(found)) == (None if since is None else list(since))


def test_a_new_process_is_among_the_numbers_or_they_are_many() -> None:
    latest = LatestNumber()
    assert latest.since() is None
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        found = latest.since()
        assert found is None or child.pid in found
        assert is_process(child.pid)
        child.communicate(b"\n")
    assert not is_process(child.pid)


def test_a_thread_is_no_process() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    assert is_process(os.getpid())
    assert not is_process(thread.native_id or 0)
    over.set()
    thread.join()
