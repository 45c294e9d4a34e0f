"""Claude Code's messages about used-up limits: the form that says a moment, and only where Claude Code says it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED
from tokenwatch.base.limits import Quota
from tokenwatch.readers.claude_code import READER
from tokenwatch.readers.claude_code_limits import limits_of
from tokenwatch.readers.protocol import Part, Source

AT = 1_772_442_009_000
RESET = 1_772_455_600


def line(text: str = f"Claude AI usage limit reached|{RESET}", **more: Any) -> bytes:
    message = {
        "id": "local-1", "model": "<synthetic>", "role": "assistant", "content": [{"type": "text", "text": text}],
        "stop_reason": "stop_sequence", "usage": {"input_tokens": 0, "output_tokens": 0},
    }  # fmt: skip
    whole = {
        "type": "assistant", "uuid": "a-3", "timestamp": "2026-03-02T09:00:09.000Z", "sessionId": "s",
        "isApiErrorMessage": True, "message": message,
    }  # fmt: skip
    return json.dumps({**whole, **more}).encode() + b"\n"


def quota(window: str = "5h", resets: int = RESET, at: int = AT) -> Quota:
    return Quota("anthropic", "", window, 100.0, resets * 1000, at)


def test_message_tells_a_used_up_limit_and_its_reset() -> None:
    assert limits_of(line(), MODIFIED) == (quota(),)


def test_reader_tells_it_and_counts_nothing() -> None:
    part = Part(Source("claude-code", "/x/s.jsonl", "p/s.jsonl"), line() * 2, 0, MODIFIED)
    result = READER.read(part, b"")
    assert result.records == []
    assert result.quotas == (quota(), quota())


def test_a_reset_later_than_five_hours_is_the_week() -> None:
    later = AT // 1000 + 5 * 3600 + 1
    assert limits_of(line(f"Claude AI usage limit reached|{later}"), MODIFIED) == (quota("7d", later),)


def test_without_a_time_that_of_the_file_counts() -> None:
    now = RESET * 1000 - 60_000
    assert limits_of(line(timestamp=None), now) == (quota(at=now),)


@pytest.mark.parametrize(
    "written",
    [
        line(isApiErrorMessage=False),
        line(isApiErrorMessage="true"),
        line(type="user"),
        line("He said: Claude AI usage limit reached|1772455600"),
        line("Claude AI usage limit reached|0"),
        line("Claude AI usage limit reached|soon"),
        line("Claude AI usage limit reached|9999999999"),
        line("You've hit your limit · resets 3pm (Europe/Berlin)"),
        line(message=None),
        line(message={"content": 7}),
        line()[:-20] + b"\n",
        b'{"a": "usage limit reached|"}\n',
        b"[" * 50_000 + b"usage limit reached|\n",
    ],
)
def test_everything_else_tells_nothing(written: bytes) -> None:
    assert limits_of(written, MODIFIED) == ()
