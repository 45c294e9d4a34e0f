"""Which agents make the number of agents, and whose tokens make the token rate."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.session import Confidence, Session, State, SubAgent
from tokenwatch.base.snapshot import Rate, Snapshot
from tokenwatch.gui.widgets.live_explanations import agents_table, rate_table
from tokenwatch.gui.widgets.look import Look
from tokenwatch.live.states import counts

NOW = samples.NOW


@pytest.fixture(autouse=True)
def agents(look: Look) -> None:
    look.know(samples.AGENTS)


def of(*sessions: Session) -> Snapshot:
    usual = samples.usual()
    return replace(usual, figures=replace(usual.figures, sessions=sessions, counts=counts(sessions)))


def counted(snapshot: Snapshot, look: Look) -> tuple[tuple[str, ...], ...]:
    table = agents_table(snapshot, look)
    assert table is not None
    return table.rows


def averaged(snapshot: Snapshot, look: Look) -> tuple[tuple[str, ...], ...]:
    table = rate_table(snapshot, look, cache_reads=False)
    assert table is not None
    return table.rows


def test_each_counted_session_says_as_what_and_how_that_is_known(look: Look) -> None:
    rows = counted(samples.usual(), look)
    assert rows[0] == (
        "mobile-app · Claude Code",
        "Waiting for you 4m",
        "waiting",
        "its status and process",
        "",
    )
    assert rows[3][3] == "its log only"
    assert rows[1][4] == "+3"


def test_sub_agents_stand_apart_from_the_number(look: Look) -> None:
    rows = counted(samples.usual(), look)
    assert rows[5] == ("Together", "5", "3 working, 1 waiting, 1 idle", "", "")
    assert rows[6] == ("Sub-agents, which stand apart", "", "not counted", "", "+4")


@pytest.mark.parametrize("state", [state for state in State if state.open])
@pytest.mark.parametrize("subs", [(), (SubAgent("a"),)])
def test_a_session_is_said_to_be_counted_as_it_is(look: Look, state: State, subs: tuple[SubAgent, ...]) -> None:
    session = Session("codex", "s", state, Confidence.EXACT, sub_agents=subs)
    found = counts([session])
    number = {"working": found.working, "waiting": found.waiting, "idle": found.idle}
    assert number[counted(of(session), look)[0][2]] == 1


def test_sessions_that_ended_are_said_not_to_count(look: Look) -> None:
    usual = samples.usual()
    ended = (Session("codex", "s", State.ENDED, Confidence.LIKELY),)
    rows = counted(replace(usual, figures=replace(usual.figures, ended=ended)), look)
    assert ("ended lately", "1", "not counted", "", "") in rows


def test_a_crowd_is_cut_but_its_sum_is_whole(look: Look) -> None:
    crowd = tuple(Session("codex", f"s{n}", State.IDLE, Confidence.EXACT) for n in range(250))
    rows = counted(of(*crowd), look)
    assert rows[200][0] == "and 50 more sessions"
    assert rows[201][:2] == ("Together", "250")


def test_each_agent_has_its_three_averages_and_below_them_its_sessions(look: Look) -> None:
    usual = samples.usual()
    rate = Rate(20_000.0, 18_600.0, 9_000.0, last_event=NOW - 2_000)
    rows = averaged(replace(usual, figures=replace(usual.figures, rate=rate, agent_rates=(("codex", rate),))), look)
    assert rows[0] == ("Codex", "20.0k", "18.6k", "9.0k", "2s ago")
    assert rows[1] == ("of it ledger-cli", "", "7.9k", "", "")
    assert rows[2] == ("Together", *rows[0][1:])


def test_agents_without_tokens_in_the_last_hour_make_no_row(look: Look) -> None:
    usual = samples.usual()
    rates = (("codex", Rate(tokens_60m=0.1)),)
    rows = averaged(replace(usual, figures=replace(usual.figures, agent_rates=rates)), look)
    assert rows[0][0] == "Together"


def test_logs_that_cannot_be_read_are_said_to_be_missing_from_both(look: Look) -> None:
    snapshot = replace(samples.usual(), health=(Health("codex", HealthState.FAILING, "no access", NOW),))
    missing = ("missing: the logs of Codex cannot be read", "", "", "", "")
    assert counted(snapshot, look)[-1] == missing
    assert averaged(snapshot, look)[-1] == missing


def test_hostile_names_come_as_plain_text(look: Look) -> None:
    for name in samples.HOSTILE:
        session = Session("codex", "s", State.IDLE, Confidence.EXACT, agent_name=name, project=name)
        said = counted(of(session), look)[0][0]
        assert "\n" not in said and "\x1b" not in said and "\u202e" not in said
