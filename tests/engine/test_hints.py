"""Hints: the first is passed on at once, the next ones together."""

from __future__ import annotations

from pathlib import Path

from tokenwatch.engine.hints import Hints

ONE, OTHER = Path("/one"), Path("/other")


def test_the_first_is_for_now_and_those_that_follow_wait_together() -> None:
    hints = Hints()
    assert (hints.wait(10.0, 60.0), list(hints.take(10.0, 1.0))) == (60.0, [])
    hints.add(ONE)
    assert hints.wait(10.0, 60.0) == 0.0
    assert list(hints.take(10.0, 1.0)) == [ONE]
    for path in (ONE, OTHER, ONE):
        hints.add(path)
    assert hints.wait(10.25, 60.0) == 0.75
    assert list(hints.take(10.25, 1.0)) == []
    assert list(hints.take(11.0, 1.0)) == [ONE, OTHER]
    assert hints.wait(11.0, 60.0) == 60.0


def test_whoever_looks_has_them_at_once() -> None:
    hints = Hints()
    hints.add(ONE)
    hints.take(10.0, 1000.0)
    hints.add(OTHER)
    hints.soon()
    assert list(hints.take(10.0, 1000.0)) == [OTHER]


def test_what_is_cleared_is_gone() -> None:
    hints = Hints()
    hints.add(ONE)
    hints.clear()
    assert list(hints.take(10.0, 1.0)) == []
