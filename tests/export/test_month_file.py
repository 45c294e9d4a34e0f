"""A month as a file: exact, safe to open, and with the names that other programs know."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.money import NANO, to_dollars
from tokenwatch.base.snapshot import DaySpend, Forecast, ForecastState, Month
from tokenwatch.export.month_file import month_csv, month_json

AGENTS = st.sampled_from(["ann", "bob", '=cmd|"x"', "+1", "\x1b[31m"])
COSTS = st.dictionaries(AGENTS, st.integers(0, 10**15), max_size=4)


def month(costs: list[dict[str, int]], fees: int = 0) -> Month:
    days = tuple(
        DaySpend(
            date(2026, 6, 1 + number),
            metered=sum(each.values()),
            listed=sum(each.values()),
            tokens=len(each),
            by_agent=tuple(sorted(each.items())),
            listed_by_agent=tuple(sorted(each.items())),
            by_agent_tokens=tuple((agent, 1) for agent in sorted(each)),
        )
        for number, each in enumerate(costs)
    )
    metered = sum(day.metered for day in days)
    return Month(
        "2026-06", date(2026, 6, 1), date(2026, 6, 30), date(2026, 6, 20), spent=fees + metered, fees=fees,
        metered=metered, listed=metered, days=days,
    )  # fmt: skip


@given(costs=st.lists(COSTS, max_size=20), fees=st.integers(0, 10**13))
def test_lines_add_up_to_the_month_exactly(costs: list[dict[str, int]], fees: int) -> None:
    found = month(costs, fees)
    rows = list(csv.DictReader(io.StringIO(month_csv(found))))
    assert sum((Decimal(row["paid_usd"]) for row in rows), Decimal(0)) == to_dollars(found.spent)
    assert all(not row["agent"].startswith(("=", "+", "-", "@")) for row in rows)
    assert "\x1b" not in month_csv(found)


def test_json_has_the_names_of_the_command_line() -> None:
    found = month([{"ann": NANO}], 20 * NANO)
    content = json.loads(month_json(found))
    assert content["schema"] == 1
    assert content["month"]["spent_usd"] == 21.0
    assert content["month"]["projected_usd"] is None
    assert content["days"][0]["agents"]["ann"] == {"metered_usd": 1.0, "list_value_usd": 1.0, "tokens": 1}


def test_projection_is_in_dollars() -> None:
    outlook = Forecast(ForecastState.NORMAL, p10=NANO, p50=2 * NANO, p90=3 * NANO)
    found = Month("2026-06", date(2026, 6, 1), date(2026, 6, 30), date(2026, 6, 20), forecast=outlook)
    assert json.loads(month_json(found))["month"]["projected_usd"] == {"p10": 1.0, "p50": 2.0, "p90": 3.0}
