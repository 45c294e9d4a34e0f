"""The payback chart says in words and tables what it draws, and draws what has no fee, no use or too much of it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.payback_chart import PaybackChart
from tokenwatch.insight.value import PlanValue

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)


@pytest.fixture
def chart(qtbot, look: Look) -> PaybackChart:
    chart = PaybackChart(look)
    qtbot.addWidget(chart)
    chart.resize(420, 200)
    chart.show()
    return chart


def codex() -> PlanValue:
    return samples.value().plans[1]


def test_it_is_said_when_a_plan_paid_for_itself(chart: PaybackChart) -> None:
    chart.show_plan(codex(), FIRST, LAST)
    assert chart.summary() == "At API prices: $61.00 so far, for $20, paid back on 5 Jun"


def test_a_plan_that_did_not_is_only_summed_up(chart: PaybackChart) -> None:
    chart.show_plan(replace(codex(), days=(10**9,)), FIRST, LAST)
    assert chart.summary() == "At API prices: $1.00 so far, for $20"


def test_table_and_stops_have_every_day_with_its_sum(chart: PaybackChart) -> None:
    chart.show_plan(codex(), FIRST, LAST)
    assert chart.table().rows[1] == ("2 Jun", "$4.00", "$6.00")
    points = chart.points()
    assert len(points) == len(chart.table().rows) == 18
    assert points[1].lines == ("2 Jun", "$6.00 so far", "$4.00 that day")
    assert all(one.x < other.x for one, other in pairwise(points))


def test_words_stay_in_the_picture(chart: PaybackChart, painted) -> None:
    chart.show_plan(codex(), FIRST, LAST)
    chart.grab()
    assert {"$61.00", "you pay $20", "paid back on 5 Jun"} <= set(painted.texts)
    assert painted.cut == []


@pytest.mark.parametrize(
    "plan",
    [
        replace(codex(), fee=None),
        replace(codex(), fee=0),
        replace(codex(), days=()),
        replace(codex(), days=(0,) * 30),
        replace(codex(), days=(10**20,) * 30),
        replace(codex(), fee=10**20),
        replace(codex(), days=(10**12, *(0,) * 29)),
    ],
)
def test_any_plan_can_be_drawn(chart: PaybackChart, plan: PlanValue) -> None:
    chart.show_plan(plan, FIRST, LAST)
    for size in ((420, 200), (240, 120), (1200, 90)):
        chart.resize(*size)
        assert not chart.grab().isNull()


def test_nothing_is_said_before_there_is_a_plan(chart: PaybackChart) -> None:
    assert (chart.summary(), chart.points(), chart.table().rows) == ("", [], ())
    assert not chart.grab().isNull()
