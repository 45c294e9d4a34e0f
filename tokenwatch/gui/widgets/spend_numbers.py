"""Spend numbers: a month as headline cells, as what you pay or at API prices.

Owns the cells' words. Does not own formats, the forecast or layout.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.format import chance, money, money_forecast, money_range, money_set, percent, tokens, whole
from tokenwatch.base.snapshot import Month
from tokenwatch.gui.widgets.headline import Headline, Note
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.words import TOO_EARLY, month_name, shows_median

_NONE: Final = "—"


def paid_cells(month: Month, look: Look, *, past: bool) -> tuple[Headline, ...]:
    """Spent, projected, budget and the chance of going over; a past month has no outlook."""
    numerals = look.numerals
    least = "≥ " if month.incomplete_since is not None else ""
    parts = f"{money_set(month.fees, numerals)} plans + {money(month.metered, numerals)} metered"
    label = f"Spent in {month_name(month.first)}" if past else "So far"
    so_far = Headline(
        label, least + money(month.spent, numerals), notes=(Note(parts),),
        brief=(Note(f"{money(month.metered, numerals)} metered"),), share=1.1,
    )  # fmt: skip
    if past:
        return so_far, _tokens(month, look), _budget(month, look, past=True)
    return so_far, _projected(month, look), _budget(month, look, past=False), _over(month, look)


def listed_cells(month: Month, look: Look) -> tuple[Headline, ...]:
    """Everything as if metered, and what of it plans cover."""
    numerals = look.numerals
    least = "≥ " if month.incomplete_since is not None else ""
    inside = max(0, month.listed - month.metered)
    return (
        Headline("At API prices", least + money(month.listed, numerals), notes=(Note("as if all were metered"),)),
        Headline("Of it inside plans", money(inside, numerals), notes=(Note("adds nothing to what you pay"),)),
        Headline("You pay", least + money(month.spent, numerals), notes=(Note("plans and metered use"),)),
        Headline("Today", money(month.listed_today, numerals), notes=(Note("at API prices"),)),
    )


def _tokens(month: Month, look: Look) -> Headline:
    sessions = f"in {whole(month.sessions, look.numerals)} sessions" if month.sessions else ""
    return Headline("Tokens", tokens(month.tokens, look.numerals), notes=(Note(sessions),) if sessions else ())


def _projected(month: Month, look: Look) -> Headline:
    forecast, numerals = month.forecast, look.numerals
    label = f"Projected for {month_name(month.first)}"
    if forecast.p10 is None or forecast.p90 is None:
        return Headline(label, _NONE, notes=(Note(TOO_EARLY),), share=1.5)
    least = "≥ " if month.incomplete_since is not None else ""
    wide = money_range(forecast.p10, forecast.p90, numerals)
    if not shows_median(forecast) or forecast.p50 is None:
        return Headline(label, least + wide, notes=(Note("few days of data, 8 in 10"),), share=1.5)
    notes = (Note(f"range {wide}"),)
    if forecast.p25 is not None and forecast.p75 is not None:
        inner = money_range(forecast.p25, forecast.p75, numerals)
        notes = (Note(f"half the time {inner}, 8 in 10 {wide}"),)
    brief = (Note(f"range {wide}"),)
    return Headline(label, least + money_forecast(forecast.p50, numerals), notes=notes, brief=brief, share=1.5)


def _budget(month: Month, look: Look, *, past: bool) -> Headline:
    if not month.budget:
        return Headline("Budget", _NONE, notes=(Note("none set"),))
    days = (month.last - month.first).days + 1
    used = percent(month.spent / month.budget)
    gone = percent(((month.today - month.first).days + 1) / days)
    over = month.spent > month.budget
    notes = (Note(f"{used} used" + ("" if past else f", month {gone} gone"), ink="bad" if over else "t2"),)
    return Headline("Budget", money_set(month.budget, look.numerals), notes=notes, brief=(Note(f"{used} used"),))


def _over(month: Month, look: Look) -> Headline:
    label = "Chance of going over"
    if month.budget and month.spent > month.budget:
        beyond = money(month.spent - month.budget, look.numerals)
        return Headline("Over budget by", beyond, notes=(Note("budget passed", "problem", "bad"),), ink="bad")
    probability = month.forecast.chance_over_budget
    if not month.budget or probability is None:
        return Headline(label, _NONE, notes=(Note(TOO_EARLY if month.budget else "no budget set"),))
    earliest = month.forecast.earliest_over
    note = f"earliest: {look.day(earliest)}" if earliest is not None else "not expected"
    return Headline(label, chance(probability), notes=(Note(note),))
