"""Stand-ins for agents: processes that look like one, registry files, and log lines as they write them."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def stamp() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


@dataclass
class Claude:
    """A process called ``claude`` with a registry file and a transcript."""

    home: Path
    process: subprocess.Popen[bytes]
    session: str
    said: int = 0

    @classmethod
    def start(cls, home: Path, session: str = "9d6f2c1a-0000-4000-8000-00000000abcd") -> Claude:
        work = home / "code" / "atlas-api"
        work.mkdir(parents=True, exist_ok=True)
        process = subprocess.Popen(["claude", "600"], executable="/bin/sleep", cwd=work)
        return cls(home, process, session)

    @property
    def transcript(self) -> Path:
        return self.home / ".claude" / "projects" / "-atlas-api" / f"{self.session}.jsonl"

    def registered(self, status: str, **more: Any) -> None:
        """Its registry file says this now; written as agents do, beside and renamed."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        now = int(time.time() * 1000)
        found = {
            "pid": self.process.pid,
            "sessionId": self.session,
            "cwd": str(self.home / "code" / "atlas-api"),
            "startedAt": now,
            "procStart": fields[19],
            "version": "2.1.197",
            "kind": "interactive",
            "entrypoint": "cli",
            "status": status,
            "statusUpdatedAt": now,
        }
        path = self.home / ".claude" / "sessions" / f"{self.process.pid}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".tmp").write_text(json.dumps(found | more))
        path.with_suffix(".tmp").rename(path)

    def answers(self, output: int, *, fresh: int = 10, model: str = "claude-opus-4-5-20251101") -> None:
        """One response is written to its transcript."""
        self.said += 1
        line = {
            "type": "assistant",
            "timestamp": stamp(),
            "sessionId": self.session,
            "cwd": str(self.home / "code" / "atlas-api"),
            "requestId": f"req_{self.session}_{self.said}",
            "message": {
                "id": f"msg_{self.session}_{self.said}",
                "model": model,
                "role": "assistant",
                "content": [],
                "stop_reason": "tool_use",
                "usage": {"input_tokens": fresh, "output_tokens": output},
            },
        }
        self.transcript.parent.mkdir(parents=True, exist_ok=True)
        with self.transcript.open("a") as file:
            file.write(json.dumps(line) + "\n")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
