"""Admin keys in a real Secret Service: unlocked, locked, and none; and the canary keys found nowhere but in it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.conftest import ROOT, Desktop, until
from tests.remote import fake_anthropic, fake_openai

STEPS = ROOT / "tests" / "desktop" / "keyring_steps.py"
KEYS = [fake_anthropic.KEY, fake_openai.KEY]


class Steps:
    """Runs steps inside the session; keeps everything they wrote."""

    def __init__(self, desktop: Desktop, home: Path) -> None:
        self.environment = {**desktop.environment, "HOME": str(home), "TZ": "UTC", "PYTHONPATH": str(ROOT)}
        self.said: list[str] = []

    def run(self, *words: str, keys: list[str] | None = None, **environment: str) -> Any:
        done = subprocess.run(
            [sys.executable, str(STEPS), *words],
            input=json.dumps(keys or []),
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=90,
            cwd=ROOT,
        )
        self.said += [done.stdout, done.stderr]
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def steps(desktop: Desktop, home: Path) -> Steps:
    return Steps(desktop, home)


def holders(needle: str, *places: Path) -> list[Path]:
    """Files below these places that hold the text, in any encoding a program would use without meaning to hide it."""
    forms = [needle.encode(), needle.encode("utf-16-le"), needle[::-1].encode(), needle.encode().hex().encode()]
    found = []
    for place in places:
        for path in place.rglob("*"):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                found += [path for form in forms if form in content]
    return found


def test_a_holder_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "log").write_bytes(b"x" + KEYS[0].encode("utf-16-le"))
    assert holders(KEYS[0], tmp_path) == [tmp_path / "a" / "log"]


def test_keys_are_typed_kept_used_and_removed(steps: Steps) -> None:
    assert steps.run("state")["state"] == "unlocked"
    assert steps.run("read") == {"anthropic": None, "openai": None}
    notes = steps.run("type", keys=KEYS)
    assert notes == {
        "keyring": "The Secret Service, unlocked",
        "anthropic": "Admin key, ends 7F2Q",
        "openai": "Admin key, ends 9Z4K",
        "enabled": "True",
    }
    assert steps.run("read") == {"anthropic": "7F2Q", "openai": "9Z4K"}
    checked = steps.run("check")
    assert (checked["asked"], checked["troubles"]) == (["anthropic", "openai"], [])
    assert sorted(checked["amounts"]) == [5_500_000_000, 12_340_000_000]
    assert steps.run("remove") == {"anthropic": None, "openai": None}


def test_a_locked_keyring_is_said_and_asks_nobody(steps: Steps) -> None:
    steps.run("type", keys=KEYS)
    assert steps.run("lock") == {"locked": True}
    state = steps.run("state")
    assert (state["state"], "is locked" in state["reason"]) == ("locked", True)
    assert all(
        answer.startswith("KeyringLocked: The Secret Service is locked") for answer in steps.run("read").values()
    )
    checked = steps.run("check")
    assert checked["asked"] == []
    assert len(checked["troubles"]) == 1


@pytest.fixture
def bare_bus(tmp_path: Path) -> Iterator[str]:
    """A session bus on which there is no secret service and none can be started."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not installed")
    config = tmp_path / "bus.conf"
    config.write_text(
        "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth><policy "
        'context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>'
        "</policy></busconfig>",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [daemon, "--nofork", "--print-address=1", f"--config-file={config}"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def test_without_a_secret_service_accounts_are_off_and_say_why(steps: Steps, bare_bus: str) -> None:
    state = steps.run("state", DBUS_SESSION_BUS_ADDRESS=bare_bus)
    assert state["state"] == "absent"
    assert "install gnome-keyring" in state["reason"]
    notes = steps.run("type", keys=KEYS, DBUS_SESSION_BUS_ADDRESS=bare_bus)
    assert notes["enabled"] == "False"
    assert "no system keyring" in notes["keyring"]
    checked = steps.run("check", DBUS_SESSION_BUS_ADDRESS=bare_bus)
    assert (checked["asked"], len(checked["troubles"])) == ([], 1)


def test_canary_keys_are_found_nowhere_on_disk_in_logs_or_in_crash_output(
    steps: Steps, desktop: Desktop, home: Path, tmp_path: Path
) -> None:
    for form in KEYS:
        assert form not in str(sys.argv)
    steps.run("type", keys=KEYS)
    steps.run("check")
    steps.run("crash", str(tmp_path / "debug.log"))
    assert (tmp_path / "debug.log").stat().st_size > 0
    assert "a mistake in the middle of a request" in "".join(steps.said)
    with desktop.app(home, "--background", quiet=False) as app:
        app.wait_for_icon()
        app.command("status", "--json")
        app.command("doctor")
        desktop.tray("trigger", "Settings", "tokenwatch")
        until(lambda: any("Settings" in name for name in desktop.windows()), "the settings")
        time.sleep(1)  # it asks the keyring
        process = Path(f"/proc/{app.process.pid}")
        for name in ("cmdline", "environ"):
            assert not any(key.encode() in (process / name).read_bytes() for key in KEYS)
        steps.said.append(app.log.read_text(encoding="utf-8", errors="replace"))
    places = [tmp_path, home, Path(desktop.environment["HOME"])]
    places += [Path(desktop.environment[name]) for name in ("XDG_RUNTIME_DIR",) if name in desktop.environment]
    for key in KEYS:
        assert holders(key, *places) == []
        assert key not in "".join(steps.said)
        assert key[12:] not in "".join(steps.said)
    assert steps.run("read") == {"anthropic": "7F2Q", "openai": "9Z4K"}
