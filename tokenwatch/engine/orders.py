"""Orders: what faces tell the engine to do, put into its queue.

Owns the public methods that are one message each; they may be called from any thread and return at once. Does not own
what follows (engine.py, obey.py) or what a face asks to know.
"""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from tokenwatch.base.health import Health
from tokenwatch.engine import messages

SNOOZE_SPAN: Final = "3600"


class Orders:
    """``before`` is the queue of orders that were given to another, who did nothing of them."""

    def __init__(self, before: SimpleQueue[messages.Message] | None = None) -> None:
        self._inbox: SimpleQueue[messages.Message] = SimpleQueue() if before is None else before

    def pause(self) -> None:
        """Stop reading logs until :meth:`resume`."""
        self._inbox.put(messages.Pause(True))

    def resume(self) -> None:
        self._inbox.put(messages.Pause(False))

    def report(self, health: Health) -> None:
        """The state of a part that the engine cannot see: tray, notifications, settings."""
        self._inbox.put(messages.Report(health))

    def snooze(self, rule: str = "", span: str = SNOOZE_SPAN) -> None:
        """Hold a rule's notifications back, or all of them: see :meth:`Core.snooze`."""
        self._inbox.put(messages.Snooze(rule, span))

    def reload_prices(self) -> None:
        """A person changed the file of prices."""
        self._inbox.put(messages.ReloadPrices())

    def check_bills(self, file: Path | None = None) -> None:
        """Ask the providers for their bill now, or take in a ``file`` that one of them exported."""
        self._inbox.put(messages.CheckBills(file))

    def update_prices(self) -> None:
        """Fetch newer prices now, because a person asked for it."""
        self._inbox.put(messages.UpdatePrices())

    def read_alerts(self) -> None:
        """A person has looked at the alerts that began."""
        self._inbox.put(messages.ReadAlerts())

    def read_again(self) -> None:
        """Read every log from its beginning, because a person asked for it. Nothing that was counted is lost."""
        self._inbox.put(messages.ReadAgain())
        self._inbox.put(messages.ScanSoon())

    def delete_history(self) -> Future[None]:
        """Delete everything that was counted, and every copy of it. The future raises a LedgerError."""
        answer: Future[None] = Future()
        self._inbox.put(messages.DeleteHistory(answer))
        return answer
