"""``doctor`` says what the running app takes of the computer, and how large the ledger is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run, environment_of
from tokenwatch.base.paths import Paths
from tokenwatch.cli.own_use import OwnUseFound, find_own_use, own_use_json, own_use_text
from tokenwatch.system.instance import Instance, owner_of

HOLD = """
import sys
from pathlib import Path
from tokenwatch.base.paths import Paths
from tokenwatch.system.instance import Instance

assert Instance(Paths.below(Path(sys.argv[1]))).acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has the data directory."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment_of(home),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.communicate()


def test_the_owner_of_the_data_directory_is_known(home: Path, holder: subprocess.Popen[str]) -> None:
    assert owner_of(Paths.below(home)) == holder.pid


def test_nobody_is_known_where_nothing_is(home: Path) -> None:
    assert owner_of(Paths.below(home)) is None


def test_what_stands_in_the_lock_is_not_believed_if_it_is_no_number(home: Path) -> None:
    paths = Paths.below(home)
    paths.ensure(paths.data)
    (paths.data / "instance.lock").write_bytes(b"\n-1 or so\n")
    assert owner_of(paths) is None


def test_the_lock_can_be_had_again_and_names_its_new_owner(home: Path, holder: subprocess.Popen[str]) -> None:
    paths = Paths.below(home)
    assert not Instance(paths).acquire()
    holder.communicate()
    again = Instance(paths)
    assert again.acquire()
    assert owner_of(paths) != holder.pid
    again.release()


def test_the_running_app_is_measured(home: Path, holder: subprocess.Popen[str]) -> None:
    found = find_own_use(Paths.below(home), running=True)
    assert found.pid == holder.pid
    assert found.memory is not None
    assert found.memory > 1_000_000
    assert found.cpu_percent is not None
    assert found.cpu_percent >= 0


def test_one_that_has_ended_is_not_running(home: Path, holder: subprocess.Popen[str]) -> None:
    holder.communicate()
    assert find_own_use(Paths.below(home), running=True) == OwnUseFound(0)


def test_words_name_what_is_known() -> None:
    running = OwnUseFound(41_000_000, 17, 0.31, 95_000_000, 45)
    assert own_use_text(running) == (
        "0.3% of a processor core since it began, 95 MB of memory, 45 open files; the ledger is 41 MB"
    )
    assert own_use_text(OwnUseFound(41_000_000)) == "the app does not run; the ledger is 41 MB"
    assert own_use_json(running) == {
        "pid": 17,
        "cpu_percent": 0.31,
        "memory_bytes": 95_000_000,
        "open_files": 45,
        "ledger_bytes": 41_000_000,
    }


def test_doctor_says_it(run: Run, home: Path, holder: subprocess.Popen[str]) -> None:
    (home / ".local" / "share" / "tokenwatch").mkdir(parents=True, exist_ok=True)
    said = run(home, "doctor", "--json").json["own_use"]
    assert said["pid"] == holder.pid
    assert "    own use: " in run(home, "doctor").out
