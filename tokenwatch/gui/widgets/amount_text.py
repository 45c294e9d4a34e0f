"""Amount texts: what a person types for an amount of dollars or a percentage, made a number.

Owns what is understood. Does not own how numbers are shown (base/format.py). Pure.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tokenwatch.base.format import ENGLISH, Numerals, money_set
from tokenwatch.base.money import NANO, from_dollars
from tokenwatch.base.translation import tr


def read_amount(text: str, most_dollars: int, numerals: Numerals = ENGLISH) -> int:
    """Nano-dollars of "450", "$1,204.50" or, with such numerals, "1.204,50 $"; 0 for an empty text.

    Raises ValueError with a plain sentence for anything else, and beyond ``most_dollars``.
    """
    kept = re.sub(r"[\s'’]", "", text).replace(numerals.currency, "")
    if not kept:
        return 0
    point, group = numerals.decimal, numerals.group.strip()
    if group and re.fullmatch(rf"\d{{1,3}}({re.escape(group)}\d{{3}})+({re.escape(point)}\d*)?", kept):
        kept = kept.replace(group, "")
    if group != ".":  # so that a point cannot be meant otherwise
        kept = kept.replace(point, ".")
        point = "."
    if not re.fullmatch(rf"\d+({re.escape(point)}\d*)?|{re.escape(point)}\d+", kept) or not kept.isascii():
        raise ValueError(tr("Not an amount, such as {money_set}", money_set=money_set(450 * NANO, numerals)))
    dollars = Decimal(kept.replace(point, "."))
    if dollars > most_dollars:
        raise ValueError(tr("At most {money_set}", money_set=money_set(most_dollars * NANO, numerals)))
    return from_dollars(dollars)


def read_percentage(text: str, most: int) -> int | None:
    """A whole percentage of "80" or "80 %"; None for an empty text. Raises ValueError with a plain sentence."""
    kept = text.replace("%", "").strip()
    if not kept:
        return None
    if not kept.isascii() or not kept.isdigit() or len(kept) > 9 or not 1 <= int(kept) <= most:
        raise ValueError(tr("A whole number from 1 to {most}", most=most))
    return int(kept)
