"""A home on a network file system: counted as any other, looked at more often, and said."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.conftest import Desk, Hurry, Start, health_of
from tokenwatch.base.health import HealthState
from tokenwatch.collect.watcher import Hint, Watcher
from tokenwatch.engine import engine as engine_module
from tokenwatch.engine.books import Books
from tokenwatch.engine.once import catch_up
from tokenwatch.system import file_system

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: its table of mounts")


@pytest.fixture
def remote(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk's home, as if it were mounted from another computer."""
    table = tmp_path / "mountinfo"
    home = str(desk.folder.resolve()).replace(" ", "\\040")
    table.write_text(f"27 1 254:0 / / rw - ext4 /dev/vda rw\n40 27 0:5 / {home} rw - nfs4 server:/home rw\n")
    monkeypatch.setattr(file_system, "_MOUNTS", table)
    return desk


class Deaf(Watcher):
    """Hears nothing, as of what another computer writes."""

    def __init__(self, changed: Hint, structure: Callable[[], None]) -> None:
        super().__init__(lambda path: None, lambda: None)


def test_what_another_computer_writes_is_found_by_polling(
    remote: Desk, start: Start, hurry: Hurry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "Watcher", Deaf)
    remote.use(1, 100)
    running = start()
    running.until_tokens(100)
    remote.use(2, 50)
    hurry(running, 5)
    snapshot = running.until_tokens(150)
    for part in ("watcher", "ledger"):
        health = health_of(snapshot, part)
        assert health.state is HealthState.DEGRADED
        assert "network file system (nfs4)" in health.reason


def test_the_sums_are_those_of_any_other_home(remote: Desk) -> None:
    for number in range(1, 200):
        remote.use(number, number, s=f"s{number % 7}", log=f"{number % 9}")
    books = Books(remote.paths, remote.clock, remote.settings, by_id=remote.readers)
    assert books.open()
    assert books.remote == "nfs4"
    catch_up(books)
    assert books.queries is not None
    (found,) = books.queries.sums()
    assert (found.requests, found.tokens.total) == (199, 199 * 200 // 2)
    assert not remote.paths.ledger.with_name("ledger.sqlite-wal").exists()
    books.close()
