"""Agents: stand-ins for open coding sessions - a process, its registry file, and lines as Claude Code writes them.

Owns making and ending them in a home. Figures depend on nothing else of the lines than what is written here.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

MODEL = "claude-sonnet-4-5-20250929"


@dataclass
class Agent:
    """A process called ``claude`` that sleeps, and a transcript. ``config`` is its configuration folder."""

    config: Path
    number: int
    process: subprocess.Popen[bytes]
    said: int = 0

    @property
    def session(self) -> str:
        return str(UUID(int=0xBE << 120 | self.number))

    @property
    def transcript(self) -> Path:
        return self.config / "projects" / f"-home-dev-open-{self.number}" / f"{self.session}.jsonl"

    def register(self, status: str) -> None:
        """Its registry file says this now."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        now = int(time.time() * 1000)
        said = {
            "pid": self.process.pid,
            "sessionId": self.session,
            "cwd": f"/home/dev/open/{self.number}",
            "startedAt": now,
            "procStart": fields[19],
            "version": "2.1.197",
            "kind": "interactive",
            "entrypoint": "cli",
            "status": status,
            "statusUpdatedAt": now,
        }
        path = self.config / "sessions" / f"{self.process.pid}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".tmp").write_text(json.dumps(said))
        path.with_suffix(".tmp").rename(path)

    def lines(self, outputs: list[int]) -> bytes:
        """A line for each response, of so many output tokens."""
        written = []
        for output in outputs:
            self.said += 1
            line = {
                "parentUuid": str(UUID(int=self.said)),
                "isSidechain": False,
                "userType": "external",
                "cwd": f"/home/dev/open/{self.number}",
                "sessionId": self.session,
                "version": "2.1.197",
                "gitBranch": "main",
                "message": {
                    "model": MODEL,
                    "id": f"msg_{self.number}_{self.said}",
                    "type": "message",
                    "role": "assistant",
                    "content": [{"type": "text", "text": "word " * 150}],
                    "stop_reason": "tool_use",
                    "usage": {
                        "input_tokens": 0,
                        "cache_creation_input_tokens": 0,
                        "cache_read_input_tokens": 20_000,
                        "output_tokens": output,
                        "service_tier": "standard",
                    },
                },
                "requestId": f"req_{self.number}_{self.said}",
                "type": "assistant",
                "uuid": str(UUID(int=self.said + 1)),
                "timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            }
            written.append(json.dumps(line, separators=(",", ":")))
        return ("\n".join(written) + "\n").encode()

    def append(self, outputs: list[int]) -> int:
        """Write them at the end of the transcript at once; the moment before that, nanoseconds (monotonic clock)."""
        data = self.lines(outputs)
        with self.transcript.open("ab", buffering=0) as file:
            moment = time.monotonic_ns()
            file.write(data)
        return moment


@contextmanager
def sessions(config: Path, number: int, status: str) -> Iterator[list[Agent]]:
    """So many open sessions, each with one response in its transcript, until the block ends."""
    made: list[Agent] = []
    try:
        for each in range(number):
            process = subprocess.Popen(["claude", "100000"], executable="/bin/sleep", cwd="/")
            agent = Agent(config, each, process)
            made.append(agent)
            agent.transcript.parent.mkdir(parents=True, exist_ok=True)
            agent.append([10])
            agent.register(status)
        yield made
    finally:
        for agent in made:
            agent.process.kill()
            agent.process.wait()
