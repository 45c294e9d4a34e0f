"""Which conditions hold with regard to their past: held for long enough, not yet over, begun anew.

Owns hysteresis, the time a condition needs to start and to end, and the keys of episodes. Does not own what was told
(evaluate.py). What has a past is kept in the store, so that a restart changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tokenwatch.alerts.rule import Rule
from tokenwatch.alerts.store import AlertStore
from tokenwatch.base.alerts import Hold
from tokenwatch.base.snapshot import Alert


class Holding:
    """Used by one thread: :meth:`holding` for each rule, then :meth:`end_others`, then :meth:`save`."""

    def __init__(self, rules: Sequence[Rule], store: AlertStore) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._store = store
        self._holds: dict[tuple[str, str], Hold] = {}
        """By rule and thing."""
        self._seen: set[tuple[str, str]] = set()
        self._unsaved: dict[str, Hold | None] = {}
        self._ended: dict[str, int] = {}

    def recall(self) -> None:
        """What the store has. Raises a :class:`LedgerError`."""
        for name, hold in self._store.holds().items():
            rule, _, thing = name.partition("|")
            self._holds.setdefault((rule, thing), hold)

    def holding(
        self, rule: Rule, starting: Sequence[Alert], keeping: Sequence[Alert], now: int
    ) -> dict[str, tuple[Alert, ...]]:
        """The alerts that hold, by thing, with their levels, lowest first.

        ``starting`` and ``keeping`` are the rule's answers of :attr:`Rule.check` and :attr:`Rule.keep`.
        """
        starts, keeps = _by_thing(starting), _by_thing(keeping)
        result = {}
        for thing, levels in {**keeps, **starts}.items():
            before = self._holds.get((rule.id, thing))
            if thing in starts:
                hold = _held(rule, before, levels[-1], now)
            elif before is not None and before.started is not None:
                hold = replace(before, over=None)
            else:
                continue
            self._set(rule, thing, hold)
            self._seen.add((rule.id, thing))
            if hold.started is not None:
                result[thing] = tuple(_named(rule, alert, hold.started) for alert in levels)
        return result

    def end_others(self, now: int) -> None:
        """What was not given since the last time holds no more."""
        for name, hold in list(self._holds.items()):
            if name in self._seen:
                continue
            rule = self._rules.get(name[0])
            over = now if hold.over is None else min(hold.over, now)
            ended = hold.started is None or rule is None or now - over >= rule.clear
            self._set(rule, name[1], None if ended else replace(hold, over=over), name[0])
        self._seen.clear()

    def save(self, ended: Mapping[str, int]) -> bool:
        """Keep what changed, and that alerts with these keys ended. Raises a :class:`LedgerError`; then it is due.

        True if an alert ended.
        """
        self._ended.update(ended)
        if not (self._ended or self._unsaved):
            return False
        self._store.settle(self._ended, self._unsaved)
        any_ended = bool(self._ended)
        self._ended, self._unsaved = {}, {}
        return any_ended

    def _set(self, rule: Rule | None, thing: str, hold: Hold | None, rule_id: str = "") -> None:
        name = (rule.id if rule is not None else rule_id, thing)
        if self._holds.get(name) == hold:
            return
        if hold is None:
            del self._holds[name]
        else:
            self._holds[name] = hold
        if rule is None or rule.after or rule.clear or rule.episodes:
            self._unsaved["|".join(name)] = hold


def _held(rule: Rule, before: Hold | None, alert: Alert, now: int) -> Hold:
    if before is None:
        return Hold(now, None if rule.after else min(alert.at or now, now))
    since = min(before.since, now)  # the clock may have been set back
    if before.started is None and now - since >= rule.after:
        return Hold(since, min(alert.at or now, now))
    return Hold(since, before.started)


def _by_thing(alerts: Sequence[Alert]) -> dict[str, tuple[Alert, ...]]:
    things: dict[str, tuple[Alert, ...]] = {}
    for alert in alerts:
        thing = alert.replaces or alert.key
        things[thing] = (*things.get(thing, ()), alert)
    return things


def _named(rule: Rule, alert: Alert, started: int) -> Alert:
    return replace(alert, key=f"{alert.key}/{started}") if rule.episodes else alert
