"""What the ledger remembers of alerts, over a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.conftest import NOW, FlatPrice
from tokenwatch.base.alerts import Hold, Snooze
from tokenwatch.base.snapshot import Action, Alert, PastAlert, Urgency
from tokenwatch.ledger import alert_log
from tokenwatch.ledger.ledger import Ledger

ALERT = Alert(
    key="budget/2026-11/1/80",
    rule="budget",
    title="80% used",
    body="“$8” of $10",
    urgency=Urgency.CRITICAL,
    at=NOW,
    replaces="budget",
    actions=(Action("open", "Open Spend", "spend"), Action("snooze", "Not this month", "month")),
)


def again(ledger: Ledger, path: Path, price: FlatPrice) -> Ledger:
    ledger.close()
    return Ledger(path, price, {})


def test_what_began_comes_back_as_it_was(ledger: Ledger, ledger_path: Path, price: FlatPrice) -> None:
    ledger.alerts.mark([ALERT.key], NOW, [PastAlert(ALERT, told=True)])
    later = again(ledger, ledger_path, price)
    assert later.alerts.past(10) == (PastAlert(ALERT, told=True),)
    later.close()


def test_what_was_held_back_and_is_told_later_is_one_entry(ledger: Ledger) -> None:
    ledger.alerts.mark([], NOW, [PastAlert(ALERT)])
    ledger.alerts.mark([ALERT.key], NOW + 1, [PastAlert(ALERT, told=True)])
    ledger.alerts.mark([], NOW + 2, [PastAlert(ALERT)])
    assert ledger.alerts.past(10) == (PastAlert(ALERT, told=True),)


def test_end_is_kept_once(ledger: Ledger) -> None:
    ledger.alerts.mark([], NOW, [PastAlert(ALERT)])
    for at in (NOW + 5, NOW + 9):
        ledger.alerts.settle({ALERT.key: at, "unknown": at}, {})
    assert [past.ended for past in ledger.alerts.past(10)] == [NOW + 5]


def test_read_stays_read_and_what_comes_later_is_not(ledger: Ledger) -> None:
    ledger.alerts.mark([], NOW, [PastAlert(ALERT)])
    ledger.alerts.read()
    ledger.alerts.mark([], NOW, [PastAlert(Alert("other", "x", "", "", at=NOW + 1))])
    assert [past.read for past in ledger.alerts.past(10)] == [False, True]


def test_holds_and_snoozes_are_kept_replaced_and_forgotten(
    ledger: Ledger, ledger_path: Path, price: FlatPrice
) -> None:
    ledger.alerts.settle({}, {"a|b": Hold(1), "c|d": Hold(1, 2, 3)})
    ledger.alerts.settle({}, {"a|b": Hold(1, 5), "c|d": None})
    ledger.alerts.snooze("budget", Snooze(NOW, 80))
    ledger.alerts.snooze("", Snooze(NOW))
    ledger.alerts.snooze("", None)
    later = again(ledger, ledger_path, price)
    assert later.alerts.holds() == {"a|b": Hold(1, 5)}
    assert later.alerts.snoozes() == {"budget": Snooze(NOW, 80)}
    later.close()


def test_oldest_are_forgotten_beyond_a_number(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alert_log, "KEPT", 3)
    for number in range(6):
        ledger.alerts.mark([], NOW, [PastAlert(Alert(f"k{number}", "x", "", "", at=number))])
    assert [past.alert.key for past in ledger.alerts.past(10)] == ["k5", "k4", "k3"]
