"""When a start goes on: after the first numbers, or when they do not come, and once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.gui import after_numbers
from tokenwatch.gui.after_numbers import AfterNumbers


@pytest.fixture
def after(qapp) -> Iterator[AfterNumbers]:
    after = AfterNumbers()
    yield after
    after.stop()


def looked(found: bool) -> Snapshot:
    snapshot = samples.usual()
    return replace(snapshot, figures=replace(snapshot.figures, looked=found))


def test_without_a_window_it_comes_at_once(qtbot, after: AfterNumbers) -> None:
    with qtbot.waitSignal(after.came):
        after.wait(window=False)


def test_it_comes_after_numbers_that_say_who_runs(qtbot, after: AfterNumbers, monkeypatch) -> None:
    monkeypatch.setattr(after_numbers, "_MOST_MS", 3_600_000)
    after.wait(window=True)
    after.follow(looked(False))
    assert after._timer.remainingTime() > 3_000_000
    with qtbot.waitSignal(after.came):
        after.follow(looked(True))
    with qtbot.assertNotEmitted(after.came, wait=150):
        after.follow(looked(True))


def test_numbers_that_do_not_come_are_not_waited_for_long(qtbot, after: AfterNumbers, monkeypatch) -> None:
    monkeypatch.setattr(after_numbers, "_MOST_MS", 1)
    with qtbot.waitSignal(after.came):
        after.wait(window=True)
