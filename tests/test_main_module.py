"""Which face is chosen, and what a user without a display gets."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tokenwatch.collect.frames import read_frame
from tokenwatch.collect.packing import unpack
from tokenwatch.collect.source_worker_process import WORKER

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A user without a desktop."""
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TZ": "UTC", "LANG": "C.UTF-8"}


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tokenwatch", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    )


@pytest.mark.parametrize("more", [{}, {"DISPLAY": ":60999"}])
def test_without_a_display_it_says_so_and_shows_the_figures_in_the_terminal(
    environment: dict[str, str], more: dict[str, str]
) -> None:
    with start({**environment, **more}) as process:
        assert process.stdout is not None and process.stderr is not None
        sentence = process.stderr.readline()
        assert "display" in sentence and "Ctrl-C ends" in sentence
        assert "tokens a minute" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert (process.wait(), process.stderr.read()) == (0, "")


def test_at_login_without_a_display_it_ends_at_once(environment: dict[str, str]) -> None:
    with start(environment, "--background") as process:
        out, errors = process.communicate()
    assert (process.returncode, out) == (1, "")
    assert len(errors.splitlines()) == 1


def test_a_command_loads_no_qt(environment: dict[str, str]) -> None:
    program = (
        "import sys; from tokenwatch.__main__ import main; code = main(['doctor']); "
        "print([name for name in sys.modules if name.startswith('PySide6')]); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, env=environment, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_program_itself_can_be_a_worker(environment: dict[str, str]) -> None:
    """As in a package, which has no interpreter that could be started."""
    done = subprocess.run(
        [sys.executable, "-m", "tokenwatch", WORKER],
        input=(1).to_bytes(4, "big") + b"\x90" + (1).to_bytes(4, "big") + b"\x90",  # no files, twice
        capture_output=True,
        cwd=ROOT,
        env=environment,
    )
    source = io.BytesIO(done.stdout)
    answers = [unpack(frame) for frame in iter(lambda: read_frame(source), None)]
    assert (done.returncode, done.stderr) == (0, b"")
    assert [(brought.readings, brought.failures) for brought in answers] == [([], {}), ([], {})]
