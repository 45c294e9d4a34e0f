"""The arithmetic of the benchmarks: which value is judged, and ratios of pairs."""

from __future__ import annotations

import pytest

from benchmarks.pairs import Figure, Run, in_turn, p95, ratios


def test_a_figure_is_judged_by_its_median_unless_it_says_otherwise() -> None:
    values = (1.0, 2.0, 30.0)
    assert Figure("f", "s", values).judged == 2.0
    assert Figure("f", "s", values, of="max").judged == 30.0
    assert Figure("f", "s", values).met is None
    assert Figure("f", "s", values, 2.0).met is True
    assert Figure("f", "s", values, 1.9).met is False


@pytest.mark.parametrize(("count", "place"), [(1, 0), (20, 18), (21, 19), (100, 94), (300, 284)])
def test_the_95th_percentile_is_a_value_that_was_measured(count: int, place: int) -> None:
    assert p95([float(value) for value in reversed(range(count))]) == float(place)


def test_pairs_are_run_in_turn_and_the_first_is_not_counted() -> None:
    order: list[str] = []

    def runner(name: str, wall: float) -> Run:
        order.append(name)
        return Run(wall, wall / 2, 1)

    ones, others = in_turn(lambda: runner("a", 1.0), lambda: runner("b", 4.0), 2)
    assert order == ["a", "b"] * 3
    assert (len(ones), len(others)) == (2, 2)
    assert ratios(ones, others, "wall") == (0.25, 0.25)
    assert ratios(ones, others, "cpu") == (0.25, 0.25)


def test_without_a_peer_one_side_is_measured() -> None:
    ones, others = in_turn(lambda: Run(1.0, 1.0, 1), None, 3)
    assert (len(ones), others) == (3, [])
