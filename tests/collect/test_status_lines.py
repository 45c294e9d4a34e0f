"""Status lines: what is read of the bridge's files, which session's reading holds, and bad files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tokenwatch.base.limits import Quota
from tokenwatch.collect.status_lines import quotas_of, read_status_lines

NOW = 1_790_000_000_000
MINUTE, HOUR = 60_000, 3_600_000
RESET = NOW // 1000 + 7200


def put(folder: Path, session: str = "s-1", **more: Any) -> None:
    told = {
        "at": NOW - 1000, "limits_at": NOW - 2000, "session": session, "model": "m", "cost": {},
        "rate_limits": {"five_hour": {"used_percentage": 34.5, "resets_at": RESET}},
        "context_window": {"context_window_size": 200_000, "current_usage": {
            "input_tokens": 8, "cache_creation_input_tokens": 226, "cache_read_input_tokens": 41_000}},
    }  # fmt: skip
    (folder / f"{session}.json").write_text(json.dumps({**told, **more}), encoding="utf-8")


def limits(used: float, resets: Any = RESET, name: str = "five_hour") -> dict[str, Any]:
    return {name: {"used_percentage": used, "resets_at": resets}}


def quota(used: float, resets_at: int | None = RESET * 1000, at: int = NOW - 2000, window: str = "5h") -> Quota:
    return Quota("anthropic", "", window, used, resets_at, at)


def test_a_session_tells_limits_and_context(tmp_path: Path) -> None:
    put(tmp_path)
    (line,) = read_status_lines(tmp_path, NOW)
    assert (line.session, line.at, line.context_tokens, line.context_window) == ("s-1", NOW - 1000, 41_234, 200_000)
    assert line.quotas == (quota(34.5),)


def test_windows_are_five_hours_and_the_week(tmp_path: Path) -> None:
    put(tmp_path, rate_limits={**limits(1), **limits(2, name="seven_day"), **limits(3, name="something_new")})
    (line,) = read_status_lines(tmp_path, NOW)
    assert [(quota.window, quota.used_percent) for quota in line.quotas] == [("5h", 1.0), ("7d", 2.0)]


def test_in_one_window_the_session_that_saw_most_holds(tmp_path: Path) -> None:
    put(tmp_path, "busy", rate_limits=limits(60), limits_at=NOW - 5 * MINUTE)
    put(tmp_path, "idle", rate_limits=limits(40, RESET + 1), limits_at=NOW - 10)
    assert quotas_of(read_status_lines(tmp_path, NOW)) == (quota(60, at=NOW - 5 * MINUTE),)


def test_a_later_window_holds_whatever_an_old_session_says(tmp_path: Path) -> None:
    put(tmp_path, "old", rate_limits=limits(97, RESET - 5 * 3600))
    put(tmp_path, "new", rate_limits=limits(3))
    assert quotas_of(read_status_lines(tmp_path, NOW)) == (quota(3),)


def test_without_limits_there_is_no_reading(tmp_path: Path) -> None:
    put(tmp_path, rate_limits={})
    (line,) = read_status_lines(tmp_path, NOW)
    assert line.quotas == ()
    assert line.context_window == 200_000


@pytest.mark.parametrize("used", [-1, 1001, "12", True, None, [], 1e400])
def test_a_percentage_that_makes_no_sense_is_left_out(tmp_path: Path, used: Any) -> None:
    put(tmp_path, rate_limits=limits(used))
    assert quotas_of(read_status_lines(tmp_path, NOW)) == ()


@pytest.mark.parametrize("resets", [None, "soon", -5, 0, True, RESET + 10**8, 1, 10**15])
def test_a_reset_that_makes_no_sense_is_unknown(tmp_path: Path, resets: Any) -> None:
    put(tmp_path, rate_limits=limits(5, resets))
    assert quotas_of(read_status_lines(tmp_path, NOW)) == (quota(5, None),)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"{}", b"\xff", b"[" * 50_000, b'{"session": 1, "at": 2, "limits_at": 3}']
)
def test_bad_files_tell_nothing_and_hide_nothing(tmp_path: Path, content: bytes) -> None:
    put(tmp_path)
    (tmp_path / "bad.json").write_bytes(content)
    assert len(read_status_lines(tmp_path, NOW)) == 1


def test_a_time_in_the_future_is_not_believed(tmp_path: Path) -> None:
    put(tmp_path, at=NOW + HOUR)
    assert read_status_lines(tmp_path, NOW) == ()


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "link.json").symlink_to("/dev/zero")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.json")
    assert len(read_status_lines(tmp_path, NOW)) == 1


def test_sessions_of_last_week_are_forgotten(tmp_path: Path) -> None:
    put(tmp_path, "old", at=NOW - 9 * 24 * HOUR)
    put(tmp_path, "new")
    assert [line.session for line in read_status_lines(tmp_path, NOW)] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["new.json"]


def test_without_a_folder_there_is_nothing(tmp_path: Path) -> None:
    assert read_status_lines(tmp_path / "nowhere", NOW) == ()
