"""What ``status`` says: the JSON contract and the words, from hand-made snapshots."""

from __future__ import annotations

import json
from datetime import date

import pytest
from msgspec.structs import replace

from tokenwatch.base.clock import iso
from tokenwatch.base.currency import numerals
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.session import Activity, Doing
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import (
    AgentCounts,
    BudgetUse,
    Confidence,
    Figures,
    Forecast,
    ForecastState,
    Month,
    Peak,
    Quota,
    Rate,
    Session,
    Snapshot,
    State,
    SubAgent,
)
from tokenwatch.base.usage import Tokens
from tokenwatch.cli.output import json_text
from tokenwatch.cli.status import agents_words, headline, month_words, rate_words, status_json, status_text

NOW = 1_795_431_041_000  # 2026-11-23 10:50:41 UTC
DOLLAR = 1_000_000_000
HOSTILE = "\x1b]0;title\x07\u202e[red]"

SESSION = Session(
    agent="claude-code",
    session="936d3652",
    state=State.WAITING,
    confidence=Confidence.EXACT,
    agent_name="Claude Code",
    pid=19376,
    project="acme",
    cwd="/home/dev/code/acme",
    model="claude-opus-4-5",
    waiting_for="permission prompt",
    since=NOW - 240_000,
    sub_agents=(SubAgent("a1"), SubAgent("a2")),
    tokens=Tokens(1, 2, 3, 4, 5, 1),
    cost=1_230_000_000,
    tokens_per_min=18_600.4,
    context_tokens=41234,
    context_window=200_000,
    started_at=NOW - 3_600_000,
    last_activity=NOW - 1000,
    doing=Doing(Activity.EDITING, "Edit", "cart.py", NOW),
    own_tokens=Tokens(output=5),
    own_cost=DOLLAR,
    last_prompt_at=NOW - 60_000,
    cost_since_prompt=DOLLAR // 2,
    cache_expires_at=NOW + 300_000,
)
MONTH = Month(
    label="2026-11",
    first=date(2026, 11, 1),
    last=date(2026, 11, 30),
    today=date(2026, 11, 23),
    spent=292_070_000_000,
    fees=120 * DOLLAR,
    metered=172_070_000_000,
    listed=911_400_000_000,
    budget=450 * DOLLAR,
    forecast=Forecast(
        ForecastState.NORMAL,
        p10=371 * DOLLAR,
        p25=390 * DOLLAR,
        p50=412 * DOLLAR,
        p75=440 * DOLLAR,
        p90=468 * DOLLAR,
        chance_over_budget=0.13,
    ),
)
FIGURES = Figures(
    at=NOW,
    counts=AgentCounts(open=7, working=3, waiting=1, idle=3, sub_agents=5),
    sessions=(SESSION,),
    rate=Rate(tokens_1m=1000.4, tokens_5m=31_800, tokens_60m=10, cost_5m=4.2e9, cost_60m=1e9, metered_5m=4.2e9),
    agent_rates=(("claude-code", Rate(tokens_1m=900.4, tokens_5m=31_800, tokens_60m=9, cost_1m=2e9)),),
    month=MONTH,
    quotas=(Quota("openai", "plus", "5h", 34.0, NOW + 60_000, NOW),),
    peak=Peak(working=4, tokens_5m=41_200.4),
    working_today_ms=5_400_000,
    waiting_today_ms=900_000,
)
SNAPSHOT = Snapshot(FIGURES, health=(Health("claude-code"), Health("ledger", HealthState.DEGRADED, "It is slow.")))


def test_json_is_as_the_contract_has_it() -> None:
    assert status_json(SNAPSHOT) == {
        "schema": 1,
        "at": "2026-11-23T10:50:41Z",
        "agents": {"open": 7, "working": 3, "waiting": 1, "idle": 3, "sub_agents": 5},
        "sessions": [
            {
                "agent": "claude-code",
                "session": "936d3652",
                "pid": 19376,
                "project": "acme",
                "cwd": "/home/dev/code/acme",
                "model": "claude-opus-4-5",
                "state": "waiting",
                "waiting_for": "permission prompt",
                "confidence": "exact",
                "sub_agents": 2,
                "sub_agent_tree": [
                    {
                        "id": sub.id,
                        "parent": "",
                        "name": "",
                        "kind": "",
                        "model": "",
                        "state": "working",
                        "doing": None,
                        "tokens": dict.fromkeys(
                            (
                                "input",
                                "cache_read",
                                "cache_write_5m",
                                "cache_write_1h",
                                "output",
                                "reasoning",
                                "total",
                            ),
                            0,
                        ),
                        "cost_usd": None,
                        "started_at": None,
                    }
                    for sub in SESSION.sub_agents
                ],
                "branch": "",
                "since": None if SESSION.since is None else iso(SESSION.since),
                "doing": {"activity": "editing", "tool": "Edit", "target": "cart.py"},
                "processes": 1,
                "tokens": {
                    "input": 1,
                    "cache_read": 2,
                    "cache_write_5m": 3,
                    "cache_write_1h": 4,
                    "output": 5,
                    "reasoning": 1,
                    "total": 15,
                },
                "cost_usd": 1.23,
                "own_tokens": {
                    "input": 0,
                    "cache_read": 0,
                    "cache_write_5m": 0,
                    "cache_write_1h": 0,
                    "output": 5,
                    "reasoning": 0,
                    "total": 5,
                },
                "own_cost_usd": 1.0,
                "last_prompt_at": "2026-11-23T10:49:41Z",
                "cost_since_prompt_usd": 0.5,
                "cache_expires_at": "2026-11-23T10:55:41Z",
                "tokens_per_min": 18600,
                "context_tokens": 41234,
                "context_window": 200000,
                "started_at": "2026-11-23T09:50:41Z",
                "last_activity": "2026-11-23T10:50:40Z",
            }
        ],
        "rate": {
            "tokens_per_min": {"1m": 1000, "5m": 31800, "60m": 10},
            "usd_per_hour": {"1m": 0.0, "5m": 4.2, "60m": 1.0},
            "metered_usd_per_hour": {"5m": 4.2, "60m": 0.0},
            "agents": [
                {
                    "agent": "claude-code",
                    "tokens_per_min": {"1m": 900, "5m": 31800, "60m": 9},
                    "usd_per_hour": {"1m": 2.0, "5m": 0.0, "60m": 0.0},
                    "metered_usd_per_hour": {"5m": 0.0, "60m": 0.0},
                }
            ],
        },
        "today": {"agent_hours": 1.5, "waiting_hours": 0.25, "peak_working": 4, "peak_tokens_per_min": 41200},
        "month": {
            "period": "2026-11",
            "spent_usd": 292.07,
            "fees_usd": 120.0,
            "metered_usd": 172.07,
            "list_value_usd": 911.4,
            "projected_usd": {"p10": 371.0, "p50": 412.0, "p90": 468.0},
            "confidence": "normal",
            "pace_changed": False,
            "budget_usd": 450.0,
            "chance_over_budget": 0.13,
            "unpriced_requests": 0,
            "uncertain_requests": 0,
            "estimated_tokens": 0,
        },
        "budgets": [],
        "quotas": [
            {
                "provider": "openai",
                "plan": "plus",
                "window": "5h",
                "used_percent": 34.0,
                "resets_at": "2026-11-23T10:51:41Z",
                "as_of": "2026-11-23T10:50:41Z",
            }
        ],
        "health": [
            {"part": "claude-code", "state": "fine", "reason": ""},
            {"part": "ledger", "state": "degraded", "reason": "It is slow."},
        ],
    }


def test_what_is_not_known_is_null() -> None:
    session = Session("codex", "s", State.WORKING, Confidence.LOG_ONLY, cost=None)
    said = status_json(Snapshot(Figures(NOW, sessions=(session,))))
    assert said["month"] is None
    unknown = ("pid", "cost_usd", "context_tokens", "context_window", "started_at", "last_activity")
    assert {said["sessions"][0][key] for key in unknown} == {None}


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (ForecastState.TOO_EARLY, "none"),
        (ForecastState.LOW, "low"),
        (ForecastState.NORMAL, "normal"),
        (ForecastState.PACE_CHANGED, "low"),
    ],
)
def test_confidence_of_the_forecast(state: ForecastState, word: str) -> None:
    month = replace(MONTH, forecast=replace(MONTH.forecast, state=state))
    said = status_json(Snapshot(replace(FIGURES, month=month)))["month"]
    assert (said["confidence"], said["pace_changed"]) == (word, state is ForecastState.PACE_CHANGED)


def test_without_a_forecast_nothing_is_projected() -> None:
    month = replace(MONTH, forecast=Forecast(), budget=None)
    said = status_json(Snapshot(replace(FIGURES, month=month)))["month"]
    assert (said["projected_usd"], said["budget_usd"], said["chance_over_budget"]) == (None, None, None)


def test_hostile_text_stays_out_of_json_and_words() -> None:
    session = replace(SESSION, project=HOSTILE, cwd=HOSTILE, model=HOSTILE, waiting_for=HOSTILE, agent_name=HOSTILE)
    taken = Snapshot(replace(FIGURES, sessions=(session,)), health=(Health("x", HealthState.FAILING, HOSTILE),))
    said = json.loads(json_text(status_json(taken)))["sessions"][0]
    for text in (said["project"], said["cwd"], said["model"], said["waiting_for"], status_text(taken)):
        assert all(character.isprintable() or character == "\n" for character in text)


def test_one_line_json_is_one_line() -> None:
    assert json_text(status_json(SNAPSHOT), line=True).count("\n") == 1


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (AgentCounts(7, 3, 1, 3, 5), "3 working, 1 waiting for you, 3 idle (+5 sub-agents)"),
        (AgentCounts(1, 1, 0, 0, 1), "1 working (+1 sub-agent)"),
        (AgentCounts(2, 0, 0, 2, 0), "0 working, 2 idle"),
        (AgentCounts(), "no agent runs"),
    ],
)
def test_words_for_agents(counts: AgentCounts, words: str) -> None:
    assert agents_words(Figures(NOW, counts)) == words


def test_when_nothing_runs_the_last_session_is_named() -> None:
    last = replace(SESSION, state=State.ENDED, last_activity=NOW - 7_200_000)
    assert agents_words(Figures(NOW, looked=False)) == "looking for agents"
    assert set(status_json(Snapshot(Figures(NOW, looked=False)))["agents"].values()) == {None}
    assert agents_words(Figures(NOW, last_session=last)) == "no agent runs (last: acme, Claude Code, 2h ago)"


def test_words_for_the_rate() -> None:
    assert rate_words(FIGURES) == "31.8k tokens a minute, $4.20 an hour"
    assert rate_words(Figures(NOW)) == "0 tokens a minute"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "November $292.07 of $450, projected $412, range $371–$468, 13% chance to pass the budget"),
        ({"forecast": Forecast()}, "November $292.07 of $450, too early to project"),
        (
            {"budget": None, "forecast": Forecast(ForecastState.LOW, p10=300 * DOLLAR, p90=600 * DOLLAR)},
            "November $292.07, projected $300–$600",
        ),
        (
            {"incomplete_since": NOW, "budget": 19_990_000_000, "forecast": Forecast()},
            "November ≥ $292.07 of $19.99, too early to project",
        ),
    ],
)
def test_words_for_the_month(changes: dict[str, object], words: str) -> None:
    assert month_words(replace(MONTH, **changes)) == words  # type: ignore[arg-type]


def test_the_headline_has_the_three_numbers_in_order_and_says_that_something_is_wrong() -> None:
    assert headline(SNAPSHOT).split("; ") == [
        "3 working, 1 waiting for you, 3 idle (+5 sub-agents)",
        "31.8k tokens a minute, $4.20 an hour",
        "November $292.07 of $450, projected $412, range $371–$468, 13% chance to pass the budget",
        "something is wrong, see tokenwatch doctor",
    ]


def test_text_lists_sessions_and_what_is_wrong() -> None:
    text = status_text(SNAPSHOT)
    (row,) = [line for line in text.splitlines() if "acme" in line]
    for words in ("Waiting for you 4m (permission prompt)", "Claude Code +2 sub", "18.6k", "15", "$1.23"):
        assert words in row
    assert "ledger: It is slow." in text
    assert "claude-code:" not in text


def test_a_session_without_a_price_says_so() -> None:
    text = status_text(Snapshot(replace(FIGURES, sessions=(replace(SESSION, cost=None, in_plan=True),))))
    assert "no price in plan" in text


def test_money_is_in_the_currency_that_is_shown() -> None:
    euros = numerals(Settings(currency="EUR", rates=(("EUR", 500_000_000),)))
    assert month_words(MONTH, euros).startswith("November €146.04 of €225, projected €206")


def test_other_budgets_are_in_the_json() -> None:
    day = date(2026, 11, 23)
    use = BudgetUse("acme", 50 * 10**9, 41 * 10**9, "week", "2026-W48", day, day, project="/home/dev/acme")
    (told,) = status_json(replace(SNAPSHOT, figures=replace(FIGURES, budgets=(use,))))["budgets"]
    assert told == {
        "id": "acme",
        "period": "2026-W48",
        "of": "paid",
        "agent": "",
        "project": "/home/dev/acme",
        "amount_usd": 50.0,
        "used_usd": 41.0,
    }
