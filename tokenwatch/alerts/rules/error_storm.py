"""The rule that tells that one request after another fails.

Owns the condition and its words. Does not own the count (live/signs.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.session_alert import session_rule
from tokenwatch.alerts.thresholds import MOST_ERRORS
from tokenwatch.base.snapshot import Session
from tokenwatch.base.translation import mark, tr

ID: Final = "error-storm"


def _condition(row: Session) -> tuple[str, str] | None:
    if row.signs.errors <= MOST_ERRORS:
        return None
    title = tr("{count} failed requests in 5 minutes", count=row.signs.errors)
    return title, tr("The agent tries again each time.")


RULE: Final = session_rule(
    ID,
    mark("Requests keep failing"),
    _condition,
    details=lambda: tr("{count} in 5 minutes", count=MOST_ERRORS + 1),
)
