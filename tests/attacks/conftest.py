"""A home whose logs are written by somebody who means harm, and the program run in it as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.faults.conftest import Figure
from tests.faults.conftest import figure as figure
from tests.readers.conftest import lines

CANARY = "canary-7f3a9c1e"
HOSTILE = "<img src=file:///etc/passwd>\x1b[31m\u202e=cmd|' /C calc'!A0&amp;'); DROP TABLE records;--"


def answer(number: int, text: str = CANARY, **more: object) -> dict[str, object]:
    """One response as Claude Code logs it, with ``text`` wherever a person or a model wrote something."""
    return {
        "type": "assistant",
        "timestamp": "2026-11-20T10:00:00.000Z",
        "sessionId": "0f7a3b52-0000-4000-8000-000000000001",
        "cwd": "/work/acme",
        "gitBranch": "main",
        "requestId": f"req_{number}",
        "message": {
            "id": f"msg_{number}",
            "model": "claude-opus-4-5-20251101",
            "role": "assistant",
            "content": [
                {"type": "text", "text": text},
                {"type": "thinking", "thinking": text},
                {"type": "tool_use", "id": "t", "name": "Bash", "input": {"command": f"echo {text}"}},
            ],
            "usage": {"input_tokens": 10, "output_tokens": number},
        },
        **more,
    }


def asked(text: str = CANARY) -> dict[str, object]:
    return {
        "type": "user",
        "timestamp": "2026-11-20T09:59:00.000Z",
        "sessionId": "0f7a3b52-0000-4000-8000-000000000001",
        "cwd": "/work/acme",
        "message": {"role": "user", "content": [{"type": "text", "text": text}]},
        "toolUseResult": {"stdout": text, "file": {"content": text}},
    }


def write_log(home: Path, *objects: object, name: str = "a") -> Path:
    path = home / ".claude" / "projects" / "-work-acme" / f"{name}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lines(*objects))  # type: ignore[arg-type]
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


__all__ = ["Figure", "Run", "figure", "run"]
