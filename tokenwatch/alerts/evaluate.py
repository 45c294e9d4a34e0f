"""When an alert starts, holds and ends, and that a person is told of each once only.

Owns comparing what the rules find with what was told before. Does not own any condition (rules/), quiet time or
the desktop (gui). Used by one thread.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tokenwatch.alerts.rule import Rule, level_of, period_of
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Alert, Figures

log = logging.getLogger(__name__)


class AlertStore(Protocol):
    """Keys that were told, kept over restarts. Both may raise a :class:`LedgerError`."""

    def fired(self, prefix: str) -> frozenset[str]:
        """The marked keys that begin with ``prefix``."""

    def mark(self, keys: Sequence[str], at: int) -> None:
        """Keep ``keys`` as told at ``at`` (milliseconds), all or none; marking again changes nothing."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """``active``: alerts that hold, newest first. ``new``: those to notify of, each once ever."""

    active: tuple[Alert, ...]
    new: tuple[Alert, ...]


class Evaluator:
    def __init__(self, rules: Sequence[Rule], store: AlertStore) -> None:
        self._rules = rules
        self._store = store
        self._told: set[str] = set()
        """Keys that need no notification any more, whether or not the store knows."""
        self._unmarked: set[str] = set()
        """Those of them that the store did not take yet."""
        self._began: dict[str, int] = {}
        self._failing: set[str] = set()

    def evaluate(self, figures: Figures, settings: Settings, now: int, silent: bool) -> Evaluated:
        """What holds now and what to notify of. Never raises for a rule or a store that fails.

        ``silent``: what holds counts as told without a notification, for a first import. ``now`` is milliseconds.
        """
        active: dict[str, Alert] = {}
        new: list[str] = []
        for rule in self._rules:
            levels, scope = self._ask(rule, figures, settings)
            highest = {alert.replaces or alert.key: alert for alert in levels}  # the last of each thing stays
            tops = {alert.key: alert for alert in highest.values()}
            active |= tops
            keys = {alert.key for alert in levels} | ({scope} if scope else set())
            if silent:
                self._unmarked |= keys - self._told
                self._told |= keys
            elif not keys <= self._told:
                new += self._to_tell(rule, keys, list(tops), scope, now)
        self._mark_rest(now)
        self._began = {key: self._began.get(key, now) for key in active}
        dated = {key: replace(alert, at=self._began[key]) for key, alert in active.items()}
        newest_first = sorted(dated.values(), key=lambda alert: -alert.at)  # stable: rules' order among equals
        return Evaluated(tuple(newest_first), tuple(dated[key] for key in new))

    def _ask(self, rule: Rule, figures: Figures, settings: Settings) -> tuple[tuple[Alert, ...], str]:
        try:
            answer = rule.check(figures, settings), rule.scope(figures, settings)
        except Exception:
            # A plug-in may fail; the others go on. Said once, for rules are asked twice a second.
            if rule.id not in self._failing:
                log.exception("rule %s failed", rule.id)
            self._failing.add(rule.id)
            return (), ""
        self._failing.discard(rule.id)
        return answer

    def _to_tell(self, rule: Rule, keys: set[str], tops: list[str], scope: str, now: int) -> list[str]:
        """Which of the keys in ``tops`` to notify of. All ``keys`` are marked first, the lower levels' too."""
        period = period_of(scope) if scope else f"{rule.id}/"
        try:
            fired = self._store.fired(period) | self._told
            fresh = keys - fired
            if fresh:
                self._store.mark(sorted(fresh), now)
        except LedgerError as error:
            self._note(error)
            return []
        self._told |= keys
        to_tell = [key for key in tops if key in fresh]
        if scope in fresh:  # new terms: what is passed under them is told only if it is more than was told before
            most = max((level_of(key) for key in fired if key.startswith(period)), default=0)
            to_tell = [key for key in to_tell if level_of(key) > most]
        return to_tell

    def _mark_rest(self, now: int) -> None:
        if not self._unmarked:
            return
        try:
            self._store.mark(sorted(self._unmarked), now)
        except LedgerError as error:
            self._note(error)
        else:
            self._unmarked.clear()

    def _note(self, error: LedgerError) -> None:
        log.info("alerts could not be marked as told: %s", error)
