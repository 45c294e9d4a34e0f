"""Codex's own database of spawned threads: who belongs to whom, who was closed; damaged or odd, it says nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tokenwatch.base.clock import FixedClock
from tokenwatch.base.paths import Paths
from tokenwatch.live import spawns as spawns_module
from tokenwatch.live.sessions import LiveTracker, OpenSession
from tokenwatch.live.spawns import Spawns
from tokenwatch.readers.codex_cli import READER
from tokenwatch.readers.protocol import Spawn, TurnEvent, TurnKind

NOW = 1_795_000_000_000
ROOT, CHILD, GRANDCHILD = "t-root", "t-child", "t-grandchild"
K = TurnKind


class Codex:
    """Its database, as version 5 has it, open as while it runs; and the logs of its threads."""

    def __init__(self, folder: Path) -> None:
        self.paths = Paths.below(folder)
        self.path = folder / ".codex" / "state_5.sqlite"
        self.path.parent.mkdir()
        self.connection = sqlite3.connect(self.path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute(
            "CREATE TABLE thread_spawn_edges (parent_thread_id TEXT NOT NULL, "
            "child_thread_id TEXT NOT NULL PRIMARY KEY, status TEXT NOT NULL)"
        )
        self.connection.execute("CREATE TABLE threads (id TEXT PRIMARY KEY, title TEXT)")
        self.clock = FixedClock(NOW)
        self.tracker = LiveTracker({"codex": READER}, self.paths, self.clock, tuple)

    def spawn(self, parent: Any, child: Any, status: Any = "open") -> None:
        self.connection.execute("INSERT OR REPLACE INTO thread_spawn_edges VALUES (?, ?, ?)", (parent, child, status))

    def log(self, thread: str, *kinds: TurnKind, agent_id: str = "", parent: str = "") -> None:
        time = self.clock.now()
        events = [TurnEvent(kind, thread, time, agent_id=agent_id, parent_session=parent) for kind in kinds]
        self.tracker.feed("codex", f"/logs/{thread}.jsonl", time, events)

    def look(self) -> dict[str, OpenSession]:
        self.clock.advance(2)
        return {one.session: one for one in self.tracker.tick()}


@pytest.fixture
def codex(tmp_path: Path) -> Iterator[Codex]:
    made = Codex(tmp_path)
    with closing(made.connection):
        yield made


def subs(one: OpenSession) -> dict[str, str]:
    return {sub.id: sub.parent for sub in one.sub_agents}


def test_a_closed_thread_is_over_although_its_log_has_an_open_turn(codex: Codex) -> None:
    codex.log(ROOT, K.TURN_OPEN)
    codex.log(CHILD, K.TURN_OPEN, agent_id=CHILD, parent=ROOT)
    codex.spawn(ROOT, CHILD)
    assert subs(codex.look()[ROOT]) == {CHILD: ""}
    codex.spawn(ROOT, CHILD, "closed")
    one = codex.look()[ROOT]
    assert (subs(one), [sub.id for sub in one.finished_sub_agents]) == ({}, [CHILD])


def test_a_closed_thread_that_is_taken_up_again_runs(codex: Codex) -> None:
    codex.log(ROOT, K.TURN_OPEN)
    codex.log(CHILD, K.TURN_OPEN, agent_id=CHILD, parent=ROOT)
    codex.spawn(ROOT, CHILD, "closed")
    codex.look()
    codex.spawn(ROOT, CHILD)
    codex.log(CHILD, K.PROMPT, agent_id=CHILD, parent=ROOT)
    assert subs(codex.look()[ROOT]) == {CHILD: ""}


def test_an_edge_says_who_started_a_thread_whose_log_does_not(codex: Codex) -> None:
    codex.log(ROOT, K.TURN_OPEN)
    codex.log(CHILD, K.TURN_OPEN, agent_id=CHILD, parent=ROOT)
    codex.log(GRANDCHILD, K.TURN_OPEN)
    assert set(codex.look()) == {ROOT, GRANDCHILD}
    codex.spawn(ROOT, CHILD)
    codex.spawn(CHILD, GRANDCHILD)
    found = codex.look()
    assert {name: set(subs(one)) for name, one in found.items()} == {ROOT: {CHILD, GRANDCHILD}}
    codex.log(GRANDCHILD, K.TURN_CLOSED)
    codex.look()
    assert set(subs(codex.look()[ROOT])) == {CHILD}


def test_the_newest_format_is_read(codex: Codex, tmp_path: Path) -> None:
    for name in ("state_4.sqlite", "state_x.sqlite", "state_10.sqlite-wal", "state_9999999.sqlite"):
        (tmp_path / ".codex" / name).write_bytes(b"")
    assert list(READER.spawn_databases(codex.paths)) == [codex.path]
    (tmp_path / ".codex" / "state_10.sqlite").write_bytes(b"")
    assert [path.name for path in READER.spawn_databases(codex.paths)] == ["state_10.sqlite"]


def test_it_is_asked_only_while_sub_agents_seem_to_run_and_when_it_changed(
    codex: Codex, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tokenwatch.readers.database.pages import Database

    asked: list[int] = []
    real = Database.last_page
    monkeypatch.setattr(Database, "last_page", lambda *given: asked.append(1) or real(*given))
    codex.log(ROOT, K.TURN_OPEN)
    codex.spawn(ROOT, CHILD)
    codex.look()
    assert asked == []
    codex.log(CHILD, K.TURN_OPEN, agent_id=CHILD, parent=ROOT)
    for _ in range(3):
        codex.look()
    assert len(asked) == 1
    codex.spawn(ROOT, GRANDCHILD)
    codex.look()
    assert len(asked) == 2


@pytest.mark.parametrize(
    "row",
    [(5, CHILD, "open"), (ROOT, 5, "closed"), (ROOT, ROOT, "closed"), ("", CHILD, "closed"), (None, None, None)],
)
def test_odd_rows_say_nothing(row: tuple[Any, ...]) -> None:
    assert list(READER.spawns([row])) == []


def test_an_unknown_status_ends_nobody() -> None:
    assert list(READER.spawns([(ROOT, CHILD, "paused")])) == [Spawn(ROOT, CHILD)]


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100], ids=["empty", "damaged"])
def test_a_database_that_cannot_be_read_says_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / ".codex" / "state_5.sqlite"
    path.parent.mkdir()
    path.write_bytes(content)
    assert Spawns([READER], Paths.below(tmp_path), lambda: 0.0).news(["codex", "nobody"]) == []


def test_only_the_latest_are_read(codex: Codex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spawns_module, "MOST_SPAWNS", 3)
    for number in range(9):
        codex.spawn(ROOT, f"t{number}")
    found = Spawns([READER], codex.paths, lambda: 0.0).news(["codex"])
    assert [spawn.child for _, spawn in found] == ["t6", "t7", "t8"]
