"""Nothing goes online unless it is switched on: every attempt is seen, and there is none."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

WATCH = """
import json, sys
seen = []
def watch(event, given):
    if event == "socket.connect" and isinstance(given[1], tuple):
        seen.append([event, repr(given[1])])
    elif event.startswith("socket.gethost") or event in ("socket.getaddrinfo", "socket.sendto"):
        seen.append([event, repr(given[-1] if event == "socket.sendto" else given[0])])
sys.addaudithook(watch)
"""

A_DAY_OF_DEMO = """
from pathlib import Path
from tokenwatch.demo.stage import Stage
stage = Stage(Path(sys.argv[1]))
stage.open()
for _ in range(60):
    stage.advance(60.0)
    stage.snapshot()
for _ in range(23 * 12):
    stage.advance(300.0)
    stage.snapshot()
moments = stage.clock.now()
stage.close()
"""

THE_APP = """
import threading, time
from pathlib import Path
from tokenwatch.base.clock import SystemClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.engine.engine import Engine
paths = Paths.below(Path(sys.argv[1]))
came = threading.Event()
engine = Engine(paths, SystemClock(), SETTINGS)
engine.subscribe(lambda snapshot: snapshot.figures.month is not None and came.set())
engine.start()
assert came.wait(60)
engine.check_bills()
engine.refresh()
time.sleep(WAIT)
engine.stop()
"""

A_KEY = """
from tests.remote.test_secrets import Memory, secrets_in
from tests.remote import fake_openai
from tokenwatch.remote.secrets import AdminKey
from tokenwatch.engine import engine as module
memory = Memory()
secrets_in(memory).keep("openai", AdminKey(fake_openai.KEY))
Usual = module.BillChecks
module.BillChecks = lambda now, done: Usual(now, done, secrets_in(memory))
"""


def attempts(tmp_path: Path, *program: str) -> list[list[str]]:
    """What the program wanted of the network, in a network namespace of its own in which there is none."""
    unshare = shutil.which("unshare")
    cut_off = [unshare, "--map-root-user", "--net"] if unshare else []
    if not cut_off or subprocess.run([*cut_off, "true"], capture_output=True).returncode:
        pytest.skip("only on systems that give a program a network namespace of its own")
    text = "\n".join([WATCH, *program, "print(json.dumps(seen))"])
    done = subprocess.run(
        [*cut_off, sys.executable, "-c", text, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TZ": "UTC", "PYTHONPATH": str(ROOT)},
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout.splitlines()[-1]))


def settings(text: str, wait: float) -> str:
    return THE_APP.replace("SETTINGS", text).replace("WAIT", str(wait))


def test_a_day_of_demo_asks_nothing_of_the_network(tmp_path: Path) -> None:
    assert attempts(tmp_path, A_DAY_OF_DEMO) == []


def test_the_app_as_it_comes_asks_nothing_of_the_network(tmp_path: Path) -> None:
    assert attempts(tmp_path, A_KEY, settings("Settings()", 1.5)) == []


def test_an_attempt_is_seen_once_checks_are_switched_on(tmp_path: Path) -> None:
    """The watching itself is no use unless it sees what is there to see."""
    found = attempts(tmp_path, A_KEY, settings("Settings(check_bills=True)", 3.0))
    assert {event for event, _ in found} == {"socket.getaddrinfo"}
    assert {host for _, host in found} == {"'api.openai.com'"}


def test_no_test_goes_online() -> None:
    with pytest.raises(RuntimeError, match="wanted to go online"):
        socket.getaddrinfo("api.anthropic.com", 443)
    with socket.socket() as here, pytest.raises(RuntimeError, match="wanted to go online"):
        here.connect(("192.0.2.1", 443))
