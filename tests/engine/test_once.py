"""Bringing the ledger up to date for a command: as its owner, beside its owner, and when it cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.engine.conftest import NOW, MovableClock
from tokenwatch.base.health import Health
from tokenwatch.base.paths import Paths
from tokenwatch.base.progress import Progress
from tokenwatch.base.settings import Settings
from tokenwatch.engine.once import Once, bring_up_to_date, owned
from tokenwatch.system.instance import Instance

SETTINGS = Settings(timezone="UTC")


def requests(once: Once) -> int:
    assert once.queries is not None
    return sum(entry.requests for entry in once.queries.sums())


def total(paths: Paths) -> int:
    with bring_up_to_date(paths, MovableClock(), SETTINGS) as once:
        return requests(once)


def claude_line(number: int, filler: int = 0) -> str:
    """A response of Claude Code, with text of so many characters."""
    message = {
        "id": f"msg_{number}",
        "model": "claude-opus-4-5",
        "usage": {"input_tokens": 1, "output_tokens": 50},
        "stop_reason": "end_turn",
        "content": "x" * filler,
    }
    line = {"type": "assistant", "requestId": f"req_{number}", "sessionId": "s1", "message": message}
    return json.dumps(line | {"timestamp": "2026-11-23T10:00:00.000Z", "cwd": "/work/acme"}) + "\n"


def log_of(paths: Paths, name: str = "big") -> Path:
    path = paths.home / ".claude" / "projects" / "-work-acme" / f"{name}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_the_owner_reads_everything(agents_home: Paths) -> None:
    with bring_up_to_date(agents_home, MovableClock(), SETTINGS) as once:
        assert (requests(once), once.owner, once.warnings) == (17, True, ())
        assert once.health == (
            Health("claude-code"),
            Health("codex"),
            Health("ledger"),
            Health("pricing"),
        )
    assert once.books.queries is None


def test_what_was_appended_is_read_the_next_time(agents_home: Paths) -> None:
    assert total(agents_home) == 17
    log_of(agents_home, "new").write_text(claude_line(1))
    assert total(agents_home) == 18


def test_beside_the_owner_nothing_is_read_and_its_figures_are_shown(agents_home: Paths) -> None:
    assert total(agents_home) == 17
    log_of(agents_home, "new").write_text(claude_line(1))
    owner = Instance(agents_home)
    assert owner.acquire()
    with bring_up_to_date(agents_home, MovableClock(), SETTINGS) as once:
        assert (requests(once), once.owner, once.warnings) == (17, False, ())
    owner.release()
    assert total(agents_home) == 18


def test_beside_an_owner_that_has_no_ledger_yet_there_is_nothing_to_ask(agents_home: Paths) -> None:
    owner = Instance(agents_home)
    assert owner.acquire()
    with bring_up_to_date(agents_home, MovableClock(), SETTINGS) as once:
        assert once.queries is None
        assert once.warnings == ("The ledger cannot be opened: its folder is missing or may not be read.",)
    owner.release()


def test_a_lock_that_nobody_can_have_is_no_other_owner(agents_home: Paths) -> None:
    assert total(agents_home) == 17
    lock = agents_home.data / "instance.lock"
    lock.unlink()
    lock.symlink_to(lock)  # may not be followed, as a folder in which nothing may be made
    with owned(agents_home) as owner:
        assert owner
    log_of(agents_home, "new").write_text(claude_line(1))
    assert total(agents_home) == 18


def test_the_ledger_is_free_afterwards_also_after_an_error(agents_home: Paths) -> None:
    with pytest.raises(ZeroDivisionError), bring_up_to_date(agents_home, MovableClock(), SETTINGS) as once:
        assert once.owner
        raise ZeroDivisionError
    with owned(agents_home) as owner, owned(agents_home) as other:
        assert (owner, other) == (True, False)


def test_a_ledger_that_cannot_be_opened_is_a_warning(agents_home: Paths) -> None:
    agents_home.ensure(agents_home.data)
    agents_home.ledger.mkdir()
    with bring_up_to_date(agents_home, MovableClock(), SETTINGS) as once:
        assert (once.owner, once.queries) == (True, None)
        assert once.warnings == ("The ledger cannot be opened: Is a directory.",)


@pytest.mark.expected_logs("damaged and has been set aside")
def test_a_damaged_ledger_is_replaced_with_a_warning(agents_home: Paths) -> None:
    with bring_up_to_date(agents_home, MovableClock(), SETTINGS) as once:
        before = requests(once)
    agents_home.ledger.write_bytes(b"no ledger" * 100)
    with bring_up_to_date(agents_home, MovableClock(), SETTINGS) as once:
        assert requests(once) == before > 0
        (warning,) = [each for each in once.warnings if "ledger" in each]
        assert warning.startswith("The ledger was damaged and has been set aside as ")


def test_much_to_read_has_progress_that_ends(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path, TZ="UTC")
    for number in range(14):
        log_of(paths, f"log {number}").write_text(claude_line(number, 1_000_000))
    heard: list[Progress | None] = []
    with bring_up_to_date(paths, MovableClock(NOW), SETTINGS, heard.append) as once:
        assert requests(once) == 14
    seen = [one for one in heard if one is not None]
    assert heard[-1] is None
    assert seen
    assert all(0 <= one.done <= one.total for one in seen)
    assert [one.done for one in seen] == sorted(one.done for one in seen)


def test_little_to_read_has_no_progress(agents_home: Paths) -> None:
    heard: list[Progress | None] = []
    with bring_up_to_date(agents_home, MovableClock(), SETTINGS, heard.append):
        pass
    assert set(heard) == {None}
