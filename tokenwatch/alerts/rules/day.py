"""The rule that tells that today costs more than such days usually do.

Owns the condition (today's metered cost above what 19 in 20 days of its type cost, and above one and a half times
their mean) and its words. Does not own what is usual (insight). A limit of one's own is a budget of a day.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import OPEN_SPEND, Rule
from tokenwatch.base.currency import numerals
from tokenwatch.base.format import money
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Alert, Figures
from tokenwatch.base.translation import mark, tr

ID: Final = "day"
_LEAST: Final = NANO
_TIMES, _OF = 3, 2
"""Above one and a half times the mean."""


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    month = figures.month
    if month is None or month.usual.day is None or month.usual.dear_day is None:
        return ()
    today = month.spent_today
    if today < _LEAST or today <= month.usual.dear_day or today * _OF <= month.usual.day * _TIMES:
        return ()
    written = numerals(settings)
    today_words, usual = money(today, written), money(month.usual.day, written)
    body = (
        tr("{today} metered so far; a usual day of the weekend costs {usual}.", today=today_words, usual=usual)
        if month.today.weekday() >= 5
        else tr("{today} metered so far; a usual working day costs {usual}.", today=today_words, usual=usual)
    )
    return (
        Alert(
            key=f"{ID}/{month.today.isoformat()}",
            rule=ID,
            title=tr("Today is dearer than usual: {today}", today=today_words),
            body=body,
            at=figures.rate.last_event or 0,
            replaces=ID,
            actions=(OPEN_SPEND,),
        ),
    )


def _details(figures: Figures, settings: Settings) -> str:
    month = figures.month
    if month is None or month.usual.day is None:
        return tr("once it is known what is usual")
    return tr("about {usual} metered", usual=money(month.usual.day, numerals(settings)))


def _stand(figures: Figures, settings: Settings) -> str:
    if figures.month is None:
        return ""
    return tr("today {spent}", spent=money(figures.month.spent_today, numerals(settings)))


RULE: Final = Rule(id=ID, words=mark("Today is dearer than usual"), check=check, details=_details, stand=_stand)
