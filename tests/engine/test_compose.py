"""Rows of open sessions: their order, where each attribute comes from, and what stays unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.engine.conftest import MINUTE, NOW, TOY
from tokenwatch.base.session import Activity, Doing
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.snapshot import Confidence, Session, State
from tokenwatch.base.usage import Context, Record, Tokens
from tokenwatch.engine.compose import Used, sessions
from tokenwatch.insight.meter import Meter
from tokenwatch.insight.recent_use import RecentUse
from tokenwatch.insight.session_spend import SessionSpend
from tokenwatch.live.sessions import OpenSession, OpenSubAgent

OPEN = OpenSession("toy", "s1", State.WORKING, Confidence.EXACT)


def record(time: int = NOW, session: str = "s1", sub: str = "", model: str = "m1", **more: Any) -> Record:
    of_context = {name: more.pop(name) for name in ("project", "branch") if name in more}
    return Record(Context("toy", session, model, agent_id=sub, **of_context), time, 0, time, **more)


def rows(
    *open_sessions: OpenSession,
    used: Mapping[str, Used] | None = None,
    records: Sequence[Record] = (),
    meter: Meter | None = None,
    settings: Settings | None = None,
    windows: Mapping[str, int] | None = None,
    spend: SessionSpend | None = None,
) -> tuple[Session, ...]:
    recent = RecentUse()
    for entry in records:
        recent.add(entry)
    return sessions(
        open_sessions,
        {"toy": TOY},
        lambda _, session: (used or {}).get(session, Used()),
        recent,
        meter or Meter(),
        settings or Settings(),
        lambda model: (windows or {}).get(model),
        NOW,
        spend,
    )


def row(*arguments: Any, **more: Any) -> Session:
    (found,) = rows(*arguments, **more)
    return found


def metered(**tokens: int) -> Meter:
    """A meter with so many tokens a session, just now."""
    meter = Meter()
    for session, number in tokens.items():
        meter.add(NOW, "toy", session, "", number, 0, True)
    return meter


# Order


def test_who_waits_comes_first_then_the_faster_then_who_was_active_last() -> None:
    found = rows(
        replace(OPEN, session="idle", state=State.IDLE, last_activity=NOW - 5),
        replace(OPEN, session="later", last_activity=NOW - 1),
        replace(OPEN, session="slow"),
        replace(OPEN, session="fast"),
        replace(OPEN, session="waiting", state=State.WAITING),
        replace(OPEN, session="unknown", state=State.IDLE),
        meter=metered(fast=900, slow=20),
    )
    assert [one.session for one in found] == ["waiting", "fast", "slow", "later", "idle", "unknown"]


def test_of_those_who_wait_the_faster_comes_first() -> None:
    waiting = replace(OPEN, state=State.WAITING)
    found = rows(replace(waiting, session="a"), replace(waiting, session="b"), OPEN, meter=metered(b=5, s1=10_000))
    assert [one.session for one in found] == ["b", "a", "s1"]


@given(order=st.permutations(range(5)))
def test_the_order_does_not_depend_on_the_order_of_looking(order: list[int]) -> None:
    entries = [replace(OPEN, session=f"s{number}", agent="toy" if number % 2 else "ann") for number in range(5)]
    assert rows(*[entries[number] for number in order]) == rows(*entries)


# What is known


def test_what_the_look_said_stands_in_the_row() -> None:
    entry = OpenSession(
        agent="toy",
        session="s1",
        state=State.WAITING,
        confidence=Confidence.GUESS,
        pid=7,
        cwd="/work/acme",
        branch="main",
        model="m9",
        waiting_for="permission",
        since=NOW - 5,
        started_at=NOW - 9,
        last_activity=NOW - 3,
        context_window=1000,
    )
    assert row(entry, used={"s1": Used(Tokens(output=4), 12)}) == Session(
        agent="toy",
        session="s1",
        state=State.WAITING,
        confidence=Confidence.GUESS,
        agent_name="Toy",
        pid=7,
        project="acme",
        cwd="/work/acme",
        branch="main",
        model="m9",
        waiting_for="permission",
        since=NOW - 5,
        tokens=Tokens(output=4),
        cost=12,
        context_window=1000,
        started_at=NOW - 9,
        last_activity=NOW - 3,
        processes=0,
    )


def test_records_fill_in_what_the_look_does_not_know() -> None:
    found = row(OPEN, records=[record(project="/work/shop", branch="b1", model="m2")])
    assert (found.project, found.cwd, found.branch, found.model) == ("shop", "/work/shop", "b1", "m2")


def test_the_model_is_that_of_the_session_not_of_its_sub_agent() -> None:
    entries = [record(NOW - 9, model="large"), record(NOW, model="small", sub="a1")]
    assert row(OPEN, records=entries).model == "large"
    assert row(OPEN, records=entries[1:]).model == "small"


def test_activity_is_the_later_of_log_and_record() -> None:
    seen = replace(OPEN, last_activity=NOW - MINUTE)
    assert row(seen, records=[record(NOW - 5)]).last_activity == NOW - 5
    assert row(seen, records=[record(NOW - 2 * MINUTE)]).last_activity == NOW - MINUTE


def test_the_context_holds_the_latest_prompt_of_the_session_itself_and_its_answer() -> None:
    entries = [
        record(NOW - 9, input=1, cache_read=20, cache_write_5m=300, cache_write_1h=4000, output=50_000),
        record(NOW - 20, input=999),
        record(NOW, input=777, sub="a1"),
    ]
    assert row(OPEN, records=entries).context_tokens == 54_321


def test_the_window_is_the_log_s_or_else_the_model_s() -> None:
    known = {"m1": 200_000}
    assert row(replace(OPEN, model="m1"), windows=known).context_window == 200_000
    assert row(replace(OPEN, model="m1", context_window=5), windows=known).context_window == 5


def test_sub_agents_have_rates_of_their_own_within_the_session_s() -> None:
    meter = metered(s1=600)
    meter.add(NOW, "toy", "s1", "a1", 400, 0, True)
    subs = (OpenSubAgent("a1", "scout", "small", NOW - 5), OpenSubAgent("a2"))
    found = row(replace(OPEN, sub_agents=subs), meter=meter)
    first, second = found.sub_agents
    assert (first.name, first.model, first.started_at) == ("scout", "small", NOW - 5)
    assert (round(found.tokens_per_min), round(first.tokens_per_min), second.tokens_per_min) == (200, 80, 0.0)
    assert first.cost is None


@pytest.mark.parametrize("mode", ["plan", "metered"])
def test_a_plan_is_named(mode: Any) -> None:
    assert row(OPEN, settings=Settings(billing=(("toy", Billing(mode)),))).in_plan is (mode == "plan")


# What is not known


def test_what_nobody_knows_is_unknown_and_not_zero() -> None:
    found = row(OPEN)
    assert (found.project, found.model, found.cwd, found.branch) == ("unknown", "", "", "")
    unknown = (found.pid, found.since, found.context_tokens, found.context_window, found.started_at)
    assert (*unknown, found.last_activity) == (None,) * 6


def test_a_cost_that_is_not_known_stays_so() -> None:
    assert row(OPEN, used={"s1": Used(Tokens(output=4), None)}).cost is None


def test_a_process_without_a_session_is_given_nobody_s_use() -> None:
    nameless = replace(OPEN, session="", pid=7, cwd="/work/acme")
    used = {"": Used(Tokens(output=4), 12)}
    found = row(nameless, used=used, records=[record(session="", model="m9", output=3)], meter=metered(**{"": 50}))
    assert (found.tokens, found.cost, found.tokens_per_min) == (Tokens(), None, 0.0)
    assert (found.model, found.context_tokens) == ("", None)


def test_an_agent_that_no_reader_describes_is_named_by_its_id() -> None:
    assert row(replace(OPEN, agent="bob")).agent_name == "bob"


# Sub-agents and what happens now


def test_a_session_is_shown_with_and_without_its_sub_agents() -> None:
    entry = replace(
        OPEN,
        sub_agents=(OpenSubAgent("a1", kind="Explore"),),
        finished_sub_agents=(OpenSubAgent("a2", parent="a1", state=State.IDLE),),
    )
    parts = {"a1": Used(Tokens(output=3), 7), "a2": Used(Tokens(output=2), None)}
    use = Used(Tokens(output=9), None, Tokens(output=4), 5, parts)
    found = row(entry, used={"s1": use})
    assert (found.own_tokens, found.own_cost, found.cost) == (Tokens(output=4), 5, None)
    assert [(sub.id, sub.kind, sub.tokens, sub.cost) for sub in found.sub_agents] == [
        ("a1", "Explore", Tokens(output=3), 7)
    ]
    assert [(sub.id, sub.parent, sub.state, sub.cost) for sub in found.finished_sub_agents] == [
        ("a2", "a1", State.IDLE, None)
    ]


def test_a_sub_agent_of_which_nothing_is_known_has_no_cost() -> None:
    (sub,) = row(replace(OPEN, sub_agents=(OpenSubAgent("a1"),))).sub_agents
    assert (sub.tokens, sub.cost) == (Tokens(), None)


def test_a_program_of_its_own_brings_its_own_use() -> None:
    entry = replace(OPEN, sub_agents=(OpenSubAgent("s2", session="s2"),))
    (sub,) = row(entry, used={"s2": Used(Tokens(output=6), 8)}).sub_agents
    assert (sub.tokens, sub.cost) == (Tokens(output=6), 8)


def test_what_it_does_is_shown_unless_that_is_switched_off() -> None:
    doing = Doing(Activity.EDITING, "Edit", "cart.py", NOW)
    entry = replace(OPEN, doing=doing, sub_agents=(OpenSubAgent("a1", doing=doing),))
    assert (row(entry).doing, row(entry).sub_agents[0].doing) == (doing, doing)
    hidden = row(entry, settings=Settings(show_doing=False))
    assert (hidden.doing, hidden.sub_agents[0].doing) == (None, None)


def test_what_was_spent_since_a_person_typed() -> None:
    spend = SessionSpend()
    for ago, listed in ((9, 5), (2, 7), (1, 11)):
        spend.add("s1", record(NOW - ago * MINUTE), 10, 0, listed)
    found = row(replace(OPEN, last_prompt_at=NOW - 3 * MINUTE), spend=spend)
    assert (found.last_prompt_at, found.cost_since_prompt, found.tokens_since_prompt) == (NOW - 3 * MINUTE, 18, 20)
    assert row(OPEN, spend=spend).cost_since_prompt is None


def test_who_ended_is_no_row_of_the_open_ones() -> None:
    assert rows(replace(OPEN, state=State.CRASHED)) == ()
