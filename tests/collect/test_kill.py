"""The program is killed, at each of its calls and at any instant: nothing is lost, nothing counts twice.

The environment variable TOKENWATCH_KILLS says how many lives to end at any instant.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import pytest

from tests.faults.conftest import Figure
from tests.faults.conftest import figure as figure
from tests.readers.conftest import lines

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("TOKENWATCH_KILLS", "60"))
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
PATIENCE = 20.0
"""Seconds until a process that must end is missed."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only on POSIX: lives are forked")


def lives(*arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.collect.lives", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("where", ["here", "remote"])
def test_a_life_that_ends_at_any_call_leaves_a_ledger_that_the_next_one_completes(where: str, figure: Figure) -> None:
    # In memory, where what is written is safe at once: a process that ends takes nothing of the system's with it.
    with TemporaryDirectory(dir=MEMORY) as folder:
        answer = lives("every call", folder, where)
    sound, records, total, offsets = answer["expected"][:4]
    assert (sound, records, total) == ("ok", 11, [11, sum((*range(1, 7), *range(10, 14), 20))])
    assert [name for name, _, _ in offsets] == ["a.jsonl", "c.jsonl", "d.jsonl"]
    assert answer["calls"] > 100
    assert answer["wrong"] == []
    figure(f"{answer['calls']} ends ({where}), 0 differ")


@pytest.mark.parametrize("seed", [1, 2])
def test_lives_that_end_at_any_instant_lose_nothing_and_double_nothing(
    tmp_path: Path, seed: int, figure: Figure
) -> None:
    answer = lives("any instant", tmp_path, KILLS, seed)
    keys = answer["keys"]
    assert answer["killed"] == KILLS
    assert (answer["sound"], answer["records"], answer["total"]) == ("ok", keys, [keys, keys * (keys + 1) // 2])
    # The kills came while something was entered, and nothing that was entered went away.
    assert len(set(answer["seen"])) > KILLS // 10
    assert all(before <= after for before, after in pairwise(answer["seen"]))
    figure(f"{KILLS} kills: {keys:,} records, 0 lost, 0 doubled")


IMPORT = """
import sys
from pathlib import Path
import psutil
from tests.collect.home import Home
from tokenwatch.readers.protocol import readers

home = Home(Path(sys.argv[1]), readers=readers(), worth_workers=1)
home.scanner.plan()
home.scanner.step()
(worker,) = psutil.Process().children()
print(worker.pid, flush=True)
sys.stdin.read()
"""


def test_a_worker_ends_when_the_program_is_killed(tmp_path: Path) -> None:
    path = tmp_path / ".claude" / "projects" / "p" / "a.jsonl"
    path.parent.mkdir(parents=True)
    path.write_bytes(lines({"type": "assistant"}))
    program = subprocess.Popen(
        [sys.executable, "-c", IMPORT, tmp_path], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with program:
        assert program.stdout is not None
        worker = psutil.Process(int(program.stdout.readline()))
        program.kill()
        gone, alive = psutil.wait_procs([worker], PATIENCE)
    assert (gone, alive) == ([worker], [])
