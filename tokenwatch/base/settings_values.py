"""What a single setting may be: each check gives the value of an entry, or says what is wrong with it.

Owns limits and units of values. Does not own which settings there are, lines or sentences (base/settings.py). Money
is dollars in the file and nano-dollars here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Final, get_args

from tokenwatch.base.money import from_dollars
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.base.zone import named

MAX_BUDGET_USD: Final = 10_000_000
MAX_FEE_USD: Final = 100_000
MAX_THRESHOLD: Final = 1000
MAX_THRESHOLDS: Final = 10
LEAST_TEXT: Final = 90
MOST_TEXT: Final = 130
MAX_RATE: Final = 10_000_000
MAX_START_DAY: Final = 28
MAX_MONTHS: Final = 240
HOURS: Final = re.compile(r"(\d{1,2}):(\d{2}) ?[-–] ?(\d{1,2}):(\d{2})", re.ASCII)
CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)


MAX_FOLDERS: Final = 20
MAX_PATH: Final = 4096


class Mistake(Exception):
    """What is wrong with one entry, as the rest of a sentence that begins with its name."""


def dollars(value: Any, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Mistake(tr("must be a number of dollars"))
    if (isinstance(value, Decimal) and not value.is_finite()) or not 0 <= value <= most:
        raise Mistake(tr("must be between 0 and {most} dollars", most=f"{most:,}"))
    return from_dollars(value)


def budget(value: Any) -> int | None:
    return dollars(value, MAX_BUDGET_USD) or None


def fee(value: Any) -> int:
    return dollars(value, MAX_FEE_USD)


def thresholds(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or any(type(item) is not int for item in value):
        raise Mistake(tr("must be a list of whole percentages"))
    if any(not 1 <= item <= MAX_THRESHOLD for item in value):
        raise Mistake(tr("must hold percentages between 1 and {most}", most=MAX_THRESHOLD))
    if len(set(value)) > MAX_THRESHOLDS:
        raise Mistake(tr("may hold {most} percentages at most", most=MAX_THRESHOLDS))
    return tuple(sorted(set(value)))


def text_size(value: Any) -> int:
    if type(value) is not int or not LEAST_TEXT <= value <= MOST_TEXT:
        raise Mistake(tr("must be a whole percentage between {least} and {most}", least=LEAST_TEXT, most=MOST_TEXT))
    return value


def switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Mistake(tr("must be true or false"))
    return value


def names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or any(not isinstance(item, str) for item in value):
        raise Mistake(tr("must be a list of names in quotes"))
    return tuple(sorted(set(value)))


def hours(value: Any) -> tuple[int, int] | None:
    """``20:00-08:00`` as minutes after midnight; empty for none."""
    if value == "":
        return None
    found = HOURS.fullmatch(value) if isinstance(value, str) else None
    hours = [int(part) for part in found.groups()] if found else []
    if not found or max(hours[0], hours[2]) > 23 or max(hours[1], hours[3]) > 59:
        raise Mistake(tr('must be two clock times such as "20:00-08:00"'))
    begin, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if begin == end:
        raise Mistake(tr("must begin and end at different times"))
    return begin, end


def one_of(choices: Any) -> Callable[[Any], Any]:
    allowed: tuple[str, ...] = get_args(choices)

    def check(value: Any) -> Any:
        if not isinstance(value, str) or value not in allowed:
            raise Mistake(tr("must be one of {names}", names=", ".join(f'"{choice}"' for choice in allowed)))
        return value

    return check


def timezone(value: Any) -> str:
    if not isinstance(value, str):
        raise Mistake(tr('must be the name of a time zone such as "Europe/Berlin"'))
    if value and named(value) is None:
        raise Mistake(tr('names no known time zone ("{value}")', value=plain(value, 40)))
    return value


def name(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise Mistake(tr("must be a name in quotes"))
    return value.strip()


def own_percent(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= 100:
        raise Mistake(tr("must be a whole percentage from 0 to 100"))
    return value


def months(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MAX_MONTHS:
        raise Mistake(tr("must be a whole number of months from 1 to {most}, or 0 for all", most=MAX_MONTHS))
    return value


def start_day(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= MAX_START_DAY:
        raise Mistake(tr("must be a day of the month from 1 to {most}", most=MAX_START_DAY))
    return value


def day(value: Any) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise Mistake(tr("must be a day such as 2026-01-31, without quotes"))
    return value


def currency(value: Any) -> str:
    if not isinstance(value, str) or not CURRENCY.fullmatch(value):
        raise Mistake(tr('must be a currency by its three letters, such as "EUR"'))
    return value


def rate(value: Any) -> int:
    """Units of a currency for a dollar, as nano-units."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Mistake(tr("must be a number: how much of it a dollar is"))
    if (isinstance(value, Decimal) and not value.is_finite()) or not 0 < value <= MAX_RATE:
        raise Mistake(tr("must be above 0 and at most {most}", most=f"{MAX_RATE:,}"))
    return max(1, from_dollars(value))


def folders(value: Any) -> tuple[str, ...]:
    """Whole paths, or such that begin with ``~``; they need not exist."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Mistake(tr("must be a list of folders"))
    if len(value) > MAX_FOLDERS:
        raise Mistake(tr("may hold {most} folders at most", most=MAX_FOLDERS))
    for item in value:
        whole = item.startswith("~") or PurePosixPath(item).is_absolute() or PureWindowsPath(item).is_absolute()
        if not whole or "\0" in item or len(item) > MAX_PATH:
            raise Mistake(tr('must hold whole paths, which begin with "/", "~" or a drive'))
    return tuple(dict.fromkeys(value))
