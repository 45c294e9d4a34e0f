"""A piece of work that does not end is said; when it ends, the figures go on."""

from __future__ import annotations

import threading

import pytest

from tests.engine.conftest import Desk, Hurry, Start, ToyReader, health_of
from tokenwatch.base.health import HealthState
from tokenwatch.engine.pulse import PATIENCE_SECONDS, Pulse
from tokenwatch.readers.protocol import Part, ReadResult


class Hanging(ToyReader):
    """Never returns from what it reads, unless it is let go."""

    go: threading.Event
    came: threading.Event

    def read(self, part: Part, carry: bytes) -> ReadResult:
        if b'"hang"' in bytes(part.data):
            self.came.set()
            self.go.wait()
        return super().read(part, carry)


def test_a_reader_that_does_not_return_is_said_until_it_does(desk: Desk, start: Start, hurry: Hurry) -> None:
    reader = Hanging()
    reader.go, reader.came = threading.Event(), threading.Event()
    desk.reader = reader
    desk.use(1, 10)
    running = start()
    running.until_tokens(10)
    try:
        desk.use(2, 5, s="hang")
        running.engine.refresh()
        assert reader.came.wait(30)
        hurry.skipped += PATIENCE_SECONDS + 1
        running.engine.refresh()
        snapshot = running.until(lambda one: "stand still" in health_of(one, "ledger").reason)
        assert health_of(snapshot, "ledger").state is HealthState.FAILING
        assert snapshot.figures.month is not None and snapshot.figures.month.tokens == 10
    finally:
        reader.go.set()
    running.until_tokens(15)
    running.until_trouble("")


@pytest.mark.parametrize(
    ("seconds", "still"), [(0.0, False), (PATIENCE_SECONDS, False), (PATIENCE_SECONDS + 1, True)]
)
def test_it_stands_still_after_a_while(seconds: float, still: bool) -> None:
    pulse = Pulse()
    assert not pulse.stands_still(1e9)
    pulse.work(100.0)
    assert pulse.stands_still(100.0 + seconds) is still
    pulse.rest()
    assert not pulse.stands_still(1e9)
