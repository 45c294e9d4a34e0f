"""The status line bridge as Claude Code runs it: what passes through, what is kept, and what is not."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tokenwatch.system import statusline_bridge, statusline_figures

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only on POSIX systems")

BRIDGE = statusline_bridge.__file__
ROOT = Path(__file__).resolve().parents[2]
SECRET = "CANARY-in-a-path"
STATUS: dict[str, Any] = {
    "hook_event_name": "Status",
    "session_id": "936d3652-aaaa-4bbb-8ccc-000000000001",
    "transcript_path": f"/home/ana/{SECRET}/t.jsonl",
    "cwd": f"/home/ana/{SECRET}",
    "model": {"id": "claude-opus-4-5", "display_name": "Opus"},
    "workspace": {"current_dir": f"/home/ana/{SECRET}", "project_dir": f"/home/ana/{SECRET}"},
    "version": "2.1.197",
    "output_style": {"name": "default"},
    "cost": {"total_cost_usd": 0.25, "total_duration_ms": 5000, "currency": SECRET},
    "context_window": {
        "context_window_size": 200000,
        "used_percentage": 21,
        "current_usage": {"input_tokens": 8, "cache_read_input_tokens": 41000, "cache_creation_input_tokens": 226},
    },
    "rate_limits": {
        "five_hour": {"used_percentage": 12.5, "resets_at": 1790000000},
        "seven_day": {"used_percentage": 40, "resets_at": 1790400000},
    },
}  # fmt: skip
NAME = f"{STATUS['session_id']}.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data" / "statusline"
    made.mkdir(parents=True)
    return made


def run(folder: Path, content: bytes, *start: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    command = start or (sys.executable, "-I", "-S", BRIDGE, str(folder))
    return subprocess.run(command, input=content, capture_output=True, timeout=30, **more)


def status(**more: Any) -> bytes:
    return json.dumps({**STATUS, **more}).encode()


def before(folder: Path, command: str) -> None:
    (folder / "previous").write_text(command, encoding="utf-8")


def until(check: Callable[[], Any]) -> Any:
    """What is kept is kept beside the command, so it may come after it."""
    for _ in range(500):
        found = check()
        if found:
            return found
        time.sleep(0.02)
    return pytest.fail("nothing was kept in time")


def kept(folder: Path, name: str = NAME) -> dict[str, Any]:
    path = folder / name
    until(path.exists)
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_without_a_command_before_nothing_is_said(folder: Path) -> None:
    done = run(folder, status())
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    kept(folder)


def test_the_command_before_gets_the_same_input_and_its_output_comes_through(folder: Path) -> None:
    before(folder, "cat; echo 'to nobody' >&2; exit 3")
    done = run(folder, status())
    assert (done.returncode, done.stdout, done.stderr) == (3, status(), b"to nobody\n")


def test_the_command_before_runs_where_and_as_it_did(folder: Path, tmp_path: Path) -> None:
    before(folder, "pwd; echo $COLUMNS; printf '%s' \"$0\"")
    done = run(folder, status(), cwd=tmp_path, env={**os.environ, "COLUMNS": "77"})
    assert done.stdout.decode() == f"{tmp_path}\n77\nsh"


def test_more_than_a_pipe_holds_comes_through(folder: Path) -> None:
    before(folder, "wc -c")
    large = status(padding="x" * 300_000)
    assert int(run(folder, large).stdout) == len(large)
    assert kept(folder)["rate_limits"] == STATUS["rate_limits"]


def test_a_command_that_reads_nothing_ends_at_once(folder: Path) -> None:
    before(folder, "echo quick")
    done = run(folder, status(padding="x" * 300_000))
    assert (done.returncode, done.stdout) == (0, b"quick\n")
    kept(folder)


def test_the_command_before_has_no_child_that_it_never_started(folder: Path) -> None:
    before(folder, "wait; ps -o stat= --ppid $$ | grep -c Z; true")
    assert run(folder, status()).stdout.strip() in (b"0", b"")


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux")
def test_the_command_before_is_ended_by_a_closed_pipe(folder: Path) -> None:
    """Its shell must not inherit that closed pipes are ignored."""
    before(folder, "grep SigIgn /proc/self/status")
    ignored = int(run(folder, status()).stdout.decode().split()[-1], 16)
    assert not ignored >> (signal.SIGPIPE - 1) & 1


def test_whoever_reads_the_output_does_not_wait_for_the_keeping(folder: Path) -> None:
    """Nothing that goes on holds the output open: it would hang the reader."""
    os.mkfifo(folder / f"{NAME}")  # reading what was kept before blocks for good
    before(folder, "echo done")
    assert run(folder, status()).stdout == b"done\n"
    with open(folder / NAME, "wb", buffering=0):  # let it go on
        pass


def test_only_figures_are_kept(folder: Path) -> None:
    run(folder, status())
    found = kept(folder)
    assert found["rate_limits"] == STATUS["rate_limits"]
    assert found["context_window"] == STATUS["context_window"]
    assert found["cost"] == {"total_cost_usd": 0.25, "total_duration_ms": 5000}
    assert (found["session"], found["model"]) == (STATUS["session_id"], "claude-opus-4-5")
    assert SECRET not in (folder / NAME).read_text(encoding="utf-8")
    assert set(found) == {"rate_limits", "context_window", "cost", "at", "limits_at", "session", "model"}


def test_only_the_owner_may_read_it_under_any_umask(folder: Path) -> None:
    run(folder, status(), umask=0)
    kept(folder)
    until(lambda: not list(folder.glob("*.part")))
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("*.json")} == {0o600}


def test_limits_that_stay_the_same_keep_their_time(folder: Path) -> None:
    statusline_figures.keep(str(folder), status())
    first = kept(folder)
    statusline_figures.keep(str(folder), status(cost={"total_cost_usd": 9.0}))
    second = kept(folder)
    assert second["cost"] == {"total_cost_usd": 9.0}
    assert second["limits_at"] == first["limits_at"]
    statusline_figures.keep(str(folder), status(rate_limits={"five_hour": {"used_percentage": 13}}))
    assert kept(folder)["limits_at"] >= second["at"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"session_id": "x"', b"9" * 5000,
        status(session_id="../../evil"), status(session_id=""), status(session_id=7), status(session_id="a" * 65),
        status(session_id="a/b"),
    ],
)  # fmt: skip
def test_what_is_not_understood_keeps_nothing_and_disturbs_nothing(folder: Path, content: bytes) -> None:
    before(folder, "cat >/dev/null; echo fine")
    assert run(folder, content).stdout == b"fine\n"
    statusline_figures.keep(str(folder), content)
    assert [path.name for path in folder.rglob("*") if path.name != "previous"] == []
    assert [path.name for path in folder.parent.iterdir()] == ["statusline"]


@pytest.mark.parametrize("limits", [None, [], "x", {"five_hour": None}, {"five_hour": {"used_percentage": "x"}}])
def test_odd_limits_do_not_keep_the_rest_away(folder: Path, limits: Any) -> None:
    statusline_figures.keep(str(folder), status(rate_limits=limits))
    assert kept(folder)["cost"]["total_cost_usd"] == 0.25


def test_a_link_in_the_way_is_replaced_and_its_target_untouched(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("mine", encoding="utf-8")
    (folder / NAME).symlink_to(target)
    statusline_figures.keep(str(folder), status())
    assert target.read_text(encoding="utf-8") == "mine"
    assert not (folder / NAME).is_symlink()


def test_a_missing_folder_disturbs_nothing(tmp_path: Path) -> None:
    done = run(tmp_path / "nowhere", status())
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_nothing_heavy_is_imported_before_the_command_runs(folder: Path) -> None:
    program = f"import sys; sys.argv = ['x', {str(folder)!r}]; exec(open({BRIDGE!r}).read().split('if __name__')[0])"
    listing = f"{program}; print(*sorted(sys.modules))"
    bare = run(
        folder, b"", sys.executable, "-I", "-S", "-c", "import sys; print(*sorted(sys.modules))"
    ).stdout.split()
    loaded = run(folder, b"", sys.executable, "-I", "-S", "-c", listing).stdout.split()
    assert set(loaded) - set(bare) <= {b"__future__"}


def test_the_command_line_is_the_bridge_too(folder: Path, tmp_path: Path) -> None:
    before(folder, "echo before")
    done = run(folder, status(), sys.executable, "-m", "tokenwatch", "statusline", str(folder), cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, b"before\n")
    kept(folder)


def test_without_a_folder_ours_is_taken(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = run(tmp_path, status(), sys.executable, "-m", "tokenwatch", "statusline", cwd=ROOT, env=env)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    ours = tmp_path / ".local" / "share" / "tokenwatch" / "statusline"
    kept(ours)
    assert stat.S_IMODE(ours.stat().st_mode) == 0o700
