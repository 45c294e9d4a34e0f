"""The ledger's memory of alerts: what was told, what began and ended, what is snoozed.

Owns the statements for alerts (:class:`tokenwatch.alerts.evaluate.AlertStore`). Does not own when anything begins or
is told (alerts). Used by the writer's thread; every method may raise a :class:`LedgerError`, and then nothing of it
has happened.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from tokenwatch.ledger.sqlite_errors import translated
from tokenwatch.ledger.transaction import Transactions

if TYPE_CHECKING:
    from tokenwatch.base.alerts import AlertCounts, Hold, PastAlert, Snooze

MUTED: Final = "muted/"
"""How the marks begin of what was muted."""

KEPT: Final = 5_000
"""Past alerts; older ones are forgotten."""


class AlertLog:
    def __init__(self, connection: sqlite3.Connection, transactions: Transactions) -> None:
        self._connection = connection
        self._transactions = transactions

    def fired(self, prefix: str) -> dict[str, int]:
        """The marked keys that begin with ``prefix``, and when each was marked."""
        with translated():
            return dict(
                self._connection.execute(
                    "SELECT key, at FROM alerts WHERE substr(key, 1, ?) = ?", (len(prefix), prefix)
                )
            )

    def mark(self, keys: Sequence[str], at: int, begun: Sequence[PastAlert] = ()) -> None:
        """Keep ``keys`` as told at ``at``, and ``begun`` as what began; all or nothing. Again changes nothing."""
        with translated(), self._transactions.change():
            self._connection.executemany(
                "INSERT OR IGNORE INTO alerts (key, at) VALUES (?, ?)", [(k, at) for k in keys]
            )
            self._connection.executemany(
                "INSERT INTO alert_log (key, rule, title, body, urgency, replaces, actions, at, told) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
                "told = max(told, excluded.told), title = excluded.title, body = excluded.body, ended = NULL",
                [_row(past) for past in begun],
            )
            if begun:
                self._connection.execute(
                    "DELETE FROM alert_log WHERE at < (SELECT at FROM alert_log ORDER BY at DESC LIMIT 1 OFFSET ?)",
                    (KEPT - 1,),
                )

    def settle(self, ended: Mapping[str, int], holds: Mapping[str, Hold | None]) -> None:
        """Keep when alerts ended, by key, and conditions with a past, by thing (None: forget it)."""
        with translated(), self._transactions.change():
            self._connection.executemany(
                "UPDATE alert_log SET ended = ? WHERE key = ? AND ended IS NULL",
                [(at, key) for key, at in ended.items()],
            )
            for thing, hold in holds.items():
                if hold is None:
                    self._connection.execute("DELETE FROM alert_holds WHERE thing = ?", (thing,))
                else:
                    self._connection.execute(
                        "INSERT OR REPLACE INTO alert_holds (thing, since, started, over) VALUES (?, ?, ?, ?)",
                        (thing, hold.since, hold.started, hold.over),
                    )

    def holds(self) -> dict[str, Hold]:
        from tokenwatch.base.alerts import Hold  # only here and below: a report needs no alert

        with translated():
            rows = self._connection.execute("SELECT thing, since, started, over FROM alert_holds").fetchall()
        return {thing: Hold(since, started, over) for thing, since, started, over in rows}

    def snoozes(self) -> dict[str, Snooze]:
        """By rule; the empty one stands for all."""
        from tokenwatch.base.alerts import Snooze

        with translated():
            rows = self._connection.execute("SELECT rule, until, level FROM alert_snoozes").fetchall()
        return {rule: Snooze(until, level) for rule, until, level in rows}

    def snooze(self, rule: str, snooze: Snooze | None) -> None:
        """Keep or forget the snooze of a rule."""
        with translated(), self._transactions.change():
            if snooze is None:
                self._connection.execute("DELETE FROM alert_snoozes WHERE rule = ?", (rule,))
            else:
                self._connection.execute(
                    "INSERT OR REPLACE INTO alert_snoozes (rule, until, level) VALUES (?, ?, ?)",
                    (rule, snooze.until, snooze.level),
                )

    def keep_mute(self, thing: str, at: int) -> None:
        """A person wished to hear no more of one thing; again changes nothing."""
        self.mark([f"{MUTED}{thing}"], at)

    def counts(self, since: int) -> AlertCounts:
        """Alerts that began since then, and what was muted."""
        from tokenwatch.base.alerts import AlertCounts

        with translated():
            (begun,) = self._connection.execute("SELECT count(*) FROM alert_log WHERE at >= ?", (since,)).fetchone()
        return AlertCounts(begun, sum(at >= since for at in self.fired(MUTED).values()))

    def past(self, most: int) -> tuple[PastAlert, ...]:
        """The latest alerts that began, latest first."""
        return past_alerts(self._connection, most)

    def read(self) -> None:
        """A person has looked at all of them."""
        with translated(), self._transactions.change():
            self._connection.execute("UPDATE alert_log SET read = 1 WHERE read = 0")


def past_alerts(connection: sqlite3.Connection, most: int) -> tuple[PastAlert, ...]:
    """The latest alerts that began, latest first; all of them if ``most`` is below 0."""
    with translated():
        rows = connection.execute(
            "SELECT key, rule, title, body, urgency, replaces, actions, at, ended, told, read FROM alert_log "
            "ORDER BY at DESC, key LIMIT ?",
            (most,),
        ).fetchall()
    return tuple(map(_past, rows))


def _row(past: PastAlert) -> tuple[str | int, ...]:
    alert = past.alert
    actions = json.dumps([[action.verb, action.words, action.value] for action in alert.actions])
    urgency = alert.urgency.value
    return alert.key, alert.rule, alert.title, alert.body, urgency, alert.replaces, actions, alert.at, past.told


def _past(row: Sequence[Any]) -> PastAlert:
    from tokenwatch.base.alerts import Action, Alert, PastAlert, Urgency

    key, rule, title, body, urgency, replaces, actions, at, ended, told, read = row
    alert = Alert(
        key=key,
        rule=rule,
        title=title,
        body=body,
        urgency=Urgency(urgency),
        at=at,
        replaces=replaces,
        actions=tuple(Action(*action) for action in json.loads(actions)),
    )
    return PastAlert(alert, ended, bool(told), bool(read))
