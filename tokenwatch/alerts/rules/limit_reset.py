"""The rule that tells when a limit that was used up has reset.

Owns the condition (a window ended that was used up, and work may go on) and its words. Does not own windows
(insight/limits.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.limit_words import limit_name
from tokenwatch.alerts.rule import HOUR, OPEN, Rule, scope_of
from tokenwatch.base.limits import LimitWindow, PastWindow
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures, Urgency
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr

ID: Final = "limit-reset"
_USED_UP: Final = 99.5
_HOLDS: Final = 2 * HOUR
"""Afterwards it is no news."""


def check(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    return tuple(
        Alert(
            key=_scope(window, past) + "1",
            rule=ID,
            title=tr("{limit} has reset", limit=limit_name(window)),
            body=tr("It was used up. Agents can go on."),
            urgency=Urgency.LOW,
            at=past.ended_at,
            replaces=f"{ID}/{plain(window.provider, 40)}-{plain(window.window, 20)}",
            actions=(Action(OPEN, mark("Open Limits"), "limits"),),
        )
        for window, past in _lately(figures)
    )


def scopes(figures: Figures, settings: Settings) -> tuple[str, ...]:
    return tuple(_scope(window, past) for window, past in _lately(figures))


def _lately(figures: Figures) -> list[tuple[LimitWindow, PastWindow]]:
    ended = [(window, window.past[-1]) for window in figures.limits if window.past and not window.estimated]
    return [
        (window, past) for window, past in ended if past.peak >= _USED_UP and 0 <= figures.at - past.ended_at < _HOLDS
    ]


def _scope(window: LimitWindow, past: PastWindow) -> str:
    what = f"{plain(window.provider, 40)}-{plain(window.window, 20)}-{past.identity}".replace("/", "_")
    return scope_of(ID, what, "reset")


RULE: Final = Rule(
    id=ID, words=mark("A limit that was used up has reset"), check=check, scopes=scopes, group="limits"
)
