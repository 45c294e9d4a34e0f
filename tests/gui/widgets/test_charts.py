"""The four charts: what they say of a month or an hour, from nothing to far too much, and that all can be painted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF

from tests.gui import samples
from tests.gui.faces import picture, settle
from tokenwatch.base.money import NANO, from_dollars
from tokenwatch.base.snapshot import Figures, Lane, Month, RateSeries
from tokenwatch.gui.widgets.chart_base import ChartBase
from tokenwatch.gui.widgets.day_bars import DayBars
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.month_chart import MonthChart
from tokenwatch.gui.widgets.rate_chart import RateChart, layers
from tokenwatch.gui.widgets.token_calendar import TokenCalendar


@pytest.fixture
def add(qtbot) -> Callable[[ChartBase], ChartBase]:
    def add(chart: ChartBase) -> ChartBase:
        qtbot.addWidget(chart)
        chart.resize(720, 260)
        return chart

    return add


@pytest.fixture
def rates(look: Look, add) -> RateChart:
    return add(RateChart(look))


@pytest.fixture
def month_chart(look: Look, add) -> MonthChart:
    return add(MonthChart(look))


@pytest.fixture
def bars(look: Look, add) -> DayBars:
    return add(DayBars(look))


@pytest.fixture
def calendar(look: Look, add) -> TokenCalendar:
    return add(TokenCalendar(look))


def month_of(name: str) -> Month | None:
    return samples.EVERY[name]().figures.month


# Rate


def test_rate_is_said_with_its_peak(rates: RateChart) -> None:
    rates.show_figures(samples.usual().figures, None)
    assert rates.summary().startswith("Last hour: at most ")
    assert rates.summary().endswith("; 5 sessions")
    best = rates.peak()
    assert best is not None
    value, at = best
    assert 0 < value <= sum(max(row) for _, row in samples.series().rows)
    assert samples.NOW - samples.HOUR_MS <= at <= samples.NOW


def test_stack_holds_each_agent_that_used_tokens_from_the_last_slot_up(rates: RateChart) -> None:
    rates.show_figures(samples.usual().figures, None)
    assert rates.agents() == ("opencode", "codex", "claude-code")
    assert [entry.text for entry in rates.legend()] == ["Claude Code", "Codex", "opencode", "Waiting"]


def test_points_and_table_agree_and_are_the_mean_of_five_minutes(rates: RateChart) -> None:
    start = samples.NOW - 60_000 * 10
    figures = Figures(samples.NOW, series=RateSeries(start, (("codex", (0, 0, 500, 0, 0, 0, 0, 0, 0, 7)),)))
    rates.show_figures(figures, None)
    cells = [row[1] for row in rates.table().rows]
    assert cells == ["0", "0", "167", "125", "100", "100", "100", "0", "0"]
    assert [point.lines[0].split()[-1] for point in rates.stops()] == [f"{cell}/min" for cell in cells]


def test_present_minute_is_left_out_because_it_is_not_over(rates: RateChart) -> None:
    series = RateSeries(samples.NOW - 60_000, (("codex", (0, 900_000)),))
    rates.show_figures(Figures(samples.NOW, series=series, month=samples.month()), None)
    assert rates.summary() == "Last hour: no tokens"
    assert rates.nothing_words() == "The first tokens came just now and are drawn soon"
    rates.show_figures(Figures(samples.NOW, month=samples.month()), None)
    assert rates.nothing_words() == "No tokens in this time"


def test_longer_span_has_longer_steps_of_the_same_rate(rates: RateChart) -> None:
    rates.show_figures(samples.usual().figures, None)
    assert 59 <= len(rates.stops()) <= 61
    rates.show_minutes(360)
    assert 70 <= len(rates.stops()) <= 72
    rates.show_minutes(1440)
    assert 285 <= len(rates.stops()) <= 288
    best = rates.peak()
    assert best is not None and best[0] == pytest.approx(12_000)
    assert rates.summary().startswith("Last 24 hours: ")


def test_lost_agent_is_not_drawn_as_if_it_had_used_nothing(rates: RateChart) -> None:
    start = samples.NOW - 60_000 * 10
    rows = (("codex", (9,) * 10), ("claude-code", (5, 5, 5, 5, 5, 0, 0, 0, 0, 0)))
    figures = Figures(samples.NOW, series=RateSeries(start, rows))
    since = start + 5 * 60_000
    rates.show_figures(figures, since, (("claude-code", since),))
    cells = [row[1:] for row in rates.table().rows]
    assert cells == [("14", "9", "5")] * 5 + [("≥ 9", "9", "—")] * 4
    assert [len(point.lines) for point in rates.stops()] == [3] * 5 + [2] * 4
    assert rates.stops()[-1].lines[0].endswith("≥ 9/min")
    assert not picture(rates).isNull()


def test_agent_of_which_one_folder_is_still_read_is_drawn_on(rates: RateChart) -> None:
    start = samples.NOW - 60_000 * 10
    figures = Figures(samples.NOW, series=RateSeries(start, (("claude-code", (5,) * 10),)))
    rates.show_figures(figures, start, (("claude-code", start + 5 * 60_000),))
    assert {row[1] for row in rates.table().rows} == {"5"}


def test_the_busiest_session_of_an_agent_is_a_layer_of_its_own() -> None:
    series = RateSeries(0, (("codex", (10, 20, 30, 0)),), 5 * 60_000, (("codex", (0, 20, 10, 0)),))
    found = layers(series, lambda agent: (0, agent))
    assert [(layer.values, layer.pale) for layer in found] == [((2, 0, 4), True), ((0, 4, 2), False)]


def test_a_layer_that_holds_nothing_is_left_out() -> None:
    series = RateSeries(0, (("codex", (1, 0)), ("gemini", (0, 5))), parts=(("codex", (1, 0)),))
    assert [layer.agent for layer in layers(series, lambda agent: (0, agent))] == ["codex"]


def test_lanes_without_room_are_left_out_before_the_stack_is(rates: RateChart) -> None:
    rates.show_figures(samples.usual().figures, None)
    assert rates._lane_count() == 5
    rates.resize(720, rates.least_height(2))
    assert rates._lane_count() == 2
    rates.resize(720, 60)
    assert rates._lane_count() == 0


def test_a_picture_is_kept_only_of_what_is_painted_again_and_is_the_same(
    rates: RateChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates.show_figures(samples.usual().figures, None)
    painted: list[None] = []
    paint = rates.paint_chart
    monkeypatch.setattr(rates, "paint_chart", lambda painter: (painted.append(None), paint(painter)))
    first = picture(rates)  # hidden, a widget is resized each time
    assert rates._picture is None, "while a window is resized no picture is made in vain"
    rates.show()
    settle()
    painted.clear()
    second, third = picture(rates), picture(rates)
    assert (len(painted), rates._picture is None) == (0, False)
    assert first == second == third
    rates.resize(rates.width() + 1, rates.height())
    assert rates._picture is None


def test_only_time_that_moved_by_a_pixel_paints_again(rates: RateChart) -> None:
    figures = samples.usual().figures
    rates.show_figures(figures, None)
    rates.show()
    settle()
    picture(rates)
    kept = rates._picture
    assert kept is not None
    rates.show_figures(replace(figures, at=figures.at + 1000), None)
    assert rates._picture is kept
    rates.show_figures(replace(figures, at=figures.at + 10_000), None)
    assert rates._picture is None


@pytest.mark.parametrize("name", samples.EVERY)
@pytest.mark.parametrize("minutes", [60, 180])
def test_every_hour_can_be_painted_and_walked(rates: RateChart, name: str, minutes: int) -> None:
    figures = samples.EVERY[name]().figures
    rates.show_minutes(minutes)
    rates.show_figures(figures, samples.NOW - 1_800_000)
    for wide, tall in ((720, 260), (330, 90), (20, 20)):
        rates.resize(wide, tall)
        assert not picture(rates).isNull()
        assert rates.nearest(QPointF(5, 5)) in (None, *range(200))
    assert rates.table().rows or not rates.agents()


@pytest.mark.parametrize("span", [(0, 10**15), (samples.NOW + 1, samples.NOW + 2), (samples.NOW, 0), (-5, -1)])
def test_lanes_with_impossible_times_can_be_painted(rates: RateChart, span: tuple[int, int]) -> None:
    lane = Lane("s", "codex", "p", busy=(span,), waiting=(span,))
    rates.show_figures(replace(samples.usual().figures, lanes=(lane,)), None)
    assert not picture(rates).isNull()


# Month


def test_month_is_said_with_range_and_budget(month_chart: MonthChart) -> None:
    month_chart.show_month(samples.month())
    assert month_chart.summary() == "June $292.07 of $450, projected $412, range $371 to $468"
    assert month_chart.accessibleName() == month_chart.summary()


def test_month_walks_from_the_first_to_the_last_day(month_chart: MonthChart) -> None:
    month_chart.show_month(samples.month())
    stops = month_chart.stops()
    assert len(stops) == 30
    assert stops[0].lines[0] == "1 Jun"
    assert stops[17].lines[1] == "$292.07 so far"
    assert stops[-1].lines == ("30 Jun", "projected $412", "range $371–$468")
    assert [stop.x for stop in stops] == sorted(stop.x for stop in stops)


def test_table_of_the_month_adds_up(month_chart: MonthChart) -> None:
    month_chart.show_month(samples.month())
    rows = month_chart.table().rows
    assert len(rows) == 30
    assert rows[17] == ("18 Jun", "$292.07", "")
    assert rows[-1] == ("30 Jun", "$412", "$371–$468")


def test_few_days_have_a_range_without_a_median(month_chart: MonthChart) -> None:
    month_chart.show_month(month_of("low_confidence"))
    assert "projected" not in [entry.text for entry in month_chart.legend()]
    assert all("projected" not in " ".join(stop.lines) for stop in month_chart.stops())
    assert month_chart.table().rows[-1][1] == ""


def test_api_prices_have_no_forecast(month_chart: MonthChart) -> None:
    month_chart.show_month(samples.month(), listed=True)
    assert len(month_chart.stops()) == 18
    assert month_chart.summary().startswith("At API prices: $")


def test_unknown_month_is_empty(month_chart: MonthChart) -> None:
    month_chart.show_month(None)
    assert month_chart.summary() == "This month: not known yet"
    assert (month_chart.legend(), month_chart.stops(), month_chart.table().rows) == ((), (), ())


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize("name", samples.EVERY)
def test_every_month_can_be_painted(
    month_chart: MonthChart, bars: DayBars, calendar: TokenCalendar, name: str, listed: bool
) -> None:
    month = month_of(name)
    month_chart.show_month(month, listed=listed)
    bars.show_month(month, listed=listed)
    if month is not None:
        calendar.show_days(samples.calendar(), month.today, month)
    for chart in (month_chart, bars, calendar):
        for wide, tall in ((720, 260), (330, 120), (20, 20)):
            chart.resize(wide, tall)
            chart.go_to(len(chart.stops()) - 1 if chart.stops() else None, speak=False)
            assert not picture(chart).isNull()


@pytest.mark.parametrize("today", [date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 15)])
def test_first_last_and_past_days_can_be_painted(month_chart: MonthChart, today: date) -> None:
    days = samples.days(min(30, today.day) if today.month == 6 else 30)
    month_chart.show_month(replace(samples.month(), today=today, days=days))
    assert not picture(month_chart).isNull()
    assert len(month_chart.stops()) >= len(days)


# Days


def test_days_are_said_with_the_dearest(bars: DayBars) -> None:
    bars.show_month(samples.month())
    assert bars.summary() == "Per day: $172.07 in all; most on 4 Jun, $13.84"
    assert bars.agents() == ("claude-code", "opencode")


def test_amounts_in_the_legend_add_up_to_what_is_metered(bars: DayBars) -> None:
    bars.show_month(samples.month())
    cents = sum(round(float(entry.value.removeprefix("$")) * 100) for entry in bars.legend())
    assert abs(cents - 17_207) <= 1


def test_day_names_its_agents(bars: DayBars) -> None:
    bars.show_month(samples.month())
    last = bars.stops()[-1]
    assert last.lines[0].startswith("Thu 18 Jun   $")
    assert [line.split("   ")[0] for line in last.lines[1:]] == ["opencode", "Claude Code"]
    assert last.box is not None
    assert bars.nearest(last.box.center()) == 17


def test_month_without_any_cost_says_so(bars: DayBars) -> None:
    bars.show_month(month_of("empty"))
    assert bars.summary() == "Per day: nothing spent"
    assert bars.legend() == ()


def test_cents_have_steps_of_cents(bars: DayBars) -> None:
    bars.show_month(replace(samples.month(), days=samples.days(18, from_dollars("1.20"), 0)))
    assert 0 < bars._steps()[1] < NANO
    bars.show_month(samples.month())
    assert bars._steps()[1] % NANO == 0


# Calendar


def test_calendar_is_said_with_today_and_the_busiest_day(calendar: TokenCalendar) -> None:
    calendar.show_days(samples.calendar(), date(2026, 6, 18), samples.month())
    assert calendar.facts()[0] == ("Today so far", "20.0M")
    assert calendar.facts()[1][0] == "Busiest day"
    assert calendar.facts()[2] == ("June", "860k in 143 sessions")
    assert calendar.summary().startswith("Tokens per day. Today so far 20.0M, ")


def test_calendar_holds_sixteen_weeks_newest_last(calendar: TokenCalendar) -> None:
    calendar.show_days(samples.calendar(), date(2026, 6, 18), samples.month())
    stops = calendar.stops()
    assert len(stops) == 15 * 7 + 4
    assert stops[-1].lines == ("Thu 18 Jun", "20.0M tokens")
    assert calendar.table().rows[0] == ("18 Jun", "20.0M")
    assert stops[-1].box is not None
    assert calendar.nearest(stops[-1].box.center()) == len(stops) - 1


def test_calendar_without_any_use_names_no_busiest_day(calendar: TokenCalendar) -> None:
    empty = month_of("empty")
    assert empty is not None
    calendar.show_days((), date(2026, 6, 18), empty)
    assert calendar.facts() == (("Today so far", "0"), ("Busiest day", "none yet"), ("June", "0"))


def test_squares_stay_above_the_facts(calendar: TokenCalendar) -> None:
    calendar.show_days(samples.calendar(), date(2026, 6, 18), samples.month())
    for wide, tall in ((300, 200), (280, 184), (800, 400)):
        calendar.resize(wide, tall)
        picture(calendar)
        lowest = max(stop.box.bottom() for stop in calendar.stops() if stop.box is not None)
        assert lowest <= tall - 3 * calendar.look.px(22)
