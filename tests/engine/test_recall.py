"""What the ends of logs tell whoever begins to look: in the order in which it happened, and once."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.agent_homes import FIXTURES, install
from tests.engine.conftest import HOUR, NOW, RECORDED, Desk, MovableClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.snapshot import State
from tokenwatch.collect.discover import Found, discover
from tokenwatch.collect.reading import readings
from tokenwatch.engine.recall import MOST_BRIEF, MOST_WHOLE, lately, recall, tell
from tokenwatch.live.sessions import LiveTracker, OpenSession
from tokenwatch.readers.protocol import Kind, Source, readers


def found(name: str, age: float) -> Found:
    modified = (NOW - round(age * HOUR)) * 1_000_000
    return Found(Source("toy", f"/{name}", name), 1, 1, 1, modified)


def test_logs_of_the_last_hours_are_recalled_the_newest_first() -> None:
    logs = [found("new", 0), found("old", 13), found("mid", 5), found("future", -1), found("edge", 12)]
    assert [one.source.relative for one in lately(logs, NOW)] == ["future", "new", "mid", "edge"]


def test_of_many_logs_the_newest_are_recalled() -> None:
    most = MOST_WHOLE + MOST_BRIEF
    logs = [found(str(number), number / 100) for number in range(most + 50)]
    assert [one.source.relative for one in lately(logs, NOW)] == [str(number) for number in range(most)]


def look(desk: Desk, found: list[Found], *, twice: bool = False) -> dict[str, OpenSession]:
    tracker = LiveTracker(desk.readers, desk.paths, desk.clock, tuple)
    for _ in range(1 + twice):
        recall(tracker, desk.readers, found)
    return {one.session: one for one in tracker.tick()}


SUB: dict[str, Any] = {"s": "s1", "sub": "a1"}


def told(desk: Desk) -> list[Found]:
    """A session with a sub-agent, whose end only the session's own log tells."""
    desk.write({"turn": "prompt", "s": "s1", "t": NOW - 9_000}, {"turn": "turn closed", **SUB, "t": NOW - 5_000})
    desk.write({"turn": "prompt", **SUB, "t": NOW - 8_000}, {"turn": "turn open", **SUB, "t": NOW - 6_000}, log="b")
    desk.write({"turn": "prompt", "s": "s2", "t": NOW - 7_000}, log="c")
    return list(discover(desk.readers, desk.paths).found)


def test_the_order_of_the_logs_changes_nothing(desk: Desk) -> None:
    logs = told(desk)
    looks = [look(desk, list(order)) for order in permutations(logs)]
    assert all(one == looks[0] for one in looks)
    assert {name: (one.state, one.sub_agents) for name, one in looks[0].items()} == {
        "s1": (State.WORKING, ()),
        "s2": (State.WORKING, ()),
    }
    assert [one.id for one in looks[0]["s1"].finished_sub_agents] == ["a1"]


def test_told_twice_is_told_once(desk: Desk) -> None:
    logs = told(desk)
    assert look(desk, logs, twice=True) == look(desk, logs)


def test_a_stopped_recall_tells_nothing(desk: Desk) -> None:
    tracker = LiveTracker(desk.readers, desk.paths, desk.clock, tuple)
    recall(tracker, desk.readers, told(desk), lambda: True)
    assert tracker.tick() == ()


def recorded(home: Path, agent: str) -> tuple[LiveTracker, list[Found]]:
    paths = Paths.below(home)
    by_id = {agent: readers()[agent]}
    tracker = LiveTracker(by_id, paths, MovableClock(RECORDED), tuple)
    return tracker, list(discover(by_id, paths).found)


@pytest.mark.parametrize("agent", ["claude-code", "codex"])
def test_recorded_logs_read_once_more_as_they_grow_change_nothing(tmp_path: Path, agent: str) -> None:
    """As at the app's first start: it recalls what it then reads."""
    for one in sorted((FIXTURES / agent).iterdir()):
        install(one, tmp_path)
    for path in tmp_path.rglob("*.jsonl"):
        os.utime(path, ns=(RECORDED * 1_000_000, RECORDED * 1_000_000))
    tracker, logs = recorded(tmp_path, agent)
    reader = readers()[agent]
    recall(tracker, {agent: reader}, logs)
    before = tracker.tick()
    for order in (logs, logs[::-1]):
        for entry in order:
            for _, part, carry in readings(reader, entry, None, 4096):
                tell(tracker, reader, part, carry)
        assert tracker.tick() == before
    assert before


def test_the_last_messages_of_a_database_are_recalled(tmp_path: Path) -> None:
    install(FIXTURES / "opencode" / "recorded", tmp_path)
    (path,) = tmp_path.rglob("opencode.db")
    with closing(sqlite3.connect(path)) as connection:
        (latest,) = connection.execute("SELECT max(time_created) FROM message").fetchone()
    os.utime(path, ns=(latest * 1_000_000, latest * 1_000_000))
    by_id = {"opencode": readers()["opencode"]}
    paths = Paths.below(tmp_path)
    logs = [one for one in discover(by_id, paths).found if one.source.kind is Kind.DATABASE]
    assert len(logs) == 1
    tracker = LiveTracker(by_id, paths, MovableClock(latest + 1_000), tuple)
    recall(tracker, by_id, logs)
    assert {one.session.partition("_")[0] for one in tracker.tick()} == {"ses"}
