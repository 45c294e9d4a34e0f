"""The app and ``status`` say the same of the same logs: after the first start, a later one, and while hidden."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic

import pytest

from tests.agent_homes import fixture_homes, install
from tests.engine.conftest import PATIENCE, RECORDED, Running, Start
from tokenwatch.base.clock import Clock, FixedClock, SystemClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Session
from tokenwatch.engine import look_once
from tokenwatch.engine.engine import Engine

SETTINGS = Settings(timezone="UTC")
HOMES = [
    pytest.param(home, id=f"{agent}-{home.name}")
    for agent, home in fixture_homes()
    if agent in ("claude-code", "codex", "copilot-cli", "gemini-cli", "kimi", "opencode", "qwen-code")
]
"""Of agents whose logs tell of turns: lines, documents and databases."""

Said = dict[tuple[str, str], tuple[str, str, tuple[str, ...]]]


def said(rows: tuple[Session, ...]) -> Said:
    """What is told of each session that has no process; agents that run on this computer are left out."""
    return {
        (row.agent, row.session): (row.state, row.confidence, tuple(sorted(sub.id for sub in row.sub_agents)))
        for row in rows
        if row.pid is None
    }


def settled(running: Running) -> Said:
    """What the app says when everything was read and two more looks have confirmed it."""
    looks = SimpleQueue[None]()
    tracker = running.engine._live._tracker
    tick = tracker.tick
    running.until_read()

    def watched(*, fresh: bool = True):
        result = tick(fresh=fresh)
        looks.put(None)
        return result

    tracker.tick = watched  # type: ignore[method-assign]
    end, seen = monotonic() + PATIENCE, 0
    while seen < 4:
        running.engine.refresh()
        try:
            looks.get(timeout=0.2)
            seen += 1
        except Empty:
            assert monotonic() < end
    return said(running.nudge().figures.sessions)


def engine(paths: Paths, clock: Clock) -> Engine:
    return Engine(paths, clock, SETTINGS)


def agree(paths: Paths, clock: Clock, start: Start, *, visible: bool) -> Said:
    """After the first start and after another one, as a command says it; returns what all said."""
    apps = []
    for _ in range(2):
        app = engine(paths, clock)
        app.set_visible(visible)
        running = start(app)
        apps.append(settled(running))
        running.engine.stop(PATIENCE)
    once = said(look_once.snapshot(paths, clock, SETTINGS).figures.sessions)
    assert apps == [once, once]
    return once


def newest(paths: Paths) -> int:
    """The time of the last use that the ledger knows."""
    with closing(sqlite3.connect(f"{paths.ledger.as_uri()}?mode=ro", uri=True)) as connection:
        (time,) = connection.execute("SELECT max(time) FROM records").fetchone()
    return int(time)


@pytest.mark.parametrize("visible", [False, True], ids=["hidden", "open"])
def test_recorded_logs_as_they_were_at_their_end(agents_home: Paths, start: Start, visible: bool) -> None:
    assert agree(agents_home, FixedClock(RECORDED), start, visible=visible)


@pytest.mark.parametrize("home", HOMES)
def test_every_agents_logs_as_they_were_at_their_end(home: Path, tmp_path: Path, start: Start) -> None:
    look_once.snapshot(Paths.below(install(home, tmp_path / "first")), FixedClock(2_000_000_000_000), SETTINGS)
    at = newest(Paths.below(tmp_path / "first")) + 1_000
    paths = Paths.below(install(home, tmp_path / "home"))
    for path in paths.home.rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            os.utime(path, ns=(at * 1_000_000, at * 1_000_000))
    agree(paths, FixedClock(at), start, visible=False)


@pytest.mark.parametrize("visible", [False, True], ids=["hidden", "open"])
def test_a_home_that_was_copied_just_now_has_nobody_at_work(recorded_home: Path, start: Start, visible: bool) -> None:
    for path in recorded_home.rglob("*"):
        os.utime(path)
    paths = Paths.below(recorded_home)
    assert agree(paths, SystemClock(), start, visible=visible) == {}
    told = subprocess.run(
        [sys.executable, "-m", "tokenwatch", "status", "--json"],
        env={**os.environ, "HOME": str(recorded_home), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""},
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    assert [row for row in json.loads(told.stdout)["sessions"] if row["pid"] is None] == []
