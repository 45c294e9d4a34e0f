"""The rule that tells when a limit will be used up before it resets.

Owns the condition (the average of the window so far, once it says something) and its words. Does not own that average
(insight/limits.py). What is nearly used up already is the business of limit_used.py.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.limit_words import limit_name, thing
from tokenwatch.alerts.rule import MINUTE, OPEN, Rule, scope_of
from tokenwatch.base.format import duration
from tokenwatch.base.limits import LimitWindow
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures
from tokenwatch.base.translation import mark, tr

ID: Final = "limit-runs-out"
_LEAST_USED: Final = 25.0
"""Percent. Before that a busy morning looks like the end of the week."""
_NEARLY: Final = 95.0


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    return tuple(_alert(window, figures.at) for window in figures.limits if _starts(window))


def keep(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    """It goes on while the window is ahead of an even pace at all."""
    ahead = (window for window in figures.limits if window.pace_points is not None and window.pace_points > 0)
    return tuple(_alert(window, figures.at) for window in ahead if (window.used_percent or 0) < _NEARLY)


def scopes(figures: Figures, settings: Settings) -> tuple[str, ...]:
    return tuple(_scope(window) for window in figures.limits if window.used_percent is not None)


def _starts(window: LimitWindow) -> bool:
    used = window.used_percent
    return used is not None and _LEAST_USED <= used < _NEARLY and window.runs_out_at is not None


def _alert(window: LimitWindow, now: int) -> Alert:
    return Alert(
        key=_scope(window) + "1",
        rule=ID,
        title=tr("{limit} runs out early", limit=limit_name(window)),
        body=_body(window, now),
        replaces=f"{ID}/{thing(window)}",
        actions=(Action(OPEN, mark("Open Limits"), "limits"),),
    )


def _body(window: LimitWindow, now: int) -> str:
    facts = [tr("{percent}% used.", percent=f"{window.used_percent or 0:.0f}")]
    if window.runs_out_at is not None and window.resets_at is not None:
        left, early = window.runs_out_at - now, window.resets_at - window.runs_out_at
        facts.append(
            tr(
                "At this pace it is used up in ~{left}, {early} before reset.",
                left=duration(left / 1000),
                early=duration(early / 1000),
            )
        )
    return " ".join(facts)


def _scope(window: LimitWindow) -> str:
    return scope_of(ID, thing(window), "pace")


RULE: Final = Rule(
    id=ID,
    words=mark("A limit will be used up before it resets"),
    check=check,
    keep=keep,
    scopes=scopes,
    group="limits",
    details=lambda figures, settings: tr("at the average of the window so far"),
    after=10 * MINUTE,
)
