"""Obeying: messages that concern nothing but the core, whichever face sent them.

Owns what follows from those. Does not own messages about threads, times and windows (engine.py).
"""

from __future__ import annotations

from tokenwatch.base.health import Health, HealthState
from tokenwatch.engine import messages
from tokenwatch.engine.core import Core
from tokenwatch.engine.history import read_again


def obey(core: Core, message: messages.Message) -> None:
    """Do what ``message`` asks of the core; nothing if it is for another. On the engine's thread."""
    match message:
        case messages.ChangeSettings(settings):
            core.change_settings(settings)
        case messages.Report(health):
            core.reported[health.part] = health
        case messages.Snooze(rule, span):
            core.snooze(rule, span)
        case messages.ReadAlerts():
            core.read_alerts()
        case messages.ReloadPrices(problems):
            core.reload_prices()
            if problems is not None:
                state = HealthState.DEGRADED if problems else HealthState.FINE
                core.reported["updates"] = Health("updates", state, " ".join(problems))
        case messages.ReadAgain():
            read_again(core)
        case messages.BillsChecked(checked):
            core.reported["accounts"] = core.books.take_bills(checked)
