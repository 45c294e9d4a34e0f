"""Before the start: how budgets stood when TokenWatch was started for the first time.

Owns taking off what was used since then. Does not own budgets (insight/budgets.py) or what is told (alerts).

Decisions
---------
*A first import is silent by the time of what was used, not by how long it takes.* Context: at the first start budgets
may be used up already, of which nothing is told; what agents use while their logs are read is news, also if it was
written within the same second. Decision: while logs are read for the first time, budgets count as told as they were
without what was used since the start; all that was passed since is told when the import is over, once, the highest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from msgspec.structs import replace

from tokenwatch.base.clock import day_of
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import BudgetUse, Figures
from tokenwatch.base.text import in_project
from tokenwatch.base.usage import Record
from tokenwatch.engine.books import Books


def used_since(books: Books, moment: int) -> list[tuple[Record, int | None]]:
    """Records from then on (ms), at most a day ago, with their listed cost; none while the ledger cannot be asked."""
    found: list[tuple[Record, int | None]] = []
    with books.excused():
        if books.queries is not None:
            found = books.queries.recent(moment)
    return found


def before(figures: Figures, used: Sequence[tuple[Record, int | None]], settings: Settings, zone: tzinfo) -> Figures:
    """``figures`` without ``used``: (record, its listed cost in nano-dollars, None without a price)."""
    month = figures.month
    if month is None or not used:
        return figures
    charged: dict[str, int] = {}
    for each in month.days:
        for agent, cost in each.by_agent:
            charged[agent] = charged.get(agent, 0) + cost
    whole = BudgetUse("", 0, 0, "month", month.label, month.first, month.last)
    budgets = tuple(
        replace(use, used=max(0, use.used - _of(use, used, settings, zone, charged))) for use in figures.budgets
    )
    spent = max(0, month.spent - _of(whole, used, settings, zone, charged))
    return replace(figures, month=replace(month, spent=spent), budgets=budgets)


def _of(
    use: BudgetUse,
    used: Sequence[tuple[Record, int | None]],
    settings: Settings,
    zone: tzinfo,
    charged: Mapping[str, int],
) -> int:
    """What of ``used`` counts for a budget. ``charged``: what each agent was charged for this month.

    What goes beyond a plan is charged last, so of the latest use as much as was charged for was beyond it.
    """
    lanes, total = settings.lanes(), 0
    over: dict[str, int] = {}
    for record, cost in used:
        day, context = day_of(record.time, zone), record.context
        if (
            use.first <= day <= use.last
            and (not use.agent or record.agent == use.agent)
            and (not use.project or in_project(context.project, use.project))
        ):
            mode = lanes.mode(record.agent, context.provider, day)
            if use.basis == "listed" or mode == "metered":
                total += cost or 0
            elif mode == "overage" and not use.project:  # a project's budget counts none of that
                over[record.agent] = over.get(record.agent, 0) + (cost or 0)
    return total + sum(min(cost, charged.get(agent, 0)) for agent, cost in over.items())
