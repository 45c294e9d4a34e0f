"""The rule that tells that one request after another fails.

Owns the condition and its words. Does not own the count (live/signs.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.session_alert import session_rule
from tokenwatch.alerts.thresholds import MOST_ERRORS
from tokenwatch.base.snapshot import Session

ID: Final = "error-storm"


def _condition(row: Session) -> tuple[str, str] | None:
    if row.signs.errors <= MOST_ERRORS:
        return None
    return f"{row.signs.errors} failed requests in 5 minutes", "The agent tries again each time."


RULE: Final = session_rule(ID, "Requests keep failing", _condition, details=f"{MOST_ERRORS + 1} in 5 minutes")
