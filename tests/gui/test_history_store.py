"""Writing and deleting on other threads: what is told, and that nothing is told once it was closed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from tests.ledger.conftest import NOW, FlatPrice, reading, record
from tokenwatch.base.clock import FixedClock
from tokenwatch.base.errors import LedgerError
from tokenwatch.export import data_file
from tokenwatch.gui.history_store import HistoryStore
from tokenwatch.ledger.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite"
    made = Ledger(path, FlatPrice(), {})
    made.enter([reading("/a", *(record(number) for number in range(1, 8)))], NOW)
    made.close()
    return path


@pytest.fixture
def deletion() -> Future[None]:
    return Future()


@pytest.fixture
def store(qtbot, ledger: Path, deletion: Future[None]) -> Iterator[HistoryStore]:
    store = HistoryStore(lambda: deletion, ledger, FixedClock(NOW))
    yield store
    store.close()


def test_everything_is_written_and_how_far_it_is_is_told(qtbot, store: HistoryStore, tmp_path: Path) -> None:
    with qtbot.waitSignals([store.progress, store.exported]):
        store.export(tmp_path / "mine.csv")
    assert len((tmp_path / "mine.csv").read_text().splitlines()) == 8
    assert not store.writing


def test_what_cannot_be_written_is_told(qtbot, store: HistoryStore, tmp_path: Path) -> None:
    with qtbot.waitSignal(store.failed) as signal:
        store.export(tmp_path / "nowhere" / "mine.csv")
    assert signal.args == ["mine.csv could not be written (No such file or directory)."]


def test_a_ledger_that_cannot_be_read_is_told(qtbot, store: HistoryStore, ledger: Path, tmp_path: Path) -> None:
    ledger.write_bytes(b"nothing of the kind" * 400)
    with qtbot.waitSignal(store.failed) as signal:
        store.export(tmp_path / "mine.csv")
    assert "damaged" in signal.args[0]


def test_it_can_be_stopped(qtbot, store: HistoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_file, "_TELL_EVERY", 1)
    monkeypatch.setattr(store._stopping, "is_set", lambda: True)
    with qtbot.waitSignal(store.exported) as signal:
        store.export(tmp_path / "mine.csv")
    assert signal.args == ["mine.csv", -1]
    assert not (tmp_path / "mine.csv").exists()


def test_a_second_wish_while_one_is_written_is_dropped(qtbot, store: HistoryStore, tmp_path: Path) -> None:
    told: list[str] = []
    store.exported.connect(lambda name, number: told.append(name))
    held = threading.Event()
    store.submit(held.wait)
    store.export(tmp_path / "one.csv")
    assert store.writing
    store.export(tmp_path / "two.csv")
    held.set()
    qtbot.waitUntil(lambda: not store.writing and told == ["one.csv"])
    assert not (tmp_path / "two.csv").exists()


def test_a_deletion_is_told_when_it_is_done(qtbot, store: HistoryStore, deletion: Future[None]) -> None:
    with qtbot.waitSignal(store.deleted):
        store.delete()
        deletion.set_result(None)


def test_a_deletion_that_failed_is_told(qtbot, store: HistoryStore, deletion: Future[None]) -> None:
    with qtbot.waitSignal(store.failed) as signal:
        store.delete()
        deletion.set_exception(LedgerError("It is read-only."))
    assert signal.args == ["It is read-only."]


def test_closed_it_stops_and_tells_nothing(
    qtbot, store: HistoryStore, tmp_path: Path, deletion: Future[None]
) -> None:
    store.delete()
    store.close()
    with qtbot.assertNotEmitted(store.deleted, wait=50), qtbot.assertNotEmitted(store.exported, wait=50):
        deletion.set_result(None)
        store.export(tmp_path / "mine.csv")
    assert not (tmp_path / "mine.csv").exists()
