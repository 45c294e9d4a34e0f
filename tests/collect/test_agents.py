"""Every agent's home through the scanner, databases open or closed: the expected records, and nothing touched."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.agent_homes import fixture_homes, install
from tests.collect.home import NOW, Home
from tests.readers.conftest import facts
from tests.readers.pieces import MODIFIED
from tokenwatch.base.clock import FixedClock
from tokenwatch.ledger.rows import SELECT_ROWS, Row
from tokenwatch.ledger.schema import open_for_reading
from tokenwatch.readers.protocol import AsksDatabases, readers

homes = pytest.mark.parametrize(("agent", "home"), fixture_homes(), ids=lambda value: getattr(value, "name", value))


def told(home: Home) -> list[dict[str, object]]:
    connection = open_for_reading(home.paths.ledger)
    try:
        found = [Row.of(row).record for row in connection.execute(SELECT_ROWS)]
    finally:
        connection.close()
    found.sort(key=lambda record: (record.time, record.session, record.total, record.family))
    said = [facts(record) for record in found]
    for entry in said:
        if str(entry.get("project", "")).startswith(str(home.root)):
            del entry["project"]  # where a source stands tells its project, which differs here
    return said


@contextmanager
def opened(root: Path) -> Iterator[None]:
    """All databases in WAL mode and open, as while their agents run."""
    connections = []
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3":
            connection = sqlite3.connect(path, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE touched (x)")
            connections.append(connection)
    set_back(root)
    try:
        yield
    finally:
        for connection in connections:
            connection.close()


def set_back(root: Path) -> None:
    """Some records have no time but their file's."""
    for path in root.rglob("*"):
        os.utime(path, ns=(MODIFIED * 1_000_000, MODIFIED * 1_000_000))


def state_of(root: Path) -> dict[str, tuple[int, int]]:
    return {
        path.relative_to(root).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@homes
def test_a_home_comes_to_the_expected_records_and_stays_as_it_is(tmp_path: Path, agent: str, home: Path) -> None:
    root = install(home, tmp_path / "home")
    set_back(root)
    before = state_of(root)
    scanned = Home(root, {agent: readers()[agent]}, data=tmp_path / "data")
    try:
        scanned.read()
        assert told(scanned) == json.loads((home / "expected.json").read_text(encoding="utf-8"))
        assert scanned.scanner.failures == {}
        scanned.read()
        scanned.ledger.forget_checkpoints()
        scanned.read()
        assert told(scanned) == json.loads((home / "expected.json").read_text(encoding="utf-8"))
    finally:
        scanned.end()
    assert state_of(root) == before


databases = pytest.mark.parametrize(
    ("agent", "home"),
    [entry for entry in fixture_homes() if isinstance(readers()[entry[0]], AsksDatabases)],
    ids=lambda value: getattr(value, "name", value),
)


@databases
def test_a_database_that_is_open_is_read_with_what_is_not_in_its_file_yet(
    tmp_path: Path, agent: str, home: Path
) -> None:
    root = install(home, tmp_path / "home")
    with opened(root):
        before = state_of(root)
        scanned = Home(root, {agent: readers()[agent]}, data=tmp_path / "data")
        try:
            scanned.read()
            assert told(scanned) == json.loads((home / "expected.json").read_text(encoding="utf-8"))
        finally:
            scanned.end()
        assert state_of(root) == before


def test_a_change_in_the_wal_alone_is_noticed_by_a_hint_and_by_a_scan(tmp_path: Path) -> None:
    folder = tmp_path / "home" / ".local" / "share" / "opencode"
    folder.mkdir(parents=True)
    path = folder / "opencode.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as agent:
        agent.execute("PRAGMA journal_mode=WAL")
        agent.execute("CREATE TABLE message (id TEXT PRIMARY KEY, session_id, time_created, time_updated, data)")
        scanned = Home(tmp_path / "home", {"opencode": readers()["opencode"]}, data=tmp_path / "data")
        try:
            scanned.read()
            for number, look in enumerate((scanned.finish, scanned.read), start=1):
                data = {"role": "assistant", "modelID": "m", "tokens": {"input": 7, "output": 3}}
                created = 1_772_442_000_000 + number
                row = (f"m{number}", "s", created, created, json.dumps(data))
                agent.execute("INSERT INTO message VALUES (?, ?, ?, ?, ?)", row)
                if number == 1:
                    assert scanned.scanner.hint([Path(f"{path}-wal")])
                look()
                assert scanned.total == (number, 10 * number)
            assert os.stat(path).st_size < os.stat(f"{path}-wal").st_size
        finally:
            scanned.end()


@pytest.mark.parametrize("fresh", [True, False])
def test_a_database_that_was_written_just_now_is_read_again_though_nothing_tells_of_a_change(
    tmp_path: Path, fresh: bool
) -> None:
    folder = tmp_path / "home" / ".local" / "share" / "opencode"
    folder.mkdir(parents=True)
    path = folder / "opencode.db"

    def write(output: int) -> None:
        data = {"role": "assistant", "modelID": "m", "tokens": {"input": 0, "output": output}}
        row = ("m1", "s", 1_772_442_000_000, 1_772_442_000_000 + output, json.dumps(data))
        with closing(sqlite3.connect(path, isolation_level=None)) as agent:
            columns = "id PRIMARY KEY, session_id, time_created, time_updated, data"
            agent.execute(f"CREATE TABLE IF NOT EXISTS message ({columns})")
            agent.execute("INSERT OR REPLACE INTO message VALUES (?, ?, ?, ?, ?)", row)
        os.utime(path, ns=(moment, moment))

    moment = time.time_ns() if fresh else MODIFIED * 1_000_000
    clock = FixedClock(NOW)
    scanned = Home(tmp_path / "home", {"opencode": readers()["opencode"]}, data=tmp_path / "data", clock=clock)
    try:
        write(10)
        scanned.read()
        assert scanned.total == (1, 10)
        write(20)  # as a commit that was in the file before it could be read
        assert scanned.scanner.again_in == (1.0 if fresh else float("inf"))
        clock.advance(1.0)
        assert scanned.scanner.pending == fresh
        scanned.finish()
        assert scanned.total == (1, 20 if fresh else 10)
    finally:
        scanned.end()


def test_a_database_that_is_locked_is_tried_again_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tokenwatch.readers.database.file._WAIT_SECONDS", 0.01)
    folder = tmp_path / "home" / ".local" / "share" / "opencode"
    folder.mkdir(parents=True)
    clock = FixedClock(NOW)
    scanned = Home(tmp_path / "home", {"opencode": readers()["opencode"]}, data=tmp_path / "data", clock=clock)
    with closing(sqlite3.connect(folder / "opencode.db", isolation_level=None)) as agent:
        agent.execute("CREATE TABLE message (id PRIMARY KEY, session_id, time_created, time_updated, data)")
        agent.execute("BEGIN EXCLUSIVE")
        try:
            scanned.read()
            assert [failure.agent for failure in scanned.scanner.failures.values()] == ["opencode"]
            agent.execute("COMMIT")
            clock.advance(scanned.scanner.again_in)
            scanned.finish()
            assert scanned.scanner.failures == {}
        finally:
            scanned.end()


def test_a_file_beside_a_chat_names_its_project(tmp_path: Path) -> None:
    chats = tmp_path / "home" / ".gemini" / "tmp" / "shop" / "chats"
    chats.mkdir(parents=True)
    (chats.parent / ".project_root").write_text("/home/ana/shop\n")
    header = {"sessionId": "s1", "startTime": "2026-03-02T09:00:00.000Z"}
    tokens = {"input": 0, "output": 10, "total": 10}
    message = {"id": "m1", "timestamp": "2026-03-02T09:00:04.000Z", "type": "gemini", "model": "m", "tokens": tokens}
    (chats / "session-1.jsonl").write_text(f"{json.dumps(header)}\n{json.dumps(message)}\n")
    (chats / "session-2.json").write_text(json.dumps({**header, "sessionId": "s2", "messages": [message]}))
    scanned = Home(tmp_path / "home", {"gemini-cli": readers()["gemini-cli"]}, data=tmp_path / "data")
    try:
        scanned.read()
        assert [entry["project"] for entry in told(scanned)] == ["/home/ana/shop"] * 2
    finally:
        scanned.end()
