"""What people and models wrote, and keys, reach no file and no output of ours; nothing of ours is for others."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attacks.conftest import CANARY, Figure, Run, answer, asked, write_log
from tests.cli.conftest import ROOT, environment_of

COMMANDS = (
    ("report", "--by", "day,agent,model,project,session,branch", "--json"),
    ("report", "--csv"),
    ("status", "--json"),
    ("doctor",),
)


def ours(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and ".claude" not in path.parts]


def test_no_prompt_answer_or_argument_is_stored_or_shown(run: Run, home: Path, figure: Figure) -> None:
    damaged = (f"garbage {CANARY}", f'{{"type": "assistant", "{CANARY}": 1')
    write_log(home, asked(), answer(1), *damaged, asked(), answer(2))
    said = [run(home, *command) for command in COMMANDS]
    assert "1" in said[0].out
    for ended in said:
        assert CANARY not in ended.out + ended.errors
    files = ours(home)
    assert any(path.name == "ledger.sqlite" for path in files)
    for path in files:
        assert CANARY.encode() not in path.read_bytes(), path
    figure(f"{len(COMMANDS)} commands, {len(files)} files: 0 hits")


def test_a_canary_that_may_be_kept_is_found_by_the_same_search(run: Run, home: Path) -> None:
    """Else the search would prove nothing: the name of a project is kept, by design."""
    write_log(home, answer(1, text="", cwd=f"/work/{CANARY}"))
    assert CANARY in run(home, "report", "--by", "project").out
    assert any(CANARY.encode() in path.read_bytes() for path in ours(home))


APP = """
import sys, time
from tokenwatch.base.clock import SystemClock
from tokenwatch.base.paths import Paths
from tokenwatch.engine import engine
from tokenwatch.engine.guard import Guard
from tokenwatch.system.log_file import LogFile
engine.Guard = lambda paths, clock, told: Guard(paths, clock, told, 1.5)
paths = Paths.of_user()
log = LogFile(paths)
log.open()
app = engine.Engine(paths, SystemClock())
app.start()
end = time.monotonic() + 60
while time.monotonic() < end and not (list(paths.backups.glob("*.sqlite")) if paths.backups.exists() else []):
    time.sleep(0.05)
try:
    raise ValueError("CANARY")
except ValueError:
    import logging
    logging.getLogger("tokenwatch.test").exception("it failed")
app.stop()
log.close()
""".replace("CANARY", CANARY)


@pytest.mark.skipif(os.name != "posix", reason="only on POSIX files have modes")
@pytest.mark.parametrize("umask", ["000", "022"])
def test_everything_of_ours_is_for_its_owner_only(run: Run, home: Path, umask: str, figure: Figure) -> None:
    write_log(home, asked(), answer(1))
    (home / ".local" / "share" / "tokenwatch").mkdir(parents=True, mode=0o755)
    command = ["sh", "-c", f'umask {umask}; exec "$@"', "sh", sys.executable, "-c", APP]
    done = subprocess.run(
        command, env=environment_of(home), cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    data = home / ".local" / "share" / "tokenwatch"
    found = [data, *data.rglob("*")]
    names = {path.name.split("-")[0] for path in found}
    assert {"ledger.sqlite", "backups", "ledger", "tokenwatch.log"} <= names
    wide = [path for path in found if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    assert wide == []
    # The log says that something failed and where, but not in which words.
    said = (data / "tokenwatch.log").read_text(encoding="utf-8")
    assert "it failed" in said and "ValueError" in said and "line 18" in said
    assert CANARY not in said
    figure(f"umask {umask}: {len(found)} files and folders, 0 for others")


NO_NETWORK = """
import sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.bind"):
        address = arguments[-1] if event != "socket.getaddrinfo" else arguments[0]
        if not isinstance(address, (str, bytes)) or event == "socket.getaddrinfo":
            sys.stderr.write(f"NETWORK {event} {address}\\n")
    if event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
        sys.stderr.write(f"PROGRAM {arguments[0]}\\n")
sys.addaudithook(hook)
from tokenwatch.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def audited(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, *arguments],
        env=environment_of(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr


def test_nobody_is_called_and_no_program_is_run(home: Path, figure: Figure) -> None:
    """Also no git: a folder that a log names may hold a repository whose settings run programs."""
    repository = home / "evil"
    (repository / ".git").mkdir(parents=True)
    (repository / ".git" / "config").write_text(
        f"[core]\n\tfsmonitor = touch {home}/ran\n\thooksPath = {home}\n[log]\n\tshowSignature = true\n"
    )
    write_log(home, asked(), answer(1, cwd=str(repository)))
    for command in COMMANDS:
        said = audited(home, *command)
        called = [line for line in said.splitlines() if line.startswith(("NETWORK", "PROGRAM"))]
        assert [line for line in called if line != "PROGRAM uname"] == [], command  # which tells the system's name
    assert not (home / "ran").exists()
    figure(f"{len(COMMANDS)} commands: 0 connections, 0 programs")


def test_the_hook_would_notice(home: Path) -> None:
    program = NO_NETWORK.replace(
        "from tokenwatch.__main__ import main",
        "import socket, subprocess\nsubprocess.run(['true'])\n"
        "try: socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError: pass\nmain = lambda a: 0",
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "PROGRAM true" in done.stderr and "NETWORK" in done.stderr
