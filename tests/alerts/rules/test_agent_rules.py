"""Rules about agents: who waits, finished or crashed, and the seven signs of a run that got out of hand."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tokenwatch.alerts.rule import GO, MUTE, OPEN
from tokenwatch.alerts.rules import (
    cold_cache,
    compaction_churn,
    crashed,
    error_storm,
    fan_out,
    finished,
    rate_high,
    repeats,
    unattended,
    waiting,
)
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Confidence, Figures, Rate, Session, Signs, State, SubAgent, Urgency

NOW = 1_795_000_000_000
MINUTE = 60_000
HOUR = 60 * MINUTE
SETTINGS = Settings()


def row(state: State = State.WORKING, session: str = "s1", **more: Any) -> Session:
    return Session(
        "claude-code", session, state, more.pop("confidence", Confidence.EXACT), "Claude Code", 7, "shop", **more
    )


def figures(*rows: Session, **more: Any) -> Figures:
    return Figures(NOW, sessions=rows, **more)


def told(module: Any, *rows: Session, **more: Any) -> list[str]:
    return [alert.title for alert in module.RULE.check(figures(*rows, **more), SETTINGS)]


# Waiting


def test_an_agent_waits_after_two_minutes() -> None:
    waits = row(State.WAITING, since=NOW - 2 * MINUTE, waiting_for="permission prompt")
    (alert,) = waiting.RULE.check(figures(waits), SETTINGS)
    assert (alert.title, alert.body) == ("Claude Code waits for you in shop", "permission prompt")
    assert [action.verb for action in alert.actions] == [GO]
    assert told(waiting, row(State.WAITING, since=NOW - 2 * MINUTE + 1)) == []
    assert told(waiting, row(State.IDLE, since=NOW - HOUR)) == []


def test_a_guess_is_no_reason_to_disturb() -> None:
    assert told(waiting, row(State.WAITING, since=NOW - HOUR, confidence=Confidence.GUESS)) == []


def test_several_are_one_message_that_is_told_again_when_one_joins() -> None:
    first, second = row(State.WAITING, since=NOW - HOUR), row(State.WAITING, "s2", since=NOW - 3 * MINUTE)
    alerts = waiting.RULE.check(figures(second, first), SETTINGS)
    assert {(alert.title, alert.replaces) for alert in alerts} == {("2 agents wait for you", "waiting")}
    assert "shop (Claude Code), shop (Claude Code). Longest: 1h." in alerts[0].body
    before = {alert.key for alert in waiting.RULE.check(figures(first), SETTINGS)}
    assert before < {alert.key for alert in alerts}
    assert alerts[-1].key not in before, "the one that joined is the one that is shown"


# Finished and crashed


def test_an_agent_finished_after_long_work() -> None:
    done = row(State.IDLE, last_turn_ms=47 * MINUTE, last_activity=NOW - MINUTE, cost_since_prompt=2 * NANO)
    (alert,) = finished.RULE.check(figures(done), SETTINGS)
    assert (alert.title, alert.body) == ("Claude Code finished in shop", "After 47m, $2.00 at API prices.")
    assert alert.urgency is Urgency.LOW


@pytest.mark.parametrize(
    "changed",
    [
        {"state": State.WORKING},
        {"state": State.BACKGROUND},
        {"last_turn_ms": 9 * MINUTE},
        {"last_turn_ms": None},
        {"last_activity": NOW - 11 * MINUTE},
        {"last_activity": None},
        {"session": ""},
    ],
)
def test_short_old_or_unfinished_work_is_no_news(changed) -> None:
    done = row(State.IDLE, last_turn_ms=47 * MINUTE, last_activity=NOW - MINUTE)
    assert told(finished, replace(done, **changed)) == []


def test_a_program_that_ends_with_its_work_finished_once() -> None:
    idle = row(State.IDLE, last_turn_ms=47 * MINUTE, last_activity=NOW - MINUTE, last_prompt_at=NOW - HOUR)
    gone = replace(idle, state=State.ENDED, since=NOW - 30_000, pid=None)
    (alert,) = finished.RULE.check(figures(ended=(gone,)), SETTINGS)
    assert alert.key == finished.RULE.check(figures(idle), SETTINGS)[0].key
    assert [action.verb for action in alert.actions] == [OPEN]
    assert told(finished, ended=(replace(gone, since=NOW, last_activity=NOW - 5 * MINUTE),)) == []


def test_a_crash_is_told_for_half_an_hour() -> None:
    gone = row(State.CRASHED, since=NOW - 29 * MINUTE)
    assert told(crashed, ended=(gone,)) == ["Claude Code stopped in shop"]
    assert told(crashed, ended=(replace(gone, since=NOW - 31 * MINUTE),)) == []
    assert told(crashed, ended=(replace(gone, state=State.ENDED),)) == []


# Out of hand


def subs(number: int) -> tuple[SubAgent, ...]:
    return tuple(SubAgent(str(index)) for index in range(number))


@pytest.mark.parametrize(
    ("module", "quiet", "loud", "title"),
    [
        (fan_out, {"signs": Signs(spawned=15)}, {"signs": Signs(spawned=16)}, "shop: 16 sub-agents in 10 minutes"),
        (fan_out, {"sub_agents": subs(40)}, {"sub_agents": subs(41)}, "shop: 41 sub-agents run at once"),
        (fan_out, {"signs": Signs(depth=1)}, {"signs": Signs(depth=2)}, "shop: sub-agents start sub-agents"),
        (
            compaction_churn,
            {"signs": Signs(compactions=2, turns_between_compactions=5)},
            {"signs": Signs(compactions=3, turns_between_compactions=9)},
            "shop: compacted 3 times in 30 minutes",
        ),
        (
            compaction_churn,
            {"signs": Signs(compactions=1)},
            {"signs": Signs(compactions=2, turns_between_compactions=1)},
            "shop: compacted again at once",
        ),
        (repeats, {"signs": Signs(repeated=4)}, {"signs": Signs(repeated=5)}, "shop: the same call 5 times in a row"),
        (repeats, {"signs": Signs(polled=0.3)}, {"signs": Signs(polled=0.6)}, "shop: mostly waits, and pays for it"),
        (
            cold_cache,
            {"signs": Signs(cold_writes=2, largest_write=800_000)},
            {"signs": Signs(cold_writes=3, largest_write=800_000)},
            "shop: this loop outlives its cache",
        ),
        (cold_cache, {"signs": Signs(cold_writes=9)}, {"signs": Signs(cold_writes=9, largest_write=100_000)}, None),
        (
            error_storm,
            {"signs": Signs(errors=9)},
            {"signs": Signs(errors=10)},
            "shop: 10 failed requests in 5 minutes",
        ),
    ],
)
def test_a_rule_begins_above_its_threshold(module, quiet, loud, title) -> None:
    assert told(module, row(**quiet)) == []
    (said,) = told(module, row(**loud))
    assert title in (said, None)
    for state in (State.IDLE, State.WAITING, State.STARTING):
        assert told(module, row(state, **loud)) == []


def test_a_runaway_can_be_muted_for_its_session_and_is_told_again_after_more_money() -> None:
    loud = row(signs=Signs(errors=10), cost=4 * NANO)
    (alert,) = error_storm.RULE.check(figures(loud), SETTINGS)
    assert (alert.key, alert.replaces) == ("error-storm/claude-code/s1/0", "error-storm/claude-code/s1")
    assert [(action.verb, action.value) for action in alert.actions] == [
        (GO, "claude-code/s1"),
        (MUTE, alert.replaces),
    ]
    assert "$4.00 at API prices" in alert.body
    (more,) = error_storm.RULE.check(figures(replace(loud, cost=6 * NANO)), SETTINGS)
    assert (more.key, more.replaces) == ("error-storm/claude-code/s1/1", alert.replaces)
    assert error_storm.RULE.episodes and error_storm.RULE.again == 10 * MINUTE == error_storm.RULE.clear


def test_a_session_id_cannot_pretend_to_be_another_key() -> None:
    (alert,) = error_storm.RULE.check(figures(row(session="a/b/9", signs=Signs(errors=10))), SETTINGS)
    assert alert.replaces == "error-storm/claude-code/a_b_9"


def alone(**more: Any) -> Session:
    return row(last_prompt_at=NOW - 3 * HOUR, **more)


def test_unattended_spending_is_told_at_each_doubling() -> None:
    keys = [
        [alert.key for alert in unattended.RULE.check(figures(alone(cost_since_prompt=cost * NANO)), SETTINGS)]
        for cost in (5, 6, 11, 41)
    ]
    assert [len(found) for found in keys] == [0, 1, 2, 4]
    assert keys[2][0] == keys[1][0]
    (alert,) = unattended.RULE.check(figures(alone(cost_since_prompt=6 * NANO)), SETTINGS)
    assert (alert.title, alert.body) == (
        "shop has spent $6.00 at API prices alone",
        "Nobody typed anything for 3h; since then it used $6.00 at API prices.",
    )


def test_unattended_turns_are_told_also_without_a_price() -> None:
    works = alone(signs=Signs(turns_ms=61 * MINUTE), cost_since_prompt=None)
    assert told(unattended, works) == ["shop has worked alone for 1h 1m"]
    assert "an unknown amount" in unattended.RULE.check(figures(works), SETTINGS)[0].body
    assert told(unattended, replace(works, last_prompt_at=None)) == []
    assert told(unattended, replace(works, state=State.IDLE)) == []


def test_an_unusual_rate_needs_a_usual_one() -> None:
    fast = Rate(cost_5m=41.0 * NANO)
    assert told(rate_high, rate=fast, usual_cost=10 * NANO) == ["Agents use $41.00 an hour"]
    assert told(rate_high, rate=fast, usual_cost=11 * NANO) == []
    assert told(rate_high, rate=fast) == []
    assert told(rate_high, rate=Rate(cost_5m=9.0 * NANO), usual_cost=NANO) == []
    assert rate_high.RULE.after == 10 * MINUTE


def test_agents_that_never_rest() -> None:
    long_ago = row(last_prompt_at=NOW - 9 * HOUR)
    assert told(rate_high, long_ago, active_hours=20) == ["Agents worked in 20 of the last 24 hours"]
    assert told(rate_high, long_ago, active_hours=19) == []
    assert told(rate_high, long_ago, row(last_prompt_at=NOW - HOUR), active_hours=22) == []
    assert told(rate_high, long_ago, row(), active_hours=22) == [], "somebody may have typed there"
    assert told(rate_high, active_hours=22) == []


def test_words_for_the_list_of_rules() -> None:
    for module in (waiting, finished, crashed, fan_out, repeats, unattended, rate_high, cold_cache, error_storm):
        assert module.RULE.details(figures(), SETTINGS)
        assert module.RULE.group == "agents"
    assert fan_out.RULE.stand(figures(row(signs=Signs(spawned=20))), SETTINGS) == "1 session"
    assert fan_out.RULE.stand(figures(), SETTINGS) == "none"
