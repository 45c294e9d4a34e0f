"""A month as a file: comma-separated days for a spreadsheet, or JSON for a program; exact, with the window's figures.

Owns the columns and names. Does not own the figures (insight/month.py) or where a file goes. Money is dollars.
"""

from __future__ import annotations

import json
from typing import Any, Final

from tokenwatch.base.money import json_dollars, to_dollars
from tokenwatch.base.snapshot import Month
from tokenwatch.base.text import plain
from tokenwatch.export.csv_file import csv_text

SCHEMA: Final = 1
_TITLES: Final = ("day", "kind", "agent", "paid_usd", "list_value_usd", "tokens")


def month_csv(month: Month) -> str:
    """A line for the fees and one for each agent and day; ``paid_usd`` adds up to what the month cost so far."""
    rows: list[list[str | int | float]] = []
    if month.fees:
        rows.append([month.first.isoformat(), "plans", "", _exact(month.fees), "", ""])
    for day in month.days:
        paid, listed, tokens = dict(day.by_agent), dict(day.listed_by_agent), dict(day.by_agent_tokens)
        for agent in sorted(listed.keys() | tokens.keys() | paid.keys()):
            rows.append(
                [
                    day.day.isoformat(),
                    "use",
                    plain(agent, 80),
                    _exact(paid.get(agent, 0)),
                    _exact(listed.get(agent, 0)),
                    tokens.get(agent, 0),
                ]
            )
    return csv_text(_TITLES, rows)


def month_json(month: Month) -> str:
    """The month as ``status --json`` has it, and its days."""
    return json.dumps({"schema": SCHEMA, "month": month_object(month), "days": _days(month)}, indent=2) + "\n"


def month_object(month: Month) -> dict[str, Any]:
    """The object "month" of ``status --json``, whose names are a public interface."""
    found = month.forecast
    known = None not in (found.p10, found.p90)
    return {
        "period": month.label,
        "since": month.first.isoformat(),
        "until": month.last.isoformat(),
        "spent_usd": json_dollars(month.spent),
        "fees_usd": json_dollars(month.fees),
        "metered_usd": json_dollars(month.metered),
        "extra_usd": json_dollars(month.extra),
        "list_value_usd": json_dollars(month.listed),
        "tokens": month.tokens,
        "projected_usd": {"p10": _dollars(found.p10), "p50": _dollars(found.p50), "p90": _dollars(found.p90)}
        if known
        else None,
        "budget_usd": _dollars(month.budget),
        "chance_over_budget": found.chance_over_budget,
        "unpriced_requests": month.unpriced_requests,
        "uncertain_requests": month.uncertain_requests,
        "restatements": [
            {
                "at_ms": each.at,
                "before_usd": json_dollars(each.before),
                "after_usd": json_dollars(each.after),
                "requests": each.requests,
                "prices": each.prices,
            }
            for each in month.restated
        ],
    }


def _days(month: Month) -> list[dict[str, Any]]:
    return [
        {
            "day": day.day.isoformat(),
            "metered_usd": json_dollars(day.metered),
            "list_value_usd": json_dollars(day.listed),
            "tokens": day.tokens,
            "agents": {
                plain(agent, 80): {
                    "metered_usd": json_dollars(dict(day.by_agent).get(agent, 0)),
                    "list_value_usd": json_dollars(listed),
                    "tokens": dict(day.by_agent_tokens).get(agent, 0),
                }
                for agent, listed in day.listed_by_agent
            },
        }
        for day in month.days
    ]


def _exact(nano: int) -> str:
    """Every digit, never 1e-06, so that the lines add up to the month exactly."""
    return f"{to_dollars(nano):.9f}"


def _dollars(nano: int | None) -> float | None:
    return None if nano is None else json_dollars(nano)
