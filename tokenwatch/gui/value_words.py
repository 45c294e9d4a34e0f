"""Value words: what a month gave for its money, as cells, rows and a text to copy.

Owns the words. Does not own the sums (insight/value.py) or how they are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from tokenwatch.base.format import money, money_forecast, money_set, percent, ratio, tokens, whole
from tokenwatch.base.plan_table import name_of
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.headline import Headline, Note
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.sparkline import Spark
from tokenwatch.gui.widgets.what_if import WhatIfLine
from tokenwatch.gui.words import TOO_EARLY, month_name
from tokenwatch.insight.value import MonthUse, PlanValue, Value

_NONE: Final = "—"
MOST_PLANS: Final = 4

CARE: Final = (
    mark("API prices are list prices on the day of use. For work inside a plan nobody sends you that bill."),
    mark("Without a plan there might have been less work; what was used is taken as it is."),
    mark("What is read from the cache costs about a tenth of new input. A high ratio saves money, and says no more."),
    mark("A session is one, however long it is and however many sub-agents it had."),
)


def plan_title(plan: PlanValue, look: Look) -> str:
    """Its name, else that of a plan that is sold at its price, else its agent's."""
    name = plan.plan.name or name_of(plan.plan.agent, plan.fee or 0)
    if name:
        return plain(name, 40)
    return tr("Plan of {agent}", agent=look.agent_name(plan.plan.agent))


def value_cells(found: Value, look: Look, *, past: bool, missing: bool = False) -> tuple[Headline, ...]:
    """Paid, the same at list prices, and how many times one is in the other: of everything and of plans alone.

    ``missing``: a source cannot be read, so that all of it is the least.
    """
    numerals = look.numerals
    fees, metered = money_set(found.fees, numerals), money(found.metered, numerals)
    inside = money(found.inside, numerals)
    alone = tr("{inside} for {fees}", inside=inside, fees=fees) if found.fees else tr("no plan is set")
    paid_least = "≥ " if missing or found.unpriced_paid else ""
    listed_least = "≥ " if missing or found.unpriced else ""
    return (
        Headline(
            tr("You paid") if past else tr("You pay, so far"),
            paid_least + money(found.paid, numerals),
            notes=(Note(tr("{money_set} plans + {money} metered", money_set=fees, money=metered)),),
            brief=(Note(tr("{money} metered", money=metered)),),
        ),
        Headline(
            tr("Same work at API prices"),
            listed_least + money(found.listed, numerals),
            notes=(Note(tr("{money} of it inside plans", money=inside)),),
            brief=(Note(tr("{money} in plans", money=inside)),),
            brief_label=tr("At API prices"),
        ),
        Headline(
            tr("You get"),
            ratio(found.listed / found.paid, numerals) if found.paid else _NONE,
            notes=(Note(tr("what you pay") if found.paid else tr("nothing paid")),),
            share=0.8,
        ),
        Headline(
            tr("Plans alone"),
            ratio(found.inside / found.fees, numerals) if found.fees else _NONE,
            notes=(Note(alone),),
            brief=(Note(tr("for {fees}", fees=fees) if found.fees else tr("no plan")),),
            share=0.9,
        ),
    )


def use_cells(found: Value, look: Look) -> tuple[Headline, ...]:
    """How the tokens were used, beside the months before."""
    numerals = look.numerals

    def cache(use: MonthUse) -> str:
        return _NONE if use.cache_hits is None else percent(use.cache_hits)

    def cost(use: MonthUse) -> str:
        return money(use.listed // use.sessions, numerals) if use.sessions else _NONE

    def new(use: MonthUse) -> str:
        return tokens(use.new_tokens // use.sessions, numerals) if use.sessions else _NONE

    use = found.use
    sessions = tr("in {whole} sessions", whole=whole(use.sessions or 0, numerals)) if use is not None else ""
    course = tuple(each.cache_hits or 0.0 for each in found.months)
    hits = _compared(tr("Cache hit ratio"), tr("of all input"), cache, found)
    return (
        replace(hits, spark=Spark(course)) if use is not None and len(course) > 1 else hits,
        _compared(tr("A session at API prices"), sessions, cost, found),
        _compared(tr("New tokens a session"), sessions, new, found),
    )


def _compared(label: str, note: str, words: Callable[[MonthUse], str], found: Value) -> Headline:
    use = found.use
    if use is None:
        return Headline(label, _NONE)
    notes = [Note(note)]
    if len(found.months) > 1 and words(found.months[-2]) != _NONE:
        before = found.months[-2]
        notes.append(Note(tr("{month}: {figure}", month=month_name(before.first), figure=words(before))))
    return Headline(label, words(use), notes=tuple(notes))


def what_if_lines(found: Value, look: Look) -> tuple[WhatIfLine, ...]:
    """The month's end as it is paid now, without each plan, and without any."""
    numerals = look.numerals
    plans = found.plans[:MOST_PLANS]
    if found.as_now is None:
        return (WhatIfLine(tr("As now"), tr(TOO_EARLY), _NONE),)

    def about(amount: int | None) -> str:
        return _NONE if amount is None else f"≈ {money_forecast(amount, numerals)}"

    names = ", ".join(plan_title(plan, look) for plan in plans) or tr("no plan")
    lines = [WhatIfLine(tr("As now"), names, money_forecast(found.as_now, numerals))]
    if len(found.plans) > 1:
        lines += [
            WhatIfLine(
                tr("Without {plan}", plan=plan_title(plan, look)),
                tr("what it covers at list prices"),
                about(plan.without),
            )
            for plan in plans
        ]
    if found.plans:
        lines.append(
            WhatIfLine(tr("No plans, everything metered"), tr("same tokens at list prices"), about(found.all_metered))
        )
    lines += [
        WhatIfLine(
            tr("{plan} for {agent}", plan=switch.plan.name, agent=look.agent_name(switch.plan.agent)),
            tr("if its limits suffice for all of it"),
            about(switch.projected),
        )
        for switch in found.switches
    ]
    return tuple(lines)


def summary(found: Value, look: Look) -> str:
    """A few lines to paste elsewhere."""
    month = f"{month_name(found.first)} {found.first.year}"
    return "\n".join(
        [month, *_sentences(value_cells(found, look, past=found.last < found.today)), *_plans(found, look)]
    )


def _sentences(cells: Sequence[Headline]) -> list[str]:
    return [f"{cell.label}: {cell.value} ({cell.notes[0].text})" for cell in cells if cell.value != _NONE]


def _plans(found: Value, look: Look) -> list[str]:
    return [f"{plan_title(plan, look)}: {times_words(plan, look)}" for plan in found.plans if plan.times is not None]


def times_words(plan: PlanValue, look: Look) -> str:
    """4.9× the fee, at API prices"""
    if plan.times is None:
        return tr("its fee is not known")
    return tr("{times} the fee, at API prices", times=ratio(plan.times, look.numerals))
