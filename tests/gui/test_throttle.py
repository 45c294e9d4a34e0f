"""The first request fires at once, those that follow are joined, and none is lost."""

from __future__ import annotations

import pytest

from tokenwatch.gui.throttle import Throttle

INTERVAL_MS = 40


@pytest.fixture
def fired() -> list[int]:
    return []


@pytest.fixture
def throttle(qtbot, fired: list[int]) -> Throttle:
    throttle = Throttle(INTERVAL_MS)
    throttle.fired.connect(lambda: fired.append(1))
    return throttle


def test_first_request_fires_at_once(throttle: Throttle, fired: list[int]) -> None:
    throttle.request()
    assert fired == [1]


def test_requests_in_the_interval_are_joined_into_one(qtbot, throttle: Throttle, fired: list[int]) -> None:
    for _ in range(10):
        throttle.request()
    assert fired == [1]
    qtbot.waitUntil(lambda: not throttle.resting)
    assert fired == [1, 1]


def test_nothing_fires_without_a_request(qtbot, throttle: Throttle, fired: list[int]) -> None:
    throttle.request()
    qtbot.waitUntil(lambda: not throttle.resting)
    assert fired == [1]


def test_after_the_interval_a_request_fires_at_once(qtbot, throttle: Throttle, fired: list[int]) -> None:
    throttle.request()
    qtbot.waitUntil(lambda: not throttle.resting)
    throttle.request()
    assert fired == [1, 1]


def test_stopping_forgets_what_waits(qtbot, throttle: Throttle, fired: list[int]) -> None:
    throttle.request()
    throttle.request()
    throttle.stop()
    assert not throttle.resting
    throttle.request()
    assert fired == [1, 1]


def test_a_request_made_while_firing_is_kept(qtbot) -> None:
    throttle = Throttle(INTERVAL_MS)
    fired: list[int] = []

    def again() -> None:
        fired.append(1)
        if len(fired) < 3:
            throttle.request()

    throttle.fired.connect(again)
    throttle.request()
    assert fired == [1]
    qtbot.waitUntil(lambda: len(fired) == 3)
