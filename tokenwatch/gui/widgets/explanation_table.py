"""Explanation table: where a figure comes from, as the rows of a table.

Owns the rows' words. Does not own the explanation (insight/explain.py) or how a table is shown.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tokenwatch.base.format import money, tokens, whole
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.table import Table

if TYPE_CHECKING:
    from tokenwatch.insight.explain import Explanation
    from tokenwatch.pricing.rates import RateRow

_MOST_SOURCES: Final = 12


def explanation_table(found: Explanation, look: Look) -> Table:
    """First each model with its price, then what is uncertain, the dearest requests, and the sources."""
    numerals = look.numerals
    rows: list[tuple[str, ...]] = []
    for part in found.parts:
        cost = money(part.listed, numerals) if part.listed or not part.unpriced else tr("no price")
        name = f"{plain(part.model, 40) or tr('unknown')} · {look.agent_name(part.agent)}"
        rows.append(
            (name, price_words(part.row), whole(part.requests, numerals), tokens(part.tokens.total, numerals), cost)
        )
    rows.append((tr("Together"), "", whole(found.requests, numerals), "", money(found.listed, numerals)))
    for words, number in (
        (tr("without a price"), found.unpriced),
        (tr("a lower bound only"), found.uncertain),
        (tr("copies that do not count"), found.copies),
    ):
        rows.append((words, "", whole(number, numerals), "", ""))
    for each in found.restated:
        day = look.day(look.moment(each.at).date())
        change = f"{money(each.before, numerals)} → {money(each.after, numerals)}"
        rows.append(
            (tr("restated on {day}", day=day), plain(each.month, 10), whole(each.requests, numerals), "", change)
        )
    for request in found.single:
        when = f"{look.day(look.moment(request.at).date())} {look.clock(request.at)}"
        cost = tr("no price") if request.listed is None else money(request.listed, numerals)
        name = tr("one request, {when}", when=when)
        used = tokens(request.tokens.total, numerals)
        rows.append((name, plain(request.model, 40) or tr("unknown"), "1", used, cost))
    for path, number in found.sources[:_MOST_SOURCES]:
        shown = tr("a log") if look.hidden else plain(path, 120)
        rows.append((shown, "", whole(number, numerals), "", ""))
    if len(found.sources) > _MOST_SOURCES:
        rows.append((tr("and {number} more logs", number=len(found.sources) - _MOST_SOURCES), "", "", "", ""))
    title = tr("Where {what} comes from", what=plain(found.what, 60))
    headers = (tr("Model, then log"), tr("Price per million"), tr("Requests"), tr("Tokens"), tr("At API prices"))
    return Table(title, headers, tuple(rows))


def price_words(row: RateRow | None) -> str:
    """$5 in, $25 out"""
    if row is None:
        return tr("no price is known")
    rates = row.bands[0].rates
    source = {"yours": tr("your price"), "shipped": tr("corrected")}.get(row.source, "")
    words = tr(
        "{input} in, {read} read, {output} out",
        input=_amount(rates.input),
        read=_amount(rates.cache_read),
        output=_amount(rates.output),
    )
    return f"{words} ({source})" if source else words


def _amount(rate: Fraction | None) -> str:
    return "—" if rate is None else f"${float(rate):g}"
