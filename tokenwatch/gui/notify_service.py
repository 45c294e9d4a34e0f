"""What a service for notifications is, and what an alert offers there: its buttons, its page, its limits.

Owns those. Does not own when something is shown (notify.py, pacing.py) or the services themselves
(notify_freedesktop.py, notify_native.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from tokenwatch.alerts.rule import OPEN, SNOOZE
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.snapshot import Action, Alert
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.pacing import Notification

PART: Final = "notifications"
CLICK: Final = "default"
"""What freedesktop.org calls a click on the notification itself."""

SNOOZE_HOUR: Final = Action(SNOOZE, mark("Snooze 1 hour"), "3600")
_MOST_ACTIONS: Final = 2
TITLE_LIMIT: Final = 60
BODY_LIMIT: Final = 200
ACTION_LIMIT: Final = 30

_PAGES: Final = (
    ("budget", "spend"), ("month", "spend"), ("forecast", "spend"), ("projection", "spend"), ("today", "spend"),
    ("spend", "spend"), ("quota", "limits"), ("limit", "limits"), ("waiting", "live"), ("finished", "live"),
    ("rate", "live"), ("loop", "live"), ("crash", "live"),
)  # fmt: skip

OnChosen = Callable[[Alert, str], None]
OnHealth = Callable[[Health], None]


class Service(Protocol):
    """Shows notifications. Every method returns at once; the callbacks come on a thread of the service.

    ``on_chosen`` is called with the alert and the key of the action, as of :func:`actions_of`, or :data:`CLICK`.
    """

    def start(self, on_chosen: OnChosen, on_health: OnHealth) -> None: ...
    def show(self, notification: Notification) -> None: ...
    def withdraw(self, slot: str) -> None: ...
    def stop(self, timeout: float = 1.0) -> None: ...


def page_of(rule: str) -> str:
    """The id of the page that explains a rule's alerts."""
    return next((page for start, page in _PAGES if rule.startswith(start)), "alerts")


def actions_of(alert: Alert) -> tuple[tuple[str, Action], ...]:
    """The alert's buttons and their keys; one without any can be opened and snoozed."""
    actions = alert.actions[:_MOST_ACTIONS] or (Action(OPEN, tr("Open"), page_of(alert.rule)), SNOOZE_HOUR)
    return tuple((f"{action.verb}:{number}", action) for number, action in enumerate(actions))


def chosen_action(alert: Alert, key: str) -> Action | None:
    """What a key that a service gave back stands for; a click on the message is its first action."""
    actions = actions_of(alert)
    return actions[0][1] if key == CLICK else dict(actions).get(key)


def unavailable(why: str) -> Health:
    """The health of a desktop without notifications."""
    reason = tr("Notifications cannot be shown: {plain}. Alerts are listed in the window.", plain=plain(why, 160))
    return Health(PART, HealthState.DEGRADED, reason)
