"""``tokenwatch forecast``: what the month will cost, and with ``--backtest`` how good such forecasts were.

Owns the shape of the answer, which for JSON is a public interface. Does not own the method or its measures (insight).
"""

from __future__ import annotations

from typing import Any

from tokenwatch.base.clock import day_of, iso, month_of
from tokenwatch.base.currency import numerals
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.format import chance, money, money_forecast, money_range, percent
from tokenwatch.base.money import json_dollars
from tokenwatch.base.snapshot import Forecast, ForecastState, Month
from tokenwatch.base.zone import name_of
from tokenwatch.cli.given import Given
from tokenwatch.cli.output import SCHEMA, Column, clean, json_text, progress, table, write
from tokenwatch.insight.backtest import Backtest, Measures, backtest
from tokenwatch.insight.month import month


def run(given: Given, *, backtested: bool, as_json: bool) -> tuple[str, ...]:
    """Bring the ledger up to date and print the answer. Returns the sentences that belong to standard error."""
    from tokenwatch.engine.answers import seed_of
    from tokenwatch.engine.once import bring_up_to_date

    settings, zone, now = given.settings, given.zone, given.clock.now()
    today = day_of(now, zone)
    first = month_of(today, settings.month_start).first
    with progress() as on_progress, bring_up_to_date(given.paths, given.clock, settings, on_progress) as once:
        if once.queries is None:
            raise LedgerError(next(iter(once.warnings), "The ledger cannot be opened."))
        warnings = tuple(clean(sentence) for sentence in (*given.mistakes, *once.warnings))
        tested = backtest(once.queries, settings, zone, today) if backtested else None
        seen = None if backtested else month(once.queries, first, today, now, zone, settings, seed_of(first))
    head = {"schema": SCHEMA, "generated_at": iso(now), "timezone": name_of(zone)}
    if tested is not None:
        write(json_text(head | backtest_json(tested)) if as_json else backtest_text(tested))
    if seen is not None:
        write(json_text(head | outlook_json(seen)) if as_json else outlook_text(seen, given))
    return () if as_json else warnings


def outlook_json(seen: Month) -> dict[str, Any]:
    found = seen.forecast
    return {
        "period": seen.label,
        "spent_usd": json_dollars(seen.spent),
        "projected_usd": percentiles_json(found),
        "state": found.state.value,
        "budget_usd": None if seen.budget is None else json_dollars(seen.budget),
        "chance_over_budget": found.chance_over_budget,
        "earliest_over": found.earliest_over.isoformat() if found.earliest_over else None,
    }


def percentiles_json(found: Forecast) -> dict[str, float | None] | None:
    """All five, None while it is too early; the median is None while it is not to be shown."""
    if found.p10 is None:
        return None
    values = {"p10": found.p10, "p25": found.p25, "p50": found.p50, "p75": found.p75, "p90": found.p90}
    return {name: None if value is None else json_dollars(value) for name, value in values.items()}


def outlook_text(seen: Month, given: Given) -> str:
    found, written = seen.forecast, numerals(given.settings)
    lines = [f"{seen.first:%B} so far: {money(seen.spent, written)}."]
    if found.p10 is None or found.p90 is None:
        lines.append("It is too early to project.")
    else:
        middle = f"{money_forecast(found.p50, written)}, " if found.p50 is not None else ""
        lines.append(f"Projected: {middle}range {money_range(found.p10, found.p90, written)} (8 in 10).")
        if found.p25 is not None and found.p75 is not None:
            lines.append(f"Half the time: {money_range(found.p25, found.p75, written)}.")
        if found.chance_over_budget is not None:
            lines.append(f"Chance to pass the budget: {chance(found.chance_over_budget)}.")
        if found.state is ForecastState.LOW:
            lines.append("Few days are known, so the range is wide.")
        if found.state is ForecastState.PACE_CHANGED:
            lines.append("The last week was far from what came before; it counts more.")
    return "\n".join(lines) + "\n"


def backtest_json(tested: Backtest) -> dict[str, Any]:
    return {
        "since": tested.first.isoformat() if tested.first else None,
        "until": tested.last.isoformat() if tested.last else None,
        "all": _measures_json(tested.all) if tested.all else None,
        "by_complete_days": [
            {"complete_days": complete, **_measures_json(found)} for complete, found in tested.by_complete
        ],
    }


def _measures_json(found: Measures) -> dict[str, Any]:
    return {
        "forecasts": found.forecasts,
        "months": found.months,
        "error": round(found.error, 4),
        "pace_error": round(found.pace_error, 4),
        "mean_error": None if found.mean_error is None else round(found.mean_error, 4),
        "bias": round(found.bias, 4),
        "coverage": round(found.coverage, 4),
        "width": round(found.width, 4),
        "pinball": {name: round(loss, 4) for name, loss in zip(("p10", "p50", "p90"), found.pinball, strict=True)},
    }


def backtest_text(tested: Backtest) -> str:
    if tested.all is None:
        return (
            "No month is over yet that was known from its first day and cost anything, so there is nothing to test.\n"
        )
    columns = [Column("Days known", whole=True)] + [
        Column(title, number=True) for title in ("Forecasts", "Error", "Pace", "Bias", "In range", "Width")
    ]
    rows = [_row(str(complete), found) for complete, found in tested.by_complete]
    text = table(columns, rows, _row("All", tested.all))
    better = 1 - tested.all.error / tested.all.pace_error if tested.all.pace_error else 0.0
    word = "better" if better >= 0 else "worse"
    return (
        f"{text}{tested.all.months} months until {tested.last}. Error: the median's misses over what came; "
        f"{percent(abs(better))} {word} than carrying the month's pace on. The range is to hold 8 in 10.\n"
    )


def _row(name: str, found: Measures) -> list[str]:
    sign = "+" if found.bias > 0 else ""
    return [
        name,
        str(found.forecasts),
        percent(found.error),
        percent(found.pace_error),
        sign + percent(found.bias),
        percent(found.coverage),
        percent(found.width),
    ]
