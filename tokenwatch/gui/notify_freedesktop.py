"""Notifications on Linux and the BSDs: the org.freedesktop.Notifications service, spoken to from a thread of its own.

Owns the message, its hints and actions, and the ids that the service gave. Does not own when something is shown
(pacing.py). Follows the Desktop Notifications Specification 1.2.

The thread sleeps until there is something to say or to hear. A service that is absent, that goes away or does not
answer costs one try; the next notification tries again.
"""

from __future__ import annotations

import logging
import select
import socket
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, Final

from tokenwatch.base.health import Health
from tokenwatch.base.paths import APP
from tokenwatch.base.snapshot import Alert, Urgency
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.notify_service import (
    ACTION_LIMIT,
    BODY_LIMIT,
    CLICK,
    PART,
    TITLE_LIMIT,
    OnChosen,
    OnHealth,
    actions_of,
    unavailable,
)
from tokenwatch.gui.pacing import Notification
from tokenwatch.gui.session_bus import BusError, SessionBus
from tokenwatch.gui.words import NAME

log = logging.getLogger(__name__)

_SERVICE: Final = "org.freedesktop.Notifications"
_PATH: Final = "/org/freedesktop/Notifications"
_URGENCY: Final = {Urgency.LOW: 0, Urgency.NORMAL: 1, Urgency.CRITICAL: 2}
CLICK_IS_A_BUTTON: Final = "x-tokenwatch-click-is-a-button"
"""As if it were a capability: Xfce's daemon draws the action of a click as a button like the others."""

_BY_THE_SERVICE: Final = -1
"""How long it stays is the service's decision."""

Body = tuple[str, int, str, str, str, list[str], dict[str, tuple[str, Any]], int]


def message(notification: Notification, replaces: int, capabilities: frozenset[str]) -> Body:
    """The arguments of ``Notify``. ``replaces`` is the id of the one to take the place of, or 0."""
    alert = notification.alert
    body = plain(alert.body, BODY_LIMIT)
    if "body-markup" in capabilities:
        from html import escape  # only here: it brings tables of entities along

        body = escape(body, quote=False)
    actions: list[str] = []
    if "actions" in capabilities:
        shown = actions_of(alert)
        # A click on the message is the first of them, too. Where that is drawn as a button, it is not drawn twice.
        actions = [CLICK, plain(tr(shown[0][1].words), ACTION_LIMIT)]
        for key, action in shown[1:] if CLICK_IS_A_BUTTON in capabilities else shown:
            actions += [key, plain(tr(action.words), ACTION_LIMIT)]
    hints: dict[str, tuple[str, Any]] = {
        "urgency": ("y", _URGENCY[alert.urgency]),
        "desktop-entry": ("s", APP),
    }
    return NAME, replaces, APP, plain(alert.title, TITLE_LIMIT), body, actions, hints, _BY_THE_SERVICE


class FreedesktopService:
    """A :class:`tokenwatch.gui.notify_service.Service`. ``connect`` makes the connection; tests give another."""

    def __init__(self, address: str, connect: Callable[[str], SessionBus] = SessionBus.connect) -> None:
        self._address = address
        self._connect = connect
        self._inbox: SimpleQueue[Notification | str | None] = SimpleQueue()
        """A notification to show, the slot of one to withdraw, or None to stop."""
        self._thread = threading.Thread(target=self._run, name="tokenwatch-notify", daemon=True)
        # Touched by the thread only:
        self._bus: SessionBus | None = None
        self._capabilities: frozenset[str] = frozenset()
        self._ids: dict[str, int] = {}
        """Slot -> id of the notification that is open there."""
        self._alerts: dict[int, Alert] = {}
        """Id -> what it is about."""
        self._health: Health | None = None

    def start(self, on_chosen: OnChosen, on_health: OnHealth) -> None:
        self._on_chosen = on_chosen
        self._on_health = on_health
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_writer.setblocking(False)
        self._thread.start()

    def show(self, notification: Notification) -> None:
        self._say(notification)

    def withdraw(self, slot: str) -> None:
        self._say(slot)

    def stop(self, timeout: float = 1.0) -> None:
        """End the thread, or leave it to end with the process if the service keeps it waiting."""
        if self._thread.ident is None:
            return
        self._say(None)
        self._thread.join(timeout)
        if not self._thread.is_alive():
            self._wake_reader.close()
            self._wake_writer.close()

    def _say(self, what: Notification | str | None) -> None:
        self._inbox.put(what)
        try:
            self._wake_writer.send(b"\0")
        except OSError:
            log.debug("the notification thread is awake or gone")

    # On the thread

    def _run(self) -> None:
        try:
            self._try(self._meet)
            while self._turn():
                pass
        except Exception:
            log.exception("notifications ended")
            self._on_health(unavailable(tr("of an error in this program")))
        finally:
            self._part()

    def _turn(self) -> bool:
        """Wait for something and do it; False when it is time to stop."""
        waiting: list[Any] = [self._wake_reader]
        if self._bus is not None:
            waiting.append(self._bus)
        ready, _, _ = select.select(waiting, [], [])
        if self._wake_reader in ready:
            self._wake_reader.recv(4096)
            if not self._take():
                return False
        if self._bus is not None:
            self._try(self._hear)
        return True

    def _take(self) -> bool:
        while True:
            try:
                what = self._inbox.get_nowait()
            except Empty:
                return True
            if what is None:
                return False
            if isinstance(what, Notification):
                self._try(self._show, what)
            else:
                self._try(self._withdraw, what)

    def _try(self, deed: Callable[..., None], *arguments: Any) -> None:
        try:
            deed(*arguments)
        except BusError as error:
            self._be(unavailable(str(error)))
            if error.gone:
                self._part()

    def _meet(self) -> None:
        """Connect, and learn what the service can do."""
        bus = self._connect(self._address)
        try:
            bus.listen(_SERVICE, _PATH, _SERVICE)
            (found,) = bus.call(_SERVICE, _PATH, _SERVICE, "GetCapabilities")
        except BusError:
            bus.close()
            raise
        except ValueError as error:
            bus.close()
            raise BusError(tr("the notification service speaks nonsense"), gone=True) from error
        self._bus, self._capabilities = bus, frozenset(map(str, found)) | self._habits(bus)
        self._be(Health(PART))

    def _habits(self, bus: SessionBus) -> frozenset[str]:
        """What the service does that its capabilities do not tell, as far as its name is known for it."""
        try:
            name, *_ = bus.call(_SERVICE, _PATH, _SERVICE, "GetServerInformation")
        except (BusError, ValueError) as error:
            log.debug("the notification service does not say its name: %s", error)
            return frozenset()
        return frozenset((CLICK_IS_A_BUTTON,)) if "xfce" in str(name).lower() else frozenset()

    def _show(self, notification: Notification) -> None:
        if self._bus is None:
            self._meet()
        assert self._bus is not None
        slot = notification.slot
        replaces = self._ids.get(slot, 0) if notification.replaces else 0
        body = message(notification, replaces, self._capabilities)
        (given,) = self._bus.call(_SERVICE, _PATH, _SERVICE, "Notify", "susssasa{sv}i", body)
        self._ids[slot] = given
        self._alerts[given] = notification.alert
        self._be(Health(PART))

    def _withdraw(self, slot: str) -> None:
        given = self._ids.pop(slot, None)
        if given is not None and self._bus is not None:
            self._alerts.pop(given, None)
            try:
                self._bus.call(_SERVICE, _PATH, _SERVICE, "CloseNotification", "u", (given,))
            except BusError as error:
                if error.gone:
                    raise
                log.debug("a notification was closed already")

    def _hear(self) -> None:
        assert self._bus is not None
        for member, body in self._bus.signals():
            given = body[0] if body else None
            if given not in self._alerts:
                continue  # another program's
            if member == "ActionInvoked" and len(body) == 2:
                self._on_chosen(self._alerts[given], str(body[1]))
            elif member == "NotificationClosed":
                del self._alerts[given]
                self._ids = {slot: each for slot, each in self._ids.items() if each != given}

    def _part(self) -> None:
        """Forget the connection and the ids, which another service would not know."""
        if self._bus is not None:
            self._bus.close()
        self._bus = None
        self._ids.clear()
        self._alerts.clear()

    def _be(self, health: Health) -> None:
        if health != self._health:
            self._health = health
            self._on_health(health)
