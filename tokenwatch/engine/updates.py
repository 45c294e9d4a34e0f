"""Updates: newer prices and rates of currencies, fetched on a thread of their own when a person wants them.

Owns when a weekly fetch is due and what a fetch does. Does not own consent (the settings, or a person who asks), nor
what follows: whoever is told reads the files again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tokenwatch.base.errors import RemoteError
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.translation import tr
from tokenwatch.pricing.listing import Listing
from tokenwatch.system.one_thread import OneThread

if TYPE_CHECKING:
    from tokenwatch.remote.transport import Transport

log = logging.getLogger(__name__)

WEEK_MS: Final = 7 * 86_400_000
_AGAIN_MS: Final = 6 * 3_600_000
"""After a fetch that failed."""


class Updates:
    """``done`` is told what went wrong, as plain sentences, on the thread of the fetch."""

    def __init__(
        self,
        paths: Paths,
        now: Callable[[], int],
        done: Callable[[tuple[str, ...]], None],
        transport: Transport | None = None,
    ) -> None:
        self._paths, self._now, self._done = paths, now, done
        self._stopping = threading.Event()
        self._transport = transport
        self._thread = OneThread("tokenwatch-updates")
        self._tried: int | None = None

    def stop(self) -> None:
        self._stopping.set()
        self._thread.close()

    def fetch_if_due(self, settings: Settings, present: Listing) -> None:
        """Fetch what the settings want weekly and is older than a week."""
        now = self._now()
        if self._tried is not None and 0 <= now - self._tried < _AGAIN_MS:
            return
        prices = settings.update_prices == "weekly" and _older(self._paths.fetched_prices, now)
        rates = settings.update_rates == "weekly" and _older(self._paths.fetched_rates, now)
        if prices or rates:
            self.fetch(present, prices=prices, rates=rates)

    def fetch(self, present: Listing, *, prices: bool = True, rates: bool = False) -> None:
        """Fetch now."""
        self._tried = self._now()
        self._thread.submit(lambda: self._fetch(present, prices, rates))

    def _fetch(self, present: Listing, prices: bool, rates: bool) -> None:
        # Only here: a fetch is rare, and the libraries for it would delay every start.
        from tokenwatch.remote.price_feed import fetch_prices, fetch_rates
        from tokenwatch.remote.transport import HttpsTransport

        transport = self._transport or HttpsTransport(self._stopping.wait)
        problems = []
        try:
            for wanted, deed in (
                (prices, lambda: fetch_prices(transport, present, self._now(), self._paths.fetched_prices)),
                (rates, lambda: fetch_rates(transport, self._paths.fetched_rates)),
            ):
                if wanted:
                    try:
                        deed()
                    except RemoteError as error:
                        problems.append(str(error))
        except Exception:
            log.exception("an update failed")
            problems.append(tr("Newer prices could not be fetched because of a mistake in TokenWatch."))
        self._done(tuple(problems))


def _older(path: Path, now: int) -> bool:
    """Whether a file is older than a week, or not there."""
    try:
        return not 0 <= now - path.stat().st_mtime_ns // 1_000_000 < WEEK_MS
    except OSError:
        return True
