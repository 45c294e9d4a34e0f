"""What a rule is: a condition over figures, in words, as pure functions, and how it behaves in time, as data.

Owns the shape of a rule, the form of an alert's key, the verbs of actions, and finding all rules. Does not own when
an alert starts or ends, repeats, or what was already told (evaluate.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, cast

import msgspec

from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, Figures
from tokenwatch.base.translation import mark

Check = Callable[[Figures, Settings], tuple[Alert, ...]]
Scopes = Callable[[Figures, Settings], tuple[str, ...]]
Words = Callable[[Figures, Settings], str]
Group = Literal["money", "agents", "limits"]

MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

# Verbs of actions, and what their value is.
OPEN: Final = "open"
"""The id of a page."""
GO: Final = "go"
"""``agent/session``: its terminal."""
SNOOZE: Final = "snooze"
"""Seconds, or "day" or "month": until then the alert's rule is held back."""
MUTE: Final = "mute"
"""What :attr:`Alert.replaces` has: alerts of this rule about this one session are held back for good."""
RAISE_BUDGET: Final = "raise-budget"
"""The id of a budget; empty for the month's."""
REMIND: Final = "remind"
"""A percentage to be told of, too."""
PRICE: Final = "price"
"""The model that wants one."""
FIX: Final = "fix"
"""The part whose trouble is explained."""

OPEN_SPEND: Final = Action(OPEN, mark("Open Spend"), "spend")
NOT_THIS_MONTH: Final = Action(SNOOZE, mark("Not this month"), "month")


def nothing(figures: Figures, settings: Settings) -> tuple[Alert, ...]:
    """For a rule whose alerts end as soon as they would not start."""
    return ()


def no_scopes(figures: Figures, settings: Settings) -> tuple[str, ...]:
    """For a rule whose alerts do not depend on terms that a person may change."""
    return ()


def no_words(figures: Figures, settings: Settings) -> str:
    return ""


class Rule(msgspec.Struct, frozen=True):
    """A condition. All functions are pure: the same figures and settings give the same answer.

    ``check`` gives what starts an alert: one for every level that is passed, lowest first; alerts that ``replaces``
    joins are levels of one thing, of which only the highest is shown. ``keep`` gives what lets one that has started
    go on although it would not start now (hysteresis). ``scopes`` gives the beginnings that the keys of this rule's
    alerts have under the present terms, as of :func:`scope_of`; none while there is nothing to judge.
    """

    id: str
    words: str
    """The condition for a list of rules, in words a person understands; translated where it is shown."""
    check: Check
    scopes: Scopes = no_scopes
    keep: Check = nothing
    group: Group = "money"
    details: Words = no_words
    """What follows ``words`` in the list: "of $450"."""
    stand: Words = no_words
    """How it stands now: "today $14.83"."""
    defaults: tuple[tuple[str, object], ...] = ()
    """(field of Settings, its default) for each setting that the rule obeys."""
    after: int = 0
    """Milliseconds that the condition must have held, at two evaluations at least, before it is an alert."""
    clear: int = 0
    """Milliseconds that it must not have held, before it may start again."""
    episodes: bool = False
    """Each start is a new alert, told anew; else a key is told once ever."""
    again: int = 0
    """Milliseconds between two episodes that are told, of keys with the same beginning (:func:`period_of`)."""
    most: int = 0
    """Episodes that are told of keys with the same beginning; 0 for any number."""


def scope_of(rule: str, period: str, terms: object) -> str:
    """``budget/2026-11/450000000000/``: what the keys of a rule's alerts begin with in a period, under terms."""
    return f"{rule}/{period}/{terms}/"


def period_of(scope: str) -> str:
    """The part of a scope that all terms of the rule share in the period: ``budget/2026-11/``."""
    return scope[: scope.rstrip("/").rfind("/") + 1]


def level_of(key: str) -> int:
    """The level at the end of a key; 0 if there is none."""
    level = key.rsplit("/", 1)[-1]
    return int(level) if level.isascii() and level.isdigit() and len(level) < 10 else 0


def rules() -> tuple[Rule, ...]:
    """All rules, in the order of their modules' names."""
    from tokenwatch.base.plugins import exports

    return cast("tuple[Rule, ...]", exports("tokenwatch.alerts.rules", "RULE"))
