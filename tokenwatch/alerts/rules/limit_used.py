"""The rule that tells how much of a provider's limit is used.

Owns the condition (a window at 80 or 95 %, or used up) and its words. Does not own the readings (readers, collect) or
what follows from them (insight/limits.py). An estimated block has no percentage and no alert.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.limit_words import limit_name, thing
from tokenwatch.alerts.rule import OPEN, Rule, scope_of
from tokenwatch.base.format import duration
from tokenwatch.base.limits import LimitWindow
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures, Urgency
from tokenwatch.base.translation import mark, tr

ID: Final = "limit"
LEVELS: Final = (80, 95, 100)


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    """An alert for each level that each window has reached, lowest first."""
    return tuple(
        Alert(
            key=_scope(window) + str(level),
            rule=ID,
            title=_title(window, level),
            body=_body(window, figures.at),
            urgency=Urgency.CRITICAL if level >= 95 else Urgency.NORMAL,
            replaces=f"{ID}/{thing(window)}",
            actions=(Action(OPEN, mark("Open Limits"), "limits"),),
            passes_quiet=level >= 100,
        )
        for window in figures.limits
        for level in LEVELS
        if window.used_percent is not None and window.used_percent >= level
    )


def scopes(figures: Figures, settings: Settings) -> tuple[str, ...]:
    """A window each: the next one is told anew."""
    return tuple(_scope(window) for window in figures.limits if window.used_percent is not None)


def _scope(window: LimitWindow) -> str:
    return scope_of(ID, thing(window), "used")


def _title(window: LimitWindow, level: int) -> str:
    name = limit_name(window)
    if level >= 100:
        return tr("{limit} used up", limit=name)
    return tr("{level}% of the {limit} used", level=level, limit=name)


def _body(window: LimitWindow, now: int) -> str:
    facts = []
    if window.resets_at is not None and window.resets_at > now:
        facts.append(tr("Resets in {time}.", time=duration((window.resets_at - now) / 1000)))
    if window.runs_out_at is not None and window.runs_out_at > now:
        facts.append(tr("At this pace it lasts {time}.", time=duration((window.runs_out_at - now) / 1000)))
    elif window.lasts:
        facts.append(tr("At this pace it lasts until then."))
    return " ".join(facts)


RULE: Final = Rule(
    id=ID,
    words=mark("A limit of a plan is nearly used up"),
    check=check,
    scopes=scopes,
    group="limits",
    details=lambda figures, settings: tr("80%, 95% and 100%"),
)
