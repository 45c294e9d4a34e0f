"""opencode's running tools: seen in its parts while an answer is written, and ended with them; never more of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tokenwatch.base.clock import FixedClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.session import Activity, Doing, State
from tokenwatch.base.settings import Settings
from tokenwatch.engine.live_thread import LiveThread
from tokenwatch.live import running_calls
from tokenwatch.live.running_calls import Answer, RunningCalls
from tokenwatch.live.sessions import LiveTracker, OpenSession
from tokenwatch.readers.database.pages import Database
from tokenwatch.readers.opencode import READER
from tokenwatch.readers.protocol import TurnEvent, TurnKind

NOW = 1_795_000_000_000
S, CHILD = "ses_dd953d03dffefQEkIlpX45da2Q", "ses_dd953d03dffefQEkIlpX45da2R"
FIRST, SECOND = "msg_226ac3d6c001moDU2stzQXwn81", "msg_226ac5f22001sh7Sj8Ilgvh1hu"
K = TurnKind


class OpenCode:
    """Its database as 1.18.33 has it, open as while it runs."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / ".local" / "share" / "opencode" / "opencode.db"
        self.path.parent.mkdir(parents=True)
        self.connection = sqlite3.connect(self.path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute(
            "CREATE TABLE `part` (`id` text PRIMARY KEY, `message_id` text NOT NULL, `session_id` text NOT NULL, "
            "`time_created` integer NOT NULL, `time_updated` integer NOT NULL, `data` text NOT NULL)"
        )
        self.connection.execute("CREATE INDEX `part_message_id_id_idx` ON `part` (`message_id`,`id`)")
        self.clock = FixedClock(NOW)
        self.tracker = LiveTracker({"opencode": READER}, Paths.below(folder), self.clock, tuple)

    def part(self, own: str, message: str, data: Any, session: str = S) -> None:
        now = self.clock.now()
        content = data if isinstance(data, str) else json.dumps(data)
        self.connection.execute(
            "INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?)", (own, message, session, now, now, content)
        )

    def call(self, own: str, tool: str, status: str = "running", message: str = FIRST, **more: Any) -> None:
        """As a real one is written; ``input`` is what the model gave it."""
        time = {"start": self.clock.now()} | ({"end": self.clock.now()} if status != "running" else {})
        state = {"status": status, "input": more.get("input", {"command": "sleep 6", "description": "wait"})}
        state |= {"metadata": {"output": ""}, "time": time} if status != "pending" else {"raw": ""}
        session = more.get("session", S)
        self.part(own, message, {"type": "tool", "tool": tool, "callID": f"call_{own}", "state": state}, session)

    def begin(self, message: str = FIRST, session: str = S, parent: str = "") -> None:
        """The message's row, which the reader tells as a turn."""
        event = TurnEvent(
            K.TURN_OPEN,
            session,
            self.clock.now(),
            ref=message,
            agent_id=session if parent else "",
            parent_session=parent,
        )
        self.tracker.feed("opencode", str(self.path), self.clock.now(), [event])

    def finish(self, message: str = FIRST) -> None:
        event = TurnEvent(K.TURN_CLOSED, S, self.clock.now(), ref=message)
        self.tracker.feed("opencode", str(self.path), self.clock.now(), [event])

    def look(self, after: float = 1) -> OpenSession:
        self.clock.advance(after)
        (one,) = self.tracker.tick()
        return one

    def doing(self, after: float = 1) -> tuple[Activity, str, str]:
        one = self.look(after).doing
        assert one is not None
        return one.activity, one.tool, one.target


@pytest.fixture
def opencode(tmp_path: Path) -> Iterator[OpenCode]:
    made = OpenCode(tmp_path)
    with closing(made.connection):
        yield made


THINKING = (Activity.THINKING, "", "")
BASH = (Activity.RUNNING, "bash", "")


def test_a_tool_is_shown_while_it_runs(opencode: OpenCode) -> None:
    opencode.begin()
    assert opencode.doing() == THINKING
    opencode.part("p0", FIRST, {"type": "step-start"})
    opencode.call("p1", "bash", "pending")
    assert opencode.doing() == THINKING
    opencode.call("p1", "bash")
    began = opencode.clock.now()
    one = opencode.look()
    assert one.doing == Doing(Activity.RUNNING, "bash", "", began)
    assert one.state is State.WORKING
    opencode.call("p1", "bash", "completed")
    assert opencode.doing() == THINKING


def test_of_what_a_tool_is_given_only_the_file_s_name_is_shown(opencode: OpenCode) -> None:
    opencode.begin()
    given = {"filePath": "/home/ana/shop/src/session.ts", "oldString": "canary-old", "newString": "canary-new"}
    opencode.call("p1", "edit", input=given)
    assert opencode.doing() == (Activity.EDITING, "edit", "session.ts")
    assert "canary" not in repr(opencode.tracker.__dict__)
    assert "canary" not in repr([session for _, session in opencode.tracker._memory.items()])
    assert "canary" not in repr(opencode.tracker._calls.__dict__)


def test_of_several_the_latest_is_shown_and_all_end(opencode: OpenCode) -> None:
    opencode.begin()
    opencode.call("p1", "bash")
    opencode.clock.advance(1)
    opencode.call("p2", "read", input={"filePath": "a/b.py"})
    assert opencode.doing() == (Activity.READING, "read", "b.py")
    opencode.call("p2", "read", "error")
    assert opencode.doing() == BASH
    opencode.call("p1", "bash", "completed")
    assert opencode.doing() == THINKING


def test_a_tool_of_the_answer_before_ends_although_another_answer_began(opencode: OpenCode) -> None:
    opencode.begin()
    opencode.call("p1", "bash")
    assert opencode.doing() == BASH
    opencode.call("p1", "bash", "completed")
    opencode.begin(SECOND)
    assert opencode.doing() == THINKING
    opencode.call("p2", "glob", message=SECOND)
    assert opencode.doing() == (Activity.SEARCHING, "glob", "")


def test_a_tool_whose_row_is_gone_has_ended(opencode: OpenCode) -> None:
    opencode.begin()
    opencode.call("p1", "bash")
    assert opencode.doing() == BASH
    opencode.connection.execute("DELETE FROM part")
    assert opencode.doing() == THINKING


def test_tools_of_a_sub_agent_are_its_own(opencode: OpenCode) -> None:
    opencode.begin()
    opencode.call("p1", "task")
    opencode.begin(SECOND, CHILD, parent=S)
    opencode.call("p2", "read", message=SECOND, session=CHILD, input={"filePath": "x.py"})
    one = opencode.look()
    assert one.doing is not None
    assert one.doing.activity is Activity.DELEGATING
    (sub,) = one.sub_agents
    assert sub.doing is not None
    assert (sub.doing.activity, sub.doing.target) == (Activity.READING, "x.py")
    opencode.call("p2", "read", "completed", message=SECOND, session=CHILD)
    (sub,) = opencode.look().sub_agents
    assert sub.doing is not None
    assert sub.doing.activity is Activity.THINKING


def test_switched_off_nothing_is_asked(opencode: OpenCode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "look_up", lambda *given: pytest.fail("it was asked"))
    opencode.tracker.asks_calls = False
    opencode.begin()
    opencode.call("p1", "bash")
    assert opencode.doing() == THINKING


def test_the_setting_switches_it(tmp_path: Path) -> None:
    thread = LiveThread({"opencode": READER}, Paths.below(tmp_path), FixedClock(NOW), lambda found: None)
    assert thread._tracker.asks_calls
    thread.follow(Settings(show_doing=False, agents_off=("codex",)))
    assert (thread._tracker.asks_calls, thread.off) == (False, {"codex"})


def test_out_of_a_turn_and_without_a_change_nothing_is_asked(
    opencode: OpenCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | int] = []
    look_up = Database.look_up

    def counted(database: Database, where: Any, value: str | int, most: int) -> Any:
        asked.append(value)
        return look_up(database, where, value, most)

    monkeypatch.setattr(Database, "look_up", counted)
    opencode.begin()
    opencode.call("p1", "bash")
    for _ in range(4):
        opencode.look()
    assert asked == [FIRST]
    opencode.call("p1", "bash", "completed")
    opencode.look()
    opencode.part("p2", FIRST, {"type": "text", "text": "x"})
    opencode.look(after=0.1)
    assert asked == [FIRST] * 2, "not again within half a second"
    opencode.finish()
    opencode.look()
    assert asked == [FIRST] * 2


@pytest.mark.parametrize(
    "data",
    [
        "{",
        '"tool"',
        {"type": "text", "text": '"tool"'},
        {"type": "tool"},
        {"type": "tool", "tool": "bash", "state": {"status": "unheard-of"}},
        {"type": "tool", "tool": ["bash"], "state": "running"},
        {
            "type": "tool",
            "tool": "bash",
            "x": "y" * 1_100_000,
            "state": {"status": "running", "time": {"start": NOW}},
        },
    ],
)
def test_what_is_no_running_call_says_nothing(opencode: OpenCode, data: Any) -> None:
    opencode.begin()
    opencode.part("p1", FIRST, data)
    assert opencode.doing() == THINKING


def test_a_database_without_parts_or_that_is_none_says_nothing(opencode: OpenCode) -> None:
    opencode.begin()
    opencode.connection.execute("DROP TABLE part")
    assert opencode.doing() == THINKING
    opencode.connection.close()
    opencode.path.write_bytes(b"no database" * 100)
    assert opencode.doing() == THINKING


@pytest.mark.expected_logs("reader opencode failed on its running calls")
def test_a_reader_that_fails_costs_nothing_but_its_calls(opencode: OpenCode, expected_logs) -> None:
    class Broken(type(READER)):  # type: ignore[misc]
        def calls(self, rows: Any) -> Any:
            raise ValueError("no calls")

    calls = RunningCalls([Broken()], opencode.clock.monotonic)
    opencode.call("p1", "bash")
    for number in range(3):
        opencode.call(f"p{number}", "bash")
        opencode.clock.advance(1)
        assert calls.news([Answer("opencode", str(opencode.path), S, FIRST)], NOW) == []
    assert len(expected_logs.records) == 1


def test_a_call_of_another_session_is_not_believed(opencode: OpenCode) -> None:
    opencode.begin()
    opencode.call("p1", "bash", session=CHILD)
    assert opencode.doing() == THINKING


def test_only_the_latest_parts_are_read(opencode: OpenCode) -> None:
    opencode.begin()
    opencode.call("old", "bash")
    for number in range(running_calls.MOST_ROWS):
        opencode.part(f"p{number}", FIRST, {"type": "text", "text": "x"})
    assert opencode.doing() == THINKING


def test_documents_of_older_versions_are_left_alone(opencode: OpenCode) -> None:
    assert not READER.notes_calls("/home/ana/.local/share/opencode/storage/message/s1/m1.json")
