"""Budgets without what was used since the start: exactly what counts for each of them is taken off."""

from __future__ import annotations

from datetime import UTC, date

import msgspec
from msgspec.structs import replace

from tests.engine.conftest import DAY, DOLLAR, NOW
from tokenwatch.base.billing import Billing
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import BudgetUse, DaySpend, Figures, Month
from tokenwatch.base.usage import Context, Record
from tokenwatch.engine.before_start import before

FIRST, LAST, TODAY = date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 23)
FIGURES = Figures(at=NOW, month=Month("2026-11", FIRST, LAST, TODAY, spent=5 * DOLLAR))
RECORD = Record(Context("toy", "s", "m", project="/home/dev/acme/api"), 1, 0, NOW)


def used(**changes: str | int) -> tuple[Record, int | None]:
    time = changes.pop("time", NOW)
    context = msgspec.structs.replace(RECORD.context, **changes)
    return msgspec.structs.replace(RECORD, context=context, time=time), DOLLAR


def budget(**terms: object) -> BudgetUse:
    return replace(BudgetUse("b", 9 * DOLLAR, 4 * DOLLAR, "month", "2026-11", FIRST, LAST), **terms)  # type: ignore[arg-type]


def left(use: BudgetUse, *what: tuple[Record, int | None], settings: Settings | None = None) -> int:
    found = before(replace(FIGURES, budgets=(use,)), what, settings or Settings(), UTC)
    return found.budgets[0].used // DOLLAR


def test_the_month_is_without_what_was_metered_since() -> None:
    found = before(FIGURES, [used(), used(), used(time=NOW - 40 * DAY)], Settings(), UTC)
    assert found.month is not None
    assert found.month.spent == 3 * DOLLAR
    assert before(FIGURES, [], Settings(), UTC) is FIGURES


def test_what_a_plan_covers_was_never_in_what_is_paid() -> None:
    plan = Settings(billing=(("toy", Billing("plan", 20 * DOLLAR)),))
    assert left(budget(), used(), settings=plan) == 4
    assert left(budget(basis="listed"), used(), settings=plan) == 3


def test_what_went_beyond_a_plan_since_is_taken_off_and_what_it_covers_is_not() -> None:
    plan = Settings(billing=(("toy", Billing("overage", 20 * DOLLAR, 10 * DOLLAR)),))

    def paid_before(beyond: int, *what: tuple[Record, int | None], **terms: object) -> tuple[int, int]:
        day = DaySpend(TODAY, metered=beyond * DOLLAR, by_agent=(("toy", beyond * DOLLAR),))
        assert FIGURES.month is not None
        month = replace(FIGURES.month, days=(day,), extra=beyond * DOLLAR)
        found = before(replace(FIGURES, month=month, budgets=(budget(**terms),)), what, plan, UTC)
        assert found.month is not None
        return found.month.spent // DOLLAR, found.budgets[0].used // DOLLAR

    assert paid_before(3, used(), used()) == (3, 2)  # both were beyond it
    assert paid_before(1, used(), used()) == (4, 3)  # the plan still covered the first
    assert paid_before(0, used(), used()) == (5, 4)
    assert paid_before(3, used(), project="/home/dev/acme/api") == (4, 4)
    assert paid_before(3, used(), basis="listed") == (4, 3)


def test_a_budget_is_without_its_own_part_only() -> None:
    assert left(budget(agent="toy"), used()) == 3
    assert left(budget(agent="other"), used()) == 4
    assert left(budget(project="/home/dev/acme/api"), used(), used(project="/else")) == 3
    assert left(budget(span="day", first=TODAY, last=TODAY), used(), used(time=NOW - DAY)) == 3


def test_nothing_gets_below_zero_and_what_has_no_price_counts_nothing() -> None:
    assert left(budget(used=0), used()) == 0
    assert left(budget(), (RECORD, None)) == 4
