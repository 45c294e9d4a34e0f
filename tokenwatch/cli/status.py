"""``tokenwatch status``: what runs now, the rate and the month, once or at every change.

Owns the words for a terminal and the shape of the JSON, which is a public interface. Does not compute any figure:
everything stands in the snapshot, and so the tray, the window and this command say the same.
"""

from __future__ import annotations

import time
from typing import Any, Final

from msgspec.structs import replace

from tokenwatch.base.clock import iso, to_datetime
from tokenwatch.base.currency import numerals
from tokenwatch.base.format import (
    ENGLISH,
    Numerals,
    chance,
    duration,
    money,
    money_forecast,
    money_range,
    money_set,
    rate,
    tokens,
)
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.money import json_dollars
from tokenwatch.base.session import Doing, SubAgent
from tokenwatch.base.snapshot import Figures, Forecast, ForecastState, Month, Rate, Session, Snapshot, State
from tokenwatch.base.text import plain
from tokenwatch.cli.given import Given
from tokenwatch.cli.output import SCHEMA, Column, clean, json_text, progress, table, tokens_json, write

_LOOK_SECONDS: Final = 2.0
_LOOK_SHARE: Final = 10.0
"""Between two looks of ``--watch``: at least so long, and so many times what one look takes."""

_CONFIDENCE: Final = {
    ForecastState.TOO_EARLY: "none",
    ForecastState.LOW: "low",
    ForecastState.NORMAL: "normal",
    ForecastState.PACE_CHANGED: "low",
}
_STATE_WORDS: Final = {
    State.STARTING: "Starting",
    State.WORKING: "Working",
    State.WAITING: "Waiting for you",
    State.BACKGROUND: "Working",
    State.IDLE: "Idle",
    State.ENDED: "Finished",
    State.CRASHED: "Ended unexpectedly",
}


def show(given: Given, *, as_json: bool) -> None:
    """Print the snapshot of this moment."""
    with progress() as on_progress:
        taken = _look(given, on_progress)
    write(json_text(status_json(taken)) if as_json else status_text(taken, numerals(given.settings)))


def watch(given: Given, *, as_json: bool) -> None:
    """Print a line whenever what it says has changed, until Ctrl-C or until nobody reads any more.

    Each look takes the ledger's lock only for its own time, so the app can be started meanwhile.
    """
    before = None
    while True:
        began = given.clock.monotonic()
        if before is None:
            with progress() as on_progress:
                taken = _look(given, on_progress)
        else:
            taken = _look(given)
        said: Any = status_json(taken) if as_json else headline(taken, numerals(given.settings))
        compared = {**said, "at": ""} if as_json else said
        if compared != before:
            moment = to_datetime(taken.figures.at, given.zone).strftime("%H:%M:%S")
            write(json_text(said, line=True) if as_json else f"{moment}  {said}\n")
            before = compared
        time.sleep(max(_LOOK_SECONDS, _LOOK_SHARE * (given.clock.monotonic() - began)))


def _look(given: Given, on_progress: Any = None) -> Snapshot:
    from tokenwatch.engine.look_once import snapshot

    taken = snapshot(given.paths, given.clock, given.settings, on_progress)
    if not given.mistakes:
        return taken
    mistakes = Health("settings", HealthState.DEGRADED, " ".join(given.mistakes))
    return replace(taken, health=(*taken.health, mistakes))


# JSON


def status_json(taken: Snapshot) -> dict[str, Any]:
    """The object of ``status --json``; null is what is not known."""
    figures = taken.figures
    counts, speed = figures.counts, figures.rate
    return {
        "schema": SCHEMA,
        "at": iso(figures.at),
        "agents": {
            "open": counts.open if figures.looked else None,
            "working": counts.working if figures.looked else None,
            "waiting": counts.waiting if figures.looked else None,
            "idle": counts.idle if figures.looked else None,
            "sub_agents": counts.sub_agents if figures.looked else None,
        },
        "sessions": [_session_json(session) for session in figures.sessions],
        "rate": {
            **_rate_json(speed),
            "agents": [{"agent": clean(agent), **_rate_json(rate)} for agent, rate in figures.agent_rates],
        },
        "today": {
            "agent_hours": round(figures.working_today_ms / 3_600_000, 2),
            "waiting_hours": round(figures.waiting_today_ms / 3_600_000, 2),
            "peak_working": figures.peak.working,
            "peak_tokens_per_min": round(figures.peak.tokens_5m),
        },
        "month": _month_json(figures.month) if figures.month else None,
        "budgets": [
            {
                "id": clean(use.id),
                "period": use.label,
                "of": use.basis,
                "agent": clean(use.agent),
                "project": clean(use.project),
                "amount_usd": json_dollars(use.amount),
                "used_usd": json_dollars(use.used),
            }
            for use in figures.budgets
        ],
        "quotas": [
            {
                "provider": clean(quota.provider),
                "plan": clean(quota.plan),
                "window": clean(quota.window),
                "used_percent": quota.used_percent,
                "resets_at": _iso(quota.resets_at),
                "as_of": iso(quota.as_of),
            }
            for quota in figures.quotas
        ],
        "health": [
            {"part": entry.part, "state": entry.state.value, "reason": clean(entry.reason)} for entry in taken.health
        ],
    }


def _rate_json(speed: Rate) -> dict[str, Any]:
    return {
        "tokens_per_min": {
            "1m": round(speed.tokens_1m),
            "5m": round(speed.tokens_5m),
            "60m": round(speed.tokens_60m),
        },
        "usd_per_hour": {
            "1m": json_dollars(round(speed.cost_1m)),
            "5m": json_dollars(round(speed.cost_5m)),
            "60m": json_dollars(round(speed.cost_60m)),
        },
        "metered_usd_per_hour": {
            "5m": json_dollars(round(speed.metered_5m)),
            "60m": json_dollars(round(speed.metered_60m)),
        },
    }


def _session_json(session: Session) -> dict[str, Any]:
    return {
        "agent": session.agent,
        "session": clean(session.session),
        "pid": session.pid,
        "project": clean(session.project),
        "cwd": clean(session.cwd),
        "model": clean(session.model),
        "state": session.state.value,
        "waiting_for": clean(session.waiting_for),
        "confidence": session.confidence.value,
        "sub_agents": len(session.sub_agents),
        "sub_agent_tree": [_sub_agent_json(sub) for sub in (*session.sub_agents, *session.finished_sub_agents)],
        "branch": clean(session.branch),
        "since": _iso(session.since),
        "doing": _doing_json(session.doing),
        "processes": session.processes,
        "tokens": tokens_json(session.tokens),
        "cost_usd": _dollars(session.cost),
        "own_tokens": tokens_json(session.own_tokens),
        "own_cost_usd": _dollars(session.own_cost),
        "last_prompt_at": _iso(session.last_prompt_at),
        "cost_since_prompt_usd": _dollars(session.cost_since_prompt),
        "cache_expires_at": _iso(session.cache_expires_at),
        "tokens_per_min": round(session.tokens_per_min),
        "context_tokens": session.context_tokens,
        "context_window": session.context_window,
        "started_at": _iso(session.started_at),
        "last_activity": _iso(session.last_activity),
    }


def _sub_agent_json(sub: SubAgent) -> dict[str, Any]:
    return {
        "id": clean(sub.id),
        "parent": clean(sub.parent),
        "name": clean(sub.name),
        "kind": clean(sub.kind),
        "model": clean(sub.model),
        "state": sub.state.value,
        "doing": _doing_json(sub.doing),
        "tokens": tokens_json(sub.tokens),
        "cost_usd": _dollars(sub.cost),
        "started_at": _iso(sub.started_at),
    }


def _doing_json(doing: Doing | None) -> dict[str, Any] | None:
    if doing is None:
        return None
    return {"activity": doing.activity.value, "tool": clean(doing.tool), "target": clean(doing.target)}


def _month_json(month: Month) -> dict[str, Any]:
    forecast = month.forecast
    known = None not in (forecast.p10, forecast.p90)
    return {
        "period": month.label,
        "spent_usd": json_dollars(month.spent),
        "fees_usd": json_dollars(month.fees),
        "metered_usd": json_dollars(month.metered),
        "list_value_usd": json_dollars(month.listed),
        "projected_usd": {
            "p10": _dollars(forecast.p10),
            "p50": _dollars(forecast.p50),
            "p90": _dollars(forecast.p90),
        }
        if known
        else None,
        "confidence": _CONFIDENCE[forecast.state],
        "pace_changed": forecast.state is ForecastState.PACE_CHANGED,
        "budget_usd": _dollars(month.budget),
        "chance_over_budget": forecast.chance_over_budget,
        "unpriced_requests": month.unpriced_requests,
        "uncertain_requests": month.uncertain_requests,
        "estimated_tokens": month.estimated_tokens,
    }


def _dollars(nano: int | None) -> float | None:
    return None if nano is None else json_dollars(nano)


def _iso(ms: int | None) -> str | None:
    return None if ms is None else iso(ms)


# Words


def headline(taken: Snapshot, written: Numerals = ENGLISH) -> str:
    """The three numbers on one line: agents, rate, month; and that something is wrong, if it is."""
    figures = taken.figures
    parts = [agents_words(figures), rate_words(figures, written)]
    if figures.month:
        parts.append(month_words(figures.month, written))
    if any(entry.state is not HealthState.FINE for entry in taken.health):
        parts.append("something is wrong, see tokenwatch doctor")
    return "; ".join(parts)


def status_text(taken: Snapshot, written: Numerals = ENGLISH) -> str:
    figures = taken.figures
    lines = [agents_words(figures), rate_words(figures, written)]
    lines += [month_words(figures.month, written)] if figures.month else []
    text = "".join(f"{line[:1].upper()}{line[1:]}\n" for line in lines)
    if figures.sessions:
        columns = [
            Column("State"),
            Column("Project"),
            Column("Agent"),
            Column("Model"),
            Column("Tokens/min", number=True),
            Column("Tokens", number=True),
            Column("At API prices", number=True),
        ]
        text += "\n" + table(columns, [_row(session, figures.at, written) for session in figures.sessions])
    problems = [entry for entry in taken.health if entry.state is not HealthState.FINE]
    if problems:
        text += "\n" + "".join(f"{entry.part}: {plain(entry.reason, 400)}\n" for entry in problems)
    return text


def agents_words(figures: Figures) -> str:
    """3 working, 1 waiting for you, 3 idle (+5 sub-agents)"""
    counts = figures.counts
    if not figures.looked:
        return "looking for agents"
    if not counts.open:
        return "no agent runs" + _last_words(figures)
    words = [f"{counts.working} working"]
    words += [f"{counts.waiting} waiting for you"] if counts.waiting else []
    words += [f"{counts.idle} idle"] if counts.idle else []
    plural = "" if counts.sub_agents == 1 else "s"
    return ", ".join(words) + (f" (+{counts.sub_agents} sub-agent{plural})" if counts.sub_agents else "")


def _last_words(figures: Figures) -> str:
    last = figures.last_session
    if last is None or last.last_activity is None:
        return ""
    ago = duration((figures.at - last.last_activity) / 1000)
    return f" (last: {plain(last.project)}, {plain(last.agent_name or last.agent)}, {ago} ago)"


def rate_words(figures: Figures, written: Numerals = ENGLISH) -> str:
    """31.8k tokens a minute, $4.20 an hour"""
    speed = figures.rate
    words = f"{rate(speed.tokens_5m)} tokens a minute"
    return f"{words}, {money(round(speed.metered_5m), written)} an hour" if round(speed.metered_5m) else words


def month_words(month: Month, written: Numerals = ENGLISH) -> str:
    """November $292.07 of $450, projected $412, range $371–$468"""
    least = "≥ " if month.spent_is_least else ""
    budget = f" of {money_set(month.budget, written)}" if month.budget else ""
    spent = f"{month.first:%B} {least}{money(month.spent, written)}{budget}"
    return f"{spent}, {_forecast_words(month.forecast, least, written)}"


def _forecast_words(forecast: Forecast, least: str, written: Numerals) -> str:
    if forecast.p10 is None or forecast.p90 is None:
        return "too early to project"
    span = money_range(forecast.p10, forecast.p90, written)
    words = f"projected {least}{span}"
    if forecast.p50 is not None:
        words = f"projected {least}{money_forecast(forecast.p50, written)}, range {span}"
    if forecast.chance_over_budget is not None:
        words += f", {chance(forecast.chance_over_budget)} chance to pass the budget"
    return words


def _row(session: Session, now: int, written: Numerals) -> list[str]:
    state = _STATE_WORDS[session.state]
    if session.since is not None and session.state in (State.WAITING, State.IDLE):
        state += f" {duration((now - session.since) / 1000)}"
    if session.waiting_for:
        state += f" ({session.waiting_for})"
    subs = f" +{len(session.sub_agents)} sub" if session.sub_agents else ""
    cost = "no price" if session.cost is None else money(session.cost, written)
    return [
        state,
        session.project,
        (session.agent_name or session.agent) + subs,
        session.model or "unknown",
        rate(session.tokens_per_min) if session.tokens_per_min >= 0.5 else "—",
        tokens(session.tokens.total),
        f"{cost} in plan" if session.in_plan else cost,
    ]
