"""The live thread: posts what is open when it changes, and survives what it is fed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

import pytest

from tests.engine.conftest import NOW, PATIENCE, TOY, Desk, MovableClock, ToyReader
from tokenwatch.base.paths import Paths
from tokenwatch.base.snapshot import State
from tokenwatch.collect.discover import discover
from tokenwatch.engine import live_thread, schedule
from tokenwatch.engine.live_thread import LiveThread
from tokenwatch.engine.recall import RECALLED_MS
from tokenwatch.live.sessions import OpenSession
from tokenwatch.readers.protocol import Part, Source, TurnEvent, TurnKind

Sessions = tuple[OpenSession, ...]


class Posts:
    """What the thread posted, one look after another."""

    def __init__(self) -> None:
        self.came: SimpleQueue[Sessions] = SimpleQueue()
        self.thread: LiveThread

    def until(self, fits: Callable[[Sessions], bool]) -> Sessions:
        """The next that fits. The thread is woken again and again: a state may end only when two looks agree."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            try:
                found = self.came.get(timeout=0.1)
            except Empty:
                self.thread.wake()
                continue
            if fits(found):
                return found
        pytest.fail("nothing that fits was posted")

    def until_states(self, **states: State) -> None:
        self.until(lambda found: {one.session: one.state for one in found} == states)


@pytest.fixture
def posts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Posts]:
    """A live thread over the desk's readers; tests start it. It waits for no recall."""
    monkeypatch.setattr(live_thread, "FIRST_SECONDS", 0.0)
    heard = Posts()
    heard.thread = LiveThread(desk.readers, desk.paths, desk.clock, heard.came.put)
    yield heard
    heard.thread.stop()
    if heard.thread.thread.ident is not None:
        heard.thread.thread.join(PATIENCE)
        assert not heard.thread.thread.is_alive()


def part(*events: tuple[str, str], log: str = "a", agent: str = "toy") -> Part:
    """Turns of sessions, by kind."""
    lines = [json.dumps({"turn": kind, "s": session, "t": NOW}) for kind, session in events]
    return Part(Source(agent, f"/{log}", log), "".join(f"{line}\n" for line in lines).encode(), 0, NOW)


def test_the_first_look_is_posted_also_if_nothing_is_open(posts: Posts) -> None:
    posts.thread.start()
    posts.thread.wake()
    posts.until_states()


def test_a_turn_in_a_growing_log_is_posted_at_once(desk: Desk, posts: Posts) -> None:
    posts.thread.start()
    posts.thread.feed(desk.reader, part(("prompt", "s1")), b"")
    posts.until_states(s1=State.WORKING)
    posts.thread.feed(desk.reader, part(("turn closed", "s1")), b"")
    posts.until_states(s1=State.IDLE)


def test_what_did_not_change_is_not_posted_again(desk: Desk, posts: Posts) -> None:
    looks = SimpleQueue[None]()

    class Watched(ToyReader):
        def claims(self, paths: Paths) -> Iterable[Path]:
            looks.put(None)
            return ()

    desk.reader = Watched()
    heard = Posts()
    heard.thread = posts.thread = LiveThread(desk.readers, desk.paths, desk.clock, heard.came.put)
    heard.thread.start()
    heard.thread.feed(desk.reader, part(("prompt", "s1")), b"")
    heard.until_states(s1=State.WORKING)
    while not looks.empty():
        looks.get()
    heard.thread.feed(desk.reader, part(("turn open", "s1")), b"")
    for _ in range(3):  # when one look begins, the one before it is over
        heard.thread.wake()
        looks.get(timeout=PATIENCE)
    assert heard.came.empty()


def test_what_logs_told_lately_is_recalled_once(desk: Desk, posts: Posts) -> None:
    desk.write({"turn": "prompt", "s": "s1", "t": NOW - 60_000}, ago=60)
    desk.write({"turn": "prompt", "s": "old", "t": NOW - RECALLED_MS}, ago=RECALLED_MS / 1000 + 1, log="b")
    found = discover(desk.readers, desk.paths).found
    posts.thread.recall(found)
    posts.thread.start()
    posts.until_states(s1=State.WORKING)
    desk.write({"turn": "prompt", "s": "s2", "t": NOW}, log="c")
    posts.thread.recall(discover(desk.readers, desk.paths).found)
    posts.thread.feed(desk.reader, part(("turn closed", "s1")), b"")
    posts.until_states(s1=State.IDLE)


def test_the_first_look_waits_for_what_logs_told(desk: Desk, posts: Posts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_thread, "FIRST_SECONDS", PATIENCE)
    desk.write({"turn": "prompt", "s": "s1", "t": NOW - 60_000}, ago=60)
    posts.thread.start()
    posts.thread.wake()
    posts.thread.feed(desk.reader, part(("prompt", "s2"), log="b"), b"")
    posts.thread.recall(discover(desk.readers, desk.paths).found)
    assert {one.session for one in posts.came.get(timeout=PATIENCE)} == {"s1", "s2"}


def test_a_log_that_is_gone_is_passed_over(desk: Desk, posts: Posts) -> None:
    gone = desk.write({"turn": "prompt", "s": "s1", "t": NOW})
    desk.write({"turn": "prompt", "s": "s2", "t": NOW}, log="b")
    found = discover(desk.readers, desk.paths).found
    gone.unlink()
    posts.thread.recall(found)
    posts.thread.start()
    posts.until_states(s2=State.WORKING)


def test_a_reader_that_fails_on_turns_leaves_the_others_alone(
    desk: Desk, posts: Posts, expected_logs: Callable[[str], None]
) -> None:
    expected_logs("reader bad failed on the turns of x")
    bad = ToyReader(fails={"turns"})
    bad.agent = TOY.__class__("bad", "Bad", "B", "anyone")
    posts.thread.feed(bad, part(("prompt", "s9"), log="x", agent="bad"), b"")
    posts.thread.feed(desk.reader, part(("prompt", "s1")), b"")
    posts.thread.start()
    posts.until_states(s1=State.WORKING)


@pytest.mark.parametrize("nonsense", [[7], [TurnEvent(TurnKind.PROMPT, "s9", "soon")], None])  # type: ignore[arg-type]
def test_a_reader_that_says_nonsense_leaves_the_others_alone(
    desk: Desk, posts: Posts, expected_logs: Callable[[str], None], nonsense: Any
) -> None:
    expected_logs("reader toy failed on the turns of x")

    class Nonsense(ToyReader):
        def turns(self, part: Part, carry: bytes) -> Any:
            return nonsense

    posts.thread.feed(Nonsense(), part(log="x"), b"")
    posts.thread.feed(desk.reader, part(("prompt", "s1")), b"")
    posts.thread.start()
    posts.until_states(s1=State.WORKING)


def test_looks_that_fail_are_logged_once_and_the_next_one_counts(
    desk: Desk, posts: Posts, expected_logs: Any
) -> None:
    expected_logs("looking at the running agents failed")
    looks = SimpleQueue[None]()

    class Stopped(MovableClock):
        stands = True

        def now(self) -> int:
            looks.put(None)
            if self.stands:
                raise OSError("no clock")
            return super().now()

    clock = Stopped()
    heard = Posts()
    heard.thread = posts.thread = LiveThread(desk.readers, desk.paths, clock, heard.came.put)
    heard.thread.start()
    for _ in range(3):
        heard.thread.wake()
        looks.get(timeout=PATIENCE)
    clock.stands = False
    heard.thread.feed(desk.reader, part(("prompt", "s1")), b"")
    heard.until_states(s1=State.WORKING)
    assert len(expected_logs.records) == 1


def test_stopping_does_not_wait_for_the_next_look(posts: Posts) -> None:
    posts.thread.start()
    posts.thread.stop()
    posts.thread.thread.join(PATIENCE)
    assert not posts.thread.thread.is_alive()


def test_an_open_face_has_it_look_at_once(posts: Posts) -> None:
    posts.thread.start()
    posts.thread.set_visible(True)
    posts.until_states()


def test_files_of_a_registry_are_known(desk: Desk) -> None:
    claims = desk.folder / ".toy-claims"
    claims.mkdir()
    claim = claims / "7.json"
    claim.write_text(json.dumps({"pid": 7, "session": "s1"}))
    thread = LiveThread(desk.readers, desk.paths, desk.clock, print)
    assert thread.folders == (claims,)
    assert thread.watches(claims / "8.json")
    assert not thread.watches(desk.log())


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX can a program be given another name")
def test_a_process_comes_and_goes(desk: Desk, posts: Posts) -> None:
    desk.clock.set(MovableClock().now())
    posts.thread.start()
    with subprocess.Popen(["toy-agent-of-a-test", "600"], executable=shutil.which("sleep")) as process:
        try:
            (one,) = posts.until(bool)
            assert (one.agent, one.pid) == ("toy", process.pid)
        finally:
            process.kill()
    posts.until_states()


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX can a program be given another name")
def test_a_process_is_noticed_without_waiting_for_the_next_look(
    desk: Desk, posts: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not posts.thread._ends.works:
        pytest.skip("this system tells nobody when processes end")
    for name in ("LOOK_HIDDEN", "LOOK_CALM"):
        monkeypatch.setattr(schedule, name, 10_000.0)
    posts.thread.start()
    assert posts.came.get(timeout=PATIENCE) == ()
    with subprocess.Popen(["toy-agent-of-a-test", "600"], executable=shutil.which("sleep")) as process:
        try:
            assert [one.pid for one in posts.came.get(timeout=PATIENCE)] == [process.pid]
        finally:
            process.kill()
        assert posts.came.get(timeout=PATIENCE) == ()


@pytest.mark.parametrize(
    ("kinds", "calm"),
    [
        ([], True),
        ([("prompt", "s1")], False),
        ([("prompt", "s1"), ("turn closed", "s1")], True),
        ([("prompt", "s1"), ("turn closed", "s1"), ("prompt", "s2")], False),
    ],
)
def test_it_is_calm_while_nobody_works(desk: Desk, posts: Posts, kinds: list[tuple[str, str]], calm: bool) -> None:
    if not posts.thread._ends.works:
        pytest.skip("this system tells nobody when processes end, so that nothing is ever calm")
    posts.thread.feed(desk.readers["toy"], part(*kinds), b"")
    posts.thread.start()
    open_ones = {session for _, session in kinds}
    found = posts.until(lambda found: {one.session for one in found} == open_ones)
    assert posts.thread._is_calm(found) is calm


def test_where_the_system_does_not_tell_of_ends_it_is_never_calm(posts: Posts) -> None:
    posts.thread._ends.stop()
    assert not posts.thread._is_calm(())


def test_files_stay_as_they_are(desk: Desk, posts: Posts) -> None:
    path = desk.write({"turn": "prompt", "s": "s1", "t": NOW})
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    posts.thread.recall(discover(desk.readers, desk.paths).found)
    posts.thread.start()
    posts.until_states(s1=State.WORKING)
    assert (path.read_bytes(), Path(path).stat().st_mtime_ns) == before


def test_it_is_asked_before_each_look_how_much_slower_to_be(desk: Desk) -> None:
    asked: SimpleQueue[int] = SimpleQueue()

    def slower() -> float:
        asked.put(1)
        return 2.0

    thread = LiveThread(desk.readers, desk.paths, desk.clock, lambda found: None, slower)
    thread.start()
    try:
        for _ in range(3):
            asked.get(timeout=PATIENCE)
            thread.wake()
    finally:
        thread.stop()
        thread.thread.join(PATIENCE)
    assert not thread.thread.is_alive()
