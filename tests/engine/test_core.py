"""The core: its figures are those of the ledger, at every start, in every face, and under every setting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from tests.engine.conftest import (
    DAY,
    DOLLAR,
    HOUR,
    MINUTE,
    NANO_A_TOKEN,
    NOW,
    Desk,
    MovableClock,
    fill,
    free,
    read_all,
)
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.snapshot import Confidence, Figures, Month, Rate, Snapshot, State
from tokenwatch.base.usage import Tokens
from tokenwatch.cli.status import status_json
from tokenwatch.engine import look_once
from tokenwatch.engine.core import Core
from tokenwatch.insight.totals import report
from tokenwatch.live.sessions import OpenSession

Keep = Callable[[Core], Core]
OPEN = OpenSession("toy", "s1", State.WORKING, Confidence.EXACT)


def month_in(figures: Figures) -> Month:
    assert figures.month is not None
    return figures.month


def month_of(snapshot: Snapshot) -> Month:
    return month_in(snapshot.figures)


def close_to(rate: Rate) -> Rate:
    """The same but for the last digits."""
    numbers = {name: pytest.approx(value, rel=1e-9) for name, value in rates(rate).items()}
    return replace(rate, **numbers)


def rates(rate: Rate) -> dict[str, float]:
    return {name: getattr(rate, name) for name in Rate.__slots__ if name != "last_event"}


# The same figure everywhere


def test_figures_are_what_a_report_says(agents_home: Paths, cores: Keep) -> None:
    core = cores(Core(agents_home, MovableClock(), Settings(timezone="UTC")))
    core.open()
    read_all(core)
    month = month_of(core.snapshot(()))
    queries = core.books.queries
    assert queries is not None
    said = report(queries, ("day", "agent"), date(2026, 11, 1), date(2026, 11, 30), core.zone)
    assert said.totals.requests == 17
    assert (month.listed, month.tokens) == (said.totals.cost, said.totals.tokens.total)
    days = {
        (day.day.isoformat(), agent): (dict(day.listed_by_agent)[agent], tokens)
        for day in month.days
        for agent, tokens in day.by_agent_tokens
    }
    assert days == {tuple(value for _, value in group.by): (group.cost, group.tokens.total) for group in said.groups}


def test_status_says_the_same_as_an_app_that_watched_it_all(agents_home: Paths, cores: Keep) -> None:
    clock, settings = MovableClock(), Settings(timezone="UTC")
    core = cores(Core(agents_home, clock, settings))
    core.open()
    read_all(core)
    said = status_json(core.snapshot((), judge=False))
    core.close()
    for _ in range(2):
        again = status_json(look_once.snapshot(agents_home, clock, settings))
        # Agents that run on this computer while the tests do are none of theirs.
        assert again | {"agents": said["agents"], "sessions": said["sessions"]} == said
    assert said["rate"]["tokens_per_min"]["5m"] > 0


def test_a_first_look_has_the_rate_of_what_it_just_read(agents_home: Paths, cores: Keep) -> None:
    clock, settings = MovableClock(), Settings(timezone="UTC")
    first = look_once.snapshot(agents_home, clock, settings)
    second = look_once.snapshot(agents_home, clock, settings)
    assert first.figures.rate.tokens_5m > 0
    assert first.figures.rate == close_to(second.figures.rate)
    assert (first.figures.series, first.figures.lanes) == (second.figures.series, second.figures.lanes)


# The rate


def test_the_rate_is_that_of_event_time(desk: Desk, cores: Keep) -> None:
    desk.use(1, 600, ago=60)
    rate = cores(desk.opened()).snapshot(()).figures.rate
    assert rate.tokens_5m == pytest.approx(120 * 0.8187, rel=1e-3)
    assert rate.metered_60m == pytest.approx(rate.tokens_60m * 60 * NANO_A_TOKEN)
    assert rate.last_event == NOW - MINUTE


def test_after_a_restart_the_rate_is_as_it_was(desk: Desk, cores: Keep) -> None:
    for number in range(40):
        desk.use(number, 100 + number, ago=number * 90, s=f"s{number % 3}", cache=7)
    core = cores(desk.opened())
    before = core.snapshot(()).figures
    core.close()
    after = cores(desk.opened()).snapshot(()).figures
    assert after.rate == close_to(before.rate)
    assert (after.series, after.lanes) == (before.series, before.lanes)


def test_a_backfill_makes_no_rate(desk: Desk, cores: Keep) -> None:
    desk.use(1, 60, ago=60)
    core = cores(desk.opened())
    before = core.snapshot(()).figures.rate
    for number in range(2, 200):
        desk.use(number, 1_000_000, ago=number * 86_400, log="old")
    read_all(core)
    assert month_of(core.snapshot(())).tokens > 1_000_000
    assert core.snapshot(()).figures.rate == close_to(before)


def test_reading_all_logs_again_makes_no_rate(desk: Desk, cores: Keep) -> None:
    desk.use(1, 60, ago=60)
    core = cores(desk.opened())
    before = core.snapshot(()).figures
    assert core.books.ledger is not None
    core.books.ledger.forget_checkpoints()
    read_all(core)
    after = core.snapshot(()).figures
    assert (after.rate, month_in(after).tokens) == (close_to(before.rate), 60)


def test_a_response_that_grows_adds_what_it_grew_by(desk: Desk, cores: Keep) -> None:
    desk.use(1, 60)
    core = cores(desk.opened())
    core.snapshot(())
    desk.use(1, 100)
    read_all(core)
    assert core.snapshot(()).figures.rate.tokens_5m == pytest.approx(20.0)


def test_a_newer_reader_that_reads_all_again_makes_no_rate_and_no_stale_session(desk: Desk, cores: Keep) -> None:
    for number in range(5):
        desk.use(number, 60, ago=60)
    core = cores(desk.opened())
    before = core.snapshot((OPEN,)).figures
    core.close()
    desk.reader.version = 2
    core = cores(desk.core())
    core.open()
    core.snapshot((OPEN,))
    read_all(core)
    after = core.snapshot((OPEN,)).figures
    assert after.rate == close_to(before.rate)
    assert after.sessions[0].tokens == Tokens(output=300)


def test_what_a_newer_reader_does_not_find_is_gone_from_every_figure(desk: Desk, cores: Keep) -> None:
    desk.use(1, 60, ago=60, s="s1")
    core = cores(desk.opened())
    core.close()
    desk.log().write_text("")
    desk.reader.version = 2
    core = cores(desk.core())
    core.open()
    core.snapshot((OPEN,))
    read_all(core)
    after = core.snapshot((OPEN,)).figures
    assert (after.rate.tokens_5m, month_in(after).tokens, after.sessions[0].tokens) == (0.0, 0, Tokens())


def test_sleep_makes_no_rate(desk: Desk, cores: Keep) -> None:
    desk.use(1, 600)
    core = cores(desk.opened())
    before = core.snapshot(()).figures.rate
    desk.clock.advance(8 * 3600)
    after = core.snapshot(()).figures.rate
    assert all(0 <= now <= then for now, then in zip(rates(after).values(), rates(before).values(), strict=True))
    assert after.tokens_60m < 0.01


def test_a_clock_that_was_wrong_for_a_while_costs_no_rate(desk: Desk, cores: Keep) -> None:
    desk.use(1, 600, ago=60)
    core = cores(desk.opened())
    before = core.snapshot(()).figures
    desk.clock.set(NOW + 300 * DAY)
    core.snapshot(())
    desk.clock.set(NOW)
    core.recall()  # as the engine does after a jump
    after = core.snapshot(()).figures
    assert (after.rate, after.lanes) == (close_to(before.rate), before.lanes)


# Sessions


def test_a_session_has_its_tokens_and_its_cost_sub_agents_included(desk: Desk, cores: Keep) -> None:
    desk.use(1, 10)
    desk.use(2, 20, sub="a1")
    desk.use(3, 40, s="child", parent="s1", sub="a2", log="b")
    desk.use(4, 80, s="grandchild", parent="child", sub="a3", log="c")
    desk.use(5, 1000, s="other", log="d")
    core = cores(desk.opened())
    (row,) = core.snapshot((OPEN,)).figures.sessions
    assert (row.tokens.output, row.cost) == (150, 150 * NANO_A_TOKEN)
    assert row.tokens_per_min == pytest.approx(30.0)
    desk.use(6, 5, s="grandchild", parent="child", sub="a3", log="c")
    read_all(core)
    (row,) = core.snapshot((OPEN,)).figures.sessions
    assert (row.tokens.output, row.tokens_per_min) == (155, pytest.approx(31.0))


def test_an_old_record_that_comes_late_is_in_its_session_s_sum(desk: Desk, cores: Keep) -> None:
    desk.use(1, 10)
    core = cores(desk.opened())
    core.snapshot((OPEN,))
    desk.use(2, 20, ago=3 * 86_400, log="b")
    read_all(core)
    assert core.snapshot((OPEN,)).figures.sessions[0].tokens.output == 30


def test_a_session_in_which_a_part_has_no_price_has_none(desk: Desk, cores: Keep) -> None:
    desk.use(1, 10)
    core = cores(desk.opened())
    assert core.snapshot((OPEN,)).figures.sessions[0].cost == 10 * NANO_A_TOKEN
    desk.use(2, 10, model="nobody-1")
    read_all(core)
    assert core.snapshot((OPEN,)).figures.sessions[0].cost is None


def test_a_session_of_which_nothing_is_logged_has_used_nothing(desk: Desk, cores: Keep) -> None:
    (row,) = cores(desk.opened()).snapshot((OPEN,)).figures.sessions
    assert (row.tokens, row.cost) == (Tokens(), 0)


def test_without_a_ledger_a_session_s_cost_is_unknown(desk: Desk, cores: Keep) -> None:
    desk.use(1, 10)
    desk.paths.ensure(desk.paths.data)
    desk.paths.ledger.mkdir()
    core = cores(desk.core())
    assert not core.open()
    snapshot = core.snapshot((OPEN,))
    assert snapshot.figures.sessions[0].cost is None
    assert (snapshot.figures.month, snapshot.figures.counts.working) == (None, 1)


def test_when_nothing_runs_the_last_session_is_known(desk: Desk, cores: Keep) -> None:
    desk.use(1, 10, ago=305, s="earlier", dir="/work/one")
    desk.use(2, 20, ago=300, s="last", dir="/work/two")
    desk.use(3, 30, ago=290, s="child", parent="last", sub="a1", dir="/work/two")
    desk.use(4, 40, ago=500, s="between", dir="/work/three")
    core = cores(desk.opened())
    figures = core.snapshot(()).figures
    last = figures.last_session
    assert last is not None
    assert (last.session, last.project, last.state) == ("last", "two", State.ENDED)
    assert (last.tokens.output, last.last_activity) == (50, NOW - 290_000)
    assert core.snapshot((OPEN,)).figures.last_session is None


def test_the_last_session_is_known_after_days_to_a_quarter_of_an_hour(desk: Desk, cores: Keep) -> None:
    desk.use(1, 10, ago=5 * 86_400, s="last")
    last = cores(desk.opened()).snapshot(()).figures.last_session
    assert last is not None and last.last_activity is not None
    assert last.session == "last"
    assert 0 <= NOW - 5 * DAY - last.last_activity < 15 * MINUTE


def test_the_last_event_is_known_while_only_a_session_runs_that_has_logged_nothing(desk: Desk, cores: Keep) -> None:
    desk.use(1, 10, ago=5 * 86_400, s="earlier")
    figures = cores(desk.opened()).snapshot((OPEN,)).figures
    assert figures.last_session is None
    assert figures.last_event is not None
    assert 0 <= NOW - 5 * DAY - figures.last_event < 15 * MINUTE


def test_a_line_without_tokens_is_an_event(desk: Desk, cores: Keep) -> None:
    asked = replace(OPEN, last_activity=NOW - 3_000)
    assert cores(desk.opened()).snapshot((asked,)).figures.last_event == NOW - 3_000
    desk.use(1, 10, ago=1)
    assert cores(desk.opened()).snapshot((asked,)).figures.last_event == NOW - 1_000


def test_without_any_event_there_is_no_last_one(desk: Desk, cores: Keep) -> None:
    assert cores(desk.opened()).snapshot((OPEN,)).figures.last_event is None


def test_lanes_name_projects(desk: Desk, cores: Keep) -> None:
    desk.use(1, 10, ago=60)
    (lane,) = cores(desk.opened()).snapshot(()).figures.lanes
    assert (lane.session, lane.project, lane.busy) == ("s1", "acme", ((NOW - 2 * MINUTE, NOW - MINUTE),))


# Settings


def test_a_budget_reaches_the_next_snapshot(desk: Desk, cores: Keep) -> None:
    desk.use(1, 10)
    core = cores(desk.opened())
    assert month_of(core.snapshot(())).budget is None
    core.change_settings(replace(desk.settings, budget=5 * DOLLAR))
    assert month_of(core.snapshot(())).budget == 5 * DOLLAR


def test_a_plan_reaches_the_next_snapshot(desk: Desk, cores: Keep) -> None:
    desk.use(1, 600, ago=60)
    core = cores(desk.opened())
    metered = core.snapshot((OPEN,)).figures
    core.change_settings(replace(desk.settings, billing=(("toy", Billing("plan", 20 * DOLLAR)),)))
    figures = core.snapshot((OPEN,)).figures
    assert figures.month is not None
    assert (figures.month.spent, figures.month.fees, figures.month.metered) == (20 * DOLLAR, 20 * DOLLAR, 0)
    assert figures.month.listed == 600 * NANO_A_TOKEN
    assert (figures.rate.metered_5m, figures.rate.cost_5m) == (0.0, pytest.approx(metered.rate.cost_5m))
    assert figures.sessions[0].in_plan


def test_counting_cache_reads_reaches_the_next_snapshot_and_back(desk: Desk, cores: Keep) -> None:
    desk.use(1, 100, cache=900)
    core = cores(desk.opened())
    assert core.snapshot(()).figures.rate.tokens_5m == pytest.approx(20.0)
    core.change_settings(replace(desk.settings, count_cache_reads=True))
    assert core.snapshot(()).figures.rate.tokens_5m == pytest.approx(200.0)
    desk.use(2, 0, cache=100)
    read_all(core)
    assert core.snapshot(()).figures.rate.tokens_5m == pytest.approx(220.0)
    core.change_settings(desk.settings)
    assert core.snapshot(()).figures.rate.tokens_5m == pytest.approx(20.0)


def test_a_time_zone_reaches_the_next_snapshot(desk: Desk, cores: Keep) -> None:
    desk.use(1, 10, ago=2 * HOUR / 1000)  # 08:50 UTC
    core = cores(desk.opened())
    assert [day.day.day for day in month_of(core.snapshot(())).days if day.tokens] == [23]
    core.change_settings(replace(desk.settings, timezone="Pacific/Kiritimati"))  # UTC+14: 22:50
    assert month_of(core.snapshot(())).today == date(2026, 11, 24)
    core.change_settings(replace(desk.settings, timezone="Pacific/Pago_Pago"))  # UTC-11: 21:50 of the day before
    snapshot = core.snapshot(())
    assert month_of(snapshot).today == date(2026, 11, 22)
    assert snapshot.figures.calendar == ((date(2026, 11, 22), 10),)


def test_new_prices_reach_the_next_snapshot(desk: Desk, cores: Keep) -> None:
    desk.use(1, 600)
    cores(desk.opened()).close()
    desk.paths.price_overrides.write_text('[[price]]\nmodel = "toy-1"\ninput = 3\noutput = 3\n')
    core = cores(desk.core())
    core.open()
    assert month_of(core.snapshot((OPEN,))).listed == 600 * NANO_A_TOKEN
    core.reprice()
    figures = core.snapshot((OPEN,)).figures
    assert figures.month is not None
    assert figures.month.listed == figures.sessions[0].cost == 1800 * NANO_A_TOKEN
    assert figures.rate.cost_5m == pytest.approx(120 * 60 * 3 * NANO_A_TOKEN)


# Days and months


def test_the_month_turns_at_local_midnight(desk: Desk, cores: Keep) -> None:
    desk.settings = Settings(timezone="America/New_York")
    midnight = 1_796_101_200_000  # 2026-12-01 00:00 in New York, 05:00 UTC
    desk.clock.set(midnight - 60_000)
    desk.use(1, 10)
    core = cores(desk.opened())
    november = month_of(core.snapshot(()))
    assert (november.label, november.tokens, november.today) == ("2026-11", 10, date(2026, 11, 30))
    desk.clock.advance(59.999)
    assert month_of(core.snapshot(())).label == "2026-11"
    desk.clock.advance(0.001)
    december = month_of(core.snapshot(()))
    assert (december.label, december.tokens, december.last_month) == ("2026-12", 0, 10 * NANO_A_TOKEN)


def test_a_forecast_moves_with_the_clock_also_when_nothing_is_used(desk: Desk, cores: Keep) -> None:
    for day in range(30):
        desk.use(day, 1_000_000, ago=86_400 * day)
    core = cores(desk.opened())
    before = month_of(core.snapshot(())).forecast.p50
    desk.clock.advance(10 * 3600)
    after = month_of(core.snapshot(())).forecast.p50
    assert before is not None and after is not None and before != after


def test_a_clock_that_is_set_back_has_the_month_asked_again(desk: Desk, cores: Keep) -> None:
    desk.use(1, 10)
    core = cores(desk.opened())
    core.snapshot(())
    desk.clock.set(NOW - 30 * DAY)
    assert month_of(core.snapshot(())).label == "2026-10"


def test_a_clock_that_is_set_back_within_a_day_has_the_forecast_of_its_hour(desk: Desk, cores: Keep) -> None:
    for day in range(30):
        desk.use(day, 1_000_000, ago=86_400 * day)
    desk.clock.advance(3600)
    core = cores(desk.opened())
    core.snapshot(())
    desk.clock.advance(-3 * 3600)
    after = month_of(core.snapshot(())).forecast
    assert after == month_of(cores(desk.opened()).snapshot(())).forecast


# Trouble


def test_figures_stay_when_the_ledger_gets_in_trouble(desk: Desk, cores: Keep) -> None:
    desk.use(1, 600)
    core = cores(desk.opened())
    before = core.snapshot(()).figures
    core.close()
    desk.paths.ledger.unlink()
    desk.paths.ledger.mkdir()
    assert not core.open()
    after = core.snapshot(()).figures
    assert (after.month, after.rate) == (before.month, before.rate)


def test_what_was_undone_is_counted_once_when_it_is_read_again(desk: Desk, cores: Keep) -> None:
    desk.use(0, 60)
    core = cores(desk.opened())
    core.snapshot(())
    fill(core.books)
    for number in range(1, 301):
        desk.use(number, 10, s=f"s{number}", log="b")
    core.plan()
    for _ in range(3):
        core.step()
        assert core.books.trouble
        assert core.snapshot(()).figures.rate.tokens_5m == pytest.approx(12.0)
    free(core.books)
    core.step()
    figures = core.snapshot(()).figures
    assert (core.books.trouble, month_in(figures).tokens) == ("", 3060)
    assert figures.rate.tokens_5m == pytest.approx(612.0)


def test_a_reader_only_shows_what_the_owner_counted(desk: Desk, cores: Keep) -> None:
    desk.use(1, 600)
    owner = cores(desk.opened())
    other = cores(desk.core(write=False))
    assert other.open()
    assert status_json(other.snapshot((), judge=False)) | {"health": []} == status_json(owner.snapshot(())) | {
        "health": []
    }


def test_agents_and_sources_are_named(desk: Desk, cores: Keep) -> None:
    snapshot = cores(desk.opened()).snapshot(())
    assert (snapshot.sources, snapshot.agents) == (0, (("toy", "Toy", "T"),))
    desk.use(1, 10)
    core = cores(desk.opened())
    assert core.snapshot(()).sources == 1
    core.paused_since = NOW
    assert core.snapshot(()).paused_since == NOW


# A long import, whose changes are committed together


@pytest.fixture
def long_import(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is entered is held until everything is read, for the clock stands still."""
    monkeypatch.setattr("tokenwatch.collect.scanner.WORTH_IT", 1)


def begin_to_read(core: Core) -> None:
    """One source of several is entered, and not committed."""
    core.plan()
    assert core.step(0.0)
    assert core.books.pending
    assert core.books.ledger is not None and core.books.ledger.holding


def read_on(core: Core) -> None:
    while core.books.pending:
        core.step(0.0)


def test_what_is_held_counts_everywhere_as_soon_as_it_is_committed(
    desk: Desk, cores: Keep, long_import: None
) -> None:
    desk.use(2, 20, s="other", log="b", ago=9)
    desk.use(3, 40, s="other", log="c", ago=99)
    desk.use(1, 10, s="s1")
    core = cores(desk.core())
    core.open()
    begin_to_read(core)
    figures = core.snapshot((OPEN,)).figures
    assert (month_in(figures).tokens, figures.sessions[0].tokens) == (0, Tokens())
    assert figures.rate.tokens_5m == pytest.approx(2.0)
    read_on(core)
    figures = core.snapshot((OPEN,)).figures
    assert (month_in(figures).tokens, figures.sessions[0].tokens) == (70, Tokens(output=10))


def test_what_is_held_is_committed_and_shown_also_if_the_rest_is_gone(
    desk: Desk, cores: Keep, long_import: None
) -> None:
    core = cores(desk.opened())
    desk.use(1, 10)
    gone = desk.use(2, 20, log="b", ago=9)
    begin_to_read(core)
    assert month_of(core.snapshot(())).tokens == 0
    gone.unlink()
    assert core.step()
    assert month_of(core.snapshot(())).tokens == 10
    assert not core.step()


def test_what_is_held_keeps_its_rate_when_settings_change(desk: Desk, cores: Keep, long_import: None) -> None:
    desk.use(1, 10, cache=90)
    desk.use(2, 20, log="b", ago=9000)
    core = cores(desk.core())
    core.open()
    begin_to_read(core)
    core.change_settings(replace(desk.settings, count_cache_reads=True))
    assert core.snapshot(()).figures.rate.tokens_5m == pytest.approx(20.0)
    read_on(core)
    assert core.snapshot(()).figures.rate.tokens_5m == pytest.approx(20.0)


def test_what_is_held_and_undone_is_in_no_figure(desk: Desk, cores: Keep, long_import: None) -> None:
    desk.use(1, 10)
    desk.use(2, 20, log="b", ago=9, s="other")
    core = cores(desk.core())
    core.open()
    begin_to_read(core)
    assert core.books.ledger is not None
    core.books.ledger._connection.execute("PRAGMA query_only = 1")
    core.step(0.0)
    figures = core.snapshot((OPEN,)).figures
    assert core.books.trouble == "The ledger may not be written: it or its folder is read-only."
    assert (month_in(figures).tokens, figures.rate.tokens_5m) == (0, 0.0)
    core.books.ledger._connection.execute("PRAGMA query_only = 0")
    read_on(core)
    figures = core.snapshot((OPEN,)).figures
    assert (month_in(figures).tokens, figures.sessions[0].tokens) == (30, Tokens(output=10))


# A moment ago and now


def test_a_quick_snapshot_has_the_rate_of_now_and_the_month_of_a_moment_ago(desk: Desk, cores: Keep) -> None:
    desk.settings = replace(desk.settings, budget=100 * NANO_A_TOKEN)
    desk.use(1, 60)
    core = cores(desk.opened())
    assert [alert.key[-3:] for alert in core.snapshot(()).alerts] == ["/50"]
    desk.use(2, 60)
    read_all(core)
    quick = core.snapshot((OPEN,), quick=True)
    assert (month_of(quick).tokens, quick.figures.sessions[0].tokens.output) == (60, 60)
    assert quick.figures.rate.tokens_5m == pytest.approx(24.0)
    assert ([alert.key[-3:] for alert in quick.alerts], quick.new_alerts) == (["/50"], ())
    whole = core.snapshot((OPEN,))
    assert (month_of(whole).tokens, whole.figures.sessions[0].tokens.output) == (120, 120)
    assert [alert.key[-3:] for alert in whole.new_alerts] == ["100"]


def test_a_first_import_is_not_over_before_its_last_figures_are_judged(desk: Desk, cores: Keep) -> None:
    desk.settings = replace(desk.settings, budget=100 * NANO_A_TOKEN)
    desk.use(1, 60)
    core = cores(desk.core())
    core.open()
    core.snapshot((), judge=False)
    read_all(core)
    assert core.snapshot((), quick=True).new_alerts == ()
    assert core.first_import
    assert core.snapshot(()).new_alerts == ()
    assert not core.first_import
