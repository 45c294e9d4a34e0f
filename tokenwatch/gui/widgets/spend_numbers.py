"""Spend numbers: a month as headline cells, as what you pay or at API prices.

Owns the cells' words. Does not own formats, the forecast or layout.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.format import chance, money, money_forecast, money_range, money_set, percent, tokens, whole
from tokenwatch.base.snapshot import Month
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.headline import Headline, Note
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.words import TOO_EARLY, month_name, shows_median

_NONE: Final = "—"


def paid_cells(month: Month, look: Look, *, past: bool) -> tuple[Headline, ...]:
    """Spent, projected, budget and the chance of going over; a past month has no outlook."""
    numerals = look.numerals
    least = "≥ " if month.spent_is_least else ""
    parts = tr(
        "{money_set} plans + {money} metered",
        money_set=money_set(month.fees, numerals),
        money=money(month.metered, numerals),
    )
    label = tr("Spent in {month_name}", month_name=month_name(month.first)) if past else tr("So far")
    so_far = Headline(
        label, least + money(month.spent, numerals), notes=(Note(parts),),
        brief=(Note(tr("{money} metered", money=money(month.metered, numerals))),), share=1.1,
    )  # fmt: skip
    if past:
        return so_far, _tokens(month, look), _budget(month, look, past=True)
    return so_far, _projected(month, look), _budget(month, look, past=False), _over(month, look)


def listed_cells(month: Month, look: Look) -> tuple[Headline, ...]:
    """Everything as if metered, and what of it plans cover."""
    numerals = look.numerals
    least = "≥ " if month.listed_is_least else ""
    paid = "≥ " if month.spent_is_least else ""
    inside = max(0, month.listed - month.metered)
    return (
        Headline(
            tr("At API prices"), least + money(month.listed, numerals), notes=(Note(tr("as if all were metered")),)
        ),
        Headline(
            tr("Of it inside plans"),
            least + money(inside, numerals),
            notes=(Note(tr("adds nothing to what you pay")),),
        ),
        Headline(tr("You pay"), paid + money(month.spent, numerals), notes=(Note(tr("plans and metered use")),)),
        Headline(tr("Today"), least + money(month.listed_today, numerals), notes=(Note(tr("at API prices")),)),
    )


def _tokens(month: Month, look: Look) -> Headline:
    sessions = tr("in {whole} sessions", whole=whole(month.sessions, look.numerals)) if month.sessions else ""
    return Headline(tr("Tokens"), tokens(month.tokens, look.numerals), notes=(Note(sessions),) if sessions else ())


def _projected(month: Month, look: Look) -> Headline:
    forecast, numerals = month.forecast, look.numerals
    label = tr("Projected for {month_name}", month_name=month_name(month.first))
    if forecast.p10 is None or forecast.p90 is None:
        return Headline(label, _NONE, notes=(Note(tr(TOO_EARLY)),), share=1.5)
    least = "≥ " if month.spent_is_least else ""
    wide = money_range(forecast.p10, forecast.p90, numerals)
    if not shows_median(forecast) or forecast.p50 is None:
        return Headline(label, least + wide, notes=(Note(tr("few days of data, 8 in 10")),), share=1.5)
    notes = (Note(tr("range {wide}", wide=wide)),)
    if forecast.p25 is not None and forecast.p75 is not None:
        inner = money_range(forecast.p25, forecast.p75, numerals)
        notes = (Note(tr("half the time {inner}, 8 in 10 {wide}", inner=inner, wide=wide)),)
    brief = (Note(tr("range {wide}", wide=wide)),)
    return Headline(label, least + money_forecast(forecast.p50, numerals), notes=notes, brief=brief, share=1.5)


def _budget(month: Month, look: Look, *, past: bool) -> Headline:
    if not month.budget:
        return Headline(tr("Budget"), _NONE, notes=(Note(tr("none set")),))
    days = (month.last - month.first).days + 1
    used = percent(month.spent / month.budget)
    gone = percent(((month.today - month.first).days + 1) / days)
    over = month.spent > month.budget
    notes = (
        Note(
            tr("{used} used", used=used) + ("" if past else tr(", month {gone} gone", gone=gone)),
            ink="bad" if over else "t2",
        ),
    )
    return Headline(
        tr("Budget"), money_set(month.budget, look.numerals), notes=notes, brief=(Note(tr("{used} used", used=used)),)
    )


def _over(month: Month, look: Look) -> Headline:
    label = tr("Chance of going over")
    if month.budget and month.spent > month.budget:
        beyond = money(month.spent - month.budget, look.numerals)
        return Headline(tr("Over budget by"), beyond, notes=(Note(tr("budget passed"), "problem", "bad"),), ink="bad")
    probability = month.forecast.chance_over_budget
    if not month.budget or probability is None:
        return Headline(label, _NONE, notes=(Note(tr(TOO_EARLY) if month.budget else tr("no budget set")),))
    earliest = month.forecast.earliest_over
    note = tr("earliest: {day}", day=look.day(earliest)) if earliest is not None else tr("not expected")
    return Headline(label, chance(probability), notes=(Note(note),), brief_label=tr("Chance over"))
