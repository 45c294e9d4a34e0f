"""History is kept as long as is wanted, and all of it can be deleted while the engine runs; agents' files stay."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.engine.conftest import DAY, FIXTURES, NOW, PATIENCE, Desk, MovableClock, Start, fill, read_all
from tokenwatch.base.clock import to_ms
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.engine.engine import Engine
from tokenwatch.engine.guard import Guard
from tokenwatch.engine.history import read_again
from tokenwatch.export.data_file import write_data
from tokenwatch.ledger.queries import Queries
from tokenwatch.ledger.rescue import backups

pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")


def at(*moment: int, zone: object = UTC) -> int:
    return to_ms(datetime(*moment, tzinfo=zone))  # type: ignore[misc,arg-type]


def tokens(desk: Desk) -> int:
    queries = Queries(desk.paths.ledger)
    try:
        return sum(entry.tokens.output for entry in queries.sums())
    finally:
        queries.close()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# Keeping it for some months


def test_what_is_older_is_deleted_once_and_does_not_come_back(desk: Desk) -> None:
    desk.use(1, 10, ago=400 * DAY / 1000, log="old")
    desk.use(2, 20)
    desk.opened().close()
    before = files(desk.folder / ".toy")
    desk.settings = replace(desk.settings, keep_months=3)
    core = desk.opened()
    assert tokens(desk) == 20
    core.close()
    desk.settings = replace(desk.settings, keep_months=0)
    desk.log("old").rename(desk.log("renamed"))
    desk.opened().close()
    assert tokens(desk) == 20
    assert sorted(files(desk.folder / ".toy").values()) == sorted(before.values())


def test_nothing_is_deleted_unless_it_is_wanted(desk: Desk) -> None:
    desk.use(1, 10, ago=4000 * DAY / 1000)
    desk.opened().close()
    assert tokens(desk) == 10


def test_a_running_engine_deletes_when_the_setting_changes(desk: Desk, start: Start) -> None:
    desk.use(1, 10, ago=400 * DAY / 1000, log="old")
    desk.use(2, 20)
    running = start()
    running.until_tokens(20)
    running.engine.change_settings(replace(desk.settings, keep_months=3))
    running.until(lambda snapshot: tokens(desk) == 20, "the old ones are gone")


# Reading it again


def test_all_logs_are_read_from_their_beginning_and_nothing_is_lost_or_counted_twice(desk: Desk) -> None:
    desk.use(1, 10, log="old")
    desk.use(2, 20)
    core = desk.opened()
    read_all(core)
    desk.log("old").unlink()
    read_again(core)
    assert core.books.ledger is not None
    assert {mark.size for mark in core.books.ledger.marks.values()} == {-1}
    read_all(core)
    assert core.books.ledger.marks[str(desk.log())].size == desk.log().stat().st_size
    core.close()
    assert tokens(desk) == 30


def test_a_running_engine_reads_them_again(desk: Desk, start: Start) -> None:
    desk.use(1, 10)
    running = start()
    running.until_tokens(10)
    running.engine.read_again()
    desk.use(2, 20)
    running.until_tokens(30)


def test_a_ledger_that_cannot_be_written_is_no_reason_to_stop(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.use(1, 10)
    core = desk.opened()
    fill(core.books)
    read_again(core)
    core.close()
    assert tokens(desk) == 10
    caplog.clear()


# Deleting all of it


def spent(snapshot: Snapshot) -> int:
    return snapshot.figures.month.tokens if snapshot.figures.month else 0


def test_a_running_engine_deletes_everything_and_counts_on(desk: Desk, start: Start) -> None:
    desk.paths.ensure(desk.paths.status_lines).joinpath("s1.json").write_text("{}", encoding="utf-8")
    desk.use(1, 10)
    running = start()
    running.until_tokens(10)
    Guard(desk.paths, desk.clock, pytest.fail).look()
    assert backups(desk.paths.backups)
    before = files(desk.folder / ".toy")
    desk.clock.advance(1)
    running.engine.delete_history().result(PATIENCE)
    running.until(lambda snapshot: spent(snapshot) == 0, "nothing is left")
    assert backups(desk.paths.backups) == []
    assert list(desk.paths.status_lines.iterdir()) == []
    assert files(desk.folder / ".toy") == before
    desk.clock.advance(1)
    desk.use(2, 20)
    running.until_tokens(20)
    running.engine.refresh()
    desk.log().rename(desk.log("renamed"))
    running.engine.refresh()
    desk.use(3, 5, log="renamed")
    running.until_tokens(25)


def test_it_stays_deleted_over_a_start(desk: Desk, start: Start) -> None:
    desk.use(1, 10)
    running = start()
    running.until_tokens(10)
    desk.clock.advance(1)
    running.engine.delete_history().result(PATIENCE)
    running.engine.stop(PATIENCE)
    desk.opened().close()
    assert tokens(desk) == 0


def test_no_backup_of_what_was_deleted_is_finished_afterwards(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.use(1, 10)
    desk.opened().close()
    guard = Guard(desk.paths, desk.clock, pytest.fail)
    asked: list[bool] = []
    with guard.held():
        assert not guard._breaking.is_set()
        asked.append(guard._lock.acquire(blocking=False))
    assert asked == [False]
    guard._breaking.set()
    guard.look()
    assert backups(desk.paths.backups) == []


def test_one_that_cannot_be_deleted_is_said_and_counting_goes_on(
    desk: Desk, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.use(1, 10)
    running = start()
    running.until_tokens(10)
    (desk.paths.data / "ledger.new").mkdir()
    (desk.paths.data / "ledger.new" / "in the way").touch()
    with pytest.raises(LedgerError, match="could not be deleted"):
        running.engine.delete_history().result(PATIENCE)
    desk.use(2, 20)
    running.until_tokens(30)


# Real logs


def test_of_recorded_logs_everything_is_exported_and_deleted_while_they_are_watched(
    agents_home: Paths, start: Start, tmp_path: Path
) -> None:
    expected = [
        record
        for agent in ("claude-code", "codex")
        for found in sorted(FIXTURES.glob(f"{agent}/*/expected.json"))
        for record in json.loads(found.read_text(encoding="utf-8"))
    ]
    before = {name: data for name, data in files(agents_home.home).items() if "/.local/" not in name}
    running = start(Engine(agents_home, MovableClock(), Settings(timezone="UTC")))
    running.until(lambda snapshot: counted(agents_home) == len(expected), "all is read")
    for name in ("mine.json", "mine.csv"):
        assert write_data(agents_home.ledger, tmp_path / name, NOW, lambda done, total: None) == len(expected)
    requests = json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))["requests"]
    names = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning")
    exported = sorted([request[name] for name in names] for request in requests)
    assert [sum(row[:5]) for row in exported] == [sum(row[:5]) for row in sorted(each["tokens"] for each in expected)]
    running.engine.delete_history().result(PATIENCE)
    running.until(lambda snapshot: spent(snapshot) == 0, "nothing is left")
    running.engine.refresh()
    running.until(lambda snapshot: snapshot.progress is None and spent(snapshot) == 0, "it does not come back")
    assert counted(agents_home) == 0
    assert {name: data for name, data in files(agents_home.home).items() if "/.local/" not in name} == before


def counted(paths: Paths) -> int:
    try:
        queries = Queries(paths.ledger)
    except LedgerError:
        return 0
    try:
        return sum(queries.requests().values())
    finally:
        queries.close()
