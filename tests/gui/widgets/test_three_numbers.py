"""The three numbers in every state: exact words, and never a number that is not known."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.interval import Lane
from tokenwatch.base.money import NANO
from tokenwatch.base.snapshot import AgentCounts, Figures, Peak, Rate, Snapshot
from tokenwatch.gui.widgets.headline import Headline
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.spend_numbers import listed_cells, paid_cells
from tokenwatch.gui.widgets.three_numbers import (
    agents_cell,
    agents_spark,
    live_cells,
    missing_sources,
    month_cell,
    month_spark,
    panel_cells,
    rate_cell,
    rate_spark,
    spending_cell,
    today_cell,
)


def texts(cell: Headline) -> tuple[str, str, str, tuple[str, ...]]:
    return cell.label, cell.value, cell.unit, tuple(note.text for note in cell.notes)


def with_rate(rate: Rate) -> Snapshot:
    return replace(samples.usual(), figures=replace(samples.usual().figures, rate=rate))


def test_panels_cells_of_the_usual_moment(look: Look) -> None:
    assert [texts(cell) for cell in panel_cells(samples.usual(), look)] == [
        ("Agents", "5", "+4 sub", ("3", "1", "1")),
        ("Token rate", "31.8k", "/min", ("≈ $9.76 an hour",)),
        ("June, projected", "$412", "", ("range $371–$468",)),
    ]


def test_windows_cells_of_the_usual_moment(look: Look) -> None:
    assert [texts(cell) for cell in live_cells(samples.usual(), look)] == [
        ("Agents", "5", "+4 sub-agents", ("3 working", "1 waiting", "1 idle")),
        ("Token rate", "31.8k", "/min", ("24.3k/min over the hour",)),
        ("Spending now", "$9.76", "/hour", ("metered agents only",)),
        ("Today", "$14.83", "metered", ("+ $8.50 inside plans",)),
        ("June, projected", "$412", "", ("range $371–$468",)),
    ]


def test_agents_are_spoken_with_their_sub_agents(look: Look) -> None:
    said = agents_cell(samples.usual(), look, brief=True).sentence
    assert said == "Agents: 3 working, 1 waiting for you, 1 idle, 4 sub-agents"
    one = replace(samples.usual().figures, counts=AgentCounts(1, 1, 0, 0, 1))
    assert agents_cell(replace(samples.usual(), figures=one), look, brief=False).unit == "+1 sub-agent"


def test_nobody_running(look: Look) -> None:
    snapshot = samples.nothing_running()
    assert texts(agents_cell(snapshot, look, brief=True)) == ("Agents", "0", "", ("none running",))
    assert texts(rate_cell(snapshot, look, brief=True)) == ("Token rate", "0", "/min", ("last token 11:00",))
    assert texts(rate_cell(samples.empty(), look, brief=True))[3] == ("no token yet",)
    assert all(cell.spark is None for cell in panel_cells(snapshot, look))


def test_missing_source_is_said_and_makes_numbers_lower_bounds(look: Look) -> None:
    snapshot = samples.error()
    assert missing_sources(snapshot) == 1
    assert agents_cell(snapshot, look, brief=False).label == "Agents, that can be seen"
    assert "1 source missing" in agents_cell(snapshot, look, brief=False).sentence
    assert rate_cell(snapshot, look, brief=True).value == "≥ 31.8k"
    assert texts(rate_cell(snapshot, look, brief=False))[3] == ("without Claude Code",)
    assert spending_cell(snapshot, look).value.startswith("≥ $")
    assert today_cell(snapshot, look).value == "≥ $14.83"
    today = today_cell(snapshot, look)
    assert texts(today)[3] == ("Claude Code counted to 14:02",)
    assert [note.text for note in (*today.brief, *today.least)] == ["counted to 14:02", "to 14:02"]
    assert [cell.label for cell in live_cells(snapshot, look)] == [
        "Agents, that can be seen", "Token rate", "Today", "June, projected",
    ]  # fmt: skip
    assert month_cell(snapshot, look).value == "≥ $412"
    assert texts(month_cell(snapshot, look))[3] == ("$371–$468, since 14:02",)


def test_paused_shows_no_live_number(look: Look) -> None:
    snapshot = samples.paused()
    assert [cell.value for cell in live_cells(snapshot, look)] == ["—", "—", "—", "$14.83", "$292.07"]
    assert month_cell(snapshot, look).label == "June, at 14:10"


def test_nothing_is_known_at_first(look: Look) -> None:
    cells = live_cells(samples.loading(), look)
    assert [cell.value for cell in cells] == ["··"] * 5
    assert all(cell.sentence.endswith("reading logs") for cell in cells)


def test_before_the_first_look_nobody_is_counted(look: Look) -> None:
    cells = live_cells(samples.looking(), look)
    assert (cells[0].value, cells[0].sentence) == ("··", "Looking for agents")
    assert "··" not in [cell.value for cell in cells[1:]]


def test_the_rule_of_counting_and_the_days_hours_are_said(look: Look) -> None:
    usual = samples.usual()
    figures = replace(usual.figures, working_today_ms=9_000_000, waiting_today_ms=600_000, peak=Peak(working=4))
    cell = agents_cell(replace(usual, figures=figures), look, brief=False)
    assert "Counted are sessions whose process runs" in cell.whole
    assert cell.whole.endswith("Today they worked 2h 30m in all and waited 10m; at most 4 at once.")
    assert "Today" not in agents_cell(replace(usual, figures=figures), look, brief=True).whole


def test_the_rate_of_each_agent_is_said_with_the_whole(look: Look) -> None:
    usual = samples.usual()
    look.know(usual.agents)
    flow = Rate(tokens_1m=12_000, tokens_5m=9_100, tokens_60m=4_000, cost_5m=3.1e9)
    rates = (("claude-code", flow), ("codex", Rate(tokens_60m=0.2)))
    snapshot = replace(usual, figures=replace(usual.figures, agent_rates=rates))
    sentence = rate_cell(snapshot, look, brief=False).whole
    assert sentence.endswith(
        ". Claude Code: 12.0k, 9.1k, 4.0k a minute over 1, 5 and 60 minutes, $3.10 an hour at API prices"
    )
    assert "API" not in rate_cell(snapshot, look, brief=True).whole


def test_import_says_how_far_it_is(look: Look) -> None:
    assert texts(month_cell(samples.importing(), look))[3] == ("$371–$468, 62% of the logs read",)


def test_projection_is_never_a_lone_number(look: Look) -> None:
    assert texts(month_cell(samples.too_early(), look)) == (
        "June so far", "$2.40", "", ("too early to project",),
    )  # fmt: skip
    assert texts(month_cell(samples.low_confidence(), look)) == (
        "June, projected", "$300–$600", "", ("few days of data",),
    )  # fmt: skip


def test_old_rate_is_dimmed_and_dated(look: Look) -> None:
    old = Rate(tokens_5m=900.0, tokens_60m=900.0, last_event=samples.NOW - 240_000)
    cell = rate_cell(with_rate(old), look, brief=True)
    assert (cell.ink, texts(cell)[3]) == ("t2", ("as of 14:28",))
    assert rate_cell(with_rate(replace(old, last_event=samples.NOW - 60_000)), look, brief=True).ink == "t1"


def test_rate_without_metered_use_says_nothing_of_money(look: Look) -> None:
    free = Rate(tokens_5m=900.0, last_event=samples.NOW)
    assert texts(rate_cell(with_rate(free), look, brief=True))[3] == ()


def test_huge_amounts_are_short(look: Look) -> None:
    assert spending_cell(samples.huge(), look).value == "$1.00M"
    rich = replace(samples.month(), spent_today=123_456 * NANO, listed_today=123_456 * NANO)
    snapshot = replace(samples.usual(), figures=replace(samples.usual().figures, month=rich))
    assert texts(today_cell(snapshot, look))[1:] == ("$123k", "metered", ("nothing inside plans",))


@pytest.mark.parametrize("name", samples.EVERY)
def test_every_cell_of_every_snapshot_is_plain_text(look: Look, name: str) -> None:
    snapshot = samples.EVERY[name]()
    cells = [*panel_cells(snapshot, look), *live_cells(snapshot, look)]
    if snapshot.figures.month is not None:
        cells += [*paid_cells(snapshot.figures.month, look, past=False), *listed_cells(snapshot.figures.month, look)]
    for cell in cells:
        assert cell.value
        assert cell.sentence.isprintable()
        assert "None" not in cell.sentence


def test_sparks_are_the_course_of_their_number() -> None:
    figures = samples.usual().figures
    agents = agents_spark(figures)
    assert agents is not None
    assert agents.steps
    assert max(agents.values) <= 5
    rates = rate_spark(figures)
    assert rates is not None
    assert len(rates.values) == 60
    month = month_spark(figures.month)
    assert month is not None
    assert (month.values[-1], month.ahead[-1], month.limit) == (292.07 * NANO, 412 * NANO, 450 * NANO)
    assert (month.low, month.high) == (371 * NANO, 468 * NANO)


def test_without_a_course_there_is_no_spark() -> None:
    assert agents_spark(samples.nothing_running().figures) is None


def test_line_of_agents_ends_at_the_number_above_it_though_the_last_look_is_a_moment_ago() -> None:
    lane = Lane("1", "codex", "acme", ((samples.NOW - 600_000, samples.NOW - 1500),))
    figures = Figures(samples.NOW, lanes=(lane,), counts=AgentCounts(open=1, working=1))
    spark = agents_spark(figures)
    assert spark is not None
    assert spark.values[-2:] == (1.0, 1.0)
    assert rate_spark(samples.loading().figures) is None
    assert month_spark(None) is None
    assert month_spark(replace(samples.month(), days=samples.days(1))) is None
    few = month_spark(samples.low_confidence().figures.month)
    assert few is not None
    assert few.ahead == ()


def test_spend_of_the_present_month(look: Look) -> None:
    assert [texts(cell) for cell in paid_cells(samples.month(), look, past=False)] == [
        ("So far", "$292.07", "", ("$120 plans + $172.07 metered",)),
        ("Projected for June", "$412", "", ("half the time $396–$431, 8 in 10 $371–$468",)),
        ("Budget", "$450", "", ("65% used, month 60% gone",)),
        ("Chance of going over", "13%", "", ("earliest: 28 Jun",)),
    ]


def test_spend_of_a_past_month_has_no_outlook(look: Look) -> None:
    assert [texts(cell) for cell in paid_cells(samples.month(), look, past=True)] == [
        ("Spent in June", "$292.07", "", ("$120 plans + $172.07 metered",)),
        ("Tokens", "860k", "", ("in 143 sessions",)),
        ("Budget", "$450", "", ("65% used",)),
    ]


def test_spend_without_a_budget(look: Look) -> None:
    month = samples.no_budget().figures.month
    assert month is not None
    assert [texts(cell)[1:] for cell in paid_cells(month, look, past=False)[2:]] == [
        ("—", "", ("none set",)),
        ("—", "", ("no budget set",)),
    ]


def test_api_prices_split_into_what_plans_cover_and_what_is_paid(look: Look) -> None:
    month = samples.month()
    cells = listed_cells(month, look)
    assert [cell.label for cell in cells] == ["At API prices", "Of it inside plans", "You pay", "Today"]
    assert cells[2].value == "$292.07"
    at_prices, inside = (float(cell.value.removeprefix("$")) for cell in cells[:2])
    assert at_prices - inside == pytest.approx(month.metered / NANO, abs=0.02)
