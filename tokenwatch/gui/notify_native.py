"""Notifications on macOS and Windows: through desktop-notifier, on a thread with an event loop of its own.

Owns that thread and the identifiers the system gave. Does not own when something is shown (pacing.py). The library
is loaded on the thread, when notifications are first wanted.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from functools import partial
from typing import TYPE_CHECKING, Final

from tokenwatch.base.health import Health
from tokenwatch.base.snapshot import Urgency
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
from tokenwatch.gui.words import NAME

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

log = logging.getLogger(__name__)

_CALL_SECONDS: Final = 5.0


class NativeService:
    """A :class:`tokenwatch.gui.notify_service.Service`."""

    def __init__(self) -> None:
        self._inbox: asyncio.Queue[Notification | str | None] = asyncio.Queue()
        """A notification to show, the slot of one to withdraw, or None to stop."""
        self._thread = threading.Thread(target=self._run, name="tokenwatch-notify", daemon=True)
        # Touched by the thread only:
        self._shown: dict[str, str] = {}
        """Slot -> the system's identifier."""
        self._health: Health | None = None

    def start(self, on_chosen: OnChosen, on_health: OnHealth) -> None:
        self._on_chosen = on_chosen
        self._on_health = on_health
        self._loop = asyncio.new_event_loop()
        self._thread.start()

    def show(self, notification: Notification) -> None:
        self._say(notification)

    def withdraw(self, slot: str) -> None:
        self._say(slot)

    def stop(self, timeout: float = 1.0) -> None:
        if self._thread.ident is None:
            return
        self._say(None)
        self._thread.join(timeout)
        if not self._thread.is_alive():
            self._loop.close()

    def _say(self, what: Notification | str | None) -> None:
        self._loop.call_soon_threadsafe(self._inbox.put_nowait, what)

    # On the thread

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        except Exception:
            log.exception("notifications ended")
            self._on_health(unavailable(tr("of an error in this program")))

    async def _serve(self) -> None:
        from desktop_notifier import DesktopNotifier

        notifier = DesktopNotifier(app_name=NAME)
        while True:
            what = await self._inbox.get()
            if what is None:
                return
            try:
                async with asyncio.timeout(_CALL_SECONDS):
                    if isinstance(what, Notification):
                        await self._show(notifier, what)
                    else:
                        await self._clear(notifier, what)
            except Exception as error:  # the systems' own errors have no common kind
                log.info("a notification could not be shown: %s", error, exc_info=True)
                self._be(unavailable(tr("the system refused")))

    async def _show(self, notifier: DesktopNotifier, notification: Notification) -> None:
        from desktop_notifier import Button
        from desktop_notifier import Urgency as Theirs

        alert = notification.alert
        if notification.replaces:
            await self._clear(notifier, notification.slot)
        urgency = {Urgency.LOW: Theirs.Low, Urgency.NORMAL: Theirs.Normal, Urgency.CRITICAL: Theirs.Critical}
        self._shown[notification.slot] = await notifier.send(
            plain(alert.title, TITLE_LIMIT),
            plain(alert.body, BODY_LIMIT),
            urgency=urgency[alert.urgency],
            buttons=[
                Button(title=plain(tr(action.words), ACTION_LIMIT), on_pressed=partial(self._on_chosen, alert, key))
                for key, action in actions_of(alert)
            ],
            on_clicked=partial(self._on_chosen, alert, CLICK),
        )
        self._be(Health(PART))

    async def _clear(self, notifier: DesktopNotifier, slot: str) -> None:
        identifier = self._shown.pop(slot, None)
        if identifier is not None:
            await notifier.clear(identifier)

    def _be(self, health: Health) -> None:
        if health != self._health:
            self._health = health
            self._on_health(health)
