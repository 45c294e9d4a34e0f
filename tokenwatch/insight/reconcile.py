"""Reconciling: listed cost set beside the bill, per UTC day and model, with the reasons why they differ.

Owns the comparison and its classes of difference. Does not own asking for bills (remote) or keeping them (ledger).

Decisions
---------
*Nothing is rescaled.* Context: it is tempting to stretch local records until they meet the bill. Decision: both are
shown with the coverage, the part of the billed tokens that was counted here. Consequence: no difference is hidden.

*The classes add up.* Context: several reasons meet in one model's day. Decision: tokens that only one side knows are
valued at what the bill charged for such a token that day; what is then left is a matter of price, and gets the one
reason that fits. Consequence: the classes add up to the difference exactly, though each alone is a judgement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, timedelta
from typing import Final

import msgspec

from tokenwatch.base.bill import (
    ANTHROPIC,
    BILLERS,
    OPENAI,
    TOKEN_PARTS,
    BillCheck,
    Difference,
    Origin,
    Part,
    ReportKind,
)
from tokenwatch.base.clock import Period, day_of
from tokenwatch.base.settings import Settings
from tokenwatch.base.usage import Tokens
from tokenwatch.ledger.bills import BillDay
from tokenwatch.ledger.queries import Queries

_PARTS: Final = (Part.INPUT, Part.CACHE_READ, Part.CACHE_WRITE_5M, Part.CACHE_WRITE_1H, Part.OUTPUT)
_CRUMB: Final = 5_000_000
"""Half a cent: less than that in a model's day is rounding."""

_DATE: Final = re.compile(r"[-@](?:20\d{6}|20\d\d-\d\d-\d\d)$|-latest$")
_ENDS: Final = re.compile(r"\[[^\]]*\]$|:.*$")
_FAMILIES: Final = ((ANTHROPIC, ("claude",)), (OPENAI, ("gpt", "codex", "o1", "o3", "o4", "chatgpt")))


class Cell(msgspec.Struct):
    """One model's UTC day. ``model`` is as the bill or else the log names it, empty for what is no model's.

    ``billed_cost`` and ``billed_tokens`` are None where no such report is known. Money is nano-dollars.
    """

    day: date
    model: str
    here: Tokens = Tokens()
    here_cost: int = 0
    unpriced: int = 0
    billed_tokens: dict[str, int] | None = None
    billed_cost: int | None = None
    differences: dict[Difference, int] = msgspec.field(default_factory=dict)
    tiers: dict[str, int] = msgspec.field(default_factory=dict)
    """Tier -> billed tokens."""
    part_costs: dict[str, int] = msgspec.field(default_factory=dict)
    tools: int = 0
    searches: int = 0

    @property
    def delta(self) -> int | None:
        return None if self.billed_cost is None else self.billed_cost - self.here_cost


class Reconciled(msgspec.Struct, frozen=True):
    """``cells`` by day and model; only days with a report."""

    check: BillCheck
    cells: tuple[Cell, ...]


class Here(msgspec.Struct, frozen=True):
    """What decides which records belong beside a bill. ``makers``: agent -> provider, for records that name none."""

    settings: Settings
    makers: Mapping[str, str]
    now: int
    """Milliseconds."""


def reconcile(
    queries: Queries, bill_days: Iterable[BillDay], provider: str, first: date, last: date, about: Here
) -> Reconciled | None:
    """The provider's bill for these UTC days beside what was counted here; None if nothing is known of it.

    ``bill_days`` may hold other days and providers too. Raises a :class:`LedgerError`.
    """
    reported = [day for day in bill_days if day.provider == provider and first <= day.day <= last]
    if not any(day.kind is not ReportKind.CLAUDE_CODE for day in reported):
        return None
    today, began = day_of(about.now, UTC), queries.first_time()
    begin = None if began is None else day_of(began, UTC)
    bill = _Bill(reported)
    cells: list[Cell] = []
    plan_tokens = 0
    for day in _days(first, last):
        if day not in bill.costs and day not in bill.usage:
            continue
        of_day = bill.cells(day)
        plan_tokens += _count_here(queries, of_day, provider, day, about)
        for cell in of_day.values():
            if day in bill.costs and cell.billed_cost is None:
                cell.billed_cost = 0
            if day in bill.usage and cell.billed_tokens is None:
                cell.billed_tokens = {}
        for cell in of_day.values():
            _explain(cell, provisional=day >= today, before=begin is None or day < begin)
        cells += (of_day[name] for name in sorted(of_day))
    return Reconciled(_check(provider, first, last, bill, cells, plan_tokens), tuple(cells))


def checks(queries: Queries, first: date, last: date, about: Here) -> tuple[BillCheck, ...]:
    """Every provider's check of these days. Raises a :class:`LedgerError`."""
    known = queries.bill_days(first, last)
    found = (reconcile(queries, known, provider, first, last, about) for provider in BILLERS) if known else ()
    return tuple(each.check for each in found if each is not None)


def same_model(model: str) -> str:
    """What two names of one model have in common: ``Claude Haiku 4.5`` and ``claude-haiku-4-5-20251001``."""
    name = _ENDS.sub("", model.strip().lower()).rsplit("/", 1)[-1]
    name = _DATE.sub("", re.sub(r"[\s_]+", "-", name))
    return name.replace(".", "-")


class _Bill:
    """What a provider reported, by day."""

    def __init__(self, reported: Sequence[BillDay]) -> None:
        self.usage = {day.day: day for day in reported if day.kind is ReportKind.USAGE}
        self.costs = {day.day: day for day in reported if day.kind is ReportKind.COST}
        self.people = max(
            (
                line.amount
                for day in reported
                if day.kind is ReportKind.CLAUDE_CODE
                for line in day.lines
                if line.part == Part.PEOPLE and line.tier == "api"
            ),
            default=0,
        )

    def counted(self) -> Iterable[BillDay]:
        return (*self.usage.values(), *self.costs.values())

    def cells(self, day: date) -> dict[str, Cell]:
        found: dict[str, Cell] = {}
        usage, costs = self.usage.get(day), self.costs.get(day)

        def cell(model: str) -> Cell:
            return found.setdefault(same_model(model), Cell(day, model))

        for line in usage.lines if usage else ():
            at = cell(line.model)
            if line.part in TOKEN_PARTS:
                at.billed_tokens = at.billed_tokens or {}
                at.billed_tokens[line.part] = at.billed_tokens.get(line.part, 0) + line.amount
                at.tiers[line.tier] = at.tiers.get(line.tier, 0) + line.amount
            elif line.part == Part.WEB_SEARCH:
                at.searches += line.amount
        searches = 0
        for line in costs.lines if costs else ():
            at = cell("" if line.part == Part.OTHER else line.model)
            if line.part == Part.WEB_SEARCH:
                searches += line.amount
                continue
            at.billed_cost = (at.billed_cost or 0) + line.amount
            if line.part in TOKEN_PARTS:
                at.part_costs[line.part] = at.part_costs.get(line.part, 0) + line.amount
            else:
                at.tools += line.amount
        _share_searches(searches, found, day)
        return found


def _share_searches(amount: int, cells: dict[str, Cell], day: date) -> None:
    """Fees for searches belong to the models that searched, as records here have them; the rest to none."""
    if not amount:
        return
    searched = [cell for cell in cells.values() if cell.searches] or [cells.setdefault("", Cell(day, ""))]
    total = sum(cell.searches for cell in searched) or 1
    left = amount
    for cell in searched:
        part = amount * cell.searches // total if cell is not searched[-1] else left
        left -= part
        cell.billed_cost = (cell.billed_cost or 0) + part
        cell.tools += part


def _count_here(queries: Queries, cells: dict[str, Cell], provider: str, day: date, about: Here) -> int:
    """Put what was counted here into the day's cells; returns the tokens that plans cover."""
    in_plan = 0
    for entry in queries.sums(*Period(day, day).bounds(UTC), by=("agent", "provider", "model")):
        agent, named, model = entry.group
        if (named or about.makers.get(agent) or _family(model)) != provider:
            continue
        if about.settings.billing_of(agent).mode == "plan":
            in_plan += entry.tokens.total
            continue
        cell = cells.setdefault(same_model(model), Cell(day, model))
        cell.here += entry.tokens
        cell.here_cost += entry.listed
        cell.unpriced += entry.unpriced
    return in_plan


def _explain(cell: Cell, *, provisional: bool, before: bool) -> None:
    """Divide the cell's difference in money among its reasons."""
    delta = cell.delta
    if not delta:
        return
    told = cell.differences
    here = cell.here.total
    if provisional:
        told[Difference.PROVISIONAL] = delta
    elif before:
        told[Difference.BEFORE] = delta
    elif not cell.model and not here:
        told[Difference.TOOLS] = delta
    elif not here:
        told[Difference.ELSEWHERE] = delta
    elif not cell.billed_cost and not cell.billed_tokens:
        told[Difference.NOT_BILLED] = delta
    elif cell.billed_tokens is None:
        told[Difference.UNKNOWN] = delta
    else:
        unseen, unbilled = _only_one_side(cell)
        _put(told, Difference.ELSEWHERE, unseen)
        _put(told, Difference.NOT_BILLED, -unbilled)
        _explain_price(cell, delta - unseen + unbilled)


def _only_one_side(cell: Cell) -> tuple[int, int]:
    """The value of tokens that only the bill knows, and of those that only the logs know."""
    billed = cell.billed_tokens or {}
    charged = {part: count for part, count in billed.items() if count}
    mean_cost, mean_tokens = sum(cell.part_costs.values()), sum(charged.values()) or 1
    unseen = unbilled = 0
    for part in _PARTS:
        there, here = billed.get(part, 0), _of(cell.here, part)
        # What the bill charged for such a token, or for any if it does not say.
        cost, tokens = cell.part_costs.get(part, 0), there
        if not cost or not tokens:
            cost, tokens = mean_cost, mean_tokens
        if there > here:
            unseen += (there - here) * cost // tokens
        else:
            unbilled += (here - there) * cost // tokens
    return unseen, unbilled


def _explain_price(cell: Cell, rest: int) -> None:
    """What is left when both sides have the same tokens."""
    told = cell.differences
    if rest > 0 and cell.tools > 0:
        tools = min(rest, cell.tools)
        _put(told, Difference.TOOLS, tools)
        rest -= tools
    if abs(rest) <= _CRUMB:
        _put(told, Difference.ROUNDING, rest)
    elif rest > 0:
        _put(told, Difference.UNPRICED if cell.unpriced else Difference.DEARER, rest)
    elif cell.tiers.get("priority"):
        _put(told, Difference.PRIORITY, rest)
    elif cell.tiers.get("batch"):
        _put(told, Difference.BATCH, rest)
    else:
        _put(told, Difference.DISCOUNT, rest)


def _put(told: dict[Difference, int], why: Difference, nano: int) -> None:
    if nano:
        told[why] = told.get(why, 0) + nano


def _check(provider: str, first: date, last: date, bill: _Bill, cells: Sequence[Cell], plan_tokens: int) -> BillCheck:
    costed = [cell for cell in cells if cell.billed_cost is not None]
    used = [cell for cell in cells if cell.billed_tokens is not None]
    told: dict[Difference, int] = {}
    for cell in costed:
        for why, nano in cell.differences.items():
            _put(told, why, nano)
    return BillCheck(
        provider=provider,
        first=first,
        last=last,
        known_days=len(bill.costs),
        billed=sum(cell.billed_cost or 0 for cell in costed),
        here=sum(cell.here_cost for cell in costed),
        billed_tokens=sum(sum((cell.billed_tokens or {}).values()) for cell in used),
        here_tokens=sum(cell.here.total for cell in used),
        matched_tokens=sum(
            min((cell.billed_tokens or {}).get(part, 0), _of(cell.here, part)) for cell in used for part in _PARTS
        ),
        differences=tuple(sorted(told.items(), key=lambda entry: (-abs(entry[1]), entry[0]))),
        as_of=min((day.as_of for day in bill.counted()), default=0),
        imported=any(day.origin is Origin.CSV for day in bill.counted()),
        plan_tokens=plan_tokens,
        people=bill.people,
    )


def _of(tokens: Tokens, part: str) -> int:
    return int(getattr(tokens, part))


def _family(model: str) -> str:
    """Whose model this is, by its name alone; for records whose log names no provider."""
    name = same_model(model)
    return next((provider for provider, begins in _FAMILIES if name.startswith(begins)), "")


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
