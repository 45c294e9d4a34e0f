"""What a rule is: a condition over figures, in words and as a pure function.

Owns the shape of a rule, the form of an alert's key, and finding all rules. Does not own when an alert starts or
ends, repeats, or what was already told (evaluate.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Alert, Figures

Check = Callable[[Figures, Settings], tuple[Alert, ...]]
Scope = Callable[[Figures, Settings], str]


def no_scope(figures: Figures, settings: Settings) -> str:
    """For a rule whose alerts do not depend on terms that a person may change."""
    return ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition. ``check`` and ``scope`` are pure: the same figures and settings give the same answer.

    ``check`` gives an alert for every level that is passed, lowest first; alerts that ``replaces`` joins are levels
    of one thing, of which only the highest is shown. ``scope`` gives the beginning that the keys of this rule's
    alerts have under the present terms, as of :func:`scope_of`, or nothing while there is nothing to judge.
    """

    id: str
    words: str
    """The condition for a list of rules, in words a person understands."""
    check: Check
    scope: Scope = no_scope
    defaults: tuple[tuple[str, object], ...] = ()
    """(field of Settings, its default) for each setting that the rule obeys."""


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
