"""When an alert starts, holds and ends, and that a person is told of each once only.

Owns comparing what the rules find with what was told before, snoozes and quiet time. Does not own any condition
(rules/), how a rule's past is kept (holding.py, the ledger) or the desktop (gui). Used by one thread.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from tokenwatch.alerts.holding import Holding
from tokenwatch.alerts.rule import Rule, level_of, period_of
from tokenwatch.alerts.store import AlertStore
from tokenwatch.base.alerts import Snooze
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Alert, Figures, PastAlert

log = logging.getLogger(__name__)

PAST: Final = 200
"""How many alerts that began are handed out."""

ALL: Final = ""
"""The rule that stands for all of them when they are snoozed together."""
_ANY_LEVEL: Final = 10**9


class Evaluated(msgspec.Struct, frozen=True):
    """``active``: alerts that hold, newest first. ``new``: those to notify of, each once ever.

    ``past``: the latest that began. ``snoozed``: (rule, until) that are held back now.
    """

    active: tuple[Alert, ...] = ()
    new: tuple[Alert, ...] = ()
    past: tuple[PastAlert, ...] = ()
    snoozed: tuple[tuple[str, int], ...] = ()


class _Unit(msgspec.Struct, frozen=True):
    """What is judged as one: a thing with all its levels, or the terms of a rule under which nothing is passed."""

    rule: Rule
    scope: str
    keys: frozenset[str]
    top: Alert | None = None

    @property
    def prefix(self) -> str:
        """What the keys begin with that this unit is compared with."""
        if self.scope:
            return period_of(self.scope)
        if self.rule.episodes and self.top is not None:
            return period_of(period_of(self.top.key))
        return f"{self.rule.id}/"


class Evaluator:
    def __init__(self, rules: Sequence[Rule], store: AlertStore) -> None:
        self._rules = rules
        self._store = store
        self._holding = Holding(rules, store)
        self._fired: dict[str, dict[str, int]] = {}
        """By prefix: what the store has of it and when each was told. Nobody else writes it."""
        self._unmarked: set[str] = set()
        """Keys that need no notification any more, but that the store did not take yet."""
        self._listed: set[str] = set()
        """Keys of alerts that began and are held back, but are among the past ones already."""
        self._began: dict[str, int] = {}
        self._active: dict[str, Alert] = {}
        self._open: set[str] = set()
        """Keys of alerts that began and have not ended."""
        self._snoozes: dict[str, Snooze] = {}
        self._past: tuple[PastAlert, ...] = ()
        self._stale = True
        """Whether the past is to be asked for again."""
        self._recalled = False
        """Whether what a former run left was asked for."""
        self._failing: set[str] = set()

    # What a person does

    def snooze(self, rule: str, until: int) -> None:
        """Hold a rule back until then (milliseconds), or :data:`ALL` of them; a higher level breaks through.

        ``rule`` may also be what :attr:`Alert.replaces` of one thing has, of which then nothing breaks through.
        Raises a :class:`LedgerError`.
        """
        levels = [level_of(alert.key) for alert in self._active.values() if alert.rule == rule]
        whole = rule == ALL or rule not in {known.id for known in self._rules}  # all rules, or all of one thing
        snooze = Snooze(until, _ANY_LEVEL if whole else max(levels, default=0))
        self._store.snooze(rule, snooze)
        self._snoozes[rule] = snooze

    def wake(self, rule: str) -> None:
        """End a snooze early. Raises a :class:`LedgerError`."""
        self._store.snooze(rule, None)
        self._snoozes.pop(rule, None)

    def read(self) -> None:
        """A person has seen what is past. Raises a :class:`LedgerError`."""
        self._store.read()
        self._past = tuple(replace(past, read=True) for past in self._past)

    # The judgement

    def evaluate(
        self, figures: Figures, settings: Settings, now: int, silent: bool, quiet: bool = False
    ) -> Evaluated:
        """What holds now and what to notify of. Never raises for a rule or a store that fails.

        ``silent``: what holds counts as told without a notification, for a first import. ``quiet``: what may wait
        does, and is told later if it is still true. ``now`` is milliseconds.
        """
        self._recall()
        units: list[_Unit] = []
        for rule in self._rules:
            if rule.id not in settings.alerts_off:
                units += self._ask(rule, figures, settings, now)
        self._holding.end_others(now)
        self._active = {unit.top.key: unit.top for unit in units if unit.top is not None}
        self._date(now)
        if silent:
            for unit in units:
                self._unmarked |= unit.keys - self._known(unit.prefix).keys()
            new: list[str] = []
        else:
            new = self._tell(units, now, quiet)
        self._mark_rest(now)
        self._settle({key for unit in units for key in unit.keys}, now)
        ordered = sorted(self._active.values(), key=lambda alert: -alert.at)  # stable: rules' order among equals
        return Evaluated(
            tuple(ordered),
            tuple(self._active[key] for key in new),
            self._past,
            tuple((rule, snooze.until) for rule, snooze in sorted(self._snoozes.items()) if now < snooze.until),
        )

    def _ask(self, rule: Rule, figures: Figures, settings: Settings, now: int) -> list[_Unit]:
        try:
            starting, scopes = rule.check(figures, settings), rule.scopes(figures, settings)
            keeping = rule.keep(figures, settings)
        except Exception:
            # A plug-in may fail; the others go on. Said once, for rules are asked twice a second.
            if rule.id not in self._failing:
                log.exception("rule %s failed", rule.id)
            self._failing.add(rule.id)
            return []
        self._failing.discard(rule.id)
        units = []
        bare = set(scopes)
        for levels in self._holding.holding(rule, starting, keeping, now).values():
            top = levels[-1]
            scope = next((scope for scope in scopes if top.key.startswith(scope)), "")
            bare.discard(scope)
            keys = {alert.key for alert in levels} | ({scope} if scope else set())
            units.append(_Unit(rule, scope, frozenset(keys), top))
        return units + [_Unit(rule, scope, frozenset({scope})) for scope in scopes if scope in bare]

    def _date(self, now: int) -> None:
        """Give what holds the time at which it began."""
        for key, alert in self._active.items():
            self._began.setdefault(key, min(alert.at, now) if alert.at else now)
        self._began = {key: self._began[key] for key in self._active}
        self._active = {key: replace(alert, at=self._began[key]) for key, alert in self._active.items()}

    def _tell(self, units: Sequence[_Unit], now: int, quiet: bool) -> list[str]:
        """Keys of the alerts to notify of. They and the levels below them are marked first."""
        marks: set[str] = set()
        begun: list[PastAlert] = []
        new: list[str] = []
        for unit in units:
            try:
                fired = self._fired_of(unit.prefix)
            except LedgerError as error:
                self._note(error)
                continue
            fresh = unit.keys - fired.keys()
            if not fresh:
                continue
            top = unit.top and self._active[unit.top.key]
            if top is not None and top.key in fresh:
                if self._held_back(top, now, quiet) or _too_often(unit.rule, fired, now):
                    if top.key not in self._listed:
                        begun.append(PastAlert(top))
                    continue
                # New terms: what is passed under them is told only if it is more than was told before.
                most = max((level_of(key) for key in fired if not _is_scope(key)), default=0)
                if unit.scope not in fresh or level_of(top.key) > most:
                    new.append(top.key)
                    begun.append(PastAlert(top, told=True))
            marks |= fresh
        if not marks and not begun:
            return []
        try:
            self._store.mark(sorted(marks), now, begun)
        except LedgerError as error:
            self._note(error)
            return []
        self._stale = self._stale or bool(begun)
        self._listed = {past.alert.key for past in begun} | (self._listed & self._active.keys())
        self._remember(marks, now)
        return new

    def _held_back(self, alert: Alert, now: int, quiet: bool) -> bool:
        if quiet and not alert.passes_quiet:
            return True
        level = level_of(alert.key)
        for rule in (ALL, alert.rule, alert.replaces or alert.rule):
            snooze = self._snoozes.get(rule)
            if snooze is not None and now < snooze.until and level <= snooze.level:
                return True
        return False

    # Memory

    def _fired_of(self, prefix: str) -> dict[str, int]:
        """What needs no notification, of keys with this beginning, and since when. Raises a :class:`LedgerError`."""
        if prefix not in self._fired:
            self._fired[prefix] = dict(self._store.fired(prefix))
            for key in self._unmarked:
                if key.startswith(prefix):
                    self._fired[prefix].setdefault(key, 0)
        return self._fired[prefix]

    def _known(self, prefix: str) -> dict[str, int]:
        try:
            return self._fired_of(prefix)
        except LedgerError as error:
            self._note(error)
            return {}

    def _remember(self, keys: set[str], now: int) -> None:
        for prefix, fired in self._fired.items():
            for key in keys:
                if key.startswith(prefix):
                    fired.setdefault(key, now)

    def _mark_rest(self, now: int) -> None:
        if not self._unmarked:
            return
        self._remember(self._unmarked, now)
        try:
            self._store.mark(sorted(self._unmarked), now)
        except LedgerError as error:
            self._note(error)
        else:
            self._unmarked.clear()

    def _settle(self, holding: set[str], now: int) -> None:
        """Keep what ended and what holds, and look again at the past if it changed.

        ``holding``: keys of every level that is passed; one below the highest has not ended.
        """
        ended = dict.fromkeys(self._open - holding, now)
        self._open = (self._open & holding) | self._active.keys()
        try:
            self._stale = self._holding.save(ended) or self._stale
            self._recall()
        except LedgerError as error:
            self._note(error)

    def _recall(self) -> None:
        """The past as the store has it, if it is another now."""
        if not self._stale:
            return
        try:
            past = self._store.past(PAST)
            if not self._recalled:
                self._snoozes = self._store.snoozes()
                self._holding.recall()
        except LedgerError as error:
            self._note(error)
            return
        if not self._recalled:  # after a start: what holds began when it is said to have begun
            self._began = {entry.alert.key: entry.alert.at for entry in past if entry.ended is None}
            self._open = {entry.alert.key for entry in past if entry.ended is None}
            self._listed = {entry.alert.key for entry in past if not entry.told}
        self._past, self._stale, self._recalled = past, False, True

    def _note(self, error: LedgerError) -> None:
        log.info("alerts could not be marked as told: %s", error)


def _too_often(rule: Rule, fired: dict[str, int], now: int) -> bool:
    told = [at for key, at in fired.items() if not _is_scope(key)]
    if not rule.episodes or not told:
        return False
    return bool(rule.most and len(told) >= rule.most) or now - max(told) < rule.again


def _is_scope(key: str) -> bool:
    return key.endswith("/")
