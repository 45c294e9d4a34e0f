"""A cast of agents for scripted scenes: processes that look like real ones, with the files those keep.

Owns starting, stopping and what each writes; a process that stands for an agent is the system's own ``sleep`` or a
small script under the agent's name. None of them uses tokens, so that only the count changes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.desktop.agent import stamp

_LAST_PID = Path("/proc/sys/kernel/ns_last_pid")
_LAUNCHER = """
import subprocess, sys
child = subprocess.Popen([{name!r}, *sys.argv[1:]], executable="/bin/sleep")
print(child.pid, flush=True)
child.wait()
"""
_SPAWNER = """
import subprocess, sys
print(flush=True)
for line in sys.stdin:
    child = subprocess.Popen([{name!r}, line.strip()], executable="/bin/sleep")
    print(child.pid, flush=True)
"""


def ticks(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]


def append(path: Path, *lines: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write("".join(json.dumps(line) + "\n" for line in lines))


@dataclass
class Cast:
    """Everybody on the stage. ``home`` is where they keep their files."""

    home: Path
    running: list[subprocess.Popen[str]] = field(default_factory=list)
    children: list[int] = field(default_factory=list)

    def program(self, name: str, *arguments: str, project: str = "shop") -> subprocess.Popen[str]:
        """A native program of that name."""
        work = self.home / "code" / project
        work.mkdir(parents=True, exist_ok=True)
        made = subprocess.Popen([name, *(arguments or ("600",))], executable="/bin/sleep", cwd=work, text=True)
        self.running.append(made)
        return made

    def launcher(self, name: str, project: str = "shop") -> tuple[subprocess.Popen[str], int]:
        """A script of that name that starts the real program, as package managers install it; the program's pid."""
        work, script = self.home / "code" / project, self.home / "bin" / name
        for folder in (work, script.parent):
            folder.mkdir(parents=True, exist_ok=True)
        script.write_text(_LAUNCHER.format(name=name))
        made = subprocess.Popen(
            [sys.executable, str(script), "600"], cwd=work, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.running.append(made)
        assert made.stdout is not None
        self.children.append(int(made.stdout.readline()))
        return made, self.children[-1]

    def script(self, name: str, project: str = "shop") -> subprocess.Popen[str]:
        """A script of that name, which is the agent itself; see :meth:`nest`."""
        work, script = self.home / "code" / project, self.home / "bin" / name
        for folder in (work, script.parent):
            folder.mkdir(parents=True, exist_ok=True)
        script.write_text(_SPAWNER.format(name=name))
        made = subprocess.Popen(
            [sys.executable, str(script)], cwd=work, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.running.append(made)
        assert made.stdout is not None
        made.stdout.readline()
        return made

    def nest(self, process: subprocess.Popen[str]) -> int:
        """Have a script start its like as a program of its own; the pid of that."""
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("601\n")
        process.stdin.flush()
        self.children.append(int(process.stdout.readline()))
        return self.children[-1]

    def with_pid(self, pid: int, start: Callable[[], subprocess.Popen[str]]) -> subprocess.Popen[str] | None:
        """Start a program that is given this pid again; None where the system does not allow to ask for it."""
        for _ in range(50):
            try:
                _LAST_PID.write_text(str(pid - 1))
            except OSError:
                return None
            made = start()
            if made.pid == pid:
                return made
            self.end(made)
        return None

    def end(self, process: subprocess.Popen[str], how: signal.Signals = signal.SIGKILL) -> None:
        process.send_signal(how)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        if process in self.running:
            self.running.remove(process)

    def close(self) -> None:
        for pid in self.children:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for process in list(self.running):
            self.end(process)

    # Claude Code

    def registered(self, pid: int, session: str, status: str, project: str = "shop", **more: Any) -> Path:
        now = int(time.time() * 1000)
        found = {
            "pid": pid,
            "sessionId": session,
            "cwd": str(self.home / "code" / project),
            "startedAt": now,
            "procStart": ticks(pid),
            "version": "2.1.197",
            "kind": "interactive",
            "entrypoint": "cli",
            "statusUpdatedAt": now,
        }
        found |= {"status": status} if status else {}
        path = self.home / ".claude" / "sessions" / f"{pid}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".tmp").write_text(json.dumps(found | more))
        path.with_suffix(".tmp").rename(path)
        return path

    def transcript(self, session: str, kind: str, agent: str = "", project: str = "shop", stop: str = "") -> None:
        """A person's words, or the model's last ones of a turn, of a session or its sub-agent."""
        folder = self.home / ".claude" / "projects" / f"-code-{project}"
        path = folder / session / "subagents" / f"agent-{agent}.jsonl" if agent else folder / f"{session}.jsonl"
        message: dict[str, Any] = {"role": kind, "content": [{"type": "text", "text": "hello"}]}
        if stop:
            message |= {"stop_reason": stop, "model": "claude-opus-4-5"}
        line = {
            "type": kind,
            "timestamp": stamp(),
            "sessionId": session,
            "cwd": str(self.home / "code" / project),
            "isSidechain": bool(agent),
            "message": message,
        }
        if agent:
            beside = path.with_suffix(".meta.json")
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps({"agentType": "Explore", "toolUseId": f"toolu_{agent}"}))
        append(path, line | ({"agentId": agent} if agent else {}))

    # Codex

    def rollout(self, thread: str, *events: str, project: str = "api") -> None:
        """``task_started`` and the like; the first ones of a thread after its first line."""
        path = (
            self.home / ".codex" / "sessions" / "2026" / "11" / "28" / f"rollout-2026-11-28T10-00-00-{thread}.jsonl"
        )
        if not path.exists():
            about = {"id": thread, "timestamp": stamp(), "cwd": str(self.home / "code" / project), "source": "cli"}
            append(path, {"timestamp": stamp(), "type": "session_meta", "payload": about})
        for event in events:
            payload = {"type": event, "turn_id": "t1"}
            append(path, {"timestamp": stamp(), "type": "event_msg", "payload": payload})
