"""A real desktop session - X server, tray, notification daemon, keyring - with the real program in it.

Owns starting both and reading what a user would see. The session comes from ../shared/desktop; what it cannot do is
written in its README. The tests' own process stays outside and runs commands with the session's environment.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds after which something that was to happen has not happened."""

SYSTEM_PYTHON = "/usr/bin/python3"
"""The accessibility bindings are Debian's."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "session(*options): options of the desktop session, see ../shared/desktop")


def until(check: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """The first true answer of ``check``; fails when there is none in time."""
    end = time.monotonic() + patience
    while True:
        found = check()
        if found:
            return found
        if time.monotonic() > end:
            pytest.fail(f"not in time: {what} (last: {found!r})", pytrace=False)
        time.sleep(0.05)


@dataclass
class Desktop:
    """A running session. ``environment`` is what a program inside it sees."""

    environment: dict[str, str]
    folder: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    program: tuple[str, ...] = (sys.executable, "-m", "tokenwatch")
    """What is started as TokenWatch."""

    def run(self, *command: str | Path, check: bool = True, **more: str) -> str:
        done = subprocess.run(
            [str(word) for word in command],
            env=self.environment | more,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if check and done.returncode:
            pytest.fail(f"{command}: {done.stderr or done.stdout}", pytrace=False)
        return done.stdout

    def tray(self, *words: str) -> str:
        return self.run("tray", *words)

    def item(self) -> dict[str, Any] | None:
        """The tray item of TokenWatch."""
        found = json.loads(self.run("tray", "list", "--json", check=False) or "[]")
        return next((item for item in found if item.get("id") == "tokenwatch"), None)

    def tooltip(self) -> str:
        item = self.item()
        return str(item["tooltip"]["title"]) if item else ""

    def notes(self) -> list[dict[str, Any]]:
        return list(json.loads(self.run("notifications", "list", "--json", check=False) or "[]"))

    def icon(self, name: str, size: int = 64) -> bytes:
        path = self.folder / f"{name}.png"
        self.tray("icon", str(path), "tokenwatch", "--size", str(size))
        return path.read_bytes()

    def names(self) -> list[str]:
        """The accessible names and descriptions of everything that the program shows."""
        script = Path(__file__).with_name("read_names.py")
        return list(json.loads(self.run(SYSTEM_PYTHON, script, "tokenwatch")))

    def windows(self) -> list[str]:
        found = self.run("xdotool", "search", "--onlyvisible", "--class", "tokenwatch", check=False).split()
        return [self.run("xdotool", "getwindowname", number, check=False).strip() for number in found]

    @contextmanager
    def app(self, home: Path, *arguments: str, quiet: bool = True, **environment: str) -> Iterator[App]:
        """The program, until the block ends. ``quiet``: it may write nothing on standard error that is ours."""
        inside = {
            name: value
            for name, value in self.environment.items()
            if not name.startswith("XDG_") or name == "XDG_RUNTIME_DIR" or name.startswith("XDG_CURRENT")
        }
        inside |= {"HOME": str(home), "TZ": "UTC", **environment}
        log = self.folder / f"app-{time.monotonic_ns()}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*self.program, *arguments], env=inside, cwd=ROOT, stdout=output, stderr=output
            )
        self.running.append(process)
        app = App(self, process, home, inside, log)
        try:
            yield app
        finally:
            app.end()
        if quiet:
            assert "Traceback" not in app.said(), app.said()
            assert "tokenwatch" not in app.said().lower(), app.said()


@dataclass
class App:
    desktop: Desktop
    process: subprocess.Popen[bytes]
    home: Path
    environment: dict[str, str]
    log: Path

    def said(self) -> str:
        """What it wrote, without Qt's remarks on services that this desktop lacks."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(line for line in lines if not line.startswith(("qt.qpa.", "dbus reply error")))

    def wait_for_icon(self) -> App:
        until(self.desktop.item, "an icon in the tray")
        until(lambda: "loading" not in self.desktop.tooltip().lower(), "figures in the tooltip")
        return self

    def command(self, *arguments: str) -> str:
        """What the command line says beside the running program."""
        done = subprocess.run(
            [*self.desktop.program, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.command("status", "--json"))
        return found

    def end(self) -> int:
        """Ask it to end as a log-out does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            pytest.fail("the program did not end within 10 seconds of being asked to", pytrace=False)


@contextmanager
def desktop_session(shared: Path, folder: Path, *options: str) -> Iterator[Desktop]:
    """A session with these options of ``session``, until the block ends."""
    told = folder / "environment"
    keep = f'env -0 > "{told}.part" && mv "{told}.part" "{told}"; cat > /dev/null'
    process = subprocess.Popen(
        [str(shared / "desktop" / "session"), "--timeout", "600", *options, "--", "sh", "-c", keep],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        end = time.monotonic() + 60
        while not told.exists():
            if process.poll() is not None or time.monotonic() > end:
                process.kill()
                said = process.stdout.read().decode() if process.stdout else ""
                pytest.fail(f"the desktop session did not start: {said}", pytrace=False)
            time.sleep(0.05)
        pairs = told.read_bytes().rstrip(b"\0").split(b"\0")
        environment = dict(os.fsdecode(pair).split("=", 1) for pair in pairs)
        yield Desktop(environment, folder)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def desktop(shared: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desktop]:
    """A fresh session; ``@pytest.mark.session("--dark", ...)`` gives it options."""
    marker = request.node.get_closest_marker("session")
    folder = tmp_path / "session"
    folder.mkdir()
    with desktop_session(shared, folder, *(marker.args if marker else ())) as found:
        yield found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture(scope="session")
def corpus(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of 100 MB of logs that end now; made once, copied by whoever changes it."""
    made = tmp_path_factory.mktemp("corpus") / "home"
    today = time.strftime("%Y-%m-%d", time.gmtime())
    maker = shared / "corpus" / "make_corpus.py"
    command = [
        sys.executable,
        str(maker),
        "--out",
        str(made),
        "--size",
        "100MB",
        "--seed",
        "1",
        "--traps",
        "--end",
        today,
    ]
    subprocess.run(command, check=True, capture_output=True)
    return made


@pytest.fixture
def corpus_home(corpus: Path, home: Path) -> Path:
    shutil.copytree(corpus, home, dirs_exist_ok=True)
    return home
