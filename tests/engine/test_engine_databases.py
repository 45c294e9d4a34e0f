"""The engine beside agents with databases: what they write is on the next snapshot, also in a -wal alone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.engine.conftest import NOW, Start
from tests.pinned_clock import QuickClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.engine.engine import Engine
from tokenwatch.readers.protocol import readers

CREATED = 1_795_430_000_000
"""2026-11-23, the day of the clock."""


def write(agent: sqlite3.Connection, name: str, output: int) -> None:
    data = {"role": "assistant", "modelID": "m", "tokens": {"input": 0, "output": output}}
    moment = CREATED + output
    agent.execute("INSERT INTO message VALUES (?, 's', ?, ?, ?)", (name, moment, moment, json.dumps(data)))


def begin(home: Path, start: Start, *agents: str):
    home.mkdir(exist_ok=True)
    known = {agent: readers()[agent] for agent in agents}
    paths = Paths.below(home, TZ="UTC")
    # Time passes: a commit is in the file before it can be read, so what was written just now is read again later.
    running = start(Engine(paths, QuickClock(NOW, times=1), Settings(timezone="UTC"), by_id=known))
    running.until_read()
    return running


def test_rows_in_the_wal_of_a_database_reach_the_next_snapshot(tmp_path: Path, start: Start) -> None:
    folder = tmp_path / "home" / ".local" / "share" / "opencode"
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "opencode.db", isolation_level=None)) as agent:
        agent.execute("PRAGMA journal_mode=WAL")
        agent.execute("CREATE TABLE message (id TEXT PRIMARY KEY, session_id, time_created, time_updated, data)")
        running = begin(tmp_path / "home", start, "opencode")
        write(agent, "m1", 10)
        running.until_tokens(10)
        write(agent, "m2", 20)
        running.until_tokens(30)
        assert sorted(path.name for path in folder.iterdir()) == ["opencode.db", "opencode.db-shm", "opencode.db-wal"]


def test_an_agent_with_a_database_that_is_installed_later_is_noticed(tmp_path: Path, start: Start) -> None:
    running = begin(tmp_path / "home", start, "opencode", "codex")
    folder = tmp_path / "home" / ".local" / "share" / "opencode"
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "opencode.db", isolation_level=None)) as agent:
        agent.execute("PRAGMA journal_mode=WAL")
        agent.execute("CREATE TABLE message (id TEXT PRIMARY KEY, session_id, time_created, time_updated, data)")
        write(agent, "m1", 10)
        running.until_tokens(10)
        write(agent, "m2", 20)
        running.until_tokens(30)


def test_a_document_that_is_written_anew_reaches_the_next_snapshot(tmp_path: Path, start: Start) -> None:
    chats = tmp_path / "home" / ".gemini" / "tmp" / "shop" / "chats"
    chats.mkdir(parents=True)
    running = begin(tmp_path / "home", start, "gemini-cli")
    messages = []
    for number in (1, 2):
        tokens = {"input": 0, "output": 10, "total": 10}
        time = f"2026-11-23T10:00:0{number}.000Z"
        messages.append({"id": f"m{number}", "timestamp": time, "type": "gemini", "model": "m", "tokens": tokens})
        (chats / "session-1.json").write_text(json.dumps({"sessionId": "s1", "messages": messages}, indent=2))
        running.until_tokens(10 * number)


def test_a_folder_named_in_the_settings_counts_at_once(tmp_path: Path, start: Start) -> None:
    chats = tmp_path / "other" / ".gemini" / "tmp" / "shop" / "chats"
    chats.mkdir(parents=True)
    tokens = {"input": 0, "output": 10, "total": 10}
    message = {"id": "m1", "timestamp": "2026-11-23T10:00:00.000Z", "type": "gemini", "model": "m", "tokens": tokens}
    (chats / "session-1.json").write_text(json.dumps({"sessionId": "s1", "messages": [message]}))
    running = begin(tmp_path / "home", start, "gemini-cli")
    named = Settings(timezone="UTC", folders=(("gemini-cli", (str(tmp_path / "other"),)),))
    running.engine.change_settings(named)
    running.engine.refresh()
    running.until_tokens(10)
