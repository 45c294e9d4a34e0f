"""The rule that tells that a model in use has no price, so that money is missing from every sum.

Owns the condition and its words. Does not own prices. Each model is told once a month.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import OPEN_SPEND, PRICE, Rule
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures, Urgency
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr

ID: Final = "price-missing"
_FROM: Final = 5
"""Requests of a model; fewer are a trial."""


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    month = figures.month
    if month is None:
        return ()
    return tuple(
        Alert(
            key=f"{ID}/{month.label}/{model}",
            rule=ID,
            title=tr("No price for {model}", model=plain(model, 26) or tr("an unnamed model")),
            body=tr("{count} requests this month are counted in tokens, but not in money.", count=f"{requests:,}"),
            urgency=Urgency.LOW,
            actions=(Action(PRICE, mark("Set a price…"), model), OPEN_SPEND),
        )
        for model, requests in figures.unpriced
        if requests >= _FROM
    )


def _stand(figures: Figures, settings: Settings) -> str:
    count = len(check(figures, settings))
    return tr("none") if not count else tr("1 model") if count == 1 else tr("{count} models", count=count)


def _details(figures: Figures, settings: Settings) -> str:
    return tr("for a model in use")


RULE: Final = Rule(
    id=ID, words=mark("A price is missing"), check=check, group="limits", details=_details, stand=_stand
)
