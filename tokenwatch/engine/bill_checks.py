"""Bill checks: when providers are asked for their bill, on a thread of its own, and files that they exported.

Owns when a check is due, for which days, and that a wrong file is said. Does not own consent (the settings, or a
person who asks), asking (remote/bill_check.py) or keeping what came (books.py).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tokenwatch.base.clock import day_of, month_of
from tokenwatch.base.errors import BillError, Stopped
from tokenwatch.base.settings import Settings
from tokenwatch.base.translation import mark, tr
from tokenwatch.system.one_thread import OneThread

if TYPE_CHECKING:
    from tokenwatch.remote.bill_check import Checked
    from tokenwatch.remote.secrets import Secrets
    from tokenwatch.remote.transport import Transport

EVERY_MS: Final = 6 * 3_600_000
_LEAST_MS: Final = 60_000
"""Between two checks that a person asks for."""
_CORRECTED_DAYS: Final = 5
"""So long into a month the one before may still be corrected."""
_NO_KEY: Final = mark("Bill checks are on, but no admin key is kept. Add one in Settings > Accounts.")


class BillChecks:
    """``done`` is told what came, on the thread of the check."""

    def __init__(
        self,
        now: Callable[[], int],
        done: Callable[[Checked], None],
        secrets: Secrets | None = None,
        transport: Transport | None = None,
    ) -> None:
        self._now, self._done = now, done
        self._stopping = threading.Event()
        self._secrets, self._transport = secrets, transport
        self._thread = OneThread("tokenwatch-bills")
        self._checked_at: int | None = None

    def stop(self) -> None:
        """Ask no more. What is being asked is not waited for."""
        self._stopping.set()
        self._thread.close()

    def check_if_due(self, settings: Settings) -> None:
        """Ask a few times a day, if the settings want it; nobody is asked to unlock a keyring for it."""
        now = self._now()
        if settings.check_bills and (self._checked_at is None or not 0 <= now - self._checked_at < EVERY_MS):
            self._begin(now, ask=False)

    def check(self) -> None:
        """Ask now, for a person who waits."""
        now = self._now()
        if self._checked_at is None or not 0 <= now - self._checked_at < _LEAST_MS:
            self._begin(now, ask=True)

    def take_file(self, path: Path) -> None:
        """Read an exported file."""
        self._thread.submit(lambda: self._read(path))

    def _begin(self, now: int, *, ask: bool) -> None:
        self._checked_at = now
        self._thread.submit(lambda: self._check(now, ask))

    def _check(self, now: int, ask: bool) -> None:
        # Only here: most people never ask, and the libraries for it would delay every start.
        from tokenwatch.remote.bill_check import Checked, check_bills
        from tokenwatch.remote.secrets import Secrets
        from tokenwatch.remote.transport import HttpsTransport

        secrets, transport = self._secrets or Secrets(), self._transport or HttpsTransport(self._stopping.wait)
        today = day_of(now, UTC)
        first = month_of(today - timedelta(days=_CORRECTED_DAYS)).first
        try:
            checked = check_bills(secrets, transport, first, today, now, ask=ask)
        except Stopped:
            return
        if not checked.asked and not checked.troubles:
            checked = Checked(troubles=(tr(_NO_KEY),))
        self._done(checked)

    def _read(self, path: Path) -> None:
        from tokenwatch.remote.bill_check import Checked
        from tokenwatch.remote.bill_csv import read_bill_file

        try:
            report = read_bill_file(path, self._now())
        except BillError as error:
            self._done(Checked(troubles=(str(error),)))
        else:
            self._done(Checked(reports=(report,)))
