"""A whole run in a real desktop with canaries in everything that is private: each is found where it was put only.

Keys in the keyring and in the environment, a key that was put into the settings by mistake, and what people and
models wrote in logs, registry, command lines and environments of agents. Searched are every file of ours and of the
session, all output, the command lines and environments of every process of ours, and every message on the bus.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.desktop.agent import Claude, stamp
from tests.desktop.conftest import App, Desktop, until
from tests.desktop.test_keyring import KEYS, Steps, holders
from tests.faults.conftest import Figure
from tests.faults.conftest import figure as figure

SAID = "canary-said-5e81f0"
"""What people and models wrote."""
TYPED = "0.000731924681357"
"""On an agent's command line: a number, since what stands for the agent is ``sleep``."""
CARRIED = "sk-ant-api03-canary-carried-41c9"
"""In environments: the user's, which ours inherits, and the agent's."""
MISPLACED = "sk-ant-api03-canary-misplaced-77d0"
"""A key in settings.toml, where none belongs."""
COMMANDS = (
    ("status",),
    ("status", "--json"),
    ("report", "--by", "day,agent,model,project,session,branch,machine", "--json"),
    ("report", "--csv"),
    ("doctor",),
    ("doctor", "--json"),
    ("forecast",),
    ("explain", time.strftime("%Y-%m-%d", time.gmtime())),
    ("prices",),
    ("reconcile",),
    ("statusline",),
    ("autostart", "status"),
)


class Watch(threading.Thread):
    """Command lines and environments of a process and of all that it ever starts, as far as they are seen."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.top = psutil.Process(pid)
        self.seen: dict[tuple[int, float], tuple[list[str], dict[str, str]]] = {}
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.02):
            with contextlib.suppress(psutil.Error):
                for process in (self.top, *self.top.children(recursive=True)):
                    with contextlib.suppress(psutil.Error):
                        key = process.pid, process.create_time()
                        if key not in self.seen or not self.seen[key][0]:
                            self.seen[key] = process.cmdline(), process.environ()

    def end(self) -> None:
        self.ended.set()
        self.join()


@pytest.fixture
def bus(desktop: Desktop) -> Iterator[Path]:
    """Every message on the session's bus, as it was sent."""
    if shutil.which("dbus-monitor") is None:
        pytest.skip("dbus-monitor is not installed")
    path = desktop.folder / "bus.pcap"
    with path.open("wb") as output:
        process = subprocess.Popen(["dbus-monitor", "--session", "--pcap"], env=desktop.environment, stdout=output)
        try:
            until(lambda: path.stat().st_size, "the first message on the bus")
            yield path
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture
def claude(home: Path) -> Iterator[Claude]:
    work = home / "code" / "atlas-api"
    work.mkdir(parents=True)
    process = subprocess.Popen(
        ["claude", "600", TYPED],
        executable="/bin/sleep",
        cwd=work,
        env={"PATH": os.environ["PATH"], "ANTHROPIC_API_KEY": CARRIED},
    )
    agent = Claude(home, process, "9d6f2c1a-0000-4000-8000-00000000abcd")
    yield agent
    agent.end()


def write(agent: Claude, *objects: dict[str, object]) -> None:
    agent.transcript.parent.mkdir(parents=True, exist_ok=True)
    with agent.transcript.open("a") as file:
        for each in objects:
            line = {"timestamp": stamp(), "sessionId": agent.session, "cwd": str(agent.home / "code" / "atlas-api")}
            file.write(json.dumps(line | each) + "\n")


def say(agent: Claude) -> None:
    """A prompt, an answer with thoughts and calls, results, a title, and lines that cannot be read."""
    agent.said += 1
    content = [
        {"type": "text", "text": SAID},
        {"type": "thinking", "thinking": SAID},
        {"type": "tool_use", "id": f"t{agent.said}", "name": "Bash", "input": {"command": SAID, "description": SAID}},
        {"type": "tool_use", "id": f"q{agent.said}", "name": "AskUserQuestion", "input": {"questions": [SAID]}},
    ]
    message = {
        "id": f"msg_{agent.session}_{agent.said}",
        "model": "claude-opus-4-5-20251101",
        "role": "assistant",
        "content": content,
        "stop_reason": "tool_use",
        "usage": {"input_tokens": 900_000, "output_tokens": 900_000},
    }
    write(
        agent,
        {"type": "user", "message": {"role": "user", "content": SAID}},
        {"type": "assistant", "requestId": f"req_{agent.said}", "message": message},
        {"type": "summary", "summary": SAID, "leafUuid": SAID},
        {"type": "queue-operation", "operation": "enqueue", "content": SAID},
        {"type": "user", "toolUseResult": {"stdout": SAID}, "message": {"role": "user", "content": [{"text": SAID}]}},
        {"type": SAID, SAID: SAID},
    )
    with agent.transcript.open("a") as file:
        file.write(f'garbage {SAID}\n{{"type": "assistant", "{SAID}": \n')


def crashed(app: App) -> None:
    """End it as a fault in a library would."""
    app.process.send_signal(signal.SIGSEGV)
    assert app.process.wait(10) == -signal.SIGSEGV


def test_what_is_private_is_found_where_it_was_put_and_nowhere_else(
    desktop: Desktop, home: Path, tmp_path: Path, bus: Path, claude: Claude, figure: Figure
) -> None:
    steps = Steps(desktop, home)
    steps.run("type", keys=KEYS)
    settings = home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f'budget_month_usd = 30\ncheck_bills = true\nlog_detail = "much"\nadmin_key = "{MISPLACED}"\n'
        f'[billing]\nclaude-code = "{MISPLACED}"\n'
    )
    own = {"ANTHROPIC_API_KEY": CARRIED, "OPENAI_API_KEY": CARRIED, "https_proxy": "http://127.0.0.1:9"}
    said: list[str] = []
    watches: list[Watch] = []
    for life in range(2):
        with desktop.app(home, *(["--background"] if life else []), quiet=False, **own) as app:
            watches.append(Watch(app.process.pid))
            watches[-1].start()
            app.wait_for_icon()
            claude.registered("busy", name=SAID, prompt=SAID)
            say(claude)
            until(lambda: "1 " in desktop.tooltip(), "an agent in the tooltip")
            claude.registered("waiting", waitingFor="permission prompt", name=SAID)
            until(lambda: any("%" in note["summary"] for note in desktop.notes()), "a notification of the budget")
            for entry in ("Open TokenWatch", "Settings"):
                desktop.run("tray", "trigger", entry, "tokenwatch", check=False)
            until(desktop.windows, "a window")
            for words in COMMANDS:
                done = subprocess.Popen(
                    [*desktop.program, *words],
                    env=app.environment,
                    cwd=Path(__file__).resolve().parents[2],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
                watches.append(Watch(done.pid))
                watches[-1].start()
                said.append(done.communicate(timeout=60)[0])
                watches[-1].end()
            crashed(app) if life == 0 else app.end()
            watches[0 if life == 0 else -1 - len(COMMANDS)].end()
            said.append(app.log.read_text(encoding="utf-8", errors="replace"))
    time.sleep(0.5)  # the bus's last messages

    data = home / ".local" / "share" / "tokenwatch"
    assert (data / "tokenwatch.log.crash").stat().st_size > 0, "the crash left no report"
    assert "claude-code" in "".join(said)
    files = [path for path in (*tmp_path.rglob("*"), *Path(desktop.environment["HOME"]).rglob("*")) if path.is_file()]
    places = [tmp_path, Path(desktop.environment["HOME"]), Path(desktop.environment["XDG_RUNTIME_DIR"])]
    put = {SAID: [claude.transcript, *(home / ".claude" / "sessions").iterdir()], MISPLACED: [settings]}
    for canary in (*KEYS, SAID, TYPED, CARRIED, MISPLACED):
        found = {path for path in holders(canary, *places) if path not in put.get(canary, ())}
        assert not found, f"{canary} in {found}"
        assert canary not in "".join(said), canary
    seen = [entry for watch in watches for entry in watch.seen.values()]
    for line, environment in seen:
        for canary in (*KEYS, SAID, TYPED, CARRIED, MISPLACED):
            assert canary not in " ".join(line), line[0]
        for canary in (*KEYS, SAID, MISPLACED):
            assert canary not in " ".join(environment.values()), line[0]
    assert len(seen) > len(COMMANDS)
    assert b"org.freedesktop.Notifications" in bus.read_bytes()
    figure(
        f"{len(KEYS) + 4} canaries in {2 * len(COMMANDS)} commands, a crash, {len(seen)} processes, "
        f"{len(files)} files and {bus.stat().st_size // 1024} KiB of messages: 0 hits"
    )


def test_a_canary_on_the_bus_would_be_found(desktop: Desktop, bus: Path, tmp_path: Path) -> None:
    asked = "org.freedesktop.DBus --object-path / --method org.freedesktop.DBus.NameHasOwner"
    desktop.run("gdbus", "call", "--session", "--dest", *asked.split(), f"a.{SAID}")
    until(lambda: bus in holders(SAID, tmp_path), "the message on the bus")
