"""Commands run on end beside an app that writes: nobody sees a lock, and every line is counted.

The environment variable TOKENWATCH_SECONDS says for how long.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.conftest import answer
from tests.cli.conftest import ROOT, Run, environment_of
from tests.cli.conftest import run as run
from tests.faults.conftest import Figure, times
from tests.readers.conftest import lines

SECONDS = times("SECONDS", 4)
COMMANDS = (("report", "--json"), ("status", "--json"), ("doctor", "--json"), ("explain", "2026-11-20"))
APP = """
import sys
from tokenwatch.base.clock import SystemClock
from tokenwatch.base.paths import Paths
from tokenwatch.engine.engine import Engine
from tokenwatch.system.instance import Instance
from tokenwatch.system.log_file import LogFile
paths = Paths.of_user()
instance, log, engine = Instance(paths), LogFile(paths, "much"), Engine(paths, SystemClock())
assert instance.acquire()
log.open()
def tell(snapshot):
    for each in snapshot.health:
        if each.part == "ledger":
            print(each.reason, flush=True)
engine.subscribe(tell)
engine.start()
print("started", flush=True)
sys.stdin.read()
engine.stop()
log.close()
"""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", APP],
        env=environment_of(tmp_path),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    yield process
    process.kill()
    process.communicate()


def test_commands_beside_a_writing_app_meet_no_lock(
    run: Run, app: subprocess.Popen[str], tmp_path: Path, figure: Figure
) -> None:
    log = tmp_path / ".claude" / "projects" / "-work-acme" / "a.jsonl"
    log.parent.mkdir(parents=True)
    written: list[int] = []
    done = threading.Event()

    def write() -> None:
        while not done.wait(0.01):
            with log.open("ab") as file:
                entries: list[Any] = [answer(number) for number in range(len(written), len(written) + 20)]
                file.write(lines(*entries))
            written.extend(range(20))

    writer = threading.Thread(target=write)
    writer.start()
    until, said, seen = time.monotonic() + SECONDS, [], []
    while time.monotonic() < until:
        for words in COMMANDS:
            ended = run(tmp_path, *words)
            assert ended.code == 0, ended.errors
            said.append(ended.out + ended.errors)
            if words[0] == "report":
                seen.append(ended.json["totals"]["requests"])
    done.set()
    writer.join()
    told, _ = app.communicate("", timeout=60)
    for words in ("locked", "holds the ledger", "cannot be used", "Traceback"):
        assert words not in "".join(said), words
        assert words not in told, words
    assert "the ledger" not in (tmp_path / ".local/share/tokenwatch/tokenwatch.log").read_text()
    assert run(tmp_path, "report", "--json").json["totals"]["requests"] == len(written)
    assert seen == sorted(seen)
    figure(f"{len(said)} commands in {SECONDS} s beside {len(written):,} new lines: no lock met, none lost")
