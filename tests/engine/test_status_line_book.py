"""Status lines in the engine: from the bridge's file to the figures, at once, and beside open sessions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tokenwatch.base.clock import FixedClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.session import Confidence, Session, State
from tokenwatch.base.settings import Settings
from tokenwatch.engine.core import Core

NOW = 1_790_000_000_000
RESET = NOW // 1000 + 7200


def put(paths: Paths, used: float, **more: Any) -> Path:
    told = {
        "at": NOW - 1000, "limits_at": NOW - 1000, "session": "s-1", "model": "m", "cost": {},
        "rate_limits": {"five_hour": {"used_percentage": used, "resets_at": RESET}},
        "context_window": {"context_window_size": 1_000_000, "current_usage": {"input_tokens": 41_234}},
    }  # fmt: skip
    paths.ensure(paths.data)
    path = paths.ensure(paths.status_lines) / "s-1.json"
    path.write_text(json.dumps({**told, **more}), encoding="utf-8")
    return path


def core_of(paths: Paths) -> Core:
    core = Core(paths, FixedClock(NOW), Settings(timezone="UTC"), by_id={})
    assert core.open()
    return core


def test_what_was_told_is_in_the_figures_after_a_scan(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    put(paths, 34)
    core = core_of(paths)
    core.plan()
    figures = core.snapshot(()).figures
    core.close()
    assert [(quota.provider, quota.window, quota.used_percent) for quota in figures.quotas] == [
        ("anthropic", "5h", 34)
    ]
    assert figures.limits[0].pace_points == 34 - 60


def test_a_file_that_changed_is_read_at_once(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    core = core_of(paths)
    core.plan()
    assert core.snapshot(()).figures.limits == ()
    path = put(paths, 34)
    assert core.hint([path])
    assert core.snapshot(()).figures.limits[0].used_percent == 34
    put(paths, 35, limits_at=NOW - 500)
    assert core.hint([path])
    assert core.snapshot(()).figures.limits[0].used_percent == 35
    assert not core.hint([path])
    core.close()


def test_other_files_do_not_have_status_lines_read(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    core = core_of(paths)
    put(paths, 34)
    assert not core.hint([tmp_path / "x.json", paths.status_lines / "previous"])
    core.close()


def row(**more: Any) -> Session:
    fields = {"context_tokens": 7, "context_window": 200_000, "last_activity": NOW - 2000, **more}
    return Session("claude-code", "s-1", State.IDLE, Confidence.EXACT, **fields)


def test_open_sessions_show_the_context_that_claude_code_tells(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    put(paths, 34)
    core = core_of(paths)
    core.plan()
    beside = core.books.status_lines.beside
    assert [(each.context_tokens, each.context_window) for each in beside([row()])] == [(41_234, 1_000_000)]
    later = row(last_activity=NOW)
    assert [(each.context_tokens, each.context_window) for each in beside([later])] == [(7, 1_000_000)]
    core.close()
