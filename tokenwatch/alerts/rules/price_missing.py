"""The rule that tells that a model in use has no price, so that money is missing from every sum.

Owns the condition and its words. Does not own prices. Each model is told once a month.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.rule import OPEN_SPEND, PRICE, Rule
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures, Urgency
from tokenwatch.base.text import plain

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
            title=f"No price for {plain(model, 26) or 'an unnamed model'}",
            body=f"{requests:,} requests this month are counted in tokens, but not in money.",
            urgency=Urgency.LOW,
            actions=(Action(PRICE, "Set a price…", model), OPEN_SPEND),
        )
        for model, requests in figures.unpriced
        if requests >= _FROM
    )


def _stand(figures: Figures, settings: Settings) -> str:
    count = len(check(figures, settings))
    return f"{count} model{'' if count == 1 else 's'}" if count else "none"


def _details(figures: Figures, settings: Settings) -> str:
    return "for a model in use"


RULE: Final = Rule(id=ID, words="A price is missing", check=check, group="limits", details=_details, stand=_stand)
