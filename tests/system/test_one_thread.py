"""One thread: jobs in order, none after closing, and a job that fails or hangs keeps nobody up."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from tokenwatch.system.one_thread import OneThread


def test_jobs_are_done_one_after_the_other() -> None:
    thread, done, all_done = OneThread("test"), list[int](), threading.Event()
    for number in range(5):
        thread.submit(lambda number=number: done.append(number))
    thread.submit(all_done.set)
    assert all_done.wait(5)
    assert done == [0, 1, 2, 3, 4]
    thread.close()


@pytest.mark.expected_logs("a job of test failed")
def test_a_job_that_fails_does_not_end_the_thread() -> None:
    thread, done = OneThread("test"), threading.Event()
    thread.submit(lambda: 1 / 0)
    thread.submit(done.set)
    assert done.wait(5)
    thread.close()


def test_after_closing_nothing_is_done() -> None:
    thread, begun, go_on, done = OneThread("test"), threading.Event(), threading.Event(), threading.Event()
    thread.submit(lambda: (begun.set(), go_on.wait(5)))
    thread.submit(done.set)
    assert begun.wait(5)
    thread.close()
    go_on.set()
    thread.submit(done.set)
    assert not done.wait(0.2)


def test_a_job_that_hangs_does_not_keep_the_program_from_ending() -> None:
    program = (
        "import threading\nfrom tokenwatch.system.one_thread import OneThread\n"
        "thread = OneThread('test'); begun = threading.Event()\n"
        "thread.submit(lambda: (begun.set(), threading.Event().wait()))\nbegun.wait(); thread.close(); print('end')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (0, "end\n")
