"""The meter keeps its laws: order, lateness and backfill change nothing, and rates fade as they should."""

from __future__ import annotations

from math import exp, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.snapshot import Rate
from tokenwatch.insight.meter import FORGOTTEN_MS, MINUTE_MS, MOST_LANES, Meter

NOW = 1_795_000_000_000
HOUR = 60 * MINUTE_MS

AMOUNTS = ("tokens_1m", "tokens_5m", "tokens_60m", "cost_1m", "cost_5m", "cost_60m", "metered_5m", "metered_60m")

events = st.lists(
    st.tuples(
        st.integers(NOW - 5 * HOUR, NOW),
        st.sampled_from(["claude", "codex"]),
        st.sampled_from(["s1", "s2"]),
        st.sampled_from(["", "a1", "a2"]),
        st.integers(0, 10**7),
        st.one_of(st.none(), st.integers(0, 10**12)),
        st.booleans(),
    ),
    max_size=30,
)


def fed(all_events, meter: Meter | None = None) -> Meter:
    meter = meter or Meter()
    for event in all_events:
        meter.add(*event)
    return meter


def same(one: Rate, other: Rate) -> bool:
    return one.last_event == other.last_event and all(
        isclose(getattr(one, name), getattr(other, name), rel_tol=1e-9, abs_tol=1e-5) for name in AMOUNTS
    )


def one_event(tokens: int = 1_000, listed: int | None = None, time: int = NOW, metered: bool = True) -> Meter:
    meter = Meter()
    meter.add(time, "claude", "s1", "", tokens, listed, metered)
    return meter


@given(events, st.randoms(use_true_random=False))
def test_order_changes_nothing(all_events, random) -> None:
    shuffled = list(all_events)
    random.shuffle(shuffled)
    assert same(fed(all_events).rate(NOW), fed(shuffled).rate(NOW))


@given(events, st.lists(st.integers(NOW - 5 * HOUR, NOW), max_size=5))
def test_questions_and_lateness_change_nothing(all_events, questions) -> None:
    """Whether an event comes before or after a question about its time, the present rate is the same."""
    meter = Meter()
    waiting = list(all_events)
    for now in sorted(questions):
        half = len(waiting) // 2
        fed([event for event in waiting[:half] if event[0] <= now], meter)
        waiting = [event for event in waiting[:half] if event[0] > now] + waiting[half:]
        meter.rate(now)
    fed(waiting, meter)
    assert same(meter.rate(NOW), fed(all_events).rate(NOW))


@given(events, st.integers(0, 3 * HOUR))
def test_rates_fade_by_their_own_span(all_events, gap) -> None:
    meter = fed(all_events)
    before, after = meter.rate(NOW), meter.rate(NOW + gap)
    for name in AMOUNTS:
        span = int(name.rsplit("_", 1)[1].removesuffix("m"))
        expected = getattr(before, name) * exp(-gap / (span * MINUTE_MS))
        assert isclose(getattr(after, name), expected, rel_tol=1e-9, abs_tol=1e-4)


@given(events)
def test_sessions_add_up_to_everything(all_events) -> None:
    meter = fed(all_events)
    whole = meter.rate(NOW).tokens_5m
    parts = sum(meter.session_rate(agent, session, NOW) for agent in ("claude", "codex") for session in ("s1", "s2"))
    assert isclose(whole, parts, rel_tol=1e-9, abs_tol=1e-4)


@given(events)
def test_agents_add_up_to_everything(all_events) -> None:
    meter = fed(all_events)
    whole, rates = meter.rate(NOW), meter.agent_rates(NOW)
    for name in AMOUNTS:
        parts = sum(getattr(rate, name) for _, rate in rates)
        assert isclose(getattr(whole, name), parts, rel_tol=1e-9, abs_tol=1e-4)
    assert [rate.tokens_5m for _, rate in rates] == sorted((rate.tokens_5m for _, rate in rates), reverse=True)


@given(events)
def test_an_agent_alone_has_the_rate_of_everything(all_events) -> None:
    alone = [event for event in all_events if event[1] == "codex"]
    rates = dict(fed(all_events).agent_rates(NOW))
    if "codex" in rates:
        assert same(rates["codex"], fed(alone).rate(NOW))


def test_agents_that_used_nothing_for_hours_are_left_out() -> None:
    meter = one_event()
    assert [agent for agent, _ in meter.agent_rates(NOW)] == ["claude"]
    assert meter.agent_rates(NOW + 6 * HOUR) == ()


@given(events)
def test_a_session_holds_its_sub_agents(all_events) -> None:
    meter = fed(all_events)
    own = fed(event for event in all_events if not event[3])
    for agent in ("claude", "codex"):
        parts = own.session_rate(agent, "s1", NOW)
        parts += sum(meter.sub_agent_rate(agent, "s1", name, NOW) for name in ("a1", "a2"))
        assert isclose(meter.session_rate(agent, "s1", NOW), parts, rel_tol=1e-9, abs_tol=1e-4)


@given(events)
def test_the_metered_part_is_never_more_than_the_whole(all_events) -> None:
    rate = fed(all_events).rate(NOW)
    assert rate.metered_5m <= rate.cost_5m * (1 + 1e-9)
    assert rate.metered_60m <= rate.cost_60m * (1 + 1e-9)


def test_integral_over_time_is_the_tokens() -> None:
    meter = one_event(60_000)
    seconds = range(12 * 300)
    whole = sum(meter.rate(NOW + second * 1000 + 500).tokens_5m / 60 for second in seconds)
    assert whole == pytest.approx(60_000, rel=1e-3)


def test_a_constant_stream_reads_as_its_rate() -> None:
    meter = fed((NOW - second * 1000, "claude", "s1", "", 100, 50, True) for second in range(6 * 3600))
    rate = meter.rate(NOW)
    assert rate.tokens_1m == pytest.approx(6_000, rel=0.01)
    assert rate.tokens_5m == pytest.approx(6_000, rel=0.01)
    assert rate.tokens_60m == pytest.approx(6_000, rel=0.01)
    assert rate.cost_60m == pytest.approx(50 * 3600, rel=0.01)


def test_cost_is_per_hour() -> None:
    rate = one_event(0, listed=5_000_000_000).rate(NOW)
    assert rate.cost_5m == pytest.approx(5_000_000_000 / 5 * 60)
    assert rate.cost_60m == pytest.approx(5_000_000_000)


def test_plan_use_is_cost_but_not_metered() -> None:
    rate = one_event(1_000, listed=7, metered=False).rate(NOW)
    assert rate.cost_5m > 0
    assert rate.metered_5m == 0.0


def test_unpriced_tokens_count_as_tokens() -> None:
    rate = one_event(1_000, listed=None).rate(NOW)
    assert rate.tokens_5m == pytest.approx(200)
    assert rate.cost_5m == 0.0


def test_a_year_of_backfill_leaves_the_rate_unchanged() -> None:
    meter = one_event()
    before = meter.rate(NOW)
    fed(((NOW - day * 24 * HOUR, "claude", "old", "", 10**9, 10**12, True) for day in range(1, 366)), meter)
    after = meter.rate(NOW)
    assert after.tokens_60m == pytest.approx(before.tokens_60m, rel=1e-3)
    assert after.cost_60m < 10_000  # nano-dollars
    assert after.last_event == NOW


def test_an_event_from_the_future_counts_as_now() -> None:
    meter = one_event(time=NOW + 400 * 24 * HOUR)
    assert meter.rate(NOW) == one_event(time=NOW).rate(NOW)


def test_an_event_from_the_future_leaves_the_others_in_place() -> None:
    meter = one_event()
    meter.add(NOW + 400 * 24 * HOUR, "codex", "s2", "", 500, None, True)
    assert meter.rate(NOW).tokens_5m == pytest.approx(300)
    assert meter.rate(NOW + 60 * MINUTE_MS).tokens_5m == pytest.approx(300 * exp(-12))


def test_a_clock_set_back_does_not_stop_the_fading() -> None:
    meter = one_event()
    before = meter.rate(NOW)
    meter.rate(NOW - HOUR)
    assert meter.rate(NOW - HOUR + 5 * MINUTE_MS).tokens_5m == pytest.approx(before.tokens_5m * exp(-1))


def test_a_rate_fades_to_nothing() -> None:
    assert one_event(10**9, 10**12).rate(NOW + 30 * 24 * HOUR).tokens_60m == 0.0


def test_an_unused_meter_shows_nothing() -> None:
    meter = Meter()
    assert meter.rate(NOW) == Rate()
    assert meter.session_rate("claude", "s1", NOW) == 0.0
    assert meter.sub_agent_rate("claude", "s1", "a1", NOW) == 0.0


def test_memory_stays_bounded() -> None:
    meter = Meter()
    meter.rate(NOW)
    for index in range(3 * MOST_LANES):
        meter.add(NOW + index * MINUTE_MS, "claude", f"s{index}", "a", 1, None, True)
        if not index % 1_000:
            meter.rate(NOW + index * MINUTE_MS)
    meter.rate(NOW + 4 * MOST_LANES * MINUTE_MS)
    assert len(meter._lanes) <= MOST_LANES
    assert not meter._pending


def test_what_is_too_old_to_be_seen_is_not_kept() -> None:
    meter = one_event(time=NOW - FORGOTTEN_MS - 1)
    assert meter.rate(NOW).tokens_60m == 0.0
    assert not meter._lanes
