"""What can be wrong around the program: one plain sentence, and it goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT, Run, environment_of

posix = pytest.mark.skipif(os.name != "posix", reason="only on POSIX: rights and mounts")


def projects(home: Path) -> Path:
    return home / ".claude" / "projects"


def test_a_log_of_garbage_is_said_and_the_rest_is_counted(run: Run, recorded_home: Path) -> None:
    before = run(recorded_home, "report", "--json").json["totals"]
    garbage = projects(recorded_home) / "p" / "garbage.jsonl"
    garbage.parent.mkdir()
    garbage.write_bytes(b'{"usage": nonsense\n' * 50 + b"\x00" * 300 + b'"usage"\n' + os.urandom(4000))
    ended = run(recorded_home, "report", "--json")
    assert (ended.code, ended.json["totals"]) == (0, before)
    assert [word for word in ended.json["warnings"] if "Not counted" in word and "not valid JSON" in word]
    found = run(recorded_home, "doctor", "--json").json
    claude = next(agent for agent in found["agents"] if agent["agent"] == "claude-code")
    assert (claude["state"], claude["skipped"]["not valid JSON"] >= 50) == ("degraded", True)


@posix
def test_a_folder_that_may_not_be_read_is_said_with_what_allows_it(recorded_home: Path, tmp_path: Path) -> None:
    """As another user, because tests may run as the super-user, whom no mode stops."""
    home = Path("/tmp") / f"tokenwatch-test-{os.getpid()}"
    try:
        shutil.copytree(recorded_home, home)
        if os.getuid() == 0:
            for path in (home, *home.rglob("*")):
                os.chown(path, 65534, 65534)
        projects(home).chmod(0o000)
        # Run once as whoever we are, so that everything is imported: the other user may not read our files.
        code = (
            "import contextlib, io, os, sys\n"
            "from tokenwatch.cli.main import main\n"
            "with contextlib.redirect_stdout(io.StringIO()): main(['doctor', '--json'])\n"
            "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
            "os.environ['HOME'] = sys.argv[1]\n"
            "sys.exit(main(['doctor', '--json']))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(home)],
            env=environment_of(tmp_path),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        agents = {agent["agent"]: agent for agent in json.loads(done.stdout)["agents"]}
        assert agents["claude-code"]["state"] == "failing"
        assert f"chmod u+rX {projects(home)}" in agents["claude-code"]["reason"]
        assert agents["codex"]["state"] == "fine"
    finally:
        projects(home).chmod(0o700)
        shutil.rmtree(home)


@posix
@pytest.mark.skipif(
    shutil.which("unshare") is None or os.getuid() != 0, reason="only on systems that let a test mount"
)
def test_a_full_disk_is_said_and_counting_goes_on_when_there_is_space(run: Run, recorded_home: Path) -> None:
    data = recorded_home / ".local" / "share" / "tokenwatch"
    data.mkdir(parents=True)
    script = f'mount -t tmpfs -o size=100k tmpfs "{data}" && exec "$@"'
    command = ["unshare", "-m", "sh", "-c", script, "sh", sys.executable, "-m", "tokenwatch", "report", "--json"]
    done = subprocess.run(
        command, env=environment_of(recorded_home), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    said = done.stderr if done.returncode else "\n".join(json.loads(done.stdout)["warnings"])
    assert "no space left for the ledger" in said
    assert run(recorded_home, "report", "--json").json["totals"]["requests"] == 21


def test_a_ledger_from_a_newer_version_is_left_untouched_and_said(run: Run, recorded_home: Path) -> None:
    import sqlite3

    run(recorded_home, "report")
    ledger = recorded_home / ".local" / "share" / "tokenwatch" / "ledger.sqlite"
    with sqlite3.connect(ledger) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = ledger.read_bytes()
    ended = run(recorded_home, "report")
    assert ended.code == 1
    assert "newer TokenWatch" in ended.errors and len(ended.sentences) == 1
    assert ledger.read_bytes() == before


def test_a_ledger_that_is_no_database_is_set_aside_and_said(run: Run, recorded_home: Path) -> None:
    before = run(recorded_home, "report", "--json").json["totals"]
    ledger = recorded_home / ".local" / "share" / "tokenwatch" / "ledger.sqlite"
    ledger.write_bytes(b"this is no database" * 1000)
    ended = run(recorded_home, "report", "--json")
    assert (ended.code, ended.json["totals"]) == (0, before)
    assert [word for word in ended.json["warnings"] if "set aside as ledger-damaged-" in word]
    assert not [word for word in run(recorded_home, "report", "--json").json["warnings"] if "damaged" in word]
