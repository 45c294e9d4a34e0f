"""The engine with a ledger that cannot be used: it says so, goes on with the rest, and catches up when that ends."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.conftest import NANO_A_TOKEN, NOW, Desk, Hurry, Running, Start, fill, free, health_of
from tokenwatch.base.health import HealthState
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.engine.schedule import RETRY_SECONDS
from tokenwatch.ledger.schema import MIGRATIONS
from tokenwatch.readers.protocol import Part, Source

# The library warns when a folder is made while it looks for folders.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")


def tokens(snapshot: Snapshot) -> int:
    return snapshot.figures.month.tokens if snapshot.figures.month else 0


def newer_version(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()


def directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


TROUBLES = {
    newer_version: "written by a newer TokenWatch",
    directory: "cannot be opened: Is a directory.",
}
each_trouble = pytest.mark.parametrize(
    ("spoil", "words"), TROUBLES.items(), ids=lambda one: getattr(one, "__name__", "")
)


@each_trouble
def test_the_live_counter_goes_on_and_counting_catches_up_when_the_trouble_ends(
    desk: Desk, start: Start, hurry: Hurry, spoil: Callable[[Path], None], words: str
) -> None:
    desk.use(1, 10)
    desk.opened().close()
    kept = desk.paths.ledger.with_suffix(".kept")
    shutil.copy(desk.paths.ledger, kept)
    spoil(desk.paths.ledger)
    desk.use(2, 20)
    running = start()
    snapshot = running.until_trouble(words)
    assert health_of(snapshot, "ledger").state is HealthState.FAILING
    assert snapshot.figures.month is None
    running.engine._live.feed(desk.reader, part_of_a_turn(), b"")
    running.until(lambda one: one.figures.counts.working == 1)
    hurry(running, RETRY_SECONDS)
    running.until_trouble(words)
    if desk.paths.ledger.is_dir():
        desk.paths.ledger.rmdir()
    kept.replace(desk.paths.ledger)
    hurry(running, RETRY_SECONDS)
    running.until_tokens(30)
    assert health_of(running.until_trouble(""), "ledger").state is HealthState.FINE


def part_of_a_turn() -> Part:
    line = f'{{"turn": "prompt", "s": "s1", "t": {NOW}}}\n'
    return Part(Source("toy", "/a", "a"), line.encode(), 0, NOW)


def test_a_ledger_in_trouble_is_tried_now_and_then_only(desk: Desk, start: Start, hurry: Hurry) -> None:
    desk.paths.ensure(desk.paths.data)
    desk.paths.ledger.mkdir()
    running = start()
    running.until_trouble("Is a directory")
    desk.paths.ledger.rmdir()
    desk.use(1, 10)
    hurry(running, RETRY_SECONDS - 1)
    assert health_of(running.nudge(), "ledger").reason
    hurry(running, 1)
    running.until_tokens(10)


def test_a_full_disk_stops_the_counting_until_there_is_space(desk: Desk, start: Start, hurry: Hurry) -> None:
    desk.use(0, 60)
    running = start()
    running.until_tokens(60)
    running.until_read()
    before = running.nudge().figures
    fill(running.engine._core.books)
    much(desk)
    snapshot = running.until_trouble("There is no space left for the ledger.")
    assert (tokens(snapshot), snapshot.figures.rate) == (60, before.rate)
    hurry(running, RETRY_SECONDS)
    assert health_of(running.nudge(), "ledger").reason
    free(running.engine._core.books)
    hurry(running, RETRY_SECONDS)
    snapshot = running.until_tokens(60 + 3000)
    running.until_trouble("")
    assert snapshot.figures.rate.tokens_5m == pytest.approx((60 + 3000) / 5)


def much(desk: Desk) -> None:
    desk.write(*({"id": number, "t": NOW, "out": 10, "s": f"s{number}"} for number in range(1, 301)), log="b")


def test_another_program_that_holds_the_ledger_is_said_and_waited_for(desk: Desk, start: Start, hurry: Hurry) -> None:
    running = start()
    running.until_read()
    other = sqlite3.connect(desk.paths.ledger, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    desk.use(1, 10)
    running.until_trouble("Another program holds the ledger; trying again.")
    other.execute("ROLLBACK")
    other.close()
    hurry(running, RETRY_SECONDS)
    running.until_tokens(10)
    running.until_trouble("")


@pytest.mark.expected_logs("damaged and has been set aside")
def test_a_ledger_that_is_damaged_while_it_is_used_is_said_and_replaced(
    desk: Desk, start: Start, hurry: Hurry
) -> None:
    desk.use(0, 10)
    running = start()
    running.until_read()
    damage(running, desk.paths.ledger)
    much(desk)
    running.until_trouble("damaged and cannot be read")
    hurry(running, RETRY_SECONDS)
    running.until_tokens(3010)
    running.until_trouble("The ledger was damaged and has been set aside as ledger-damaged-")


def damage(running: Running, path: Path) -> None:
    """Every page but the first becomes noise, in the file and in what the engine remembers of it."""
    books = running.engine._core.books
    assert books.ledger is not None
    books.ledger._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    books.ledger._connection.execute("PRAGMA shrink_memory")
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))


def test_a_data_folder_that_appears_later_is_used_then(desk: Desk, start: Start, hurry: Hurry) -> None:
    desk.paths.data.parent.mkdir(parents=True)
    desk.paths.data.write_text("a file in its place", encoding="utf-8")
    desk.use(1, 10)
    running = start()
    running.until_trouble("cannot be used")
    desk.paths.data.unlink()
    hurry(running, RETRY_SECONDS)
    running.until_tokens(10)
    running.until_trouble("")


def test_new_prices_are_used_also_if_the_ledger_could_not_be_opened_at_the_start(
    desk: Desk, start: Start, hurry: Hurry
) -> None:
    desk.use(1, 10)
    desk.opened().close()
    desk.paths.price_overrides.write_text('[[price]]\nmodel = "toy-1"\ninput = 3\noutput = 3\n', encoding="utf-8")
    kept = desk.paths.ledger.rename(desk.paths.ledger.with_suffix(".kept"))
    desk.paths.ledger.mkdir()
    running = start()
    running.until_trouble("Is a directory")
    desk.paths.ledger.rmdir()
    kept.replace(desk.paths.ledger)
    hurry(running, RETRY_SECONDS)
    running.until(lambda one: one.figures.month is not None and one.figures.month.listed == 30 * NANO_A_TOKEN)


def test_a_pause_does_not_try_a_ledger_in_trouble(desk: Desk, start: Start, hurry: Hurry) -> None:
    desk.paths.ensure(desk.paths.data)
    desk.paths.ledger.mkdir()
    running = start()
    running.until_trouble("Is a directory")
    running.engine.pause()
    running.nudge()
    desk.paths.ledger.rmdir()
    desk.use(1, 10)
    hurry(running, RETRY_SECONDS)
    assert health_of(running.nudge(), "ledger").reason
    running.engine.resume()
    running.until_tokens(10)
