"""The packaged program, in the desktop session: what works from a checkout works from a package.

``--program`` names it: the bundle of ``make bundle``, or the installed command of a package. Pictures of the session
are left in ``build/pictures``; look at them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from ship import bill_of_materials
from ship.bundle import MOST_BYTES, ROOT, size
from tests.cli.conftest import environment_of
from tests.desktop.agent import Claude
from tests.desktop.conftest import Desktop, until

PICTURES = ROOT / "build" / "pictures"
FAKE_KEY = "sk-ant-admin01-" + "x" * 40
KEEP = (
    "from tokenwatch.remote.secrets import Secrets, checked\n"
    f"Secrets().keep('anthropic', checked('anthropic', {FAKE_KEY!r}))"
)


def ended(home: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = environment_of(home, **more)
    return subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, check=False)


def report(home: Path, *command: str) -> dict[str, Any]:
    done = ended(home, *command, "report", "--by", "day,agent,model,project,session", "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    found.pop("generated_at")
    return found


def picture(desktop: Desktop, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    desktop.run("shot", str(PICTURES / f"{name}.png"))


def test_it_is_as_small_as_it_should_be(program: str) -> None:
    assert size(Path(program).resolve().parent) <= MOST_BYTES


def test_every_file_is_the_one_that_was_built(program: str) -> None:
    assert bill_of_materials.differences(Path(program).resolve().parent) == []


def test_a_file_that_was_changed_is_noticed(program: str, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    (bundle / "_internal").mkdir(parents=True)
    (bundle / "a").write_text("a")
    bill_of_materials.write(bundle)
    assert bill_of_materials.differences(bundle) == []
    (bundle / "a").write_text("b")
    (bundle / "c").write_text("c")
    assert bill_of_materials.differences(bundle) == ["a", "c"]


def test_it_counts_the_recordings_as_the_checkout_does(program: str, recorded_home: Path) -> None:
    from_checkout = report(recorded_home, sys.executable, "-P", "-c", _RUN)
    (recorded_home / ".local" / "share" / "tokenwatch" / "ledger.sqlite").unlink()
    from_package = report(recorded_home, program)
    assert from_package == from_checkout
    assert from_package["totals"]["requests"] >= 17


_RUN = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tokenwatch.__main__ import main; sys.exit(main())"


def test_it_knows_its_version_and_what_is_wrong(program: str, recorded_home: Path) -> None:
    assert ended(recorded_home, program, "--version").stdout.startswith("TokenWatch ")
    done = ended(recorded_home, program, "doctor", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["well"]


def test_a_module_in_the_current_directory_is_not_loaded(program: str, recorded_home: Path) -> None:
    for name in ("json", "sqlite3", "tokenwatch", "keyring", "usage"):
        (recorded_home / f"{name}.py").write_text(f"open({str(recorded_home / 'loaded')!r}, 'w')")
    assert ended(recorded_home, program, "report").returncode == 0
    assert not (recorded_home / "loaded").exists()


@pytest.mark.session("--a11y")
def test_tray_panel_window_and_notification_are_there(desktop: Desktop, home: Path) -> None:
    settings = home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("budget_month_usd = 100\n")
    claude = Claude.start(home)
    try:
        claude.registered("busy")
        claude.answers(10)
        with desktop.app(home, "--background") as app:
            app.wait_for_icon()
            until(lambda: "1 working" in desktop.tooltip(), "one agent at work")
            picture(desktop, "tray")
            desktop.tray("activate", "tokenwatch")
            until(lambda: any("1 working" in name for name in desktop.names()), "the panel with its number")
            picture(desktop, "panel")
            claude.answers(2_800_000, fresh=2_400_000)  # 82 dollars
            note = until(desktop.notes, "a notification")[0]
            assert "80%" in note["summary"] and "$82." in note["body"]
            picture(desktop, "notification")
            app.command("status")
        with desktop.app(home):
            until(desktop.windows, "the window")
            time.sleep(2)
            picture(desktop, "window")
    finally:
        claude.end()


def test_the_icon_is_there_soon(desktop: Desktop, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How soon is printed, not judged: this computer may be busy."""
    taken = []
    for _ in range(3):
        begin = time.monotonic()
        with desktop.app(home, "--background") as app:
            until(desktop.item, "an icon in the tray")
            used = psutil.Process(app.process.pid).cpu_times()
            taken.append(f"{time.monotonic() - begin:.2f} s ({used.user + used.system:.2f} s of computing)")
    with capsys.disabled():
        print(f"\nicon in the tray after {', '.join(taken)}")


def test_a_key_in_the_keyring_is_found_and_told_to_nobody(desktop: Desktop, home: Path, program: str) -> None:
    settings = home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("check_bills = true\n")
    folders = {"XDG_CONFIG_HOME": str(home / ".config"), "XDG_DATA_HOME": str(home / ".local" / "share")}
    nowhere = {"HOME": str(home), **folders, "https_proxy": "http://127.0.0.1:9", "PYTHONPATH": str(ROOT)}

    def said_by(*command: str) -> str:
        done = subprocess.run(command, env=desktop.environment | nowhere, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    assert "No admin key is kept" in said_by(program, "reconcile")
    assert said_by(sys.executable, "-c", KEEP) == ""
    said = said_by(program, "reconcile")
    assert "No admin key is kept" not in said
    assert "Anthropic" in said, said
    assert FAKE_KEY not in said


def test_nothing_tells_where_it_was_built(program: str) -> None:
    folder = Path(program).resolve().parent
    found = [path for path in folder.rglob("*") if path.is_file() and os.fsencode(ROOT) in path.read_bytes()]
    assert found == []
